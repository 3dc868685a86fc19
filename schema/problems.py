"""Named problems: what a mutation returns when it cannot be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import TransitionRefused
from schema.derived.fields import camel, field, made


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something was not done; nothing was written."""

    code: str
    field: str | None
    message: str
    possible: Sequence[str] = ()
    version: int | None = None


def problem_of(refused: TransitionRefused) -> Problem:
    """The problem that a refused step becomes."""
    field = camel(refused.field) or None
    return Problem(refused.code, field, str(refused), refused.possible, refused.version)


_CODES = (
    "Stable name of the problem: NOT_FOUND, FORBIDDEN, WRONG_STATE, MISSING, TOO_SMALL, DATES, "
    "UNKNOWN, ALREADY_DONE, VERSION_CHANGED, or one of those that the mutation names."
)

PROBLEM = made(
    "Problem",
    "Why something was not done. Nothing was written.",
    field("code", str, _CODES),
    field("field", str | None, "The input at fault, if it is one."),
    field("message", str, "What is wrong, and the way out."),
    field("possible", list[str], "Mutations that are possible instead."),
    field("version", int | None, "Of VERSION_CHANGED: the present version."),
)
