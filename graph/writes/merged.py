"""Records that became part of another: their ids and keys lead to the one that is kept (K10)."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, LiteralString

from graph.cypher import Cypher
from graph.database import Row, Transaction
from graph.writes.provenance import CORRECTED, LIFT, RECORD_CHANGE

Run = Callable[[Cypher], Awaitable[list[Row]]]
"""Runs a statement: of a database, or of a transaction."""


async def successors(run: Run, names: Iterable[str]) -> Mapping[str, str]:
    """Id or key of each merged record among them -> id or key of what it is part of now."""
    parameters = {"names": sorted(set(names))}
    if not parameters["names"]:
        return {}
    [row] = await run(Cypher(_SUCCESSORS, parameters, name="merged records"))
    return dict(row["found"])


async def standing(run: Run, name: str) -> str:
    """An id or key, or that of the record which the merged one with it is part of now."""
    return (await successors(run, [name])).get(name, name)


def renamed(value: Any, known: Mapping[str, str]) -> Any:
    """The same with the ids and keys of today, in lists and mappings too."""
    if isinstance(value, str):
        return known.get(value, value)
    if isinstance(value, list):
        return [renamed(one, known) for one in value]
    if isinstance(value, Mapping):
        return {name: renamed(one, known) for name, one in value.items()}
    return value


def texts(value: Any) -> Iterable[str]:
    """Every text in a value, in its lists and mappings too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | Mapping):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from texts(one)


async def update_merged(
    transaction: Transaction, rows: Sequence[Mapping[str, Any]], parameters: Mapping[str, Any]
) -> Mapping[str, bool]:
    """What a source says anew of records that were merged, with what the kept ones took of them.

    `rows` are as `upsert_nodes` changes nodes. Key -> whether anything changed, for those merged.
    """
    given = {"rows": list(rows), **parameters}
    [row] = await transaction.run(Cypher(_UPDATE, given, name="change merged records"))
    return dict(row["done"])


_SUCCESSORS: LiteralString = """
UNWIND $names AS name
CALL (name) {
  MATCH (m:Merged {id: name}) RETURN m, true AS by_id
  UNION
  MATCH (m:Merged {key: name}) RETURN m, false AS by_id
}
MATCH (m)-[:MERGED_INTO*1..8]->(n:Node)
RETURN collect([name, CASE WHEN by_id THEN n.id ELSE n.key END]) AS found
"""
_UPDATE: LiteralString = f"""
UNWIND $rows AS row
MATCH (n:Merged {{key: row.key}})-[into:MERGED_INTO]->(kept)
WITH row, n, into, kept, row.stored AS new, properties(n) AS old, {CORRECTED} AS corrected
WITH row, n, into, kept, new, old, [p IN keys(new) WHERE [p, new[p]] IN corrected] AS held
WITH row, n, into, kept, new, old, held,
  [p IN keys(new) WHERE coalesce(old[p] <> new[p], true) AND NOT p IN held] AS changed
FOREACH (p IN changed | {RECORD_CHANGE}(n))
{LIFT}
FOREACH (p IN [p IN changed WHERE p IN into.filled AND kept[p] = old[p]] |
  {RECORD_CHANGE}(kept) SET kept[p] = new[p])
SET n += new, n.load = $load, n.row_hash = row.row_hash
FOREACH (p IN held | SET n[p] = old[p])
RETURN collect([row.key, size(changed) > 0]) AS done
"""
