"""Talent flow: enterprises say whom they need; workers see it, and nobody is sent (J09, K08)."""

from typing import LiteralString

from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import answering
from graph.model.flow import TALENT_DEMAND

_REPRESENTS = answering(
    "a union that represents the enterprise's workers",
    "(enterprise)<-[:REPRESENTS]-(answers:Union)",
)
_ITS: LiteralString = "(subject)-[:AT_ENTERPRISE]->(:Enterprise)<-[:REPRESENTS]-(answers:Union)"


def _close(name: LiteralString, verb: str, after: str, description: str) -> Operation:
    return Operation(
        name=name,
        subject=TALENT_DEMAND,
        verb=verb,
        description=description,
        by=(answering("a union that represents the enterprise's workers", _ITS),),
        moves={"OPEN": after},
        policy=("J09", "K08"),
    )


OPERATIONS = (
    Operation(
        name="postDemand",
        subject=TALENT_DEMAND,
        verb="demand.posted",
        description="Post places that an enterprise has for an occupation and a level",
        by=(_REPRESENTS,),
        begins="OPEN",
        given=(
            Given(TALENT_DEMAND.property("title"), required=True),
            Given(TALENT_DEMAND.property("places"), required=True),
            Given(TALENT_DEMAND.property("skill_level")),
            Given(TALENT_DEMAND.property("urgency")),
            Given(TALENT_DEMAND.property("closes"), not_before="today"),
        ),
        references=(
            Reference("enterprise", "Enterprise", "Enterprise that needs it.", "enterprise"),
            Reference("occupation", "Occupation", "Occupation.", "occupation"),
        ),
        sets={"posted": Clock.TODAY},
        same=("enterprise_id", "occupation_id", "title", "closes"),
        policy=("J09", "K08", "W08"),
    ),
    _close("fillDemand", "demand.filled", "FILLED", "Close a demand: its places are filled"),
    _close("withdrawDemand", "demand.withdrawn", "WITHDRAWN", "Withdraw a demand"),
)
