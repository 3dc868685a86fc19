"""Studios for a studio (S08): those that work on the same, and those that made what it needs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, LiteralString

from graph.matching.document_jobs import (
    ASKED,
    DOCUMENTS,
    EVIDENCE,
    FIELD_WORDS,
    PARAMETERS,
    by_field,
    by_text,
    fields_of,
    read,
    support,
    text_of,
    words,
)
from graph.matching.documents import FIELD, TEXT, TITLE, DocumentInputs, fact
from graph.matching.features import Model, vector
from graph.matching.job import Columns, Condition, Evidence, Job, See
from graph.rules.matching import SHIPPED

_NEAR = {"near_text": 0.5, "near_title": 0.1, "near_field": 0.15}

INDUSTRY = fact(
    "industry",
    "同一行业",
    "Both studios work in the same industry.",
    "1 if so, else 0",
    ("S08",),
)

PLACE = fact(
    "place",
    "同一区",
    "Both studios are in the same district: an exchange is a short way.",
    "1 if so, else 0",
    ("S08",),
)


def _question(own: LiteralString, said: LiteralString) -> LiteralString:
    return f"""\
WITH asking, COLLECT {{
  MATCH (asking)-[:FOCUSES_ON]->(field:TechnologyField) RETURN field
  UNION
  MATCH (asking)<-[:MADE_BY]-(:Achievement)-[:IN_FIELD]->(field:TechnologyField) RETURN field
}}[..$most_fields] AS fields,
  COLLECT {{ MATCH (asking)-[:IN_INDUSTRY]->(industry:Industry) RETURN industry }} AS industries,
  head([(asking)-[:LOCATED_IN]->(d:District) | d]) AS district
WITH *, {FIELD_WORDS} AS field_words, {own} AS own
WITH *, {words(said)} AS sought"""


_ACHIEVEMENTS: LiteralString = """[asking] + COLLECT {
  MATCH (document:Achievement)-[:MADE_BY]->(asking)
  RETURN document ORDER BY document.id LIMIT $most_own }"""
_MADE: LiteralString = "<-[:IN_FIELD]-(document:Achievement)-[:MADE_BY]->(shown:Studio)"


def _peers(see: See) -> LiteralString:
    return f"""\
{by_field("<-[:FOCUSES_ON]-(shown:Studio)", "true", "shown")}
UNION
{by_text(see, "Studio", "focus", "WITH document, document AS shown")}
UNION
{_makers(see)}"""


def _makers(see: See) -> LiteralString:
    return f"""\
{by_field(_MADE, "true", "document")}
UNION
{by_text(see, "Achievement", "abstract", "MATCH (document)-[:MADE_BY]->(shown:Studio)")}"""


def _inputs(asked: Mapping[str, Any], columns: Columns, model: Model) -> DocumentInputs:
    facts = {name: vector(columns[name]) for name in ("industry", "place")}
    return read(asked, columns, model, facts=facts)


PEER: Job[DocumentInputs] = Job(
    name="studio_peer",
    zh="相似工作室推荐",
    description="Studios that work on the same, to exchange with (S08).",
    asking="Studio",
    shown="Studio",
    model=Model(*SHIPPED["studio_peer"], _NEAR),
    features=(TEXT, TITLE, FIELD, INDUSTRY, PLACE),
    question=lambda _: _question(
        _ACHIEVEMENTS, f"coalesce(asking.name_en, '') + {text_of('asking')} + field_words"
    ),
    asked=ASKED,
    anchors=_peers,
    conditions=(
        Condition(
            "SAME_STUDIO",
            "同一工作室",
            "It is the one that asks.",
            "asking <> shown",
            ("S08",),
        ),
    ),
    columns={
        "documents": DOCUMENTS,
        "industry": "EXISTS { MATCH (shown)-[:IN_INDUSTRY]->(i:Industry) WHERE i IN industries }",
        "place": "EXISTS { (shown)-[:LOCATED_IN]->(district) }",
    },
    inputs=_inputs,
    support=support,
    evidence=(
        *EVIDENCE,
        Evidence(
            "industry",
            lambda _: (
                "MATCH path = (asking)-[:IN_INDUSTRY]->(industry:Industry)<-[:IN_INDUSTRY]-(shown)"
            ),
            {"name": "industry.name", "name_en": "coalesce(industry.name_en, industry.name)"},
            "双方同属“{name}”",
            "Both work in {name_en}",
        ),
        Evidence(
            "place",
            lambda _: "MATCH path = (asking)-[:LOCATED_IN]->(home:District)<-[:LOCATED_IN]-(shown)",
            {"district": "home.name"},
            "双方都在{district}",
            "Both are in {district}",
        ),
    ),
    parameters=PARAMETERS,
    lacking="TechnologyField",
    rules=("S08",),
)

COMPLEMENT: Job[DocumentInputs] = replace(
    PEER,
    name="studio_complement",
    zh="互补工作室推荐",
    description="Studios whose achievements answer what a studio needs (S08).",
    model=Model(*SHIPPED["studio_complement"], _NEAR),
    question=lambda _: _question("[asking]", "coalesce(asking.needs, '')"),
    asked={
        **ASKED,
        "documents": f"[[asking.id, false, '', coalesce(asking.needs, ''), {fields_of('asking')}]]",
    },
    anchors=_makers,
)
