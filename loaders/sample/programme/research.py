"""Studios with research: pairings, visits and joint projects; problems of enterprises."""

from datetime import date
from typing import Any

from loaders.sample.programme.cast import INSTITUTES
from loaders.sample.programme.numbers import ENTERPRISES, YEARS, count
from loaders.sample.programme.script import Script


def research(script: Script) -> None:
    """Pairings in 2015, visits year by year, joint projects; problems that are solved or not."""
    most = max(count("visits carried out", year, script.size) for year in YEARS)
    for n in range(most + 1):
        _paired(script, n)
    for year in YEARS:
        for n in range(count("visits carried out", year, script.size)):
            _visit(script, year, n)
    _what_came_to_nothing(script, most)
    _joint_projects(script)
    _problems(script)


def _paired(script: Script, n: int) -> None:
    institute = n % INSTITUTES
    script.say(
        date(2015, 2, 3), "proposeResearchPairing", script.district(n % ENTERPRISES),
        f"research{n}", studio_id=f"$studio{n}", institute_id=f"$institute{institute}",
        topic="焊接机理与返修", expert_id=f"$scientist{institute}",
    )  # fmt: skip
    step = {"research_pairing_id": f"$research{n}"}
    sides = [
        ("acceptResearchPairingAsStudio", script.district(n % ENTERPRISES)),
        ("acceptResearchPairingAsInstitute", script.institute(institute)),
    ]
    for days, (operation, side) in enumerate(reversed(sides) if n == 0 else sides):
        script.say(date(2015, 2, 10 + days), operation, side, **step)


def _planned(script: Script, year: int, n: int, called: str, title: str) -> dict[str, Any]:
    script.say(
        date(year, 4, 20), "planVisitProject", script.district(n % ENTERPRISES), called,
        pairing_id=f"$research{n}", year=year, title=title,
        guidance_areas=["INNOVATION", "TEAM_LEARNING"],
        expert_ids=[f"$scientist{n % INSTITUTES}"],
    )  # fmt: skip
    return {"expert_visit_project_id": f"${called}"}


def _visit(script: Script, year: int, n: int) -> None:
    step = _planned(script, year, n, f"visit{year}-{n}", f"{year}年专家走进工作室{n + 1}")
    script.say(date(year, 9, 15), "carryOutVisitProject", script.district(n % ENTERPRISES),
               **step, visited=date(year, 9, 14), outcome="定下课题")  # fmt: skip


def _what_came_to_nothing(script: Script, n: int) -> None:
    """A visit cancelled, one still planned; a pairing declined, one ended, two unanswered."""
    last, side = YEARS.stop - 1, script.district(n % ENTERPRISES)
    step = _planned(script, last, n, "visit-cancelled", "未成行")
    script.say(date(last, 9, 1), "cancelVisitProject", side, **step)
    _planned(script, last, n, "visit-planned", "待定")
    script.say(date(last, 12, 1), "endResearchPairing", side, research_pairing_id=f"$research{n}")
    others = [f"research-other{k}" for k in range(2)]
    for k, called in enumerate(others):
        script.say(date(2016, 2, 3), "proposeResearchPairing", script.district(0), called,
                   studio_id="$studio0", institute_id=f"$institute{k + 1}",
                   topic="检测")  # fmt: skip
    script.say(date(2016, 3, 3), "declineResearchPairing", script.institute(1),
               research_pairing_id=f"${others[0]}")  # fmt: skip


def _joint_projects(script: Script) -> None:
    """One finished with an achievement, one stopped, one running."""
    subjects = {"finished": "焊接裂纹", "stopped": "薄壁件变形", "running": "轴承装配偏心"}
    for called, subject in subjects.items():
        script.say(date(2016, 1, 20), "startCollaboration", script.district(0), f"joint-{called}",
                   pairing_id="$research0", title=f"{subject}联合攻关", goal="降低返修率",
                   enterprise_id="$enterprise0")  # fmt: skip
    script.say(date(2018, 1, 20), "finishCollaboration", script.district(0),
               collaborative_project_id="$joint-finished", outcome="返修率降半",
               achievement_id="$old")  # fmt: skip
    script.say(date(2017, 1, 20), "stopCollaboration", script.district(0),
               collaborative_project_id="$joint-stopped")  # fmt: skip


def _problems(script: Script) -> None:
    """Solved, matched, open and withdrawn."""
    titles = {
        "solved": "厚板焊接裂纹", "matched": "薄壁件加工变形",
        "open": "大型轴承装配偏心", "withdrawn": "铝合金焊缝气孔",
    }  # fmt: skip
    for called, title in titles.items():
        script.say(
            date(2016, 3, 1), "raiseProblem", script.city, f"problem-{called}",
            title=title, abstract="冬季返修多", enterprise_id="$enterprise1",
            union_id="$grassroots1", field_ids=["$field"],
        )  # fmt: skip
    for called in ("solved", "matched"):
        script.say(date(2016, 4, 1), "answerProblem", script.city, f"answer-{called}",
                   problem_id=f"$problem-{called}", text="预热并控制层温",
                   achievement_id="$old", studio_id="$studio0")  # fmt: skip
    script.say(date(2016, 6, 1), "solveProblem", script.city,
               technical_problem_id="$problem-solved", answer_id="$answer-solved")  # fmt: skip
    script.say(date(2016, 6, 1), "withdrawProblem", script.city,
               technical_problem_id="$problem-withdrawn")  # fmt: skip
