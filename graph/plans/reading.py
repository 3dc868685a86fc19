"""From the graph to arrays: two long reads, of apprentices and of masters, by the same rules.

Hard limits stand in the statements, as in a question: consent of both (M05), places left (M06),
a master in post (M22), nobody who has an agreement already, the scope of a union's subtree (M09).
"""

import asyncio
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, LiteralString

import numpy as np
from numpy.typing import NDArray

from graph.cypher import Cypher
from graph.database import Database
from graph.matching.candidates import ALL_KNOWN, Days, sight, weighed
from graph.matching.mentoring import APPRENTICE, MENTOR
from graph.plans.lists import Weights
from graph.plans.people import (
    MOST_SKILLS,
    NONE,
    Apprentices,
    Held,
    Int8,
    Int32,
    Int64,
    Masters,
    Occupations,
    People,
    Ragged,
    Required,
)
from graph.plans.requirements import packed, weightiest
from graph.rules.matching import weights_in_force
from graph.rules.mentoring import (
    around_apprentice,
    around_master,
    consents_in,
    ended_in,
    engaged_level_in,
    is_live,
    places_left_in,
)
from graph.viewer import Viewer

_BOUNDS = ("", "8", "~")  # ids are random hex: these bounds part them evenly
_MOST_TAUGHT = 4


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose apprentices, and which masters: subtrees of unions by path, or named workers by id.

    Apprentices that are named stand in the order in which they asked. Empty paths mean all that the
    viewer sees; masters who are `pinned` may come from anywhere.
    """

    path: str = ""
    masters_path: str = ""
    pinned: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Census:
    """How many apprentices are in scope, and why some of them are not planned for."""

    considered: int
    without_consent: int
    already_paired: int
    left_out: int


@dataclass(slots=True)
class _Vocabulary:
    occupations: dict[str, int] = field(default_factory=dict[str, int])
    skills: dict[str, int] = field(default_factory=dict[str, int])
    districts: dict[str, int] = field(default_factory=dict[str, int])
    cities: list[str | None] = field(default_factory=list[Any])
    skill_names: list[str] = field(default_factory=list[str])
    rows: list[Sequence[Any]] = field(default_factory=list[Any])


async def read_people(
    database: Database, scope: Scope, viewer: Viewer, days: Days
) -> tuple[People, Census]:
    """Everyone in scope whom the viewer sees and the hard limits allow."""
    known = await _vocabulary(database)
    parameters: Mapping[str, Any] = {
        "occupations": known.occupations,
        "skills": known.skills,
        "districts": known.districts,
        "scope": scope.path,
        "masters_scope": scope.masters_path or scope.path,
        "named": list(scope.named) or None,
        "left_out": list(scope.left_out),
        "pinned": list(scope.pinned),
        "most_taught": _MOST_TAUGHT,
        "most_skills": MOST_SKILLS,
        **days.parameters,
        **viewer.parameters,
    }
    apprentices_read, masters_read = _Read(), _Read()
    await apprentices_read.all(database, apprentices_text(viewer, scope), parameters)
    await masters_read.all(database, masters_text(viewer, scope), parameters)
    turn = {worker: n for n, worker in enumerate(scope.named)}
    apprentices, masters = _apprentices(apprentices_read, turn), _masters(masters_read)
    occupations = _occupations(known)
    masters, does = _doing(masters, list(masters_read.texts), occupations, known)
    reasons = apprentices_read.reasons
    census = Census(
        len(apprentices_read.ids) + reasons.total(),
        reasons["WITHOUT_CONSENT"],
        reasons["ALREADY_PAIRED"],
        reasons["LEFT_OUT"],
    )
    people = People(
        occupations,
        apprentices,
        masters,
        _near(known),
        wishes=list(apprentices_read.texts),
        does=does,
        chosen=_own_lists(apprentices_read, apprentices.ids, masters.ids),
        choosing=_own_lists(masters_read, masters.ids, apprentices.ids),
    )
    return people, census


class _Read:
    """Rows of a long read, taken apart as they arrive: a row for each person in flat columns."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.reasons: Counter[str] = Counter()
        self.texts: dict[str, int] = {}
        self.preferred: dict[str, Sequence[str]] = {}
        self.figures = array("i")  # _FIGURES a person
        self.counts = array("i")
        self.skills = array("i")  # 8 * skill + level
        self.more = array("i")
        self.more_counts = array("i")

    async def all(
        self, database: Database, text: LiteralString, parameters: Mapping[str, Any]
    ) -> None:
        """Read in several sessions at once."""
        parts = [{"low": low, "high": high} for low, high in pairwise(_BOUNDS)]
        await asyncio.gather(*[self._part(database, text, {**parameters, **p}) for p in parts])

    async def _part(
        self, database: Database, text: LiteralString, parameters: Mapping[str, Any]
    ) -> None:
        async with database.stream(Cypher(text, parameters, name="people of a plan")) as rows:
            async for row in rows:
                self._take(row["row"])

    def _take(self, row: Sequence[Any]) -> None:
        reason, identifier, figures, skills, more, text, preferred = row
        if reason is not None:
            self.reasons[reason] += 1
            return
        self.ids.append(identifier)
        if preferred:
            self.preferred[identifier] = preferred
        self.figures.extend([*figures, self.texts.setdefault(text, len(self.texts))])
        self.skills.extend(skills)
        self.counts.append(len(skills))
        self.more.extend(more)
        self.more_counts.append(len(more))

    def table(self) -> Int32:
        """The figures, a row a person."""
        return np.array(self.figures, dtype=np.int32).reshape(len(self.ids), -1)

    def held(self, order: NDArray[np.intp]) -> Held:
        """Skills of the persons in that order, ascending within each."""
        entries = np.array(self.skills, dtype=np.int32)
        begin, values = _reordered(np.array(self.counts, dtype=np.int64), entries, order)
        owner = np.repeat(np.arange(len(order)), np.diff(begin))
        values = values[np.lexsort((values, owner))]
        return Held(begin, values >> 3, (values & 7).astype(np.int8))


