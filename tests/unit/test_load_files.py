from pathlib import Path
from typing import Any

from loaders.batches import batches
from loaders.files import NodeFile, declared_type, opened
from loaders.rows import NodeRow, Nodes, RejectedRow, RelationshipRow, Relationships
from loaders.titles import Occupation, TitleMap, clean

OCCUPATIONS = TitleMap(
    [
        Occupation("csco:6-18-02-04", ["焊工", "氩弧焊工"], "使用焊机焊接金属工件"),
        Occupation("csco:6-18-01-01", ["车工", "数控车工"], "操作车床加工工件"),
        Occupation("csco:4-07-05-01", ["保安员"], "巡逻、守护"),
    ]
)


def open_file(tmp_path: Path, text: str, kind: str, name: str = "f.csv", **options: Any) -> Any:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return opened(path, declared_type(kind), "hr", **options)


def links(file: NodeFile) -> list[tuple[str, RelationshipRow]]:
    [nodes] = [part for part in file.parts() if isinstance(part, Nodes)]
    rows = [row for row in nodes.rows if isinstance(row, NodeRow)]
    return [(r.type, link) for row in rows for r, link in row.links]


def rejects(file: NodeFile) -> list[tuple[int, str, str]]:
    rows = [row for part in file.parts() for row in part.rows if isinstance(row, RejectedRow)]
    return [(row.place.line, row.column, row.reason) for row in rows]


def test_a_relation_cell_names_others_with_their_level(tmp_path: Path) -> None:
    file = open_file(tmp_path, "工号,姓名,技能\n1,张三,氩弧焊：4；钳工 ; esco:12\n", "Worker")
    found = [(link.source_key, link.target_key, link.values) for _, link in links(file)]
    assert found == [("", "氩弧焊", {"level": 4}), ("", "钳工", {}), ("", "esco:12", {})]


def test_an_incoming_relation_keeps_its_direction(tmp_path: Path) -> None:
    file = open_file(tmp_path, "编号,名称,领军人物\n1,某工作室,hr:W1\n", "Studio")
    [(kind, link)] = links(file)
    assert (kind, link.ends, link.columns) == ("LEADS", ("hr:W1", ""), ("领军人物", ""))
    assert link.of("hr:1").ends == ("hr:W1", "hr:1")


def test_a_cell_that_names_too_much_is_rejected(tmp_path: Path) -> None:
    text = '{"id": 1, "name": "a", "skills": ["x", "x"]}\n'
    text += '{"id": 2, "name": "b", "district": ["x", "y"]}\n'
    text += '{"id": 3, "name": "c", "skills": [{"x": 1}]}\n'
    assert rejects(open_file(tmp_path, text, "Worker", "f.jsonl")) == [
        (1, "skills", "names the same thing twice"),
        (2, "district", "names several where only one can be"),
        (3, "skills", "a list or object, not one value"),
    ]


def test_a_json_name_that_appears_late_is_rejected_unless_unknown_ones_are_ignored(
    tmp_path: Path,
) -> None:
    text = '{"id": 1, "name": "a"}\n' * 1001 + '{"id": 2, "name": "b", "hobby": "x"}\n'
    file = open_file(tmp_path, text, "Worker", "f.jsonl")
    assert rejects(file) == [(1002, "hobby", "a name that no line had before")]
    assert not rejects(open_file(tmp_path, text, "Worker", "f.jsonl", ignore_unknown=True))


def test_links_within_a_type_come_after_all_its_nodes_and_only_of_good_rows(tmp_path: Path) -> None:
    rows = ("2,区总工会,地区,1", "1,市总工会,地区,", "3,,地区,1", "2,另一个,地区,1")
    text = "\n".join(("编号,名称,所属系统,上级工会", *rows))
    nodes, above = open_file(tmp_path, text, "Union").parts()
    assert isinstance(nodes, Nodes)
    assert isinstance(above, Relationships)
    assert above.references
    assert [row.ends for row in above.rows if isinstance(row, RelationshipRow)] == [("hr:2", "1")]
    assert sum(len(b.rejected) for b in batches(nodes, 10)) == 2


def test_relationship_files_name_both_ends(tmp_path: Path) -> None:
    file = open_file(tmp_path, "职工,技能,水平\n1,esco:7,3\n", "HAS_SKILL")
    [part] = file.parts()
    [row] = part.rows
    assert isinstance(row, RelationshipRow)
    assert (row.ends, row.values, row.columns) == (
        ("1", "esco:7"),
        {"level": "3"},
        ("职工", "技能"),
    )
    assert part.counted
    assert part.references


def test_job_titles_become_occupations_unless_the_row_names_one(tmp_path: Path) -> None:
    rows = ("1,张三,诚聘氩弧焊工(包吃住),", "2,李四,焊工,车工", "3,王五,,", "4,赵六,CEO,")
    text = "\n".join(("工号,姓名,岗位,职业", *rows))
    file = open_file(tmp_path, text, "Worker")
    assert file.has_job_titles
    file.titles = OCCUPATIONS
    assert [(kind, link.target_key) for kind, link in links(file)] == [
        ("PRACTISES", "csco:6-18-02-04"),
        ("PRACTISES", "车工"),
    ]
    [nodes] = file.parts()
    confidences = [row.values.get("occupation_confidence") for row in nodes.rows]
    assert confidences[0] > 0.5
    assert confidences[1:] == [None, None, None]


def test_titles_are_cleaned_of_what_says_nothing_about_the_work() -> None:
    assert clean("瑞宜利特招聘车工") == "车工"
    assert clean("高薪诚聘数控车床操作工（五险一金+双休）8000-12000元/月") == "数控车床操作工"
    assert clean("（急招）") == "（急招）"


def test_a_title_unlike_any_occupation_has_none() -> None:
    assert OCCUPATIONS.best("abc") is None
    assert OCCUPATIONS.best("数控车工")[0] == "csco:6-18-01-01"  # pyright: ignore[reportOptionalSubscript]
