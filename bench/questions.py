"""What the benches ask, and how one would build each answer by hand from the same rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

Rows = Sequence[Any]


class Asker(NamedTuple):
    """The worker that a question is about, or that a list begins with."""

    id: str
    key: str


@dataclass(frozen=True, slots=True)
class Question:
    """A document, its variables, and `data` built of what its statements return.

    Without `build`, the statements' values are sent as they are: a match is also scored, which
    nobody does by hand.
    """

    document: str
    variables: Callable[[Asker], Mapping[str, Any]]
    build: Callable[[Rows], Mapping[str, Any]] | None = None


_LEVELS = MappingProxyType(
    {
        None: None,
        1: "PRIMARY",
        2: "INTERMEDIATE",
        3: "SENIOR",
        4: "TECHNICIAN",
        5: "SENIOR_TECHNICIAN",
        6: "CHIEF_TECHNICIAN",
    }
)


def _scalars(row: Rows) -> dict[str, Any]:
    return {
        "id": row[0],
        "key": row[1],
        "name": row[2],
        "nameEn": row[3],
        "skillLevel": _LEVELS[row[4]],
        "birthYear": row[5],
        "frontline": row[6],
        "jobTitle": row[7],
        "source": row[8],
        "synthetic": row[9],
    }


def _list(value: Rows) -> dict[str, Any]:
    return {"workers": {"nodes": [_scalars(row) for (row,) in value[0][:50]]}}


def _nested(value: Rows) -> dict[str, Any]:
    nodes = [
        {
            "id": row[0],
            "name": row[1],
            "skills": {
                "edges": [
                    {"level": level, "node": {"id": skill[0], "name": skill[1]}}
                    for level, skill in row[2][0][:5]
                ]
            },
        }
        for (row,) in value[0][:10]
    ]
    return {"workers": {"nodes": nodes}}


def _point(row: Rows) -> dict[str, Any]:
    return {"worker": _scalars(row)}


def _found(value: Rows) -> dict[str, Any]:
    return {"workers": {"nodes": [_scalars(row) for (row,) in value[0]]}}


_TEN = "id key name nameEn skillLevel birthYear frontline jobTitle source synthetic"
_SKILLS = "skills(first: 5, orderBy: [EDGE_LEVEL_DESC]) { edges { level node { id name } } }"
_FLAT = "query ($first: Int, $from: String)"
_FROM = "workers(first: $first, filter: {key: {gte: $from}})"
_FILTER = "query ($filter: WorkerFilter)"
_MATCH = """{
    nodes {
        rank position score
        parts { name value weight contribution evidence { zh } }
        gaps { need have offered skill { name } }
        master { name skillLevel }
    }
    considered excluded { reason count }
}"""

QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "list": Question(
            f"{_FLAT} {{ {_FROM} {{ nodes {{ {_TEN} }} }} }}",
            lambda asker: {"first": 50, "from": asker.key},
            _list,
        ),
        "list_as_variable": Question(
            f"{_FILTER} {{ workers(first: 50, filter: $filter) {{ nodes {{ {_TEN} }} }} }}",
            lambda asker: {"filter": {"key": {"gte": asker.key}}},
            _list,
        ),
        "nested_list": Question(
            f"{_FLAT} {{ {_FROM} {{ nodes {{ id name {_SKILLS} }} }} }}",
            lambda asker: {"first": 10, "from": asker.key},
            _nested,
        ),
        "nested_list_as_variable": Question(
            f"{_FILTER} {{ workers(first: 10, filter: $filter) "
            f"{{ nodes {{ id name {_SKILLS} }} }} }}",
            lambda asker: {"filter": {"key": {"gte": asker.key}}},
            _nested,
        ),
        "point_read": Question(
            f"query ($id: ID!) {{ worker(id: $id) {{ {_TEN} }} }}",
            lambda asker: {"id": asker.id},
            _point,
        ),
        "point_read_as_variable": Question(
            f"{_FILTER} {{ workers(first: 1, filter: $filter) {{ nodes {{ {_TEN} }} }} }}",
            lambda asker: {"filter": {"key": {"eq": asker.key}}},
            _found,
        ),
        "match": Question(
            "query ($worker: ID!, $near: Boolean) { mentorMatches("
            f"workerId: $worker, first: 10, filter: {{withinDistrict: $near}}) {_MATCH} }}",
            lambda asker: {"worker": asker.id, "near": False},
        ),
        "match_as_variable": Question(
            "query ($worker: ID!, $filter: MentorMatchFilter) "
            f"{{ mentorMatches(workerId: $worker, first: 10, filter: $filter) {_MATCH} }}",
            lambda asker: {"worker": asker.id, "filter": {"withinDistrict": False}},
        ),
    }
)