def _own_lists(read: _Read, whose: Sequence[str], others: Sequence[str]) -> dict[int, list[int]]:
    """Row of who wrote a list -> rows of those on it who take part."""
    if not read.preferred:
        return {}
    rows, found = ({i: n for n, i in enumerate(ids)} for ids in (whose, others))
    return {
        rows[one]: [found[i] for i in listed if i in found]
        for one, listed in read.preferred.items()
    }


def _reordered(counts: Int64, entries: Int32, order: NDArray[np.intp]) -> tuple[Int64, Int32]:
    """Lists end to end, in another order of their owners."""
    begin = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    chosen = counts[order]
    target = np.concatenate([[0], np.cumsum(chosen)]).astype(np.int64)
    offset = np.repeat(begin[:-1][order] - target[:-1], chosen)
    return target, entries[np.arange(target[-1]) + offset]


def _apprentices(read: _Read, turn: Mapping[str, int]) -> Apprentices:
    ids = np.array(read.ids, dtype=np.str_)
    asked = np.array([turn.get(i, 0) for i in read.ids]) if turn else np.zeros(len(ids))
    order = np.lexsort((ids, asked))
    level, occupation, district, wish = read.table()[order].T if len(ids) else _nobody(4)
    empty = read.texts.get("", NONE)
    return Apprentices(
        ids=ids[order].tolist(),
        occupation=occupation.copy(),
        level=level.astype(np.int8),
        district=district.copy(),
        held=read.held(order),
        wish=np.where(wish == empty, NONE, wish).astype(np.int32),
    )


def _masters(read: _Read) -> Masters:
    ids = np.array(read.ids, dtype=np.str_)
    table = read.table() if len(ids) else np.zeros((0, 8), dtype=np.int32)
    order = np.lexsort((ids, table[:, 6]))
    engaged, district, places, completed, ended, methods, _, titles = table[order].T
    begin, taught = _reordered(
        np.array(read.more_counts, dtype=np.int64), np.array(read.more, dtype=np.int32), order
    )
    return Masters(
        ids=ids[order].tolist(),
        engaged=engaged.astype(np.int8),
        places=places.copy(),
        district=district.copy(),
        held=read.held(order),
        teaches=Ragged(begin, taught),
        completed=completed.copy(),
        ended=ended.copy(),
        methods=methods.copy(),
        does=titles.copy(),
    )


