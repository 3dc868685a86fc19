"""A question of matchmaking and its answer: one page of matches, each with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, LiteralString

from graph.database import Database
from graph.matching.candidates import Days, Pool, inquiry
from graph.matching.crowding import Place, balanced, by_score, load, placement
from graph.matching.explanation import EvidencePath, Explained, Lacking, Pair, explain
from graph.matching.features import Vector
from graph.matching.job import Job
from graph.matching.match_key import MatchKey
from graph.projection.fragment import Fragment
from graph.viewer import Viewer

_NO_EVIDENCE: Mapping[str, tuple[EvidencePath, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Question:
    """Who or what asks, which filters are set, the version of weights if not those in force.

    `balanced` shows candidates as the market bears, not by score alone.
    """

    asking: str
    filters: Mapping[str, Any] = field(default_factory=dict[str, Any])
    version: str | None = None
    balanced: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One feature's part of a score; weight times value is its contribution."""

    name: str
    zh: str
    value: float
    weight: float
    contribution: float
    evidence: tuple[EvidencePath, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate with its score and reasons. A proposal: people decide.

    `rank` is by score, `position` is where it is shown. `values` hold what the client selected, by
    the name of the variable that it was selected of.
    """

    match_id: str
    shown: str
    rank: int
    position: int
    score: float
    parts: tuple[Part, ...]
    gaps: tuple[Lacking, ...]
    rule_ids: tuple[str, ...]
    as_of: date
    model_version: str
    details: Mapping[str, Any]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """How many of those considered failed a condition."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class MatchPage:
    """One page, and what became of all candidates that the viewer may see."""

    matches: tuple[Match, ...]
    considered: int
    excluded: tuple[Exclusion, ...]
    has_next: bool


async def answer(
    database: Database,
    job: Job[Any],
    question: Question,
    viewer: Viewer,
    selections: Mapping[LiteralString, Fragment],
    *,
    days: Days,
    first: int,
    after_position: int = 0,
) -> MatchPage | None:
    """Two statements: candidates, then reasons for those shown. None if nothing may be asked.

    `selections` are expressions over `shown`, `lacking`, or a companion of the job.
    """
    found = await inquiry(
        job,
        [question.asking],
        viewer,
        days=days,
        parameters=question.filters,
        version=question.version,
    ).answered(database)
    if not found:
        return None
    [pool] = found
    order = balanced(pool) if question.balanced else by_score(pool)
    chosen = order[after_position : after_position + first]
    supports = {(pool.asking, pool.ids[p.row]): job.support(pool.inputs, p.row) for p in chosen}
    reasons: Mapping[Pair, Explained] = {}
    if supports:
        reasons = await explain(
            database, job, supports, viewer, selections=selections, parameters=days.parameters
        )
    rank = {row: n for n, row in enumerate(pool.order, 1)}
    matches = [
        _match(job, pool, p, (rank[p.row], position), why)
        for position, p in enumerate(chosen, after_position + 1)
        if (why := reasons.get((pool.asking, pool.ids[p.row])))
    ]
    excluded = sorted(pool.excluded.items(), key=lambda entry: (-entry[1], entry[0]))
    return MatchPage(
        tuple(matches),
        len(pool.ids) + pool.excluded.total(),
        tuple(Exclusion(reason, count) for reason, count in excluded),
        len(pool.order) > after_position + first,
    )


def _match(
    job: Job[Any], pool: Pool, place: Place, places: tuple[int, int], why: Explained
) -> Match:
    """The match of a row; `places` are its rank and its position."""
    row, (rank, position) = place.row, places
    shown = pool.ids[row]
    market = (
        {"load": load(pool, row), "placement": placement(pool, place, rank)} if job.balances else {}
    )
    return Match(
        match_id=MatchKey(job.name, pool.model.version, pool.as_of, pool.asking, shown).encoded,
        shown=shown,
        rank=rank,
        position=position,
        score=float(pool.scores.totals[row]),
        parts=parts(job, pool, row, why.evidence),
        gaps=why.gaps,
        rule_ids=_rules(job, pool.scores.contributions[row]),
        as_of=pool.as_of,
        model_version=pool.model.version,
        details={**why.details, **market},
        values=why.values,
    )


def parts(
    job: Job[Any],
    pool: Pool,
    row: int,
    evidence: Mapping[str, tuple[EvidencePath, ...]] = _NO_EVIDENCE,
) -> tuple[Part, ...]:
    """The parts of one candidate's score, in the order of the job's features."""
    values, contributions = pool.scores.values[row], pool.scores.contributions[row]
    return tuple(
        Part(
            f.name,
            f.zh,
            float(values[n]),
            pool.model.weights[f.name],
            float(contributions[n]),
            evidence.get(f.name, ()),
        )
        for n, f in enumerate(job.features)
    )


def _rules(job: Job[Any], contributions: Vector) -> tuple[str, ...]:
    """The policy rows of the job, its conditions, and the features that count in this match."""
    conditions = [rule for c in job.conditions for rule in c.rules]
    counting = [
        f for f, contribution in zip(job.features, contributions, strict=True) if contribution
    ]
    features = [rule for f in counting for rule in f.rules]
    return tuple(dict.fromkeys((*job.rules, *conditions, *features)))
