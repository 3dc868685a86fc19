"""The research bench removes what would leak, and gains nothing from equal scores."""

import csv
from pathlib import Path

import numpy as np
import pytest

from bench.research import (
    Case,
    Library,
    blind,
    matching,
    measure,
    middle_rank,
    read_cases,
    read_library,
    tf_idf,
)

PATENTS = (
    ("1", "Welding of steel", "ACME CO., LTD.|Alpha University", "company|research"),
    ("2", "Welding of steel plates", "Acme Co Ltd|Alpha University", "company|research"),
    ("3", "Welding robots for steel", "ALPHA UNIVERSITY", "research"),
    ("4", "Brewing of tea", "Beta Institute", "research"),
    ("5", "Brewing of beer", "Beta Institute", "research"),
    ("6", "Growing of cotton", "Gamma Institute", "research"),
    ("7", "Acme's own welding", "Acme Co., Ltd.", "company"),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    columns = ("patent_id", "title", "assignees", "assignee_kinds")
    blank = {"abstract": "", "cpc_inventive": "B23K9/00", "cpc_additional": "", "inventors": "A"}
    write(
        tmp_path / "patents.csv",
        [{**dict(zip(columns, p, strict=True)), **blank} for p in PATENTS],
    )
    write(tmp_path / "inventor_mentions.csv", [{"patent_id": "1", "city": "Beijing"}])
    case = {"patent_id": "1", "company": "ACME CO., LTD.", "research_org": "Alpha University"}
    write(
        tmp_path / "company_research_coownership.csv",
        [{**case, "cn": "True"}, {**case, "cn": "True"}, {**case, "patent_id": "2", "cn": "False"}],
    )
    return tmp_path


def write(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def library(data: Path) -> Library:
    return read_library(data)


@pytest.fixture
def cases(data: Path) -> list[Case]:
    return read_cases(data / "company_research_coownership.csv")


def test_chinese_cases_are_read_once_each(cases: list[Case]) -> None:
    assert [case.patent for case in cases] == ["1"]


def test_patents_shared_with_the_company_are_gone_however_it_is_spelt(
    library: Library, cases: list[Case]
) -> None:
    titles = {library.owned[row].document.title for row in library.left(cases[0])}
    assert titles == {"Welding robots for steel"} | {t for _, t, *_ in PATENTS[3:6]}


def test_an_all_zero_scorer_gets_the_middle_rank(library: Library, cases: list[Case]) -> None:
    figures = measure(library, cases, lambda case, rows: np.zeros(3))
    assert (figures.cases, figures.hit_1, figures.mrr) == (1, 0, 0.5)


def test_the_blind_row_knows_only_sizes(library: Library, cases: list[Case]) -> None:
    scores = blind(library)(cases[0], library.left(cases[0]))
    assert dict(zip(library.institutes, scores, strict=True)) == {
        "alphauniversity": 1, "betainstitute": 2, "gammainstitute": 1,
    }  # fmt: skip


@pytest.mark.parametrize("evidence", ["text", "all"])
def test_words_find_the_institute(library: Library, cases: list[Case], evidence: str) -> None:
    assert measure(library, cases, matching(library, evidence)).hit_1 == 1
    assert measure(library, cases, tf_idf(library, 1)).hit_1 == 1


def test_equal_scores_share_the_middle_of_their_ranks() -> None:
    assert middle_rank(np.array([3.0, 2.0, 2.0, 2.0, 1.0]), 2.0) == 3
    assert middle_rank(np.array([1.0]), 1.0) == 1
