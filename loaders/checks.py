"""The checks between a row as written and a row as stored, derived from the declaration."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from graph.model import NodeType, Property, RelationshipType
from graph.writes.nodes import NodeValues, digest
from loaders.columns import loadable
from loaders.conversions import Fault, converter, text_of
from loaders.readers.table import is_blank
from loaders.rows import Link, NodeRow, Nodes, Place, RejectedRow, RelationshipRow, Relationships

_LONGEST_KEY = 200


class CheckedNode(NamedTuple):
    """A node row fit to be stored; blank values are left out, for they say nothing."""

    place: Place
    node: NodeValues
    links: tuple[Link, ...]


def node_check(part: Nodes) -> Callable[[NodeRow], CheckedNode]:
    """The check of a part's rows; it raises RejectedRow for the first fault it finds."""
    check_values = _values_check(part.node_type, part.headers)

    def check(row: NodeRow) -> CheckedNode:
        values = check_values(row.place, row.values)
        node = NodeValues(_key(part, row, values), values, digest(values))
        return CheckedNode(row.place, node, row.links)

    return check


def relationship_check(part: Relationships) -> Callable[[RelationshipRow], RelationshipRow]:
    """The check of a part's rows: the same row with stored values; it raises RejectedRow."""
    check_values = _values_check(part.relationship_type, part.headers)

    def check(row: RelationshipRow) -> RelationshipRow:
        for column, key in zip(row.columns, (row.source_key, row.target_key), strict=True):
            if is_blank(key):
                raise RejectedRow(row.place, column, "", "no value", "name the node meant")
        values = check_values(row.place, row.values) if row.values else {}
        return RelationshipRow(row.place, row.source_key, row.target_key, values, row.columns)

    return check


def _values_check(
    declared: NodeType | RelationshipType, headers: Mapping[str, str]
) -> Callable[[Place, Mapping[str, Any]], dict[str, Any]]:
    properties = _properties(declared)
    converters = {p.name: converter(p) for p in properties}
    required = [p.name for p in properties if p.required]

    def check(place: Place, given: Mapping[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, value in given.items():
            trimmed = value.strip() if isinstance(value, str) else value
            if trimmed is None or trimmed == "" or name not in converters:
                continue
            try:
                values[name] = converters[name](trimmed)
            except Fault as fault:
                column, text = headers.get(name, name), str(value)
                raise RejectedRow(place, column, text, fault.reason, fault.remedy) from None
        for name in required:
            if name not in values:
                column = headers.get(name, name)
                raise RejectedRow(place, column, "", "no value", "this column must be filled")
        return values

    return check


def _properties(declared: NodeType | RelationshipType) -> Sequence[Property]:
    if isinstance(declared, NodeType):
        return tuple(loadable(declared.all_properties))
    return declared.properties


def _key(part: Nodes, row: NodeRow, values: Mapping[str, Any]) -> str:
    """`source:external id`, unless the row gives a whole key."""
    identity = part.node_type.identity
    name, given = "key", row.values.get("key")
    if is_blank(given):
        name, given = "external_id", row.values.get("external_id")
    if is_blank(given) and identity is not None:
        name, given = identity, values.get(identity)
    column = part.headers.get(name, name)
    if is_blank(given):
        raise RejectedRow(row.place, column, "", "no value", "this column tells the rows apart")
    try:
        text = text_of(given).strip()
    except Fault as fault:
        raise RejectedRow(row.place, column, "", fault.reason, fault.remedy) from None
    if reason := _fault_in_key(text, whole=name == "key"):
        raise RejectedRow(row.place, column, text, reason, "correct the identifier")
    return text if name == "key" else f"{part.source}:{text}"


def _fault_in_key(text: str, *, whole: bool) -> str:
    if len(text) > _LONGEST_KEY:
        return f"longer than {_LONGEST_KEY} characters"
    if not text.isprintable():
        return "holds a control character"
    if whole and not all(text.partition(":")[::2]):
        return "a key reads source:external id"
    return ""
