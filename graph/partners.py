"""Partners and their keys: what an application was granted, kept in the graph without secrets.

A key is `jpk_<id>_<secret>`; the graph holds its id and the SHA-256 of the whole, which is enough
for 256 random bits. Rotation gives a new key and lets the older ones end after an overlap.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from graph.cypher import Cypher
from graph.database import Database, Row, Transaction
from graph.errors import InvalidRequest
from graph.writes.events import Event, append

PREFIX = "jpk_"
_KEY = re.compile(r"jpk_([0-9a-f]{12})_[\w-]{43}")


class Trust(Enum):
    """Which documents a partner may send: any, any but unknown ones are logged, or known ones."""

    OFF = "off"
    LOG = "log"
    ONLY = "only"


@dataclass(frozen=True, slots=True)
class Partner:
    """An application, for whom it asks, and its limits.

    `viewer` is a form such as `union:<key>`. `reads` and `writes` name slices; None means all that
    the role allows. A bucket holds `budget` points of cost and fills by `restore` a second. At most
    `running` operations run at once, each for `seconds` at most. `demands_keys` says that its
    mutations need an Idempotency-Key, `introspects` that it may ask about the schema and is told
    what a misspelt name may have meant. `origins` are its pages in browsers.
    """

    name: str
    viewer: str = "public"
    reads: tuple[str, ...] | None = None
    writes: tuple[str, ...] | None = None
    budget: int = 100_000
    restore: int = 2_000
    running: int = 20
    seconds: float = 10.0
    documents: Trust = Trust.OFF
    demands_keys: bool = False
    introspects: bool = False
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is shown: its id and its dates."""

    id: str
    created: datetime
    expires: datetime
    revoked: datetime | None
    last_used: datetime | None

    def state(self, now: datetime) -> str:
        """`live`, `expired` or `revoked`."""
        if self.revoked is not None and self.revoked <= now:
            return "revoked"
        return "live" if now < self.expires else "expired"


def stored(partner: Partner) -> dict[str, Any]:
    """A partner as properties."""
    values = {**asdict(partner), "documents": partner.documents.value}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}


def restored(row: Mapping[str, Any]) -> Partner:
    """A partner from its properties."""
    given: dict[str, Any] = {n: row[n] for n in _FIELDS if row.get(n) is not None}
    for name, value in given.items():
        given[name] = tuple(value) if isinstance(value, list) else value
    given["documents"] = Trust(row["documents"])
    return Partner(**given)


_FIELDS = tuple(f.name for f in fields(Partner))


