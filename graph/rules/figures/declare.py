"""The words in which figures are declared: what is counted, of what, and what it should reach."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import LiteralString

See = Callable[[LiteralString, LiteralString], LiteralString]
"""Label and variable -> the predicate under which the viewer sees that node."""


class Period(Enum):
    """What a figure counts over."""

    YEAR = "year"  # events from $period.first to before $period.after
    DAY = "day"  # what holds on $period.day


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is matched; `nodes` names the label of every variable, `where` what must hold.

    `period` has first, after (days of the year), day (the last that counts); `$known` is a moment.
    """

    match: LiteralString
    nodes: Mapping[LiteralString, LiteralString]
    where: tuple[LiteralString, ...] = ()

    def text(self, see: See) -> LiteralString:
        """MATCH … WHERE …, with the viewer's predicate for every node."""
        seen: list[LiteralString] = [see(label, variable) for variable, label in self.nodes.items()]
        held: list[LiteralString] = [p for p in (*seen, *self.where) if p != "true"]
        conditions: LiteralString = " AND ".join(held)
        return f"MATCH {self.match} WHERE {conditions}" if held else f"MATCH {self.match}"


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
