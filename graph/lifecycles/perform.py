"""The one way in which anything is done: lock, read, check, write and append the event.

All of it in one transaction, so that of two who act at once only one wins, and a refusal leaves
nothing behind.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from graph.clock import beijing_day
from graph.cypher import Cypher
from graph.database import Database, Row, Transaction
from graph.errors import DuplicateNode, TransitionRefused
from graph.lifecycles import texts
from graph.lifecycles.declare import IF_VERSION, STATE, Clock, Given, Operation
from graph.lifecycles.inputs import checked, must_follow
from graph.lifecycles.operations import possible
from graph.lifecycles.parties import allowed
from graph.model import Owned
from graph.model.declare import VERSION
from graph.viewer import Viewer
from graph.writes.events import Event, append
from graph.writes.merged import renamed, successors
from graph.writes.merged import texts as texts_in
from graph.writes.paths import derive_paths, ownerships


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: what they may see and do, and the name under which the event is kept.

    What somebody made up (`synthetic`) does is made up.
    """

    viewer: Viewer
    name: str
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class _Call:
    operation: Operation
    given: Mapping[str, Any]
    actor: Actor
    now: datetime
    key: str

    @property
    def today(self) -> date:
        return beijing_day(self.now)

    @property
    def parameters(self) -> dict[str, Any]:
        o = self.operation
        ids = {r.name: self.given.get(r.input) or ([] if r.many else None) for r in o.references}
        if not o.creates:
            ids["subject"] = self.given[o.subject_input]
        return {
            "ids": ids,
            "given": {g.input: self.given.get(g.input) for g in o.given},
            "today": self.today,
            "now": self.now,
            "key": self.key,
        }


