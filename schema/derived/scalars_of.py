"""Which GraphQL type, filter and text each kind of property has."""

from collections.abc import Mapping
from enum import Enum, EnumType
from functools import cache
from typing import Any

import strawberry
from strawberry.types.enum import EnumValueDefinition

from graph.model import ClosedList, Kind, Property
from schema.derived.fields import camel
from schema.derived.meaning import IsFigure, meant
from schema.scalars import Day, Long, Moment

_OUTPUT: dict[Kind, Any] = {
    Kind.STRING: str,
    Kind.TEXT: str,
    Kind.STRINGS: list[str],
    Kind.INTEGER: int,
    Kind.LONG: Long,
    Kind.FLOAT: float,
    Kind.BOOLEAN: bool,
    Kind.DATE: Day,
    Kind.DATETIME: Moment,
    Kind.ROLE: bool,
}

_OPERATORS: dict[str, str] = {
    "eq": "Equal; null asks for nodes without a value.",
    "ne": "Not equal, or without a value; null asks for nodes with one.",
    "in_": "One of these.",
    "not_in": "None of these, or without a value.",
    "gt": "Greater.",
    "gte": "Greater or equal.",
    "lt": "Less.",
    "lte": "Less or equal.",
    "contains": "Has this part, in the same case.",
    "starts_with": "Begins with this.",
    "ends_with": "Ends with this.",
    "has": "Holds this value.",
    "has_any": "Holds one of these values.",
    "has_all": "Holds all of these values.",
    "is_null": "True for nodes without a value, false for nodes with one.",
}
_ONE = ("eq", "ne")
_LIST = ("in_", "not_in")
_ORDER = ("gt", "gte", "lt", "lte")
_WORDS = ("contains", "starts_with", "ends_with")
_HOLDS = ("has", "has_any", "has_all")
_PLURAL = {"in_", "not_in", "has_any", "has_all"}


def described(text: str, zh: str) -> str:
    """A description with its Chinese term."""
    return f"{text} （{zh}）" if zh and zh not in text else text


@cache
def enum_of(choices: ClosedList) -> Any:
    """The GraphQL enum of a closed list."""
    values: dict[str, EnumValueDefinition] = {
        c.name: strawberry.enum_value(c.name, description=described(c.description, c.zh))
        for c in choices.choices
    }
    return strawberry.enum(
        python_enum(choices.name, values),
        name=choices.name,
        description=described(choices.description, choices.zh),
    )


def python_enum(name: str, values: Mapping[str, EnumValueDefinition]) -> EnumType:
    """A Python enum made at run time, as Strawberry wants it."""
    made: Any = Enum(name, dict(values))  # pyright: ignore[reportArgumentType]
    return made


def written_type(p: Property) -> Any:
    """The GraphQL type of a value of a property."""
    if p.choices is None:
        return _OUTPUT[p.kind]
    one = enum_of(p.choices)
    return list[one] if p.kind is Kind.CHOICES else one


def output_of(p: Property) -> Any:
    """The GraphQL type of a property; personal ones may always be absent."""
    given = written_type(p)
    required = (p.required and not p.personal) or p.kind is Kind.ROLE
    return given if required else given | None


def filter_of(p: Property) -> Any:
    """The shared filter input for properties of this kind."""
    if p.choices:
        several = p.kind is Kind.CHOICES
        ordered = _ORDER if p.choices.ordered else ()
        operators = _HOLDS if several else (*_ONE, *_LIST, *ordered)
        name = f"{p.choices.name}s" if several else p.choices.name
        return _filter(name, enum_of(p.choices), operators)
    match p.kind:
        case Kind.STRING:
            return _filter("String", str, (*_ONE, *_LIST, *_ORDER, *_WORDS))
        case Kind.TEXT:
            return _filter("Text", str, _WORDS)
        case Kind.STRINGS:
            return _filter("Strings", str, _HOLDS)
        case Kind.BOOLEAN | Kind.ROLE:
            return _filter("Boolean", bool, ("eq",))
        case _:
            return _filter(p.kind.value, _OUTPUT[p.kind], (*_ONE, *_LIST, *_ORDER))


@cache
def _filter(name: str, value: Any, operators: tuple[str, ...]) -> Any:
    annotations: dict[str, Any] = {
        o: (list[value] if o in _PLURAL else value) | None for o in operators
    } | {"is_null": bool | None}
    fields = {
        o: strawberry.field(default=strawberry.UNSET, description=_OPERATORS[o], name=camel(o))
        for o in annotations
    }
    return strawberry.input(
        type(f"{name}Filter", (), {"__annotations__": annotations, **fields}),
        name=f"{name}Filter",
        description=(
            f"Conditions on a {name}; all that are given must hold. "
            "An operator that is null asks nothing, but for `eq` and `ne`."
        ),
    )


@cache
def figures_of(kind: Kind) -> Any:
    """The type that holds the figures of one measured property, or None if there are none."""
    functions = figures(kind)
    if not functions:
        return None
    annotations = {f: _OUTPUT[figure_kind(f, kind)] | None for f in functions}
    fields = {
        f: strawberry.field(description=_FIGURES[f], metadata=meant(IsFigure(f))) for f in functions
    }
    name = f"{kind.value}Figures"
    return strawberry.type(
        type(name, (), {"__annotations__": annotations, **fields}),
        name=name,
        description=f"Figures over the values of a {kind.value}.",
    )


_FIGURES = {
    "min": "Least value.",
    "max": "Greatest value.",
    "mean": "Arithmetic mean.",
    "sum": "Sum.",
}


def figure_kind(function: str, kind: Kind) -> Kind:
    """What a figure over values of a kind is."""
    if function == "mean":
        return Kind.FLOAT
    return Kind.LONG if function == "sum" and kind is Kind.INTEGER else kind


def figures(kind: Kind) -> tuple[Any, ...]:
    """Which figures a kind of property has."""
    if kind in {Kind.INTEGER, Kind.FLOAT, Kind.LONG}:
        return ("min", "max", "mean", "sum")
    return ("min", "max") if kind in {Kind.DATE, Kind.DATETIME} else ()
