"""Training that is purchased each year, the needs it meets, and demand for talent."""

from datetime import date

from loaders.sample.programme.numbers import ENTERPRISES, YEARS, count
from loaders.sample.programme.script import Script

_SIZE = 30


def training(script: Script) -> None:
    """Needs, purchases and deliveries year by year; demand that is filled or not."""
    for year in YEARS:
        for n in range(count("trainings purchased", year, script.size)):
            _purchased(script, year, n)
    _what_came_to_nothing(script)
    _demand(script)


def _need(script: Script, day: date, called: str, title: str, n: int) -> None:
    script.say(
        day, "submitTrainingNeed", script.city, called, enterprise_id=f"$enterprise{n}",
        union_id=f"$grassroots{n}", title=title, workers=_SIZE,
        occupation_id=f"$occupation{n}", description="产业疏解转岗",
    )  # fmt: skip


def _purchased(script: Script, year: int, n: int) -> None:
    """A need, the project that meets it, who was trained."""
    city, enterprise = script.city, n % ENTERPRISES
    need, project = f"need{year}-{n}", f"training{year}-{n}"
    _need(script, date(year, 2, 5), need, f"{year}年第{n + 1}项培训需求", enterprise)
    script.say(
        date(year, 3, 5), "orderTraining", city, project, union_id="$city",
        name=f"{year}年第{n + 1}期培训", provider_id="$provider", mode="ORDER_BASED",
        activity="GRASSROOTS", places=_SIZE,
        need_ids=[f"${need}"], enterprise_ids=[f"$enterprise{enterprise}"],
    )  # fmt: skip
    step = {"training_project_id": f"${project}"}
    script.say(date(year, 4, 15), "startTraining", city, **step)
    result = "COMPLETED" if n % 5 else "LEFT"
    script.say(
        date(year, 5, 10), "recordTraining", city, worker_id=f"$apprentice{n}", result=result,
        project_id=f"${project}", course_id="$course", starts=date(year, 4, 15),
        ends=date(year, 5, 9), rating=4,
    )  # fmt: skip
    script.say(date(year, 5, 20), "deliverTraining", city, **step)


def _what_came_to_nothing(script: Script) -> None:
    """A need withdrawn, one open, one ordered; a project cancelled, one that runs."""
    last = YEARS.stop - 1
    titles = {"withdrawn": "叉车操作培训", "open": "数控编程培训", "ordered": "冬季安全培训"}
    for called, title in titles.items():
        _need(script, date(last, 10, 9), f"need-{called}", title, 0)
    script.say(date(last, 11, 2), "withdrawTrainingNeed", script.city,
               training_need_id="$need-withdrawn")  # fmt: skip
    for called, name, needs in (
        ("cancelled", "冬季外语班", []),
        ("running", "冬季安全班", ["$need-ordered"]),
    ):
        script.say(date(last, 11, 5), "orderTraining", script.city, f"training-{called}",
                   union_id="$city", provider_id="$provider", name=name,
                   mode="PROJECT_BASED", activity="OTHER", need_ids=needs)  # fmt: skip
    script.say(date(last, 12, 1), "cancelTraining", script.city,
               training_project_id="$training-cancelled")  # fmt: skip
    script.say(date(last, 12, 1), "startTraining", script.city,
               training_project_id="$training-running")  # fmt: skip


def _demand(script: Script) -> None:
    """Posts that were filled, are open, or were taken back."""
    for n, called in enumerate(("filled", "open", "withdrawn")):
        script.say(
            date(2017, 3, 1), "postDemand", script.city, f"demand-{called}", places=5,
            enterprise_id=f"$enterprise{n}", occupation_id=f"$occupation{n}", title="急需技师",
            skill_level="TECHNICIAN", urgency="HIGH", closes=date(2020, 3, 1),
        )  # fmt: skip
    script.say(date(2018, 3, 1), "fillDemand", script.city, talent_demand_id="$demand-filled")
    script.say(date(2018, 3, 1), "withdrawDemand", script.city,
               talent_demand_id="$demand-withdrawn")  # fmt: skip
