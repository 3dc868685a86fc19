"""Who there is: every choice about enterprises and workers, drawn at once as arrays."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from loaders.sample.names import GIVEN, SURNAMES
from loaders.sample.vocabulary import Line, Occupation, Vocabulary

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]
Random = np.random.Generator

AS_OF = date(2026, 10, 1)  # the day on which a generated population stands
WORKERS_OF_AN_ENTERPRISE = 120
FEWEST_ENTERPRISES = 24
# Beijing's districts by residents in tens of thousands, census of 2020.
RESIDENTS = {
    "朝阳区": 345, "海淀区": 313, "昌平区": 227, "丰台区": 202, "大兴区": 199, "通州区": 184,
    "顺义区": 132, "房山区": 131, "西城区": 111, "东城区": 71, "石景山区": 57, "密云区": 53,
    "平谷区": 46, "怀柔区": 44, "门头沟区": 39, "延庆区": 35,
}  # fmt: skip
LEVEL_SHARES = (0.24, 0.35, 0.28, 0.085, 0.04, 0.005)  # 初级工 … 首席技师
TECHNICIAN = 4
MASTER_SHARE = 0.45  # of technicians and above
ENGAGED_AT_LEVEL, ENGAGED_BELOW = 0.85, 0.10  # the others have left their post
MAIN_OCCUPATIONS, MAIN_SHARE, OTHER_TRADE_SHARE = 3, 0.6, 0.12
OLDEST, YOUNGEST = 1966, 2006


@dataclass(frozen=True, slots=True)
class Enterprises:
    """One entry an enterprise: its line of trade, district, and main occupations in the line."""

    line: Ints
    district: Ints
    share: NDArray[np.float64]
    main: Ints


@dataclass(frozen=True, slots=True)
class Workers:
    """One entry a worker. `occupation` counts within the lines laid end to end."""

    enterprise: Ints
    occupation: Ints
    district: Ints
    birth_year: Ints
    level: Ints
    engaged: Ints  # the level in post, 0 for those who have left it
    is_master: Bools
    capacity: Ints
    surname: Ints
    given: Ints


@dataclass(frozen=True, slots=True)
class Population:
    """Enterprises and workers on a vocabulary, with the key space that their keys begin with."""

    source: str
    vocabulary: Vocabulary
    occupations: tuple[Occupation, ...]
    line_of_occupation: Ints
    enterprises: Enterprises
    workers: Workers

    def key(self, external_id: str) -> str:
        """The key of something generated."""
        return f"{self.source}:{external_id}"

    def line(self, enterprise: int) -> Line:
        """The line of trade of an enterprise."""
        return self.vocabulary.lines[self.enterprises.line[enterprise]]


def draw(vocabulary: Vocabulary, workers: int, seed: int) -> Population:
    """The same for the same vocabulary, number and seed."""
    random = np.random.Generator(np.random.PCG64(seed))
    lines = vocabulary.lines
    occupations = tuple(o for line in lines for o in line.occupations)
    first = np.cumsum([0, *(len(line.occupations) for line in lines)])
    enterprises = _enterprises(random, vocabulary, workers)
    chosen = random.choice(len(enterprises.line), workers, p=enterprises.share).astype(np.int32)
    level, birth_year = _levels(random, workers)
    is_master = (level >= TECHNICIAN) & (random.random(workers) < MASTER_SHARE)
    return Population(
        source=source_of(workers, seed),
        vocabulary=vocabulary,
        occupations=occupations,
        line_of_occupation=np.repeat(np.arange(len(lines)), np.diff(first)).astype(np.int32),
        enterprises=enterprises,
        workers=Workers(
            enterprise=chosen,
            occupation=_occupations(random, lines, first, enterprises, chosen),
            district=_districts(random, vocabulary, enterprises.district[chosen]),
            birth_year=birth_year,
            level=level,
            engaged=_engaged(random, level),
            is_master=is_master,
            capacity=np.where(is_master, random.integers(1, 5, workers), 0).astype(np.int32),
            surname=_weighted(random, np.array([s for _, s in SURNAMES], float), workers),
            given=random.integers(0, len(GIVEN) * (len(GIVEN) + 1), workers).astype(np.int32),
        ),
    )


def source_of(workers: int, seed: int) -> str:
    """The key space of a population."""
    return f"synthetic-{seed}-{workers}"


def skewed(count: int, offset: float = 2, power: float = 1) -> NDArray[np.float64]:
    """Shares that fall with the rank, as in Zipf's law."""
    weights = (np.arange(count) + float(offset)) ** -power
    return weights / weights.sum()


