"""The sample that ships: a cut of the public sources, read as they are."""

from collections.abc import Iterator
from pathlib import Path

from loaders.rows import Part
from loaders.sources import SOURCES, csco
from loaders.sources.tables import table

DATA = Path(__file__).parent / "data"


def parts() -> Iterator[Part]:
    """The parts of every source that the sample has a cut of, in their usual order."""
    for name, source in SOURCES.items():
        if (DATA / name).is_dir():
            yield from source.read(DATA / name)


def occupations() -> int:
    """How many rows of the occupation dictionary the sample has."""
    return sum(1 for _ in table(DATA / csco.NAME, csco.FILES[0]))