def _doing(
    masters: Masters, titles: Sequence[str], occupations: Occupations, known: _Vocabulary
) -> tuple[Masters, list[str]]:
    """What each master does, as a question puts it: occupations, skills, achievements."""
    texts: dict[str, int] = {}
    built: dict[tuple[bytes, int], int] = {}
    rows = np.zeros(len(masters), dtype=np.int32)
    for n in range(len(masters)):
        taught = masters.teaches.of(n)
        key = taught.tobytes(), int(masters.does[n])
        if key not in built:
            names = [known.rows[o][4] for o in taught.tolist()]
            skills = [known.skill_names[s] for s in weightiest(occupations.required, taught)]
            text = "".join(" " + name for name in (*names, *skills)) + titles[key[1]]
            built[key] = texts.setdefault(text, len(texts))
        rows[n] = built[key]
    return replace(masters, does=rows), list(texts)


def _nobody(columns: int) -> list[Int32]:
    return [np.zeros(0, dtype=np.int32) for _ in range(columns)]


def _where(viewer: Viewer, scope: LiteralString) -> LiteralString:
    """Who is read: one part of all ids, seen by the viewer, in the scope."""
    return (
        f"shown.id >= $low AND shown.id < $high AND {sight(viewer)('Worker', 'shown')} "
        f"AND (${scope} = '' OR shown.region_path STARTS WITH ${scope} "
        f"OR shown.system_path STARTS WITH ${scope} OR shown.id IN $pinned)"
    )


_SKILLS: LiteralString = (
    "[(shown)-[has:HAS_SKILL]->(skill:Skill) WHERE has.level > 0 "
    "| $skills[skill.id] * 8 + has.level]"
)
_PREFERS: LiteralString = (
    "CASE WHEN EXISTS { (shown)-[:PREFERS]->() } THEN COLLECT { "
    "MATCH (shown)-[own:PREFERS]->(other:Worker) RETURN other.id ORDER BY own.place } END"
)
_DISTRICT: LiteralString = (
    "coalesce($districts[head([record IN around WHERE record:District]).id], 0)"
)


def apprentices_text(viewer: Viewer, scope: Scope) -> LiteralString:
    """The statement that reads apprentices: a row each, with the reason if she is left out."""
    named: LiteralString = (
        "UNWIND $named AS named MATCH (shown:Node:Worker {id: named}) "
        if scope.named
        else "MATCH (shown:Worker) "
    )
    learns: LiteralString = "true" if scope.named else "NOT shown:Master"
    return f"""{named}WHERE {_where(viewer, "scope")} AND {learns}
MATCH (shown)-[:PRACTISES]->(occupation:Occupation)
WITH shown, occupation, {around_apprentice("shown")} AS around
WITH *, CASE
  WHEN shown.id IN $left_out THEN 'LEFT_OUT'
  WHEN NOT {consents_in("around", "$first_day", "$last_day")} THEN 'WITHOUT_CONSENT'
  WHEN any(a IN around WHERE a:MentoringAgreement AND {is_live("a", "$as_of")})
    THEN 'ALREADY_PAIRED'
  END AS reason
RETURN CASE WHEN reason IS NOT NULL THEN [reason, null, null, null, null, null, null] ELSE
  [null, shown.id,
   [coalesce(shown.skill_level, 0), $occupations[occupation.id], {_DISTRICT}],
   {_SKILLS}, [], coalesce(shown.motivation, ''), {_PREFERS}] END AS row"""


def masters_text(viewer: Viewer, scope: Scope) -> LiteralString:
    """The statement that reads masters who are in post, have places, and agreed to be matched.

    A place that an open proposal waits for is not given twice.
    """
    return f"""MATCH (shown:Worker:Master)
WHERE {_where(viewer, "masters_scope")} AND NOT shown.id IN $left_out
WITH shown, {around_master("shown")} AS around
WITH *, {engaged_level_in("around", "$as_of")} AS engaged,
  {places_left_in("around", "$as_of")}
    - size([a IN around WHERE a:MentoringAgreement AND a.state <> 'ACTIVE'
      AND {is_live("a", "$as_of")}]) AS places
WHERE engaged > 0 AND places > 0 AND {consents_in("around", "$first_day", "$last_day")}
WITH *, [(shown)-[:TEACHES]->(o:Occupation) | [o.code, $occupations[o.id]]] AS taught,
  head(COLLECT {{ UNWIND around AS profile WITH profile
    WHERE profile:MentorProfile AND profile.recorded_to IS NULL
    RETURN profile.valid_from ORDER BY profile.valid_from LIMIT 1 }}) AS declared
RETURN [null, shown.id,
  [engaged, {_DISTRICT}, places,
   {ended_in("around", "['COMPLETED']", "$as_of")},
   {ended_in("around", "['COMPLETED', 'TERMINATED']", "$as_of")},
   COUNT {{ (shown)-[:CONTRIBUTED_TO]->(:Achievement) }},
   coalesce(duration.inDays(date('1900-01-01'), declared).days, 99999)],
  {_SKILLS},
  COLLECT {{ UNWIND taught AS t WITH t ORDER BY t[0] LIMIT $most_taught RETURN t[1] }},
  reduce(words = '', title IN COLLECT {{
    MATCH (shown)-[:CONTRIBUTED_TO]->(made:Achievement)
    RETURN made.title LIMIT $most_skills }} | words + ' ' + title), {_PREFERS}] AS row"""


