"""No sequence of calls, also at once, reaches a state that breaks a rule."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings, strategies

from graph.cypher import Cypher, literal
from graph.database import Database
from graph.errors import TransitionRefused
from graph.lifecycles.declare import Operation
from graph.lifecycles.operations import OPERATIONS
from tests.seeded import WIPE
from tests.stories import STORIES
from tests.stories.told import Call, Story, Teller

ROUNDS = 12
_MOVES = """
MATCH (change:Change {property: 'state'})-[:CHANGE_OF]->(n)
RETURN DISTINCT labels(n) AS labels, change.old AS old, change.new AS new
"""


@pytest.mark.parametrize("name", STORIES)
@settings(max_examples=max(2, settings().max_examples // 5))
@given(draws=strategies.data())
async def test_no_sequence_of_calls_breaks_a_rule(
    open_session_database: Database, name: str, draws: strategies.DataObject
) -> None:
    await open_session_database.run(WIPE)
    story, teller = STORIES[name], Teller(open_session_database)
    await teller.world(story.world)
    begun = draws.draw(strategies.integers(0, len(story.calls)))
    for call in story.calls[:begun]:
        await teller.tell(call)
    for _ in range(ROUNDS):
        calls = [await _drawn(teller, story, draws) for _ in range(2)]
        done = await asyncio.gather(*map(teller.perform, calls), return_exceptions=True)
        for one in done:
            assert isinstance(one, str | TransitionRefused), (calls, one)
        for what, text in story.never.items():
            broken = await open_session_database.rows(Cypher(literal(text)))
            assert not broken, (what, broken, calls)
    for move in await open_session_database.rows(Cypher(_MOVES)):
        assert any(_declares(o, move) for o in OPERATIONS.values()), move


_PLACES = strategies.integers(0, 11)  # the same range however many there are, or nothing replays


async def _drawn(teller: Teller, story: Story, draws: strategies.DataObject) -> Call:
    """A call of the story, with references to any node of their type and values it may have."""
    call = draws.draw(strategies.sampled_from(story.calls))
    o = OPERATIONS[call.operation]
    inputs = dict(call.given)
    labels = {r.input: r.label for r in o.references}
    many = {r.input for r in o.references if r.many}
    if not o.creates:
        labels[o.subject_input] = o.subject.label
    for name, label in labels.items():
        if name in inputs:
            text = f"MATCH (n:Node:{label}) WITH n ORDER BY n.key RETURN collect(n.id)"
            ids = await teller.value(text) or ["nobody"]
            one = ids[draws.draw(_PLACES) % len(ids)]
            inputs[name] = [one] if name in many else one
    optional = [g.input for g in o.given if not g.required and g.input in inputs]
    for name in draws.draw(strategies.sets(strategies.sampled_from(optional))) if optional else ():
        del inputs[name]
    for g in o.given:
        if g.of.choices and g.input in inputs:
            inputs[g.input] = draws.draw(strategies.sampled_from(list(g.of.choices.stored)))
    day = draws.draw(strategies.sampled_from([c.later for c in story.calls]))
    return Call(call.operation, inputs, by=call.by, later=day + timedelta(seconds=1))


def _declares(o: Operation, move: Mapping[str, Any]) -> bool:
    return o.subject.label in move["labels"] and o.moves.get(move["old"]) == move["new"]
