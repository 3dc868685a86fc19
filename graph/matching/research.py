"""Research (V05-V07): institutes that a studio could work with, and studios for an institute."""

from collections.abc import Mapping
from typing import Any, LiteralString

from graph.matching import acquaintance
from graph.matching.acquaintance import NAME, SISTER, SIZE, Ends
from graph.matching.document_jobs import (
    ASKED,
    DOCUMENTS,
    EVIDENCE,
    FIELD_WORDS,
    PARAMETERS,
    PORTFOLIO_EVIDENCE,
    by_field,
    by_text,
    read,
    support,
    text_of,
    words,
)
from graph.matching.documents import (
    FIELD,
    PORTFOLIO,
    TEXT,
    TITLE,
    DocumentInputs,
    fact,
    saturating,
)
from graph.matching.features import Model, vector
from graph.matching.job import Columns, Companion, Condition, Evidence, Filter, Job, See
from graph.rules.matching import SHIPPED

PLACE = fact(
    "place",
    "驻京或同城",
    "The institute has its seat in Beijing, or in the city of the studio's enterprise.",
    "1 if so, else 0",
    ("V05",),
)

TIE = fact(
    "tie",
    "已有合作",
    "The studio's enterprise already owns patents or won awards together with the institute.",
    "n / (n + 1) for n joint patents and awards",
    ("V07",),
    value=saturating,
)

PEOPLE = fact(
    "people",
    "共同发明人",
    "Scientists of the institute are inventors of patents of the studio's enterprise.",
    "n / (n + 1) for n scientists",
    ("V06",),
    value=saturating,
)

FEATURES = (TEXT, TITLE, FIELD, PORTFOLIO, SIZE, PLACE, TIE, PEOPLE, NAME, SISTER)

_NEAR = {"near_text": 0.6, "near_title": 0.06, "near_field": 0.12}
MODEL = Model(*SHIPPED["research"], _NEAR)

STRANGERS = Model(
    "research-strangers-2026.2",
    {
        **dict.fromkeys(MODEL.weights, 0.0),
        "text": 0.5,
        "title": 0.05,
        "field": 0.1,
        "portfolio": 0.34,
        "size": 0.01,
    },
    MODEL.constants,
)

AWARDS = Model(
    "research-awards-2026.1",
    {
        **dict.fromkeys(MODEL.weights, 0.0),
        "text": 0.35,
        "title": 0.05,
        "size": 0.25,
        "place": 0.25,
        "name": 0.1,
    },
    MODEL.constants,
)

_IN_BEIJING = Filter(
    "in_beijing",
    "Only institutes with their seat in Beijing (驻京).",
    Condition(
        "NOT_IN_BEIJING",
        "非驻京单位",
        "The institute has its seat elsewhere.",
        "NOT coalesce($in_beijing, false) OR coalesce(shown.in_beijing, false)",
        ("V05",),
    ),
)


_PATENTS: LiteralString = """COLLECT {
  MATCH (patent:Patent)-[:ASSIGNED_TO]->(enterprise)
  RETURN patent ORDER BY patent.filed DESC, patent.id LIMIT $most_anchors }"""


def _research_question(_: See) -> LiteralString:
    sought = words(f"coalesce(asking.name_en, '') + {text_of('asking')} + field_words")
    return f"""\
WITH asking, head(COLLECT {{
  MATCH (asking)-[:BELONGS_TO]->(owner:Enterprise) RETURN owner }}) AS enterprise
WITH *, {_PATENTS} AS patents, COLLECT {{
  MATCH (asking)-[:FOCUSES_ON]->(field:TechnologyField) RETURN field
  UNION
  MATCH (asking)<-[:MADE_BY]-(:Achievement)-[:IN_FIELD]->(field:TechnologyField) RETURN field
}}[..$most_fields] AS fields
WITH *, {FIELD_WORDS} AS field_words, [asking] + patents[..$most_own] + COLLECT {{
  MATCH (document:Achievement)-[:MADE_BY]->(asking)
  RETURN document ORDER BY document.id LIMIT $most_own }} AS own
WITH *, {sought} AS sought"""


