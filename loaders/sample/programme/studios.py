"""Studios: named, reviewed and withdrawn each year, and their projects in three steps."""

from datetime import date
from typing import Any

from loaders.sample.programme.cast import Cast
from loaders.sample.programme.numbers import ENTERPRISES, YEARS, count, scaled, until
from loaders.sample.programme.script import Script

_PLACES = 20
_REVIEWED = 10
_BUDGET, _GRANTED = 10_000_000, 4_000_000


def studios(script: Script, cast: Cast) -> None:
    """Names, reviews, withdrawals and projects year by year; rules, grants and exchanges."""
    for year in YEARS:
        first = cast.stock + until("studios named", year, script.size)
        for n in range(first, first + count("studios named", year, script.size)):
            _nominated(script, year, n, "nameStudio")
        _reviewed(script, cast, year)
        _projects(script, year)
    _what_came_to_nothing(script, cast)
    for kind in ("CREATION", "MANAGEMENT", "REVIEW", "INCENTIVE"):
        script.say(date(2015, 2, 2), "setStudioRule", script.city, kind=kind, union_id="$city",
                   title=f"市级职工创新工作室{kind}办法", issued=date(2015, 2, 1))  # fmt: skip
    script.say(date(2016, 5, 5), "grantToStudio", script.city, studio_id="$studio0",
               union_id="$city", amount=5_000_000, first_year=2016, last_year=2018,
               purpose="设备")  # fmt: skip
    script.say(date(2017, 5, 5), "holdStudioExchange", script.city, name="数控技艺交流会",
               day=date(2017, 5, 4), studio_ids=["$studio0", "$studio1"],
               union_id="$city")  # fmt: skip


def _nominated(script: Script, year: int, n: int, *then: str, **given: Any) -> None:
    district = n % ENTERPRISES
    called = f"nomination{n}"
    script.say(date(year, 4, 1), "nominateStudio", script.district(district), called,
               studio_id=f"$studio{n}", union_id=f"$union{district}", level="MUNICIPAL",
               grounds="成果多、带徒多")  # fmt: skip
    for operation in then:
        script.say(date(year, 5, 1), operation, script.city,
                   studio_nomination_id=f"${called}", **given)  # fmt: skip


def _what_came_to_nothing(script: Script, cast: Cast) -> None:
    n, last = cast.studios - 1, YEARS.stop - 1
    _nominated(script, last, n, "rejectStudioNomination", decision="名额已满")
    _nominated(script, last, n - 1, "withdrawStudioNomination")
    _nominated(script, last, n - 2)


def _reviewed(script: Script, cast: Cast, year: int) -> None:
    """The first are kept; of the last one retires, and the others lose their title by review."""
    gone = until("studios withdrawn", year, script.size)
    retiring, *failing = [
        cast.stock - 1 - gone - n for n in range(count("studios withdrawn", year, script.size))
    ]
    kept = range(scaled(_REVIEWED, script.size))
    for n in (*kept, *failing):
        script.say(date(year, 10, 10), "reviewStudio", script.city, year=year,
                   designation_id=f"$designation{n}",
                   result="KEEP" if n in kept else "WITHDRAW")  # fmt: skip
    script.say(date(year, 10, 20), "withdrawStudio", script.city, ended_because="领军人物退休",
               studio_designation_id=f"$designation{retiring}")  # fmt: skip


def _projects(script: Script, year: int) -> None:
    """Applied with, submitted by the district, selected or not, completed in the next year."""
    call, selected = f"call{year}", count("projects selected", year, script.size)
    script.say(date(year, 6, 1), "openStudioProjectCall", script.city, call, year=year,
               places=scaled(_PLACES, script.size), closes=date(year, 6, 30))  # fmt: skip
    for n in range(selected + 3):
        district, called = n % ENTERPRISES, f"project{year}-{n}"
        step = {"studio_project_id": f"${called}"}
        script.say(
            date(year, 6, 10), "applyStudioProject", script.district(district), called,
            studio_id=f"$studio{n}", call_id=f"${call}", title=f"{year}年第{n + 1}项攻关",
            type="TALENT_TRAINING" if n % 3 == 2 else "TECH_INNOVATION", budget=_BUDGET,
        )  # fmt: skip
        if n == selected + 2:  # its district never submits it
            continue
        script.say(date(year, 7, 1), "submitStudioProject", script.district(district), **step,
                   union_id=f"$union{district}")  # fmt: skip
        if n < selected:
            script.say(date(year, 8, 1), "selectStudioProject", script.city, **step,
                       granted=_GRANTED)  # fmt: skip
            if n % 2 == 0 and year + 1 in YEARS:
                script.say(date(year + 1, 6, 1), "completeStudioProject",
                           script.district(district), **step, outcome="合格率提高")  # fmt: skip
        elif n == selected:
            script.say(date(year, 8, 1), "rejectStudioProject", script.city, **step,
                       decision="名额已满")  # fmt: skip
