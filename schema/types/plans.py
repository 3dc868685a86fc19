"""A small plan: which master each of some workers should be proposed to, with its proof."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import strawberry

from graph.errors import InvalidRequest
from graph.matching.answer import Part
from graph.matching.candidates import Days
from graph.matching.plan import plan
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import MOST, OBJECTS
from schema.plan.ask import Ask
from schema.scalars import Day
from schema.types.matching import PART


@dataclass(frozen=True, slots=True)
class Pair:
    """One proposal of a plan."""

    rank_of_master: int
    rank_of_worker: int
    score: float
    parts: Sequence[Part]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan to be reviewed."""

    pairs: Sequence[Pair]
    unassigned: Sequence[str]
    blocking_pairs: int
    capacity_breaches: int


async def mentoring_plan(ask: Ask) -> Planned:
    """Answer the root field `mentoringPlan`."""
    workers = list(dict.fromkeys(ask.given["worker_ids"]))
    if not 1 <= len(workers) <= MOST:
        raise InvalidRequest(
            "BAD_USER_INPUT", f"from 1 to {MOST} workers", ("mentoringPlan", "workerIds")
        )
    day = ask.given.get("as_of") or ask.today
    made_plan = await plan(ask.database, workers, ask.viewer, days=Days(day, ask.today))
    masters = await ask.each("PlannedPair", "master", [p.master for p in made_plan.proposals])
    apprentices = await ask.each(
        "PlannedPair", "worker", [p.apprentice for p in made_plan.proposals]
    )
    pairs = [
        Pair(
            p.rank_of_master,
            p.rank_of_apprentice,
            p.score,
            p.parts,
            {**masters[p.master], **apprentices[p.apprentice]},
        )
        for p in made_plan.proposals
    ]
    certificate = made_plan.certificate
    return Planned(
        pairs,
        made_plan.unassigned,
        len(certificate.blocking_pairs),
        len(certificate.capacity_breaches),
    )


_PAIR = made(
    "PlannedPair",
    "A proposal of a plan.",
    field("worker", OBJECTS["Worker"] | None, "Who would learn."),
    field("master", OBJECTS["Worker"] | None, "Who would teach."),
    field("rank_of_master", int, "The master's place on the worker's list."),
    field("rank_of_worker", int, "The worker's place on the master's list."),
    field("score", float, "Score of the master for the worker."),
    field("parts", list[PART], "What the score is made of."),
)
_PLAN = made(
    "MentoringPlan",
    "Proposals to be reviewed: people decide, and two consents make a pair (M05).",
    field("pairs", list[_PAIR], "Whom each worker should be proposed to."),
    field("unassigned", list[strawberry.ID], "Ids of workers for whom there is no master."),
    field("blocking_pairs", int, "Pairs who would rather have each other; 0 proves it is stable."),
    field("capacity_breaches", int, "Masters with more than they declared to take (M06); 0."),
)

QUERIES = (
    asked(
        "mentoringPlan",
        _PLAN,
        "A stable plan for some workers, in the order in which they asked (M12).",
        mentoring_plan,
        argument("worker_ids", list[strawberry.ID], f"At most {MOST} ids.", required=True),
        argument("as_of", Day, "As on this day; today by default."),
        weight=1_000,
    ),
)
