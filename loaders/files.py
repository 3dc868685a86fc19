"""A file and what it is loaded as -> the parts that flow into the pipeline."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from graph.errors import JiangpuError
from graph.model import MODEL, Kind, NodeType, Relation, RelationshipType
from loaders.batches import accepted
from loaders.columns import (
    Columns,
    Role,
    fold,
    node_columns,
    pattern,
    relationship_columns,
    relationship_type_of,
)
from loaders.conversions import SEPARATOR, Fault, text_of
from loaders.readers import RawRow, Reader, reader_for
from loaders.readers.table import is_blank
from loaders.rows import (
    Link,
    NodeRow,
    Nodes,
    Part,
    Place,
    RejectedRow,
    RelationshipRow,
    Relationships,
)
from loaders.titles import AT_ONCE, TitleMap

_CHECKED_AT_ONCE = 5_000
_WITH_LEVEL = re.compile(r"([^:：]+?)\s*[:：]\s*(\d)|(.+:.+):(\d{1,9})")


class UnknownType(JiangpuError):
    """What a file shall be loaded as is no type, or several; the text lists what is known."""


def declared_type(name: str) -> NodeType | RelationshipType:
    """A node or relationship type by its label, Chinese term or SOURCE-TYPE-TARGET."""
    asked = fold(name)
    for t in MODEL.node_types:
        if asked in map(fold, (t.label, t.plural, t.zh, *t.aliases)):
            return t
    loadable = [r for r in MODEL.relationship_types if not r.derived]
    found = [r for r in loadable if asked in {fold(r.type), fold(pattern(r))}]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownType(f"{name} is ambiguous; name {' or '.join(map(pattern, found))}")
    labels = ", ".join(f"{t.label} ({t.zh})" for t in MODEL.node_types)
    types = ", ".join(dict.fromkeys(r.type for r in loadable))
    raise UnknownType(f"{name} is no type; node types are {labels}; relationship types {types}")


def opened(
    path: Path, declared: NodeType | RelationshipType, source: str, *, ignore_unknown: bool = False
) -> "NodeFile | RelationshipFile":
    """Open a file and understand its columns; raises UnreadableFile or UnknownColumns."""
    reader = reader_for(path)
    known = None if ignore_unknown else frozenset(reader.columns)
    if isinstance(declared, NodeType):
        columns = node_columns(declared, reader.columns, ignore_unknown=ignore_unknown)
        return NodeFile(declared, source, reader, columns, known)
    columns = relationship_columns(declared, reader.columns, ignore_unknown=ignore_unknown)
    return RelationshipFile(declared, source, reader, columns, known)


@dataclass(frozen=True, slots=True)
class RelationshipFile:
    """A file of relationships whose columns are understood."""

    declared: RelationshipType
    source: str
    reader: Reader
    columns: Columns
    known: frozenset[str] | None

    def parts(self) -> Iterator[Part]:
        """The one part."""
        headers = self.columns.headers
        yield Relationships(
            self.declared, self.source, self._rows(), counted=True, references=True, headers=headers
        )

    def _rows(self) -> Iterator[RelationshipRow | RejectedRow]:
        ends = (self.columns.roles[Role.FROM], self.columns.roles[Role.TO])
        for raw in _known_rows(self.reader, self.known):
            if isinstance(raw, RejectedRow):
                yield raw
                continue
            values = {p.name: raw.cells.get(c) for c, p in self.columns.properties.items()}
            try:
                source, target = _reference(raw, ends[0]), _reference(raw, ends[1])
                yield RelationshipRow(raw.place, source, target, values, ends)
            except RejectedRow as rejected:
                yield rejected


@dataclass(slots=True)
class NodeFile:
    """A file of nodes whose columns are understood. `titles` maps job titles, once it is set."""

    declared: NodeType
    source: str
    reader: Reader
    columns: Columns
    known: frozenset[str] | None
    titles: TitleMap | None = None

    @property
    def has_job_titles(self) -> bool:
        """True if its rows may be mapped to occupations by their job titles."""
        return self.declared.label == "Worker" and "job_title" in self.columns.headers

    def parts(self) -> Iterator[Part]:
        """The nodes with what they link to; then links among themselves, once all are there."""
        headers = self.columns.headers
        yield Nodes(self.declared, self.source, self._rows(), headers=headers)
        for relation in self.columns.relations.values():
            if relation.target == self.declared.label:
                r = relationship_type_of(relation)
                yield Relationships(r, self.source, self._links_among(r), references=True)

    def _links_among(self, r: RelationshipType) -> Iterator[RelationshipRow]:
        nodes = Nodes(self.declared, self.source, self._rows())
        for checked in accepted(nodes, _CHECKED_AT_ONCE):
            for link_type, link in checked.links:
                if link_type is r:
                    yield link.of(checked.node.key)

    def _rows(self) -> Iterator[NodeRow | RejectedRow]:
        names = {p.name: column for column, p in self.columns.properties.items()}
        names |= {role.value: column for role, column in self.columns.roles.items()}
        relations = [(c, r, relationship_type_of(r)) for c, r in self.columns.relations.items()]
        for raw in self._with_titles_learnt(names.get("job_title", "")):
            if isinstance(raw, RejectedRow):
                yield raw
                continue
            values = {name: raw.cells.get(column) for name, column in names.items()}
            try:
                links = [(r, link) for c, way, r in relations for link in _links(raw, c, way)]
            except RejectedRow as rejected:
                yield rejected
                continue
            if self.titles is not None:
                links += _by_title(self.titles, raw.place, values, links)
            yield NodeRow(raw.place, values, tuple(links), raw.size)

    def _with_titles_learnt(self, column: str) -> Iterator[RawRow | RejectedRow]:
        rows = _known_rows(self.reader, self.known)
        while some := list(islice(rows, AT_ONCE)):
            if self.titles is not None:
                cells = [raw.cells.get(column) for raw in some if isinstance(raw, RawRow)]
                self.titles.learn(cell for cell in cells if isinstance(cell, str) and cell.strip())
            yield from some


def _known_rows(reader: Reader, known: frozenset[str] | None) -> Iterator[RawRow | RejectedRow]:
    """The reader's rows; JSON may bring a new name on any line, which is then rejected."""
    for raw in reader.rows():
        if known is None or isinstance(raw, RejectedRow) or known.issuperset(raw.cells):
            yield raw
        else:
            column = min(set(raw.cells) - known)
            remedy = "name it on one of the first lines, or use --ignore-unknown"
            yield RejectedRow(raw.place, column, "", "a name that no line had before", remedy)


