"""MODEL: the one list of what exists, checked at import."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import LiteralString

from graph.errors import InvalidDeclaration
from graph.model import (
    achievements,
    associations,
    cases,
    competitions,
    flow,
    funding,
    honours,
    incentives,
    jobs,
    mass_activities,
    matching,
    mentoring,
    organisations,
    pairing,
    people,
    plans,
    policy,
    programme,
    publicity,
    searches,
    sources,
    studio_programme,
    studios,
    support,
    training,
    transfer,
    vocabularies,
)
from graph.model.declare import (
    Access,
    ClosedList,
    Interface,
    Kind,
    NodeType,
    Owned,
    Property,
    Public,
    Relation,
    RelationshipType,
    Through,
    Way,
)

__all__ = [
    "MODEL",
    "NODE",
    "SLICE_OF",
    "Access",
    "ClosedList",
    "Interface",
    "Kind",
    "Model",
    "NodeType",
    "Owned",
    "Property",
    "Public",
    "Relation",
    "RelationshipType",
    "Through",
]

NODE = Interface("Node", "节点", "Anything in the graph, by its id.", ("id", "key"))

SLICES = (
    vocabularies,
    organisations,
    people,
    studios,
    studio_programme,
    achievements,
    mentoring,
    competitions,
    mass_activities,
    support,
    incentives,
    transfer,
    pairing,
    honours,
    training,
    associations,
    flow,
    programme,
    funding,
    publicity,
    policy,
    jobs,
    plans,
    matching,
    cases,
    sources,
    searches,
)

SLICE_OF: Mapping[str, str] = MappingProxyType(
    {t.label: s.__name__.rpartition(".")[2] for s in SLICES for t in s.NODE_TYPES}
)
"""Label -> the slice of the domain that declares it, which scopes of keys name."""


@dataclass(frozen=True)
class Model:
    """All node types, interfaces and relationship types, with the ways to find them."""

    node_types: tuple[NodeType, ...]
    relationship_types: tuple[RelationshipType, ...]
    interfaces: tuple[Interface, ...]
    _by_label: dict[str, NodeType] = field(init=False, default_factory=dict[str, NodeType])

    def __post_init__(self) -> None:
        self._by_label.update({t.label: t for t in self.node_types})
        check(self)

    def node_type(self, label: str) -> NodeType:
        """The node type of a label; KeyError if there is none."""
        return self._by_label[label]

    def label(self, name: str) -> LiteralString | None:
        """The label of that name, of a node type or an interface, if there is one."""
        for declared in (*self.node_types, *self.interfaces):
            if declared.label == name:
                return declared.label
        return None

    def interface(self, label: str) -> Interface | None:
        """The interface of a label, if it is one."""
        return next((i for i in self.interfaces if i.label == label), None)

    def concrete(self, label: str) -> tuple[NodeType, ...]:
        """The node types that a label stands for: itself, or those that share an interface."""
        if label == NODE.label:
            return self.node_types
        return tuple(t for t in self.node_types if label in (t.label, *t.interfaces))

    @cached_property
    def relations(self) -> dict[str, tuple[Relation, ...]]:
        """Label -> what leads away from its nodes, in either direction."""
        return {t.label: tuple(self._relations_of(t)) for t in self.node_types}

    def relation(self, label: str, name: str) -> Relation:
        """One relation of a node type by its name; KeyError if there is none."""
        return {r.name: r for r in self.relations[label]}[name]

    def _relations_of(self, node_type: NodeType) -> Iterator[Relation]:
        for r in self.relationship_types:
            if r.source == node_type.label:
                yield Relation(
                    r.source, r.forward.name, r.type, True, r.target, r.forward.many,
                    r.forward.description, r.properties, r.forward.zh, r.forward.walk,
                )  # fmt: skip
            if r.target == node_type.label and r.backward is not None:
                yield Relation(
                    r.target, r.backward.name, r.type, False, r.source, r.backward.many,
                    r.backward.description, r.properties, r.backward.zh, r.backward.walk,
                )  # fmt: skip


def check(model: Model) -> None:
    """Refuse a model that contradicts itself; raises InvalidDeclaration."""
    _unique("label", [t.label for t in model.node_types])
    _unique("plural", [t.plural for t in model.node_types])
    for r in model.relationship_types:
        for label in (r.source, r.target):
            if not model.concrete(label):
                raise InvalidDeclaration(f"{r.type}: no node type {label!r}")
    for t in model.node_types:
        _check_node_type(model, t)


def _check_node_type(model: Model, t: NodeType) -> None:
    names = [p.name for p in t.all_properties]
    spelt = [*(n.replace("_", "") for n in names), *(r.name for r in model.relations[t.label])]
    _unique(f"name on {t.label}", [name.lower() for name in spelt])
    for p in t.all_properties:
        if (p.kind in {Kind.CHOICE, Kind.CHOICES}) != (p.choices is not None):
            raise InvalidDeclaration(f"{t.label}.{p.name}: a CHOICE needs its closed list")
        if p.kind is Kind.CHOICES and p.choices and p.choices.ordered:
            raise InvalidDeclaration(f"{t.label}.{p.name}: CHOICES are of a list without order")
        if (p.kind is Kind.ROLE) != (p.label is not None):
            raise InvalidDeclaration(f"{t.label}.{p.name}: a ROLE needs its label")
    if t.identity is not None and t.identity not in names:
        raise InvalidDeclaration(f"{t.label}: identity {t.identity!r} is not a property")
    _check_access(model, t)
    for key in t.sort_by:
        _check_to_one(model, t, key.relation)
    for label in t.interfaces:
        _check_interface(model, t, label)


def _check_access(model: Model, t: NodeType) -> None:
    match t.access:
        case Through(relations):
            for name in relations:
                _check_to_one(model, t, name)
        case Owned(organisations, partners, persons):
            for way in (*organisations, *partners, *persons):
                _check_way(model, t, way)
        case Public():
            pass


def _check_to_one(model: Model, t: NodeType, name: str) -> None:
    try:
        relation = model.relation(t.label, name)
    except KeyError:
        raise InvalidDeclaration(f"{t.label}: no relation {name!r}") from None
    if relation.many:
        raise InvalidDeclaration(f"{t.label}.{name} is a list; a to-one relation is needed")


def _check_way(model: Model, t: NodeType, way: Way) -> None:
    label: str = t.label
    for name in way:
        try:
            label = model.relation(label, name).target
        except KeyError:
            raise InvalidDeclaration(f"{t.label}: no relation {name!r} of {label}") from None


def _check_interface(model: Model, t: NodeType, label: str) -> None:
    interface = model.interface(label)
    if interface is None:
        raise InvalidDeclaration(f"{t.label}: no interface {label!r}")
    missing = set(interface.properties) - {p.name for p in t.all_properties}
    if missing:
        raise InvalidDeclaration(f"{t.label} lacks {sorted(missing)} of {label}")


def _unique(what: str, names: list[str]) -> None:
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise InvalidDeclaration(f"{what} declared twice: {', '.join(twice)}")


MODEL = Model(
    node_types=tuple(t for s in SLICES for t in s.NODE_TYPES),
    relationship_types=tuple(r for s in SLICES for r in s.RELATIONSHIP_TYPES),
    interfaces=(NODE, organisations.ORGANISATION, people.PERSON),
)
