"""Figures become one statement, and its answer becomes numbers with their targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import ceil
from typing import Any, LiteralString

from graph.cypher import Cypher, literal
from graph.database import Database
from graph.model import MODEL, Owned, Public, Through
from graph.projection.access import visible
from graph.projection.fragment import Fragment
from graph.rules.dated import held
from graph.rules.figures.declare import Figure, Pattern, Period, See
from graph.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Question:
    """Which figures, for a year and so many before it, as on a day, as known at a moment."""

    figures: tuple[Figure, ...]
    year: int
    as_of: date
    known_at: datetime
    back: int = 0
    most: int = 20

    @property
    def periods(self) -> list[dict[str, Any]]:
        """The year, then those before it: first day, last that counts, day of asking."""
        return [
            {
                "year": year,
                "first": date(year, 1, 1),
                "day": min(date(year, 12, 31), self.as_of),
                "as_of": self.as_of,
            }
            for year in range(self.year, self.year - self.back - 1, -1)
        ]


@dataclass(frozen=True, slots=True)
class Count:
    """One figure in one year. `of` is null for a count, `planned` where there is no target."""

    year: int
    done: int
    of: int | None
    planned: float | None
    band: float

    @property
    def rate(self) -> float | None:
        """The share; null for a count, and where there is nobody to count."""
        return self.done / self.of if self.of else None

    @property
    def gap(self) -> int | None:
        """How many are missing; negative if there are more than planned."""
        if self.planned is None:
            return None
        wanted = self.planned if self.of is None else ceil(self.planned * self.of)
        return round(wanted) - self.done

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; a stock (左右) may lie within its band on either side."""
        if self.planned is None or self.gap is None:
            return None
        return abs(self.gap) <= self.band * self.planned if self.band else self.gap <= 0


@dataclass(frozen=True, slots=True)
class Answered:
    """A figure with its years, newest first, and the rows of the list behind it."""

    figure: Figure
    counts: Sequence[Count]
    rows: Sequence[Any]
    query: str
    withheld: bool


def sight(viewer: Viewer) -> See:
    """How this viewer's restriction reads for a label and variable.

    Records about somebody are reached only from a node that the viewer sees, which is their own
    rule of access.
    """

    def see(label: LiteralString, variable: LiteralString) -> LiteralString:
        t = MODEL.node_type(label)
        reached = replace(t, access=Public()) if isinstance(t.access, Through) else t
        return visible(reached, variable, viewer) or "true"

    return see


def withheld(figure: Figure, viewer: Viewer) -> bool:
    """Whether it rests on records of people, and the viewer sees nobody's."""
    if viewer.sees_everything or viewer.region_prefixes or viewer.system_prefixes:
        return False
    patterns = [p for p in (figure.found, *figure.meets) if isinstance(p, Pattern)]
    return any(_is_owned(label) for p in patterns for label in p.nodes.values())


def _is_owned(label: str) -> bool:
    t = MODEL.node_type(label)
    if isinstance(t.access, Through):
        targets = [MODEL.relation(label, name).target for name in t.access.relations]
        return all(_is_owned(target) for target in targets)
    return isinstance(t.access, Owned)


def members(figure: Figure, see: See) -> LiteralString:
    """Clauses that bind `member` to each counted node once."""
    return f"{figure.found.text(see)} WITH DISTINCT member"


def meeting(figure: Figure, see: See) -> LiteralString:
    """A predicate over `member`, never null."""
    ways: list[LiteralString] = [
        f"EXISTS {{ {m.text(see)} }}" if isinstance(m, Pattern) else f"coalesce({m}, false)"
        for m in figure.meets
    ]
    return f"({' OR '.join(ways)})"


def counting(figure: Figure, see: See, name: LiteralString = "counts") -> LiteralString:
    """The statement that counts: [year, done, of] for each of $periods that has any."""
    done: LiteralString = "count(*) AS done, null AS of"
    ever: LiteralString = "true AS ever"
    if figure.is_share:
        met: LiteralString = f"ever AND {meeting(figure, see)}"
        done = f"count(CASE WHEN {met} THEN 1 END) AS done, count(*) AS of"
        ever = f"{_ever_meeting(figure, see)} AS ever"
    counted: LiteralString = (
        f"{figure.found.in_each_period(see, ever)} "
        f"WITH DISTINCT period, member, ever WITH period, {done}"
    )
    if figure.period is Period.NOW:
        counted = f"CALL () {{ {members(figure, see)} RETURN {done} }} UNWIND $periods AS period"
    return f"{counted} RETURN collect([period.year, done, of]) AS {name}"


