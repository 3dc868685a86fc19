"""Figures become one statement, and its answer becomes numbers with their targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from math import ceil
from typing import Any, LiteralString

from graph.cypher import Cypher
from graph.database import Database
from graph.errors import InvalidRequest
from graph.model import MODEL, Owned, Public, Through
from graph.projection.access import below, visible
from graph.projection.fragment import Fragment
from graph.rules.dated import held
from graph.rules.figures.declare import Figure, Pattern, Period, See, through_years
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
    definition: str | None = None  # name of a conversion definition; else those of their dates

    @property
    def years(self) -> range:
        """The year, then those before it."""
        return range(self.year, self.year - self.back - 1, -1)

    @property
    def periods(self) -> list[dict[str, Any]]:
        """Of each year its first day, the last that counts, and the day of asking."""
        return [
            {
                "year": year,
                "first": date(year, 1, 1),
                "day": min(date(year, 12, 31), self.as_of),
                "as_of": self.as_of,
            }
            for year in self.years
        ]

    @property
    def parameters(self) -> dict[str, Any]:
        """Parameters of every statement that counts."""
        return {
            "periods": self.periods,
            "known": self.known_at,
            "definition": self.definition,
            "figures": [f.code for f in self.figures],
        }


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


def of_viewer(figure: Figure, viewer: Viewer) -> Figure:
    """The figure over those of its members that the viewer's unions answer for, if it says how."""
    if viewer.sees_everything or not figure.answers:
        return figure
    inside = below("answers.path", viewer)
    ways = " OR ".join([f"EXISTS {{ MATCH {way} WHERE {inside} }}" for way in figure.answers])
    return replace(figure, found=replace(figure.found, where=(*figure.found.where, f"({ways})")))


def members(figure: Figure, see: See) -> LiteralString:
    """Clauses that bind `member` to each counted node once."""
    once: LiteralString = "" if figure.found.is_one_node else "DISTINCT "
    return f"{figure.found.text(see)} WITH {once}member"


def meeting(figure: Figure, see: See) -> LiteralString:
    """A predicate over `member`, never null."""
    ways: list[LiteralString] = [
        f"EXISTS {{ {m.text(see)} }}" if isinstance(m, Pattern) else f"coalesce({m}, false)"
        for m in figure.meets
    ]
    return f"({' OR '.join(ways)})"


_ONCE: LiteralString = """\
WITH member, collect(years) AS each
WITH CASE size(each) WHEN 1 THEN each[0] ELSE [period IN $periods
  WHERE any(years IN each WHERE period.year IN years) | period.year] END AS years,
  count(*) AS alike
UNWIND years AS year WITH year, sum(alike) AS size"""
"""From each `member` with its `years`, however often it came, to the `size` of each `year`."""


def counting(figure: Figure, see: See) -> LiteralString:
    """The statement that counts: [year, done, of] for each of $periods that has any."""
    if figure.period is Period.NOW:
        return (
            f"CALL () {{ {members(figure, see)} RETURN count(*) AS done }} "
            "RETURN [period IN $periods | [period.year, done, null]] AS counts"
        )
    found: LiteralString = f"{through_years(see, figure.found)} {_ONCE}"
    if not figure.is_share:
        return f"{found} RETURN collect([year, size, null]) AS counts"
    ways: list[LiteralString] = [_met(figure, see, met) for met in figure.meets]
    met: LiteralString = f"CALL () {{ {' UNION ALL '.join(ways)} }} {_ONCE}"
    return (
        f"CALL () {{ {found} RETURN collect([year, size]) AS found }} "
        f"CALL () {{ {met} RETURN collect([year, size]) AS met }} "
        "RETURN [of IN found | [of[0], "
        "coalesce(head([done IN met WHERE done[0] = of[0] | done[1]]), 0), of[1]]] AS counts"
    )


def _met(figure: Figure, see: See, met: Pattern | LiteralString) -> LiteralString:
    """Those of a share who meet it in one way: who meets it in some year, then who is counted."""
    found = figure.found
    if isinstance(met, Pattern):
        both: LiteralString = through_years(see, met, found)
    else:
        both = through_years(see, replace(found, where=(*found.where, met)))
    return f"{both} RETURN member, years"


