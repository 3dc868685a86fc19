"""The paths behind the parts of a transfer or solution match, and their sentences."""

from typing import LiteralString

from graph.cypher import literal
from graph.matching import acquaintance
from graph.matching.acquaintance import Ends
from graph.matching.document_jobs import EVIDENCE, PORTFOLIO_EVIDENCE
from graph.matching.job import Evidence, See
from graph.model.achievements import MATURITY

PROBLEM_LABEL: LiteralString = "TechnicalProblem"

BEHIND: LiteralString = "-[:OWNED_BY|MADE_BY|BELONGS_TO|RAISED_BY*0..2]->"
"""From anything to the enterprises behind it: itself, or those that own, made or raised it."""


def _industry_paths(_: See) -> LiteralString:
    return f"""\
MATCH up = (asking){BEHIND}(:Enterprise)-[:IN_INDUSTRY]->(:Industry)
  -[:BROADER*0..1]->(common:Industry) WHERE common.level > 1
MATCH down = (shown){BEHIND}(:Enterprise)-[:IN_INDUSTRY]->(:Industry)
  -[:BROADER*0..1]->(same:Industry) WHERE same = common
WITH up, down, common ORDER BY length(up) + length(down) LIMIT 1"""


def _district_paths(_: See) -> LiteralString:
    return f"""\
MATCH up = (asking){BEHIND}(:Enterprise)-[:LOCATED_IN]->(district:District)
MATCH down = (shown){BEHIND}(:Enterprise)-[:LOCATED_IN]->(same:District) WHERE same = district
WITH up, down, district ORDER BY length(up) + length(down) LIMIT 1"""


def _city_paths(_: See) -> LiteralString:
    """A city is no node: the path leads to an enterprise that stands in the same one."""
    return f"""\
MATCH path = (asking){BEHIND}(owner:Enterprise)
WHERE EXISTS {{ MATCH (shown){BEHIND}(other:Enterprise) WHERE other.city = owner.city
  AND NOT EXISTS {{ (other)-[:LOCATED_IN]->(:District)<-[:LOCATED_IN]-(owner) }} }}
WITH path, owner ORDER BY length(path) LIMIT 1"""


_STAGES = literal(", ".join(f"'{c.zh}'" for c in MATURITY.choices))
_STAGES_EN = literal(", ".join(f"'{c.name.replace('_', ' ').lower()}'" for c in MATURITY.choices))
_JOINED: LiteralString = "nodes(up) + reverse(nodes(down))[1..]"
_STEPS: LiteralString = "relationships(up) + reverse(relationships(down))"

_EVIDENCE = (
    *EVIDENCE,
    Evidence(
        "industry",
        _industry_paths,
        {"name": "common.name", "name_en": "coalesce(common.name_en, common.name)"},
        "双方同属行业“{name}”",
        "Both sides work in {name_en}",
        _JOINED,
        _STEPS,
    ),
    Evidence(
        "place",
        _district_paths,
        {"district": "district.name"},
        "双方同在{district}",
        "Both sides are in {district}",
        _JOINED,
        _STEPS,
    ),
    Evidence(
        "place",
        _city_paths,
        {"city": "owner.city"},
        "双方同在{city}",
        "Both sides are in {city}",
    ),
)

TRANSFER_EVIDENCE = (
    *_EVIDENCE,
    PORTFOLIO_EVIDENCE,
    *acquaintance.evidence(
        Ends("(shown)", "shown", f"(asking){BEHIND}(asker:Enterprise)", "asker")
    ),
    Evidence(
        "people",
        lambda _: (
            "MATCH path = (asking)<-[:PROTECTS]-(own:Patent)-[:INVENTED_BY]->(inventor:Scientist)"
            "<-[:INVENTED_BY]-(other:Patent)-[:ASSIGNED_TO]->(shown)"
        ),
        {"name": "inventor.name", "title": "other.title"},
        "成果专利的发明人{name}也是该企业专利“{title}”的发明人",
        "{name} is an inventor behind the achievement and of the enterprise's patent “{title}”",
    ),
    Evidence(
        "problem",
        lambda see: (
            f"MATCH path = (shown)<-[:RAISED_BY]-(open:{PROBLEM_LABEL} {{id: drawn.problem}}) "
            f"WHERE {see(PROBLEM_LABEL, 'open')}"
        ),
        {"title": "open.title"},
        "该企业的未解难题“{title}”与成果相近",
        "The achievement comes near to the enterprise's open problem “{title}”",
    ),
)

SOLUTION_EVIDENCE = (
    *_EVIDENCE,
    Evidence(
        "maturity",
        lambda _: "MATCH path = (shown) WHERE shown.maturity > 0",
        {
            "stage": f"[{_STAGES}][shown.maturity - 1]",
            "stage_en": f"[{_STAGES_EN}][shown.maturity - 1]",
        },
        "成果的成熟度为“{stage}”",
        "The achievement's stage is “{stage_en}”",
    ),
)
