from pathlib import Path

import pytest

from loaders.rows import NodeRow, Nodes, RelationshipRow
from loaders.sources import csco
from loaders.sources.task_phrases import phrases_only, skills_of

HEADER = "level,code,name,definition,tasks,alias\n"
WELDER = "使用焊机或焊接设备，焊接金属工件的人员。"


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        (WELDER, {"使用焊机", "使用焊接设备", "焊接金属工件"}),
        ("找正、定位与装夹工件", {"找正工件", "定位工件", "装夹工件"}),
        ("操作凿岩机、单辊破碎机等设备", {"操作凿岩机", "操作单辊破碎机"}),
        ("进行制件精度检验及误差分析", {"制件精度检验", "误差分析"}),
        ("处理生产中的异常现象和故障", {"处理异常现象", "处理故障"}),
        ("保养机床（数控机床）", {"维护机床"}),
        ("将混炼胶压出成几何形部件", set[str]()),
        ("处理其他日常工作", set[str]()),
        ("根据图纸", set[str]()),
    ],
)
def test_short_verb_object_phrases_are_found(text: str, phrases: set[str]) -> None:
    assert set(skills_of("", text)) == phrases


def test_the_weight_of_a_skill_is_its_share_of_the_tasks() -> None:
    tasks = "1.操作车床，进行切削加工 2.操作车床数控系统 3.清理现场。"
    assert skills_of("操作车床的人员。", tasks)["操作车床"] == 0.5


def test_a_reduced_text_gives_the_same_phrases() -> None:
    tasks = "1.安装夹具，调整车床，找正、定位与装夹工件 2.使用量具，进行制件精度检验及误差分析"
    assert set(skills_of("", phrases_only(tasks))) == set(skills_of("", tasks))


def _read(directory: Path, *lines: str) -> tuple[dict[str, NodeRow], list[tuple[str, str]]]:
    (directory / "csco22.csv").write_text(HEADER + "\n".join(lines), "utf-8")
    occupations: dict[str, NodeRow] = {}
    links: list[tuple[str, str]] = []
    for part in csco.read(directory):
        for row in part.rows:
            if isinstance(part, Nodes) and part.node_type.label == "Occupation":
                assert isinstance(row, NodeRow)
                occupations[row.values["code"]] = row
            elif isinstance(row, RelationshipRow):
                links.append((row.source_key, row.target_key))
    return occupations, links


def test_marks_become_flags_and_leave_the_names(tmp_path: Path) -> None:
    line = '4,6-10-01-11,油母页岩提炼工L/S,,,"油母页岩提炼工L/S,提炼工"'
    [row] = _read(tmp_path, line)[0].values()
    assert row.values["name"] == "油母页岩提炼工"
    assert row.values["aliases"] == ["提炼工"]
    assert (row.values["digital"], row.values["green"]) == (True, True)


def test_a_group_that_is_missing_is_skipped_on_the_way_up(tmp_path: Path) -> None:
    lines = ("2,6-18-00-00,加工人员,,,", "4,6-18-02-04,焊工,,,焊工")
    assert _read(tmp_path, *lines)[1] == [("csco:6-18-02-04", "csco:6-18-00-00")]


def test_two_rows_of_one_code_both_carry_what_either_says(tmp_path: Path) -> None:
    lines = ("3,2-03-01-00,土壤技术人员,,,", f"4,2-03-01-00,土壤技术人员,{WELDER},,")
    path = tmp_path / "csco22.csv"
    path.write_text(HEADER + "\n".join(lines), "utf-8")
    first, second = next(iter(csco.read(tmp_path))).rows
    assert isinstance(first, NodeRow)
    assert isinstance(second, NodeRow)
    assert first.values == second.values
    assert first.values["level"] == 4
    assert first.values["definition"] == WELDER
