"""The growth of a worker, and what she could do next, with reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import strawberry

from graph.rules.career import DEVELOPMENT_STAGE, GROWTH_STAGE, TALENT_FACET, Career, career
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import INTERFACES
from schema.derived.scalars_of import described, enum_of
from schema.plan.ask import Ask, Rows
from schema.scalars import Day

_STAGES = [c.name for c in DEVELOPMENT_STAGE.choices]


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the four stages, and the evidence that she went through it."""

    stage: str
    times: int
    first: date | None
    path: Sequence[str]


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet of talent."""

    facet: str
    evidence: int


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a worker reaches."""

    apprentices: int
    their_apprentices: int
    key_members: int
    adopters: int


@dataclass(frozen=True, slots=True)
class Step:
    """Something that a worker could do next."""

    stage: str
    reason: str
    reason_en: str
    rows: Sequence[str]
    path: Sequence[str]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Growth:
    """What GraphQL shows of a career."""

    growth: str | None
    completed: bool
    stages: Sequence[Stage]
    facets: Sequence[Facet]
    reach: Reach
    next_steps: Sequence[Step]


async def _answer(ask: Ask) -> Growth | None:
    day = ask.given.get("as_of") or ask.today
    rows = ask.rows("NextStep", "node", "shown")
    found = await career(ask.database, ask.given["worker_id"], day, ask.viewer, rows.fragment)
    return found and _shown(found, rows)


def _shown(found: Career, rows: Rows) -> Growth:
    stages = [_stage(name, found) for name in _STAGES]
    facets = zip(TALENT_FACET.choices, found.facets, strict=True)
    steps = [_step(rows, step) for step in found.steps]
    return Growth(
        found.growth,
        all(stage.times for stage in stages),
        stages,
        [Facet(choice.name, count) for choice, count in facets],
        Reach(*found.reach),
        sorted(steps, key=lambda step: _STAGES.index(step.stage)),
    )


def _stage(name: str, found: Career) -> Stage:
    gone = [(since.to_native(), node) for stage, since, node in found.gone if stage == name]
    return Stage(name, len(gone), gone[0][0] if gone else None, [node for _, node in gone])


def _step(rows: Rows, found: Sequence[Any]) -> Step:
    stage, reason, names, path, row = found
    zh, en, cited = _REASONS[reason]
    shown = (zh.format(*names), en.format(*names))
    return Step(stage, *shown, cited, path, rows.values(row))


_REASONS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "COURSE": (
        "{0}岗位要求“{1}”，现为{2}级；课程“{3}”讲授这项技能",
        "{0} asks for {1}, held at level {2}; the course {3} teaches it",
        ("B19", "B21", "G11"),
    ),
    "GAP": (
        "{0}岗位要求“{1}”，现为{2}级；尚无课程，可提出培训需求",
        "{0} asks for {1}, held at level {2}; no course teaches it, so a need can be submitted",
        ("B01", "B17"),
    ),
    "DRILL": (
        "尚未参加岗位练兵",
        "has taken part in no on-the-job drill yet",
        ("A11", "A12"),
    ),
    "CONTEST": (
        "{0}将举办“{1}”，可以报名",
        "{1} will be held in {0}; entries are open",
        ("A06", "A07"),
    ),
    "PLACE": (
        "在“{0}”（{1}）获第{2}名，可凭名次晋级",
        "placed {2} in {0} ({1}), which a higher level can rest on",
        ("A08", "A15"),
    ),
    "STANDARD": (
        "{0}已有标准“{1}”，可以申请认定",
        "{0} has the standard {1}, under which she can be certified",
        ("J11", "J13"),
    ),
}

_STAGE = made(
    "CareerStage",
    "One of the four stages in one (四位一体, A12).",
    field("stage", enum_of(DEVELOPMENT_STAGE), "Which."),
    field("times", int, "How often she went through it; 0 if it is missing."),
    field("first", Day | None, "The first day."),
    field("path", list[strawberry.ID], "Ids of the evidence, oldest first."),
)
_FACET = made(
    "CareerFacet",
    "A facet of talent, by evidence only (P16).",
    field("facet", enum_of(TALENT_FACET), "Which."),
    field("evidence", int, "How many certificates, titles, patents or achievements show it."),
)
_REACH = made(
    "CareerReach",
    "Whom she reaches, of those that you see (引领示范, 辐射作用; P09, S15).",
    field("apprentices", int, "Apprentices she had or has."),
    field("their_apprentices", int, "Apprentices of those."),
    field("key_members", int, "Key members of the studios she leads."),
    field("adopters", int, "Enterprises that contracted for achievements of her studios."),
)
_STEP = made(
    "NextStep",
    "Something that a worker could do next; advice, never an order.",
    field("stage", enum_of(DEVELOPMENT_STAGE), "The stage it belongs to."),
    field("reason", str, "Why, in Chinese."),
    field("reason_en", str, "Why, in English."),
    field("rows", list[str], "Rows of the policy that it rests on."),
    field("path", list[strawberry.ID], "Ids of the nodes from the worker to what it leads to."),
    field("node", INTERFACES["Node"] | None, "What it leads to; for a drill herself."),
)
_CAREER = made(
    "Career",
    "How a worker has grown, and what she could do next (成长路径; A12, P15).",
    field("growth", enum_of(GROWTH_STAGE) | None, "How far she has come; null if unknown."),
    field("completed", bool, "Whether she went through all four stages."),
    field("stages", list[_STAGE], "The four stages in their order."),
    field("facets", list[_FACET], "The four facets of talent."),
    field("reach", _REACH, "Whom she reaches."),
    field("next_steps", list[_STEP], "What she could do next, with reasons."),
)

QUERIES = (
    asked(
        "career",
        _CAREER | None,
        described(
            "How a worker has grown: the four stages in one (X06, A12, T17), how far she has come "
            "(P15), facets of her talent (P16), whom she reaches (P09, S15), and next steps with "
            "reasons. Null if you do not see her records.",
            "成长路径",
        ),
        _answer,
        argument("worker_id", strawberry.ID, "Id of the worker.", required=True),
        argument("as_of", Day, "As on this day; today by default."),
    ),
)
