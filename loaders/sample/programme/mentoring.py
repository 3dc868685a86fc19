"""Masters and apprentices of each year, allowances, skill masters, and what is planned for many."""

from datetime import date
from typing import Any

from loaders.sample.programme.numbers import YEARS, count, until
from loaders.sample.programme.script import Script

_AGREED = ("acceptPairingAsMaster", "acceptPairingAsApprentice")


def mentoring(script: Script) -> None:
    """Programme and scheme once, then pairs, assessments, allowances and names year by year."""
    city = script.city
    script.say(date(2015, 1, 15), "openMentoringProgramme", city, "mentoring", name="名师带徒",
               union_id="$city", opens=date(2015, 1, 15), closes=date(2020, 1, 8))  # fmt: skip
    script.say(date(2015, 1, 15), "openAllowanceScheme", city, "scheme", name="带教津贴",
               union_id="$city", amount=120_000)  # fmt: skip
    for year in YEARS:
        first = until("pairs signed", year, script.size)
        for n in range(count("pairs signed", year, script.size)):
            _taught(script, year, first + n)
        _named(script, year)
    _rewarded(script)
    _what_came_to_nothing(script)
    _plans(script)


def _pair(script: Script, day: date, called: str, *steps: str, **given: Any) -> dict[str, Any]:
    """A pair proposed, and the steps after it on the days after."""
    script.say(day, "proposePairing", script.city, called, **given)
    step = {"mentoring_agreement_id": f"${called}"}
    for n, operation in enumerate(steps, start=1):
        script.say(day.replace(day=day.day + n), operation, script.city, **step)
    return step


def _taught(script: Script, year: int, n: int) -> None:
    """A pair that signs for three years, is assessed in December and paid for."""
    called = f"pair{n}"
    step = _pair(
        script, date(year, 3, 1 + n % 20), called, *_AGREED, master_id=f"$leader{n}",
        worker_id=f"$apprentice{n}", mode="MASTER_APPRENTICE", programme_id="$mentoring",
    )  # fmt: skip
    ends = date(year + 3, 3, 31) if n % 2 else date(2020, 12, 31)
    script.say(date(year, 3, 31), "signAgreement", script.city, **step, ends=ends)
    script.say(date(year, 6, 1), "recordTeaching", script.city, agreement_id=f"${called}",
               day=date(year, 6, 1), content="岗位操作要领", kind="PASS_ON", hours=4.0)  # fmt: skip
    period = {"agreement_id": f"${called}", "period": str(year)}
    passed = n % 10 != 9
    script.say(date(year, 12, 10), "recordAssessment", script.city, **period,
               result="PASSED" if passed else "FAILED", assessed=date(year, 12, 10))  # fmt: skip
    if passed:
        allowance = f"allowance{n}"
        script.say(date(year, 12, 15), "approveAllowance", script.city, allowance, **period,
                   scheme_id="$scheme")  # fmt: skip
        if n != until("pairs signed", YEARS.stop, script.size) - 2:
            script.say(date(year, 12, 20), "payAllowance", script.city,
                       allowance_payment_id=f"${allowance}")  # fmt: skip
    if n % 2 and ends.year < YEARS.stop:
        script.say(ends, "completeAgreement", script.city, **step)


def _named(script: Script, year: int) -> None:
    first = until("masters named", year, script.size)
    for n in range(first, first + count("masters named", year, script.size)):
        script.say(date(year, 11, 1), "nameSkillMaster", script.city, worker_id=f"$leader{n}",
                   industry_id=f"$industry{n % 3}", grounds="带徒成绩突出")  # fmt: skip


def _rewarded(script: Script) -> None:
    """Two masters are rewarded for the places of their apprentices; one reward waits."""
    city, day = script.city, date(2015, 11, 20)
    script.say(date(2015, 1, 15), "setIncentiveRule", city, "reward", name="带徒奖励",
               union_id="$city", basis="CONTEST_PLACE", within_years=3, amount=200_000)  # fmt: skip
    for n in range(2):
        script.say(day, "approveIncentive", city, f"reward{n}", agreement_id=f"$pair{n}",
                   rule_id="$reward", entry_id=f"$entry{YEARS.start}-{n}")  # fmt: skip
    script.say(day, "payIncentive", city, incentive_id="$reward0")


