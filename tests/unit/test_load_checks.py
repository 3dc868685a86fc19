from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import MODEL
from graph.model.declare import Kind, Property
from graph.model.people import CONSENT_PURPOSE, SKILL_LEVEL
from loaders.checks import node_check, relationship_check
from loaders.conversions import LONGEST_STRING, MOST_ITEMS, Fault, converter
from loaders.files import declared_type
from loaders.rows import NodeRow, Nodes, Place, RejectedRow, RelationshipRow, Relationships

PLACE = Place("w.csv", 7)
WORKER = MODEL.node_type("Worker")


def convert(kind: Kind, value: Any, **declared: Any) -> Any:
    return converter(Property("p", "", kind, **declared))(value)


@pytest.mark.parametrize(
    "text",
    ["2015-01-09", "2015/1/9", "2015.1.9", "20150109", "2015年1月9日", "２０１５年１月９日",
     "2015-1-9 00:00:00", date(2015, 1, 9), datetime(2015, 1, 9)],
)  # fmt: skip
def test_days_are_read_in_every_usual_form(text: Any) -> None:
    assert convert(Kind.DATE, text) == date(2015, 1, 9)


@pytest.mark.parametrize(
    "text", ["2015-02-30", "9.1.2015", "2015年1月", "42013", "2015-1/9", "2015-01-09 14:30", True]
)
def test_what_is_no_day_is_a_fault(text: Any) -> None:
    with pytest.raises(Fault, match=r"not a date|no such day"):
        convert(Kind.DATE, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015-01-09T08:00:00Z", datetime(2015, 1, 9, 8, tzinfo=UTC)),
        ("2015-01-09 08:00", datetime(2015, 1, 9, 0, tzinfo=UTC)),
        ("2015-01-09", datetime(2015, 1, 8, 16, tzinfo=UTC)),
    ],
)
def test_a_moment_without_an_offset_is_beijing_time(text: str, expected: datetime) -> None:
    assert convert(Kind.DATETIME, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("12", 12), ("-3", -3), ("1,234", 1234), ("１２", 12), (12.0, 12)]
)
def test_whole_numbers_are_read(text: Any, expected: int) -> None:
    assert convert(Kind.INTEGER, text) == expected


@pytest.mark.parametrize("text", ["1.5", "1_000", "十二", "12人", True, "9" * 5000, 2**31, "²"])
def test_what_is_no_whole_number_is_a_fault(text: Any) -> None:
    with pytest.raises(Fault, match=r"not a whole number|too large"):
        convert(Kind.INTEGER, text)


def test_money_needs_more_than_32_bits() -> None:
    assert convert(Kind.LONG, "3000000000") == 3_000_000_000
    with pytest.raises(Fault, match="too large"):
        convert(Kind.LONG, 2**63)


@pytest.mark.parametrize("text", ["nan", "inf", "1e999", "", ".", "1,2", "0x1"])
def test_what_is_no_number_is_a_fault(text: str) -> None:
    with pytest.raises(Fault):
        convert(Kind.FLOAT, text)


def test_a_number_below_the_minimum_is_a_fault() -> None:
    with pytest.raises(Fault, match="less than 1900"):
        convert(Kind.INTEGER, 1899, minimum=1900)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("是", True), ("否", False), ("TRUE", True), ("0", False), (True, True), (1.0, True)],
)
def test_yes_and_no_are_read(text: Any, expected: bool) -> None:
    assert convert(Kind.BOOLEAN, text) is expected
    assert convert(Kind.ROLE, text, label="Master") is expected


def test_neither_yes_nor_no_is_a_fault() -> None:
    with pytest.raises(Fault, match="neither yes nor no"):
        convert(Kind.BOOLEAN, "maybe")


@pytest.mark.parametrize("text", ["SENIOR", "senior", "高级工", " 高级 工", "3", 3, 3.0])
def test_ordered_choices_are_stored_as_numbers(text: Any) -> None:
    assert convert(Kind.CHOICE, text, choices=SKILL_LEVEL) == 3


def test_several_choices_are_each_one_of_the_list() -> None:
    given = "匹配；SHARING"
    assert convert(Kind.CHOICES, given, choices=CONSENT_PURPOSE) == ["MATCHING", "SHARING"]
    with pytest.raises(Fault, match="not a ConsentPurpose"):
        convert(Kind.CHOICES, ["MATCHING", "别的"], choices=CONSENT_PURPOSE)


