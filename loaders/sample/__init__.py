"""The sample that ships: a cut of the public sources, read as they are."""

from collections.abc import Iterator
from pathlib import Path

from loaders.rows import Part
from loaders.sources import SOURCES

DATA = Path(__file__).parent / "data"


def parts() -> Iterator[Part]:
    """The parts of every source that the sample has a cut of, in their usual order."""
    for name, source in SOURCES.items():
        if (DATA / name).is_dir():
            yield from source.read(DATA / name)
