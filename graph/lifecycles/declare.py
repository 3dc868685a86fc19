"""The words in which operations are declared: what may be done to what, by whom, by which rules.

The engine, the GraphQL mutations and the tests are derived from these declarations.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, LiteralString

from graph.cypher import literal
from graph.database import Transaction
from graph.errors import InvalidDeclaration
from graph.lifecycles.parties import Party
from graph.model import MODEL, NodeType, Property, Relation
from graph.rules.rule import Rule
from graph.viewer import Viewer

STATE = "state"
IF_VERSION = "if_version"
"""The input of every operation on an existing node: the version that the caller has seen."""


class Clock(Enum):
    """What an operation writes by itself: the day or the moment at which it happens."""

    TODAY = "today"
    NOW = "now"


Derive = Callable[[Transaction, Mapping[str, Any], Viewer], Awaitable[Mapping[str, Any]]]
"""In the call's transaction, from its parameters and who acts: values for the subject."""


@dataclass(frozen=True, slots=True)
class Given:
    """A value that the caller gives, written on the subject unless it only serves the rules.

    `not_before` and `after` name the day that it must not lie before, or must lie after: another
    input, a property of the subject, or `today`; `not_after` likewise.
    """

    of: Property
    required: bool = False
    not_before: LiteralString = ""
    after: LiteralString = ""
    not_after: LiteralString = ""
    written: bool = True

    @property
    def input(self) -> LiteralString:
        """Its name among the inputs."""
        return self.of.name


@dataclass(frozen=True, slots=True)
class Reference:
    """A node that the caller names by its id; `relation` leads to it from the subject.

    Without a relation it only serves the rules and the effect.
    """

    name: LiteralString
    label: LiteralString
    description: str
    relation: LiteralString = ""
    required: bool = True
    many: bool = False

    @property
    def input(self) -> LiteralString:
        """Its name among the inputs."""
        return f"{self.name.removesuffix('s')}_ids" if self.many else f"{self.name}_id"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Operation:
    """One thing that can be done: it creates a record, or moves one from state to state.

    `begins` is the state of a new record; `moves` says from which states a step leads to which.
    An operation with `moves` or `changes` needs the subject's id, any other creates it. `same` are
    the inputs that make a second record the same as the first. `reaches` are to-one relations of
    the subject that rules and effects may use; `locks` are those, or references, whose facts
    must not change before the commit; `rivals` is a property, and all records with the subject's
    value of it are locked, too. `derives` finds values for the subject that no single text can.
    `effect` is Cypher that does what else follows; it may use `$fresh`, a new id.
    """

    name: LiteralString
    subject: NodeType
    verb: str
    description: str
    by: tuple[Party, ...]
    begins: LiteralString = ""
    moves: Mapping[str, str] = field(default_factory=dict[str, str])
    changes: bool = False
    given: tuple[Given, ...] = ()
    references: tuple[Reference, ...] = ()
    sets: Mapping[LiteralString, Any] = field(default_factory=dict[LiteralString, Any])
    same: tuple[LiteralString, ...] = ()
    reaches: tuple[LiteralString, ...] = ()
    locks: tuple[LiteralString, ...] = ()
    rivals: LiteralString = ""
    rules: tuple[Rule, ...] = ()
    derives: Derive | None = None
    effect: LiteralString = ""
    policy: tuple[str, ...] = ()

    @property
    def creates(self) -> bool:
        """Whether the subject comes into being."""
        return not self.moves and not self.changes

    @property
    def subject_input(self) -> LiteralString:
        """The input that names the subject of a step."""
        return f"{snake(self.subject.label)}_id"

    @property
    def reached(self) -> dict[LiteralString, Relation]:
        """Name -> relation of the subject."""
        return {name: MODEL.relation(self.subject.label, name) for name in self.reaches}

    @property
    def required(self) -> Iterator[LiteralString]:
        """Names of the inputs that must be given."""
        if not self.creates:
            yield self.subject_input
        for named in (*self.references, *self.given):
            if named.required:
                yield named.input


def snake(label: LiteralString) -> LiteralString:
    """From PascalCase to snake_case."""
    words = "".join(f"_{c.lower()}" if c.isupper() else c for c in label)
    return literal(words.lstrip("_"))


def check(operations: tuple[Operation, ...]) -> None:
    """Refuse operations that contradict themselves or the model; raises InvalidDeclaration."""
    names = [o.name for o in operations]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InvalidDeclaration(f"operations declared twice: {', '.join(twice)}")
    for operation in operations:
        for complaint in _complaints(operation):
            raise InvalidDeclaration(f"{operation.name}: {complaint}")


def _complaints(o: Operation) -> Iterator[str]:
    own = {p.name for p in o.subject.all_properties}
    relations = {r.name: r for r in MODEL.relations[o.subject.label]}
    written = [g.input for g in o.given if g.written]
    yield from (
        f"{n!r} is no property" for n in (*written, *o.sets, o.rivals) if n and n not in own
    )
    known = {*(r.name for r in o.references), *o.reaches}
    yield from (f"{n!r} is locked, but not bound" for n in o.locks if n not in known)
    yield from (f"no to-one relation {n!r}" for n in o.reaches if not _to_one(relations, n))
    for r in o.references:
        if r.relation and r.relation not in relations:
            yield f"no relation {r.relation!r}"
        if not MODEL.concrete(r.label):
            yield f"no node type {r.label!r}"
    inputs = {*(g.input for g in o.given), *(r.input for r in o.references)}
    yield from (f"{n!r} makes it the same, but is no input" for n in o.same if n not in inputs)
    if o.begins or o.moves:
        states = o.subject.property(STATE).choices
        declared = {c.name for c in states.choices} if states else set[str]()
        named = {*filter(None, [o.begins]), *o.moves, *o.moves.values()}
        yield from (f"no state {n!r}" for n in sorted(named - declared))


def _to_one(relations: Mapping[str, Relation], name: str) -> bool:
    return name in relations and not relations[name].many
