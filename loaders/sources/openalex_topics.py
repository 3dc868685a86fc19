"""Research topics of OpenAlex with the subfields, fields and domains above them."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from loaders.rows import NodeRow, Part, Place, RelationshipRow
from loaders.sources.tables import Row, nodes, relationships, table

NAME = "openalex-topics"
TITLE = "OpenAlex topics (研究主题)"
ATTRIBUTION = "OpenAlex (CC0); grouping by lukasalthoff/scinet, CC BY 4.0"
FILES = ("openalex_topic_subfield_mapping.csv",)

SOURCE = "openalex"
UPPER = ("domain", "field", "subfield")


def read(directory: Path) -> Iterator[Part]:
    """One topic a row; what lies above it is named in its columns, some of them empty."""
    upper: dict[str, NodeRow] = {}
    above: dict[tuple[str, str], Place] = {}
    for place, row in _rows(directory):
        branch = _branch(row)
        for external_id, name, level in branch[:-1]:
            values = {"external_id": external_id, "name": name, "level": level}
            upper.setdefault(external_id, NodeRow(place, values))
        for parent, child in pairwise(branch):
            above.setdefault((child[0], parent[0]), place)
    yield nodes("Topic", SOURCE, (_topic(row) for row in _rows(directory)))
    yield nodes("Topic", SOURCE, upper.values(), counted=False)
    yield relationships(
        ("Topic", "BROADER", "Topic"),
        SOURCE,
        (
            RelationshipRow(place, f"{SOURCE}:{child}", f"{SOURCE}:{parent}")
            for (child, parent), place in above.items()
        ),
    )


def _rows(directory: Path) -> Iterator[Row]:
    return table(directory, FILES[0], "topic_id", "topic_name", "domain", "field", "subfield")


def _topic(entry: Row) -> NodeRow:
    place, row = entry
    values = {"external_id": row["topic_id"], "name": row["topic_name"], "level": len(UPPER) + 1}
    return NodeRow(place, values)


def _branch(row: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """External id, name and level from the domain down to the topic, without what is empty."""
    branch: list[tuple[str, str, int]] = []
    for level, column in enumerate(UPPER, start=1):
        # A few subfields of one name lie in two fields: they are two topics.
        within = f"{row['field']}/" if column == "subfield" else ""
        if row[column]:
            branch.append((f"{column}/{within}{row[column]}", row[column], level))
    return [*branch, (row["topic_id"], row["topic_name"], len(UPPER) + 1)]
