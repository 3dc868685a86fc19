"""A rule of the policy: what must hold before something is done, and what to do if it does not."""

from dataclasses import dataclass
from typing import LiteralString


@dataclass(frozen=True, slots=True)
class Rule:
    """A predicate that must hold; null counts as not held.

    It may use `subject`, the names of what the operation reaches and refers to, and the parameters
    `$given`, `$today` and `$now`. `code` names the problem, `field` the input at fault, `message`
    says what is wrong and the way out.
    """

    code: LiteralString
    message: str
    holds: LiteralString
    field: LiteralString = ""
    policy: tuple[str, ...] = ()
