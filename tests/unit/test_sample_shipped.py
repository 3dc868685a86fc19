import csv
from collections import Counter
from pathlib import Path

import pytest

from loaders import sample
from loaders.rows import NodeRow, Nodes, RejectedRow, RelationshipRow
from loaders.sample.cut import LEFT_OUT, cut
from loaders.sources import SOURCES

PUBLIC = Path(__file__).parents[3] / "shared" / "data"


def nodes_by_label() -> Counter[str]:
    return Counter(
        part.node_type.label
        for part in sample.parts()
        if isinstance(part, Nodes)
        for row in part.rows
        if isinstance(row, NodeRow)
    )


def test_the_sample_is_small_and_has_what_the_three_jobs_need() -> None:
    assert sum(path.stat().st_size for path in sample.DATA.rglob("*")) < 1_500_000
    found = nodes_by_label()
    assert found["District"] >= 16
    assert found["Occupation"] >= 300
    assert found["Patent"] >= 300
    assert found["ResearchInstitute"] >= 100
    assert found["Enterprise"] >= 300
    assert sum(found.values()) < 20_000


def test_no_row_of_the_sample_is_rejected() -> None:
    rejected = [row for part in sample.parts() for row in part.rows if isinstance(row, RejectedRow)]
    assert not rejected


def test_no_abstract_summary_or_investigator_ships() -> None:
    for path in sample.DATA.glob("*/*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert not any(row[column] for column in LEFT_OUT & row.keys()), path


def test_the_attribution_names_every_source_of_the_sample() -> None:
    text = (sample.DATA / "ATTRIBUTION.txt").read_text("utf-8")
    folders = [path.name for path in sample.DATA.iterdir() if path.is_dir()]
    assert all(SOURCES[name].ATTRIBUTION in text for name in folders)


def test_no_relationship_of_the_sample_lacks_an_end() -> None:
    keys: set[tuple[str, str]] = set()
    wanted: set[tuple[str, str]] = set()
    for part in sample.parts():
        for row in part.rows:
            if isinstance(part, Nodes) and isinstance(row, NodeRow):
                identity = part.node_type.identity or "external_id"
                name = row.values.get("external_id") or row.values[identity]
                keys.add((part.node_type.label, f"{part.source}:{name}"))
            elif isinstance(row, RelationshipRow) and not isinstance(part, Nodes):
                r = part.relationship_type
                wanted |= {(r.source, row.source_key), (r.target, row.target_key)}
    assert wanted <= keys


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="needs ../shared/data")
def test_cutting_anew_gives_the_same_files(tmp_path: Path) -> None:
    cut(PUBLIC, tmp_path)
    for path in sample.DATA.rglob("*.*"):
        assert (tmp_path / path.relative_to(sample.DATA)).read_bytes() == path.read_bytes(), path
