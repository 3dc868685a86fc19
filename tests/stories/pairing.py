from datetime import timedelta

from graph.viewer import Role, Viewer
from tests.stories.told import EAST, TODAY, Call, Story
from tests.stories.transfer import WORLD

INSTITUTE = Viewer(frozenset({Role.INSTITUTE}), organisation="iet")
RAISE = Call(
    "raiseProblem",
    {
        "title": "厚板焊接裂纹",
        "abstract": "冬季返修多",
        "expires": TODAY + timedelta(300),
        "enterprise_id": "buyer",
        "union_id": "east",
        "field_ids": ["b23k"],
    },
    "p",
    EAST,
)
ANSWER = Call(
    "answerProblem",
    {"problem_id": "$p", "text": "预热并控制层温", "achievement_id": "made", "studio_id": "s",
     "association_id": "jx"},
    "answer",
    EAST,
)  # fmt: skip
SOLVE = Call("solveProblem", {"technical_problem_id": "$p", "answer_id": "$answer"}, by=EAST)
_STEP = {"research_pairing_id": "$pair"}
PROPOSE = Call(
    "proposeResearchPairing",
    {"studio_id": "s", "institute_id": "iet", "topic": "焊接机理", "expert_id": "expert"},
    "pair",
    EAST,
)
AS_STUDIO = Call("acceptResearchPairingAsStudio", _STEP, by=EAST)
AS_INSTITUTE = Call("acceptResearchPairingAsInstitute", _STEP, by=INSTITUTE)
AGREED = (PROPOSE, AS_STUDIO, AS_INSTITUTE)


def visit(name: str, title: str) -> Call:
    """A visit project planned."""
    given = {
        "pairing_id": "$pair",
        "year": 2015,
        "title": title,
        "guidance_areas": ["INNOVATION", "CONVERSION"],
    }
    return Call("planVisitProject", {**given, "expert_ids": ["expert"]}, name, EAST)


def joint(name: str, title: str) -> Call:
    """A joint project started."""
    given = {"pairing_id": "$pair", "title": title, "goal": "降低返修率"}
    return Call("startCollaboration", {**given, "enterprise_id": "buyer"}, name, EAST)


STORY = Story(
    WORLD,
    (
        RAISE,
        ANSWER,
        SOLVE,
        Call("raiseProblem", {"title": "二", "enterprise_id": "buyer", "union_id": "east"}, "q",
             EAST),
        Call("withdrawProblem", {"technical_problem_id": "$q"}, by=EAST),
        PROPOSE,
        Call("declineResearchPairing", _STEP, by=INSTITUTE),
        *AGREED,
        visit("visit", "专家走进焊接工作室"),
        Call(
            "carryOutVisitProject",
            {"expert_visit_project_id": "$visit", "visited": TODAY, "outcome": "定下课题"},
            by=INSTITUTE,
        ),
        visit("other", "第二次"),
        Call("cancelVisitProject", {"expert_visit_project_id": "$other"}, by=EAST),
        joint("joint", "裂纹攻关"),
        Call(
            "finishCollaboration",
            {"collaborative_project_id": "$joint", "outcome": "返修率降半",
             "achievement_id": "made"},
            by=EAST,
        ),
        joint("second", "标准"),
        Call("stopCollaboration", {"collaborative_project_id": "$second"}, by=EAST),
        Call("endResearchPairing", _STEP, by=EAST, later=timedelta(30)),
    ),
    {
        "two open pairings": """
            MATCH (s)<-[:PAIRS_STUDIO]-(p:ResearchPairing)-[:PAIRS_INSTITUTE]->(i)
            WHERE NOT p.state IN ['DECLINED', 'ENDED']
            WITH s, i, count(p) AS open WHERE open > 1 RETURN s.id""",
        "agreed without both": """
            MATCH (p:ResearchPairing) WHERE p.state IN ['AGREED', 'ENDED']
            AND size(COLLECT { MATCH (e:Event) WHERE p.id IN e.subjects
              AND e.verb STARTS WITH 'research.accepted' RETURN DISTINCT e.verb }) < 2
            RETURN p.id""",
        "solved by no answer": """
            MATCH (p:TechnicalProblem {state: 'SOLVED'})
            WHERE NOT EXISTS { (p)<-[:ANSWERS]-(:ProblemAnswer {state: 'ACCEPTED'}) }
            RETURN p.id""",
        "a project before the consent": """
            MATCH (v)-[:RESTS_ON]->(p:ResearchPairing) WHERE NOT p.state IN ['AGREED', 'ENDED']
            RETURN v.id""",
    },
)  # fmt: skip
