"""People for a plan, drawn by the sample's generator on the shipped occupations, as arrays."""

import numpy as np

from graph.plans.people import (
    Apprentices,
    Held,
    Masters,
    Occupations,
    People,
    Ragged,
    Required,
)
from graph.plans.requirements import packed
from loaders import sample
from loaders.sample.people import FALL_OF_SKILL, FIRST_SKILL, MOST_SKILLS
from loaders.sample.population import Population, draw
from loaders.sample.vocabulary import from_parts

_TEACHES_ANOTHER = 0.2


def drawn(workers: int, masters: int, *, seed: int, places: int) -> People:
    """So many apprentices and masters: the most skilled of all drawn take apprentices."""
    population = draw(from_parts(sample.parts()), workers + masters, seed)
    random = np.random.Generator(np.random.PCG64([seed, 7]))
    order = np.argsort(-population.workers.level, kind="stable")
    teaching = np.sort(order[:masters])
    learning = np.sort(order[masters:])
    skills: dict[str, int] = {}
    occupations = _occupations(population, skills)
    level = population.workers.level.astype(np.int8)
    return People(
        occupations,
        Apprentices(
            ids=(),
            occupation=population.workers.occupation[learning],
            level=level[learning],
            district=population.workers.district[learning],
            held=_held(random, population, learning, occupations),
            wish=np.full(workers, -1, dtype=np.int32),
        ),
        _masters(random, population, teaching, occupations, places),
        near=_near(len(population.vocabulary.districts)),
    )


def _masters(
    random: np.random.Generator,
    population: Population,
    rows: np.ndarray,
    occupations: Occupations,
    places: int,
) -> Masters:
    own = population.workers.occupation[rows]
    more = random.random(len(rows)) < _TEACHES_ANOTHER
    other = random.integers(0, len(occupations.depth), len(rows)).astype(np.int32)
    counts = 1 + (more & (other != own))
    begin = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    values = np.empty(begin[-1], dtype=np.int32)
    values[begin[:-1]] = own
    values[begin[:-1][counts == 2] + 1] = other[counts == 2]
    ended = random.integers(0, 12, len(rows)).astype(np.int32)
    return Masters(
        ids=(),
        engaged=population.workers.level[rows].astype(np.int8) + np.int8(1),
        places=np.full(len(rows), places, dtype=np.int32),
        district=population.workers.district[rows],
        held=_held(random, population, rows, occupations),
        teaches=Ragged(begin, values),
        completed=random.binomial(ended, 0.8).astype(np.int32),
        ended=ended,
        methods=random.poisson(0.4, len(rows)).astype(np.int32),
        does=np.zeros(len(rows), dtype=np.int32),
    )


def _occupations(population: Population, skills: dict[str, int]) -> Occupations:
    groups: dict[str, int] = {}
    rows = []
    for o in population.occupations:
        asked = {skills.setdefault(s.key, len(skills)): s.weight for s in o.skills[:MOST_SKILLS]}
        chosen = sorted(asked)
        rows.append(packed(chosen, [asked[s] for s in chosen]))
        groups.setdefault(o.key.rsplit("-", 1)[0], len(groups))
    count = len(rows)
    return Occupations(
        depth=np.full(count, 4, dtype=np.int32),
        group=np.array(
            [groups[o.key.rsplit("-", 1)[0]] for o in population.occupations], dtype=np.int32
        ),
        group_depth=np.full(count, 3, dtype=np.int32),
        required=Required(np.stack([s for s, _ in rows]), np.stack([w for _, w in rows])),
    )


def _held(
    random: np.random.Generator, population: Population, rows: np.ndarray, occupations: Occupations
) -> Held:
    """Skills as the generator draws them, a chunk at a time."""
    counts, skill, level = [], [], []
    for part in np.array_split(rows, max(1, len(rows) // 100_000)):
        required = occupations.required.skill[population.workers.occupation[part]]
        grade = population.workers.level[part]
        rank = np.arange(MOST_SKILLS)[::-1]
        chance = np.array(FIRST_SKILL)[grade - 1][:, None] * (rank + 1) ** -FALL_OF_SKILL
        holds = (required >= 0) & (random.random(required.shape) < chance)
        row, column = np.nonzero(holds)
        mastery = 0.5 + 0.75 * grade[row] - 0.08 * column + random.normal(0, 0.7, len(row))
        counts.append(holds.sum(axis=1))
        skill.append(required[row, column])
        level.append(np.clip(np.rint(mastery), 1, 5).astype(np.int8))
    begin = np.concatenate([[0], np.cumsum(np.concatenate(counts))]).astype(np.int64)
    return Held(begin, np.concatenate(skill).astype(np.int32), np.concatenate(level))


def _near(districts: int) -> np.ndarray:
    near = np.ones((districts, districts), dtype=np.int8)
    np.fill_diagonal(near, 2)
    return near
