"""Parts of generated rows: each row has a number as its line, each node the mark."""

from collections.abc import Iterable, Mapping
from typing import Any

from loaders.rows import NodeRow, Part, Place, RelationshipRow
from loaders.sample.population import Population
from loaders.sources.tables import nodes, relationships

Link = tuple[str, str] | tuple[str, str, Mapping[str, Any]]


def things(
    population: Population, label: str, rows: Iterable[tuple[str, Mapping[str, Any]]]
) -> Part:
    """Nodes of one label: external id and values."""
    file = f"synthetic {label}"
    return nodes(
        label,
        population.source,
        (
            NodeRow(Place(file, line), {"external_id": name, "synthetic": True, **values})
            for line, (name, values) in enumerate(rows, start=1)
        ),
    )


def links(population: Population, pattern: tuple[str, str, str], rows: Iterable[Link]) -> Part:
    """Relationships of one pattern: the two keys, and values if there are any."""
    file = "synthetic {} {} {}".format(*pattern)
    return relationships(
        pattern,
        population.source,
        (
            RelationshipRow(Place(file, line), row[0], row[1], row[2] if len(row) == 3 else {})
            for line, row in enumerate(rows, start=1)
        ),
    )
