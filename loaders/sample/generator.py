"""The seeded generator: made-up people and organisations on the real vocabularies."""

from collections.abc import Iterator

from graph.errors import InvalidRequest
from loaders.rows import Part
from loaders.sample.mentoring import mentoring_parts
from loaders.sample.organisations import organisation_parts
from loaders.sample.people import CONSENT_TO_MATCHING, people_parts
from loaders.sample.population import draw
from loaders.sample.studios import studio_parts
from loaders.sample.vocabulary import Vocabulary

MOST_WORKERS = 1_000_000


def generate(
    vocabulary: Vocabulary, workers: int, seed: int, *, consent: float = CONSENT_TO_MATCHING
) -> Iterator[Part]:
    """Parts of a population; the same parts for the same vocabulary, number, seed and share.

    `consent` is the share of workers who agree to be matched, 0 to 1.
    """
    if not 1 <= workers <= MOST_WORKERS:
        raise InvalidRequest("WORKERS", f"give 1 to {MOST_WORKERS:,} workers, not {workers:,}")
    if not 0 <= consent <= 1:
        raise InvalidRequest("CONSENT", f"give a share from 0 to 1, not {consent}")
    population = draw(vocabulary, workers, seed)
    yield from organisation_parts(population)
    yield from people_parts(population, seed, consent)
    yield from mentoring_parts(population, seed)
    yield from studio_parts(population, seed)
