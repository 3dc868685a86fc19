"""What becomes of proposals that wait: both sides are reminded, and what nobody answers expires."""

from datetime import timedelta
from typing import LiteralString

from graph import clock
from graph.cypher import Cypher
from graph.errors import TransitionRefused
from graph.jobs.worker import Kind, Run
from graph.lifecycles.operations import OPERATIONS
from graph.lifecycles.perform import Actor, perform
from graph.rules.mentoring import UNANSWERED


async def look_after_proposals(run: Run) -> None:
    """Remind once, three days before the last day for an answer; close what is past it."""
    now = clock.now()
    for operation, text in _STEPS:
        parameters = {"today": clock.beijing_day(now)}
        for row in await run.database.rows(Cypher(text, parameters, name=operation), seconds=60):
            given = {"mentoring_agreement_id": row["id"]}
            try:
                await perform(
                    run.database, OPERATIONS[operation], given, Actor(run.viewer, "work"), now
                )
            except TransitionRefused:  # somebody answered meanwhile
                continue


_DUE: LiteralString = f"""
MATCH (g:MentoringAgreement)
WHERE g.state IN {UNANSWERED} AND g.reminded_at IS NULL
  AND g.answer_by >= $today AND g.answer_by <= $today + duration({{days: 3}})
RETURN g.id AS id
"""

_OVERDUE: LiteralString = f"""
MATCH (g:MentoringAgreement) WHERE g.state IN {UNANSWERED} AND g.answer_by < $today
RETURN g.id AS id
"""

_STEPS: tuple[tuple[str, LiteralString], ...] = (
    ("remindOfPairing", _DUE),
    ("expirePairing", _OVERDUE),
)

KINDS = (
    Kind(
        "proposals.look-after",
        "Reminds of proposals, and closes those that nobody answered in time.",
        look_after_proposals,
        every=timedelta(hours=1),
    ),
)
