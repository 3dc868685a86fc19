"""What is followed: each hears what she may see, once, also after the server was restarted."""

import asyncio
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

import pytest

from graph import clock
from graph.cypher import Cypher
from graph.database import Database, Transaction
from graph.jobs.queue import enqueue
from graph.jobs.worker import Kind, Run, work
from graph.lifecycles.operations import OPERATIONS
from graph.lifecycles.perform import Actor, perform
from graph.viewer import ADMINISTRATOR, ANYONE, Role, Viewer
from graph.watching import searches, targets
from schema.plan.engine import Engine
from tests.integration.test_feed import begun
from tests.planning import build_town

EAST = Viewer(frozenset({Role.UNION}), ("/m/east/",))
WEST = Viewer(frozenset({Role.UNION}), ("/m/west/",))
HERSELF = Viewer(frozenset({Role.WORKER}), person="a1")
ANOTHER = Viewer(frozenset({Role.WORKER}), person="a2")
MATCHES = """subscription ($after: String) { matchFound(after: $after) {
  resumeToken search { looksFor found } found { id } } }"""
PROGRESS = """subscription { planProgress(planId: "plan") {
  verb plan { name } job { stage progress state } } }"""
TARGETS = "subscription { targetCrossed { figure reached count { done met } } }"


@dataclass
class Ear:
    """Follows as several viewers; `heard` is what each of them has heard."""

    engine: Engine
    text: str
    viewers: Mapping[str, Viewer]
    after: str | None = None
    heard: dict[str, list[Any]] = field(default_factory=dict)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def __aenter__(self) -> "Ear":
        for name, viewer in self.viewers.items():
            self.heard[name] = []
            self._tasks.append(asyncio.create_task(self._follow(name, viewer)))
        await begun(self.engine._feed, len(self.viewers))
        return self

    async def _follow(self, name: str, viewer: Viewer) -> None:
        run = self.engine.run(self.text, {"after": self.after} if self.after else {}, None, viewer)
        async with aclosing(self.engine.follow(run)) as responses:
            async for response in responses:
                assert not response.errors
                [told] = response.data.values()
                self.heard[name].append(told)

    async def until(self, name: str, n: int) -> None:
        """Until somebody has heard so much, and then a little longer for the others."""
        async with asyncio.timeout(60):
            while len(self.heard[name]) < n:  # noqa: ASYNC110 - nothing tells it
                await asyncio.sleep(0.02)
        await asyncio.sleep(0.4)

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def look(database: Database) -> None:
    """The searches look again, and find everything anew."""
    text = "MATCH (n) WHERE n:SavedSearch OR n:Job SET n.told = null, n.due_at = $now"
    await database.run(Cypher(text, {"now": clock.now()}))
    await work(database, searches.KINDS, asyncio.Event(), until_idle=True)


@pytest.mark.policy("K05")
async def test_what_a_saved_search_finds_is_heard_by_whom_it_was_saved_for(
    database: Database, engine: Engine
) -> None:
    await build_town(database)
    given = {"looks_for": "MENTORS", "asking_id": "a1", "worker_id": "a1"}
    await perform(database, OPERATIONS["saveSearch"], given, Actor(HERSELF, "t"), clock.now())
    viewers = {"herself": HERSELF, "another": ANOTHER, "union": EAST, "public": ANYONE}
    async with Ear(engine, MATCHES, viewers) as ear:
        await look(database)
        await ear.until("herself", 1)
        [first] = ear.heard.pop("herself")
        assert not any(ear.heard.values())
    found = [match["id"] for match in first["found"]]
    assert first["search"] == {"looksFor": "MENTORS", "found": len(found)}
    assert len(found) > 1
    await look(database)
    await work(database, searches.KINDS, asyncio.Event(), until_idle=True)
    withdrawn = "MATCH (c:Consent)-[:ABOUT_WORKER]->({id: $id}) SET c.valid_to = date('2015-01-01')"
    await database.run(Cypher(withdrawn, {"id": found[0]}))
    restarted = Engine(engine._schema, database, engine._cursors, engine._answers)
    token = first["resumeToken"]
    async with Ear(restarted, MATCHES, {"herself": HERSELF}, token) as ear:
        await ear.until("herself", 1)
        [second] = ear.heard["herself"]
    assert [match["id"] for match in second["found"]] == found[1:]


async def test_progress_of_a_plan_is_heard_by_its_union_alone(
    database: Database, engine: Engine
) -> None:
    await database.run(
        Cypher("""CREATE (:Node:MentoringPlan {id: 'plan', key: 'plan', name: '方案',
          objective: 'STABLE', state: 'SOLVING', region_path: '/m/east/'})
        CREATE (:Node:Organisation:Union {id: 'east', key: 'east', tree: 'REGION',
          path: '/m/east/'})""")
    )

    async def solve(run: Run) -> None:
        for progress, stage in ((0.1, "reading"), (0.11, "reading"), (0.5, "solving")):
            await run.tell(progress, stage)

    async def add(transaction: Transaction) -> str:
        given = {"subject": "plan"}
        return await enqueue(transaction, "solve", given, now=clock.now(), unions=["east"])

    async with Ear(engine, PROGRESS, {"east": EAST, "west": WEST, "public": ANYONE}) as ear:
        await database.write(add)
        await work(database, [Kind("solve", "", solve)], asyncio.Event(), until_idle=True)
        await ear.until("east", 3)
        heard = ear.heard["east"]
        assert [(told["verb"], told["plan"]) for told in heard] == [
            ("job.advanced", {"name": "方案"}),
            ("job.advanced", {"name": "方案"}),
            ("job.ended", {"name": "方案"}),
        ]
        assert heard[-1]["job"] == {"stage": None, "progress": 1.0, "state": "DONE"}
        assert (ear.heard["west"], ear.heard["public"]) == ([], [])


async def test_crossed_target_is_heard_by_who_counts_the_same(
    database: Database, engine: Engine
) -> None:
    await build_town(database, apprentices=1, masters=1)
    day = {"day": clock.beijing_day(clock.now())}
    target = """CREATE (:Node:TargetFigure {id: 't', key: 't', figure: 'T13', value: 3.0,
      valid_from: $day})"""
    await database.run(Cypher(target, day))
    viewers = {"all": ADMINISTRATOR, "east": EAST, "west": WEST, "public": ANYONE}
    async with Ear(engine, TARGETS, viewers) as ear:
        await work(database, targets.KINDS, asyncio.Event(), until_idle=True)
        await database.run(
            Cypher("""MATCH (j:Job) SET j.due_at = j.created_at
            CREATE (:Node:Person:Worker {id: 'w', key: 'w', skill_level: 1,
              region_path: '/m/east/'})""")
        )
        await work(database, targets.KINDS, asyncio.Event(), until_idle=True)
        await ear.until("all", 1)
        crossed = {"figure": "T13", "reached": True, "count": {"done": 3, "met": True}}
        assert ear.heard["all"] == ear.heard["east"] == [crossed]
        assert (ear.heard["west"], ear.heard["public"]) == ([], [])
