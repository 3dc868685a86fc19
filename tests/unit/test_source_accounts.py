"""The real files, where they lie beside the checkout: every row once, no end missing."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from loaders.rows import NodeRow, Nodes, Part, RelationshipRow
from loaders.sources import LABELLED, SOURCES

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data")


def count_rows(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.DictReader(file))


@pytest.mark.parametrize("name", SOURCES)
def test_every_row_is_accounted_for_exactly_once(name: str) -> None:
    source = SOURCES[name]
    counted = Counter(
        row.place.file for part in source.read(DATA / name) if part.counted for row in part.rows
    )
    assert counted == {file: count_rows(DATA / name / file) for file in source.FILES}


def test_every_table_is_loaded_or_known_to_be_labelled_pairs() -> None:
    known = {*LABELLED, *(file for source in SOURCES.values() for file in source.FILES)}
    assert {path.name for path in DATA.glob("*/*.csv")} == known


def ends_that_are_missing(parts: list[Part]) -> set[str]:
    keys: set[tuple[str, str]] = set()
    wanted: set[tuple[str, str]] = set()
    for part in parts:
        for row in part.rows:
            if isinstance(part, Nodes) and isinstance(row, NodeRow):
                properties = {p.name for p in part.node_type.all_properties} | {"external_id"}
                assert row.values.keys() <= properties
                identity = part.node_type.identity or "external_id"
                name = row.values.get("external_id") or row.values[identity]
                keys.add((part.node_type.label, f"{part.source}:{name}"))
            elif isinstance(row, RelationshipRow) and not isinstance(part, Nodes):
                r = part.relationship_type
                wanted |= {(r.source, row.source_key), (r.target, row.target_key)}
    return {f"{label} {key}" for label, key in wanted - keys}


def test_no_relationship_of_all_sources_lacks_an_end() -> None:
    parts = [part for name, source in SOURCES.items() for part in source.read(DATA / name)]
    assert not ends_that_are_missing(parts)
