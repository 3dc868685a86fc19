"""What is known of organisations besides their texts: size, names alike, sister firms, inventors.

The features are the same for studios, institutes and enterprises; each job says which of its
variables are the organisations of the two sides.
"""

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString, NamedTuple

import numpy as np

from graph.matching.documents import fact
from graph.matching.features import Vector, vector
from graph.matching.job import Evidence
from graph.matching.names import likeness

MOST_PATENTS = 2000

SIZE = fact(
    "size",
    "专利规模",
    "How many patents the candidate has.",
    f"ln(1 + n) / ln(1 + {MOST_PATENTS}), at most 1, for n patents",
    ("V05",),
    value=lambda count: np.minimum(np.log1p(count) / np.log1p(MOST_PATENTS), 1),
)

NAME = fact(
    "name",
    "名称相近",
    "The names of both sides have rare words in common, as those of one group have.",
    "1 - exp(-Σ weight of the words in common), less for words in many names",
)

SISTER = fact(
    "sister",
    "关联单位合作",
    "The candidate owns patents together with one whose name is like that of who asks.",
    "as for names, over the candidate's partners; the most like counts",
)


def names_of(organisations: LiteralString) -> LiteralString:
    """The names of a list of organisations, as an expression."""
    return (
        f"reduce(all = [], o IN {organisations} | "
        "all + [n IN [o.name, o.name_en] WHERE n IS NOT NULL])"
    )


def columns(own: LiteralString, other: LiteralString) -> Mapping[str, LiteralString]:
    """Measured of the candidates: `own` and `other` are the organisations of either side, lists."""
    return {
        "size": f"COUNT {{ UNWIND {own} AS owner MATCH (:Patent)-[:ASSIGNED_TO]->(owner) }}",
        "names": names_of(own),
        "partners": f"""COLLECT {{
    UNWIND {own} AS owner
    MATCH (owner)<-[:ASSIGNED_TO]-(:Patent)-[:ASSIGNED_TO]->(partner)
    WHERE NOT partner IN {own} AND NOT partner IN {other}
    WITH DISTINCT partner LIMIT $most_partners
    RETURN [partner.id, partner.name, partner.name_en] }}""",
    }


def known(
    asking: Sequence[str], given: Mapping[str, Sequence[Any]]
) -> tuple[dict[str, Vector], list[dict[str, Any]]]:
    """The facts of size, name and sister, and what their evidence is found by."""
    likes = [likeness(name) for name in asking]

    def like(names: Sequence[str | None]) -> float:
        return max((of(name) for of in likes for name in names if name), default=0.0)

    name = np.array([like(names) for names in given["names"]], dtype=np.float64)
    sister = np.zeros(len(name))
    drawn: list[dict[str, Any]] = []
    for row, partners in enumerate(given["partners"]):
        best = max(((like(names), id) for id, *names in partners), default=(0.0, None))
        sister[row] = best[0]
        drawn.append({"like": float(name[row]), "sister": best[1] if best[0] else None})
    return {"size": vector(given["size"]), "name": name, "sister": sister}, drawn


class Ends(NamedTuple):
    """Patterns that lead to the organisations of either side, and what these are called there."""

    own: LiteralString
    own_name: LiteralString
    other: LiteralString
    other_name: LiteralString


def evidence(ends: Ends) -> tuple[Evidence, ...]:
    """Paths behind size, name and sister; `own` is the candidate's side."""
    own, owner, other, asker = ends
    return (
        Evidence(
            "size",
            lambda _: (
                f"MATCH path = {own} WITH path, "
                f"COUNT {{ (:Patent)-[:ASSIGNED_TO]->({owner}) }} AS patents WHERE patents > 0"
            ),
            {"patents": "patents"},
            "名下有专利{patents}件",
            "It has {patents} patents",
        ),
        Evidence(
            "name",
            lambda _: f"MATCH path = {own} MATCH {other} WHERE drawn.like > 0",
            {"own": f"{owner}.name", "other": f"{asker}.name"},
            "“{own}”与“{other}”名称中有相同的少见词",
            "The names “{own}” and “{other}” have a rare word in common",
        ),
        Evidence(
            "sister",
            lambda _: (
                f"MATCH path = {own}<-[:ASSIGNED_TO]-(joint:Patent)-[:ASSIGNED_TO]->"
                "(sister:Node {id: drawn.sister})"
            ),
            {"sister": "sister.name", "title": "joint.title"},
            "与名称相近的“{sister}”共有专利“{title}”",
            "It owns the patent “{title}” together with “{sister}”, whose name is like the asker's",
        ),
    )
