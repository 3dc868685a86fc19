"""What a person agrees to, purpose by purpose, and facts about her put right (P02, PIPL)."""

from typing import LiteralString

from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import ITS_UNION, person
from graph.model.people import CONSENT, WORKER
from graph.projection.dated import in_force
from graph.rules.rule import Rule

_HERSELF = person("the worker herself", "worker.id = $viewer_person")
_CORRECTED: tuple[LiteralString, ...] = (
    "name", "name_en", "birth_year", "job_title", "motivation", "frontline",
)  # fmt: skip
_NAMES = ", ".join([f"'{name}'" for name in _CORRECTED])

_NOT_GIVEN = Rule(
    "ALREADY_GIVEN",
    "she agrees to this already",
    "NOT EXISTS { MATCH (worker)<-[:ABOUT_WORKER]-(c:Consent) "
    f"WHERE c.purpose = $given.purpose AND {in_force('c', '$today')} }}",
    "purpose",
)
_IN_FORCE = Rule(
    "NOT_IN_FORCE", "this consent has ended already", in_force("subject", "$today"), "consent_id"
)
_DIFFERS = Rule(
    "NOTHING_NEW",
    "give a value that differs from what is stored",
    f"any(p IN [{_NAMES}] WHERE $given[p] IS NOT NULL AND coalesce($given[p] <> subject[p], true))",
)
_ITS_CASE = Rule(
    "OTHER_CASE",
    "it must be an open correction that this worker asked for",
    "case IS NULL OR (case.state = 'OPEN' AND case.kind = 'CORRECTION' "
    "AND EXISTS { (case)-[:ASKED_BY]->(subject) })",
    "case_id",
)
_STANDS: LiteralString = """CALL (subject) {
  MATCH (subject)<-[:CHANGE_OF]-(c:Change {load: 'correctFacts'}) WHERE c.lifted IS NULL
  WITH subject, c ORDER BY c.at
  WITH subject, c.property AS p, collect(c) AS corrections
  UNWIND corrections AS c
  WITH c WHERE c <> corrections[0] OR c.old = subject[p]
  SET c.lifted = true }"""
"""Of each fact the first correction stands: its old value is the source's, until that is back."""

OPERATIONS = (
    Operation(
        name="giveConsent",
        subject=CONSENT,
        verb="consent.given",
        description="Agree to one purpose; it holds from today until it is withdrawn. "
        "A union records what was given on paper, with its evidence",
        by=(_HERSELF, ITS_UNION),
        given=(
            Given(CONSENT.property("purpose"), required=True),
            Given(CONSENT.property("given_how")),
            Given(CONSENT.property("evidence")),
        ),
        references=(Reference("worker", "Worker", "Who agrees.", "worker"),),
        locks=("worker",),
        rules=(_NOT_GIVEN,),
        policy=("P02",),
    ),
    Operation(
        name="withdrawConsent",
        subject=CONSENT,
        verb="consent.withdrawn",
        description="Withdraw a consent; what it allowed is gone from every answer at once",
        by=(_HERSELF, ITS_UNION),
        changes=True,
        sets={"valid_to": Clock.TODAY},
        reaches=("worker",),
        locks=("worker",),
        rules=(_IN_FORCE,),
        policy=("P02",),
    ),
    Operation(
        name="correctFacts",
        subject=WORKER,
        verb="worker.corrected",
        description="Put facts about a worker right, perhaps as the answer to her correction; "
        "the former values are kept, and a load brings none back until its source says another",
        by=(ITS_UNION,),
        changes=True,
        given=tuple([Given(WORKER.property(name)) for name in _CORRECTED]),
        references=(
            Reference("case", "PersonCase", "Correction that it answers.", required=False),
        ),
        locks=("case",),
        rules=(_DIFFERS, _ITS_CASE),
        effect="FOREACH (c IN [c IN [case] WHERE c IS NOT NULL] | SET c.state = 'ANSWERED', "
        "c.answered_at = $now, c.answer = '已更正') "
        "WITH * CALL (subject) { MATCH (subject)<-[:ABOUT_WORKER]-(post:Employment) "
        "SET post.worker_name = subject.name } " + _STANDS,
        policy=("P02", "K09"),
    ),
)
