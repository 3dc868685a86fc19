"""Why a pair of a plan: the parts of its score by the weights frozen with the plan, with paths."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import LiteralString

from graph.cypher import Cypher
from graph.database import Database
from graph.errors import InvalidRequest
from graph.matching.answer import Part, parts
from graph.matching.candidates import Days, pools
from graph.matching.explanation import Lacking, explain
from graph.matching.features import Model
from graph.matching.job import Job, See
from graph.matching.mentoring import MENTOR
from graph.matching.pairs import PairInputs
from graph.model.plans import PLANNED_PAIRING
from graph.plans.lists import Weights
from graph.projection.access import visible
from graph.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Why:
    """The reasons for a pair; the contributions of its parts sum to the score."""

    score: float
    parts: tuple[Part, ...]
    gaps: tuple[Lacking, ...]
    model_version: str


def _only(see: See) -> LiteralString:
    """The one master of each apprentice, however far her occupations are."""
    return f"""\
MATCH (shown:Node:Worker {{id: $chosen[asking.id]}}) WHERE {see("Worker", "shown")}
OPTIONAL MATCH (shown)-[:TEACHES]->(taught:Occupation)
WITH shown, CASE WHEN taught IN occupations THEN taught.level ELSE head([
  (taught)-[:BROADER]->(wider:Occupation)<-[:BROADER]-(other:Occupation)
  WHERE other IN occupations | wider.level]) END AS closeness
RETURN shown, null AS document, coalesce(max(closeness), 0) AS closeness"""


def _job(model: Model) -> Job[PairInputs]:
    return replace(MENTOR, model=model, anchors=_only, conditions=(), filters=())


async def explain_pairs(
    database: Database, pairs: Mapping[str, str], model: Model, viewer: Viewer, *, days: Days
) -> dict[str, Why]:
    """Apprentice -> why her master, for those pairs whose two people the viewer sees."""
    job = _job(model)
    parameters = {"chosen": dict(pairs)}
    found = await pools(
        database,
        job,
        list(pairs),
        viewer,
        days=days,
        parameters=parameters,
        version=model.version,
    )
    reasons: dict[str, Why] = {}
    for pool in found:
        for row, shown in enumerate(pool.ids):
            support = job.support(pool.inputs, row)
            asked = {"asking": pool.asking, **days.parameters}
            explained = await explain(
                database, job, {shown: support}, viewer, selections={}, parameters=asked
            )
            if shown in explained:
                why = explained[shown]
                reasons[pool.asking] = Why(
                    float(pool.scores.totals[row]),
                    parts(job, pool, row, why.evidence),
                    why.gaps,
                    model.version,
                )
    return reasons


async def why_planned(database: Database, pairing: str, viewer: Viewer, days: Days) -> Why:
    """Why one pair of a plan; raises InvalidRequest if the viewer sees no such pair."""
    seen: LiteralString = visible(PLANNED_PAIRING, "p", viewer) or "true"
    text: LiteralString = f"""
        MATCH (p:Node:PlannedPairing {{id: $id}}) WHERE {seen}
        MATCH (p)-[:PLANS_APPRENTICE]->(a:Worker), (p)-[:PLANS_MASTER]->(m:Worker)
        MATCH (p)-[:IN_PLAN]->(plan:MentoringPlan)
        RETURN [a.id, m.id, plan.models, plan.as_of]"""
    parameters = {"id": pairing, **viewer.parameters}
    found = await database.value(Cypher(text, parameters, name="planned pairing"))
    if found is not None:
        apprentice, master, models, day = found
        model = Weights.from_text(models).mentor if models else MENTOR.model
        on = Days(day.to_native(), days.today) if day else days
        reasons = await explain_pairs(database, {apprentice: master}, model, viewer, days=on)
        if apprentice in reasons:
            return reasons[apprentice]
    raise InvalidRequest("NOT_FOUND", "there is no such pair of a plan", ("pairingId",))
