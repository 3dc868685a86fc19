"""The life of a mentoring agreement (W01): propose, two consents, sign, end.

Every step locks the two workers and the agreement, checks, and writes in one transaction, so that
of two people who act at once only one wins.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, LiteralString

from graph.clock import beijing_day
from graph.cypher import Cypher
from graph.database import Database, Row, Transaction
from graph.errors import TransitionRefused
from graph.model.mentoring import MENTORING_AGREEMENT
from graph.model.people import WORKER
from graph.projection.access import visible
from graph.rules.mentoring import consents_to_matching, engaged_level, places_left
from graph.viewer import Viewer
from graph.writes.events import Event, append


class Verb(Enum):
    """The steps, as they stand in the event stream."""

    PROPOSE = "pairing.proposed"
    ACCEPT_AS_MASTER = "pairing.accepted-by-master"
    ACCEPT_AS_APPRENTICE = "pairing.accepted-by-apprentice"
    DECLINE = "pairing.declined"
    SIGN = "pairing.signed"
    TERMINATE = "pairing.terminated"
    COMPLETE = "pairing.completed"


_BEFORE_SIGNING = ("PROPOSED", "ACCEPTED_BY_MASTER", "ACCEPTED_BY_APPRENTICE", "AGREED")
OPEN = (*_BEFORE_SIGNING, "ACTIVE")

TRANSITIONS: Mapping[Verb, Mapping[str, str]] = {
    Verb.ACCEPT_AS_MASTER: {
        "PROPOSED": "ACCEPTED_BY_MASTER",
        "ACCEPTED_BY_APPRENTICE": "AGREED",
    },
    Verb.ACCEPT_AS_APPRENTICE: {
        "PROPOSED": "ACCEPTED_BY_APPRENTICE",
        "ACCEPTED_BY_MASTER": "AGREED",
    },
    Verb.DECLINE: dict.fromkeys(_BEFORE_SIGNING, "DECLINED"),
    Verb.SIGN: {"AGREED": "ACTIVE"},
    Verb.TERMINATE: {"ACTIVE": "TERMINATED"},
    Verb.COMPLETE: {"ACTIVE": "COMPLETED"},
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: what they may see, and the name under which the event is kept."""

    viewer: Viewer
    name: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pairing to propose."""

    master_id: str
    apprentice_id: str
    mode: str = "MASTER_APPRENTICE"
    answer_by: date | None = None


def possible(state: str) -> list[str]:
    """Names of the steps that are possible from a state."""
    return [verb.name for verb, moves in TRANSITIONS.items() if state in moves]


async def propose(
    database: Database, proposal: Proposal, actor: Actor, now: datetime, *, key: str | None = None
) -> str:
    """Propose a pairing (M05); the id of the agreement. Raises TransitionRefused."""
    if proposal.master_id == proposal.apprentice_id:
        raise TransitionRefused("SAME_PERSON", "nobody can be her own apprentice")

    async def work(transaction: Transaction) -> str:
        ids = sorted((proposal.master_id, proposal.apprentice_id))
        await transaction.run(Cypher(_LOCK_WORKERS, {"ids": ids}, name="lock workers"))
        facts = await _pair_facts(transaction, proposal, actor.viewer, beijing_day(now))
        _check_pair(facts, beijing_day(now), proposal)
        agreement = secrets.token_hex(8)
        parameters = {
            "master": proposal.master_id,
            "apprentice": proposal.apprentice_id,
            "properties": {
                "id": agreement,
                "key": key or f"jiangpu:{agreement}",
                "source": "jiangpu",
                "state": "PROPOSED",
                "mode": proposal.mode,
                "proposed_at": now,
                "answer_by": proposal.answer_by,
                "synthetic": facts["synthetic"],
            },
        }
        await transaction.run(Cypher(_CREATE, parameters, name="propose pairing"))
        event = Event(Verb.PROPOSE.value, (agreement, *ids))
        await append(transaction, [event], actor=actor.name, at=now)
        return agreement

    return await database.write(work)


async def move(
    database: Database,
    agreement: str,
    verb: Verb,
    actor: Actor,
    now: datetime,
    *,
    ends: date | None = None,
) -> None:
    """Take one step; `ends` is the last day of a signed agreement. Raises TransitionRefused."""

    async def work(transaction: Transaction) -> None:
        [*found] = await transaction.run(_locked(agreement, actor.viewer))
        if not found:
            raise TransitionRefused("NOT_FOUND", "there is no such agreement")
        facts = found[0]
        after = TRANSITIONS[verb].get(facts["state"])
        if after is None:
            raise TransitionRefused(
                "WRONG_STATE",
                f"an agreement that is {facts['state']} cannot be moved by {verb.name}",
                possible(facts["state"]),
            )
        changes = await _changes(transaction, facts, after, beijing_day(now), ends)
        parameters = {"id": agreement, "changes": changes}
        await transaction.run(Cypher(_CHANGE, parameters, name="move pairing"))
        event = Event(verb.value, (agreement, facts["master"], facts["apprentice"]), tuple(changes))
        await append(transaction, [event], actor=actor.name, at=now)

    await database.write(work)


async def _changes(
    transaction: Transaction, facts: Row, after: str, today: date, ends: date | None
) -> dict[str, Any]:
    """What a step writes on the agreement, with what follows from it for the two workers."""
    if after == "ACTIVE":
        if ends is not None and ends <= today:
            raise TransitionRefused("DATES", "the last day must lie after the first")
        if await _places(transaction, facts["master"], today) <= 0:
            raise TransitionRefused("CAPACITY_FULL", "the master has no place left (M06)")
        await _link(transaction, facts, since=today)
        return {"state": after, "starts": today, "ends": ends}
    if facts["state"] == "ACTIVE":
        await _link(transaction, facts, until=today)
        return {"state": after, "ends": today}
    return {"state": after}


def _check_pair(facts: Row, today: date, proposal: Proposal) -> None:
    refusals: Sequence[tuple[bool, str, str]] = (
        (not facts["found"], "NOT_FOUND", "one of the two is not among the workers you see"),
        (not facts["is_master"], "NOT_A_MASTER", "the master takes no apprentices"),
        (not facts["consents"], "NO_CONSENT", "both must have agreed to be matched (M05)"),
        (
            facts["master_level"] <= (facts["apprentice_level"] or 0),
            "LEVEL_TOO_LOW",
            "the level at which the master is in post must be above the apprentice's (C11, M22)",
        ),
        (facts["paired"], "ALREADY_PAIRED", "the two have an open agreement"),
        (facts["places"] <= 0, "CAPACITY_FULL", "the master has no place left (M06)"),
        (
            proposal.answer_by is not None and proposal.answer_by < today,
            "DATES",
            "the day for an answer lies in the past",
        ),
    )
    for refused, code, message in refusals:
        if refused:
            raise TransitionRefused(code, message)


async def _pair_facts(
    transaction: Transaction, proposal: Proposal, viewer: Viewer, today: date
) -> Row:
    rows = await transaction.run(
        Cypher(
            _pair_text(viewer),
            {
                "master": proposal.master_id,
                "apprentice": proposal.apprentice_id,
                "today": today,
                "open": list(OPEN),
                **viewer.parameters,
            },
            name="pair facts",
        )
    )
    return rows[0] if rows else {"found": False, **_NOTHING}


_NOTHING = {
    "is_master": False, "consents": False, "master_level": 0, "apprentice_level": 0,
    "paired": False, "places": 0, "synthetic": False,
}  # fmt: skip


async def _places(transaction: Transaction, master: str, today: date) -> int:
    parameters = {"master": master, "today": today}
    return (await transaction.run(Cypher(_PLACES, parameters, name="places")))[0]["places"]


async def _link(
    transaction: Transaction, facts: Row, *, since: date | None = None, until: date | None = None
) -> None:
    parameters = {
        "master": facts["master"],
        "apprentice": facts["apprentice"],
        "since": since,
        "until": until,
    }
    await transaction.run(Cypher(_LINK, parameters, name="mentors"))


def _locked(agreement: str, viewer: Viewer) -> Cypher:
    allowed = visible(MENTORING_AGREEMENT, "agreement", viewer)
    where: LiteralString = f"WHERE {allowed}" if allowed else ""
    text: LiteralString = f"""
        MATCH (agreement:Node:MentoringAgreement {{id: $id}}) {where}
        MATCH (agreement)-[:HAS_MASTER]->(m:Worker), (agreement)-[:HAS_APPRENTICE]->(a:Worker)
        CALL (m, a) {{
            UNWIND [m, a] AS worker WITH worker ORDER BY worker.id SET worker.locked = true
        }}
        SET agreement.locked = true
        RETURN agreement.state AS state, m.id AS master, a.id AS apprentice
    """
    return Cypher(text, {"id": agreement, **viewer.parameters}, name="lock agreement")


_LOCK_WORKERS = "MATCH (w:Node:Worker) WHERE w.id IN $ids WITH w ORDER BY w.id SET w.locked = true"

_PLACES: LiteralString = (
    "MATCH (m:Node:Worker {id: $master}) RETURN " + places_left("m", "$today") + " AS places"
)


def _pair_text(viewer: Viewer) -> LiteralString:
    master, apprentice = visible(WORKER, "m", viewer), visible(WORKER, "a", viewer)
    where: LiteralString = f"WHERE {master} AND {apprentice}" if master and apprentice else ""
    return f"""
        MATCH (m:Node:Worker {{id: $master}}), (a:Node:Worker {{id: $apprentice}}) {where}
        RETURN true AS found, m:Master AS is_master,
          {consents_to_matching("m", "$today")} AND {consents_to_matching("a", "$today")}
            AS consents,
          {engaged_level("m", "$today")} AS master_level, a.skill_level AS apprentice_level,
          coalesce(m.synthetic, false) OR coalesce(a.synthetic, false) AS synthetic,
          EXISTS {{
            MATCH (m)<-[:HAS_MASTER]-(g:MentoringAgreement)-[:HAS_APPRENTICE]->(a)
            WHERE g.state IN $open }} AS paired,
          {places_left("m", "$today")} AS places
    """


_CREATE = """
MATCH (m:Node:Worker {id: $master}), (a:Node:Worker {id: $apprentice})
CREATE (g:Node:MentoringAgreement)
SET g = $properties
CREATE (g)-[:HAS_MASTER]->(m), (g)-[:HAS_APPRENTICE]->(a)
"""

_CHANGE = "MATCH (g:Node:MentoringAgreement {id: $id}) SET g += $changes REMOVE g.locked"

_LINK = """
MATCH (m:Node:Worker {id: $master}), (a:Node:Worker {id: $apprentice})
MERGE (m)-[r:MENTORS]->(a)
SET r.since = coalesce($since, r.since), r.until = $until
"""