def _what_came_to_nothing(script: Script) -> None:
    """A pair that declines, one that nobody answers, one that ends early; three that wait."""
    city, last = script.city, YEARS.stop - 1
    free = {"master_id": "$leader0", "mode": "MASTER_APPRENTICE"}
    step = _pair(script, date(2015, 9, 1), "declined", "acceptPairingAsApprentice", **free,
                 worker_id="$apprentice10")  # fmt: skip
    script.say(date(2015, 9, 20), "declinePairing", city, **step, decline_reason="路太远")
    step = _pair(script, date(2015, 10, 1), "expired", **free, worker_id="$apprentice11",
                 answer_by=date(2015, 10, 20))  # fmt: skip
    script.say(date(2015, 10, 18), "remindOfPairing", city, **step)
    script.say(date(2015, 10, 21), "expirePairing", city, **step)
    step = _pair(script, date(2016, 9, 1), "ended", *_AGREED, **free, worker_id="$apprentice12")
    script.say(date(2016, 9, 20), "signAgreement", city, **step)
    script.say(date(2017, 2, 1), "terminateAgreement", city, **step)
    script.say(date(2017, 3, 1), "submitExitSurvey", city, agreement_id="$ended", rating=3,
               worker_id="$apprentice12", words="倒班合不上", wants_another=True)  # fmt: skip
    for n, steps in enumerate(((), _AGREED[:1], _AGREED)):
        _pair(script, date(last, 12, 1), f"open{n}", *steps, **free,
              worker_id=f"$apprentice{20 + n}")  # fmt: skip


def _plans(script: Script) -> None:
    """One plan is published, one is given up, one is under review at the end.

    Of the published one a pair cannot be proposed any more: its master has no place left.
    """
    day, officer = date(YEARS.stop - 1, 9, 2), script.city
    for n in range(3):
        script.say(day, "setOwnList", officer, worker_id=f"$learner{n}",
                   preferred_ids=[f"$master{n}"])  # fmt: skip
    plan = _made(script, day, "published", "首批师徒方案", range(3))
    given_up = _made(script, day, "given-up", "备选师徒方案", range(3))
    script.say(day, "discardMentoringPlan", officer, **given_up)
    script.work(day)
    script.say(date(day.year, 9, 8), "declareMentorPlaces", officer, master_id="$master0",
               capacity=0)  # fmt: skip
    script.say(date(day.year, 9, 9), "publishMentoringPlan", officer, **plan,
               answer_by=date(day.year, 10, 9))  # fmt: skip
    script.work(date(day.year, 9, 9))
    _under_review(script, date(day.year, 11, 4))


def _made(script: Script, day: date, called: str, name: str, learners: range) -> dict[str, Any]:
    script.say(
        day, "createMentoringPlan", script.city, called, name=f"{day.year}年{name}",
        objective="STABLE", union_id="$planning", masters_union_id="$planning",
        worker_ids=[f"$learner{n}" for n in learners], as_of=day, list_length=10,
    )  # fmt: skip
    return {"mentoring_plan_id": f"${called}"}


def _under_review(script: Script, day: date) -> None:
    """An officer leaves one out, accepts the others, and changes her mind: all states of a pair."""
    officer = script.city
    plan = _made(script, day, "review", "第二批师徒方案", range(4, 8))
    script.work(day)
    after = date(day.year, day.month, day.day + 1)
    for operation in ("leaveOutOfPlan", "takeBackIntoPlan"):
        script.say(after, operation, officer, **plan, worker_id="$learner7")
        if operation == "leaveOutOfPlan":
            script.say(after, "acceptAllPairings", officer, **plan)
    script.say(after, "rerunMentoringPlan", officer, **plan)
    script.work(after)
    again = date(day.year, day.month, day.day + 2)
    for called, operation, learner, master in (
        ("pinned", "pinPairing", 8, 3), ("released", "pinPairing", 3, 3),
        ("excluded", "excludePairing", 4, 0),
    ):  # fmt: skip
        script.say(again, operation, officer, called, plan_id="$review",
                   worker_id=f"$learner{learner}", master_id=f"$master{master}")  # fmt: skip
    script.say(again, "releasePairing", officer, planned_pairing_id="$released")
