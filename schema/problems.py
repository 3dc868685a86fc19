"""Named problems: what a mutation returns when it cannot be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import TransitionRefused
from schema.derived.fields import field, made


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something was not done; nothing was written."""

    code: str
    message: str
    possible: Sequence[str] = ()


def problem_of(refused: TransitionRefused) -> Problem:
    """The problem that a refused step becomes."""
    return Problem(refused.code, str(refused), refused.possible)


PROBLEM = made(
    "Problem",
    "Why something was not done. Nothing was written.",
    field("code", str, "Stable name of the problem."),
    field("message", str, "What is wrong, and the way out."),
    field("possible", list[str], "Steps that are possible instead."),
)
