"""What a list of an enterprise's people is read from: who holds a post and where, kept on it.

Derived from the relationships of the post and the name of its worker, so that an index has the
people of an enterprise in order, however many there are. Nobody is seen by it: that is decided by
the relationships themselves.
"""

from collections.abc import Sequence
from typing import LiteralString

from graph.cypher import Cypher
from graph.database import Transaction
from graph.model import MODEL
from graph.model.people import EMPLOYMENT

ENDS = tuple(
    r
    for r in MODEL.relationship_types
    if r.source == EMPLOYMENT.label and r.type in {"ABOUT_WORKER", "AT_ENTERPRISE"}
)


async def derive_posts(transaction: Transaction, keys: Sequence[str]) -> None:
    """Of posts, by key, whose relationships were written."""
    await transaction.run(Cypher(_DERIVE, {"keys": sorted(set(keys))}, name="derive posts"))


async def rename(transaction: Transaction, keys: Sequence[str]) -> None:
    """Of the posts of workers, by key, who may have another name."""
    await transaction.run(Cypher(_RENAME, {"keys": sorted(keys)}, name="rename on posts"))


DERIVED: LiteralString = """
MATCH (post)-[:AT_ENTERPRISE]->(e:Enterprise)
MATCH (post)-[:ABOUT_WORKER]->(w:Worker)
SET post.employer = e.id, post.worker_key = w.key, post.worker_name = w.name
"""
_DERIVE: LiteralString = f"UNWIND $keys AS key MATCH (post:Employment {{key: key}}) {DERIVED}"
_RENAME: LiteralString = """
UNWIND $keys AS key
MATCH (w:Worker {key: key})<-[:ABOUT_WORKER]-(post:Employment)
WHERE post.worker_name <> w.name
SET post.worker_name = w.name
"""
