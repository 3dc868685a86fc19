"""What the policy wants each year, and what it wants to stand: T01–T13."""

from typing import LiteralString

from graph.rules.dated import began, held, known, within
from graph.rules.figures.declare import Figure, Pattern, Period, Source
from graph.rules.support import listed

CLASS_TWO: LiteralString = "2"  # place of 二类 among the classes (A02)

HELD: tuple[LiteralString, ...] = (
    "c.category = 'SKILLS'",
    "c.state IN ['HELD', 'RANKED']",
    within("c.held_from"),
)
"""What makes a competition `c` one that was held in the year."""

FIGURES = (
    Figure(
        "T01",
        "命名技能名师",
        "Skill masters named in the year.",
        "Distinct workers named 技能名师 in the year, in an industry that is a key one.",
        "Worker",
        Pattern(
            "(i:Industry)<-[:IN_INDUSTRY]-(d:Designation)-[:NAMES]->(member:Worker)",
            {"i": "Industry", "d": "Designation", "member": "Worker"},
            ("d.title = 'SKILL_MASTER'", "i.key_industry", began("d")),
        ),
        source=Source("二(一)2", "市总工会每年在首都重点发展产业命名100名“技能名师”"),
        target=100,
        policy=("T01", "M04", "A03"),
    ),
    Figure(
        "T02",
        "举办技能竞赛的职业（工种）",
        "Occupations in which a skills competition was held in the year.",
        "Distinct occupations covered by a 技能竞赛 that a union held and that began in the year; "
        "several heats or events of one occupation count once.",
        "Occupation",
        Pattern(
            "(member:Occupation)<-[:COVERS]-(c:Competition)-[:ORGANISED_BY]->(:Union)",
            {"member": "Occupation", "c": "Competition"},
            HELD,
        ),
        source=Source("二(一)1", "征集并举办不少于30个职业（工种）的技能竞赛"),
        target=30,
        policy=("T02",),
    ),
    Figure(
        "T03",
        "购买培训项目",
        "Training projects purchased in the year for the grass roots.",
        "Projects of 送技能培训进基层企业 with a day of purchase in the year.",
        "TrainingProject",
        Pattern(
            "(member:TrainingProject)",
            {"member": "TrainingProject"},
            ("member.activity = 'GRASSROOTS'", within("member.purchased")),
        ),
        source=Source("二(一)3", "市总工会每年购买30个培训项目开展“送技能培训进基层企业”活动"),
        target=30,
        policy=("T03", "B02", "B03"),
    ),
    Figure(
        "T04",
        "新命名市级职工创新工作室",
        "Municipal studios newly named in the year.",
        "Distinct studios whose first municipal title began in the year; one that was withdrawn "
        "and is named again is not new.",
        "Studio",
        Pattern(
            "(d:StudioDesignation)-[:DESIGNATES]->(member:Studio)",
            {"d": "StudioDesignation", "member": "Studio"},
            (
                "d.level = 'MUNICIPAL'",
                began("d"),
                f"""NOT EXISTS {{
  MATCH (member)<-[:DESIGNATES]-(earlier:StudioDesignation)
  WHERE earlier.level = 'MUNICIPAL' AND earlier.valid_from < d.valid_from
AND {known("earlier")} }}""",
            ),
        ),
        source=Source(
            "二(二)1", "每年新命名30个以劳模、高技能人才等为领军人物的市级职工创新工作室"
        ),
        target=30,
        policy=("T04", "S03"),
    ),
    Figure(
        "T05",
        "市级职工创新工作室总数",
        "Municipal studios in being.",
        "Distinct studios that bear the municipal title on the day: named, less withdrawn.",
        "Studio",
        Pattern(
            "(d:StudioDesignation)-[:DESIGNATES]->(member:Studio)",
            {"d": "StudioDesignation", "member": "Studio"},
            ("d.level = 'MUNICIPAL'", held("d")),
        ),
        source=Source("二(二)1", "五年内总数动态保持在500个左右"),
        target=500,
        band=0.05,
        period=Period.DAY,
        policy=("T05", "S07", "S02"),
    ),
    Figure(
        "T06",
        "资助工作室项目",
        "Studio projects selected in the year and partly funded.",
        "Projects whose selection was decided in the year, with a grant that is less than what "
        "they cost; one that is paid in full is not partly funded.",
        "StudioProject",
        Pattern(
            "(member:StudioProject)",
            {"member": "StudioProject"},
            (
                "member.state IN ['SELECTED', 'COMPLETED']",
                within("member.decided"),
                "0 < member.granted < member.budget",
            ),
        ),
        source=Source("二(二)1", "市总工会每年评选20个技术创新、人才培养项目给予部分经费资助"),
        target=20,
        policy=("T06", "S10", "S11"),
    ),
    Figure(
        "T07",
        "科学家（专家）走进职工创新工作室项目",
        "Expert-visit projects carried out in the year.",
        "Projects whose first visit was in the year; one project counts once, however many "
        "experts came and however often.",
        "ExpertVisitProject",
        Pattern(
            "(member:ExpertVisitProject)",
            {"member": "ExpertVisitProject"},
            ("member.state = 'CARRIED_OUT'", within("member.visited")),
        ),
        source=Source("二(二)2", "争取每年开展30个科学家（专家）走进职工创新工作室项目", "STRIVE"),
        target=30,
        policy=("T07", "V06"),
    ),
    Figure(
        "T11",
        "纳入助推范围的大赛获奖者",
        "Prize-winners whom the career-development support plan takes in.",
        "Distinct workers among the first ten of a municipal, national or international contest "
        "of class II or above that ended in the year and whose ranking is published, in an "
        "occupation that was not on the certificate list on its last day. The policy gives no "
        "number.",
        "Worker",
        Pattern(
            "(contest:Competition)<-[:IN_COMPETITION]-(entry:CompetitionEntry)"
            "-[:ENTERED_BY]->(member:Worker), (entry)-[:IN_OCCUPATION]->(trade:Occupation)",
            {
                "contest": "Competition",
                "entry": "CompetitionEntry",
                "member": "Worker",
                "trade": "Occupation",
            },
            (
                within("contest.held_to"),
                "contest.state = 'RANKED'",
                "contest.level IN ['MUNICIPAL', 'NATIONAL', 'INTERNATIONAL']",
                f"contest.grade >= {CLASS_TWO}",
                "entry.rank <= 10",
                f"NOT {listed('trade', 'CERTIFICATE', 'contest.held_to')}",
            ),
        ),
        source=Source("二(一)4", "市级二类以上技能大赛（非取证工种）前十名获奖者纳入助推范围"),
        policy=("T11",),
    ),
    Figure(
        "T12",
        "教育培训经费用于一线职工达到60%的企业",
        "Enterprises that spent at least 60 % of their education fund on front-line workers.",
        "Enterprises that reported spending for the year; those with 用于一线职工 of 60 % or more.",
        "Enterprise",
        Pattern(
            "(member:Enterprise)<-[:FUND_OF]-(f:EducationFund)",
            {"member": "Enterprise", "f": "EducationFund"},
            ("f.year = period.year", "f.spent > 0"),
        ),
        (
            Pattern(
                "(member)<-[:FUND_OF]-(enough:EducationFund)",
                {"enough": "EducationFund"},
                ("enough.year = period.year", "10 * enough.frontline_spent >= 6 * enough.spent"),
            ),
        ),
        source=Source("三(二)", "其中60%以上用于一线职工的教育培训"),
        target=1.0,
        policy=("T12", "H05"),
    ),
    Figure(
        "T13",
        "技能人才队伍",
        "Workers with a skill level.",
        "Workers whose present level is known. The policy sets no date; only today's stock is "
        "counted, whatever day is asked for.",
        "Worker",
        Pattern(
            "(member:Worker WHERE member.key IS NOT NULL)",
            {"member": "Worker"},
            ("member.skill_level >= 1",),
        ),
        source=Source("一", "以百万计的职业技能人才队伍", "STRIVE"),
        target=1_000_000,
        period=Period.NOW,
        policy=("T13", "P17"),
    ),
)
