"""Figures for which the policy gives no number: counted, never compared with a target."""

from typing import LiteralString

from graph.rules.dated import began, held, known, within
from graph.rules.figures.coverage import MUNICIPAL_STUDIO, SENIOR_TECHNICIAN, TECHNICIAN
from graph.rules.figures.declare import Figure, Pattern, Period, Source

_UNIONS = Pattern(
    "(member:Union)",
    {"member": "Union"},
    ("member.type IN ['DISTRICT_COUNTY', 'DEV_ZONE', 'INDUSTRY', 'BUREAU', 'GROUP_COMPANY']",),
)

_UNDER_CONTRACT = Pattern(
    "(member:Enterprise)<-[:WITH_ENTERPRISE]-(c:CollectiveContract)",
    {"member": "Enterprise", "c": "CollectiveContract"},
    (held("c"),),
)


def _clause(
    code: LiteralString, zh: str, description: str, name: LiteralString, source: Source
) -> Figure:
    return Figure(
        code,
        zh,
        description,
        "Enterprises with a collective contract in force on the day; those with the clause.",
        "Enterprise",
        _UNDER_CONTRACT,
        (
            Pattern(
                "(member)<-[:WITH_ENTERPRISE]-(has:CollectiveContract)",
                {"has": "CollectiveContract"},
                (f"has.{name}", held("has")),
            ),
        ),
        source,
        period=Period.DAY,
        policy=(code,),
    )


def _fund(code: LiteralString, zh: str, description: str, kind: LiteralString) -> Figure:
    return Figure(
        code,
        zh,
        description,
        "Distinct enterprises that have set up such a fund by the day.",
        "Enterprise",
        Pattern(
            "(member:Enterprise)<-[:SET_UP_BY]-(f:Fund)",
            {"member": "Enterprise", "f": "Fund"},
            (f"f.kind = '{kind}'", "f.founded <= period.day"),
        ),
        source=Source("三(三)", "鼓励和支持有条件的企事业建立技能人才发展基金、创新基金",
                      "ENCOURAGE"),
        period=Period.DAY,
        policy=(code,),
    )  # fmt: skip


def _defined(counts: LiteralString) -> LiteralString:
    """A predicate: the definition that judges the member counts it; without any, all counts."""
    return f"""CASE WHEN $definition IS NULL
  THEN NOT EXISTS {{ MATCH (definition:ConversionDefinition)
    WHERE {held("definition", "member.registered")} AND NOT {counts} }}
  ELSE EXISTS {{ MATCH (definition:ConversionDefinition {{name: $definition}})
    WHERE {known("definition")} AND {counts} }} END"""