def _research_anchors(see: See) -> LiteralString:
    owner: LiteralString = "-[:ASSIGNED_TO]->(shown:ResearchInstitute)"
    unshared: LiteralString = f"{see('Patent', 'document')} AND NOT document IN patents"
    return f"""\
{by_field(f"<-[:IN_FIELD]-(document:Patent){owner}", unshared, "document")}
UNION
{by_text(see, "Patent", "abstract", f"MATCH (document){owner} WHERE NOT document IN patents")}
UNION
UNWIND patents AS patent MATCH (patent){owner}
RETURN shown, null AS document, 3 AS closeness
UNION
MATCH (enterprise)<-[:AWARDED_TO]-(:ResearchAward)-[:PARTNERED_BY]->(shown:ResearchInstitute)
RETURN shown, null AS document, 3 AS closeness LIMIT $most_anchors"""


def _studio_question(see: See) -> LiteralString:
    titles: LiteralString = "reduce(text = '', d IN own | text + ' ' + coalesce(d.title, ''))"
    return f"""\
WITH asking, COLLECT {{
  MATCH (patent:Patent)-[:ASSIGNED_TO]->(asking) WHERE {see("Patent", "patent")}
  RETURN patent ORDER BY patent.filed DESC, patent.id LIMIT $most_anchors }} AS portfolio
WITH *, [asking] + portfolio[..$most_own] AS own, COLLECT {{
  UNWIND portfolio AS patent MATCH (patent)-[:IN_FIELD]->(field:TechnologyField)
  WITH field, count(*) AS patents
  RETURN field ORDER BY patents DESC, field.code LIMIT $most_fields }} AS fields
WITH *, {FIELD_WORDS} AS field_words
WITH *, {words(f"{titles} + ' ' + field_words")} AS sought"""


def _studio_anchors(see: See) -> LiteralString:
    made: LiteralString = "<-[:IN_FIELD]-(document:Achievement)-[:MADE_BY]->(shown:Studio)"
    return f"""\
{by_field("<-[:FOCUSES_ON]-(shown:Studio)", "true", "shown")}
UNION
{by_field(made, see("Achievement", "document"), "document")}
UNION
{by_text(see, "Studio", "needs", "WITH document, document AS shown")}
UNION
{by_text(see, "Achievement", "abstract", "MATCH (document)-[:MADE_BY]->(shown:Studio)")}
UNION
UNWIND portfolio AS patent
MATCH (patent)-[:ASSIGNED_TO]->(:Enterprise)<-[:BELONGS_TO]-(shown:Studio)
RETURN shown, shown AS document, 3 AS closeness"""


_ENTERPRISES: LiteralString = "[e IN [enterprise] WHERE e IS NOT NULL]"


def _columns(
    institute: LiteralString, own: LiteralString, other: LiteralString
) -> Mapping[str, LiteralString]:
    award: LiteralString = "<-[:AWARDED_TO]-(:ResearchAward)-[:PARTNERED_BY]->"
    return {
        "documents": DOCUMENTS,
        **acquaintance.columns(own, other),
        "place": f"coalesce({institute}.in_beijing, false) "
        f"OR coalesce({institute}.city = enterprise.city, false)",
        "tie": f"COUNT {{ UNWIND patents AS patent MATCH (patent)-[:ASSIGNED_TO]->({institute}) }} "
        f"+ COUNT {{ (enterprise){award}({institute}) }}",
        "people": "COUNT { UNWIND patents AS patent MATCH (patent)-[:INVENTED_BY]->"
        f"(scientist:Scientist)-[:AFFILIATED_WITH]->({institute}) RETURN DISTINCT scientist }}",
    }


def _inputs(asked: Mapping[str, Any], columns: Columns, model: Model) -> DocumentInputs:
    facts, drawn = acquaintance.known(asked["names"], columns)
    facts |= {name: vector(columns[name]) for name in ("place", "tie", "people")}
    return read(asked, columns, model, facts=facts, drawn=drawn)