def _weighted(random: Random, weights: NDArray[np.float64], count: int) -> Ints:
    return random.choice(len(weights), count, p=weights / weights.sum()).astype(np.int32)


def _enterprises(random: Random, vocabulary: Vocabulary, workers: int) -> Enterprises:
    count = max(FEWEST_ENTERPRISES, workers // WORKERS_OF_AN_ENTERPRISE)
    lines = vocabulary.lines
    line = _weighted(random, np.array([v.trade.share for v in lines], float), count)
    line[-len(lines) :] = random.permutation(len(lines))[:count]  # every line has a small one
    sizes = np.array([len(lines[n].occupations) for n in line])
    main = (random.random((count, MAIN_OCCUPATIONS)) ** 2 * sizes[:, None]).astype(np.int32)
    share = skewed(count, offset=4, power=0.8)
    return Enterprises(line, _residents(random, vocabulary, count), share, main)


def _residents(random: Random, vocabulary: Vocabulary, count: int) -> Ints:
    weights = [RESIDENTS.get(name, 50) for _, name in vocabulary.districts]
    return _weighted(random, np.array(weights, float), count)


def _districts(random: Random, vocabulary: Vocabulary, of_enterprise: Ints) -> Ints:
    """Three in five work from the district of the enterprise, the others from anywhere."""
    elsewhere = _residents(random, vocabulary, len(of_enterprise))
    return np.where(random.random(len(of_enterprise)) < 0.6, of_enterprise, elsewhere)


def _occupations(
    random: Random,
    lines: tuple[Line, ...],
    first: NDArray[np.int64],
    enterprises: Enterprises,
    enterprise: Ints,
) -> Ints:
    """Most are in the enterprise's main occupations, some in others of its trade or of any."""
    count = len(enterprise)
    line = enterprises.line[enterprise]
    other = random.random(count) < OTHER_TRADE_SHARE
    line = np.where(other, random.integers(0, len(lines), count), line)
    within = np.empty(count, dtype=np.int32)
    for n, entry in enumerate(lines):
        here = np.flatnonzero(line == n)
        within[here] = random.choice(
            len(entry.occupations), len(here), p=skewed(len(entry.occupations))
        )
    main = ~other & (random.random(count) < MAIN_SHARE)
    which = random.integers(0, MAIN_OCCUPATIONS, count)
    within[main] = enterprises.main[enterprise[main], which[main]]
    return (first[line] + within).astype(np.int32)


def _levels(random: Random, workers: int) -> tuple[Ints, Ints]:
    """Levels in the stated shares, higher with experience, and years of birth."""
    birth_year = (YOUNGEST - (YOUNGEST - OLDEST) * random.beta(1.6, 1.9, workers)).astype(np.int32)
    standing = (YOUNGEST - birth_year) + random.normal(0, 6, workers)
    rank = np.argsort(np.argsort(standing, kind="stable"), kind="stable") / workers
    level = 1 + np.searchsorted(np.cumsum(LEVEL_SHARES)[:-1], rank, side="right")
    return level.astype(np.int32), birth_year


def _engaged(random: Random, level: Ints) -> Ints:
    luck = random.random(len(level))
    below = np.where(luck < ENGAGED_AT_LEVEL + ENGAGED_BELOW, np.maximum(level - 1, 1), 0)
    return np.where(luck < ENGAGED_AT_LEVEL, level, below).astype(np.int32)
