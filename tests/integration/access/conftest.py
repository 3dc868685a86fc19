"""A small graph with two unions, two enterprises and people who agreed to different things."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest

from graph.cypher import Cypher
from graph.database import Database
from graph.jurisdiction import viewer_of
from graph.viewer import Viewer
from tests.seeded import WIPE

GRAPH = """
CREATE (:Node:Union {id: 'u-east', key: 't:east', tree: 'REGION', path: '/u-east/', name: '东'}),
       (:Node:Union {id: 'u-west', key: 't:west', tree: 'REGION', path: '/u-west/', name: '西'}),
       (one:Node:Organisation:Enterprise {id: 'e-one', key: 't:one', name: '一厂'}),
       (:Node:Organisation:Enterprise {id: 'e-two', key: 't:two', name: '二厂'}),
       (studio:Node:Studio {id: 's-one', key: 't:studio', name: '工作室'}),
       (:Node:ResearchInstitute {id: 'r-one', key: 't:institute', name: '研究所'}),
       (:Node:TechnicalProblem {id: 'p-one', key: 't:problem', title: '难题',
         region_path: '/u-east/'})-[:RAISED_BY]->(one)
WITH studio
UNWIND [['master', 'east', '师一', 4], ['apprentice', 'east', '徒一', 2],
        ['other', 'west', '旁', 3], ['stranger', 'west', '生', 5]] AS row
CREATE (w:Node:Person:Worker {id: 'w-' + row[0], key: 't:' + row[0], name: row[2],
  skill_level: row[3], birth_year: 1980 + row[3], motivation: '学' + row[2],
  region_path: '/u-' + row[1] + '/', scope_tokens: ' u-' + row[1] + ' ',
  job_title: '焊工' + row[0]})
WITH collect(w) AS people, studio
UNWIND people AS w
MATCH (e:Enterprise {key: CASE WHEN w.key IN ['t:master', 't:other'] THEN 't:one' ELSE 't:two' END})
CREATE (w)<-[:ABOUT_WORKER]-(:Node:Employment {id: 'job-' + w.id, key: 'job:' + w.id,
  engaged_level: w.skill_level, valid_from: date('2020-01-01')})-[:AT_ENTERPRISE]->(e)
CREATE (w)<-[:ABOUT_WORKER]-(:Node:Consent {id: 'c-' + w.id, key: 'c:' + w.id, purpose: 'MATCHING',
  evidence: '柜' + w.id, valid_from: date('2020-01-01')})
WITH w, studio WHERE w.id = 'w-master'
SET w:Master
CREATE (w)-[:LEADS]->(studio)
"""
PAIR = """
MATCH (m:Worker {id: 'w-master'}), (a:Worker {id: $apprentice})
CREATE (m)<-[:HAS_MASTER]-(:Node:MentoringAgreement {id: 'a-' + $apprentice,
  key: 'a:' + $apprentice, state: $state})-[:HAS_APPRENTICE]->(a)
"""

See = Callable[[str], Awaitable[Viewer]]


@pytest.fixture
async def town(open_session_database: Database) -> Database:
    """The graph, anew for each test."""
    await open_session_database.run(WIPE)
    await open_session_database.run(Cypher(GRAPH))
    return open_session_database


@pytest.fixture
def viewer(town: Database) -> See:
    """The viewer that a form such as `worker:t:master` names."""

    async def made(form: str) -> Viewer:
        found = await viewer_of(town, form)
        assert found is not None, form
        return found

    return made


@pytest.fixture
def pair(town: Database) -> Callable[..., Awaitable[None]]:
    """Gives the master an agreement with somebody."""

    async def made(apprentice: str, state: str) -> None:
        await town.run(Cypher(PAIR, {"apprentice": apprentice, "state": state}))

    return made


def names(data: Mapping[str, Any], field: str = "workers") -> dict[str, Any]:
    """Id -> name of a list."""
    return {node["id"]: node["name"] for node in data[field]["nodes"]}
