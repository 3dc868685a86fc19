"""Competitions (W04): call, selection, holding, ranking, promotion; and mass activities."""

from typing import LiteralString

from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import FEDERATION, ITS_UNION, answering, its, person
from graph.model.competitions import (
    COMPETITION,
    COMPETITION_ENTRY,
    COMPETITION_PROPOSAL,
)
from graph.model.mass_activities import MASS_ACTIVITY
from graph.model.people import SKILL_LEVEL_RECORD
from graph.rules import competitions as rules

_OWN_CONTEST = answering(
    "for competitions of an industry, a region or a key project, the union that proposed it",
    "(subject)-[:PROPOSED_BY]->(answers:Union)",
    when="subject.scope IN ['INDUSTRY', 'REGIONAL', 'KEY_PROJECT']",
)
_ORGANISER = answering("the union that holds it", "(subject)-[:ORGANISED_BY]->(answers:Union)")
_DECISION = Given(COMPETITION_PROPOSAL.property("decision"))

_BECOMES_COMPETITION: LiteralString = """
MATCH (subject)-[:PROPOSED_BY]->(organiser:Union)
CREATE (contest:Node:Competition)-[:ORGANISED_BY]->(organiser), (subject)-[:SELECTED_AS]->(contest)
SET contest = {id: $fresh, key: 'jiangpu:' + $fresh, source: 'jiangpu', state: 'PLANNED',
  name: subject.name, year: subject.year, category: subject.category, scope: subject.scope,
  grade: subject.grade, series: subject.series, synthetic: subject.synthetic,
  level: CASE subject.scope WHEN 'INDUSTRY' THEN 'INDUSTRY' WHEN 'REGIONAL' THEN 'DISTRICT'
    WHEN 'INTERNATIONAL' THEN 'INTERNATIONAL' ELSE 'MUNICIPAL' END}
WITH subject, contest
MATCH (subject)-[:IN_OCCUPATION]->(occupation:Occupation)
CREATE (contest)-[:COVERS]->(occupation)
"""

PROPOSALS = (
    Operation(
        name="proposeCompetition",
        subject=COMPETITION_PROPOSAL,
        verb="competition.proposed",
        description="Put a competition forward in the call of a year (征集)",
        by=(its("union"),),
        begins="PROPOSED",
        given=(
            Given(COMPETITION_PROPOSAL.property("name"), required=True),
            Given(COMPETITION_PROPOSAL.property("year"), required=True),
            Given(COMPETITION_PROPOSAL.property("category"), required=True),
            Given(COMPETITION_PROPOSAL.property("scope"), required=True),
            Given(COMPETITION_PROPOSAL.property("grade")),
            Given(COMPETITION_PROPOSAL.property("series")),
        ),
        references=(
            Reference("union", "Union", "Union that puts it forward.", "union"),
            Reference("occupations", "Occupation", "Occupations.", "occupations", many=True),
        ),
        sets={"proposed": Clock.TODAY},
        same=("union_id", "name", "year"),
        policy=("A05", "A09", "A10"),
    ),
    Operation(
        name="selectCompetition",
        subject=COMPETITION_PROPOSAL,
        verb="competition.selected",
        description="Select a proposal: a competition is planned in its occupations",
        by=(FEDERATION, _OWN_CONTEST),
        moves={"PROPOSED": "SELECTED"},
        given=(_DECISION,),
        sets={"decided": Clock.TODAY},
        effect=_BECOMES_COMPETITION,
        policy=("A05", "A02", "T02"),
    ),
    Operation(
        name="rejectCompetition",
        subject=COMPETITION_PROPOSAL,
        verb="competition.rejected",
        description="Decide that a proposal is not selected",
        by=(FEDERATION, _OWN_CONTEST),
        moves={"PROPOSED": "REJECTED"},
        given=(_DECISION,),
        sets={"decided": Clock.TODAY},
        policy=("A05",),
    ),
)

_ENTRY_ORGANISER = answering(
    "the union that holds the competition", "(competition)-[:ORGANISED_BY]->(answers:Union)"
)

