"""The words in which figures are declared: what is counted, of what, and what it should reach."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import LiteralString

See = Callable[[LiteralString, LiteralString], LiteralString]
"""Label and variable -> the predicate under which the viewer sees that node."""


class Period(Enum):
    """What a figure counts over."""

    YEAR = "year"  # events from $period.first to before $period.after
    DAY = "day"  # what holds on $period.day
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
        return f"MATCH {self.match}{_where((*self._seen(see), *self.where))}"

    def in_each_period(self, see: See, also: LiteralString) -> LiteralString:
        """The same for all $periods: matched once, with `also`; only what moves is repeated."""
        moving: list[LiteralString] = [p for p in self.where if _moves(p)]
        return (
            f"{self.in_any_period(see)} WITH *, {also} "
            f"UNWIND $periods AS period WITH *{_where(moving)}"
        )

    def in_any_period(self, see: See) -> LiteralString:
        """MATCH … WHERE …, without what depends on `period`."""
        fixed: list[LiteralString] = [p for p in self.where if not _moves(p)]
        return f"MATCH {self.match}{_where((*self._seen(see), *fixed))}"

    def _seen(self, see: See) -> list[LiteralString]:
        return [see(label, variable) for variable, label in self.nodes.items()]


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
    missing.
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
    policy: tuple[str, ...] = field(default=())

    @property
    def is_share(self) -> bool:
        """Whether it says how many of all meet something."""
        return bool(self.meets)