def _links(raw: RawRow, column: str, relation: Relation) -> Iterator[RelationshipRow]:
    """What a cell says of a relation: one reference, or several with their levels."""
    cell = raw.cells.get(column)
    if is_blank(cell):
        return
    try:
        texts = [text for item in _items(cell, relation) if (text := text_of(item).strip())]
        found = dict(_with_values(relation, text) for text in texts)
        if len(found) < len(texts):
            raise Fault("names the same thing twice", "name each once")
        if len(found) > 1 and not relation.many:
            raise Fault("names several where only one can be", "name one")
    except Fault as fault:
        raise RejectedRow(raw.place, column, str(cell), fault.reason, fault.remedy) from None
    for text, values in found.items():
        ends = ("", text) if relation.outgoing else (text, "")
        columns = ("", column) if relation.outgoing else (column, "")
        yield RelationshipRow(raw.place, *ends, values, columns)


def _items(cell: Any, relation: Relation) -> list[Any]:
    if isinstance(cell, list):
        return cell
    return SEPARATOR.split(text_of(cell)) if relation.many else [cell]


def _with_values(relation: Relation, text: str) -> tuple[str, Mapping[str, Any]]:
    """`name:level` or `source:external id:level` for a relation that has a level."""
    level = next((p.name for p in relation.properties if p.kind is Kind.INTEGER), None)
    given = _WITH_LEVEL.fullmatch(text) if level else None
    if not (level and given):
        return text, {}
    return given[1] or given[3], {level: int(given[2] or given[4])}


def _reference(raw: RawRow, column: str) -> str:
    cell = raw.cells.get(column)
    try:
        return "" if cell is None else text_of(cell).strip()
    except Fault as fault:
        raise RejectedRow(raw.place, column, "", fault.reason, fault.remedy) from None


def _by_title(
    titles: TitleMap, place: Place, values: dict[str, Any], links: list[Link]
) -> Iterator[Link]:
    """The occupation that a job title means, unless the row names one; notes the confidence."""
    title = values.get("job_title")
    if not isinstance(title, str) or not title.strip() or any(r is _PRACTISES for r, _ in links):
        return
    if found := titles.best(title):
        occupation, values["occupation_confidence"] = found
        yield _PRACTISES, RelationshipRow(place, "", occupation, columns=("", "job_title"))


_PRACTISES = relationship_type_of(MODEL.relation("Worker", "occupation"))
