from collections.abc import Sequence

import pytest

from graph.model import MODEL
from loaders.columns import (
    Role,
    UnknownColumns,
    _node_names,
    _relationship_names,
    fold,
    node_columns,
    relationship_columns,
)
from loaders.files import UnknownType, declared_type

WORKER = MODEL.node_type("Worker")


@pytest.mark.parametrize(
    "columns",
    [
        ["external_id", "name", "skill_level"],
        ["externalId", "Name", "skillLevel"],
        ["工号", "姓名", "技能等级"],
        [" 工 号 ", "姓　名", "技能 等级"],
        ["EXTERNAL-ID", "ＮＡＭＥ", "Skill Level"],
    ],
)
def test_columns_are_known_in_both_languages(columns: Sequence[str]) -> None:
    found = node_columns(WORKER, columns)
    assert found.headers == dict(zip(("external_id", "name", "skill_level"), columns, strict=True))


def test_no_name_means_two_things() -> None:
    for declared, names in [
        *((t.label, _node_names(t)) for t in MODEL.node_types),
        *((r.type, _relationship_names(r)) for r in MODEL.relationship_types),
    ]:
        meanings: dict[str, object] = {}
        for name, meaning in names:
            if meaning is not Role.OURS:
                assert meanings.setdefault(fold(name), meaning) == meaning, (declared, name)


def test_relations_are_columns_by_name_and_by_term() -> None:
    found = node_columns(WORKER, ["key", "name", "所属工会", "occupation"])
    assert {r.name for r in found.relations.values()} == {"unions", "occupation"}


def test_derived_relations_are_no_columns() -> None:
    with pytest.raises(UnknownColumns, match="unknown columns: 徒弟"):
        node_columns(WORKER, ["key", "name", "徒弟"])


def test_unknown_columns_are_an_error_that_lists_what_is_known() -> None:
    with pytest.raises(UnknownColumns, match=r"unknown columns: 爱好.*birth_year \(出生年份\)"):
        node_columns(WORKER, ["工号", "姓名", "爱好"])
    assert node_columns(WORKER, ["工号", "姓名", "爱好"], ignore_unknown=True).headers == {
        "external_id": "工号",
        "name": "姓名",
    }


@pytest.mark.parametrize("columns", [["工号", "姓名", "姓名"], ["工号", "姓名", "name"]])
def test_columns_that_stand_twice_are_an_error(columns: Sequence[str]) -> None:
    with pytest.raises(UnknownColumns, match="stand twice"):
        node_columns(WORKER, columns)


def test_rows_must_be_told_apart() -> None:
    with pytest.raises(UnknownColumns, match="no column tells one Worker from another"):
        node_columns(WORKER, ["姓名"])
    with pytest.raises(UnknownColumns, match="add code or key"):
        node_columns(MODEL.node_type("Occupation"), ["名称"])


def test_id_is_an_external_id_only_where_nothing_else_is() -> None:
    assert node_columns(WORKER, ["id", "name"]).roles == {Role.EXTERNAL_ID: "id"}
    assert node_columns(WORKER, ["id", "key", "name"]).roles == {Role.KEY: "key"}


def test_required_columns_must_be_there() -> None:
    with pytest.raises(UnknownColumns, match=r"required columns are missing: name \(姓名\)"):
        node_columns(WORKER, ["工号", "技能等级"])


@pytest.mark.parametrize("columns", [["from", "to", "level"], ["职工", "技能", "水平"]])
def test_relationship_columns_name_both_ends(columns: Sequence[str]) -> None:
    has_skill = declared_type("HAS_SKILL")
    assert relationship_columns(has_skill, columns).roles == {  # pyright: ignore[reportArgumentType]
        Role.FROM: columns[0],
        Role.TO: columns[1],
    }
    with pytest.raises(UnknownColumns, match=r"no column for to; from \(从\) is the Worker"):
        relationship_columns(has_skill, columns[:1])  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("name", ["Worker", "workers", "职工", "员工", " worker "])
def test_types_are_known_by_label_and_term(name: str) -> None:
    assert declared_type(name) is WORKER


def test_an_ambiguous_or_unknown_type_is_an_error_that_lists_the_ways() -> None:
    with pytest.raises(UnknownType, match="Employment-ABOUT_WORKER-Worker or"):
        declared_type("ABOUT_WORKER")
    assert declared_type("Consent-ABOUT_WORKER-Worker") in MODEL.relationship_types
    with pytest.raises(UnknownType, match=r"Wizard is no type; node types are District"):
        declared_type("Wizard")
    with pytest.raises(UnknownType, match="MENTORS is no type"):  # derived: made by agreements
        declared_type("MENTORS")