def test_unordered_choices_are_stored_as_names() -> None:
    assert convert(Kind.CHOICE, "匹配", choices=CONSENT_PURPOSE) == "MATCHING"
    with pytest.raises(Fault, match="not a ConsentPurpose") as caught:
        convert(Kind.CHOICE, "别的", choices=CONSENT_PURPOSE)
    assert "MATCHING (匹配)" in caught.value.remedy


def test_lists_are_split_and_bounded() -> None:
    assert convert(Kind.STRINGS, "焊工； 氩弧焊工 |焊工;") == ["焊工", "氩弧焊工"]
    assert convert(Kind.STRINGS, ["a", " b "]) == ["a", "b"]
    with pytest.raises(Fault, match="more than"):
        convert(Kind.STRINGS, ";".join(map(str, range(MOST_ITEMS + 1))))


@pytest.mark.parametrize("value", ["x" * (LONGEST_STRING + 1), "a\x00b", {"a": 1}, [1]])
def test_texts_that_cannot_be_stored_are_faults(value: Any) -> None:
    with pytest.raises(Fault):
        convert(Kind.STRING, value)


@pytest.mark.parametrize("kind", [k for k in Kind if k not in {Kind.CHOICE, Kind.CHOICES}])
@given(
    value=st.one_of(
        st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.dates(),
        st.datetimes(), st.lists(st.text(max_size=3), max_size=3), st.none(),
    )
)  # fmt: skip
def test_any_value_is_converted_or_a_fault(kind: Kind, value: Any) -> None:
    with suppress(Fault):
        assert convert(kind, value) is not None


def check(**values: Any) -> tuple[str, dict[str, Any]]:
    headers = {"name": "姓名", "external_id": "工号", "birth_year": "出生年份"}
    part = Nodes(WORKER, "hr", [], headers=headers)
    node = node_check(part)(NodeRow(PLACE, values)).node
    return node.key, dict(node.values)


def test_blank_values_are_left_out_and_texts_trimmed() -> None:
    values = {"external_id": " W1 ", "name": " 张三 ", "job_title": "  ", "motivation": None}
    assert check(**values) == ("hr:W1", {"name": "张三"})


def test_a_whole_key_wins() -> None:
    assert check(key="mes:9", external_id="W1", name="张三")[0] == "mes:9"


def test_a_type_with_a_code_is_known_by_it() -> None:
    part = Nodes(MODEL.node_type("Occupation"), "csco", [])
    row = NodeRow(PLACE, {"code": "6-18-02-04", "name": "焊工"})
    assert node_check(part)(row).node.key == "csco:6-18-02-04"


@pytest.mark.parametrize(
    ("values", "column", "reason"),
    [
        ({"external_id": "W1"}, "姓名", "no value"),
        ({"external_id": " ", "name": "张三"}, "工号", "no value"),
        ({"external_id": "a\nb", "name": "张三"}, "工号", "control character"),
        ({"external_id": "x" * 201, "name": "张三"}, "工号", "longer than 200"),
        ({"external_id": [1], "name": "张三"}, "工号", "a list or object"),
        ({"key": "nocolon", "name": "张三"}, "key", "a key reads source:external id"),
        ({"external_id": "1", "name": "张三", "birth_year": "1800"}, "出生年份", "less than 1900"),
    ],
)
def test_a_rejected_row_says_where_and_why(values: Any, column: str, reason: str) -> None:
    with pytest.raises(RejectedRow, match=reason) as caught:
        check(**values)
    assert (caught.value.place, caught.value.column) == (PLACE, column)
    assert caught.value.remedy


def test_the_text_of_a_reject_holds_no_value() -> None:
    with pytest.raises(RejectedRow) as caught:
        check(external_id="W1", name="张三", birth_year="机密")
    assert "机密" not in str(caught.value)
    assert caught.value.value == "机密"


def test_relationship_rows_are_checked_like_nodes() -> None:
    r = declared_type("HAS_SKILL")
    check_row = relationship_check(Relationships(r, "hr", []))  # pyright: ignore[reportArgumentType]
    row = RelationshipRow(PLACE, "hr:W1", "esco:1", {"level": "4", "since": "2020/1/1"})
    assert check_row(row).values == {"level": 4, "since": date(2020, 1, 1)}
    with pytest.raises(RejectedRow, match="less than 1"):
        check_row(row._replace(values={"level": 0}))
    with pytest.raises(RejectedRow, match="no value"):
        check_row(row._replace(target_key=" "))
