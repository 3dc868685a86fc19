"""What is asked as of a day is what a replay of the events up to that day gives.

Events happen, and whatever rests on dated facts is asked as of a day, also as it was known on that
day; then only the events up to the day happen, and the same is asked again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.database import Database
from graph.model import MODEL
from graph.rules.figures import FIGURES
from graph.rules.figures.declare import Period
from tests.facts import Facts
from tests.integration.conftest import Ask
from tests.seeded import WIPE

BEIJING = timezone(timedelta(hours=8))
FIRST = date(2014, 12, 28)
DAYS = st.integers(0, 8).map(lambda n: FIRST + timedelta(n))  # around the turn of a year


@dataclass(frozen=True)
class Fact:
    """Something that begins and ends: a dated record, or a thing with days of its own.

    `first` and `last` name the days of a thing, and `ended` what else holds of it from its end on.
    """

    label: str
    given: Mapping[str, Any]
    first: str = "valid_from"
    last: str = "valid_to"
    ended: Mapping[str, Any] | None = None


def _title(title: str, worker: str) -> Fact:
    return Fact("Designation", {"title": title, "worker": worker, "industry": "key"})


def _teaches(master: str, apprentice: str) -> Fact:
    agreement = {"state": "ACTIVE", "master": master, "apprentice": apprentice}
    return Fact("MentoringAgreement", agreement, "starts", "ends", {"state": "TERMINATED"})


def _contest(occupation: str) -> Fact:
    contest = {
        "category": "SKILLS", "state": "RANKED", "level": "MUNICIPAL", "grade": "CLASS_TWO",
        "organiser": "union", "occupations": [occupation],
    }  # fmt: skip
    return Fact("Competition", contest, "held_from", "held_to")


FACTS = (
    _title("SKILL_MASTER", "w0"),
    _title("CHIEF_TECHNICIAN", "w0"),
    _title("NATIONAL_MODEL_WORKER", "w1"),
    Fact("SkillLevelRecord", {"skill_level": "TECHNICIAN", "worker": "w1", "occupation": "trade"}),
    Fact("Employment", {"engaged_level": "TECHNICIAN", "worker": "w0", "enterprise": "e"}),
    Fact("Employment", {"engaged_level": "SENIOR_TECHNICIAN", "worker": "w1", "enterprise": "e"}),
    Fact("StudioDesignation", {"level": "MUNICIPAL", "studio": "s0"}),
    Fact("StudioDesignation", {"level": "MUNICIPAL", "studio": "s1"}),
    _teaches("w0", "w1"),
    _teaches("w1", "w2"),
    _contest("trade"),
    Fact("OccupationListing", {"list": "CERTIFICATE", "occupation": "trade"}),
    Fact("SupportRule", {"basis": "CONTEST_PLACE", "level": "MUNICIPAL", "union": "union",
                         "occupations_kind": "NON_CERTIFICATE", "amount": 100}),
    Fact("SupportRule", {"basis": "LEVEL_REACHED", "level": "DISTRICT", "union": "union",
                         "skill_level": "TECHNICIAN", "amount": 200}),
    Fact("Membership", {"worker": "w2", "association": "ta"}),
    Fact("CollectiveContract", {"enterprise": "e", "skill_wage_clause": True}),
    Fact("TargetFigure", {"figure": "T05", "value": 2.0, "band": 0.1}),
    Fact("ConversionDefinition", {"name": "口径", "contract_types": ["SERVICE"],
                                  "benefits": False}),
    Fact("TechContract", {"type": "TRANSFER", "state": "SIGNED", "achievement": "made"},
         "signed", "ended", {"state": "TERMINATED"}),
    Fact("TechContract", {"type": "SERVICE", "state": "SIGNED", "achievement": "made"},
         "signed", "ended", {"state": "TERMINATED"}),
    Fact("Fund", {"kind": "INNOVATION", "enterprise": "e"}, "founded", ""),
    Fact("TrainingProject", {"activity": "GRASSROOTS"}, "purchased", ""),
    Fact("ExpertVisitProject", {"state": "CARRIED_OUT", "studio": "s0"}, "visited", ""),
)  # fmt: skip
EVENTS = st.lists(st.tuples(DAYS, st.integers(0, len(FACTS) - 1)), max_size=24).map(sorted)
"""A day and a fact: it begins on the day, or ends if it holds."""

Events = Sequence[tuple[date, int]]


def played(events: Events) -> Facts:
    """The graph after the events, each recorded at noon of its day or soon after."""
    facts = _world()
    begun: dict[int, tuple[date, datetime]] = {}
    for n, (day, which) in enumerate(events):
        at = datetime(day.year, day.month, day.day, 12, n, tzinfo=BEIJING)
        if which in begun:
            _add(facts, FACTS[which], *begun.pop(which), (day, at))
        else:
            begun[which] = (day, at)
    for which, since in begun.items():
        _add(facts, FACTS[which], *since, None)
    return facts


def _world() -> Facts:
    facts = Facts()
    facts.add("Industry", id="key", key_industry=True)
    facts.add("Occupation", id="trade")
    facts.add("Union", id="union", type="MUNICIPAL", path="/m/")
    facts.add("Enterprise", id="e")
    facts.add("TechAssociation", id="ta")
    for n in range(3):
        facts.add("Worker", id=f"w{n}")
    for n in range(2):
        facts.add("Studio", id=f"s{n}", leader=f"w{n}")
    facts.add("Achievement", id="made", registered=FIRST, studio="s0")
    return facts


def _add(
    facts: Facts, fact: Fact, day: date, at: datetime, end: tuple[date, datetime] | None
) -> None:
    if fact.label == "Competition":
        contest = facts.add(fact.label, **fact.given, held_from=day, held_to=day)
        entry = {"state": "PLACED", "rank": 1, "stage_reached": "FINAL"}
        facts.add("CompetitionEntry", **entry, worker="w1", competition=contest, occupation="trade")
    elif not MODEL.node_type(fact.label).dated:
        over = {} if end is None else {fact.last: end[0], **(fact.ended or {})}
        facts.add(fact.label, **{**fact.given, fact.first: day, **(over if fact.last else {})})
    elif end is None:
        facts.add(fact.label, **fact.given, valid_from=day, recorded_from=at)
    else:
        facts.add(fact.label, **fact.given, valid_from=day, recorded_from=at, recorded_to=end[1])
        facts.add(fact.label, **fact.given, valid_from=day, valid_to=end[0], recorded_from=end[1])


SOME = ("T04", "T05", "T08", "T09", "T10", "T11", "E14", "V12")
ALL = tuple(code for code, f in FIGURES.items() if f.period is not Period.NOW)
PARTS = [ALL[n : n + 10] for n in range(0, len(ALL), 10)]
COUNTED = "figure count { done of planned band }"
LISTED = f"{COUNTED} listed {{ node {{ id }} }}"
ASKED = """
query ($year: Int!, $asOf: Date!, $knownAt: DateTime, $figures: [FigureCode!]) {{
  targets(year: $year, asOf: $asOf, knownAt: $knownAt, back: 0, figures: $figures) {{ {shown} }}
  w0: eligibleForSupport(workerId: "w0", asOf: $asOf) {{ since amount }}
  w1: eligibleForSupport(workerId: "w1", asOf: $asOf) {{ since amount }}
  studioDesignations(asOf: $asOf, knownAt: $knownAt) {{ totalCount }}
  employments(asOf: $asOf, knownAt: $knownAt) {{ totalCount }}
  supportRules(asOf: $asOf, knownAt: $knownAt) {{ totalCount }}
}}"""

TREND = """
query ($year: Int!, $asOf: Date!, $back: Int!, $figures: [FigureCode!]) {
  targets(year: $year, asOf: $asOf, back: $back, figures: $figures) {
    count { year done of } trend { year done of } }
}"""


@pytest.mark.policy("T04", "T05", "T09")
@pytest.mark.parametrize(
    "asked",
    [(SOME, COUNTED), *(pytest.param((part, LISTED), marks=pytest.mark.slow) for part in PARTS)],
)
@settings(
    max_examples=max(4, settings().max_examples // 10),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(events=EVENTS, until=DAYS)
async def test_as_of_a_day_equals_a_replay_up_to_it(
    events: list[tuple[date, int]],
    until: date,
    asked: tuple[tuple[str, ...], str],
    open_session_database: Database,
    ask: Ask,
) -> None:
    codes, shown = asked

    async def answers(known_at: str | None = None) -> Mapping[str, Any]:
        given = {"year": until.year, "asOf": until.isoformat(), "figures": list(codes)}
        found = await ask(ASKED.format(shown=shown), **given, knownAt=known_at)
        for figure in found["targets"]:
            nodes = [row["node"]["id"].partition("-")[0] for row in figure.get("listed", ())]
            figure["listed"] = sorted(nodes)
        return found

    await open_session_database.run(WIPE)
    await played(events).write(open_session_database)
    now = await answers()
    then = await answers(f"{until}T23:59:59+08:00")
    await open_session_database.run(WIPE)
    await played([e for e in events if e[0] <= until]).write(open_session_database)
    replayed = await answers()
    assert now == replayed
    assert then == replayed


@settings(
    max_examples=max(4, settings().max_examples // 10),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(events=EVENTS, until=DAYS)
async def test_each_year_of_a_trend_is_what_the_year_alone_says(
    events: list[tuple[date, int]], until: date, open_session_database: Database, ask: Ask
) -> None:
    await open_session_database.run(WIPE)
    await played(events).write(open_session_database)

    async def trends(year: int, back: int) -> list[list[Any]]:
        found = await ask(TREND, year=year, back=back, asOf=until.isoformat(), figures=list(SOME))
        return [[figure["count"], *figure["trend"]] for figure in found["targets"]]

    years = zip(await trends(until.year, 0), await trends(until.year - 1, 0), strict=True)
    assert await trends(until.year, 1) == [[*this, *last] for this, last in years]
