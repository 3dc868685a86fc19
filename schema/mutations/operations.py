"""Mutations, derived from the declared operations: one input, and a result or a named problem."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry

from graph.errors import InvalidRequest, TransitionRefused
from graph.lifecycles.declare import IF_VERSION, Operation, snake
from graph.lifecycles.operations import OPERATIONS
from graph.lifecycles.perform import Actor, perform
from graph.lifecycles.texts import described as description_of
from graph.model import MODEL, SLICE_OF
from schema.asked import Asked, asked
from schema.derived.fields import argument, camel, field, made
from schema.derived.objects import OBJECTS
from schema.derived.scalars_of import described, written_type
from schema.plan.ask import Answer, Ask
from schema.plan.pages import plain
from schema.problems import PROBLEM, Problem, problem_of


@dataclass(frozen=True, slots=True)
class Changed:
    """A node as it is now, for the type whose name the class made of it bears."""

    values: Mapping[str, Any]


def _actor(ask: Ask) -> Actor:
    return Actor(ask.viewer, ask.viewer.name)


def _changed(label: str) -> tuple[type[Changed], Any]:
    """The Python class whose objects are shown, and the union that is returned."""
    name = f"{label}Changed"
    t = MODEL.node_type(label)
    shown = made(
        name,
        f"A {label} after an operation.",
        field(snake(t.label), OBJECTS[label] | None, described("It as it is now.", t.zh)),
    )
    text = f"What was done to a {label}, or why it was not."
    union = Annotated[shown | PROBLEM, strawberry.union(f"{label}Outcome", description=text)]
    return type(name, (Changed,), {"__slots__": ()}), union


_CHANGED = {label: _changed(label) for label in {o.subject.label: o for o in OPERATIONS.values()}}


def _input(o: Operation) -> Any:
    name = o.name[0].upper() + o.name[1:] + "Input"
    annotations: dict[str, Any] = {}
    defaults: dict[str, Any] = {}
    required = set(o.required)
    for n, (kind, text) in _inputs(o):
        needed = n in required
        annotations[n] = kind if needed else kind | None
        more = {} if needed else {"default": strawberry.UNSET}
        defaults[n] = strawberry.field(description=text, name=camel(n), **more)
    ordered = sorted(annotations, key=lambda n: n not in required)
    return strawberry.input(
        type(name, (), {"__annotations__": {n: annotations[n] for n in ordered}, **defaults}),
        name=name,
        description=f"What `{o.name}` is given.",
    )


def _inputs(o: Operation) -> Iterator[tuple[str, tuple[Any, str]]]:
    if not o.creates:
        yield o.subject_input, (strawberry.ID, f"Id of the {o.subject.label}.")
    for r in o.references:
        kind = list[strawberry.ID] if r.many else strawberry.ID
        yield r.input, (kind, f"{'Ids' if r.many else 'Id'}: {r.description}")
    if not o.creates:
        yield IF_VERSION, (int, "Only if it is still at this version, else VERSION_CHANGED.")
    for g in o.given:
        yield g.input, (written_type(g.of), described(g.of.description, g.of.zh))


def _answer(o: Operation) -> Answer:
    shown, _ = _CHANGED[o.subject.label]
    name = snake(o.subject.label)

    part = SLICE_OF[o.subject.label]

    async def answer(ask: Ask) -> Changed | Problem:
        if not ask.viewer.may_write(part):
            raise InvalidRequest("FORBIDDEN", f"this role or key may not change anything of {part}")
        given = {n: v for n, v in plain(ask.given["input"]).items() if v is not None}
        try:
            subject = await perform(ask.database, o, given, _actor(ask), ask.now)
        except TransitionRefused as refused:
            return problem_of(refused)
        return shown(await ask.fetch(**{name: subject}))

    return answer


def _mutation(o: Operation) -> Asked:
    given = argument("input", _input(o), "What it is given.", required=True)
    result = _CHANGED[o.subject.label][1] | None  # null with an error; earlier mutations stay
    return asked(o.name, result, description_of(o), _answer(o), given)


MUTATIONS = tuple(_mutation(o) for o in OPERATIONS.values())