async def read_weights(database: Database) -> Weights:
    """The weights of both sides that are in force."""
    parameters = {"weights_version": None, "known_at": ALL_KNOWN}
    stored = await database.value(Cypher(_IN_FORCE, parameters, name="weights in force"))
    return Weights(
        *(weighed(j.model, None, s) for j, s in zip((MENTOR, APPRENTICE), stored, strict=True))
    )


_IN_FORCE: LiteralString = (
    f"RETURN [{weights_in_force(MENTOR.name)}, {weights_in_force(APPRENTICE.name)}]"
)


async def _vocabulary(database: Database) -> _Vocabulary:
    """Every occupation, skill and district, numbered."""
    [found] = await database.rows(
        Cypher(_VOCABULARY, {"most_skills": MOST_SKILLS}, name="vocabulary of a plan")
    )
    known = _Vocabulary(rows=found["occupations"])
    known.occupations = {row[0]: n for n, row in enumerate(found["occupations"])}
    known.skills = {row[0]: n for n, row in enumerate(found["skills"])}
    known.skill_names = [row[1] for row in found["skills"]]
    known.districts = {row[0]: n for n, row in enumerate(found["districts"], start=1)}
    known.cities = [row[1] for row in found["districts"]]
    return known


_VOCABULARY: LiteralString = """
RETURN COLLECT { MATCH (o:Occupation)
    WHERE EXISTS { (o)<-[:PRACTISES|TEACHES]-(:Worker) }
    RETURN [o.id, o.level, head([(o)-[:BROADER]->(w:Occupation) | [w.id, w.level]]),
      COLLECT { MATCH (o)-[r:REQUIRES_SKILL]->(s:Skill)
        RETURN [s.id, r.weight] ORDER BY r.weight DESC, s.id LIMIT $most_skills }, o.name]
    ORDER BY o.id } AS occupations,
  COLLECT { MATCH (s:Skill) RETURN [s.id, s.name] ORDER BY s.id } AS skills,
  COLLECT { MATCH (d:District) WHERE EXISTS { (d)<-[:LIVES_IN]-(:Worker) }
    RETURN [d.id, head([(d)-[:PART_OF]->(c:District) | c.id])] ORDER BY d.id } AS districts
"""


def _occupations(known: _Vocabulary) -> Occupations:
    groups: dict[str, int] = {}
    required = []
    for _, _, _, asked, _ in known.rows:
        weights = {known.skills[skill]: weight or 0.0 for skill, weight in asked}
        chosen = sorted(weights)
        required.append(packed(chosen, [weights[s] for s in chosen]))
    above = [row[2] or [row[0], row[1]] for row in known.rows]
    return Occupations(
        depth=np.array([row[1] or 0 for row in known.rows], dtype=np.int32),
        group=np.array([groups.setdefault(a[0], len(groups)) for a in above], dtype=np.int32),
        group_depth=np.array([a[1] or 0 for a in above], dtype=np.int32),
        required=Required(
            np.array([s for s, _ in required], dtype=np.int32).reshape(-1, MOST_SKILLS),
            np.array([w for _, w in required], dtype=np.float64).reshape(-1, MOST_SKILLS),
        ),
    )


def _near(known: _Vocabulary) -> Int8:
    """2 within a district, 1 between districts of one city; row 0 is for who has no district."""
    cities = np.array([city or "" for city in known.cities], dtype=np.str_)
    near = np.zeros((len(cities) + 1, len(cities) + 1), dtype=np.int8)
    near[1:, 1:] = (cities[:, None] == cities) & (cities != "")
    np.fill_diagonal(near[1:, 1:], 2)
    return near
