"""The closed lists of the policy, word for word as the policy has them."""

from collections.abc import Iterator

import pytest

from graph.model import MODEL, ClosedList
from graph.rules.career import DEVELOPMENT_STAGE, GROWTH_STAGE, TALENT_FACET
from graph.rules.databases import DATABASE
from graph.rules.figures import FIGURES

LISTS: dict[str, ClosedList] = {
    p.choices.name: p.choices for t in MODEL.node_types for p in t.all_properties if p.choices
} | {c.name: c for c in (DEVELOPMENT_STAGE, GROWTH_STAGE, TALENT_FACET, DATABASE)}


def terms(name: str) -> list[str]:
    return [choice.zh for choice in LISTS[name].choices]


@pytest.mark.parametrize(
    ("name", "policy"),
    [
        pytest.param(
            "UnionType",
            "市总工会 区县总工会 开发区总工会 产业工会 局工会 集团、公司工会 高等院校工会 "
            "直属基层工会 工会联合会",
            marks=pytest.mark.policy("X01"),
        ),
        pytest.param("Platform", "广阔平台 助推平台 服务管理平台", marks=pytest.mark.policy("X02")),
        pytest.param(
            "ProgrammeLevel",
            "企业 产业/行业 区县 市级 国家 国际",
            marks=pytest.mark.policy("X03"),
        ),
        pytest.param("MentoringMode", "一帮一 结对子 师带徒", marks=pytest.mark.policy("X07")),
        pytest.param(
            "TrainingVenue",
            "企业 职业学校 职工创新工作室 技协专业委员会 职工技能实训基地",
            marks=pytest.mark.policy("X09", "B15"),
        ),
        pytest.param(
            "TrainingMode",
            "订单式 项目制 职业化 实操 网络",
            marks=pytest.mark.policy("X10", "B17"),
        ),
        pytest.param("SkillType", "通用能力 创新能力 岗位技能", marks=pytest.mark.policy("X11")),
        pytest.param(
            "ExchangeDirection", "请进来 走出去", marks=pytest.mark.policy("X12", "B08", "B09")
        ),
        pytest.param("AwardTarget", "个人 团队 单位", marks=pytest.mark.policy("X13")),
        pytest.param(
            "Title",
            "技能名师 首席职工 首席技师 创新标兵 首都职工技术创新标兵 绝技绝活 特殊操作法 "
            "首都职工优秀自主创新成果 先进基层技协组织 市级职工创新工作室",
            marks=pytest.mark.policy("X14"),
        ),
        pytest.param(
            "AchievementKind",
            "新工艺 新发明 特殊操作法 技术革新",
            marks=pytest.mark.policy("X15", "V03"),
        ),
        pytest.param(
            "BudgetLineKind",
            "技能培训 技能竞赛 技能晋级 名师带徒 创新工作室 创新成果转化 对外交流 评审命名",
            marks=pytest.mark.policy("X18", "T19"),
        ),
        pytest.param(
            "DevelopmentStage", "培训 练兵 竞赛 晋级", marks=pytest.mark.policy("X06", "T17")
        ),
        pytest.param(
            "TechContractType",
            "技术开发 技术转让 技术咨询 技术服务",
            marks=pytest.mark.policy("X16", "T17"),
        ),
        pytest.param("GrowthStage", "学好技能 提升技能 用好技能 创新创造"),
        pytest.param("TalentFacet", "有智慧 有技术 能发明 会创造"),
        pytest.param(
            "PolicyDatabase",
            "技能人才库 职工创新成果数据库 职工技能培训信息库 技术英才网 技术产权交易平台",
            marks=pytest.mark.policy("X19"),
        ),
        pytest.param(
            "GuidanceArea",
            "愿景 团队学习 创新 成果转化 工作室建设",
            marks=pytest.mark.policy("Z03"),
        ),
        pytest.param("StrategicTag", "高精尖 北京创造 北京服务", marks=pytest.mark.policy("P01")),
        pytest.param("InspectionKind", "执法检查 调研 监督", marks=pytest.mark.policy("H10")),
        pytest.param("PublicityKind", "事迹展 图片展 报告会", marks=pytest.mark.policy("Y03")),
        pytest.param(
            "MediaChannel",
            "报刊 广播 电视 公益广告 网络新媒体",
            marks=pytest.mark.policy("Y04"),
        ),
        pytest.param(
            "Campaign",
            "中国梦·劳动美 劳动创造幸福、技能成就梦想",
            marks=pytest.mark.policy("Y01", "Y02"),
        ),
    ],
)
def test_list_has_every_value_of_the_policy(name: str, policy: str) -> None:
    assert set(policy.split()) <= set(terms(name))


@pytest.mark.policy("X08")
def test_every_group_whose_coverage_is_asked_has_its_figure() -> None:
    groups = "M16 M17 M18 M19 M20 M21 M22_SENIOR_TECHNICIAN M22_TECHNICIAN T08"
    assert sorted(c for c, f in FIGURES.items() if "X08" in f.policy) == groups.split()


@pytest.mark.parametrize(
    ("name", "policy"),
    [
        pytest.param(
            "SkillLevel",
            "初级工 中级工 高级工 技师 高级技师 首席技师",
            marks=pytest.mark.policy("C11"),
        ),
        pytest.param("Strength", "鼓励 力争 要求"),
        pytest.param("Urgency", "一般 紧缺 急需"),
    ],
)
def test_ladder_is_in_order(name: str, policy: str) -> None:
    ladder = LISTS[name]
    ranks = {choice.zh: ladder.stored[choice.name] for choice in ladder.choices}
    assert [ranks[term] for term in policy.split()] == list(range(1, len(ranks) + 1))


def no_term_twice() -> Iterator[str]:
    for listed in LISTS.values():
        found = [choice.zh for choice in listed.choices]
        yield from (f"{listed.name}: {term}" for term in found if found.count(term) > 1)


def test_no_list_has_a_term_twice() -> None:
    assert list(no_term_twice()) == []