FIGURES = (
    Figure(
        "A12",
        "四位一体全程完成率",
        "Trained workers who went through all four: training, drill, competition, promotion.",
        "Distinct workers who completed a training by the day; those who by then also took part "
        "in a drill (岗位练兵) and reached a level by their place in a competition, in any order.",
        "Worker",
        Pattern(
            "(t:TrainingRecord)-[:ABOUT_WORKER]->(member:Worker)",
            {"t": "TrainingRecord", "member": "Worker"},
            ("t.result = 'COMPLETED'", "t.ends <= period.day"),
        ),
        (
            Pattern(
                "(member)-[:TOOK_PART_IN]->(drill:MassActivity), (member)<-[:ENTERED_BY]-"
                "(entry:CompetitionEntry)<-[:PROMOTED_BY]-(r:SkillLevelRecord)",
                {"drill": "MassActivity", "entry": "CompetitionEntry", "r": "SkillLevelRecord"},
                (
                    "drill.type = 'DRILL'",
                    "drill.day <= period.day",
                    "r.valid_from <= period.day",
                    known("r"),
                ),
            ),
        ),
        source=Source("二(一)1", "职工技能培训、练兵、竞赛、晋级四位一体的职业技能发展模式"),
        period=Period.DAY,
        policy=("A12",),
    ),
    Figure(
        "B11",
        "参加国际技能大赛人数",
        "Workers sent to international contests in the year.",
        "Distinct workers who took part in an exchange of the kind 国际技能大赛 that began in the "
        "year. The policy gives no number.",
        "Worker",
        Pattern(
            "(member:Worker)-[:TOOK_PART_IN]->(x:Exchange)",
            {"member": "Worker", "x": "Exchange"},
            ("x.kind = 'CONTEST'", "x.direction = 'OUT'", within("x.starts")),
        ),
        source=Source("二(一)3", "力争每年选派一批技能人才参与国际技能大赛", "STRIVE"),
        policy=("B11",),
    ),
    Figure(
        "B22",
        "培训结业率",
        "Training that workers completed.",
        "Training records that ended in the year; those with the result 结业.",
        "TrainingRecord",
        Pattern(
            "(member:TrainingRecord)-[:ABOUT_WORKER]->(w:Worker)",
            {"member": "TrainingRecord", "w": "Worker"},
            (within("member.ends"),),
        ),
        ("member.result = 'COMPLETED'",),
        source=Source("二(一)3", "增强适用性和实效性"),
        policy=("B22",),
    ),
    Figure(
        "E13",
        "技师以上持证人员在聘率",
        "Certified technicians who are in post at their level.",
        "Distinct workers who hold 技师 or 高级技师 on the day; those engaged at 技师 or above.",
        "Worker",
        Pattern(
            "(r:SkillLevelRecord WHERE r.key IS NOT NULL)-[:ABOUT_WORKER]->(member:Worker)",
            {"r": "SkillLevelRecord", "member": "Worker"},
            (f"r.skill_level IN [{TECHNICIAN}, {SENIOR_TECHNICIAN}]", held("r")),
        ),
        (
            Pattern(
                "(member)<-[:ABOUT_WORKER]-(e:Employment)",
                {"e": "Employment"},
                (f"e.engaged_level >= {TECHNICIAN}", held("e")),
            ),
        ),
        source=Source("二(一)5", "积极推动企业完善技能人才评聘制度", "ENCOURAGE"),
        period=Period.DAY,
        policy=("E13",),
    ),
    _clause(
        "E14", "签订技能人才工资专项协商条款的企业", "Enterprises that negotiate skilled wages.",
        "skill_wage_clause",
        Source("二(一)5", "把技能人才工资专项协商列为工资集体协商的重要内容", "ENCOURAGE"),
    ),
    _clause(
        "E15", "落实同等待遇的企业", "Enterprises that treat technicians as engineers.",
        "parity_clause",
        Source("二(一)5", "落实关于在聘高级技师、技师与高级工程师、工程师享受同等待遇的规定"),
    ),
    Figure(
        "F03",
        "政府资金支持的预算项目",
        "Budget lines that government departments pay for.",
        "Budget lines of the year; those whose money comes from government departments.",
        "BudgetLine",
        Pattern("(member:BudgetLine)", {"member": "BudgetLine"}, ("member.year = period.year",)),
        ("member.source_kind = 'GOVERNMENT'",),
        source=Source("三(三)", "积极争取政府相关部门资金支持", "ENCOURAGE"),
        policy=("F03", "G07"),
    ),
    _clause(
        "H06", "集体合同载有培训条款的企业", "Enterprises whose contract covers training.",
        "training_clause",
        Source("三(二)", "将职工技能培训及培训经费使用情况纳入集体合同条款"),
    ),
    _fund("F06", "建立技能人才发展基金的企业", "Enterprises with a talent fund.",
          "TALENT_DEVELOPMENT"),
    _fund("F07", "建立创新基金的企业", "Enterprises with an innovation fund.", "INNOVATION"),
    Figure(
        "H02",
        "制定年度计划的工会",
        "Unions with a yearly plan.",
        "District, industry, bureau and group unions; those with an adopted plan of the year.",
        "Union",
        _UNIONS,
        (
            Pattern(
                "(member)<-[:PLAN_OF]-(p:AnnualPlan)",
                {"p": "AnnualPlan"},
                ("p.year = period.year", "p.state <> 'DRAFT'"),
            ),
        ),
        source=Source("三(二)", "把技能人才队伍建设工作列入年度工作计划"),
        policy=("H02", "N12"),
    ),
    Figure(
        "H04",
        "足额提取教育培训经费的企业",
        "Enterprises that accrued their education fund in full.",
        "Enterprises that reported wages and rate for the year; those that accrued wages × rate "
        "or more. The rate is the law's of that year, stored with the report.",
        "Enterprise",
        Pattern(
            "(member:Enterprise)<-[:FUND_OF]-(f:EducationFund)",
            {"member": "Enterprise", "f": "EducationFund"},
            ("f.year = period.year", "f.wage_base > 0", "f.legal_rate > 0"),
        ),
        (
            Pattern(
                "(member)<-[:FUND_OF]-(full:EducationFund)",
                {"full": "EducationFund"},
                (
                    "full.year = period.year",
                    "full.accrued >= round(full.wage_base * full.legal_rate)",
                ),
            ),
        ),
        source=Source("三(二)", "督促企业依法足额提取并用好职工教育培训经费"),
        policy=("H04",),
    ),
    Figure(
        "J04",
        "面向重点和新兴产业的专业委员会",
        "Special committees for key or strategic emerging industries.",
        "Committees of technical associations founded by the day; those that cover an industry "
        "that is key or emerging.",
        "SpecialCommittee",
        Pattern(
            "(member:SpecialCommittee)",
            {"member": "SpecialCommittee"},
            ("coalesce(member.founded, period.day) <= period.day",),
        ),
        (
            Pattern(
                "(member)-[:COVERS_INDUSTRY]->(i:Industry)",
                {"i": "Industry"},
                ("(i.key_industry OR i.strategic_emerging)",),
            ),
        ),
        source=Source("二(三)1", "适应企事业、产业转型升级要求"),
        period=Period.DAY,
        policy=("J04",),
    ),
    Figure(
        "J06",
        "技协会员",
        "Members of technical associations.",
        "Distinct workers who are a member of an association on the day.",
        "Worker",
        Pattern(
            "(m:Membership)-[:ABOUT_WORKER]->(member:Worker)",
            {"m": "Membership", "member": "Worker"},
            (held("m"),),
        ),
        source=Source("二(三)1", "广泛吸引优秀技能人才加入", "ENCOURAGE"),
        period=Period.DAY,
        policy=("J06",),
    ),
    Figure(
        "J14",
        "建立技协组织的区县",
        "Districts whose union leads a technical association.",
        "District and development-zone unions; those that lead an association founded by the day.",
        "Union",
        Pattern(
            "(member:Union)",
            {"member": "Union"},
            ("member.type IN ['DISTRICT_COUNTY', 'DEV_ZONE']",),
        ),
        (
            Pattern(
                "(member)<-[:LED_BY]-(a:TechAssociation)",
                {"a": "TechAssociation"},
                ("coalesce(a.founded, period.day) <= period.day",),
            ),
        ),
        source=Source("二(三)1", "各区县以及有一定规模、有条件的企事业单位要建立职工技协组织"),
        period=Period.DAY,
        policy=("J14",),
    ),
    Figure(
        "J18",
        "命名先进基层技协组织",
        "Advanced grass-roots associations named in the year.",
        "Distinct associations that were named 先进基层技协组织 in the year. The policy gives no "
        "number (一批).",
        "TechAssociation",
        Pattern(
            "(d:Designation)-[:NAMES]->(member:TechAssociation)",
            {"d": "Designation", "member": "TechAssociation"},
            ("d.title = 'ADVANCED_ASSOCIATION'", began("d")),
        ),
        source=Source("二(三)1", "市总工会每年推选命名一批先进基层技协组织，给予专项经费支持"),
        policy=("J18",),
    ),
    Figure(
        "P07",
        "重点和新兴产业的市级工作室",
        "Municipal studios in key or strategic emerging industries.",
        "Municipal studios in being on the day; those in an industry that is key or emerging.",
        "Studio",
        MUNICIPAL_STUDIO,
        (
            Pattern(
                "(member)-[:IN_INDUSTRY]->(i:Industry)",
                {"i": "Industry"},
                ("(i.key_industry OR i.strategic_emerging)",),
            ),
        ),
        source=Source("一", "促进首都产业结构优化升级"),
        period=Period.DAY,
        policy=("P07", "A04"),
    ),
    Figure(
        "V12",
        "成果转化率",
        "Achievements registered in the year that were put to use since.",
        "Achievements registered in the year (the cohort); those that by the day of asking have a "
        "technology contract signed and not terminated, or a verified benefit at an enterprise, as "
        "far as the definition of their date counts it, or one that is named. Where no definition "
        "is stored, any contract and any benefit counts.",
        "Achievement",
        Pattern(
            "(member:Achievement)", {"member": "Achievement"}, (within("member.registered"),)
        ),
        (
            Pattern(
                "(member)<-[:OVER]-(c:TechContract)",
                {"c": "TechContract"},
                (
                    "c.signed <= period.as_of",
                    "(c.state <> 'TERMINATED' OR c.ended > period.as_of)",
                    _defined("c.type IN definition.contract_types"),
                ),
            ),
            Pattern(
                "(member)<-[:BENEFIT_OF]-(b:BenefitRecord)",
                {"b": "BenefitRecord"},
                ("b.recorded <= period.as_of", _defined("definition.benefits")),
            ),
        ),
        source=Source("二(二)2", "提高成果转化率"),
        policy=("V12",),
    ),
    Figure(
        "Y10",
        "宣传活动",
        "Publicity events held in the year.",
        "Events with a day in the year. The policy gives no number (定期).",
        "PublicityEvent",
        Pattern(
            "(member:PublicityEvent)", {"member": "PublicityEvent"}, (within("member.held"),)
        ),
        source=Source("三(四)", "定期举办主题的事迹展、图片展、报告会", "MUST"),
        policy=("Y10",),
    ),
)  # fmt: skip
