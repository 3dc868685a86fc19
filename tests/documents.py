"""Documents generated from the schema, so that a new field is asked for without anybody's help."""

import json
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
)

from graph.model import MODEL
from schema import schema

SCHEMA = schema._schema
ROOTS: Mapping[str, GraphQLField] = SCHEMA.query_type.fields
NODES = {t.label for t in MODEL.node_types} | {i.label for i in MODEL.interfaces}

Argument = Callable[[str, Any], str | None]

_FORMS = (lambda t: _single(t.label), lambda t: f"{_single(t.label)}ByKey", lambda t: t.plural)


def _single(label: str) -> str:
    return label[0].lower() + label[1:]


def by_turns(names: Iterable[str]) -> list[Any]:
    """Root fields as parameters: of the three forms a type has, one by turns; slow runs ask all."""
    later = {
        form(t)
        for n, t in enumerate(MODEL.node_types)
        for turn, form in enumerate(_FORMS)
        if turn != n % len(_FORMS)
    }
    return [pytest.param(n, marks=[pytest.mark.slow] * (n in later)) for n in names]


def small_pages(name: str, t: Any) -> str | None:
    """What nested fields are given: small pages, and groups by the first key there is."""
    if name == "first":
        return "3"
    named = get_named_type(t)
    if isinstance(t, GraphQLNonNull) and isinstance(named, GraphQLEnumType):
        value = next(iter(named.values))
        return f"[{value}]" if isinstance(t.of_type, GraphQLList) else value
    return None


def relations(t: Any) -> list[str]:
    """The names of the fields of an object that are not leaves."""
    return [name for name, f in t.fields.items() if not is_leaf_type(get_named_type(f.type))]


def selection(t: Any, depth: int, *, width: int = 100, skip: int = 0, figures: bool = True) -> str:
    """Every leaf below a type, and of each node `width` relations at most, `depth` nodes deep.

    `skip` leaves out the first relations of the topmost node.

    What lies deeper is asked for through edges, not a second time through `nodes`, and `figures`
    over the topmost connections only: of a node that is shown alone, over the first it has.
    """
    t = get_named_type(t)
    if is_leaf_type(t):
        return ""
    parts = ["__typename"]
    if isinstance(t, GraphQLUnionType | GraphQLInterfaceType):
        parts += [
            f"... on {member.name} {selection(member, depth, width=1, figures=False)}"
            for member in islice(SCHEMA.get_possible_types(t), width)
        ]
        return f"{{ {' '.join(parts)} }}"
    fields = dict(t.fields)
    if t.name in NODES:
        kept = slice(skip, skip + width) if depth > 1 else slice(0)
        for name in {*relations(t)}.difference(relations(t)[kept]):
            del fields[name]
        depth, skip = depth - 1, 0
    counts = figures and "aggregate" not in fields
    for name, f in fields.items():
        if figures or name not in {"aggregate", "groups"}:
            deeper = 1 if name == "nodes" else depth
            inner = selection(f.type, deeper, width=width, skip=skip, figures=counts)
            counts = counts and not (t.name in NODES and f.args)
            parts.append(f"{name}{arguments(f, small_pages)} {inner}")
    return f"{{ {' '.join(parts)} }}"


def arguments(field: GraphQLField, given: Argument) -> str:
    """The arguments of a field in brackets; nothing if none is given."""
    texts = [f"{name}: {text}" for name, a in field.args.items() if (text := given(name, a.type))]
    return f"({', '.join(texts)})" if texts else ""


def written(value: Any, t: Any) -> str:
    """A value of an input type as a literal."""
    t = t.of_type if isinstance(t, GraphQLNonNull) else t
    if value is None:
        return "null"
    if isinstance(t, GraphQLList):
        return f"[{', '.join(written(v, t.of_type) for v in value)}]"
    if isinstance(t, GraphQLInputObjectType):
        return f"{{{', '.join(f'{k}: {written(v, t.fields[k].type)}' for k, v in value.items())}}}"
    return value if isinstance(t, GraphQLEnumType) else json.dumps(value, ensure_ascii=False)
