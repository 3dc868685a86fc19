"""名师带徒: propose, accept, decline, sign and end a mentoring agreement (M05, W01)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry

from graph.errors import TransitionRefused
from graph.lifecycles.mentoring import Actor, Proposal, Verb, move, propose
from graph.model.mentoring import MENTORING_MODE
from schema.asked import Asked, asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import OBJECTS
from schema.derived.scalars_of import enum_of
from schema.plan.ask import Ask
from schema.plan.pages import plain
from schema.problems import PROBLEM, Problem, problem_of
from schema.scalars import Day


@dataclass(frozen=True, slots=True)
class PairingChanged:
    """The agreement as it is now."""

    values: Mapping[str, Any]


def _actor(ask: Ask) -> Actor:
    return Actor(ask.viewer, "administrator" if ask.viewer.sees_everything else "union")


async def propose_pairing(ask: Ask) -> PairingChanged | Problem:
    """Answer `proposePairing`."""
    given = plain(dict(ask.given))
    proposal = Proposal(
        given["master_id"],
        given["worker_id"],
        given.get("mode") or "MASTER_APPRENTICE",
        given.get("answer_by"),
    )
    try:
        agreement = await propose(ask.database, proposal, _actor(ask), ask.now)
    except TransitionRefused as refused:
        return problem_of(refused)
    return PairingChanged(await ask.fetch(agreement=agreement))


def _step(name: Any, verb: Verb, description: str, *arguments: Any) -> Asked:
    async def answer(ask: Ask) -> PairingChanged | Problem:
        agreement = ask.given["agreement_id"]
        try:
            await move(
                ask.database, agreement, verb, _actor(ask), ask.now, ends=ask.given.get("ends")
            )
        except TransitionRefused as refused:
            return problem_of(refused)
        return PairingChanged(await ask.fetch(agreement=agreement))

    return asked(name, _RESULT, description, answer, _AGREEMENT, *arguments)


_CHANGED = made(
    "PairingChanged",
    "A mentoring agreement after a step.",
    field("agreement", OBJECTS["MentoringAgreement"] | None, "The agreement as it is now."),
)
_RESULT = Annotated[
    _CHANGED | PROBLEM,
    strawberry.union("PairingResult", description="A step that was done, or why it was not."),
]
_AGREEMENT = argument("agreement_id", strawberry.ID, "Id of the agreement.", required=True)

MUTATIONS = (
    asked(
        "proposePairing",
        _RESULT,
        "Propose that a worker learns from a master (M05). Nothing binds before both agree.",
        propose_pairing,
        argument("worker_id", strawberry.ID, "Id of the worker who would learn.", required=True),
        argument("master_id", strawberry.ID, "Id of the master who would teach.", required=True),
        argument("mode", enum_of(MENTORING_MODE), "Form of mentoring (X07)."),
        argument("answer_by", Day, "Last day for an answer."),
    ),
    _step(
        "acceptPairingAsMaster",
        Verb.ACCEPT_AS_MASTER,
        "Record that the master agrees (平等自愿, M05).",
    ),
    _step(
        "acceptPairingAsApprentice",
        Verb.ACCEPT_AS_APPRENTICE,
        "Record that the apprentice agrees (平等自愿, M05).",
    ),
    _step(
        "declinePairing",
        Verb.DECLINE,
        "Decline a pairing; no reason is asked (M05).",
    ),
    _step(
        "signAgreement",
        Verb.SIGN,
        "Sign the agreement (签订名师带徒协议, M05); takes one of the master's places (M06).",
        argument("ends", Day, "Last day of the agreement."),
    ),
    _step(
        "terminateAgreement",
        Verb.TERMINATE,
        "End an agreement before its time; no reason is asked (M05).",
    ),
    _step("completeAgreement", Verb.COMPLETE, "Close an agreement that ran to its end."),
)
