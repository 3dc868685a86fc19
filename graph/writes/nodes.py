"""Rows become nodes: found by their key, unchanged ones left alone, changes recorded.

Every text is derived from the declaration. Keys are sorted, so that two writers wait for each
other instead of deadlocking; when both create the same node, the second raises DuplicateNode and
will find it when it tries again.
"""

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, LiteralString, NamedTuple

import orjson

from graph.cypher import Cypher
from graph.database import Transaction
from graph.model import MODEL, NODE, Kind, NodeType
from graph.model.people import WORKER
from graph.writes.merged import update_merged
from graph.writes.posts import rename
from graph.writes.provenance import CORRECTED, LIFT, RECORD_CHANGE, Counts, Origin

Roles = tuple[tuple[LiteralString, bool], ...]


class NodeValues(NamedTuple):
    """What a node shall hold: stored values by property, none of them null; roles as booleans."""

    key: str
    values: Mapping[str, Any]
    digest: str


def digest(values: Mapping[str, Any]) -> str:
    """The same for the same values, whatever their order."""
    body = orjson.dumps(values, option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(body, digest_size=12).hexdigest()


async def upsert_nodes(
    transaction: Transaction,
    node_type: NodeType,
    nodes: Sequence[NodeValues],
    origin: Origin,
    *,
    fill: bool = False,
) -> Counts:
    """Create or update one node per row; keys must differ. `fill` only adds to empty properties."""
    parameters = {"keys": sorted(node.key for node in nodes)}
    [found] = await transaction.run(Cypher(_find_text(node_type), parameters, name="find nodes"))
    known: Mapping[str, str | None] = dict(found["known"])
    new = [node for node in nodes if node.key not in known]
    merged: Mapping[str, bool] = {}
    if found["merging"] and new:
        told = [node._replace(values={}) for node in new] if fill else new
        merged = await _merged(transaction, node_type, told, origin)
    new = [node for node in new if node.key not in merged]
    for roles, group in _by_roles(node_type, new):
        shared = _shared_values(node_type, origin)
        ids = _new_ids(len(group))
        rows = [
            {**node.values, "key": node.key, "id": i, "row_hash": node.digest, **shared}
            for node, i in zip(group, ids, strict=True)
        ]
        for row in rows if roles or fill else ():
            _strip(row, roles, fill=fill)
        text = _create_text(node_type, roles)
        await transaction.run(Cypher(text, {"rows": rows}, name="create nodes"))
    differing = [n for n in nodes if n.key in known and (fill or known[n.key] != n.digest)]
    updated = sum(merged.values())
    for roles, group in _by_roles(node_type, differing):
        text = _fill_text(node_type) if fill else _change_text(node_type, roles)
        parameters = {
            "rows": [_changed_node(roles, node) for node in group],
            "load": origin.load,
            "source": origin.source,
            "at": origin.at,
        }
        [result] = await transaction.run(Cypher(text, parameters, name="change nodes"))
        updated += result["updated"]
    if updated and node_type.label == WORKER.label:
        await rename(transaction, [node.key for node in differing if "name" in node.values])
    return Counts(len(new), updated, len(nodes) - len(new) - updated)


async def _merged(
    transaction: Transaction, node_type: NodeType, nodes: Sequence[NodeValues], origin: Origin
) -> Mapping[str, bool]:
    """Those that are part of another record now -> whether they were changed."""
    roles: Roles = tuple([(p.name, True) for p in node_type.properties if p.kind is Kind.ROLE])
    rows = [_changed_node(roles, node) for node in nodes]
    return await update_merged(transaction, rows, {"load": origin.load, "at": origin.at})


def _by_roles(
    node_type: NodeType, nodes: Sequence[NodeValues]
) -> Iterator[tuple[Roles, Sequence[NodeValues]]]:
    """Nodes that state the same roles, together and sorted: labels cannot be parameters."""
    names: list[LiteralString] = [p.name for p in node_type.properties if p.kind is Kind.ROLE]
    groups: dict[Roles, list[NodeValues]] = {}
    for node in sorted(nodes, key=itemgetter(0)):
        roles: Roles = tuple([(n, bool(node.values[n])) for n in names if n in node.values])
        groups.setdefault(roles, []).append(node)
    yield from groups.items()


def _new_ids(count: int) -> list[str]:
    """Random ids, drawn at once: asking the system for each costs more than all else."""
    drawn = secrets.token_hex(16 * count)
    return [drawn[start : start + 32] for start in range(0, len(drawn), 32)]


def _shared_values(node_type: NodeType, origin: Origin) -> dict[str, Any]:
    known = {"recorded_from": origin.at} if node_type.dated else {}
    return {"source": origin.source, "load": origin.load, **known}


def _strip(row: dict[str, Any], roles: Roles, *, fill: bool) -> None:
    """Roles are labels; a node named in passing has no row of its own yet."""
    for name, _ in roles:
        del row[name]
    if fill:
        del row["row_hash"]


def _changed_node(roles: Roles, node: NodeValues) -> dict[str, Any]:
    named = {name for name, _ in roles}
    return {
        "key": node.key,
        "values": node.values,
        "stored": {name: value for name, value in node.values.items() if name not in named},
        "row_hash": node.digest,
        "history_id": secrets.token_hex(16),
    }


@cache
def _find_text(node_type: NodeType) -> LiteralString:
    return (
        f"UNWIND $keys AS key MATCH (n:{node_type.label} {{key: key}}) "
        "WITH collect([key, n.row_hash]) AS known "
        "RETURN known, EXISTS { (:Merged) } AS merging"
    )


@cache
def _create_text(node_type: NodeType, roles: Roles) -> LiteralString:
    held: list[LiteralString] = [_role_label(node_type, name) for name, holds in roles if holds]
    labels = ":".join([node_type.label, NODE.label, *node_type.interfaces, *held])
    return f"UNWIND $rows AS row CREATE (n:{labels}) SET n = row"


@cache
def _change_text(node_type: NodeType, roles: Roles) -> LiteralString:
    """Compares value by value, so that a row whose hash alone is new counts as unchanged."""
    is_worker = node_type.label == WORKER.label
    corrected = CORRECTED if is_worker else "[]"
    stated = "".join([f", {name}: n:{_role_label(node_type, name)}" for name, _ in roles])
    return (
        "UNWIND $rows AS row "
        f"MATCH (n:{node_type.label} {{key: row.key}}) "
        f"WITH n, row, row.values AS new, n {{.*{stated}}} AS old "
        f"WITH n, row, new, old, {corrected} AS corrected "
        "WITH n, row, new, old, [p IN keys(new) WHERE [p, new[p]] IN corrected] AS held "
        "WITH n, row, new, old, held, "
        "[p IN keys(new) WHERE coalesce(old[p] <> new[p], true) AND NOT p IN held] AS changed "
        "WHERE size(changed) > 0 "
        f"FOREACH (p IN changed | {RECORD_CHANGE}(n)) "
        f"{LIFT if is_worker else ''}"
        f"{history_text(node_type)}"
        "SET n += row.stored, n.source = $source, n.load = $load, n.row_hash = row.row_hash "
        f"{'FOREACH (p IN held | SET n[p] = old[p]) ' if is_worker else ''}"
        f"{''.join([_set_role(_role_label(node_type, n), holds=holds) for n, holds in roles])}"
        "RETURN count(n) AS updated"
    )


@cache
def _fill_text(node_type: NodeType) -> LiteralString:
    return (
        "UNWIND $rows AS row "
        f"MATCH (n:{node_type.label} {{key: row.key}}) "
        "WITH n, row.stored AS new, properties(n) AS old "
        "WITH n, new, old, [p IN keys(new) WHERE old[p] IS NULL] AS changed "
        "WHERE size(changed) > 0 "
        f"FOREACH (p IN changed | {RECORD_CHANGE}(n)) "
        "SET n += new SET n += old "
        "RETURN count(n) AS updated"
    )


def history_text(node_type: NodeType) -> LiteralString:
    """What was known of a dated fact stays as a closed record of its own, related as before."""
    if not node_type.dated:
        return ""
    copies: list[LiteralString] = [
        f"CALL (n, was) {{ MATCH (n)-[r:{r.type}]->(end:{r.target}) "
        f"CREATE (was)-[copy:{r.type}]->(end) SET copy = properties(r) }} "
        for r in MODEL.relationship_types
        if r.source == node_type.label
    ]
    return (
        f"CREATE (was:{node_type.label}:{NODE.label}) "
        "SET was = n {.*, id: row.history_id, recorded_to: $at, key: n.key + '@' + row.history_id} "
        f"WITH n, row, was {''.join(copies)}"
        "SET n.recorded_from = $at "
    )


def _set_role(label: LiteralString, *, holds: bool) -> LiteralString:
    return f"SET n:{label} " if holds else f"REMOVE n:{label} "


def _role_label(node_type: NodeType, name: str) -> LiteralString:
    label: LiteralString | None = next(p.label for p in node_type.properties if p.name == name)
    if label is None:  # MODEL is checked at import: a role has its label
        raise KeyError(name)
    return label
