"""How each peer is asked the questions, and how its answers compare with ours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bench.questions import LEVELS, QUESTIONS, Asker
from graph.projection.search import lucene

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A document for a peer, and our `data` made of its own."""

    document: str
    variables: Callable[[Asker], Mapping[str, Any]]
    data: Callable[[Data], Data]


_ROOTS = MappingProxyType(
    {
        "list": "workers: list(first: $first, from: $from)",
        "nested_list": "workers: nestedList(first: $first, from: $from)",
        "deep_nested": "enterprise: deepNested(id: $id)",
        "point_read": "worker: pointRead(id: $id)",
        "connection": "workers: connection(district: $district, since: $since)",
        "connection_some": "workers: connectionSome(skill: $skill, level: $level)",
        "full_text": "search: fullText(lucene: $words)",
    }
)
"""The root field of the hand-written peers in place of ours."""


def _lucene(asker: Asker) -> Mapping[str, Any]:
    return {"words": lucene(asker.name)}


def in_order(data: Data) -> Data:
    """Hits by id: equal scores may stand in any order, and predicates change scores."""
    if "search" not in data:
        return data
    return {"search": {"edges": sorted(data["search"]["edges"], key=lambda e: e["node"]["id"])}}


def _by_hand(name: str, root: str) -> Asked:
    question = QUESTIONS[name]
    document = question.document.replace(question.root, root)
    variables = _lucene if name == "full_text" else question.variables
    return Asked(document, variables, in_order)


BY_HAND: Mapping[str, Asked] = MappingProxyType(
    {name: _by_hand(name, root) for name, root in _ROOTS.items()}
)

_TEN = "id key name nameEn skillLevel birthYear frontline jobTitle source synthetic"
_SKILLS = (
    "skillsConnection(first: 5, sort: [{edge: {level: DESC}}, {node: {key: DESC}}]) "
    "{ edges { properties { level } node { id name } } }"
)
_EMPLOYMENTS = "employments(where: {recordedTo: {eq: null}}, sort: [{key: ASC}], limit: 20)"
_COUNTED = "{ totalCount edges { node { id name jobTitle } } pageInfo { hasNextPage } }"
_PAGE = "first: 20, sort: [{name: ASC}, {key: ASC}]"


def _named(row: Data) -> Data:
    return {**row, "skillLevel": LEVELS[row["skillLevel"]]}


def _with_skills(row: Data) -> dict[str, Any]:
    edges = [
        {"level": edge["properties"]["level"], "node": edge["node"]}
        for edge in row["skillsConnection"]["edges"]
    ]
    return {"id": row["id"], "name": row["name"], "skills": {"edges": edges}}


def _deep(data: Data) -> Data:
    [found] = data["enterprises"]
    nodes = []
    for employment in found["employments"]:
        [worker] = employment["worker"]
        studios = {"nodes": worker["studios"]}
        nodes.append(
            {"id": employment["id"], "worker": {**_with_skills(worker), "studios": studios}}
        )
    return {"enterprise": {**found, "employments": {"nodes": nodes}}}


def _counted(data: Data) -> Data:
    page = data["workersConnection"]
    nodes = [edge["node"] for edge in page["edges"]]
    return {
        "workers": {"totalCount": page["totalCount"], "nodes": nodes, "pageInfo": page["pageInfo"]}
    }


NEO4J_GRAPHQL: Mapping[str, Asked] = MappingProxyType(
    {
        "list": Asked(
            "query ($first: Int!, $from: String!) { "
            "workers(where: {key: {gte: $from}}, sort: [{key: ASC}], limit: $first) "
            f"{{ {_TEN} }} }}",
            QUESTIONS["list"].variables,
            lambda data: {"workers": {"nodes": [_named(row) for row in data["workers"]]}},
        ),
        "nested_list": Asked(
            "query ($first: Int!, $from: String!) { "
            "workers(where: {key: {gte: $from}}, sort: [{key: ASC}], limit: $first) "
            f"{{ id name {_SKILLS} }} }}",
            QUESTIONS["nested_list"].variables,
            lambda data: {"workers": {"nodes": [_with_skills(row) for row in data["workers"]]}},
        ),
        "deep_nested": Asked(
            "query ($id: ID!) { enterprises(where: {id: {eq: $id}}) { id name "
            f"{_EMPLOYMENTS} {{ id worker {{ id name {_SKILLS} "
            "studios(sort: [{key: ASC}], limit: 3) { id name } } } } }",
            QUESTIONS["deep_nested"].variables,
            _deep,
        ),
        "point_read": Asked(
            f"query ($id: ID!) {{ workers(where: {{id: {{eq: $id}}}}) {{ {_TEN} }} }}",
            QUESTIONS["point_read"].variables,
            lambda data: {"worker": _named(data["workers"][0])},
        ),
        "connection": Asked(
            "query ($district: String!, $since: Int!) { workersConnection(where: {"
            "district: {some: {key: {eq: $district}}}, birthYear: {gte: $since}"
            f"}}, {_PAGE}) {_COUNTED} }}",
            QUESTIONS["connection"].variables,
            _counted,
        ),
        "connection_some": Asked(
            "query ($skill: String!, $level: Int!) { workersConnection(where: {"
            "skillsConnection: {some: {node: {key: {eq: $skill}}, edge: {level: {gte: $level}}}}"
            f"}}, {_PAGE}) {_COUNTED} }}",
            QUESTIONS["connection_some"].variables,
            _counted,
        ),
        "full_text": Asked(
            "query ($words: String!) { workersByText(phrase: $words, first: 20) "
            "{ edges { node { id name jobTitle } } } }",
            _lucene,
            lambda data: in_order({"search": data["workersByText"]}),
        ),
    }
)
