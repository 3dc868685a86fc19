"""A figure rolled up: by district, industry or union, at every level of their trees."""

from collections.abc import Mapping
from typing import Any, LiteralString

from graph.cypher import Cypher
from graph.database import Database
from graph.model import MODEL
from graph.projection.fragment import Fragment
from graph.projection.personal import FEWEST_PERSONS, counts_persons, person_seen
from graph.rules.dated import held
from graph.rules.figures.count import Question, meeting, members, of_viewer, sight, withheld
from graph.rules.figures.declare import Figure, Pattern
from graph.rules.figures.targets import HELD
from graph.viewer import Viewer

_DISTRICT: LiteralString = "-[:PART_OF*0..4]->(shown:District)"
_INDUSTRY: LiteralString = "-[:BROADER*0..4]->(shown:Industry)"
_UNION: LiteralString = "-[:SUBORDINATE_TO*0..6]->(shown:Union)"

BY: Mapping[str, LiteralString] = {
    "DISTRICT": "District",
    "INDUSTRY": "Industry",
    "UNION": "Union",
}


def _contest(way: LiteralString) -> Pattern:
    """From an occupation to where the unions are that held its contests in the year (T02)."""
    return Pattern(
        f"(member)<-[:COVERS]-(c:Competition)-[:ORGANISED_BY]->(:Union){way}",
        {"c": "Competition"},
        HELD,
    )


WAYS: Mapping[tuple[str, str], Pattern] = {
    ("Worker", "DISTRICT"): Pattern(f"(member)-[:LIVES_IN]->(:District){_DISTRICT}", {}),
    ("Worker", "INDUSTRY"): Pattern(
        "(member)<-[:ABOUT_WORKER]-(post:Employment)-[:AT_ENTERPRISE]->(:Enterprise)"
        f"-[:IN_INDUSTRY]->(:Industry){_INDUSTRY}",
        {"post": "Employment"},
        (held("post"),),
    ),
    ("Worker", "UNION"): Pattern(f"(member)-[:MEMBER_OF]->(:Union){_UNION}", {}),
    ("Studio", "DISTRICT"): Pattern(f"(member)-[:LOCATED_IN]->(:District){_DISTRICT}", {}),
    ("Studio", "INDUSTRY"): Pattern(f"(member)-[:IN_INDUSTRY]->(:Industry){_INDUSTRY}", {}),
    ("Studio", "UNION"): Pattern(
        f"(member)-[:BELONGS_TO]->(:Enterprise)<-[:REPRESENTS]-(:Union){_UNION}", {}
    ),
    ("Enterprise", "DISTRICT"): Pattern(f"(member)-[:LOCATED_IN]->(:District){_DISTRICT}", {}),
    ("Enterprise", "INDUSTRY"): Pattern(f"(member)-[:IN_INDUSTRY]->(:Industry){_INDUSTRY}", {}),
    ("Enterprise", "UNION"): Pattern(f"(member)<-[:REPRESENTS]-(:Union){_UNION}", {}),
    ("TrainingProject", "DISTRICT"): Pattern(
        f"(member)-[:DELIVERED_AT]->(:Enterprise)-[:LOCATED_IN]->(:District){_DISTRICT}", {}
    ),
    ("TrainingProject", "INDUSTRY"): Pattern(
        f"(member)-[:DELIVERED_AT]->(:Enterprise)-[:IN_INDUSTRY]->(:Industry){_INDUSTRY}", {}
    ),
    ("TrainingProject", "UNION"): Pattern(f"(member)-[:PURCHASED_BY]->(:Union){_UNION}", {}),
    ("Occupation", "DISTRICT"): _contest(f"-[:COVERS_DISTRICT]->(:District){_DISTRICT}"),
    ("Occupation", "INDUSTRY"): _contest(f"-[:COVERS_INDUSTRY]->(:Industry){_INDUSTRY}"),
    ("Occupation", "UNION"): _contest(_UNION),
    ("ExpertVisitProject", "DISTRICT"): Pattern(
        f"(member)-[:VISITS]->(:Studio)-[:LOCATED_IN]->(:District){_DISTRICT}", {}
    ),
    ("ExpertVisitProject", "INDUSTRY"): Pattern(
        f"(member)-[:VISITS]->(:Studio)-[:IN_INDUSTRY]->(:Industry){_INDUSTRY}", {}
    ),
    ("ExpertVisitProject", "UNION"): Pattern(
        "(member)-[:VISITS]->(:Studio)-[:BELONGS_TO]->(:Enterprise)<-[:REPRESENTS]-"
        f"(:Union){_UNION}",
        {},
    ),
    ("Achievement", "DISTRICT"): Pattern(
        f"(member)-[:MADE_BY|OWNED_BY]->()-[:LOCATED_IN]->(:District){_DISTRICT}", {}
    ),
    ("Achievement", "INDUSTRY"): Pattern(
        f"(member)-[:MADE_BY|OWNED_BY]->()-[:IN_INDUSTRY]->(:Industry){_INDUSTRY}", {}
    ),
    ("Achievement", "UNION"): Pattern(
        "(member)-[:MADE_BY|OWNED_BY|BELONGS_TO*1..2]->(:Enterprise)<-[:REPRESENTS]-"
        f"(:Union){_UNION}",
        {},
    ),
}


async def rolled_up(
    database: Database, question: Question, by: str, viewer: Viewer, shown: Fragment
) -> list[Any] | None:
    """[row of the group, done, of] for each group, largest first; None if it is withheld.

    `question` has one figure. A figure whose members do not lie in such groups has none.
    """
    [figure] = [of_viewer(f, viewer) for f in question.figures]
    if withheld(figure, viewer):
        return None
    way = WAYS.get((figure.member, by))
    if way is None:
        return []
    see = sight(viewer)
    parameters = {
        **question.parameters,
        "most": question.most,
        **viewer.parameters,
        **shown.parameters,
    }
    meets: LiteralString = meeting(figure, see) if figure.is_share else "true"
    text: LiteralString = (
        f"UNWIND $periods AS period CALL (period) {{ {members(figure, see)} "
        f"WITH member, {meets} AS meets {way.text(see)} WITH shown, "
        "count(DISTINCT CASE WHEN meets THEN member END) AS done, count(DISTINCT member) AS of"
        f"{_enough(figure, viewer)} ORDER BY of DESC, shown.key LIMIT $most "
        f"{shown.calls}RETURN collect([{shown.text}, done, of]) AS groups }} "
        "RETURN groups"
    )
    return await database.value(Cypher(text, parameters, name="rolled up"))


def _enough(figure: Figure, viewer: Viewer) -> LiteralString:
    """Keeps the groups of enough persons, where figures over few are withheld."""
    member = MODEL.node_type(figure.member)
    person = person_seen(member, "member", viewer) if counts_persons(viewer) else ""
    if not person:
        return ""
    return f", count(DISTINCT {person}) AS persons WHERE persons >= {FEWEST_PERSONS}"
