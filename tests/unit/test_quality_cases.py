"""The benches of quality remove what would leak, and gain nothing from equal scores."""

import argparse
import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.quality.__main__ import measure, parsed
from bench.quality.coownership import Side, read_pairs, side
from bench.quality.experts import wrong_and_all
from bench.quality.figures import ORGANISATIONS, figures, intervals, middle_rank, ranked
from bench.quality.patents import read_library
from bench.quality.retrieval import figures as retrieval_figures
from bench.quality.stock import together

PATENTS = (
    ("1", "Welding of steel", "ACME CO., LTD.|Alpha University", "company|research", "2001-01-01"),
    ("2", "Welding of steel plates", "Acme Co Ltd|Alpha University", "company|research", ""),
    ("3", "Welding robots for steel", "ALPHA UNIVERSITY", "research", "2000-01-01"),
    ("4", "Brewing of tea", "Beta Institute", "research", "1999-01-01"),
    ("5", "Brewing of beer", "Beta Institute", "research", "1999-01-01"),
    ("6", "Growing of cotton", "Gamma Institute", "research", "1999-01-01"),
    ("7", "Acme's own welding", "Acme Co., Ltd.", "company", "1999-01-01"),
    ("8", "Beer of others", "Other Ltd", "company", "1999-01-01"),
)
CASE = {"patent_id": "1", "company": "ACME CO., LTD.", "research_org": "Alpha University"}