async def perform(
    database: Database,
    operation: Operation,
    given: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> str:
    """Do it; the id of the subject. `given` is by the names of the inputs.

    Raises TransitionRefused, and has then written nothing.
    """
    if allowed(operation.by, actor.viewer) == "false":
        raise _forbidden(operation)
    inputs = checked(operation, given, beijing_day(now))
    call = _Call(operation, inputs, actor, now, _key(operation, inputs))

    async def work(transaction: Transaction) -> str:
        return await _done(transaction, call)

    try:
        return await database.write(work)
    except DuplicateNode:
        raise _twice(operation) from None
    except TransitionRefused as refused:
        known = await _merged(database, call) if refused.code == "NOT_FOUND" else {}
        if not known:
            raise
    return await perform(database, operation, renamed(dict(given), known), actor, now)


async def _merged(database: Database, call: _Call) -> Mapping[str, str]:
    """Old ids among those given -> the ids that they lead to since records were merged."""
    return await successors(database.rows, texts_in(call.parameters["ids"]))


async def _done(transaction: Transaction, call: _Call) -> str:
    o, viewer, parameters = call.operation, call.actor.viewer, call.parameters
    lock = texts.lock(o)
    if lock:
        await transaction.run(Cypher(lock, parameters, name=f"{o.name}: lock"))
    facts = texts.facts(o, viewer)
    everything = parameters | viewer.parameters
    rows = await transaction.run(Cypher(facts, everything, name=f"{o.name}: facts"))
    _check(call, rows)
    [found] = rows
    identifier = secrets.token_hex(16) if o.creates else found["ids"]["subject"]
    values = _values(call, found)
    if o.derives:
        values |= await o.derives(transaction, {**parameters, "ids": found["ids"]}, viewer)
    writing = {
        **parameters,
        "ids": {**found["ids"], "subject": identifier},
        "values": {**values, "id": identifier} if o.creates else values,
        "changed": sorted(values),
        "fresh": secrets.token_hex(16),
        "load": o.name,
        "at": call.now,
    }
    for text in texts.writes(o):
        await transaction.run(Cypher(text, writing, name=f"{o.name}: write"))
    await _own(transaction, o, values)
    event = Event(o.verb, (identifier, *_concerned(found)), tuple(sorted(values)))
    await append(transaction, [event], actor=call.actor.name, at=call.now)
    return identifier


def _check(call: _Call, rows: list[Row]) -> None:
    o = call.operation
    if not rows:
        raise _not_found(o.subject.label, o.subject_input)
    [found] = rows
    _check_references(call, found)
    if not found["allowed"]:
        raise _forbidden(o)
    _check_version(call, found)
    if o.moves and found["stored"].get(STATE) not in o.moves:
        raise _wrong_state(o, found["stored"].get(STATE))
    if found["exists"]:
        raise _twice(o)
    for g in o.given:
        must_follow(o, g, call.given, found["stored"], call.today)
    for rule, holds in zip(o.rules, found["holds"], strict=True):
        if not holds:
            raise TransitionRefused(rule.code, rule.message, field=rule.field)


def _check_version(call: _Call, found: Row) -> None:
    seen = call.given.get(IF_VERSION)
    if seen is None:
        return
    present = found["stored"][VERSION.name] - 1  # our own lock made it a new one
    if seen != present:
        text = f"it is at version {present} now; read it again, then decide"
        raise TransitionRefused("VERSION_CHANGED", text, field=IF_VERSION, version=present)


def _check_references(call: _Call, found: Row) -> None:
    for r in call.operation.references:
        asked, there = call.parameters["ids"][r.name], found["ids"][r.name]
        if (set(asked) != set(there)) if r.many else (asked is not None and there is None):
            raise _not_found(r.label, r.input)


def _values(call: _Call, found: Row) -> dict[str, Any]:
    """What is written on the subject, by property."""
    o = call.operation
    clock = {Clock.TODAY: call.today, Clock.NOW: call.now}
    values = {g.input: call.given[g.input] for g in o.given if _is_written(g, call.given)}
    values |= {n: clock[v] if isinstance(v, Clock) else v for n, v in o.sets.items()}
    if o.creates:
        made_up = call.actor.synthetic or found["synthetic"]
        values |= {"key": call.key, "source": "jiangpu", "synthetic": made_up}
        if o.subject.dated:
            values = {"valid_from": call.today, "recorded_from": call.now} | values
    after = o.moves.get(found["stored"].get(STATE, "")) if o.moves else o.begins
    return {**values, STATE: after} if after else values


def _is_written(g: Given, given: Mapping[str, Any]) -> bool:
    return g.written and given.get(g.input) is not None


async def _own(transaction: Transaction, o: Operation, values: Mapping[str, Any]) -> None:
    """Paths of a new node whose access rests on the unions it was referred to."""
    if o.creates and isinstance(o.subject.access, Owned):
        for ownership in ownerships():
            if ownership.source == o.subject.label:
                await derive_paths(transaction, ownership, [values["key"]])


def _concerned(found: Row) -> list[str]:
    """Ids of the nodes that the event is about, besides the subject."""
    ids = [i for name, i in sorted(found["ids"].items()) if name != "subject" and i]
    return [one for i in ids for one in (i if isinstance(i, list) else [i])]


def _key(o: Operation, given: Mapping[str, Any]) -> str:
    """The same for what counts as the same record; random where nothing does."""
    if not o.same:
        return f"jiangpu:{secrets.token_hex(16)}"
    body = orjson.dumps([o.subject.label, [given.get(name) for name in o.same]])
    return f"jiangpu:{hashlib.blake2b(body, digest_size=16).hexdigest()}"


def _forbidden(o: Operation) -> TransitionRefused:
    who = ", or ".join(p.description for p in o.by) or "an administrator"
    return TransitionRefused("FORBIDDEN", f"{o.name} is for {who}; ask them to do it")


def _not_found(label: str, name: str) -> TransitionRefused:
    text = f"there is no {label} with this id among those you see; check the id"
    return TransitionRefused("NOT_FOUND", text, field=name)


def _twice(o: Operation) -> TransitionRefused:
    named = ", ".join(o.same)
    text = f"there is already a {o.subject.label} of the same {named}; change that one instead"
    return TransitionRefused("ALREADY_DONE", text, field=o.same[0])


def _wrong_state(o: Operation, state: str | None) -> TransitionRefused:
    ways = possible(o.subject.label, state)
    out = f"possible now: {', '.join(ways)}" if ways else "nothing can be done to it any more"
    text = f"a {o.subject.label} that is {state} cannot be moved by {o.name}; {out}"
    return TransitionRefused("WRONG_STATE", text, field=o.subject_input, possible=ways)
