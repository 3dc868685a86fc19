"""The life of weights: proposed with grounds, put in force by a person, retired (P02)."""

from typing import LiteralString

from graph.lifecycles.declare import Clock, Given, Operation
from graph.lifecycles.parties import FEDERATION
from graph.model.matching import WEIGHTS
from graph.rules import matching as rules

_RETIRE_BEFORE: LiteralString = """
OPTIONAL MATCH (before:WeightsVersion {job: subject.job, state: 'ACTIVE'})
WHERE before <> subject
SET before.state = 'RETIRED', before.retired_at = $now
"""

OPERATIONS = (
    Operation(
        name="proposeWeights",
        subject=WEIGHTS,
        verb="weights.proposed",
        description="Propose weights for the parts of a match's score; nothing changes until they "
        "are activated",
        by=(FEDERATION,),
        begins="PROPOSED",
        given=(
            Given(WEIGHTS.property("job"), required=True),
            Given(WEIGHTS.property("name"), required=True),
            Given(WEIGHTS.property("weights"), required=True),
            Given(WEIGHTS.property("grounds"), required=True),
        ),
        sets={"proposed_at": Clock.NOW},
        same=("name",),
        rules=(rules.NEW_VERSION, rules.EVERY_PART, rules.SHARES),
        policy=("P02",),
    ),
    Operation(
        name="activateWeights",
        subject=WEIGHTS,
        verb="weights.activated",
        description="Put weights in force from now on; those of the same matches that were in "
        "force are retired",
        by=(FEDERATION,),
        moves={"PROPOSED": "ACTIVE"},
        sets={"activated_at": Clock.NOW},
        rivals="job",
        effect=_RETIRE_BEFORE,
        policy=("P02",),
    ),
    Operation(
        name="retireWeights",
        subject=WEIGHTS,
        verb="weights.retired",
        description="Retire weights; if they were in force, those that ship count again",
        by=(FEDERATION,),
        moves=dict.fromkeys(("PROPOSED", "ACTIVE"), "RETIRED"),
        sets={"retired_at": Clock.NOW},
        policy=("P02",),
    ),
)