def digest(key: str) -> str:
    """What the graph holds of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def key_id(key: str) -> str | None:
    """The id in a key; None where it is not written like one."""
    found = _KEY.fullmatch(key)
    return found[1] if found else None


async def create(
    database: Database, partner: Partner, now: datetime, life: timedelta, *, actor: str
) -> str:
    """Keep a new partner; its first key, which is shown this once. Raises InvalidRequest."""

    async def work(transaction: Transaction) -> str:
        parameters = {"name": partner.name, "values": {**stored(partner), "created": now}}
        made = await transaction.run(Cypher(_CREATE, parameters, name="create partner"))
        if not made[0]["new"]:
            raise InvalidRequest("BAD_USER_INPUT", f"there is a partner {partner.name!r} already")
        await append(transaction, [Event("partner.created")], actor=actor, at=now)
        return await _new_key(transaction, partner.name, now, life)

    return await database.write(work)


async def rotate(
    database: Database,
    name: str,
    now: datetime,
    *,
    life: timedelta,
    overlap: timedelta,
    actor: str,
) -> str:
    """A new key; the older ones end after the overlap. Raises InvalidRequest."""

    async def work(transaction: Transaction) -> str:
        parameters = {"name": name, "end": now + overlap}
        found = await transaction.run(Cypher(_SHORTEN, parameters, name="rotate keys"))
        if not found:
            raise _unknown(name)
        await append(transaction, [Event("partner.key-rotated")], actor=actor, at=now)
        return await _new_key(transaction, name, now, life)

    return await database.write(work)


async def revoke(
    database: Database, name: str, now: datetime, *, key: str | None = None, actor: str
) -> int:
    """End all keys of a partner, or the one with this id; how many. Raises InvalidRequest."""

    async def work(transaction: Transaction) -> int:
        parameters = {"name": name, "key": key, "now": now}
        [found] = await transaction.run(Cypher(_REVOKE, parameters, name="revoke keys"))
        if found["partners"] == 0:
            raise _unknown(name)
        await append(transaction, [Event("partner.key-revoked")], actor=actor, at=now)
        return found["keys"]

    return await database.write(work)


async def partners(database: Database) -> list[tuple[Partner, Sequence[Key]]]:
    """All partners with their keys, newest first."""
    rows = await database.rows(Cypher(_LIST, name="partners"))
    return [(restored(row["partner"]), [_key(k) for k in row["keys"]]) for row in rows]


async def any_live_key(database: Database, now: datetime) -> bool:
    """Whether anybody could sign in with a key."""
    return await database.value(Cypher(_ANY_LIVE, {"now": now}, name="live keys"))


async def holder(database: Database, key: str, now: datetime) -> tuple[Partner, datetime] | None:
    """The partner whose live key this is, and when it expires; None where it is not."""
    identifier = key_id(key)
    if identifier is None:
        return None
    found = await database.rows(Cypher(_HOLDER, {"id": identifier}, name="key"))
    known = found[0]["digest"] if found else "0" * 64
    same = hmac.compare_digest(known, digest(key))  # the same time, whoever is there
    if not found or not same:
        return None
    described = _key(found[0]["key"])
    live = described.state(now) == "live"
    return (restored(found[0]["partner"]), described.expires) if live else None


async def settle_uses(database: Database, used: Mapping[str, datetime]) -> None:
    """Keep when keys were last used, by their ids."""

    async def work(transaction: Transaction) -> None:
        rows = [{"id": identifier, "at": at} for identifier, at in sorted(used.items())]
        await transaction.run(Cypher(_USED, {"rows": rows}, name="last use of keys"))

    await database.write(work)


async def _new_key(transaction: Transaction, name: str, now: datetime, life: timedelta) -> str:
    identifier = secrets.token_hex(6)
    key = f"{PREFIX}{identifier}_{secrets.token_urlsafe(32)}"
    values = {"id": identifier, "digest": digest(key), "created": now, "expires": now + life}
    await transaction.run(Cypher(_KEY_OF, {"name": name, "key": values}, name="new key"))
    return key


def _key(row: Row) -> Key:
    moments: dict[str, Any] = {n: row[n].to_native() if row.get(n) else None for n in _MOMENTS}
    return Key(row["id"], **moments)


_MOMENTS = ("created", "expires", "revoked", "last_used")


def _unknown(name: str) -> InvalidRequest:
    text = f"there is no partner {name!r}; see jiangpu partner list"
    return InvalidRequest("BAD_USER_INPUT", text)


_CREATE = """
MERGE (p:Partner {name: $name})
ON CREATE SET p = $values, p.fresh = true
WITH p, p.fresh IS NOT NULL AS new
REMOVE p.fresh
RETURN new
"""
_KEY_OF = """
MATCH (p:Partner {name: $name})
CREATE (p)-[:HAS_KEY]->(k:PartnerKey)
SET k = $key
"""
_SHORTEN = """
MATCH (p:Partner {name: $name})
CALL (p) {
  MATCH (p)-[:HAS_KEY]->(k:PartnerKey) WHERE k.expires > $end SET k.expires = $end
}
RETURN p.name AS name
"""
_REVOKE = """
OPTIONAL MATCH (p:Partner {name: $name})
OPTIONAL MATCH (p)-[:HAS_KEY]->(k:PartnerKey)
WHERE k.revoked IS NULL AND ($key IS NULL OR k.id = $key)
SET k.revoked = $now
RETURN count(DISTINCT p) AS partners, count(k) AS keys
"""
_LIST = """
MATCH (p:Partner)
RETURN properties(p) AS partner, COLLECT {
  MATCH (p)-[:HAS_KEY]->(k:PartnerKey) RETURN k {.id, .created, .expires, .revoked, .last_used}
  ORDER BY k.created DESC } AS keys
ORDER BY p.name
"""
_ANY_LIVE = """
RETURN EXISTS { MATCH (k:PartnerKey) WHERE k.expires > $now AND k.revoked IS NULL }
"""
_HOLDER = """
MATCH (k:PartnerKey {id: $id})<-[:HAS_KEY]-(p:Partner)
RETURN properties(p) AS partner, k.digest AS digest,
  k {.id, .created, .expires, .revoked, .last_used} AS key
"""
_USED = """
UNWIND $rows AS row
MATCH (k:PartnerKey {id: row.id})
WHERE k.last_used IS NULL OR k.last_used < row.at
SET k.last_used = row.at
"""
