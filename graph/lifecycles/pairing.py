"""Technical problems (W07), and studios with research: pairing, visits, joint projects (W05)."""

from typing import LiteralString

from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import ITS_UNION, answering, its, organisation
from graph.model.achievements import TECHNICAL_PROBLEM
from graph.model.pairing import (
    COLLABORATIVE_PROJECT,
    EXPERT_VISIT_PROJECT,
    PROBLEM_ANSWER,
    RESEARCH_PAIRING,
)
from graph.rules import transfer as rules
from graph.rules.studios import ANSWERS_FOR_STUDIO
from graph.viewer import Role

_RAISER = organisation(
    "the enterprise itself", Role.ENTERPRISE, "enterprise.id = $viewer_organisation"
)
_STUDIO = organisation("the studio itself", Role.STUDIO, "studio.id = $viewer_organisation")
_INSTITUTE = organisation(
    "the institute itself", Role.INSTITUTE, "institute.id = $viewer_organisation"
)
_STUDIO_UNION = answering("a union that answers for the studio", *ANSWERS_FOR_STUDIO)
_ENDS_PROBLEM = (ITS_UNION, _RAISER)
_OPEN = ("OPEN", "MATCHED")

PROBLEMS = (
    Operation(
        name="raiseProblem",
        subject=TECHNICAL_PROBLEM,
        verb="problem.raised",
        description="Raise a technical problem of an enterprise with a union (企业技术难题)",
        by=(its("union"), _RAISER),
        begins="OPEN",
        given=(
            Given(TECHNICAL_PROBLEM.property("title"), required=True),
            Given(TECHNICAL_PROBLEM.property("abstract")),
            Given(TECHNICAL_PROBLEM.property("expires"), after="today"),
        ),
        references=(
            Reference("enterprise", "Enterprise", "Enterprise that raises it.", "enterprise"),
            Reference("union", "Union", "Union it is reported to.", "unions"),
            Reference(
                "fields", "TechnologyField", "Its technology.", "technologyFields",
                required=False, many=True,
            ),
        ),
        sets={"raised": Clock.TODAY},
        same=("enterprise_id", "title"),
        policy=("J08", "V22"),
    ),
    Operation(
        name="answerProblem",
        subject=PROBLEM_ANSWER,
        verb="problem.answered",
        description="Offer an answer to an open problem, perhaps by an achievement",
        by=(ITS_UNION, _STUDIO),
        begins="OFFERED",
        given=(Given(PROBLEM_ANSWER.property("text"), required=True),),
        references=(
            Reference("problem", "TechnicalProblem", "The problem.", "problem"),
            Reference(
                "achievement", "Achievement", "Achievement that would solve it.", "achievement",
                required=False,
            ),
            Reference("studio", "Studio", "Studio that offers it.", "studio", required=False),
            Reference(
                "association", "TechAssociation", "Association that offers it.", "association",
                required=False,
            ),
        ),
        sets={"answered": Clock.TODAY},
        same=("problem_id", "text"),
        locks=("problem",),
        rules=(rules.NOT_SOLVED,),
        effect="SET problem.state = 'MATCHED'",
        policy=("J08", "V22", "W07"),
    ),
    Operation(
        name="solveProblem",
        subject=TECHNICAL_PROBLEM,
        verb="problem.solved",
        description="Record that an answer solved the problem",
        by=_ENDS_PROBLEM,
        moves={"MATCHED": "SOLVED"},
        references=(Reference("answer", "ProblemAnswer", "Answer that solved it."),),
        sets={"solved": Clock.TODAY},
        reaches=("enterprise",),
        locks=("answer",),
        rules=(rules.ANSWER_OF_PROBLEM,),
        effect="SET answer.state = 'ACCEPTED'",
        policy=("J08", "W07"),
    ),
    Operation(
        name="withdrawProblem",
        subject=TECHNICAL_PROBLEM,
        verb="problem.withdrawn",
        description="Take a problem back",
        by=_ENDS_PROBLEM,
        moves=dict.fromkeys(_OPEN, "WITHDRAWN"),
        reaches=("enterprise",),
        policy=("W07",),
    ),
)  # fmt: skip

