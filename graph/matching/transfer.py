"""Transfer (V09-V22, J08): enterprises that could use an achievement, and what solves a problem."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, LiteralString

import numpy as np

from graph.matching import acquaintance
from graph.matching.acquaintance import NAME, SISTER, SIZE
from graph.matching.document_jobs import (
    ASKED,
    DOCUMENTS,
    FIELD_WORDS,
    PARAMETERS,
    by_field,
    by_text,
    read,
    support,
    text_of,
    words,
)
from graph.matching.documents import FIELD, PORTFOLIO, TEXT, TITLE, DocumentInputs, fact, saturating
from graph.matching.features import Feature, Model, Vector, vector
from graph.matching.job import Columns, Companion, Condition, Filter, Job, See, Support
from graph.matching.transfer_evidence import (
    BEHIND,
    PROBLEM_LABEL,
    SOLUTION_EVIDENCE,
    TRANSFER_EVIDENCE,
)
from graph.rules.matching import SHIPPED

_NEAR = {"near_text": 0.4, "near_title": 0.1, "near_field": 0.15}
NEAR_ENOUGH = 0.1  # below this an open problem is not one that the achievement answers


def _nearest_problem(inputs: DocumentInputs, model: Model) -> Vector:
    problems = [d.is_problem for d in inputs.origin.documents]
    most = sum(model.constants[name] for name in ("near_text", "near_title", "near_field"))
    nearest = np.zeros(inputs.candidates)
    np.maximum.at(nearest, inputs.owner, np.where(problems, inputs.near.together / most, 0))
    return np.where(nearest < NEAR_ENOUGH, 0, nearest)


PROBLEM: Feature[DocumentInputs] = Feature(
    "problem",
    "未解难题",
    "The enterprise has an open technical problem that the achievement comes near to.",
    "parts text, title and field of the nearest open problem alone / their weights; 0 below 0.1",
    _nearest_problem,
    ("J08", "V22"),
)

INDUSTRY = fact(
    "industry",
    "行业相近",
    "Both sides work in the same industry, or in neighbouring ones.",
    "1 for the same industry, 0.5 for two of one division (ISIC), else 0",
    ("A03",),
)

PLACE = fact(
    "place",
    "同区或同城",
    "The enterprises behind both sides are in the same district or city.",
    "1 in the same district, 0.5 in the same city, else 0",
)

PEOPLE = fact(
    "people",
    "共同发明人",
    "Inventors of the patents that protect the achievement invented for the enterprise, too.",
    "n / (n + 1) for n inventors",
    ("V06",),
    value=saturating,
)

MATURITY = fact(
    "maturity",
    "成熟度",
    "How far the achievement has come.",
    "1/3 for an idea, 2/3 for a prototype, 1 for one in use",
    ("V12",),
)


def suggested_contract(kind: str | None, maturity: int | None) -> str:
    """Which technology contract (V13-V17, Z04) fits know-how, or something that has come so far."""
    if kind == "OPERATION_METHOD":
        return "SERVICE"
    return {1: "DEVELOPMENT", 2: "TRANSFER", 3: "LICENCE"}.get(maturity or 0, "CONSULTING")


_OPEN: LiteralString = """\
coalesce(document.state, 'OPEN') = 'OPEN'
  AND (document.expires IS NULL OR document.expires > $as_of)
  AND (document.raised IS NULL OR document.raised <= $as_of)"""


def _owners(variable: LiteralString) -> LiteralString:
    """The enterprises behind a node: itself, or those that own, made or raised it."""
    return (
        f"COLLECT {{ MATCH ({variable}){BEHIND}(owner:Enterprise) RETURN DISTINCT owner }} "
        f"AS {variable}_owners"
    )


def _question(own: LiteralString) -> LiteralString:
    sought = words(
        "reduce(text = '', d IN own | text + ' ' + coalesce(d.title, '') + ' ' "
        f"+ coalesce(d.name_en, '') + {text_of('d')}) + field_words"
    )
    return f"""\
WITH asking, {own} AS own, {_owners("asking")}
WITH *, COLLECT {{
  UNWIND own AS document MATCH (document)-[:IN_FIELD]->(field:TechnologyField)
  RETURN DISTINCT field LIMIT $most_fields }} AS fields, COLLECT {{
  UNWIND asking_owners AS owner MATCH (owner)-[:IN_INDUSTRY]->(industry:Industry)
  RETURN DISTINCT industry }} AS industries, COLLECT {{
  UNWIND asking_owners AS owner MATCH (owner)-[:LOCATED_IN]->(district:District)
  RETURN DISTINCT district }} AS districts
WITH *, {FIELD_WORDS} AS field_words, COLLECT {{
  UNWIND industries AS industry MATCH (industry)-[:BROADER*0..1]->(wider:Industry)
  WHERE wider.level > 1 RETURN DISTINCT wider }} AS wider_industries
