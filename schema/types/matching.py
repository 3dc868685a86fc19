"""The jobs of matchmaking as root fields: types, arguments and answers follow from each job."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, LiteralString

import strawberry
from strawberry.types.field import StrawberryField

from graph.errors import InvalidRequest
from graph.matching.answer import Exclusion, Match, MatchPage, Question, answer
from graph.matching.candidates import ALL_KNOWN, Days
from graph.matching.courses import COURSE
from graph.matching.explanation import LACKING
from graph.matching.flow import OPTION
from graph.matching.job import Job
from graph.matching.mentoring import APPRENTICE, MENTOR
from graph.matching.research import RESEARCH, STUDIO
from graph.matching.studios import COMPLEMENT, PEER
from graph.matching.transfer import ENTERPRISE_SOLUTION, SOLUTION, TRANSFER
from graph.model.achievements import TECH_CONTRACT_TYPE
from graph.projection.fragment import Fragment
from schema.asked import Asked, asked
from schema.derived.fields import argument, camel, field, made
from schema.derived.objects import MOST, OBJECTS, PageInfo
from schema.derived.scalars_of import described, enum_of
from schema.plan.ask import Ask, Rows
from schema.scalars import Day, Moment


@dataclass(frozen=True, slots=True)
class MatchField:
    """How one job is offered: its root field, who asks, and what the nodes are called."""

    job: Job[Any]
    name: LiteralString
    asking: LiteralString
    shown: LiteralString
    lacking: LiteralString
    details: tuple[StrawberryField, ...] = ()

    @property
    def prefix(self) -> str:
        """Type names begin with this, such as Mentor."""
        return self.name[0].upper() + self.name[1:].removesuffix("Matches")


_CONTRACT = (
    field(
        "suggested_contract",
        enum_of(TECH_CONTRACT_TYPE),
        "Technology contract that suits how far the achievement has come.",
    ),
)
_MARKET = (
    field(
        "placement",
        made(
            "MatchPlacement",
            "Why a match stands at its position, which its score alone does not say.",
            field("reason", str, "SCORE, BALANCED, or RESERVED: the one place of ten (M06)."),
            field("price", float, "What a place is worth, in scores, as so many seek it."),
            field("zh", str, "The reason in Chinese."),
            field("en", str, "The reason in English."),
        ),
        "Why it stands at its position.",
    ),
    field(
        "load",
        made(
            "MasterLoad",
            described("How sought a master is, before one more request.", "师傅负荷"),
            field("places_left", int, "Places left (M06)."),
            field("waiting", int, "Proposals to her that wait for an answer."),
            field("shown_to", int | None, "Lists among whose first ten she is, as last measured."),
        ),
        "How sought the master is.",
    ),
)

MATCH_FIELDS = (
    MatchField(MENTOR, "mentorMatches", "worker_id", "master", "skill", _MARKET),
    MatchField(APPRENTICE, "apprenticeMatches", "master_id", "worker", "skill"),
    MatchField(RESEARCH, "researchMatches", "studio_id", "institute", "technologyField"),
    MatchField(STUDIO, "studioMatches", "institute_id", "studio", "technologyField"),
    MatchField(
        TRANSFER, "transferMatches", "achievement_id", "enterprise", "technologyField", _CONTRACT
    ),
    MatchField(
        SOLUTION, "solutionMatches", "problem_id", "achievement", "technologyField", _CONTRACT
    ),
    MatchField(
        ENTERPRISE_SOLUTION,
        "enterpriseSolutionMatches",
        "enterprise_id",
        "achievement",
        "technologyField",
        _CONTRACT,
    ),
    MatchField(PEER, "studioPeerMatches", "studio_id", "studio", "technologyField"),
    MatchField(COMPLEMENT, "studioComplementMatches", "studio_id", "studio", "technologyField"),
    MatchField(COURSE, "courseMatches", "worker_id", "course", "skill"),
    MatchField(OPTION, "talentFlowMatches", "worker_id", "demand", "skill"),
)


@dataclass(frozen=True, slots=True)
class MatchEdge:
    """A match and its place."""

    cursor: str
    node: SimpleNamespace


@dataclass(frozen=True, slots=True)
class Matches:
    """A page of matches."""

    edges: Sequence[MatchEdge]
    nodes: Sequence[SimpleNamespace]
    page_info: PageInfo
    considered: int
    excluded: Sequence[Exclusion]


class _Answer:
    """Answers one job."""

    def __init__(self, match_field: MatchField) -> None:
        self._field = match_field

    async def __call__(self, ask: Ask) -> Matches:
        name, job = self._field.name, self._field.job
        size = ask.first(10, MOST)
        asking = ask.given[self._field.asking]
        filters: Mapping[str, Any] = ask.given.get("filter") or {}
        day: date = ask.given.get("as_of") or ask.today
        known_at: datetime = ask.given.get("known_at") or ALL_KNOWN
        version: str | None = ask.given.get("weights")
        balanced: bool = ask.given.get("balanced") or False
        binding = ask.binding(
            name, asking, sorted(filters.items()), day, known_at, version, balanced
        )
        [position] = ask.after(binding) or [0]
        rows = self._rows(ask)
        page = await answer(
            ask.database,
            job,
            Question(asking, {f.name: filters.get(f.name) for f in job.filters}, version, balanced),
            ask.viewer,
            _fragments(rows),
            days=Days(day, ask.today, known_at),
            first=size,
            after_position=position,
        )
        if page is None:
            raise InvalidRequest(
                "NOT_FOUND", f"there is no such {job.asking}", (camel(self._field.asking),)
            )
        return _page(ask, page, rows, binding, position)

    def _rows(self, ask: Ask) -> dict[LiteralString, Rows]:
        """Variable of the second statement -> what the client wants of that node."""
        prefix = self._field.prefix
        rows: dict[LiteralString, Rows] = {
            "shown": ask.rows(f"{prefix}Match", self._field.shown, "shown"),
            LACKING: ask.rows(f"{prefix}Gap", self._field.lacking, LACKING),
        }
        for companion in self._field.job.companions:
            rows[companion.name] = ask.rows(f"{prefix}Match", companion.name, companion.name)
        return {variable: r for variable, r in rows.items() if r.keys}


def _fragments(rows: Mapping[LiteralString, Rows]) -> dict[LiteralString, Fragment]:
    return {variable: r.fragment for variable, r in rows.items()}


def _page(
    ask: Ask, page: MatchPage, rows: Mapping[LiteralString, Rows], binding: bytes, position: int
) -> Matches:
    nodes = [_completed(m, rows) for m in page.matches]
    edges = [MatchEdge(ask.cursors.seal([m.position], binding), m) for m in nodes]
    info = PageInfo(
        has_next_page=page.has_next,
        has_previous_page=position > 0,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return Matches(edges, nodes, info, page.considered, page.excluded)


def _completed(match: Match, rows: Mapping[LiteralString, Rows]) -> SimpleNamespace:
    """The match with its details as attributes, its rows under the keys of the selections."""
    values: dict[str, Any] = {}
    for variable, wanted in rows.items():
        if variable != LACKING:
            found = match.values[variable] or [None] * len(wanted.keys)
            values |= wanted.values(found)
    lacking = rows.get(LACKING)
    gaps = tuple(
        replace(gap, values=lacking.values(gap.values) if lacking else {}) for gap in match.gaps
    )
    own = {f.name: getattr(match, f.name) for f in fields(match)}
    return SimpleNamespace(**{**own, **match.details, "values": values, "gaps": gaps})


_PATH_NODE = made(
    "EvidenceNode",
    "A node on a path.",
    field("id", strawberry.ID, "Its id."),
    field("label", str, "Its type."),
)
_PATH_STEP = made(
    "EvidenceStep",
    "A relationship on a path.",
    field("type", str, "Its type."),
    field("forward", bool, "True if it runs in the direction of reading."),
)
_EVIDENCE = made(
    "Evidence",
    "A path in the graph that is a reason, and the sentence it says.",
    field("nodes", list[_PATH_NODE], "Nodes on the path."),
    field("steps", list[_PATH_STEP], "Relationships between them."),
    field("zh", str, "The sentence in Chinese."),
    field("en", str, "The sentence in English."),
)
PART = made(
    "ScorePart",
    "One named part of a score. The contributions of all parts sum to the score.",
    field("name", str, "Name of the feature."),
    field("zh", str, "Its Chinese name."),
    field("value", float, "Value, from 0 to 1."),
    field("weight", float, "Weight in this version of the model."),
    field("contribution", float, "Value times weight."),
    field("evidence", list[_EVIDENCE], "Paths in the graph that show why."),
)
_EXCLUSION = made(
    "Exclusion",
    "How many of those considered fail a condition; only those you may see are counted.",
    field("reason", str, "Name of the condition."),
    field("count", int, "How many fail it first."),
)


def _match_type(f: MatchField) -> Any:
    job = f.job
    gap = made(
        f"{f.prefix}Gap",
        "What is asked for and not there in full.",
        field(f.lacking, OBJECTS[job.lacking] | None, "What is lacking."),
        field("need", float, "How much is asked for."),
        field("have", float, "How much is there."),
        field("offered", float, "How much the match offers."),
    )
    companions = [field(c.name, OBJECTS[c.label] | None, c.description) for c in job.companions]
    return made(
        f"{f.prefix}Match",
        described(f"{job.description} A proposal: people decide.", job.zh),
        field("match_id", strawberry.ID, "Names this match; give it when you propose a pairing."),
        field("rank", int, "Place by score."),
        field("position", int, "Place in what is shown."),
        field("score", float, "Sum of the contributions of its parts."),
        field("parts", list[PART], "What the score is made of."),
        field("gaps", list[gap], "What is lacking."),
        field("rule_ids", list[str], "Rows of the policy that apply."),
        field("as_of", Day, "Day for which it holds."),
        field("model_version", str, "Version of weights and constants."),
        field(f.shown, OBJECTS[job.shown] | None, "Who or what is proposed."),
        *companions,
        *f.details,
    )


def _connection(f: MatchField) -> Any:
    match = _match_type(f)
    edge = made(
        f"{f.prefix}MatchEdge",
        "A match on a page.",
        field("cursor", str, "Place of this match: give it as `after`."),
        field("node", match, "The match."),
    )
    return made(
        f"{f.prefix}MatchConnection",
        "A page of matches, best first.",
        field("edges", list[edge], "Matches with their cursors."),
        field("nodes", list[match], "Matches."),
        field("page_info", PageInfo, "Where the page lies."),
        field("considered", int, "Candidates looked at."),
        field("excluded", list[_EXCLUSION], "Why the others are not shown."),
    )


def _filter(f: MatchField) -> Any:
    conditions = {x.name: x.description for x in f.job.filters}
    members = {
        name: strawberry.field(default=strawberry.UNSET, description=text)
        for name, text in conditions.items()
    }
    annotations = dict.fromkeys(conditions, bool | None)
    return strawberry.input(
        type(f"{f.prefix}MatchFilter", (), {"__annotations__": annotations, **members}),
        name=f"{f.prefix}MatchFilter",
        description="Further conditions on matches.",
    )


def _asked(f: MatchField) -> Asked:
    filters = (argument("filter", _filter(f), "Further conditions."),) if f.job.filters else ()
    balanced = (
        argument(
            "balanced",
            bool,
            "Show them as the places can bear it: less what many seek, one of ten places kept for "
            "who else is never shown. Scores stay as they are, and `placement` says what moved.",
        ),
    )
    return asked(
        f.name,
        _connection(f),
        described(f"{f.job.description} Each with its reasons.", f.job.zh),
        _Answer(f),
        argument(f.asking, strawberry.ID, f"Id of the {f.job.asking} that asks.", required=True),
        argument("first", int, f"So many (10 by default, {MOST} at most)."),
        argument("after", str, "Behind this cursor."),
        argument("as_of", Day, "As on this day; today by default."),
        argument(
            "known_at",
            Moment,
            "By the records and the weights of this moment; those of now by default. What is not "
            "dated is as it is now.",
        ),
        argument("weights", str, "Weighed by this version; by those in force by default."),
        *(balanced if f.job.balances else ()),
        *filters,
        weight=50,
    )


QUERIES = tuple(_asked(f) for f in MATCH_FIELDS)