_SIDES: tuple[LiteralString, ...] = ("studio", "institute")


def _accept(side: LiteralString, name: LiteralString, other: str) -> Operation:
    return Operation(
        name=name,
        subject=RESEARCH_PAIRING,
        verb=f"research.accepted-by-{side}",
        description=f"Record that the {side} agrees to the pairing",
        by=(_STUDIO, _STUDIO_UNION) if side == "studio" else (_INSTITUTE,),
        moves={"PROPOSED": f"ACCEPTED_BY_{side.upper()}", other: "AGREED"},
        reaches=_SIDES,
        effect="SET subject.agreed = CASE subject.state WHEN 'AGREED' THEN $today END",
        policy=("V05",),
    )


PAIRINGS = (
    Operation(
        name="proposeResearchPairing",
        subject=RESEARCH_PAIRING,
        verb="research.proposed",
        description="Propose that a studio and a research unit in Beijing work together (对接)",
        by=(_STUDIO, _INSTITUTE, _STUDIO_UNION),
        begins="PROPOSED",
        given=(Given(RESEARCH_PAIRING.property("topic"), required=True),),
        references=(
            Reference("studio", "Studio", "The studio.", "studio"),
            Reference("institute", "ResearchInstitute", "The research unit.", "institute"),
            Reference("expert", "Scientist", "Expert it is about.", "expert", required=False),
        ),
        sets={"proposed": Clock.TODAY},
        locks=("studio", "institute"),
        rules=(rules.IN_BEIJING, rules.NOT_PAIRED),
        policy=("V05",),
    ),
    _accept("studio", "acceptResearchPairingAsStudio", "ACCEPTED_BY_INSTITUTE"),
    _accept("institute", "acceptResearchPairingAsInstitute", "ACCEPTED_BY_STUDIO"),
    Operation(
        name="declineResearchPairing",
        subject=RESEARCH_PAIRING,
        verb="research.declined",
        description="Decline a pairing; no reason is asked",
        by=(_STUDIO, _INSTITUTE, _STUDIO_UNION),
        moves=dict.fromkeys(
            ("PROPOSED", "ACCEPTED_BY_STUDIO", "ACCEPTED_BY_INSTITUTE"), "DECLINED"
        ),
        reaches=_SIDES,
        policy=("V05",),
    ),
    Operation(
        name="endResearchPairing",
        subject=RESEARCH_PAIRING,
        verb="research.ended",
        description="End a pairing; either side may",
        by=(_STUDIO, _INSTITUTE, _STUDIO_UNION),
        moves={"AGREED": "ENDED"},
        sets={"ended": Clock.TODAY},
        reaches=_SIDES,
        policy=("V05",),
    ),
)

_PAIRING = Reference("pairing", "ResearchPairing", "Pairing that it rests on.", "pairing")
_FROM_PAIRING: list[LiteralString] = [
    f"(pairing)-[:PAIRS_STUDIO]->{way}" for way in ANSWERS_FOR_STUDIO
]
_PAIRING_UNION = answering("a union that answers for the studio", *_FROM_PAIRING)
_FROM_PAIRED_STUDIO = organisation(
    "the studio itself",
    Role.STUDIO,
    "EXISTS { (pairing)-[:PAIRS_STUDIO]->(:Studio {id: $viewer_organisation}) }",
)
_FROM_PAIRED_INSTITUTE = organisation(
    "the institute itself",
    Role.INSTITUTE,
    "EXISTS { (pairing)-[:PAIRS_INSTITUTE]->(:ResearchInstitute {id: $viewer_organisation}) }",
)
_PARTNERS = (_PAIRING_UNION, _FROM_PAIRED_STUDIO, _FROM_PAIRED_INSTITUTE)

