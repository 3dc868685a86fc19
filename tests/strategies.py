"""Hypothesis strategies over the schema: values of its input types, and whole documents."""

from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
)
from hypothesis import strategies as st

from tests.documents import NODES, ROOTS, SCHEMA, written
from tests.seeded import OPEN, WORD, named

TEXTS = st.sampled_from(
    [
        *(f"{WORD} {OPEN.name} {p} {n}" for p in ("name", "code", "title") for n in range(2)),
        *(f"{OPEN.name}:{label}-0" for label in ("Worker", "Skill", "Patent")),
        f"{OPEN.name} 1",
        "",
        "open",
        "'\"`\\ {} $p0 }) RETURN 1 //",
    ]
)
IDS = st.sampled_from([OPEN.id(label, n) for label in sorted(NODES) for n in range(2)])
SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "Int": st.integers(1998, 2004) | st.integers(-(2**31), 2**31 - 1),
    "Long": st.integers(1998, 2004) | st.integers(-(2**53), 2**53),
    "Float": st.floats(0, 1) | st.sampled_from([0.2, 0.2001, -1e300]),
    "String": TEXTS,
    "ID": IDS,
    "Boolean": st.booleans(),
    "Date": st.dates().map(str) | st.sampled_from(["2020-01-01", "2020-01-02"]),
    "DateTime": st.sampled_from(["2020-01-01T08:00:00+08:00", "2020-01-02", "2020-01-01T00:00Z"]),
}


def values_of(t: Any, depth: int = 2) -> st.SearchStrategy[Any]:
    """Values of an input type as JSON, input objects at most `depth` deep."""
    if isinstance(t, GraphQLNonNull):
        return values_of(t.of_type, depth)
    if isinstance(t, GraphQLList):
        unique = isinstance(get_named_type(t), GraphQLEnumType)
        return st.lists(values_of(t.of_type, depth), max_size=2, unique=unique)
    if isinstance(t, GraphQLEnumType):
        return st.sampled_from(list(t.values))
    if not isinstance(t, GraphQLInputObjectType):
        return SCALARS[t.name]
    shallow = [n for n, f in t.fields.items() if is_leaf_type(get_named_type(f.type))]
    names = list(t.fields) if depth else shallow
    some = st.lists(st.sampled_from(names), max_size=2, unique=True) if names else st.just([])
    return some.flatmap(
        lambda chosen: st.fixed_dictionaries({n: _part(t, n, depth) for n in chosen})
    )


def _part(t: GraphQLInputObjectType, name: str, depth: int) -> st.SearchStrategy[Any]:
    values = values_of(t.fields[name].type, depth - 1)
    return st.none() | values if depth < 1 else values


@dataclass
class Document:
    """An operation under construction: each value may stand in it or come as a variable."""

    draw: Any
    definitions: list[str] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)
    keys: int = 0

    def often(self) -> bool:
        return self.draw(st.booleans())

    def seldom(self) -> bool:
        return self.draw(st.integers(0, 4)) == 0

    def given(self, value: Any, t: Any) -> str:
        """A value as a literal or as a variable."""
        if self.often():
            return written(value, t)
        name = f"v{len(self.variables)}"
        self.variables[name] = value
        self.definitions.append(f"${name}: {t}")
        return f"${name}"

    def field(self, name: str, f: Any, depth: int, *, alias: bool = False) -> str:
        """One field with arguments, an alias, a directive, and what lies below it."""
        arguments = self.arguments(name, f)
        alias = alias or bool(arguments) or self.seldom()
        self.keys += alias
        return (
            f"{f'a{self.keys}: ' if alias else ''}{name}{arguments}{self.directive()}"
            f"{self.below(f.type, depth)}"
        )

    def directive(self) -> str:
        if not self.seldom():
            return ""
        name = self.draw(st.sampled_from(["include", "skip"]))
        return (
            f" @{name}(if: {self.given(self.often(), GraphQLNonNull(SCHEMA.type_map['Boolean']))})"
        )

    def arguments(self, field: str, f: Any) -> str:
        """Those of a root field mostly name something that is there."""
        chosen: dict[str, Any] = {}
        there = named(field) if f is ROOTS.get(field) else {}
        for name, a in f.args.items():
            required = isinstance(a.type, GraphQLNonNull)
            if name in {"after", "before"} or (name == "last" and "first" in chosen):
                continue
            if required or self.seldom() or (name == "filter" and self.often()):
                values = _ARGUMENTS[name] if name in _ARGUMENTS else values_of(a.type)
                chosen[name] = self.draw(st.just(there[name]) | values if name in there else values)
        texts = [f"{name}: {self.given(v, f.args[name].type)}" for name, v in chosen.items()]
        return f"({', '.join(texts)})" if texts else ""

    def below(self, t: Any, depth: int) -> str:
        """A selection of a few fields, sometimes in a fragment."""
        t = get_named_type(t)
        if is_leaf_type(t):
            return ""
        text = self.selected(t, depth - 1 if t.name in NODES else depth)
        if not self.seldom():
            return f" {{ {text} }}"
        if self.often():
            return f" {{ ... on {t.name}{self.directive()} {{ {text} }} }}"
        name = f"F{len(self.fragments)}"
        self.fragments.append(f"fragment {name} on {t.name} {{ {text} }}")
        return f" {{ ...{name} ...{name} }}"

    def selected(self, t: Any, depth: int) -> str:
        if isinstance(t, GraphQLUnionType | GraphQLInterfaceType):
            members = SCHEMA.get_possible_types(t)
            some = self.draw(st.lists(st.sampled_from(members), max_size=2, unique=True))
            inner = [f"... on {m.name} {{ {self.fields(m, depth, alias=True)} }}" for m in some]
            return " ".join(["__typename", *inner])
        return self.fields(t, depth)

    def fields(self, t: Any, depth: int, *, alias: bool = False) -> str:
        names = [n for n, f in t.fields.items() if depth > 0 or _stays(f.type)]
        some = self.draw(st.lists(st.sampled_from(names), min_size=1, max_size=4))
        texts = [self.field(name, t.fields[name], depth, alias=alias) for name in some]
        return " ".join([*texts, *(["__typename"] if self.seldom() else [])])


def _stays(t: Any) -> bool:
    """Whether a field leads to no other node."""
    t = get_named_type(t)
    return is_leaf_type(t) or all(is_leaf_type(get_named_type(f.type)) for f in t.fields.values())


_ARGUMENTS: dict[str, st.SearchStrategy[Any]] = {
    "first": st.integers(1, 3),
    "last": st.integers(1, 3),
    "generations": st.integers(1, 3),
    "longest": st.integers(1, 3),
    "key": TEXTS,
}


@st.composite
def documents(draw: Any) -> tuple[str, dict[str, Any]]:
    """A query of one or two root fields, and its variables."""
    document = Document(draw)
    names = draw(st.lists(st.sampled_from(list(ROOTS)), min_size=1, max_size=2))
    texts = [document.field(name, ROOTS[name], 3, alias=True) for name in names]
    defined = f"({', '.join(document.definitions)})" if document.definitions else ""
    text = f"query Q{defined} {{ {' '.join(texts)} }} {' '.join(document.fragments)}"
    return text, document.variables
