"""Logins of an issuer of tokens, bound to a person or organisation by invitation, revocably.

The graph holds no name that the issuer gave: a login is the SHA-256 of issuer and subject.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString

from graph.cypher import Cypher
from graph.database import Database, Transaction
from graph.errors import InvalidRequest
from graph.jurisdiction import BOUND, FORMS, is_form
from graph.writes.events import Event, append
from graph.writes.merged import standing

LIFE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Login:
    """A bound login as it is listed."""

    digest: str
    form: str
    bound: datetime


def login_digest(issuer: str, subject: str) -> str:
    """What the graph holds of a login."""
    return _hashed(f"{issuer}\0{subject}")


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


async def invite(
    database: Database, form: str, now: datetime, *, life: timedelta = LIFE, actor: str
) -> str:
    """A code that binds one login to whom the form names, once; shown this once."""
    role, _, key = form.partition(":")
    if not is_form(form) or role not in BOUND:
        raise InvalidRequest("BAD_USER_INPUT", f"{form!r} names nobody to invite; use {FORMS}")
    code = f"jpi_{secrets.token_urlsafe(24)}"
    text = _INVITE.replace("{label}", BOUND[role])
    values = {"digest": _hashed(code), "role": role, "expires": now + life}

    async def work(transaction: Transaction) -> None:
        whole = await standing(transaction.run, key)
        cypher = Cypher(text, {"key": whole, "values": values}, name="invite")
        if not await transaction.run(cypher):
            unknown = f"there is no {BOUND[role]} with the key {key!r}"
            raise InvalidRequest("BAD_USER_INPUT", unknown)
        await append(transaction, [Event("login.invited")], actor=actor, at=now)

    await database.write(work)
    return code


async def accept(database: Database, login: str, code: str, now: datetime) -> None:
    """Bind a login by an invitation's code, in place of what it was bound to before.

    Raises InvalidRequest, with the same words for a code that is unknown, used or expired.
    """

    async def work(transaction: Transaction) -> None:
        parameters = {"digest": _hashed(code), "login": login, "now": now}
        if not await transaction.run(Cypher(_ACCEPT, parameters, name="accept invitation")):
            raise InvalidRequest("BAD_USER_INPUT", "this code is not good, or no longer")
        await append(transaction, [Event("login.bound")], actor=f"login:{login}", at=now)

    await database.write(work)


async def claim(database: Database, login: str, key: str, words: str, now: datetime) -> None:
    """Say that a login is the worker's with this key; an officer decides.

    It tells nobody whether there is such a worker. A login has one open claim at most.
    """

    async def work(transaction: Transaction) -> None:
        parameters = {
            "key": await standing(transaction.run, key), "login": login, "words": words,
            "claim": f"jiangpu:claim-{login}", "id": secrets.token_hex(16), "now": now,
        }  # fmt: skip
        await transaction.run(Cypher(_CLAIM, parameters, name="claim login"))
        await append(transaction, [Event("login.claimed")], actor=f"login:{login}", at=now)

    await database.write(work)


async def bound_form(database: Database, login: str) -> str | None:
    """The form that a login is bound to; None while it is bound to nothing."""
    return await database.value(Cypher(_FORM, {"login": login}, name="login"))


async def logins(database: Database) -> list[Login]:
    """All bound logins."""
    rows = await database.rows(Cypher(_LIST, name="logins"))
    return [Login(r["digest"], r["form"], r["bound"].to_native()) for r in rows]


async def release(database: Database, login: str, now: datetime, *, actor: str) -> int:
    """Unbind the logins whose digest begins so; how many."""

    async def work(transaction: Transaction) -> int:
        [row] = await transaction.run(Cypher(_RELEASE, {"login": login}, name="release login"))
        await append(transaction, [Event("login.released")], actor=actor, at=now)
        return row["released"]

    return await database.write(work)


_INVITE: LiteralString = """
MATCH (n:{label} {key: $key})
CREATE (i:Invitation)-[:INVITES]->(n)
SET i = $values
RETURN i.role AS role
"""
_ACCEPT = """
MATCH (i:Invitation {digest: $digest})-[:INVITES]->(n:Node)
SET i.locked = true
WITH i, n WHERE i.expires > $now
MERGE (l:Login {digest: $login})
WITH i, n, l
OPTIONAL MATCH (l)-[old:BOUND_TO]->()
DELETE old
WITH DISTINCT i, n, l
CREATE (l)-[:BOUND_TO {role: i.role, since: $now}]->(n)
DETACH DELETE i
RETURN l.digest AS login
"""
_CLAIM = """
MATCH (worker:Worker {key: $key})
MERGE (c:LoginClaim {key: $claim})
ON CREATE SET c:Node, c.id = $id, c.source = 'jiangpu', c.login = $login
SET c.state = 'OPEN', c.words = $words, c.claimed_at = $now, c.answered_at = null,
  c.synthetic = coalesce(worker.synthetic, false)
WITH worker, c
CALL (c) { MATCH (c)-[old:CLAIMS_TO_BE]->() DELETE old }
CREATE (c)-[:CLAIMS_TO_BE]->(worker)
"""
_FORM = """
MATCH (:Login {digest: $login})-[b:BOUND_TO]->(n:Node)
RETURN b.role + ':' + n.key LIMIT 1
"""
_LIST = """
MATCH (l:Login)-[b:BOUND_TO]->(n:Node)
RETURN l.digest AS digest, b.role + ':' + n.key AS form, b.since AS bound ORDER BY form, digest
"""
_RELEASE = """
MATCH (l:Login) WHERE l.digest STARTS WITH $login
DETACH DELETE l
RETURN count(*) AS released
"""
