"""Made-up agreements, and who learnt from whom over several generations."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from loaders.rows import Part
from loaders.sample.people import worker_key
from loaders.sample.population import AS_OF, Population
from loaders.sample.records import links, things

APPRENTICES = 0.12  # of those who are no masters: they have, or had, one
MASTERS_OF_MASTERS = 0.8
GENERATION = 6  # years between a master and his own
YEARS = 3
ANSWER_DAYS = 60
LOOKED_AT = 24  # masters of the occupation that an apprentice may choose from
ACTIVE, PROPOSED, DECLINED, TERMINATED = 0.35, 0.06, 0.04, 0.05  # the others are completed
_LATER = frozenset({"ACTIVE", "PROPOSED", "DECLINED"})


@dataclass(frozen=True, slots=True)
class Pair:
    """A master and an apprentice; `state` is that of the agreement."""

    master: int
    apprentice: int
    state: str
    starts: date

    @property
    def ends(self) -> date:
        """The day after the last."""
        return self.starts.replace(year=self.starts.year + YEARS)


def mentoring_parts(population: Population, seed: int) -> Iterator[Part]:
    """Agreements with their two sides, and MENTORS for those that were in force."""
    pairs = _pairs(population, np.random.Generator(np.random.PCG64([seed, 2**32])))
    yield things(
        population, "MentoringAgreement", ((f"a{n}", _agreement(p)) for n, p in enumerate(pairs))
    )
    agreements = [population.key(f"a{n}") for n in range(len(pairs))]
    for side in ("master", "apprentice"):
        workers = (worker_key(population, getattr(pair, side)) for pair in pairs)
        pattern = ("MentoringAgreement", f"HAS_{side.upper()}", "Worker")
        yield links(population, pattern, zip(agreements, list(workers), strict=True))
    yield links(
        population,
        ("Worker", "MENTORS", "Worker"),
        (
            (
                worker_key(population, pair.master),
                worker_key(population, pair.apprentice),
                _period(pair),
            )
            for pair in pairs
            if pair.state in {"ACTIVE", "COMPLETED", "TERMINATED"}
        ),
    )


def _agreement(pair: Pair) -> Mapping[str, Any]:
    values: dict[str, Any] = {"state": pair.state, "mode": "MASTER_APPRENTICE"}
    proposed = pair.starts - timedelta(days=14)
    values["proposed_at"] = f"{proposed.isoformat()}T09:00:00+08:00"
    if pair.state == "PROPOSED":
        return {**values, "answer_by": (AS_OF + timedelta(days=ANSWER_DAYS)).isoformat()}
    if pair.state != "DECLINED":
        values |= {"starts": pair.starts.isoformat(), "ends": pair.ends.isoformat()}
    return values


def _period(pair: Pair) -> Mapping[str, str]:
    period = {"since": pair.starts.isoformat()}
    return period if pair.state == "ACTIVE" else {**period, "until": pair.ends.isoformat()}


def _pairs(population: Population, random: np.random.Generator) -> list[Pair]:
    workers = population.workers
    masters = _Masters(population)
    free = workers.capacity.copy()
    chosen = random.random(len(workers.level)) < np.where(
        workers.is_master, MASTERS_OF_MASTERS, APPRENTICES
    )
    pairs: list[Pair] = []
    for apprentice in np.flatnonzero(chosen).tolist():
        luck, other = random.random(2).tolist()
        past = bool(workers.is_master[apprentice])
        master = masters.of_master(apprentice, luck) if past else masters.of(apprentice, luck)
        if master is None:
            continue
        state = "COMPLETED" if past else _state(other, able=bool(free[master]))
        year = int(workers.birth_year[apprentice]) + 22 + int(luck * 6)
        if state in _LATER or year + YEARS < AS_OF.year:
            free[master] -= state == "ACTIVE"
            pairs.append(Pair(master, apprentice, state, _starts(state, year, other)))
    return pairs


class _Masters:
    """Masters in post by occupation, and by line of trade, the oldest first."""

    def __init__(self, population: Population) -> None:
        workers = population.workers
        able = np.flatnonzero(workers.is_master & (workers.engaged > 0))
        order = able[np.argsort(workers.birth_year[able], kind="stable")]
        self._workers = workers
        self._line = population.line_of_occupation
        self._by_occupation: dict[int, list[int]] = defaultdict(list)
        self._by_line: dict[int, list[int]] = defaultdict(list)
        for master in order.tolist():
            occupation = int(workers.occupation[master])
            self._by_occupation[occupation].append(master)
            self._by_line[int(self._line[occupation])].append(master)

    def of(self, apprentice: int, luck: float) -> int | None:
        """One of the apprentice's occupation, no younger, engaged at a higher level."""
        workers = self._workers
        known = self._by_occupation.get(int(workers.occupation[apprentice]), [])
        born, level = workers.birth_year[apprentice], workers.level[apprentice]
        older = [m for m in _some(known, luck) if workers.birth_year[m] <= born]
        return _one_of([m for m in older if workers.engaged[m] > level], luck)

    def of_master(self, master: int, luck: float) -> int | None:
        """One a generation older, of the same occupation or at least the same trade."""
        workers = self._workers
        occupation = int(workers.occupation[master])
        born = workers.birth_year[master] - GENERATION
        for known in (self._by_occupation[occupation], self._by_line[int(self._line[occupation])]):
            older = [m for m in _some(known, luck) if workers.birth_year[m] <= born]
            if older:  # the youngest third of them, so that the lineage has several generations
                return _one_of(older[-1 - len(older) // 3 :], luck)
        return None


def _some(masters: list[int], luck: float) -> list[int]:
    """A bounded number of them, spread over all ages."""
    step = max(1, len(masters) // LOOKED_AT)
    return masters[int(luck * step) :: step]


def _one_of(masters: list[int], luck: float) -> int | None:
    return masters[int(luck * 7919 % 1 * len(masters))] if masters else None


def _state(luck: float, *, able: bool) -> str:
    for state, share in (
        ("PROPOSED", PROPOSED),
        ("DECLINED", DECLINED),
        ("TERMINATED", TERMINATED),
        ("ACTIVE", ACTIVE if able else 0),
    ):
        if luck < share:
            return state
        luck -= share
    return "COMPLETED"


def _starts(state: str, year: int, luck: float) -> date:
    if state == "PROPOSED":
        return AS_OF + timedelta(days=int(luck * 977) % 14)
    recent = AS_OF.year - 1 - int(luck * 977) % 2
    return date(
        recent if state in _LATER else year, 1 + int(luck * 971) % 9, 1 + int(luck * 977) % 28
    )