CONTESTS = (
    Operation(
        name="holdCompetition",
        subject=COMPETITION,
        verb="competition.held",
        description="Record that a competition was held, and when",
        by=(_ORGANISER,),
        moves={"PLANNED": "HELD"},
        given=(
            Given(COMPETITION.property("held_from"), required=True, not_after="today"),
            Given(
                COMPETITION.property("held_to"),
                required=True,
                not_before="held_from",
                not_after="today",
            ),
            Given(COMPETITION.property("host")),
        ),
        references=(
            Reference(
                "partners",
                "PartnerOrganisation",
                "Departments and associations that helped.",
                "coOrganisers",
                required=False,
                many=True,
            ),
            Reference(
                "regulation",
                "PolicyDocument",
                "Rules by which it was held.",
                "regulations",
                required=False,
            ),
        ),
        policy=("W04", "A10", "A13", "A14"),
    ),
    Operation(
        name="publishRanking",
        subject=COMPETITION,
        verb="competition.ranked",
        description="Publish the ranking: places are final, and promotion and support may follow",
        by=(_ORGANISER,),
        moves={"HELD": "RANKED"},
        rules=(rules.SOMEBODY_PLACED,),
        policy=("W04",),
    ),
    Operation(
        name="cancelCompetition",
        subject=COMPETITION,
        verb="competition.cancelled",
        description="Record that a planned competition will not be held",
        by=(_ORGANISER,),
        moves={"PLANNED": "CANCELLED"},
        policy=("W04",),
    ),
    Operation(
        name="enterCompetition",
        subject=COMPETITION_ENTRY,
        verb="competition.entered",
        description="Enter a worker in one occupation of a planned competition",
        by=(ITS_UNION, person("the worker herself", "worker.id = $viewer_person")),
        begins="ENTERED",
        references=(
            Reference("worker", "Worker", "Who takes part.", "worker"),
            Reference("competition", "Competition", "Competition.", "competition"),
            Reference("occupation", "Occupation", "Occupation.", "occupation"),
        ),
        sets={"entered": Clock.TODAY},
        same=("worker_id", "competition_id", "occupation_id"),
        locks=("competition",),
        rules=(rules.STILL_PLANNED, rules.COVERED),
        policy=("A07", "P18"),
    ),
    Operation(
        name="recordResult",
        subject=COMPETITION_ENTRY,
        verb="competition.placed",
        description="Record the place of an entry",
        by=(_ENTRY_ORGANISER,),
        moves={"ENTERED": "PLACED"},
        given=(
            Given(COMPETITION_ENTRY.property("rank"), required=True),
            Given(COMPETITION_ENTRY.property("stage_reached")),
            Given(COMPETITION_ENTRY.property("score")),
        ),
        reaches=("competition",),
        locks=("competition",),
        rules=(rules.HELD_ALREADY,),
        policy=("A07", "Z02"),
    ),
    Operation(
        name="promoteByCompetition",
        subject=SKILL_LEVEL_RECORD,
        verb="competition.promoted",
        description="Record the higher level that a place in a competition leads to (晋级)",
        by=(FEDERATION,),
        given=(Given(SKILL_LEVEL_RECORD.property("skill_level"), required=True),),
        references=(
            Reference(
                "entry", "CompetitionEntry", "Entry that it is reached by.", "competitionEntry"
            ),
        ),
        sets={"via": "COMPETITION"},
        same=("entry_id",),
        locks=("entry",),
        rules=(rules.PUBLISHED, rules.HIGHER),
        effect="""
MATCH (entry)-[:ENTERED_BY]->(worker:Worker), (entry)-[:IN_OCCUPATION]->(occupation:Occupation)
CREATE (subject)-[:ABOUT_WORKER]->(worker), (subject)-[:IN_OCCUPATION]->(occupation)
SET worker.skill_level = CASE WHEN worker.skill_level >= subject.skill_level
  THEN worker.skill_level ELSE subject.skill_level END
""",
        policy=("A08", "A15", "C11"),
    ),
    Operation(
        name="recordMassActivity",
        subject=MASS_ACTIVITY,
        verb="activity.recorded",
        description="Record drill, training, a contest, renovation or energy saving (群众性活动)",
        by=(its("union"),),
        given=(
            Given(MASS_ACTIVITY.property("name"), required=True),
            Given(MASS_ACTIVITY.property("type"), required=True),
            Given(MASS_ACTIVITY.property("day"), required=True, not_after="today"),
            Given(MASS_ACTIVITY.property("participants")),
            Given(MASS_ACTIVITY.property("outcome")),
        ),
        references=(
            Reference("union", "Union", "Union that ran it.", "union"),
            Reference(
                "workers", "Worker", "Workers who took part.", "workers", required=False, many=True
            ),
        ),
        same=("union_id", "name", "day"),
        policy=("A11", "J07", "X05"),
    ),
)

OPERATIONS = (*PROPOSALS, *CONTESTS)
