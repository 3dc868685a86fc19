"""Figures of what the programme brings about: growth, initiative, creation, competitiveness."""

from typing import LiteralString

from graph.rules.dated import known, within
from graph.rules.figures.declare import Figure, Pattern, Source

_SKILLED = Pattern(
    "(member:Worker WHERE member.key IS NOT NULL)",
    {"member": "Worker"},
    ("member.skill_level >= 1",),
)


def _made(when: LiteralString) -> LiteralString:
    """How many achievements and patents of the studio `member` fall where `when` says of `day`."""
    return f"""(COUNT {{
  MATCH (member)<-[:MADE_BY]-(a:Achievement) WITH a.registered AS day WHERE {when} RETURN day }}
+ COUNT {{ MATCH (member)<-[:MADE_BY]-(:Achievement)<-[:PROTECTS]-(p:Patent)
  WITH p, p.filed AS day WHERE {when} RETURN p, day }})"""


_AFTER: LiteralString = "day > visit.visited AND day <= visit.visited + duration('P1Y')"
_BEFORE: LiteralString = "day <= visit.visited AND day > visit.visited - duration('P1Y')"

FIGURES = (
    Figure(
        "A16",
        "首次参赛后晋级的职工",
        "Workers who competed for the first time in the year and have risen a level since.",
        "Distinct workers with a competition that ended in the year and none before it; those who "
        "by the day of asking hold a level that began in the year or after it.",
        "Worker",
        Pattern(
            "(member:Worker)<-[:ENTERED_BY]-(entry:CompetitionEntry)-[:IN_COMPETITION]->"
            "(contest:Competition)",
            {"member": "Worker", "entry": "CompetitionEntry", "contest": "Competition"},
            (
                "contest.state IN ['HELD', 'RANKED']",
                within("contest.held_to"),
                """NOT EXISTS {
  MATCH (member)<-[:ENTERED_BY]-(:CompetitionEntry)-[:IN_COMPETITION]->(earlier:Competition)
  WHERE earlier.held_to < period.first }""",
            ),
        ),
        (
            Pattern(
                "(member)<-[:ABOUT_WORKER]-(r:SkillLevelRecord)",
                {"r": "SkillLevelRecord"},
                ("r.valid_from >= period.first", "r.valid_from <= period.as_of", known("r")),
            ),
        ),
        source=Source("二(一)1", "拓展技能人才成长发展空间"),
        policy=("A16",),
    ),
    Figure(
        "E16",
        "参与创新成果的技能人才",
        "Skilled workers who contributed to an achievement of the year.",
        "Workers whose level is known today; those who contributed to an achievement registered "
        "in the year. The rate times 1,000 is how many of a thousand.",
        "Worker",
        _SKILLED,
        (
            Pattern(
                "(member)-[:CONTRIBUTED_TO]->(a:Achievement)",
                {"a": "Achievement"},
                (within("a.registered"),),
            ),
        ),
        source=Source("二(一)5", "激发技能人才的创新创造活力"),
        policy=("E16",),
    ),
    Figure(
        "P01",
        "有战略标签的成果",
        "Achievements of the year that stand for 高精尖, 北京创造 or 北京服务.",
        "Achievements registered in the year; those that bear such a tag, or whose studio works "
        "in an industry that does. `achievements` can be filtered by each tag.",
        "Achievement",
        Pattern("(member:Achievement)", {"member": "Achievement"}, (within("member.registered"),)),
        (
            "size(member.strategic_tags) > 0",
            Pattern(
                "(member)-[:MADE_BY]->(s:Studio)-[:IN_INDUSTRY]->(i:Industry)",
                {"s": "Studio", "i": "Industry"},
                ("size(i.strategic_tags) > 0",),
            ),
        ),
        source=Source("序言", "创新驱动发展、“高精尖”经济结构、“北京创造”和“北京服务”品牌"),
        policy=("P01",),
    ),
    Figure(
        "P06",
        "采用成果或解决难题的企业",
        "Enterprises that adopted an achievement of workers or had a problem solved in the year.",
        "Enterprises whose workers a union represents; those that signed a technology contract, "
        "or whose problem was solved, in the year.",
        "Enterprise",
        Pattern(
            "(member:Enterprise)<-[:REPRESENTS]-(u:Union)",
            {"member": "Enterprise", "u": "Union"},
        ),
        (
            Pattern(
                "(member)<-[:WITH_BUYER]-(c:TechContract)",
                {"c": "TechContract"},
                (within("c.signed"),),
            ),
            Pattern(
                "(member)<-[:RAISED_BY]-(p:TechnicalProblem)",
                {"p": "TechnicalProblem"},
                ("p.state = 'SOLVED'", within("p.solved")),
            ),
        ),
        source=Source("一", "提高企业核心竞争力"),
        policy=("P06",),
    ),
    Figure(
        "P18",
        "参加活动的技能人才",
        "Skilled workers who took part in something in the year.",
        "Workers whose level is known today; those with a mass activity, a competition or a "
        "training that began in the year.",
        "Worker",
        _SKILLED,
        (
            Pattern(
                "(member)-[:TOOK_PART_IN]->(a:MassActivity)",
                {"a": "MassActivity"},
                (within("a.day"),),
            ),
            Pattern(
                "(member)<-[:ENTERED_BY]-(e:CompetitionEntry)-[:IN_COMPETITION]->(c:Competition)",
                {"e": "CompetitionEntry", "c": "Competition"},
                (within("c.held_from"),),
            ),
            Pattern(
                "(member)<-[:ABOUT_WORKER]-(t:TrainingRecord)",
                {"t": "TrainingRecord"},
                (within("t.starts"),),
            ),
        ),
        source=Source("一", "充分发挥广大职工学习技能、建功立业的积极性和主动性"),
        policy=("P18",),
    ),
    Figure(
        "V08",
        "专家走进后创新水平提升的工作室",
        "Studios that made more in the year after an expert visit than in the year before it.",
        "Studios that experts visited in the year; those with more achievements registered and "
        "patents filed within a year after the visit than within a year before it.",
        "Studio",
        Pattern(
            "(member:Studio)<-[:VISITS]-(v:ExpertVisitProject)",
            {"member": "Studio", "v": "ExpertVisitProject"},
            ("v.state = 'CARRIED_OUT'", within("v.visited")),
        ),
        (
            Pattern(
                "(member)<-[:VISITS]-(visit:ExpertVisitProject)",
                {"visit": "ExpertVisitProject"},
                (
                    "visit.state = 'CARRIED_OUT'",
                    within("visit.visited"),
                    f"{_made(_AFTER)} > {_made(_BEFORE)}",
                ),
            ),
        ),
        source=Source("二(二)2", "提升职工技术创新水平"),
        policy=("V08",),
    ),
)