def _ever_meeting(figure: Figure, see: See) -> LiteralString:
    """What must hold of a member who meets it in any period; asked once, it spares most of them."""
    ways: list[LiteralString] = [
        f"EXISTS {{ {m.in_any_period(see)} }}" for m in figure.meets if isinstance(m, Pattern)
    ]
    return f"({' OR '.join(ways)})" if len(ways) == len(figure.meets) else "true"


def listing(figure: Figure, see: See, shown: Fragment, name: LiteralString) -> LiteralString:
    """Who is counted, or who is missing of a share, in the first period: a list of rows."""
    missing = f" WHERE NOT {meeting(figure, see)}" if figure.is_share else ""
    return (
        f"WITH $periods[0] AS period CALL (period) {{ {members(figure, see)}{missing} "
        f"WITH member AS shown ORDER BY shown.key LIMIT $most {shown.calls}"
        f"RETURN collect({shown.text}) AS {name} }} RETURN {name}"
    )


STORED: LiteralString = f"""\
UNWIND $periods AS period
MATCH (t:TargetFigure) WHERE t.figure IN $figures AND {held("t")}
RETURN collect([period.year, t.figure, t.value, t.band]) AS stored"""


def statement(
    figures: Sequence[Figure], viewer: Viewer, fragments: Mapping[str, Fragment]
) -> LiteralString:
    """One statement for all figures; `fragments` has what to show of the members, by label."""
    see = sight(viewer)
    calls: list[LiteralString] = [f"CALL () {{ {STORED} }}"]
    parts: list[LiteralString] = []
    for n, figure in enumerate(figures):
        number = literal(str(n))
        calls.append(f"CALL () {{ {counting(figure, see, f'counts{number}')} }}")
        shown = fragments.get(figure.member)
        if shown is None:
            parts.append(f"[counts{number}, []]")
            continue
        calls.append(f"CALL () {{ {listing(figure, see, shown, f'listed{number}')} }}")
        parts.append(f"[counts{number}, listed{number}]")
    return "\n".join([*calls, f"RETURN [stored, [{', '.join(parts)}]] AS value"])


async def answer(
    database: Database, question: Question, viewer: Viewer, fragments: Mapping[str, Fragment]
) -> list[Answered]:
    """Count the figures; one statement, whatever their number."""
    counted = [f for f in question.figures if not withheld(f, viewer)]
    text = statement(counted, viewer, fragments)
    parameters: dict[str, Any] = {
        "periods": question.periods,
        "known": question.known_at,
        "figures": [f.code for f in counted],
        "most": question.most,
        **viewer.parameters,
    }
    for fragment in fragments.values():
        parameters |= fragment.parameters
    stored, rows = await database.value(Cypher(text, parameters, name="figures"))
    targets = {(year, code): (value, band) for year, code, value, band in stored}
    found = dict(zip([f.code for f in counted], rows, strict=True))
    see = sight(viewer)
    return [
        Answered(f, [], [], "", withheld=True)
        if f.code not in found
        else _answered(f, question, found[f.code], targets, counting(f, see))
        for f in question.figures
    ]


def _answered(
    figure: Figure,
    question: Question,
    row: Any,
    targets: Mapping[tuple[int, str], Any],
    query: str,
) -> Answered:
    counts, listed = row
    found = {year: (done, of) for year, done, of in counts}
    nobody = (0, 0 if figure.is_share else None)
    own = (figure.target, figure.band)
    made: list[Count] = []
    for year in (period["year"] for period in question.periods):
        done, of = found.get(year, nobody)
        planned, band = targets.get((year, figure.code), own)
        wanted = None if planned is None else float(planned)
        made.append(Count(year, done, of, wanted, float(figure.band if band is None else band)))
    return Answered(figure, made, listed, query, withheld=False)
