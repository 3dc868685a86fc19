"""A Cypher statement: literal text and its parameters, never mixed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, LiteralString, cast


@dataclass(frozen=True, slots=True)
class Cypher:
    """One statement. `name` labels it in logs and metrics; parameters never appear there."""

    text: LiteralString
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])
    name: str = "statement"


def literal(text: str) -> LiteralString:
    """Text joined from the declaration's literals and counters only, as the checker cannot see."""
    return cast("LiteralString", text)
