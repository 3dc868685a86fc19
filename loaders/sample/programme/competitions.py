"""Competitions of each year, the promotions that follow, and the support for who did well."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from loaders.sample.programme.cast import FEWEST_APPRENTICES
from loaders.sample.programme.numbers import YEARS, count, scaled
from loaders.sample.programme.script import Script

_PROMOTED = 5
_OCCUPATIONS_AT_ONCE = 2


def competitions(script: Script) -> None:
    """Call, entries, contest, ranking and promotion, year by year."""
    script.say(date(2015, 1, 12), "setSupportRule", script.city, "rule", **_rule(script))
    for year in YEARS:
        wanted = range(count("occupations contested", year, script.size))
        for n in wanted[::_OCCUPATIONS_AT_ONCE]:
            covered = [o for o in (n, n + 1) if o in wanted]
            _contest(script, year, f"contest{year}-{n}", covered)
        for n in range(scaled(_PROMOTED, script.size)):
            _promotion(script, year, n)
        script.say(
            date(year, 9, 1), "recordMassActivity", script.city, name=f"{year}年岗位练兵月",
            type="DRILL", day=date(year, 8, 20), participants=12_000, union_id="$city",
            worker_ids=[f"$apprentice{n}" for n in range(10)],
        )  # fmt: skip
    _what_came_to_nothing(script)


def _rule(script: Script) -> dict[str, Any]:
    return {
        "name": "职业发展助推计划", "union_id": "$city", "level": "MUNICIPAL",
        "basis": "CONTEST_PLACE", "amount": 200_000, "occupations_kind": "NON_CERTIFICATE",
        "lowest_grade": "CLASS_TWO", "last_rank": 10, "valid_from": date(2015, 1, 12),
    }  # fmt: skip


def _proposal(name: str, occupations: Sequence[int], **more: Any) -> dict[str, Any]:
    return {
        "name": name, "category": "SKILLS", "scope": "MUNICIPAL_CLASS_TWO", "grade": "CLASS_TWO",
        "series": "职工技协杯", "union_id": "$city",
        "occupation_ids": [f"$occupation{n}" for n in occupations], **more,
    }  # fmt: skip


def _contest(script: Script, year: int, name: str, occupations: Sequence[int]) -> None:
    city, contest = script.city, f"${name}.competition"
    proposal = _proposal(f"{year}年技协杯第{occupations[0] + 1}场", occupations, year=year)
    script.say(date(year, 2, 10), "proposeCompetition", city, name, **proposal)
    chosen = {"competition_proposal_id": f"${name}"}
    script.say(date(year, 3, 10), "selectCompetition", city, name, **chosen)
    for n in occupations:
        entry = f"entry{year}-{n}"
        worker, rank = ((year - YEARS.start) * _PROMOTED + n) % FEWEST_APPRENTICES, 1 + n % 10
        script.say(
            date(year, 4, 10), "enterCompetition", city, entry, competition_id=contest,
            worker_id=f"$apprentice{worker}", occupation_id=f"$occupation{n}",
        )  # fmt: skip
        script.say(date(year, 6, 20), "recordResult", city, competition_entry_id=f"${entry}",
                   rank=rank, stage_reached="FINAL", score=95.0 - rank)  # fmt: skip
    script.say(
        date(year, 6, 10), "holdCompetition", city, competition_id=contest,
        held_from=date(year, 6, 8), held_to=date(year, 6, 10), partner_ids=["$partner"],
    )  # fmt: skip
    script.say(date(year, 6, 30), "publishRanking", city, competition_id=contest)


def _promotion(script: Script, year: int, n: int) -> None:
    """A level reached by a place, and the support for it: the first is refused, one waits."""
    city, entry = script.city, f"$entry{year}-{n * _OCCUPATIONS_AT_ONCE}"
    grant, worker = f"support{year}-{n}", f"{entry}.worker"
    script.say(date(year, 7, 10), "promoteByCompetition", city, entry_id=entry,
               skill_level="TECHNICIAN")  # fmt: skip
    script.say(date(year, 8, 1), "applySupport", city, grant, worker_id=worker,
               rule_id="$rule", entry_id=entry)  # fmt: skip
    step = {"support_grant_id": f"${grant}"}
    if (year, n) == (YEARS.start, 0):
        script.say(date(year, 9, 1), "rejectSupport", city, **step, decision="材料不齐")
    elif (year, n) != (YEARS.stop - 1, 0):
        script.say(date(year, 9, 1), "grantSupport", city, **step, decision="符合条件")
        script.say(date(year, 10, 1), "paySupport", city, **step)


def _what_came_to_nothing(script: Script) -> None:
    """A call that is turned down, one that waits, a contest that is planned, one cancelled."""
    city, last = script.city, YEARS.stop - 1
    for name in ("refused", "waiting", "cancelled", "planned"):
        script.say(date(last, 10, 8), "proposeCompetition", city, f"contest-{name}",
                   **_proposal(f"{last + 1}年{name}", [0], year=last + 1))  # fmt: skip
    script.say(date(last, 11, 1), "rejectCompetition", city, decision="与上届重复",
               competition_proposal_id="$contest-refused")  # fmt: skip
    for name in ("cancelled", "planned"):
        script.say(date(last, 11, 1), "selectCompetition", city, f"contest-{name}",
                   competition_proposal_id=f"$contest-{name}")  # fmt: skip
    contest = {"competition_id": "$contest-planned.competition"}
    script.say(date(last, 11, 20), "enterCompetition", city, **contest,
               worker_id="$apprentice0", occupation_id="$occupation0")  # fmt: skip
    script.say(date(last, 12, 1), "cancelCompetition", city,
               competition_id="$contest-cancelled.competition")  # fmt: skip
