"""Erasure of one person: values, former values, records and logins go; what the law keeps stays.

What stays hangs on a node that has the person's id and nothing else. The event streams hold ids,
verbs and names of fields, so that their chains still verify.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

from graph.cypher import Cypher, literal
from graph.database import Database, Transaction
from graph.errors import InvalidRequest
from graph.persons.export import record_labels
from graph.persons.retention import RETAINED
from graph.writes.events import Event, append
from graph.writes.merged import standing


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done: ids of the records that stay, how many went, and of former values."""

    person: str
    retained: tuple[str, ...]
    records: int
    former_values: int


async def erase(database: Database, key: str, now: datetime, *, actor: str) -> Erased:
    """Erase the worker with this key, in one transaction; raises InvalidRequest NOT_FOUND."""

    async def work(transaction: Transaction) -> Erased:
        whole = {"key": await standing(transaction.run, key)}
        rows = await transaction.run(Cypher(_LOCK, whole, name="lock person"))
        if not rows:
            raise InvalidRequest("NOT_FOUND", "there is no worker with this key")
        person: str = rows[0]["id"]
        parameters: dict[str, Any] = {
            "person": person, "now": now, "name": rows[0]["name"],
            "key_digest": key_digest(rows[0]["key"]),
            "parts": [key_digest(part) for part in rows[0]["parts"]],
        }  # fmt: skip
        [split] = await transaction.run(Cypher(_split(), parameters, name="records of person"))
        parameters |= split
        [done] = await transaction.run(Cypher(_ERASE, parameters, name="erase person"))
        for kept in RETAINED:
            for name in kept.without:
                text = _FORGET.replace("{label}", kept.label).replace("{name}", name)
                await transaction.run(Cypher(text, parameters, name="forget value"))
        fields = tuple(sorted(rows[0]["fields"]))
        event = Event("person.erased", (person,), fields, 1 + len(split["gone"]))
        await append(transaction, [event], actor=actor, at=now)
        return Erased(person, tuple(split["kept"]), len(split["gone"]), done["former"])

    return await database.write(work)


def key_digest(key: str) -> str:
    """What is left of an erased key: enough to know it again, not to read it."""
    return hashlib.sha256(key.encode()).hexdigest()


async def erased_among(transaction: Transaction, keys: Sequence[str]) -> frozenset[str]:
    """Those of some keys whose persons were erased: they must not come back by a load."""
    by_digest = {key_digest(key): key for key in keys}
    parameters = {"digests": sorted(by_digest)}
    [found] = await transaction.run(Cypher(_ERASED, parameters, name="erased persons"))
    return frozenset(by_digest[digest] for digest in found["digests"])


def _split() -> LiteralString:
    stays = " OR ".join([f"(record:{r.label} AND {r.holds})" for r in RETAINED])
    labels = literal("|".join(record_labels()))
    return f"""
        MATCH (person:Node {{id: $person}})
        WITH COLLECT {{ MATCH (person)--(record:{labels}) RETURN DISTINCT record }} AS records
        RETURN [record IN records WHERE {stays} | record.id] AS kept,
          [record IN records WHERE NOT ({stays}) | record.id] AS gone
    """


_ERASED = """
UNWIND $digests AS digest
MATCH (e:Erased {key_digest: digest})
RETURN collect(digest) AS digests
"""
_LOCK = """
MATCH (p:Worker {key: $key}) SET p.locked = true
RETURN p.id AS id, p.name AS name, p.key AS key, [k IN keys(p) WHERE k <> 'locked'] AS fields,
  [(part:Merged)-[:MERGED_INTO*1..8]->(p) | part.key] AS parts
"""
_ERASE = """
MATCH (p:Node {id: $person})
CALL (p) {
  UNWIND [$person] + $kept + $gone AS about
  MATCH (:Node {id: about})<-[:CHANGE_OF]-(change:Change)
  DETACH DELETE change
  RETURN count(*) AS former
}
CALL (p) {
  MATCH (part:Merged)-[:MERGED_INTO*1..8]->(p)
  OPTIONAL MATCH (part)<-[:CHANGE_OF]-(change:Change)
  DETACH DELETE change, part
}
CALL (p) { MATCH (login:Login|Invitation)-[:BOUND_TO|INVITES]->(p) DETACH DELETE login }
CALL (p) { MATCH (record:Node) WHERE record.id IN $gone DETACH DELETE record }
CALL (p) { MATCH (p)-[r]-(other) WHERE NOT coalesce(other.id, '') IN $kept DELETE r }
CALL (p) {
  MATCH (answer:IdempotentAnswer)
  WHERE answer.answer CONTAINS $person OR answer.answer CONTAINS $name
  DETACH DELETE answer
}
SET p = {id: $person, key_digest: $key_digest, erased_at: $now}
SET p:Erased
REMOVE p:Worker:Master:Person
FOREACH (digest IN $parts | MERGE (:Erased {key_digest: digest}))
RETURN former
"""
_FORGET: LiteralString = """
MATCH (record:Node:{label}) WHERE record.id IN $kept REMOVE record.{name}
"""
