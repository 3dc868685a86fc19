"""Who teaches of those who should: municipal studios, six groups, and those in post (M14–M22)."""

from typing import LiteralString

from graph.rules.dated import held, teaching
from graph.rules.figures.declare import Figure, Pattern, Period, Source
from graph.rules.studios import ANSWERS_FOR_STUDIO

TECHNICIAN: LiteralString = "4"  # place of 技师 on the ladder (C11)
SENIOR_TECHNICIAN: LiteralString = "5"

TEACHES = Pattern(
    "(member)<-[:HAS_MASTER]-(g:MentoringAgreement)", {"g": "MentoringAgreement"}, (teaching("g"),)
)

STUDIO_TEACHES = Pattern(
    "(member)<-[:LEADS|KEY_MEMBER_OF]-(w:Worker)<-[:HAS_MASTER]-(g:MentoringAgreement)",
    {"w": "Worker", "g": "MentoringAgreement"},
    (teaching("g"),),
)

MUNICIPAL_STUDIO = Pattern(
    "(member:Studio)<-[:DESIGNATES]-(d:StudioDesignation)",
    {"member": "Studio", "d": "StudioDesignation"},
    ("d.level = 'MUNICIPAL'", held("d")),
)

HIGH_SKILLED: LiteralString = f"""EXISTS {{
  MATCH (member)<-[:ABOUT_WORKER]-(r:SkillLevelRecord)
  WHERE r.skill_level >= {TECHNICIAN} AND {held("r")} }}"""

EXPERTS: LiteralString = (
    "'CHINA_SKILLS_AWARD', 'NATIONAL_EXPERT', 'BEIJING_EXPERT', 'CHIEF_TECHNICIAN'"
)
MODEL_WORKERS: LiteralString = "'NATIONAL_MODEL_WORKER', 'CAPITAL_MODEL_WORKER'"


def _bearers(*where: LiteralString) -> Pattern:
    return Pattern(
        "(d:Designation)-[:NAMES]->(member:Worker)",
        {"d": "Designation", "member": "Worker"},
        (held("d"), *where),
    )


GROUPS: tuple[tuple[LiteralString, str, str, tuple[LiteralString, ...]], ...] = (
    ("M16", "中华技能大奖获得者", "China Skills Grand Award winners",
     ("d.title = 'CHINA_SKILLS_AWARD'",)),
    ("M17", "全国技术能手", "National Technical Experts", ("d.title = 'NATIONAL_EXPERT'",)),
    ("M18", "北京技术能手", "Beijing Technical Experts", ("d.title = 'BEIJING_EXPERT'",)),
    ("M19", "首席技师", "Chief Technicians", ("d.title = 'CHIEF_TECHNICIAN'",)),
    ("M20", "全国劳动模范中的高技能人才", "National model workers who are high-skilled",
     ("d.title = 'NATIONAL_MODEL_WORKER'", HIGH_SKILLED)),
    ("M21", "首都劳动模范中的高技能人才", "Capital model workers who are high-skilled",
     ("d.title = 'CAPITAL_MODEL_WORKER'", HIGH_SKILLED)),
)  # fmt: skip

_CLAUSE = "二(一)2"
_GROUP_WORDS = (
    "中华技能大奖、全国技术能手、北京技术能手、首席技师、全国和首都劳动模范中的高技能人才"
    "开展名师带徒活动达到100%"
)


def _in_post(*levels: LiteralString) -> Pattern:
    return Pattern(
        "(e:Employment WHERE e.key IS NOT NULL)-[:ABOUT_WORKER]->(member:Worker)",
        {"e": "Employment", "member": "Worker"},
        (f"e.engaged_level IN [{', '.join(levels)}]", held("e")),
    )


def _group(
    code: LiteralString, zh: str, description: str, where: tuple[LiteralString, ...]
) -> Figure:
    return Figure(
        code,
        zh,
        f"{description} who teach an apprentice.",
        "Distinct workers who bear the title on the day; those with a signed agreement in force.",
        "Worker",
        _bearers(*where),
        (TEACHES,),
        Source(_CLAUSE, _GROUP_WORDS, "STRIVE"),
        1.0,
        period=Period.DAY,
        policy=(code, "X08", "M14"),
    )


def _engaged(code: LiteralString, zh: str, level: LiteralString) -> Figure:
    return Figure(
        code,
        zh,
        f"{zh} who teach an apprentice.",
        "Distinct workers engaged at that level on the day; those with a signed agreement in "
        "force. The policy gives no number.",
        "Worker",
        _in_post(level),
        (TEACHES,),
        Source(_CLAUSE, "在聘的高级技师、技师普遍开展名师带徒活动", "STRIVE"),
        period=Period.DAY,
        policy=("M22", "X08"),
    )


FIGURES = (
    Figure(
        "T08",
        "市级工作室带徒覆盖率",
        "Municipal studios that teach apprentices.",
        "Municipal studios in being on the day; those whose leader or a key member has a signed "
        "agreement in force as master.",
        "Studio",
        MUNICIPAL_STUDIO,
        (STUDIO_TEACHES,),
        Source(_CLAUSE, "市级职工创新工作室开展名师带徒活动达到100%", "STRIVE"),
        1.0,
        period=Period.DAY,
        answers=tuple(way.replace("(studio)", "(member)") for way in ANSWERS_FOR_STUDIO),
        policy=("T08", "M15", "X08"),
    ),
    Figure(
        "T09",
        "六类高技能人才带徒覆盖率",
        "Honoured talent of six groups who teach apprentices.",
        "Distinct workers of the six groups, each once however many titles she bears; model "
        "workers only if they hold 技师 or above.",
        "Worker",
        _bearers(
            f"d.title IN [{EXPERTS}, {MODEL_WORKERS}]",
            f"(d.title IN [{EXPERTS}] OR {HIGH_SKILLED})",
        ),
        (TEACHES,),
        Source(_CLAUSE, _GROUP_WORDS, "STRIVE"),
        1.0,
        period=Period.DAY,
        policy=("T09", "M14"),
    ),
    Figure(
        "T10",
        "在聘高级技师、技师带徒覆盖率",
        "Senior technicians and technicians in post who teach apprentices.",
        "Distinct workers engaged as 技师 or 高级技师 on the day; a certificate alone does not "
        "count. The policy gives no number.",
        "Worker",
        _in_post(TECHNICIAN, SENIOR_TECHNICIAN),
        (TEACHES,),
        Source(_CLAUSE, "在聘的高级技师、技师普遍开展名师带徒活动", "STRIVE"),
        period=Period.DAY,
        policy=("T10", "M22"),
    ),
    _engaged("M22_SENIOR_TECHNICIAN", "在聘高级技师", SENIOR_TECHNICIAN),
    _engaged("M22_TECHNICIAN", "在聘技师", TECHNICIAN),
    *(_group(*group) for group in GROUPS),
)
