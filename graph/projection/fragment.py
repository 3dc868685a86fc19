"""A piece of Cypher and the parameters it needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, LiteralString


@dataclass(frozen=True, slots=True)
class Fragment:
    """An expression, mostly over one bound node variable, to stand inside a larger statement.

    `calls` are CALL clauses that the expression needs; they stand in front of its RETURN or WITH.
    """

    text: LiteralString
    calls: LiteralString = ""
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])