def listing(figure: Figure, see: See, shown: Fragment) -> LiteralString:
    """Who is counted, or who is missing of a share, in the first period: a list of rows."""
    missing = f" WHERE NOT {meeting(figure, see)}" if figure.is_share else ""
    return (
        f"WITH $periods[0] AS period CALL (period) {{ {members(figure, see)}{missing} "
        f"WITH member AS shown ORDER BY shown.key LIMIT $most {shown.calls}"
        f"RETURN collect({shown.text}) AS listed }} RETURN listed"
    )


STORED: LiteralString = f"""\
MATCH (t:TargetFigure) WHERE t.figure IN $figures
UNWIND [period IN $periods WHERE {held("t")}] AS period
RETURN collect([period.year, t.figure, t.value, t.band]) AS stored"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure as a viewer sees it: of whom it counts, by which query, or that it is withheld."""

    figure: Figure
    query: LiteralString
    withheld: bool


@lru_cache(maxsize=1024)
def seen(figure: Figure, viewer: Viewer) -> Seen:
    """What a figure is to a viewer; the same each time."""
    of = of_viewer(figure, viewer)
    if withheld(figure, viewer):
        return Seen(of, "", withheld=True)
    return Seen(of, counting(of, sight(viewer)), withheld=False)


def statement(
    figures: Sequence[Seen], viewer: Viewer, fragments: Mapping[str, Fragment]
) -> LiteralString:
    """One statement for all figures; `fragments` has what to show of the members, by label."""
    steps: list[LiteralString] = [f"CALL () {{ {STORED} }} WITH stored, [] AS rows"]
    for one in figures:
        shown = fragments.get(one.figure.member)
        listed: LiteralString = "[]"
        steps.append(f"CALL () {{ {one.query} }}")
        if shown is not None:
            listed = "listed"
            steps.append(f"CALL () {{ {listing(one.figure, sight(viewer), shown)} }}")
        steps.append(f"WITH stored, rows + [[counts, {listed}]] AS rows")
    defined: LiteralString = (
        "$definition IS NULL OR EXISTS { (:ConversionDefinition {name: $definition}) }"
    )
    return "\n".join([*steps, f"RETURN [stored, rows, {defined}] AS value"])


def asking(question: Question, viewer: Viewer, fragments: Mapping[str, Fragment]) -> Cypher:
    """The statement that counts the figures of a question; `read` makes answers of its value."""
    counted = [one for one in _seen(question, viewer) if not one.withheld]
    parameters = {**question.parameters, "most": question.most, **viewer.parameters}
    for fragment in fragments.values():
        parameters |= fragment.parameters
    return Cypher(statement(counted, viewer, fragments), parameters, name="figures")


def _seen(question: Question, viewer: Viewer) -> list[Seen]:
    return [seen(figure, viewer) for figure in question.figures]


async def answer(
    database: Database, question: Question, viewer: Viewer, fragments: Mapping[str, Fragment]
) -> list[Answered]:
    """Count the figures; one statement, whatever their number.

    Raises InvalidRequest BAD_USER_INPUT where the question names no conversion definition there is.
    """
    return read(await database.value(asking(question, viewer, fragments)), question, viewer)


def read(value: Any, question: Question, viewer: Viewer) -> list[Answered]:
    """The figures in the order in which they were asked for."""
    stored, rows, is_defined = value
    if not is_defined:
        raise InvalidRequest(
            "BAD_USER_INPUT",
            "no conversion definition has this name; `conversionDefinitions` lists them",
            ("conversionDefinition",),
        )
    targets = {(year, code): (value, band) for year, code, value, band in stored}
    counted = iter(rows)
    return [
        Answered(one.figure, [], [], "", withheld=True)
        if one.withheld
        else _answered(one, question, next(counted), targets)
        for one in _seen(question, viewer)
    ]


def _answered(
    one: Seen, question: Question, row: Any, targets: Mapping[tuple[int, str], Any]
) -> Answered:
    figure, (counts, listed) = one.figure, row
    found = {year: (done, of) for year, done, of in counts}
    nobody = (0, 0 if figure.is_share else None)
    own = (figure.target, figure.band)
    made: list[Count] = []
    for year in question.years:
        done, of = found.get(year, nobody)
        planned, band = targets.get((year, figure.code), own)
        wanted = None if planned is None else float(planned)
        made.append(Count(year, done, of, wanted, float(figure.band if band is None else band)))
    return Answered(figure, made, listed, one.query, withheld=False)
