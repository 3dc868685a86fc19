"""How much of what happens in each of the five years: some targets are met, some are missed."""

from collections.abc import Mapping
from types import MappingProxyType

FIRST_YEAR = 2015
YEARS = range(FIRST_YEAR, FIRST_YEAR + 5)

EACH_YEAR: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "masters named": (80, 100, 100, 100, 100),  # T01: 100
        "occupations contested": (30, 32, 28, 30, 31),  # T02: at least 30
        "trainings purchased": (30, 30, 26, 30, 30),  # T03: 30
        "studios named": (30, 30, 30, 30, 27),  # T04: 30
        "studios withdrawn": (2, 4, 3, 5, 2),  # T05: about 500 in the end
        "projects selected": (20, 20, 17, 20, 20),  # T06: 20
        "visits carried out": (18, 25, 30, 30, 31),  # T07: 30
        "pairs signed": (30, 30, 30, 30, 30),  # T08 and T09: all
        "enterprises at sixty percent": (7, 9, 10, 12, 12),  # T12: all
        "achievements registered": (6, 8, 10, 12, 12),
    }
)
STUDIOS_BEFORE = 350
ENTERPRISES = 12
APPRENTICES = 200


def count(what: str, year: int, size: float) -> int:
    """How many in a year, in a programme of a size up to 1; never none."""
    return scaled(EACH_YEAR[what][year - FIRST_YEAR], size)


def scaled(number: int, size: float) -> int:
    """So many in a programme of a size; never none."""
    return max(1, round(number * size))


def until(what: str, year: int, size: float) -> int:
    """How many in the years before."""
    return sum(count(what, y, size) for y in YEARS if y < year)
