"""What the benches ask, and how one would build each answer by hand from the same rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

Rows = Sequence[Any]


class Asker(NamedTuple):
    """The worker that a question is about, or that a list begins with, and what lies about her."""

    id: str
    key: str
    name: str
    district: str
    enterprise: str
    skill: str


@dataclass(frozen=True, slots=True)
class Question:
    """A document, its variables, and `data` built of what its statements return.

    Without `build`, the statements' values are sent as they are: a match is also scored, which
    nobody does by hand. `root` is the root field with its arguments, as the document writes it.
    """

    document: str
    variables: Callable[[Asker], Mapping[str, Any]]
    build: Callable[[Rows], Mapping[str, Any]] | None = None
    root: str = ""


LEVELS = MappingProxyType(
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
        "id": row[1],
        "key": row[2],
        "name": row[3],
        "nameEn": row[4],
        "skillLevel": LEVELS[row[5]],
        "birthYear": row[6],
        "frontline": row[7],
        "jobTitle": row[8],
        "source": row[9],
        "synthetic": row[10],
    }


def _list(value: Rows) -> dict[str, Any]:
    return {"workers": {"nodes": [_scalars(row) for (row,) in value[0][:50]]}}


def _with_skills(row: Rows) -> dict[str, Any]:
    edges = [
        {"level": level, "node": {"id": skill[1], "name": skill[2]}}
        for level, skill in row[3][0][:5]
    ]
    return {"id": row[1], "name": row[2], "skills": {"edges": edges}}


def _nested(value: Rows) -> dict[str, Any]:
    return {"workers": {"nodes": [_with_skills(row) for (row,) in value[0][:10]]}}


def _deep(row: Rows) -> dict[str, Any]:
    nodes = [
        {"id": employment[1], "worker": _with_studios(employment[2])}
        for (employment,) in row[3][0][:20]
    ]
    return {"enterprise": {"id": row[1], "name": row[2], "employments": {"nodes": nodes}}}


def _with_studios(row: Rows) -> dict[str, Any]:
    studios = [{"id": s[1], "name": s[2]} for (s,) in row[4][0][:3]]
    return {**_with_skills(row), "studios": {"nodes": studios}}


def _counted(value: Rows) -> dict[str, Any]:
    rows = value[0]
    nodes = [_short(row) for (row,) in rows[:20]]
    page = {"hasNextPage": len(rows) > 20}
    return {"workers": {"totalCount": value[1], "nodes": nodes, "pageInfo": page}}


def _short(row: Rows) -> dict[str, Any]:
    return {"id": row[1], "name": row[2], "jobTitle": row[3]}


def _hits(value: Rows) -> dict[str, Any]:
    nodes = [
        {"node": {"id": r[4][0][1], "name": r[4][0][2], "jobTitle": r[4][0][3]}} for r in value[:20]
    ]
    return {"search": {"edges": nodes}}


def _point(row: Rows) -> dict[str, Any]:
    return {"worker": _scalars(row)}


def _found(value: Rows) -> dict[str, Any]:
    return {"workers": {"nodes": [_scalars(row) for (row,) in value[0]]}}


_TEN = "id key name nameEn skillLevel birthYear frontline jobTitle source synthetic"
_SKILLS = "skills(first: 5, orderBy: [EDGE_LEVEL_DESC]) { edges { level node { id name } } }"
_STUDIOS = "studios(first: 3) { nodes { id name } }"
_WITH_SKILLS = f"{{ nodes {{ id name {_SKILLS} }} }}"
_COUNTED = "{ totalCount nodes { id name jobTitle } pageInfo { hasNextPage } }"
_FLAT = "$first: Int!, $from: String!"
_FROM = "workers(first: $first, filter: {key: {gte: $from}})"
_FILTER = "$filter: WorkerFilter"
_LIVING = "district: {key: {eq: $district}}, birthYear: {gte: $since}"
_ABLE = "skills: {some: {node: {key: {eq: $skill}}, level: {gte: $level}}}"
_MATCH = """{
    nodes {
        rank position score
        parts { name value weight contribution evidence { zh } }
        gaps { need have offered skill { name } }
        master { name skillLevel }
    }
    considered excluded { reason count }
}"""


def _question(
    variables: str,
    root: str,
    selection: str,
    given: Callable[[Asker], Mapping[str, Any]],
    build: Callable[[Rows], Mapping[str, Any]] | None = None,
) -> Question:
    return Question(f"query ({variables}) {{ {root} {selection} }}", given, build, root)


def _filtered(first: int, selection: str, operator: str, build: Any) -> Question:
    return _question(
        _FILTER,
        f"workers(first: {first}, filter: $filter)",
        selection,
        lambda asker: {"filter": {"key": {operator: asker.key}}},
        build,
    )


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "list": _question(
            _FLAT, _FROM, f"{{ nodes {{ {_TEN} }} }}",
            lambda asker: {"first": 50, "from": asker.key}, _list,
        ),
        "list_as_variable": _filtered(50, f"{{ nodes {{ {_TEN} }} }}", "gte", _list),
        "nested_list": _question(
            _FLAT, _FROM, _WITH_SKILLS,
            lambda asker: {"first": 10, "from": asker.key}, _nested,
        ),
        "nested_list_as_variable": _filtered(10, _WITH_SKILLS, "gte", _nested),
        "deep_nested": _question(
            "$id: ID!", "enterprise(id: $id)",
            "{ id name employments(first: 20) { nodes { id worker "
            f"{{ id name {_SKILLS} {_STUDIOS} }} }} }} }}",
            lambda asker: {"id": asker.enterprise}, _deep,
        ),
        "point_read": _question(
            "$id: ID!", "worker(id: $id)", f"{{ {_TEN} }}",
            lambda asker: {"id": asker.id}, _point,
        ),
        "point_read_as_variable": _filtered(1, f"{{ nodes {{ {_TEN} }} }}", "eq", _found),
        "connection": _question(
            "$district: String!, $since: Int!",
            f"workers(first: 20, filter: {{{_LIVING}}}, orderBy: [NAME_ASC])", _COUNTED,
            lambda asker: {"district": asker.district, "since": 1990}, _counted,
        ),
        "connection_some": _question(
            "$skill: String!, $level: Int!",
            f"workers(first: 20, filter: {{{_ABLE}}}, orderBy: [NAME_ASC])", _COUNTED,
            lambda asker: {"skill": asker.skill, "level": 3}, _counted,
        ),
        "full_text": _question(
            "$words: String!", "search(query: $words, types: [Worker], first: 20)",
            "{ edges { node { id ... on Worker { name jobTitle } } } }",
            lambda asker: {"words": asker.name}, _hits,
        ),
        "match": _question(
            "$worker: ID!, $near: Boolean",
            "mentorMatches(workerId: $worker, first: 10, filter: {withinDistrict: $near})", _MATCH,
            lambda asker: {"worker": asker.id, "near": False},
        ),
        "match_as_variable": _question(
            "$worker: ID!, $filter: MentorMatchFilter",
            "mentorMatches(workerId: $worker, first: 10, filter: $filter)", _MATCH,
            lambda asker: {"worker": asker.id, "filter": {"withinDistrict": False}},
        ),
    }
)  # fmt: skip
