"""What a consent allowed is gone from every answer at once when it is withdrawn."""

from typing import Any

import pytest

from graph import clock
from graph.cypher import Cypher
from graph.database import Database
from graph.lifecycles.operations import OPERATIONS
from graph.lifecycles.perform import Actor, perform
from graph.viewer import ANYONE, Viewer

STORY = """
MATCH (w:Worker {id: 'w-master'})
CREATE (:Node:Story {id: 'story', key: 't:story', title: '匠心筑梦', kind: 'DEEDS',
  state: 'PUBLISHED'})-[:ABOUT_WORKER]->(w)
WITH w MATCH (s:Story)
CREATE (s)-[:SHOWN_IN]->(:Node:PublicityEvent {id: 'event', key: 't:event', name: '展'})
"""
WHEREVER = """{ stories { totalCount nodes { id } } storyByKey(key: "t:story") { id }
  node(id: "story") { id } publicityEvents { nodes { stories { nodes { id } } } }
  search(query: "匠心", types: [Story]) { edges { node { id } } }
  way: shortestPath(from: "event", to: "story", longest: 1) { length } }"""


async def do(town: Database, name: str, who: Viewer, **given: Any) -> str:
    return await perform(town, OPERATIONS[name], given, Actor(who, "t"), clock.now())


@pytest.mark.policy("Y08", "P02")
async def test_story_is_public_while_she_agrees_and_nowhere_afterwards(
    town: Database, viewer: Any, ask: Any
) -> None:
    await town.run(Cypher(STORY))
    herself = await viewer("worker:t:master")
    others = (ANYONE, await viewer("worker:t:other"), await viewer("union:t:west"))
    hidden = {
        "stories": {"totalCount": 0, "nodes": []}, "storyByKey": None, "node": None,
        "publicityEvents": {"nodes": [{"stories": {"nodes": []}}]}, "search": {"edges": []},
        "way": None,
    }  # fmt: skip
    one = {"id": "story"}
    shown = {
        "stories": {"totalCount": 1, "nodes": [one]}, "storyByKey": one, "node": one,
        "publicityEvents": {"nodes": [{"stories": {"nodes": [one]}}]},
        "search": {"edges": [{"node": one}]}, "way": {"length": 1},
    }  # fmt: skip
    assert [await ask(WHEREVER, other) for other in others] == [hidden] * 3
    given = {"purpose": "PUBLICATION", "worker_id": "w-master"}
    consent = await do(town, "giveConsent", herself, **given)
    assert [await ask(WHEREVER, other) for other in others] == [shown] * 3
    await do(town, "withdrawConsent", herself, consent_id=consent)
    assert [await ask(WHEREVER, other) for other in others] == [hidden] * 3
    assert (await ask("{ stories { totalCount } }", herself))["stories"]["totalCount"] == 1
