"""职工技协: joining and leaving, standards, and certification by them (J05, J06, J11)."""

from typing import LiteralString

from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import ITS_UNION, answering
from graph.model.associations import MEMBERSHIP, OCCUPATION_STANDARD
from graph.model.people import SKILL_LEVEL_RECORD
from graph.rules import associations as rules

_DRAFTER = answering(
    "the union that leads the association",
    "(association)-[:LED_BY]->(answers:Union)",
)
_DRAFTERS = answering(
    "the union that leads one of the associations that drafted it",
    "(subject)-[:DRAFTED_BY|LED_BY*2]->(answers:Union)",
)
_CERTIFIER = answering(
    "the union that leads one of the associations that drafted the standard",
    "(standard)-[:DRAFTED_BY|LED_BY*2]->(answers:Union)",
)

_RAISE_LEVEL: LiteralString = """
MATCH (standard)-[:DEFINES]->(trade:Occupation)
CREATE (subject)-[:IN_OCCUPATION]->(trade)
SET worker.skill_level =
  CASE WHEN coalesce(worker.skill_level, 0) < subject.skill_level THEN subject.skill_level
  ELSE worker.skill_level END
"""

OPERATIONS = (
    Operation(
        name="joinAssociation",
        subject=MEMBERSHIP,
        verb="association.joined",
        description="Join an association from today, perhaps as an expert of a committee",
        by=(ITS_UNION,),
        given=(Given(MEMBERSHIP.property("expert")),),
        references=(
            Reference("worker", "Worker", "Who joins.", "worker"),
            Reference("association", "TechAssociation", "Association.", "association"),
            Reference("committee", "SpecialCommittee", "Committee she serves on.", "committee",
                      required=False),
        ),
        locks=("worker",),
        rules=(rules.NOT_A_MEMBER, rules.ITS_COMMITTEE),
        policy=("J05", "J06"),
    ),
    Operation(
        name="leaveAssociation",
        subject=MEMBERSHIP,
        verb="association.left",
        description="Leave an association today; no reason is asked",
        by=(ITS_UNION,),
        changes=True,
        sets={"valid_to": Clock.TODAY},
        rules=(rules.IS_A_MEMBER,),
        policy=("J06",),
    ),
    Operation(
        name="draftStandard",
        subject=OCCUPATION_STANDARD,
        verb="standard.drafted",
        description="Begin a standard for a non-certificate or emerging occupation, with others",
        by=(_DRAFTER,),
        begins="DRAFT",
        given=(
            Given(OCCUPATION_STANDARD.property("name"), required=True),
            Given(OCCUPATION_STANDARD.property("number"), required=True),
        ),
        references=(
            Reference("occupation", "Occupation", "Occupation it is for.", "occupation"),
            Reference("association", "TechAssociation", "Association that drafts it.",
                      "associations"),
            Reference("partners", "PartnerOrganisation", "Departments and associations that take "
                      "part.", "partners", required=False, many=True),
            Reference("enterprises", "Enterprise", "Key enterprises that take part.",
                      "enterprises", required=False, many=True),
        ),
        same=("number",),
        rules=(rules.WITHOUT_CERTIFICATE,),
        policy=("J11", "J12"),
    ),
    Operation(
        name="publishStandard",
        subject=OCCUPATION_STANDARD,
        verb="standard.published",
        description="Publish a standard: workers can be certified by it from today",
        by=(_DRAFTERS,),
        moves={"DRAFT": "PUBLISHED"},
        sets={"published": Clock.TODAY},
        policy=("J11",),
    ),
    Operation(
        name="withdrawStandard",
        subject=OCCUPATION_STANDARD,
        verb="standard.withdrawn",
        description="Withdraw a standard; what was certified by it stays",
        by=(_DRAFTERS,),
        moves={"DRAFT": "WITHDRAWN", "PUBLISHED": "WITHDRAWN"},
        policy=("J11",),
    ),
    Operation(
        name="certify",
        subject=SKILL_LEVEL_RECORD,
        verb="level.certified",
        description="Certify by a standard that a worker holds a level from today",
        by=(_CERTIFIER,),
        given=(Given(SKILL_LEVEL_RECORD.property("skill_level"), required=True),),
        references=(
            Reference("worker", "Worker", "Who holds it.", "worker"),
            Reference("standard", "OccupationStandard", "Standard.", "standard"),
        ),
        sets={"via": "certification"},
        same=("worker_id", "standard_id", "skill_level"),
        locks=("worker",),
        rules=(rules.STANDARD_IN_FORCE,),
        effect=_RAISE_LEVEL,
        policy=("J11", "J13"),
    ),
)  # fmt: skip