def write(file: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    with file.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return file


@pytest.fixture
def data(tmp_path: Path) -> Path:
    columns = ("patent_id", "title", "assignees", "assignee_kinds", "filing_date")
    inventors = {"1": "Li|Wu", "3": "Wu", "7": "Wu"}
    write(
        tmp_path / "patents.csv",
        [
            dict(zip(columns, p, strict=True)) | {"inventors": inventors.get(p[0], "Someone")}
            for p in PATENTS
        ],
    )
    write(
        tmp_path / "company_research_coownership.csv",
        [
            CASE | {"cn": cn, "patent_id": n}
            for n, cn in (("1", "True"), ("1", "True"), ("2", "False"))
        ],
    )
    senior = {"junior": "Li", "senior": "Wu", "assignee": "Alpha University"}
    write(tmp_path / "senior_junior_coinvention.csv", [senior | {"first_joint_patent": "1"}])
    return tmp_path


def run(*arguments: object) -> dict[str, float]:
    return measure(parsed([str(a) for a in arguments]))


@pytest.fixture
def institutes(data: Path) -> Side:
    return side(read_library([data]), lambda patent: patent.institutes)


def test_chinese_cases_are_read_once_each(data: Path) -> None:
    file = data / "company_research_coownership.csv"
    assert [p.patent for p in read_pairs(file, cn_only=True, for_research=True)] == ["1"]
    assert [p.patent for p in read_pairs(file, cn_only=False, for_research=True)] == ["1", "2"]


def test_patents_shared_with_who_asks_are_gone_however_it_is_spelt(
    data: Path, institutes: Side
) -> None:
    file = data / "company_research_coownership.csv"
    [pair] = read_pairs(file, cn_only=True, for_research=True)
    left = institutes.patent[institutes.left(pair)].tolist()
    numbers = {institutes.library.patents[n].number for n in left}
    assert numbers == {"3", "4", "5", "6"}


@pytest.mark.parametrize("evidence", ["text", "all"])
@pytest.mark.parametrize("job", ["research", "adoption"])
def test_words_find_the_other_owner(data: Path, job: str, evidence: str) -> None:
    cases = data / "company_research_coownership.csv"
    found = run(job, "--data", data, "--cases", cases, "--cn-only", "--evidence", evidence)
    assert (found["cases"], found["hit_1"], found["hit_10"]) == (1, 1, 1)
    assert set(ORGANISATIONS) < set(found)
    assert "blind: by size only" in found["rows"]


def test_a_folder_may_be_given_twice_and_cases_by_name_alone(data: Path) -> None:
    once = run("research", "--data", data, "--cases", "company_research_coownership.csv")
    parent = run(
        "research", "--data", data, "--data", data.parent, "--cases",
        "company_research_coownership.csv",
    )  # fmt: skip
    assert once["rows"] == parent["rows"]


@pytest.mark.parametrize("evidence", ["text", "all"])
def test_a_senior_is_known_by_what_was_filed_before(data: Path, evidence: str) -> None:
    cases = data / "senior_junior_coinvention.csv"
    found = run("mentor", "--data", data, "--cases", cases, "--evidence", evidence)
    assert (found["cases"], found["candidates"]) == (1, 1)


def test_an_award_finds_the_institution_by_the_awards_of_other_firms(tmp_path: Path) -> None:
    award = {"Company": "A Inc", "RI Name": "Alpha University", "Award Title": "Robot arms"}
    file = write(
        tmp_path / "sbir_awards.csv",
        [
            award,
            award | {"Company": "B Inc", "Award Title": "Arms of robots"},
            award | {"Company": "C Inc", "RI Name": "Beta", "Award Title": "Beer"},
            award | {"Company": "D Inc", "RI Name": "", "Award Title": "Alone"},
        ],
    )
    found = run("transfer", "--data", tmp_path, "--cases", file)
    assert (found["cases"], found["hit_1"]) == (2, 1)
    assert found["left_out"] == {"no other firm worked with the answer": 1}


def test_titles_find_their_entry_and_unknown_codes_are_counted(tmp_path: Path) -> None:
    entry = {"level": "4", "definition": "", "tasks": "", "alias": ""}
    dictionary = write(
        tmp_path / "csco22.csv",
        [
            entry | {"code": "6-18-02-04", "name": "焊工S"},
            entry | {"code": "6-18-01-01", "name": "车工"},
            entry | {"code": "6-18-00-00", "name": "机械", "level": "3"},
        ],
    )
    labels = [("诚聘焊工", "6-18-02-04"), ("车工", "6-18-01-01S"), ("经理", "1-01-00-00")]
    cases = write(tmp_path / "titles.csv", [{"job_name": t, "expected_code": c} for t, c in labels])
    options = ("--dictionary", dictionary, "--cases", cases, "--encoder", "none")
    found = run("occupation", *options)
    assert (found["cases"], found["top_1"], found["top_5"]) == (2, 1, 1)
    assert found["left_out"] == {"code not in the dictionary": 1}


def test_learning_from_the_cases_themselves_never_uses_a_group_on_itself(tmp_path: Path) -> None:
    """Each title stands alone with its label: memory of it would rank it first, words cannot."""
    entry = {"level": "4", "definition": "", "tasks": "", "alias": ""}
    dictionary = write(
        tmp_path / "csco22.csv",
        [entry | {"code": f"6-18-01-{n:02}", "name": chr(0x4E00 + n)} for n in range(1, 31)],
    )
    rows = [
        {"job_name": chr(0x6E00 + n) * 2, "expected_code": f"6-18-01-{n:02}"} for n in range(1, 31)
    ]
    cases = write(tmp_path / "titles.csv", rows)
    options = ("--dictionary", dictionary, "--cases", cases, "--train", cases, "--encoder", "none")
    options = (*options, "--no-reranker")
    found = run("occupation", *options)
    assert found["top_1"] <= 0.1


def test_a_missing_column_and_a_missing_file_are_named(data: Path) -> None:
    write(data / "bad.csv", [{"patent_id": "1"}])
    with pytest.raises(SystemExit, match=r"bad\.csv: column company, research_org is missing"):
        run("research", "--data", data, "--cases", data / "bad.csv")
    with pytest.raises(SystemExit, match=r"none\.csv: there is no such file"):
        run("research", "--data", data, "--cases", data / "none.csv")


def test_an_all_zero_scorer_gets_the_middle_rank() -> None:
    assert middle_rank(np.zeros(9), 4) == 5
    assert middle_rank(np.array([3.0, 2.0, 2.0, 2.0, 1.0]), 1) == 3
    cases = ranked([middle_rank(np.zeros(30), n) for n in range(30)], ["a"] * 30, ["g"] * 30)
    found = figures(ORGANISATIONS, cases)
    assert (found["hit_1"], found["hit_10"], found["macro_hit_10"]) == (0, 0, 0)


def test_macro_figures_let_each_answer_weigh_the_same() -> None:
    cases = ranked([1, 1, 1, 20], ["a", "a", "a", "b"], ["1", "2", "3", "4"])
    found = figures(ORGANISATIONS, cases)
    assert found["hit_10"] == 0.75
    assert found["macro_hit_10"] == 0.5
    assert found["hit_10_without_largest"] == 0
    low, high = intervals(ORGANISATIONS, cases)["hit_10"]
    assert low < 0.75 < high


def test_groups_are_all_that_is_linked() -> None:
    links = [frozenset("ab"), frozenset("bc"), frozenset("d"), frozenset("ca")]
    first, second, third, fourth = together(links)
    assert first == second == fourth != third


def test_json_holds_the_same_figures(data: Path, tmp_path: Path) -> None:
    options: argparse.Namespace = parsed(
        ["research", "--data", str(data), "--cases", "company_research_coownership.csv"]
    )
    assert json.loads(json.dumps(measure(options)))["job"] == "research"


def write_lines(file: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file


def test_experts_prefer_what_is_like_their_own_papers(tmp_path: Path) -> None:
    paper = {"title": "Robot welding", "abstract": "Welding of steel by robots"}
    people = write_lines(tmp_path / "p.jsonl", [{"id": "1", "documents": [paper]}])
    items = write_lines(
        tmp_path / "i.jsonl",
        [
            {"id": "a", "title": "Welding by robots", "abstract": "Steel"},
            {"id": "b", "title": "Brewing of tea", "abstract": "Leaves and water"},
        ],
    )
    scores = [
        {"person": "1", "item": "a", "score": "5"},
        {"person": "1", "item": "b", "score": "1"},
    ]
    ratings = write(tmp_path / "r.csv", [*scores, {"person": "2", "item": "a", "score": "3"}])
    options = ("--people", people, "--items", items, "--ratings", ratings, "--encoder", "none")
    found = run("experts", *options)
    assert (found["loss"], found["people"], found["left_out"]) == (0, 1, {"unknown": 1})


@given(st.lists(st.integers(1, 5), min_size=2, max_size=6))
def test_equal_scores_lose_half_of_every_pair(ratings: list[int]) -> None:
    rated = {str(n): float(rating) for n, rating in enumerate(ratings)}
    wrong, whole = wrong_and_all(rated, dict.fromkeys(rated, 0.0))
    assert wrong == whole / 2
    assert wrong_and_all(rated, rated)[0] == 0


def test_a_query_finds_its_document(tmp_path: Path) -> None:
    texts = [{"id": "1", "text": "数控机床"}, {"id": "2", "title": "焊接变形", "abstract": "钢板"}]
    documents = write_lines(tmp_path / "d.jsonl", texts)
    queries = write_lines(tmp_path / "q.jsonl", [{"id": "q", "text": "焊接"}])
    relevant = write(tmp_path / "r.csv", [{"query": "q", "document": "2"}])
    options = ("--documents", documents, "--queries", queries, "--relevant", relevant)
    found = run("retrieval", *options, "--encoder", "none")
    assert (found["mrr_10"], found["ndcg_10"]) == (1, 1)


def test_retrieval_gains_nothing_from_equal_scores() -> None:
    gain = np.array([1.0, 0, 0, 0])
    mrr, ndcg = retrieval_figures(np.zeros(4), gain)
    assert mrr == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4)
    assert ndcg == pytest.approx(sum(1 / np.log2(np.arange(2, 6))) / 4)
    assert retrieval_figures(np.array([0.0, 1, 2, 3]), gain) == (0.25, 1 / np.log2(5))
