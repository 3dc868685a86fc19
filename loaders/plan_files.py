"""Plans and files: a table of apprentices comes in, a table of pairs with reasons goes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

from graph.cypher import Cypher
from graph.database import Database
from graph.errors import JiangpuError
from graph.matching.candidates import Days
from graph.matching.mentoring import MENTOR
from graph.plans.explaining import Why, explain_pairs
from graph.plans.lists import Weights
from graph.viewer import Viewer
from loaders.readers import RawRow, reader_for
from loaders.readers.table import is_blank, plain

KEY_COLUMNS = ("key", "id", "编号", "职工编号", "工号")
WISH_COLUMNS = ("wishes", "志愿", "意向师傅")
_AT_ONCE = 200

Row = Mapping[str, Any]


class UnusableTable(JiangpuError):
    """A table of apprentices that cannot be used; the text names rows and remedy."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The apprentices of a table in its order, and the lists some wrote themselves, by id."""

    workers: tuple[str, ...]
    own_lists: Mapping[str, Sequence[str]]


async def read_asked(database: Database, path: Path) -> Asked:
    """Whom a table names by id or key; raises UnusableTable that names every row at fault."""
    reader = reader_for(path)
    key = _column(reader.columns, KEY_COLUMNS, path)
    wish = next((c for c in reader.columns if c.strip().lower() in WISH_COLUMNS), None)
    rows = [row for row in reader.rows() if isinstance(row, RawRow)]
    named = [_text(row.cells.get(key)) for row in rows]
    wishes = [_items(row.cells.get(wish)) if wish else [] for row in rows]
    found = await _ids(database, {*named, *(w for listed in wishes for w in listed)})
    faults = [
        f"row {row.place.line}: there is no worker {one!r}"
        for row, names in zip(
            rows, [[n, *w] for n, w in zip(named, wishes, strict=True)], strict=True
        )
        for one in names
        if one not in found
    ]
    if faults or not rows:
        shown = "\n  ".join(faults[:20]) or "it has no rows"
        raise UnusableTable(
            f"{path.name} cannot be planned for ({len(faults)} faults); column {key!r} holds the "
            f"keys or ids of workers, as `jiangpu export Worker` writes them:\n  {shown}"
        )
    ids = [found[n] for n in named]
    lists = {i: [found[w] for w in listed] for i, listed in zip(ids, wishes, strict=True) if listed}
    return Asked(tuple(dict.fromkeys(ids)), lists)


def _column(columns: Sequence[str], wanted: Sequence[str], path: Path) -> str:
    for name in columns:
        if name.strip().lower() in wanted:
            return name
    raise UnusableTable(
        f"{path.name} has no column of workers; name one of {', '.join(wanted)} (it has "
        f"{', '.join(columns)})"
    )


def _text(cell: Any) -> str:
    return "" if is_blank(cell) else plain(str(cell)).strip()


def _items(cell: Any) -> list[str]:
    text = _text(cell)
    for mark in "；、,，":
        text = text.replace(mark, ";")
    return [item.strip() for item in text.split(";") if item.strip()]


async def _ids(database: Database, named: set[str]) -> dict[str, str]:
    text = (
        "UNWIND $named AS one MATCH (w:Worker {key: one}) RETURN collect([one, w.id]) AS found "
        "UNION UNWIND $named AS one MATCH (w:Node:Worker {id: one}) "
        "RETURN collect([one, w.id]) AS found"
    )
    rows = await database.rows(Cypher(text, {"named": sorted(named)}, name="workers of a table"))
    return {one: identifier for row in rows for one, identifier in row["found"]}


PARTS = tuple(f.name for f in MENTOR.features)
COLUMNS = (
    *("apprentice_key", "apprentice", "state", "master_key", "master"),
    *("rank_of_master", "rank_of_apprentice", "score", "master_score", *PARTS),
    *("reasons_zh", "reasons_en", "gaps", "agreement", "refusal", "model"),
)


async def plan_rows(database: Database, plan: str, viewer: Viewer, days: Days) -> list[Row]:
    """A row for each pair of a plan with its reasons, then those who go without."""
    [facts] = await database.rows(Cypher(_PAIRS, {"plan": plan}, name="pairs of a plan"))
    weights = Weights.from_text(facts["models"]) if facts["models"] else Weights()
    on = Days(facts["as_of"].to_native(), days.today)
    pairs = {p["a"]: p["m"] for p in facts["pairs"]}
    reasons: dict[str, Why] = {}
    items = list(pairs.items())
    for start in range(0, len(items), _AT_ONCE):
        part = dict(items[start : start + _AT_ONCE])
        reasons |= await explain_pairs(database, part, weights.mentor, viewer, days=on)
    rows = [_row(p, reasons.get(p["a"])) for p in facts["pairs"]]
    return [*rows, *await _without(database, plan, set(pairs))]


def _row(pair: Row, why: Why | None) -> Row:
    row: dict[str, Any] = {name: pair.get(name) for name in COLUMNS}
    if why is not None:
        sentences = [e for part in why.parts for e in part.evidence]
        row |= {part.name: round(part.contribution, 4) for part in why.parts}
        row |= {
            "score": round(why.score, 4),
            "reasons_zh": "\n".join(e.zh for e in sentences),
            "reasons_en": "\n".join(e.en for e in sentences),
            "gaps": "\n".join(f"{g.name}: {g.have:g} / {g.need:g}" for g in why.gaps),
            "model": why.model_version,
        }
    return row


async def _without(database: Database, plan: str, paired: set[str]) -> list[Row]:
    parameters = {"plan": plan, "paired": sorted(paired)}
    found = await database.rows(Cypher(_WITHOUT, parameters, name="who goes without"))
    return [{**dict.fromkeys(COLUMNS), **row} for row in found]


_PAIRS: LiteralString = """
MATCH (plan:Node:MentoringPlan {id: $plan})
RETURN plan.models AS models, plan.as_of AS as_of, COLLECT {
  MATCH (plan)<-[:IN_PLAN]-(p:PlannedPairing) WHERE p.state <> 'RELEASED'
  MATCH (p)-[:PLANS_APPRENTICE]->(a:Worker), (p)-[:PLANS_MASTER]->(m:Worker)
  OPTIONAL MATCH (p)-[:LED_TO]->(g:MentoringAgreement)
  RETURN {a: a.id, m: m.id, apprentice_key: a.key, apprentice: a.name, state: p.state,
    master_key: m.key, master: m.name, rank_of_master: p.rank_of_master,
    rank_of_apprentice: p.rank_of_apprentice, score: p.score, master_score: p.favour,
    agreement: g.state, refusal: p.refusal} ORDER BY a.key } AS pairs
"""

_WITHOUT: LiteralString = """
MATCH (plan:Node:MentoringPlan {id: $plan})
UNWIND plan.named AS named
MATCH (a:Node:Worker {id: named}) WHERE NOT named IN $paired
RETURN a.key AS apprentice_key, a.name AS apprentice,
  CASE WHEN EXISTS { (plan)-[:LEAVES_OUT]->(a) } THEN 'LEFT_OUT' ELSE 'WITHOUT_MASTER' END AS state
"""
