"""The words in which figures are declared: what is counted, of what, and what it should reach."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import LiteralString

from graph.errors import InvalidDeclaration

See = Callable[[LiteralString, LiteralString], LiteralString]
"""Label and variable -> the predicate under which the viewer sees that node."""


class Period(Enum):
    """What a figure counts over."""

    YEAR = "year"  # events from period.first to period.day
    DAY = "day"  # what holds on period.day
    NOW = "now"  # what holds now, whatever day is asked for


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is matched; `nodes` names the label of every variable, `where` what must hold.

    `period` has year, first (its first day), day (the last that counts), as_of (the
    day of asking, which may be years later); `$known` is a moment.
    Indexes are on a property and the key: they serve where `match` says that the key is not null.
    """

    match: LiteralString
    nodes: Mapping[LiteralString, LiteralString]
    where: tuple[LiteralString, ...] = ()

    def text(self, see: See) -> LiteralString:
        """MATCH … WHERE …, with the viewer's predicate for every node."""
        return f"MATCH {self.match}{_where((*self.seen(see), *self.where))}"

    @property
    def is_one_node(self) -> bool:
        """Whether nothing but a member is matched, which is then found once."""
        return ")-" not in self.match and ")<-" not in self.match

    def seen(self, see: See) -> list[LiteralString]:
        """The viewer's predicate for every node."""
        return [see(label, variable) for variable, label in self.nodes.items()]


def through_years(see: See, *patterns: Pattern) -> LiteralString:
    """Clauses that match patterns one after the other, once for all $periods.

    They bind `member` and its `years`, of which there is at least one; a member may come again.
    Each pattern leaves fewer to the next, so the one that fewest meet goes first.
    """
    steps: list[LiteralString] = []
    for p in patterns:
        fixed = p.seen(see)
        moving: list[LiteralString] = ["period.year IN years"] if steps else []
        for condition in p.where:
            for part in _conjuncts(condition):
                (moving if _moves(part) else fixed).append(part)
                fixed += _in_some_year(part)
        steps.append(
            f"MATCH {p.match}{_where(fixed)} "
            f"WITH member, [period IN $periods{_where(moving)} | period.year] AS years "
            "WITH member, years WHERE size(years) > 0"
        )
    return " ".join(steps)


def _conjuncts(condition: LiteralString) -> list[LiteralString]:
    """What must all hold, where that can be told apart: only some of it moves with the period."""
    parts: list[LiteralString] = condition.split(" AND ")
    whole = all(p.count("(") == p.count(")") and p.count("{") == p.count("}") for p in parts)
    return parts if whole and not any(" OR " in p and p[0] != "(" for p in parts) else [condition]


def _in_some_year(condition: LiteralString) -> list[LiteralString]:
    """What one comparison with a period means for all: rows of no year go before years are told."""
    if condition.count("period.") != 1 or "NOT " in condition or "{" in condition:
        return []
    return [condition.replace(bound, all) for bound, all in _BOUNDS.items() if bound in condition]


_BOUNDS: Mapping[LiteralString, LiteralString] = {
    "<= period.day": "<= $periods[0].day",
    "> period.day": "> $periods[-1].day",
    ">= period.first": ">= $periods[-1].first",
}


def _moves(condition: LiteralString) -> bool:
    return "period." in condition


def _where(conditions: Iterable[LiteralString]) -> LiteralString:
    held: list[LiteralString] = [c for c in conditions if c != "true"]
    return f" WHERE {' AND '.join(held)}" if held else ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the policy asks for it: clause, its words, and how strongly it asks."""

    clause: str
    words: str
    strength: str = "MUST"


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A number that anyone can check.

    It counts the distinct nodes that `found` binds to `member`, of the type `member`. With `meets`
    it is a share: those for whom one of `meets` holds or is found, of all; the others are who is
    missing. Only `member` may bear the same name in `found` and in `meets`.
    `answers` are ways from `member` to `(answers:Union)`: where public things are judged by people
    of whom a union sees its own, it counts the things that it answers for.
    `target` is the policy's own and None where it gives no number; a share's target is a share.
    """

    code: LiteralString
    zh: str
    description: str
    counting: str
    member: LiteralString
    found: Pattern
    meets: tuple[Pattern | LiteralString, ...] = ()
    source: Source | None = None
    target: float | None = None
    band: float = 0.0
    period: Period = Period.YEAR
    answers: tuple[LiteralString, ...] = ()
    policy: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        for met in self.meets:
            shared = self.found.nodes.keys() & (
                met.nodes.keys() if isinstance(met, Pattern) else ()
            )
            if shared - {"member"}:
                raise InvalidDeclaration(f"{self.code}: found and met are both called {shared}")

    @property
    def is_share(self) -> bool:
        """Whether it says how many of all meet something."""
        return bool(self.meets)
