"""Trusted documents: GraphQL texts that an operator has registered, found by their hash."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from graph.cypher import Cypher
from graph.database import Database, Row


async def trust(database: Database, texts: Sequence[str], *, now: datetime) -> list[str]:
    """Register texts; their hashes, sha256 in hex, in the same order."""
    hashes = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    rows = [{"hash": h, "text": text} for h, text in zip(hashes, texts, strict=True)]
    statement = Cypher(_TRUST, {"rows": rows, "now": now}, name="trust documents")
    await database.write(lambda transaction: transaction.run(statement))
    return hashes


async def distrust(database: Database, hash_: str) -> bool:
    """Forget a document, in processes that know it when they restart; whether it was there."""
    statement = Cypher(_DISTRUST, {"hash": hash_}, name="distrust document")
    [row] = await database.write(lambda transaction: transaction.run(statement))
    return row["found"] > 0


async def trusted_text(database: Database, hash_: str) -> str | None:
    """The text with a hash, if it is trusted."""
    return await database.value(Cypher(_TEXT, {"hash": hash_}, name="trusted document"))


async def trusted(database: Database) -> list[Row]:
    """Hash, text and day of registration of all of them."""
    return await database.rows(Cypher(_ALL, name="trusted documents"))


_TRUST = """
UNWIND $rows AS row
MERGE (d:TrustedDocument {hash: row.hash})
ON CREATE SET d.text = row.text, d.at = $now
"""
_DISTRUST = (
    "OPTIONAL MATCH (d:TrustedDocument {hash: $hash}) WITH collect(d) AS found "
    "FOREACH (d IN found | DELETE d) RETURN size(found) AS found"
)
_TEXT = "MATCH (d:TrustedDocument {hash: $hash}) RETURN d.text AS text"
_ALL = "MATCH (d:TrustedDocument) RETURN d.hash AS hash, d.text AS text, d.at AS at ORDER BY d.at"
