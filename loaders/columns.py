"""What the columns of a file mean: names and terms of the model, in Chinese or English."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from graph.errors import JiangpuError
from graph.model import MODEL, NodeType, Property, Relation, RelationshipType


class UnknownColumns(JiangpuError):
    """The columns of a file do not fit the type it is loaded as; the text ends with what to do."""


class Role(Enum):
    """Columns that are neither a property nor a relation."""

    EXTERNAL_ID = "external_id"
    KEY = "key"
    FROM = "from"
    TO = "to"
    OURS = "kept by the program"


Meaning = Property | Relation | Role

_EXTERNAL_ID = ("external_id", "外部编号", "编号", "工号")
_FROM = ("from", "source", "从", "起点")
_TO = ("to", "target", "到", "终点")
_OURS = frozenset({"id", "source", "recorded_from", "recorded_to"})
_IGNORED_IN_NAMES = re.compile(r"[\s_\-\u200b\ufeff]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file that mean something, by what they mean."""

    roles: Mapping[Role, str]
    properties: Mapping[str, Property]
    relations: Mapping[str, Relation]

    @property
    def headers(self) -> dict[str, str]:
        """Property name -> the column as the file writes it."""
        named = {p.name: column for column, p in self.properties.items()}
        given = {r.value: column for r, column in self.roles.items()}
        return {**named, **given}


def node_columns(
    node_type: NodeType, columns: Sequence[str], *, ignore_unknown: bool = False
) -> Columns:
    """What the columns say about nodes; raises UnknownColumns that lists what is known."""
    names = dict(_node_names(node_type))
    telling = {fold(name) for name, m in names.items() if _tells_apart(m, node_type)}
    if telling.isdisjoint(map(fold, columns)):
        names["id"] = Role.EXTERNAL_ID
    found = _meanings_of(columns, names, ignore_unknown=ignore_unknown)
    if not any(_tells_apart(m, node_type) for m in (*found.roles, *found.properties.values())):
        raise UnknownColumns(
            f"no column tells one {node_type.label} from another; add "
            f"{node_type.identity or 'external_id (编号)'} or key"
        )
    given = {p.name for p in found.properties.values()}
    if missing := [p for p in node_type.properties if p.required and p.name not in given]:
        raise UnknownColumns(f"required columns are missing: {_listed(map(_title, missing))}")
    return found


def relationship_columns(
    relationship_type: RelationshipType, columns: Sequence[str], *, ignore_unknown: bool = False
) -> Columns:
    """What the columns say about relationships; raises UnknownColumns."""
    names = dict(_relationship_names(relationship_type))
    found = _meanings_of(columns, names, ignore_unknown=ignore_unknown)
    if missing := {Role.FROM, Role.TO} - found.roles.keys():
        raise UnknownColumns(
            f"no column for {_listed(r.value for r in missing)}; "
            f"from (从) is the {relationship_type.source}, to (到) the {relationship_type.target}"
        )
    return found


def loadable(properties: Iterable[Property]) -> Iterator[Property]:
    """The properties that a file may give."""
    return (p for p in properties if not p.internal and p.name not in _OURS and p.name != "key")


def relationship_type_of(relation: Relation) -> RelationshipType:
    """The relationship type that a relation is one side of."""
    ends = (relation.owner, relation.target)
    source, target = ends if relation.outgoing else ends[::-1]
    return next(
        r
        for r in MODEL.relationship_types
        if (r.type, r.source, r.target) == (relation.type, source, target)
    )


def pattern(r: RelationshipType) -> str:
    """SOURCE-TYPE-TARGET, which tells relationship types of one name apart."""
    return f"{r.source}-{r.type}-{r.target}"


def fold(name: str) -> str:
    """A name as columns are compared: without case, spaces, underscores, full-width forms."""
    return _IGNORED_IN_NAMES.sub("", unicodedata.normalize("NFKC", name)).casefold()


def _node_names(node_type: NodeType) -> Iterator[tuple[str, Meaning]]:
    """Every name that a column may have, what wins last."""
    for p in node_type.all_properties:
        if p.name in _OURS:
            yield from ((name, Role.OURS) for name in (p.name, p.zh) if name)
    yield from ((name, Role.EXTERNAL_ID) for name in _EXTERNAL_ID)
    for relation in MODEL.relations[node_type.label]:
        if not relationship_type_of(relation).derived:
            yield from ((name, relation) for name in (relation.name, relation.zh) if name)
    for p in loadable(node_type.all_properties):
        yield from ((name, p) for name in (p.name, p.zh, *p.aliases) if name)
    yield "key", Role.KEY


def _tells_apart(meaning: Meaning, node_type: NodeType) -> bool:
    if isinstance(meaning, Property):
        return meaning.name == node_type.identity
    return meaning in {Role.KEY, Role.EXTERNAL_ID}


def _relationship_names(relationship_type: RelationshipType) -> Iterator[tuple[str, Meaning]]:
    source, target = relationship_type.source, relationship_type.target
    if source != target:
        yield from ((name, Role.FROM) for name in _type_names(source))
        yield from ((name, Role.TO) for name in _type_names(target))
    yield from ((name, Role.FROM) for name in _FROM)
    yield from ((name, Role.TO) for name in _TO)
    for p in relationship_type.properties:
        yield from ((name, p) for name in (p.name, p.zh, *p.aliases) if name)


def _type_names(label: str) -> tuple[str, ...]:
    t = MODEL.node_type(label)
    return (t.label, t.zh, *t.aliases)


def _meanings_of(
    columns: Sequence[str], names: Mapping[str, Meaning], *, ignore_unknown: bool
) -> Columns:
    known = {fold(name): meaning for name, meaning in names.items()}
    found = {column: known.get(fold(column)) for column in columns if column}
    unknown = [column for column, meaning in found.items() if meaning is None]
    if unknown and not ignore_unknown:
        titles = dict.fromkeys(_title(m) for m in names.values() if m is not Role.OURS)
        raise UnknownColumns(
            f"unknown columns: {_listed(unknown)}; known are {_listed(titles)}; "
            "rename them or go on without them with --ignore-unknown"
        )
    _refuse_twice(columns, found)
    return Columns(
        roles={m: c for c, m in found.items() if isinstance(m, Role) and m is not Role.OURS},
        properties={c: m for c, m in found.items() if isinstance(m, Property)},
        relations={c: m for c, m in found.items() if isinstance(m, Relation)},
    )


def _refuse_twice(columns: Sequence[str], found: Mapping[str, Meaning | None]) -> None:
    written = [column for column in columns if column]
    meant = [_title(m) for m in found.values() if m is not None and m is not Role.OURS]
    twice = {c for c in written if written.count(c) > 1} | {m for m in meant if meant.count(m) > 1}
    if twice:
        raise UnknownColumns(f"columns stand twice: {_listed(sorted(twice))}; keep one of each")


def _title(meaning: Meaning) -> str:
    if isinstance(meaning, Role):
        return meaning.value
    return f"{meaning.name} ({meaning.zh})" if meaning.zh else meaning.name


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
