"""Every declared operation: it does what it says, and every wrong call of it changes nothing."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from graph.cypher import Cypher, literal
from graph.database import Database
from graph.errors import TransitionRefused
from graph.lifecycles.declare import IF_VERSION, STATE, Given, Operation
from graph.lifecycles.operations import OPERATIONS, possible
from graph.lifecycles.perform import Actor, perform
from graph.model import Kind
from graph.viewer import ANYONE, AUDITOR, Role, Viewer
from tests.integration.conftest import Ask
from tests.stories import STORIES
from tests.stories.told import NOW, Call, Teller

STRANGER = Viewer(frozenset({Role.UNION}), ("/elsewhere/",))
SOMEBODY = Viewer(frozenset({Role.WORKER, Role.MASTER}), person="somebody")


@dataclass(frozen=True)
class Wrong:
    """A call that must be refused: what is wrong with it, and how the problem is named."""

    what: str
    given: Mapping[str, Any]
    codes: tuple[str, ...]
    field: str | None = None
    by: Viewer | None = None


def test_every_operation_has_its_place_in_a_story() -> None:
    told = {call.operation for story in STORIES.values() for call in story.calls}
    assert told == set(OPERATIONS)


@pytest.mark.parametrize("name", STORIES)
async def test_operations_do_what_they_say_and_refusals_change_nothing(
    database: Database, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    story = STORIES[name]
    teller = Teller(database)
    await teller.world(story.world)
    for call in story.calls:
        given = await teller.inputs(call)
        before = await _everything(database)
        for wrong in _wrong(OPERATIONS[call.operation], given, call):
            await _refused(database, call, wrong)
        await _refused_in_every_other_state(database, call, given)
        assert await _everything(database) == before, call
        teller.remember(call, await _performed(database, call, given))
        before = await _everything(database)
        await _refused(database, call, Wrong("a second time", given, ()))
        assert await _everything(database) == before, call
        assert "will be retried" not in caplog.text, call  # who comes second waits, no more


async def test_mutation_returns_the_changed_node_or_a_named_problem(
    database: Database, ask: Ask
) -> None:
    await database.run(Cypher(literal(STORIES["mentoring"].world)))
    text = """mutation ($input: ProposePairingInput!) { proposePairing(input: $input) {
      ... on MentoringAgreementChanged { mentoringAgreement { state mode master { id } } }
      ... on Problem { code field message possible } } }"""
    given = {"workerId": "learner", "masterId": "master", "mode": "PAIR"}
    done = await ask(text, input=given)
    agreement = {"state": "PROPOSED", "mode": "PAIR", "master": {"id": "master"}}
    assert done == {"proposePairing": {"mentoringAgreement": agreement}}
    problem = (await ask(text, input={**given, "workerId": "nobody"}))["proposePairing"]
    assert (problem["code"], problem["field"]) == ("NOT_FOUND", "workerId")
    assert (problem["possible"], "check the id" in problem["message"]) == ([], True)


async def _performed(database: Database, call: Call, given: Mapping[str, Any]) -> str:
    """Of two who do it at once one wins."""
    o = OPERATIONS[call.operation]
    before = await _stored(database, given.get(o.subject_input))
    if not o.creates:
        given = {**given, IF_VERSION: before["values"].get("version", 0)}
    twice = [
        perform(database, o, given, Actor(call.by, "test"), NOW + call.later) for _ in range(2)
    ]
    done = await asyncio.gather(*twice, return_exceptions=True)
    [subject] = [one for one in done if isinstance(one, str)]
    assert any(isinstance(one, TransitionRefused) for one in done), (call, done)
    after = await _stored(database, subject)
    assert after["labels"] >= {"Node", o.subject.label, *o.subject.interfaces}, call
    if o.moves:
        assert after["values"][STATE] == o.moves[before["values"][STATE]], call
    if o.begins:
        assert after["values"][STATE] == o.begins, call
    declared = {p.name for p in o.subject.all_properties}
    assert after["values"].keys() <= declared | {"scope_tokens", "load", "version"}, call
    return subject


async def _stored(database: Database, subject: str | None) -> Mapping[str, Any]:
    text = "MATCH (n:Node {id: $id}) RETURN [labels(n), properties(n)]"
    found = await database.value(Cypher(text, {"id": subject}))
    return {"labels": set(found[0]), "values": found[1]} if found else {}


async def _refused(database: Database, call: Call, wrong: Wrong) -> TransitionRefused:
    what = (call.operation, wrong.what)
    actor = Actor(wrong.by or call.by, "test")
    with pytest.raises(TransitionRefused) as refused:
        await perform(database, OPERATIONS[call.operation], wrong.given, actor, NOW + call.later)
    assert not wrong.codes or refused.value.code in wrong.codes, (what, refused.value.code)
    assert wrong.field is None or refused.value.field == wrong.field, (what, refused.value.field)
    assert str(refused.value), what
    return refused.value


async def _refused_in_every_other_state(
    database: Database, call: Call, given: Mapping[str, Any]
) -> None:
    o = OPERATIONS[call.operation]
    states = o.subject.property(STATE).choices if o.moves else None
    if states is None:
        return
    subject = given[o.subject_input]
    stored = (await _stored(database, subject))["values"][STATE]
    for state in states.stored:
        if state not in o.moves:
            await _set_state(database, subject, state)
            refused = await _refused(database, call, Wrong(state, given, ("WRONG_STATE",)))
            assert list(refused.possible) == possible(o.subject.label, state)
    await _set_state(database, subject, stored)


async def _set_state(database: Database, subject: str, state: str) -> None:
    text = "MATCH (n:Node {id: $id}) SET n.state = $state"
    await database.run(Cypher(text, {"id": subject, "state": state}))


async def _everything(database: Database) -> list[str]:
    text = """
    MATCH (n)
    RETURN labels(n) AS labels, properties(n) AS values,
      COLLECT { MATCH (n)-[r]->(far) RETURN [type(r), properties(r), elementId(far)] } AS edges
    """
    return sorted([_ordered(row) for row in await database.rows(Cypher(text))])


def _ordered(row: Mapping[str, Any]) -> str:
    edges = sorted([repr(edge) for edge in row["edges"]])
    return repr((sorted(row["labels"]), sorted(row["values"].items()), edges))


def _wrong(o: Operation, given: Mapping[str, Any], call: Call) -> Iterator[Wrong]:
    """Every way in which a call can be wrong that follows from the declaration."""
    yield Wrong("an unknown input", {**given, "nonsense": 1}, ("UNKNOWN",), "nonsense")
    yield Wrong("no role", given, ("FORBIDDEN",), by=ANYONE)
    yield Wrong("an auditor", given, ("FORBIDDEN",), by=AUDITOR)
    yield Wrong("some person", given, ("FORBIDDEN", "NOT_FOUND"), by=SOMEBODY)
    if not any(p.everywhere for p in o.by):
        yield Wrong("a stranger", given, ("FORBIDDEN", "NOT_FOUND"), by=STRANGER)
    for name in o.required:
        yield Wrong(f"no {name}", {n: v for n, v in given.items() if n != name}, ("MISSING",), name)
    for r in o.references:
        unknown = ["nobody"] if r.many else "nobody"
        yield Wrong(f"unknown {r.input}", {**given, r.input: unknown}, ("NOT_FOUND",), r.input)
    if not o.creates:
        name = o.subject_input
        yield Wrong(f"unknown {name}", {**given, name: "nobody"}, ("NOT_FOUND",), name)
        other = {**given, IF_VERSION: 99_999}
        yield Wrong("another version", other, ("VERSION_CHANGED",), IF_VERSION)
    for g in o.given:
        yield from _wrong_values(g, given, call)


def _wrong_values(g: Given, given: Mapping[str, Any], call: Call) -> Iterator[Wrong]:
    name = g.input
    if g.required and g.of.kind in {Kind.STRING, Kind.TEXT}:
        yield Wrong(f"blank {name}", {**given, name: "  "}, ("MISSING",), name)
    if g.of.minimum is not None:
        low = g.of.minimum - 1
        yield Wrong(f"low {name}", {**given, name: low}, ("TOO_SMALL",), name)
    if g.of.choices is not None:
        yield Wrong(f"unknown {name}", {**given, name: "NONSENSE"}, ("UNKNOWN",), name)
    today = (NOW + call.later).date()
    for other, step in ((g.not_before, -1), (g.after, 0), (g.not_after, 1)):
        if other:
            day = (
                today
                if other == "today"
                else given.get(other, date(2999 if step > 0 else 1900, 1, 1))
            )
            wrong = day + timedelta(step)
            yield Wrong(f"{name} and {other}", {**given, name: wrong}, ("DATES",), name)
