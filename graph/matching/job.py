"""How a job is declared: where candidates come from, what must hold, what is measured and shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, LiteralString

from graph.matching.features import Feature, Inputs, Model

See = Callable[[LiteralString, LiteralString], LiteralString]
"""Label and variable -> the predicate under which the viewer sees that node."""

Clauses = Callable[[See], LiteralString]
Columns = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold for a candidate; those that fail are counted under the reason.

    `holds` is a predicate over asking, shown and the job's own variables; never null.
    """

    reason: LiteralString
    zh: str
    description: str
    holds: LiteralString
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition that the client may ask for; while it is not asked for, it holds."""

    name: LiteralString
    description: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Evidence:
    """Paths that show why a feature has its value, each with a sentence in either language.

    `find` binds `path` from asking, shown and the support `drawn` (or what `nodes` and `steps`
    put together); `facts` name what stands in the sentences, which never name a worker. No other
    variable of `find` may be called like a companion of the job.
    """

    feature: str
    find: Clauses
    facts: Mapping[str, LiteralString]
    zh: str
    en: str
    nodes: LiteralString = "nodes(path)"
    steps: LiteralString = "relationships(path)"


@dataclass(frozen=True, slots=True)
class Companion:
    """A second node shown with a match; `find` binds it from shown and `drawn`, or finds none."""

    name: LiteralString
    label: LiteralString
    description: str
    find: Clauses


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that was asked for and is not there in full."""

    id: str
    need: float
    have: float
    offered: float


@dataclass(frozen=True, slots=True)
class Support:
    """What the second statement needs to explain one candidate: ids by purpose, and the gaps."""

    drawn: Mapping[str, Any] = field(default_factory=dict[str, Any])
    lacks: Sequence[Lack] = ()
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Job(Generic[Inputs]):
    """One question of matchmaking, in one direction.

    Cypher variables: `asking` and `shown` are the two ends; `question` adds others to `asking`;
    `anchors` returns `shown`, `document` (or null) and `closeness`; `known` adds to `shown`,
    `documents` (pairs of document and closeness, closest first) and `closeness`. A job that
    `balances` can show candidates as the market bears: it has the columns that
    `graph/matching/crowding.py` names.
    """

    name: LiteralString
    zh: str
    description: str
    asking: LiteralString
    shown: LiteralString
    model: Model
    features: tuple[Feature[Inputs], ...]
    question: Clauses
    asked: Mapping[str, LiteralString]
    anchors: Clauses
    conditions: tuple[Condition, ...]
    columns: Mapping[str, LiteralString]
    inputs: Callable[[Mapping[str, Any], Columns, Model], Inputs]
    support: Callable[[Inputs, int], Support]
    evidence: tuple[Evidence, ...]
    known: LiteralString = ""
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])
    filters: tuple[Filter, ...] = ()
    companions: tuple[Companion, ...] = ()
    lacking: LiteralString = "Skill"
    balances: bool = False
    rules: tuple[str, ...] = ()

    @property
    def all_conditions(self) -> tuple[Condition, ...]:
        """In the order in which they are tried; the first that fails gives the reason."""
        return (*self.conditions, *(f.condition for f in self.filters))
