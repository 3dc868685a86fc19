"""Which occupations, industries and technologies go together: trades.csv."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Trade:
    """Occupations (by the beginning of their codes) with an industry and technologies.

    `share` is how many of the generated enterprises are in it, relative to the others.
    """

    occupations: str
    share: int
    isic: str
    union: str
    cpc: tuple[str, ...]


@lru_cache(maxsize=1)
def trades() -> tuple[Trade, ...]:
    """All of them; of two that an occupation begins with, the longer one is meant."""
    text = files("loaders.sample").joinpath("trades.csv").read_text("utf-8")
    return tuple(
        Trade(
            occupations=row["occupations"],
            share=int(row["share"]),
            isic=row["isic"],
            union=row["union"],
            cpc=tuple(row["cpc"].split("|")),
        )
        for row in csv.DictReader(text.splitlines())
    )
