"""Writes that can be repeated: the answer is kept in the transaction that did what was asked."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from graph.cypher import Cypher
from graph.database import Database, Transaction, Within
from graph.errors import InvalidRequest

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Once:
    """A key that its client chose, made its own by who asks; `body` is what it was used for."""

    key: str
    body: str

    @classmethod
    def of_asker(cls, key: str, asker: tuple[str, ...], body: bytes) -> "Once":
        """The key of one who asks, and the body it came with."""
        text = "\0".join((*asker, key))
        return cls(hashlib.sha256(text.encode()).hexdigest(), hashlib.sha256(body).hexdigest())

    def of(self, part: str) -> "Once":
        """The same for one part of what was asked."""
        return replace(self, key=f"{self.key}:{part}")


class _Refused(Exception):
    """Nothing was written, so nothing is kept but what to answer."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer


async def do_once(
    database: Database, once: Once, now: datetime, work: Callable[[Database], Awaitable[bytes]]
) -> bytes:
    """What `work` answers, now or when it was done first.

    Who comes while it is being done waits. What was refused has written nothing and is tried anew.
    Raises InvalidRequest if the key came with another body before.
    """

    async def unit(transaction: Transaction) -> bytes:
        [row] = await transaction.run(Cypher(_CLAIM, {"key": once.key}, name="claim key"))
        if row["answer"] is not None:
            if row["body"] != once.body:
                raise InvalidRequest("IDEMPOTENCY_KEY_REUSED", _REUSED)
            return row["answer"].encode()
        within = Within(transaction)
        answer = await work(within)
        if within.failed:
            raise _Refused(answer)
        kept = {"key": once.key, "body": once.body, "answer": answer.decode(), "at": now}
        await transaction.run(Cypher(_KEEP, kept, name="keep answer"))
        return answer

    try:
        return await database.write(unit)
    except _Refused as refused:
        return refused.answer


async def forget(database: Database, now: datetime) -> None:
    """Forget answers that are older than KEPT."""
    await database.run(Cypher(_FORGET, {"before": now - KEPT}, name="forget answers"))


_REUSED = "this idempotency key came with another document or other variables; take a new one"
_CLAIM = """
MERGE (a:IdempotentAnswer {key: $key})
SET a.locked = true
RETURN a.body AS body, a.answer AS answer
"""
_KEEP = """
MATCH (a:IdempotentAnswer {key: $key})
SET a.body = $body, a.answer = $answer, a.at = $at
REMOVE a.locked
"""
_FORGET = """
MATCH (a:IdempotentAnswer) WHERE a.at < $before
CALL (a) { DELETE a } IN TRANSACTIONS OF 1000 ROWS
"""
