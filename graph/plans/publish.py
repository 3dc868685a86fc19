"""Publishing: each pair of a plan is proposed through the lifecycle; two consents make a pair."""

from datetime import date
from typing import Any

from graph import clock
from graph.cypher import Cypher
from graph.database import Transaction
from graph.errors import TransitionRefused
from graph.jobs.worker import Run
from graph.lifecycles.operations import OPERATIONS
from graph.lifecycles.perform import Actor, perform

_PROPOSE = OPERATIONS["proposePairing"]


async def publish(run: Run) -> None:
    """Propose every pair; one that is not possible any more is kept with the reason."""
    plan = {"plan": run.given["subject"]}
    pending = await run.database.rows(Cypher(_PENDING, plan, name="pairs to propose"), seconds=120)
    for n, row in enumerate(pending):
        result = await _proposed(run, row)
        share = (n + 1) / len(pending)
        parameters = {"id": row["id"], "agreement": None, "refusal": None, **result}

        async def work(
            transaction: Transaction, parameters: dict[str, Any] = parameters, share: float = share
        ) -> None:
            await transaction.run(Cypher(_MARK, parameters, name="pair proposed"))
            await run.commit(transaction, share, "proposing the pairs")

        await run.database.write(work)

    async def finish(transaction: Transaction) -> None:
        await transaction.run(Cypher(_FINISH, plan, name="plan published"))
        await run.commit(transaction, 1.0, "done")

    await run.database.write(finish)


async def _proposed(run: Run, row: dict[str, Any]) -> dict[str, Any]:
    """The agreement that was proposed now or by an earlier run, or why there is none."""
    given = {"worker_id": row["apprentice"], "master_id": row["master"]}
    day: date | None = row["answer_by"].to_native() if row["answer_by"] else None
    try:
        agreement = await perform(
            run.database,
            _PROPOSE,
            given | ({"answer_by": day} if day else {}),
            Actor(run.viewer, "plan"),
            clock.now(),
        )
    except TransitionRefused as refused:
        if refused.code == "ALREADY_PAIRED":
            agreement = await run.database.value(Cypher(_OPEN, given, name="open agreement"))
            if agreement is not None:
                return {"agreement": agreement}
        return {"refusal": f"{refused.code}: {refused}"}
    return {"agreement": agreement}


_PENDING = """
MATCH (plan:Node:MentoringPlan {id: $plan})<-[:IN_PLAN]-(p:PlannedPairing)
WHERE plan.state = 'PUBLISHING' AND p.state IN ['SOLVED', 'ACCEPTED', 'PINNED']
MATCH (p)-[:PLANS_APPRENTICE]->(a:Worker), (p)-[:PLANS_MASTER]->(m:Worker)
RETURN p.id AS id, a.id AS apprentice, m.id AS master, plan.answer_by AS answer_by ORDER BY id
"""

_OPEN = """
MATCH (g:MentoringAgreement)-[:HAS_APPRENTICE]->(:Node:Worker {id: $worker_id})
WHERE g.state IN ['PROPOSED', 'ACCEPTED_BY_MASTER', 'ACCEPTED_BY_APPRENTICE', 'AGREED']
  AND EXISTS { (g)-[:HAS_MASTER]->(:Node:Worker {id: $master_id}) }
RETURN g.id LIMIT 1
"""

_MARK = """
MATCH (p:Node:PlannedPairing {id: $id})
SET p.kept = p.state IN ['ACCEPTED', 'PINNED'],
    p.state = CASE WHEN $agreement IS NULL THEN 'REFUSED' ELSE 'PROPOSED' END, p.refusal = $refusal
WITH p WHERE $agreement IS NOT NULL
MATCH (g:Node:MentoringAgreement {id: $agreement})
MERGE (p)-[:LED_TO]->(g)
"""

_FINISH = """
MATCH (p:Node:MentoringPlan {id: $plan}) WHERE p.state = 'PUBLISHING' SET p.state = 'PUBLISHED'
"""
