"""Why a pair of a plan: the parts of its score by the weights frozen with the plan, with paths."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import LiteralString

from graph.cypher import Cypher
from graph.database import Database
from graph.errors import InvalidRequest
from graph.matching.answer import Part, parts
from graph.matching.candidates import Days, Pool, inquiry
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


_FROZEN = {"weights_version": ""}
"""No version that is stored: the weights frozen with the plan count."""


async def explain_pairs(
    database: Database, pairs: Mapping[str, str], model: Model, viewer: Viewer, *, days: Days
) -> dict[str, Why]:
    """Apprentice -> why her master, for those pairs whose two people the viewer sees.

    Two statements.
    """
    job = _job(model)
    parameters = {"chosen": dict(pairs), **_FROZEN}
    found = await inquiry(job, list(pairs), viewer, days=days, parameters=parameters).answered(
        database
    )
    return await _why(database, job, found, viewer, days)


async def _why(
    database: Database, job: Job[PairInputs], pools: Sequence[Pool], viewer: Viewer, days: Days
) -> dict[str, Why]:
    """Apprentice -> why the one master of her pool; without those whom the viewer does not see."""
    of = {(p.asking, p.ids[0]): p for p in pools if p.ids}
    supports = {pair: job.support(pool.inputs, 0) for pair, pool in of.items()}
    explained = await explain(
        database, job, supports, viewer, selections={}, parameters=days.parameters
    )
    return {
        pair[0]: Why(
            float(of[pair].scores.totals[0]),
            parts(job, of[pair], 0, why.evidence),
            why.gaps,
            of[pair].model.version,
        )
        for pair, why in explained.items()
    }


async def why_planned(database: Database, pairing: str, viewer: Viewer, days: Days) -> Why:
    """Why one pair of a plan, in two statements; raises InvalidRequest if the viewer sees none."""
    parameters = {"pairing": pairing, **_FROZEN}
    asked = inquiry(_job(MENTOR.model), [], viewer, days=days, parameters=parameters)
    cypher = Cypher(_of_pairing(asked.text, viewer), asked.parameters, name="planned pairing")
    found = await database.value(cypher)
    if found is not None:
        models, day, answers = found
        job = _job(Weights.from_text(models).mentor if models else MENTOR.model)
        on = Days(day.to_native(), days.today)
        pools = replace(asked, job=job, as_of=on.as_of).pools(answers)
        if reasons := await _why(database, job, pools, viewer, on):
            [why] = reasons.values()
            return why
    raise InvalidRequest("NOT_FOUND", "there is no such pair of a plan", ("pairingId",))


_OF_PLAN: Mapping[LiteralString, LiteralString] = {
    "$askings": "[planned_apprentice]",
    "$chosen[asking.id]": "planned_master",
    "$as_of": "planned_day",
    "$first_day": "planned_first",
    "$last_day": "planned_last",
}
"""What a pair's plan says, in the place of parameters."""


def _of_pairing(candidates: LiteralString, viewer: Viewer) -> LiteralString:
    """[weights frozen with the plan, its day, candidates of the pair's apprentice on that day]."""
    for parameter, planned in _OF_PLAN.items():
        candidates = candidates.replace(parameter, planned)
    seen = visible(PLANNED_PAIRING, "p", viewer) or "true"
    return f"""\
MATCH (p:Node:PlannedPairing {{id: $pairing}}) WHERE {seen}
MATCH (p)-[:PLANS_APPRENTICE]->(a:Worker), (p)-[:PLANS_MASTER]->(m:Worker)
MATCH (p)-[:IN_PLAN]->(plan:MentoringPlan)
WITH plan.models AS models, coalesce(plan.as_of, $as_of) AS planned_day,
  a.id AS planned_apprentice, m.id AS planned_master
WITH *, CASE WHEN planned_day < $as_of THEN planned_day ELSE $as_of END AS planned_first,
  CASE WHEN planned_day < $as_of THEN $as_of ELSE planned_day END AS planned_last
CALL (*) {{ {candidates} AS answers }}
RETURN [models, planned_day, answers]"""