PROJECTS = (
    Operation(
        name="planVisitProject",
        subject=EXPERT_VISIT_PROJECT,
        verb="research.visit-planned",
        description="Plan a project in which experts visit a studio (科学家（专家）走进工作室)",
        by=(_PAIRING_UNION,),
        begins="PLANNED",
        given=(
            Given(EXPERT_VISIT_PROJECT.property("year"), required=True),
            Given(EXPERT_VISIT_PROJECT.property("title"), required=True),
            Given(EXPERT_VISIT_PROJECT.property("guidance")),
            Given(EXPERT_VISIT_PROJECT.property("guidance_areas")),
        ),
        references=(
            _PAIRING,
            Reference("experts", "Scientist", "Experts who visit.", "experts", many=True),
            Reference(
                "problem", "TechnicalProblem", "Problem it is about.", "problem", required=False
            ),
        ),
        same=("pairing_id", "year", "title"),
        locks=("pairing",),
        rules=(rules.PAIRING_AGREED,),
        effect="MATCH (pairing)-[:PAIRS_STUDIO]->(host:Studio) CREATE (subject)-[:VISITS]->(host)",
        policy=("V06", "T07", "Z03"),
    ),
    Operation(
        name="carryOutVisitProject",
        subject=EXPERT_VISIT_PROJECT,
        verb="research.visited",
        description="Record that the experts visited, and what came of it",
        by=_PARTNERS,
        moves={"PLANNED": "CARRIED_OUT"},
        given=(
            Given(EXPERT_VISIT_PROJECT.property("visited"), required=True, not_after="today"),
            Given(EXPERT_VISIT_PROJECT.property("outcome")),
        ),
        reaches=("pairing",),
        policy=("V06", "T07"),
    ),
    Operation(
        name="cancelVisitProject",
        subject=EXPERT_VISIT_PROJECT,
        verb="research.visit-cancelled",
        description="Record that a planned visit will not take place",
        by=_PARTNERS,
        moves={"PLANNED": "CANCELLED"},
        reaches=("pairing",),
        policy=("V06",),
    ),
    Operation(
        name="startCollaboration",
        subject=COLLABORATIVE_PROJECT,
        verb="research.collaboration-started",
        description="Start a joint project of a studio and a research unit (协同创新)",
        by=_PARTNERS,
        begins="RUNNING",
        given=(
            Given(COLLABORATIVE_PROJECT.property("title"), required=True),
            Given(COLLABORATIVE_PROJECT.property("goal")),
        ),
        references=(
            _PAIRING,
            Reference(
                "enterprise", "Enterprise", "Enterprise that takes part.", "enterprise",
                required=False,
            ),
        ),
        sets={"starts": Clock.TODAY},
        same=("pairing_id", "title"),
        locks=("pairing",),
        rules=(rules.PAIRING_AGREED,),
        policy=("V07", "W05"),
    ),
    Operation(
        name="finishCollaboration",
        subject=COLLABORATIVE_PROJECT,
        verb="research.collaboration-finished",
        description="Record what came of a joint project, perhaps an achievement",
        by=_PARTNERS,
        moves={"RUNNING": "FINISHED"},
        given=(Given(COLLABORATIVE_PROJECT.property("outcome"), required=True),),
        references=(
            Reference(
                "achievement", "Achievement", "Achievement that came of it.", "achievement",
                required=False,
            ),
        ),
        sets={"ended": Clock.TODAY},
        reaches=("pairing",),
        policy=("V07", "W05"),
    ),
    Operation(
        name="stopCollaboration",
        subject=COLLABORATIVE_PROJECT,
        verb="research.collaboration-stopped",
        description="Stop a joint project before its end",
        by=_PARTNERS,
        moves={"RUNNING": "STOPPED"},
        sets={"ended": Clock.TODAY},
        reaches=("pairing",),
        policy=("V07",),
    ),
)  # fmt: skip

OPERATIONS = (*PROBLEMS, *PAIRINGS, *PROJECTS)
