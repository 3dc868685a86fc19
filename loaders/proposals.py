"""Matches as rows: the score, its parts, and the reasons in both languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from graph import clock
from graph.cypher import Cypher
from graph.database import Database
from graph.errors import InvalidRequest
from graph.matching.answer import Match, Question, answer
from graph.matching.candidates import Days
from graph.matching.job import Job
from graph.model import MODEL
from graph.projection.access import visible
from graph.projection.fragment import Fragment
from graph.viewer import Viewer
from graph.writes.accesses import write as log_accesses

Row = Mapping[str, Any]

_SHOWN = ("key", "id", "name")
_REASONS = ("reasons_zh", "reasons_en", "gaps", "policy_rows", "as_of", "model")


@dataclass(frozen=True, slots=True)
class Asking:
    """In whose name, and for which days, matches are asked for."""

    database: Database
    viewer: Viewer
    days: Days


def match_columns(job: Job[Any]) -> list[str]:
    """The columns of a job's matches."""
    parts = [f.name for f in job.features]
    return ["asking_key", "position", "rank", "score", *_SHOWN, *parts, *_REASONS]


async def match_rows(asking: Asking, job: Job[Any], asked: Sequence[str], first: int) -> list[Row]:
    """The first so many matches for each node asked about, given by id or key."""
    rows: list[Row] = []
    for node_id, key in (await _found(asking, job.asking, asked)).items():
        matches = await _matches(asking, job, node_id, first)
        rows += [{"asking_key": key, "position": m.position, **_row(job, m)} for m in matches]
        await _log(asking, job.shown, [m.shown for m in matches])
    return rows


async def _log(asking: Asking, label: str, shown: Sequence[str]) -> None:
    """Persons whose names are given away are in the log of accesses before."""
    names = tuple(sorted(MODEL.node_type(label).personal & {*_SHOWN}))
    if names and shown:
        persons = dict.fromkeys(shown, clock.now())
        await log_accesses(asking.database, {(asking.viewer.name, names): persons})


async def _matches(asking: Asking, job: Job[Any], node_id: str, first: int) -> tuple[Match, ...]:
    name = _name_of(job.shown)
    page = await answer(
        asking.database,
        job,
        Question(node_id),
        asking.viewer,
        {"shown": Fragment(f"[shown.key, shown.id, shown.{name}]")},
        days=asking.days,
        first=first,
    )
    return page.matches if page else ()


def _row(job: Job[Any], match: Match) -> Row:
    evidence = [e for part in match.parts for e in part.evidence]
    return {
        "rank": match.rank,
        "score": round(match.score, 4),
        **dict(zip(_SHOWN, match.values["shown"], strict=True)),
        **{part.name: round(part.contribution, 4) for part in match.parts},
        "reasons_zh": "\n".join(e.zh for e in evidence),
        "reasons_en": "\n".join(e.en for e in evidence),
        "gaps": "\n".join(f"{g.name}: {g.have:g} / {g.need:g}" for g in match.gaps),
        "policy_rows": " ".join(match.rule_ids),
        "as_of": match.as_of.isoformat(),
        "model": match.model_version,
    }


async def _found(asking: Asking, label: str, asked: Sequence[str]) -> dict[str, str]:
    """Id -> key of nodes given by either; raises InvalidRequest for those that are not there."""
    t = MODEL.node_type(label)
    allowed = visible(t, "n", asking.viewer)
    where: LiteralString = f" AND {allowed}" if allowed else ""
    text: LiteralString = (
        "UNWIND $asked AS one "
        f"OPTIONAL MATCH (n:{t.label}) WHERE (n.id = one OR n.key = one){where} "
        "RETURN collect([one, n.id, n.key])"
    )
    parameters = {"asked": list(asked), **asking.viewer.parameters}
    found = await asking.database.value(Cypher(text, parameters, name="asked about"))
    if missing := [one for one, node_id, _ in found if node_id is None]:
        raise InvalidRequest("NOT_FOUND", f"there is no {label} {', '.join(missing)}")
    return {node_id: key for _, node_id, key in found}


def _name_of(label: str) -> LiteralString:
    names: list[LiteralString] = [p.name for p in MODEL.node_type(label).properties]
    return "name" if "name" in names else "title"
