"""Which node a person means by a key, an external id, an official code or an exact name."""

from collections.abc import Iterable, Iterator, Mapping
from typing import LiteralString

from graph.cypher import Cypher
from graph.database import Transaction
from graph.model import NodeType
from graph.writes.merged import successors

_BY_KEY: LiteralString = "key: text"
_BY_EXTERNAL_ID: LiteralString = "key: $source + ':' + text"


async def resolve(
    transaction: Transaction, node_type: NodeType, texts: Iterable[str], source: str
) -> Mapping[str, list[str]]:
    """Text -> the keys it may mean: none if nothing does, several if a name is not unique."""
    found: dict[str, list[str]] = {text: [] for text in texts}
    for pattern in _patterns(node_type):
        open_texts = [text for text, keys in found.items() if not keys]
        if not open_texts:
            break
        statement: LiteralString = (
            "UNWIND $texts AS text "
            f"MATCH (n:{node_type.label} {{{pattern}}}) WHERE n.key IS NOT NULL "
            "WITH text, collect(n.key) AS keys "
            "RETURN collect([text, keys]) AS found"  # one record: many are slow to receive
        )
        parameters = {"texts": sorted(open_texts), "source": source}
        [row] = await transaction.run(Cypher(statement, parameters, name="resolve references"))
        found.update(row["found"])
    await _follow(transaction, found, source)
    return found


async def _follow(transaction: Transaction, found: dict[str, list[str]], source: str) -> None:
    """Keys of records that became part of another mean that other one."""
    unknown = [text for text, keys in found.items() if not keys]
    known = await successors(transaction.run, [*unknown, *(f"{source}:{text}" for text in unknown)])
    for text in unknown:
        key = known.get(text) or known.get(f"{source}:{text}")
        found[text] = [key] if key else []


def _patterns(node_type: NodeType) -> Iterator[LiteralString]:
    """From the surest to the least sure; a person is never told by name."""
    yield _BY_KEY
    yield _BY_EXTERNAL_ID
    if node_type.identity is not None:
        yield f"{node_type.identity}: text"
    names = {p.name for p in node_type.properties if p.sortable and not p.personal}
    if "name" in names and "Person" not in node_type.interfaces:
        yield "name: text"
