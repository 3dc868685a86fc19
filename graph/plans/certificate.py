"""The certificate of a plan: its lists under pseudonyms, for a third party to recheck."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import orjson

from graph.cypher import Cypher
from graph.database import Database
from graph.errors import InvalidRequest
from graph.plans.people import NONE
from graph.plans.storage import Frozen, load_lists, plan_row

FORMAT = "jiangpu-plan-certificate-1"
ORIGIN = (
    "the best by score of each side's declared features; own lists first where people wrote them; "
    "the last part of the lists of those who would go without goes to masters with places left"
)


async def certificate(database: Database, plan: str) -> Iterator[bytes]:
    """Its lines; the last holds the digest of the others, which is kept with the plan.

    Raises InvalidRequest where there is nothing to certify.
    """
    row = await plan_row(database, plan)
    if row is None or row["state"] not in {"REVIEW", "PUBLISHING", "PUBLISHED"}:
        raise InvalidRequest("WRONG_STATE", "a plan has a certificate once it was solved")
    frozen = await load_lists(database, plan)
    chosen = await database.value(Cypher(_CHOSEN, {"plan": plan}, name="pairs"), seconds=120)
    got = {a: (m, fixed) for a, m, fixed in chosen}
    digest = hashlib.sha256()
    for line in _lines(plan, row, frozen, got):
        digest.update(line)
    values = {"plan": plan, "digest": digest.hexdigest()}
    await database.run(Cypher(_KEEP_DIGEST, values, name="digest of a certificate"))
    end = orjson.dumps({"end": digest.hexdigest()}) + b"\n"
    return chain(_lines(plan, row, frozen, got), [end])


def _lines(
    plan: str, row: Mapping[str, Any], frozen: Frozen, got: Mapping[str, tuple[str, bool]]
) -> Iterator[bytes]:
    return (orjson.dumps(entry) + b"\n" for entry in _entries(plan, row, frozen, got))


def _entries(
    plan: str, row: Mapping[str, Any], frozen: Frozen, got: Mapping[str, tuple[str, bool]]
) -> Iterator[Mapping[str, Any]]:
    key = bytes.fromhex(row["pseudonym_key"])
    masters = [pseudonym(key, "M", m) for m in frozen.masters]
    seats = {m: n for n, m in enumerate(frozen.masters)}
    yield {
        "format": FORMAT,
        "plan": pseudonym(key, "P", plan),
        "objective": row["objective"],
        "list_length": row["list_length"],
        "origin": ORIGIN,
        "tie_rule": row["tie_rule"],
        "models": [row["mentor_model"], row["apprentice_model"]],
    }
    for master, places in zip(masters, frozen.places.tolist(), strict=True):
        yield {"master": master, "places": places}
    for n, apprentice in enumerate(frozen.apprentices):
        listed = zip(frozen.lists.master[n].tolist(), frozen.lists.favour[n].tolist(), strict=True)
        master, fixed = got.get(apprentice, (None, False))
        yield {
            "apprentice": pseudonym(key, "A", apprentice),
            "wishes": [[masters[m], favour] for m, favour in listed if m != NONE],
            "got": masters[seats[master]] if master in seats else None,
            "fixed": fixed,
        }


def pseudonym(key: bytes, letter: str, identifier: str) -> str:
    """A name that only who holds the key can lead back to a person."""
    return f"{letter}-{hmac.digest(key, identifier.encode(), 'sha256').hex()[:12]}"


_KEEP_DIGEST = """
MATCH (plan:Node:MentoringPlan {id: $plan}) SET plan.certificate_digest = $digest
"""

_CHOSEN = """
MATCH (:Node:MentoringPlan {id: $plan})<-[:IN_PLAN]-(p:PlannedPairing)
WHERE p.state IN ['SOLVED', 'ACCEPTED', 'PINNED', 'PROPOSED', 'REFUSED'] AND NOT EXISTS {
  (p)-[:LED_TO]->(g:MentoringAgreement) WHERE g.state IN ['DECLINED', 'EXPIRED', 'TERMINATED'] }
MATCH (p)-[:PLANS_APPRENTICE]->(a:Worker), (p)-[:PLANS_MASTER]->(m:Worker)
WITH p, a, m ORDER BY p.state <> 'REFUSED'
RETURN collect([a.id, m.id, p.state IN ['ACCEPTED', 'PINNED'] OR coalesce(p.kept, false)])
"""