def _evidence(studio: LiteralString, institute: LiteralString, ends: Ends) -> tuple[Evidence, ...]:
    enterprise: LiteralString = f"({studio})-[:BELONGS_TO]->(enterprise:Enterprise)"
    return (
        *EVIDENCE,
        PORTFOLIO_EVIDENCE,
        *acquaintance.evidence(ends),
        Evidence(
            "place",
            lambda _: f"MATCH path = ({institute}) WHERE {institute}.in_beijing",
            {},
            "该单位驻京",
            "The institute has its seat in Beijing",
        ),
        Evidence(
            "place",
            lambda _: (
                f"MATCH path = {enterprise} WHERE enterprise.city = {institute}.city "
                f"AND NOT coalesce({institute}.in_beijing, false)"
            ),
            {"city": "enterprise.city"},
            "工作室所属企业与该单位同在{city}",
            "The studio's enterprise and the institute are both in {city}",
        ),
        Evidence(
            "tie",
            lambda _: (
                f"MATCH path = {enterprise}<-[:ASSIGNED_TO]-(patent:Patent)"
                f"-[:ASSIGNED_TO]->({institute})"
            ),
            {"title": "patent.title"},
            "双方共有专利“{title}”",
            "Both own the patent “{title}”",
        ),
        Evidence(
            "tie",
            lambda _: (
                f"MATCH path = {enterprise}<-[:AWARDED_TO]-(award:ResearchAward)"
                f"-[:PARTNERED_BY]->({institute})"
            ),
            {"title": "award.title"},
            "双方共同承担过研发资助项目“{title}”",
            "Both worked on the award “{title}”",
        ),
        Evidence(
            "people",
            lambda _: (
                f"MATCH path = {enterprise}<-[:ASSIGNED_TO]-(patent:Patent)"
                f"-[:INVENTED_BY]->(inventor:Scientist)-[:AFFILIATED_WITH]->({institute})"
            ),
            {"name": "inventor.name", "title": "patent.title"},
            "该单位的{name}是企业专利“{title}”的发明人",
            "{name} of the institute is an inventor of the enterprise's patent “{title}”",
        ),
    )


RESEARCH: Job[DocumentInputs] = Job(
    name="research",
    zh="科研单位推荐",
    description="Research institutes that a studio could work with.",
    asking="Studio",
    shown="ResearchInstitute",
    model=MODEL,
    features=FEATURES,
    question=_research_question,
    asked={**ASKED, "names": acquaintance.names_of(_ENTERPRISES)},
    anchors=_research_anchors,
    conditions=(),
    filters=(_IN_BEIJING,),
    columns=_columns("shown", "[shown]", _ENTERPRISES),
    inputs=_inputs,
    support=support,
    evidence=_evidence(
        "asking",
        "shown",
        Ends("(shown)", "shown", "(asking)-[:BELONGS_TO]->(asker:Enterprise)", "asker"),
    ),
    companions=(
        Companion(
            "scientist",
            "Scientist",
            "The institute's scientist with most of the nearest patents.",
            lambda _: (
                """\
UNWIND drawn.near AS near
MATCH (:Node:Patent {id: near[0]})-[:INVENTED_BY]->(scientist:Scientist)-[:AFFILIATED_WITH]->(shown)
WITH scientist, count(*) AS patents ORDER BY patents DESC, scientist.id
RETURN scientist LIMIT 1"""
            ),
        ),
    ),
    parameters=PARAMETERS,
    lacking="TechnologyField",
    rules=("V05", "V06", "V07"),
)

STUDIO: Job[DocumentInputs] = Job(
    name="studio",
    zh="工作室推荐",
    description="Studios that a research institute could work with.",
    asking="ResearchInstitute",
    shown="Studio",
    model=Model(*SHIPPED["studio"], _NEAR),
    features=FEATURES,
    question=_studio_question,
    asked={**ASKED, "names": acquaintance.names_of("[asking]")},
    anchors=_studio_anchors,
    known=f""", head(COLLECT {{
  MATCH (shown)-[:BELONGS_TO]->(owner:Enterprise) RETURN owner }}) AS enterprise
WITH *, {_PATENTS} AS patents""",
    conditions=(),
    columns=_columns("asking", _ENTERPRISES, "[asking]"),
    inputs=_inputs,
    support=support,
    evidence=_evidence(
        "shown",
        "asking",
        Ends("(shown)-[:BELONGS_TO]->(owner:Enterprise)", "owner", "(asking)", "asking"),
    ),
    parameters=PARAMETERS,
    lacking="TechnologyField",
    rules=("V05", "V06", "V07"),
)
