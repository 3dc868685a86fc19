"""What the market lacks (V22, J08): problems without achievements, and the reverse, in clusters.

A cluster is named by its own terms. Read from the derived similarity of documents. Only what the
viewer sees is looked at: an achievement is unused if no problem that she sees is near to it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, LiteralString

from scipy import sparse
from scipy.sparse.csgraph import connected_components

from graph.cypher import Cypher
from graph.database import Database
from graph.matching.candidates import sight
from graph.matching.job import See
from graph.matching.text import RAREST, gram_weights, grams, is_han
from graph.projection.fragment import Fragment
from graph.viewer import Viewer

ANSWERED = 0.3  # from this similarity on one counts as the other's answer
ALIKE = 0.25  # from this on two of one side belong together
MOST_LOOKED_AT = 2000
MOST_TERMS = 3
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Lone:
    """One without an answer; the nearest of the other side, if there is any, and how near it is."""

    id: str
    nearest: str | None
    similarity: float
    shown: Any


@dataclass(frozen=True, slots=True)
class Cluster:
    """Those that belong together; `terms` name it, the newest members are shown."""

    terms: tuple[str, ...]
    size: int
    industries: tuple[tuple[str, int], ...]
    districts: tuple[tuple[str, int], ...]
    members: tuple[Lone, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """Problems or achievements: how they are found, and what lies near on the other side."""

    label: LiteralString
    day: LiteralString
    holds: LiteralString
    owner: LiteralString
    nearest: LiteralString
    other: LiteralString

    def text(self, see: See, shown: Fragment) -> LiteralString:
        """The statement: a row for each without an answer, the newest first."""
        return f"""
MATCH (n:{self.label}) WHERE {see(self.label, "n")} AND {self.holds}
  AND ($industry IS NULL OR EXISTS {{
    (n)-[:{self.owner}]->(:Enterprise)-[:IN_INDUSTRY]->(:Industry)-[:BROADER*0..4]->
    (:Node:Industry {{id: $industry}}) }})
  AND ($district IS NULL OR EXISTS {{
    (n)-[:{self.owner}]->(:Enterprise)-[:LOCATED_IN]->(:District)-[:PART_OF*0..3]->
    (:Node:District {{id: $district}}) }})
WITH n, head(COLLECT {{
  MATCH {self.nearest} WHERE {see(self.other, "far")}
  RETURN [coalesce(far.title, far.id), s.score] ORDER BY s.score DESC, far.id LIMIT 1 }}) AS best
WHERE best IS NULL OR best[1] < $answered
WITH n, best ORDER BY n.{self.day} DESC, n.id LIMIT $most
{shown.calls}
RETURN collect([n.id, n.title + ' ' + coalesce(n.abstract, ''), best,
  [(n)-[:{self.owner}]->(:Enterprise)-[:IN_INDUSTRY]->(i:Industry) | [i.id, i.name]],
  [(n)-[:{self.owner}]->(:Enterprise)-[:LOCATED_IN]->(d:District) | [d.id, d.name]],
  [(n)-[s:SIMILAR]->(m:{self.label}) WHERE s.score >= $alike | m.id], {shown.text}])"""


PROBLEMS = Side(
    "TechnicalProblem",
    "raised",
    "coalesce(n.state, 'OPEN') = 'OPEN' AND (n.expires IS NULL OR n.expires > $as_of) "
    "AND (n.raised IS NULL OR n.raised <= $as_of)",
    "RAISED_BY",
    "(n)-[s:SIMILAR]->(far:Achievement)",
    "Achievement",
)
ACHIEVEMENTS = Side(
    "Achievement",
    "registered",
    "(n.registered IS NULL OR n.registered <= $as_of)",
    "OWNED_BY",
    "(n)<-[s:SIMILAR]-(far:TechnicalProblem)",
    "TechnicalProblem",
)


async def clusters(
    database: Database,
    side: Side,
    viewer: Viewer,
    shown: Fragment,
    *,
    as_of: date,
    industry: str | None = None,
    district: str | None = None,
) -> list[Cluster]:
    """The clusters of one side that the viewer sees, the largest first."""
    parameters: Mapping[str, Any] = {
        "as_of": as_of,
        "industry": industry,
        "district": district,
        "answered": ANSWERED,
        "alike": ALIKE,
        "most": MOST_LOOKED_AT,
        **shown.parameters,
        **viewer.parameters,
    }
    text = side.text(sight(viewer), shown)
    rows = await database.value(Cypher(text, parameters, name="unmet demand"))
    groups = _together(rows)
    everywhere = Counter(gram for row in rows for gram in _terms(row[1]))
    found = [_cluster([rows[n] for n in group], everywhere) for group in groups]
    return sorted(found, key=lambda c: (-c.size, c.terms))


def _together(rows: Sequence[Sequence[Any]]) -> list[list[int]]:
    """Rows by the cluster they belong to: what is alike, directly or through others."""
    at = {row[0]: n for n, row in enumerate(rows)}
    pairs = [(n, at[other]) for n, row in enumerate(rows) for other in row[5] if other in at]
    first, second = zip(*pairs, strict=True) if pairs else ((), ())
    shape = (len(rows), len(rows))
    graph = sparse.coo_array(([1] * len(pairs), (list(first), list(second))), shape=shape)
    _, label = connected_components(graph.tocsr(), directed=False)
    groups = defaultdict[int, list[int]](list)
    for n, cluster in enumerate(label.tolist()):
        groups[cluster].append(n)
    return list(groups.values())


def _cluster(rows: Sequence[Sequence[Any]], everywhere: Counter[str]) -> Cluster:
    return Cluster(
        _named([row[1] for row in rows], everywhere),
        len(rows),
        _counted(place for row in rows for place in row[3]),
        _counted(place for row in rows for place in row[4]),
        tuple(_lone(row) for row in rows[:MOST_SHOWN]),
    )


def _lone(row: Sequence[Any]) -> Lone:
    nearest, similarity = row[2] or (None, 0.0)
    return Lone(str(row[0]), nearest, float(similarity or 0), row[6])


def _counted(places: Iterable[tuple[str, str]]) -> tuple[tuple[str, int], ...]:
    """The names of places that are told apart by their ids, and how often each was named."""
    found = list(places)
    names = dict(found)
    counts = Counter(identifier for identifier, _ in found)
    return tuple(sorted(((names[i], n) for i, n in counts.items()), key=lambda c: (-c[1], c[0])))


def _terms(text: str) -> set[str]:
    """Words, and pairs of Han characters: what can name something."""
    return {g for g in grams(text) if (" " in g) == is_han(g) and len(g) > 2}


def _named(texts: Sequence[str], everywhere: Counter[str]) -> tuple[str, ...]:
    """The terms that most of the cluster share and few others have; none inside another."""
    weigh = gram_weights().get
    inside = Counter(term for text in texts for term in _terms(text))
    worth = {t: n * (n / everywhere[t]) * weigh(t, RAREST) for t, n in inside.items()}
    found: list[str] = []
    for term in sorted(worth, key=lambda t: (-worth[t], t)):
        word = term.replace(" ", "") if is_han(term) else term
        if not any(set(word) & set(other) for other in found if is_han(word)):
            found.append(word)
        if len(found) == MOST_TERMS:
            break
    return tuple(found)
