"""The coverage page is what declarations and tests say, and every mark names a row."""

from pathlib import Path

import pytest

from commands.policy import TESTS
from commands.policy.coverage import MOST_IDS, cited, covered, marked, page
from graph.model import MODEL

ROWS = covered(TESTS)
IDS = {row.id for row in ROWS}


def test_the_page_is_what_declarations_and_tests_say() -> None:
    written = TESTS.parent / "docs" / "policy-coverage.md"
    assert written.read_text(encoding="utf-8") == "\n".join(page(ROWS)) + "\n", "run `make docs`"


def test_all_277_rows_are_there() -> None:
    assert len(ROWS) == len(IDS) == 277


def test_every_mark_names_rows_of_the_policy_and_three_at_most() -> None:
    wrong = {
        test: rows for test, rows in marked(TESTS) if len(rows) > MOST_IDS or not set(rows) <= IDS
    }
    assert wrong == {}


def test_every_declaration_names_rows_of_the_policy() -> None:
    declared = (*MODEL.node_types, *MODEL.relationship_types)
    wrong = {d: set(d.policy) - IDS for d in declared if not set(d.policy) <= IDS}
    assert wrong == {}


def test_what_software_cannot_do_is_not_proved_by_a_test() -> None:
    assert [row.id for row in ROWS if row.reason and row.tests] == []


def test_a_range_cites_every_row_in_it() -> None:
    assert list(cited("Titles (M16–M18, E05).")) == ["M16", "M17", "M18", "E05"]


def test_a_row_without_its_test_is_open(tmp_path: Path) -> None:
    (tmp_path / "test_x.py").write_text(
        '@pytest.mark.policy("N01")\ndef test_it(): ...\n', encoding="utf-8"
    )
    rows = {row.id: row for row in covered(tmp_path)}
    assert rows["N01"].tests == (f"{tmp_path.name}/test_x.py::test_it",)
    assert not rows["N01"].is_open
    assert rows["N02"].is_open


@pytest.mark.parametrize(("row", "carrier"), [("N05", "UnionType.DEV_ZONE"), ("M05", "mentor")])
def test_a_row_names_what_carries_it(row: str, carrier: str) -> None:
    [found] = [r for r in ROWS if r.id == row]
    assert any(c.startswith(carrier) for c in found.carriers)
