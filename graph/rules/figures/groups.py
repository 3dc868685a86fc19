"""A figure rolled up: by district, industry or union, at every level of their trees."""

from collections.abc import Mapping
from typing import Any, LiteralString

from graph.cypher import Cypher
from graph.database import Database
from graph.projection.fragment import Fragment
from graph.rules.dated import held
from graph.rules.figures.count import Question, meeting, members, sight, withheld
from graph.rules.figures.declare import Figure, Pattern
from graph.viewer import Role, Viewer

FEWEST = 5
"""Groups of fewer persons are shown to unions and administrators only."""

_DISTRICT: LiteralString = "-[:PART_OF*0..4]->(shown:District)"
_INDUSTRY: LiteralString = "-[:BROADER*0..4]->(shown:Industry)"
_UNION: LiteralString = "-[:SUBORDINATE_TO*0..6]->(shown:Union)"

BY: Mapping[str, LiteralString] = {
    "DISTRICT": "District",
    "INDUSTRY": "Industry",
    "UNION": "Union",
}

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
}


async def rolled_up(
    database: Database, question: Question, by: str, viewer: Viewer, shown: Fragment
) -> list[Any] | None:
    """[row of the group, done, of] for each group, largest first; None if it is withheld.

    `question` has one figure. A figure whose members do not lie in such groups has none.
    """
    [figure] = question.figures
    if withheld(figure, viewer):
        return None
    way = WAYS.get((figure.member, by))
    if way is None:
        return []
    see = sight(viewer)
    parameters = {
        "periods": question.periods,
        "known": question.known_at,
        "most": question.most,
        "fewest": _fewest(figure, viewer),
        **viewer.parameters,
        **shown.parameters,
    }
    meets: LiteralString = meeting(figure, see) if figure.is_share else "true"
    text: LiteralString = (
        f"UNWIND $periods AS period CALL (period) {{ {members(figure, see)} "
        f"WITH member, {meets} AS meets {way.text(see)} WITH shown, "
        "count(DISTINCT CASE WHEN meets THEN member END) AS done, count(DISTINCT member) AS of "
        "WHERE of >= $fewest ORDER BY of DESC, shown.key LIMIT $most "
        f"{shown.calls}RETURN collect([{shown.text}, done, of]) AS groups }} "
        "RETURN groups"
    )
    return await database.value(Cypher(text, parameters, name="rolled up"))


def _fewest(figure: Figure, viewer: Viewer) -> int:
    trusted = viewer.roles & {Role.UNION, Role.ADMINISTRATOR}
    return 1 if trusted or figure.member != "Worker" else FEWEST
