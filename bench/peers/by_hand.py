"""Cypher as one writes it by hand for each question: one statement, one record of maps."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import LiteralString

from graph.constraints import fulltext_index
from graph.model import MODEL

_TEN: LiteralString = """{.id, .key, .name, nameEn: w.name_en, skillLevel: w.skill_level,
  birthYear: w.birth_year, .frontline, jobTitle: w.job_title, .source, .synthetic}"""
_SKILLS: LiteralString = """skills: {edges: COLLECT {
  MATCH (w)-[r:HAS_SKILL]->(s:Skill)
  RETURN {level: r.level, node: s {.id, .name}} ORDER BY r.level DESC, s.key DESC LIMIT 5 }}"""
_STUDIOS: LiteralString = """studios: {nodes: COLLECT {
  MATCH (w)-[:KEY_MEMBER_OF]->(s:Studio) RETURN s {.id, .name} ORDER BY s.key LIMIT 3 }}"""
_PAGE: LiteralString = """WITH w ORDER BY w.name, w.key WITH collect(w) AS found
RETURN {totalCount: size(found), pageInfo: {hasNextPage: size(found) > 20},
  nodes: [w IN found[..20] | w {.id, .name, jobTitle: w.job_title}]}"""

CYPHER: Mapping[str, LiteralString] = MappingProxyType(
    {
        "list": f"""MATCH (w:Worker) WHERE w.key >= $from
WITH w ORDER BY w.key LIMIT toInteger($first)
RETURN {{nodes: collect(w {_TEN})}}""",
        "nestedList": f"""MATCH (w:Worker) WHERE w.key >= $from
WITH w ORDER BY w.key LIMIT toInteger($first)
RETURN {{nodes: collect(w {{.id, .name, {_SKILLS}}})}}""",
        "deepNested": f"""MATCH (e:Node:Enterprise {{id: $id}})
RETURN e {{.id, .name, employments: {{nodes: COLLECT {{
  MATCH (e)<-[:AT_ENTERPRISE]-(m:Employment) WHERE m.recorded_to IS NULL
  WITH m ORDER BY m.key LIMIT 20
  MATCH (m)-[:ABOUT_WORKER]->(w:Worker)
  RETURN m {{.id, worker: w {{.id, .name, {_SKILLS}, {_STUDIOS}}}}} ORDER BY m.key }}}}}}""",
        "pointRead": f"MATCH (w:Node:Worker {{id: $id}}) RETURN w {_TEN}",
        "connection": f"""MATCH (:District {{key: $district}})<-[:LIVES_IN]-(w:Worker)
WHERE w.birth_year >= $since
{_PAGE}""",
        "connectionSome": f"""MATCH (:Skill {{key: $skill}})<-[r:HAS_SKILL]-(w:Worker)
WHERE r.level >= $level
{_PAGE}""",
        "fullText": f"""CALL db.index.fulltext.queryNodes(
  '{fulltext_index(MODEL.node_type("Worker"))}', $lucene, {{limit: 20}}) YIELD node AS w, score
RETURN {{edges: collect({{node: w {{.id, .name, jobTitle: w.job_title}}}})}}""",
    }
)
"""Root field of the hand-written peers -> its statement."""
