import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from loaders.rows import NodeRow, Nodes, Part, RejectedRow, RelationshipRow
from loaders.sources import (
    companies_cn,
    esco_onet,
    openalex_topics,
    patentsview_cn,
    sbir_awards,
    skills_competition_facts,
)
from loaders.sources.cpc import branch


def _write(path: Path, *rows: Mapping[str, str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _node_rows(parts: Iterator[Part], label: str) -> list[NodeRow | RejectedRow]:
    return [
        row
        for part in parts
        if isinstance(part, Nodes) and part.node_type.label == label
        for row in part.rows
        if not isinstance(row, RelationshipRow)
    ]


def _links(parts: Iterator[Part], kind: str) -> Counter[tuple[str, str]]:
    return Counter(
        (row.source_key, row.target_key)
        for part in parts
        if not isinstance(part, Nodes) and part.relationship_type.type == kind
        for row in part.rows
        if isinstance(row, RelationshipRow)
    )


def _patent(number: str, **values: str) -> dict[str, str]:
    return dict.fromkeys(patentsview_cn.COLUMNS, "") | {"patent_id": number, **values}


@pytest.fixture
def patents(tmp_path: Path) -> Path:
    boe = "BOE TECHNOLOGY GROUP CO., LTD."
    shared = {"assignees": f"{boe}|Tsinghua University", "assignee_kinds": "company|research"}
    classes = {"cpc_inventive": "G03F7/2037", "cpc_additional": "G03F7/2037|Y02E10/50"}
    by_a_person = {"assignees": "Li, Wei|BOE Technology Group", "assignee_kinds": "other|company"}
    _write(
        tmp_path / "patents.csv",
        _patent("1", **shared, **classes),
        _patent("2", assignees="TSINGHUA UNIVERSITY", assignee_kinds="research"),
        _patent("3", **by_a_person, inventors="Wei Li|Jun Wang"),
    )
    mention = {"seq": "0", "first": "Wei", "last": "Li", "city": "Beijing", "country": "CN"}
    ids = {"pv_inventor_id": "wei-1", "gold_inventor_id": ""}
    _write(
        tmp_path / "inventor_mentions.csv",
        {"patent_id": "1", **mention, **ids},
        {"patent_id": "2", **mention, **ids},
        {"patent_id": "3", **mention, **ids, "gold_inventor_id": "wei-1"},
    )
    _write(
        tmp_path / "company_research_coownership.csv",
        {"patent_id": "1", "company": boe, "research_org": "Tsinghua Univ.", "cn": "True"},
    )
    return tmp_path


def test_spellings_of_an_owner_become_one_organisation(patents: Path) -> None:
    rows = _node_rows(patentsview_cn.read(patents), "Enterprise")
    assert [r.values["name"] for r in rows if isinstance(r, NodeRow)] == ["BOE Technology Group"]
    owned = _links(patentsview_cn.read(patents), "ASSIGNED_TO")
    assert owned["uspto:3", "enterprise:boetechnologygroup"] == 1
    # Named by the patent, and again by the table of co-ownership.
    assert owned["uspto:1", "institute:tsinghuauniversity"] == 2


def test_an_owner_who_is_an_inventor_is_no_organisation(patents: Path) -> None:
    owned = _links(patentsview_cn.read(patents), "ASSIGNED_TO")
    assert {target for source, target in owned if source == "uspto:3"} == {
        "enterprise:boetechnologygroup"
    }


def test_a_hand_made_identity_is_not_mixed_with_the_other_list(patents: Path) -> None:
    invented = _links(patentsview_cn.read(patents), "INVENTED_BY")
    assert set(invented) == {
        ("uspto:1", "pv-inventor:wei-1"),
        ("uspto:2", "pv-inventor:wei-1"),
        ("uspto:3", "gold-inventor:wei-1"),
    }


def test_only_patents_without_a_company_tell_where_a_scientist_works(patents: Path) -> None:
    _write(patents / "inventor_mentions.csv", {
        "patent_id": "1", "seq": "0", "first": "Wei", "last": "Li", "city": "", "country": "",
        "pv_inventor_id": "x", "gold_inventor_id": "",
    })  # fmt: skip
    assert not _links(patentsview_cn.read(patents), "AFFILIATED_WITH")


def test_a_class_that_is_inventive_and_additional_is_one_link(patents: Path) -> None:
    in_field = _links(patentsview_cn.read(patents), "IN_FIELD")
    assert in_field == {("uspto:1", "cpc:G03F7/2037"): 1, ("uspto:1", "cpc:Y02E10/50"): 1}


@pytest.mark.parametrize(
    ("symbol", "lineage"),
    [
        ("G03F7/2037", ["G", "G03", "G03F", "G03F7/00", "G03F7/2037"]),
        ("G03F7/00", ["G", "G03", "G03F", "G03F7/00"]),
        ("G03F", ["G", "G03", "G03F"]),
        ("G", ["G"]),
    ],
)
def test_the_branch_of_a_symbol_begins_with_its_section(symbol: str, lineage: list[str]) -> None:
    assert branch(symbol) == lineage


def _company(**values: str) -> dict[str, str]:
    return dict.fromkeys(companies_cn.COLUMNS, "") | values


def test_a_and_b_shares_are_one_company_and_funds_are_none(tmp_path: Path) -> None:
    _write(
        tmp_path / "listed_companies_cn.csv",
        _company(symbol="1.SS", name="Jinzhou Port Co., Ltd.", industry="Marine", city="Beijing"),
        _company(symbol="2.SS", name="JINZHOU PORT CO.,LTD", industry="Marine", sector="Transport"),
        _company(symbol="3.SS", name="Yinhua Index Fund (LOF)"),
        _company(symbol="4.SS", name=""),
    )
    rows = _node_rows(companies_cn.read(tmp_path), "Enterprise")
    one, other, fund, nameless = rows
    assert isinstance(one, NodeRow)
    assert isinstance(other, NodeRow)
    assert one.values == other.values
    assert one.values["ticker"] == "1.SS 2.SS"
    assert one.values["sector"] == "Transport: Marine"
    assert isinstance(fund, RejectedRow)
    assert fund.reason == "a fund, not an enterprise"
    assert isinstance(nameless, RejectedRow)
    assert _links(companies_cn.read(tmp_path), "IN_INDUSTRY") == {
        ("enterprise:jinzhouport", "isic:50"): 2
    }


def _award(**values: str) -> dict[str, str]:
    given = {"Agency Tracking Number": "N1", "Phase": "Phase I", "Award Year": "2017"}
    return dict.fromkeys(sbir_awards.COLUMNS, "") | given | {"PI Name": "A Person"} | values


def test_an_award_leaves_out_the_investigator(tmp_path: Path) -> None:
    partner = {"Company": "Acme, Inc.", "RI Name": "UNIV. OF KANSAS"}
    _write(tmp_path / "sbir_awards.csv", _award(**partner, **{"Award Amount": "230000.5"}))
    [row] = _node_rows(sbir_awards.read(tmp_path), "ResearchAward")
    assert isinstance(row, NodeRow)
    assert row.values["amount"] == 23_000_050
    assert "A Person" not in str(row)
    parts = list(sbir_awards.read(tmp_path))
    assert _links(iter(parts), "PARTNERED_BY") == {("sbir:N1/I", "institute:universitykansas"): 1}


def test_two_contracts_of_one_number_are_two_awards_but_one_contract_is_one(tmp_path: Path) -> None:
    _write(
        tmp_path / "sbir_awards.csv",
        _award(Contract="C1"),
        _award(Contract="C2"),
        _award(Contract="C2", **{"Award Amount": "5"}),
    )
    first, second, third = _node_rows(sbir_awards.read(tmp_path), "ResearchAward")
    assert isinstance(first, NodeRow)
    assert isinstance(second, NodeRow)
    assert isinstance(third, RejectedRow)
    assert "line 3" in third.reason


def test_a_topic_without_a_domain_hangs_below_its_field(tmp_path: Path) -> None:
    topic = {"topic_id": "1", "topic_name": "Diet", "domain": "", "field": "Food", "subfield": ""}
    _write(tmp_path / "openalex_topic_subfield_mapping.csv", topic)
    assert _links(openalex_topics.read(tmp_path), "BROADER") == {
        ("openalex:1", "openalex:field/Food"): 1
    }


def test_subfields_of_one_name_in_two_fields_are_two(tmp_path: Path) -> None:
    base = {"domain": "D", "subfield": "Psychology"}
    _write(
        tmp_path / "openalex_topic_subfield_mapping.csv",
        {"topic_id": "1", "topic_name": "x", **base, "field": "Education"},
        {"topic_id": "2", "topic_name": "y", **base, "field": "Medicine"},
    )
    names = [r.values["name"] for r in _node_rows(openalex_topics.read(tmp_path), "Topic")
             if isinstance(r, NodeRow)]  # fmt: skip
    assert names.count("Psychology") == 2


def test_tasks_of_one_occupation_become_one_node_with_all_of_them(tmp_path: Path) -> None:
    rows = [{"occupation": "Cook", "task": task, "action_verb": ""} for task in ("Cut", "Fry")]
    _write(tmp_path / "onet_occupation_tasks.csv", *rows)
    together = list(esco_onet._with_tasks(tmp_path))  # pyright: ignore[reportPrivateUsage]
    assert [row.values["tasks"] for row in together] == ["Cut\nFry", "Cut\nFry"]


def test_an_alliance_with_a_district_is_rejected_with_its_reason(tmp_path: Path) -> None:
    for file in skills_competition_facts.FILES[:2]:
        header = (
            "competition,year,host,country,event_zh,medal,source,"
            "honor,edition,announced,winners_in_edition,occupation_zh,employer_zh\n"
        )
        (tmp_path / file).write_text(header, "utf-8")
    pair = {"announced": "2023-06-15", "studio_a_org": "首钢京唐公司"}
    _write(
        tmp_path / "beijing_studio_alliances_orgs.csv",
        {**pair, "studio_b_org": "北汽集团"},
        {**pair, "studio_b_org": "东城区"},
    )
    *_, alliances = skills_competition_facts.read(tmp_path)
    allied, rejected = alliances.rows
    assert isinstance(allied, RelationshipRow)
    assert allied.source_key == "enterprise:首钢京唐"
    assert isinstance(rejected, RejectedRow)
    assert (rejected.column, rejected.value) == ("studio_b_org", "东城区")
