"""Who could visit which studio: experts whose patents are like what the studio makes and needs.

Read from the derived similarity of documents, so that a whole city is one statement; then chosen
within bands (V06, T07). A proposal: people decide.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString

from graph.cypher import Cypher
from graph.database import Database
from graph.matching.candidates import sight
from graph.plans.visits import PROJECTS, Bands, Visit, choose_visits
from graph.projection.fragment import Fragment
from graph.viewer import Viewer

MOST_EXPERTS = 6  # of one studio
MOST_PAIRS = 40  # of documents of one studio and patents
MOST_STUDIOS = 1500

_NOTHING = Fragment("null")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A project to propose, why, and what was selected of both; the reason in two languages.

    `district` and `industry` are the names of what the visit names by id.
    """

    visit: Visit
    district: str
    industry: str
    studio_name: str
    expert_name: str
    institute: str
    zh: str
    en: str
    studio: Any = None
    expert: Any = None


@dataclass(frozen=True, slots=True)
class Search:
    """For which year, of which union's studios (None: all), how many, within which bands."""

    year: int
    union: str | None = None
    projects: int = PROJECTS
    bands: Bands = field(default_factory=Bands)


async def propose_visits(
    database: Database,
    search: Search,
    viewer: Viewer,
    *,
    studio: Fragment = _NOTHING,
    expert: Fragment = _NOTHING,
    seconds: float | None = None,
) -> list[Proposed]:
    """The projects to propose, best first; studios that have one this year are left out.

    Raises InvalidRequest if the lower bands ask for more than there is.
    """
    parameters: Mapping[str, Any] = {
        "year": search.year,
        "union": search.union,
        "most_experts": MOST_EXPERTS,
        "most_pairs": MOST_PAIRS,
        "most_studios": MOST_STUDIOS,
        **studio.parameters,
        **expert.parameters,
        **viewer.parameters,
    }
    text = _text(viewer, studio, expert)
    rows = await database.value(Cypher(text, parameters, name="visits"), seconds=seconds)
    proposed = [_proposed(row) for row in rows]
    busy = Counter({row[2]: row[9] for row in rows if row[9]})
    chosen = await asyncio.to_thread(
        choose_visits,
        [p.visit for p in proposed],
        search.bands,
        projects=search.projects,
        busy=busy,
    )
    at = {(p.visit.studio, p.visit.expert): p for p in proposed}
    return [at[v.studio, v.expert] for v in chosen]


def _proposed(row: Sequence[Any]) -> Proposed:
    studio, name, expert, expert_name, institute, score, document, patent, alike, *_ = row
    district, industry = [place or ("", "") for place in row[10:12]]
    return Proposed(
        Visit(studio, expert, score, district[0], industry[0]),
        district[1],
        industry[1],
        name,
        expert_name,
        institute,
        f"{institute}的{expert_name}的专利“{patent}”与“{document}”用词相近（相似度{alike:.2f}）",
        f"“{patent}”, a patent of {expert_name} of {institute}, is worded like “{document}” "
        f"(similarity {alike:.2f})",
        *row[12:],
    )


def _text(viewer: Viewer, studio: Fragment, expert: Fragment) -> LiteralString:
    see = sight(viewer)
    return f"""
OPTIONAL MATCH (scope:Node:Union {{id: $union}})
CALL (scope) {{
  MATCH (studio:Studio) WHERE {see("Studio", "studio")}
    AND NOT EXISTS {{ (studio)<-[:VISITS]-(p:ExpertVisitProject {{year: $year}})
      WHERE p.state <> 'CANCELLED' }}
    AND ($union IS NULL OR EXISTS {{
      (studio)-[:BELONGS_TO]->(:Enterprise)<-[:REPRESENTS]-(u:Union)
      WHERE u.path STARTS WITH scope.path }})
  RETURN studio ORDER BY coalesce(studio.level, 0) DESC, studio.id LIMIT $most_studios
}}
CALL (studio) {{
  CALL (studio) {{
    MATCH (studio)-[s:SIMILAR]->(patent:Patent) RETURN studio AS document, s, patent
  UNION
    MATCH (studio)<-[:MADE_BY]-(document:Achievement)-[s:SIMILAR]->(patent:Patent)
    RETURN document, s, patent
  }}
  WITH document, s, patent ORDER BY s.score DESC, patent.id LIMIT $most_pairs
  MATCH (patent)-[:INVENTED_BY]->(expert:Scientist)
  WHERE {see("Scientist", "expert")} AND EXISTS {{ (expert)-[:AFFILIATED_WITH]->() }}
  WITH document, s, patent, expert ORDER BY s.score DESC, patent.id
  WITH expert, collect([s.score, coalesce(document.title, document.name), patent.title])
    AS pairs
  RETURN expert, pairs[0] AS nearest, reduce(total = [0.0, 0.5], pair IN pairs
    | [total[0] + pair[0] * total[1], total[1] / 2])[0] AS score
  ORDER BY score DESC, expert.id LIMIT $most_experts
}}
WITH studio, expert, nearest, score,
  head([(studio)-[:LOCATED_IN]->(d:District) | [d.id, d.name]]) AS district,
  head([(studio)-[:IN_INDUSTRY]->(i:Industry) | [i.id, i.name]]) AS industry,
  head([(expert)-[:AFFILIATED_WITH]->(i:ResearchInstitute) | i.name]) AS institute,
  COUNT {{ (expert)<-[:VISITED_BY]-(p:ExpertVisitProject {{year: $year}})
    WHERE p.state <> 'CANCELLED' }} AS busy
{studio.calls}
{expert.calls}
RETURN collect([studio.id, studio.name, expert.id, expert.name, institute, score, nearest[1],
  nearest[2], nearest[0], busy, district, industry, {studio.text}, {expert.text}])"""