WITH *, {sought} AS sought"""


def _of_enterprise(see: See) -> LiteralString:
    return _question(f"""[asking] + COLLECT {{
  MATCH (document:TechnicalProblem)-[:RAISED_BY]->(asking)
  WHERE {see(PROBLEM_LABEL, "document")} AND {_OPEN}
  RETURN document ORDER BY document.raised DESC, document.id LIMIT $most_own }} + COLLECT {{
  MATCH (document:Patent)-[:ASSIGNED_TO]->(asking) WHERE {see("Patent", "document")}
  RETURN document ORDER BY document.filed DESC, document.id LIMIT $most_own }}""")


def _transfer_anchors(see: See) -> LiteralString:
    raised: LiteralString = "(document)-[:RAISED_BY]->(shown:Enterprise)"
    owned: LiteralString = "(document)-[:ASSIGNED_TO]->(shown:Enterprise)"
    seen: LiteralString = f"{see(PROBLEM_LABEL, 'document')} AND {_OPEN}"
    problems: LiteralString = "<-[:IN_FIELD]-(document:TechnicalProblem)-[:RAISED_BY]->(shown)"
    patents: LiteralString = "<-[:IN_FIELD]-(document:Patent)-[:ASSIGNED_TO]->(shown:Enterprise)"
    return f"""\
{by_field(problems, seen, "document")}
UNION
{by_field(patents, see("Patent", "document"), "document")}
UNION
{by_text(see, PROBLEM_LABEL, "abstract", f"MATCH {raised} WHERE {_OPEN}")}
UNION
{by_text(see, "Patent", "abstract", f"MATCH {owned}")}
UNION
{by_text(see, "Enterprise", "summary", "WITH document, document AS shown")}
UNION
UNWIND industries AS industry MATCH (industry)<-[:IN_INDUSTRY]-(shown:Enterprise)
RETURN shown, null AS document, 1 AS closeness LIMIT $most_hits"""


def _solution_anchors(see: See) -> LiteralString:
    return f"""\
{by_field("<-[:IN_FIELD]-(shown:Achievement)", "true", "shown")}
UNION
{by_text(see, "Achievement", "abstract", "WITH document, document AS shown")}
UNION
UNWIND industries AS industry
MATCH (industry)<-[:IN_INDUSTRY]-(:Enterprise)<-[:OWNED_BY]-(shown:Achievement)
RETURN shown, shown AS document, 1 AS closeness LIMIT $most_hits"""


_COLUMNS: Mapping[str, LiteralString] = {
    "documents": DOCUMENTS,
    "industry": """CASE
    WHEN EXISTS { UNWIND shown_owners AS owner MATCH (owner)-[:IN_INDUSTRY]->(industry:Industry)
      WHERE industry IN industries } THEN 2
    WHEN EXISTS { UNWIND shown_owners AS owner MATCH (owner)-[:IN_INDUSTRY]->(:Industry)
      -[:BROADER*0..1]->(wider:Industry) WHERE wider IN wider_industries } THEN 1
    ELSE 0 END""",
    "place": """CASE
    WHEN EXISTS { UNWIND shown_owners AS owner MATCH (owner)-[:LOCATED_IN]->(district:District)
      WHERE district IN districts } THEN 2
    WHEN any(a IN asking_owners WHERE any(b IN shown_owners WHERE b.city = a.city)) THEN 1
    ELSE 0 END""",
}

_SAME_OWNER = Condition(
    "SAME_OWNER",
    "同一权属",
    "The achievement is the enterprise's own.",
    "NOT any(owner IN shown_owners WHERE owner IN asking_owners)",
    ("V09",),
)


def _facts(columns: Columns) -> dict[str, Vector]:
    return {"industry": vector(columns["industry"]) / 2, "place": vector(columns["place"]) / 2}


def _transfer_inputs(asked: Mapping[str, Any], columns: Columns, model: Model) -> DocumentInputs:
    details = {"suggested_contract": suggested_contract(asked["kind"], asked["maturity"])}
    facts, drawn = acquaintance.known(asked["names"], columns)
    facts |= _facts(columns) | {"people": vector(columns["people"])}
    everywhere = [details] * len(drawn)
    return read(asked, columns, model, facts=facts, details=everywhere, drawn=drawn)


def _solution_inputs(asked: Mapping[str, Any], columns: Columns, model: Model) -> DocumentInputs:
    stages = list(zip(columns["kind"], columns["maturity"], strict=True))
    facts = _facts(columns) | {"maturity": vector(columns["maturity"]) / 3}
    details = [{"suggested_contract": suggested_contract(*stage)} for stage in stages]
    return read(asked, columns, model, facts=facts, details=details)


def _transfer_support(inputs: DocumentInputs, row: int) -> Support:
    """With the open problem of this enterprise that the achievement comes nearest to."""
    found = support(inputs, row)
    problems = [
        (inputs.near.together[n], inputs.origin.documents[n].id)
        for n in np.flatnonzero(inputs.owner == row).tolist()
        if inputs.origin.documents[n].is_problem
    ]
    answered = _nearest_problem(inputs, TRANSFER.model)[row] > 0
    problem = max(problems)[1] if answered else None
    return replace(found, drawn={**found.drawn, "problem": problem})


TRANSFER: Job[DocumentInputs] = Job(
    name="transfer",
    zh="成果转化推荐",
    description="Enterprises that could use an achievement.",
    asking="Achievement",
    shown="Enterprise",
    model=Model(*SHIPPED["transfer"], _NEAR),
    features=(TEXT, TITLE, FIELD, PORTFOLIO, PROBLEM, INDUSTRY, PLACE, SIZE, PEOPLE, NAME, SISTER),
    question=lambda _: _question("[asking]"),
    asked={
        **ASKED,
        "kind": "asking.kind",
        "maturity": "asking.maturity",
        "names": acquaintance.names_of("asking_owners"),
    },
    anchors=_transfer_anchors,
    known=f", {_owners('shown')}",
    conditions=(_SAME_OWNER,),
    filters=(
        Filter(
            "with_open_problem",
            "Only enterprises with an open problem near to the achievement.",
            Condition(
                "NO_OPEN_PROBLEM",
                "无相关未解难题",
                "The enterprise has raised no open problem near to the achievement.",
                "NOT coalesce($with_open_problem, false) "
                "OR any(entry IN documents WHERE entry[0]:TechnicalProblem)",
                ("J08",),
            ),
        ),
    ),
    columns={
        **_COLUMNS,
        **acquaintance.columns("[shown]", "asking_owners"),
        "people": """COUNT {
    MATCH (asking)<-[:PROTECTS]-(:Patent)-[:INVENTED_BY]->(inventor:Scientist)
    WHERE EXISTS { (inventor)<-[:INVENTED_BY]-(:Patent)-[:ASSIGNED_TO]->(shown) }
    RETURN DISTINCT inventor }""",
    },
    inputs=_transfer_inputs,
    support=_transfer_support,
    evidence=TRANSFER_EVIDENCE,
    companions=(
        Companion(
            "problem",
            PROBLEM_LABEL,
            "The open problem of the enterprise that the achievement comes nearest to.",
            lambda see: (
                f"MATCH (problem:Node:{PROBLEM_LABEL} {{id: drawn.problem}}) "
                f"WHERE {see(PROBLEM_LABEL, 'problem')} RETURN problem"
            ),
        ),
    ),
    parameters=PARAMETERS,
    lacking="TechnologyField",
    rules=("V09", "V12", "V13"),
)

SOLUTION: Job[DocumentInputs] = Job(
    name="solution",
    zh="难题解决方案推荐",
    description="Achievements that could solve a technical problem.",
    asking=PROBLEM_LABEL,
    shown="Achievement",
    model=Model(*SHIPPED["solution"], {"near_text": 0.5, "near_title": 0.15, "near_field": 0.15}),
    features=(TEXT, TITLE, FIELD, MATURITY, INDUSTRY, PLACE),
    question=lambda _: _question("[asking]"),
    asked=ASKED,
    anchors=_solution_anchors,
    known=f", {_owners('shown')}",
    conditions=(_SAME_OWNER,),
    filters=(
        Filter(
            "in_use",
            "Only achievements that are in use where they were made.",
            Condition(
                "NOT_IN_USE",
                "尚未应用",
                "The achievement is not yet in use.",
                "NOT coalesce($in_use, false) OR coalesce(shown.maturity, 0) = 3",
                ("V12",),
            ),
        ),
    ),
    columns={**_COLUMNS, "kind": "shown.kind", "maturity": "shown.maturity"},
    inputs=_solution_inputs,
    support=support,
    evidence=SOLUTION_EVIDENCE,
    parameters=PARAMETERS,
    lacking="TechnologyField",
    rules=("J08", "V09", "V22"),
)

ENTERPRISE_SOLUTION: Job[DocumentInputs] = replace(
    SOLUTION,
    name="enterprise_solution",
    zh="企业适用成果推荐",
    description="Achievements that an enterprise could use, by its open problems and its patents.",
    asking="Enterprise",
    question=_of_enterprise,
    companions=(
        Companion(
            "problem",
            PROBLEM_LABEL,
            "The enterprise's open problem that the achievement comes nearest to.",
            lambda see: (
                f"MATCH (problem:Node:{PROBLEM_LABEL} {{id: drawn.near[0][1]}}) "
                f"WHERE {see(PROBLEM_LABEL, 'problem')} RETURN problem"
            ),
        ),
    ),
)

STRANGERS = Model(
    "transfer-strangers-2026.2",
    {
        **dict.fromkeys(TRANSFER.model.weights, 0.0),
        "text": 0.07,
        "title": 0.02,
        "field": 0.02,
        "portfolio": 0.88,
        "size": 0.01,
    },
    _NEAR,
)
