"""Suggestions that do not crowd: measured, shown in matches with the reason, reported."""

import asyncio
from typing import Any

import pytest

from graph.cypher import Cypher
from graph.database import Database
from graph.jobs.worker import work
from graph.plans.exposure import KINDS
from graph.viewer import Role, Viewer
from tests.integration.conftest import Ask
from tests.planning import build_town

WEST = Viewer(frozenset({Role.UNION}), ("/m/west/",))
MATCHES = """query ($balanced: Boolean) { mentorMatches(workerId: "a1", balanced: $balanced) {
  nodes { rank position score master { id } placement { reason price zh en }
    load { placesLeft waiting shownTo } } } }"""
REPORT = """{ mentorExposure(unionId: "east", first: 2) { measuredAt masters giniByScore
  giniBalanced neverShownByScore neverShownBalanced
  loads { master { id name } placesLeft waiting shownByScore shownTo price } } }"""


async def matches(ask: Ask, *, balanced: bool) -> list[Any]:
    return (await ask(MATCHES, balanced=balanced))["mentorMatches"]["nodes"]


@pytest.mark.policy("M06")
async def test_a_master_whom_all_seek_stands_further_back_and_the_match_says_why(
    database: Database, ask: Ask
) -> None:
    await build_town(database, apprentices=12, masters=4, places=1)
    before = await matches(ask, balanced=True)
    assert [m["rank"] for m in before] == [m["position"] for m in before]
    await work(database, KINDS, asyncio.Event(), until_idle=True)
    best = before[0]["master"]["id"]
    text = """MATCH (e:MasterExposure)-[:EXPOSURE_OF]->(m:Worker)
      RETURN collect([m.id, e.price >= 0, e.shown_by_score])"""
    measured = await database.value(Cypher(text))
    assert len(measured) == 4
    assert all(priced for _, priced, _ in measured)
    dear = "MATCH (e:MasterExposure)-[:EXPOSURE_OF]->({id: $id}) SET e.price = 1.0"
    await database.run(Cypher(dear, {"id": best}))
    plain, moved = await matches(ask, balanced=False), await matches(ask, balanced=True)
    assert [m["rank"] for m in plain] == [1, *range(2, len(plain) + 1)]
    assert moved[-1]["master"]["id"] == best
    assert (moved[-1]["rank"], moved[-1]["placement"]["reason"]) == (1, "BALANCED")
    assert {m["master"]["id"]: m["score"] for m in moved} == {
        m["master"]["id"]: m["score"] for m in plain
    }
    assert moved[-1]["load"]["placesLeft"] == 1
    assert moved[-1]["load"]["shownTo"] > 0
    report = (await ask(REPORT))["mentorExposure"]
    assert (report["masters"], report["neverShownBalanced"]) == (4, 0)
    assert len(report["loads"]) == 2
    assert (await ask(REPORT, WEST))["mentorExposure"]["masters"] == 0
