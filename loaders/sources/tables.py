"""The tables of a public source, row by row, and the parts that its rows become."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from graph.errors import JiangpuError
from graph.model import MODEL, RelationshipType
from loaders.rows import NodeRow, Nodes, Place, RejectedRow, RelationshipRow, Relationships

Row = tuple[Place, Mapping[str, str]]


class UnusableSource(JiangpuError):
    """A file of a public source is missing, or is not the table it should be."""


def table(directory: Path, file: str, *columns: str) -> Iterator[Row]:
    """The rows of a CSV file in UTF-8, each with the line on which it begins.

    Raises UnusableSource if the file is not there or lacks one of the columns.
    """
    path = directory / file
    if not path.is_file():
        raise UnusableSource(f"{file} is not in {directory}; name the folder that holds it")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines, restval="")
        missing = [c for c in columns if c not in (reader.fieldnames or ())]
        if missing:
            raise UnusableSource(f"{file} lacks the column {missing[0]!r}; is it the right file?")
        line = reader.line_num + 1
        for row in reader:
            yield Place(file, line), row
            line = reader.line_num + 1


def nodes(
    label: str, source: str, rows: Iterable[NodeRow | RejectedRow], *, counted: bool = True
) -> Nodes:
    """A part with nodes of one label."""
    return Nodes(MODEL.node_type(label), source, rows, counted)


def relationships(
    pattern: tuple[str, str, str],
    source: str,
    rows: Iterable[RelationshipRow | RejectedRow],
    *,
    counted: bool = False,
) -> Relationships:
    """A part with relationships of one pattern: source label, type, target label."""
    return Relationships(_RELATIONSHIP_TYPES[pattern], source, rows, counted)


def filled(**values: object) -> dict[str, object]:
    """The values that are not empty."""
    return {name: value for name, value in values.items() if value not in ("", None, [])}


_RELATIONSHIP_TYPES: Mapping[tuple[str, str, str], RelationshipType] = {
    (r.source, r.type, r.target): r for r in MODEL.relationship_types
}
