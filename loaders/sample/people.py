"""Made-up workers with their posts, levels, skills and consents, a bounded number at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.model.people import SKILL_LEVEL
from loaders.rows import Part
from loaders.sample.names import GIVEN, SURNAMES
from loaders.sample.organisations import enterprise, grass_roots_union, system_union
from loaders.sample.population import AS_OF, Population
from loaders.sample.records import Link, links, things
from loaders.sample.vocabulary import Occupation, Skill

CHUNK = 10_000
MOST_SKILLS = 16
FIRST_SKILL = (0.55, 0.65, 0.75, 0.85, 0.9, 0.95)  # chance of the most wanted skill, by level
FALL_OF_SKILL = 0.35  # the skill of rank r has the chance of the first / (r + 1) to this power
ANOTHER_SKILL = 0.3  # one more, of another occupation of the trade
EARLIER_POST, TEACHES_ANOTHER, WISH, FRONTLINE = 0.1, 0.2, 0.4, 0.8
CONSENTS = {"IDENTITY": 0.5, "PUBLICATION": 0.1, "SHARING": 0.1, "PERSONALISATION": 0.05}
CONSENT_TO_MATCHING = 0.7
WITHDRAWN = 0.04
WAYS = ("职业技能等级认定", "企业评聘", "技能竞赛晋级")
MODES = ("MASTER_APPRENTICE", "PAIR", "ONE_HELPS_ONE")
LEVELS = tuple(choice.name for choice in SKILL_LEVEL.choices)

Entry = tuple[str, Mapping[str, Any]]
Luck = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some of the workers, and their luck in what only one part has to know."""

    population: Population
    numbers: range
    consent: float
    luck: Mapping[str, Sequence[float]]
    skills: Sequence[tuple[int, int, int]]  # worker, rank of the skill, level

    def occupation(self, worker: int) -> Occupation:
        return self.population.occupations[self.population.workers.occupation[worker]]

    def lucky(self, what: str, worker: int) -> float:
        return self.luck[what][worker - self.numbers.start]

    def key(self, letter: str, worker: int) -> str:
        return f"{self.population.source}:{letter}{worker}"

    def those(self, what: str, share: float) -> Iterator[int]:
        start = self.numbers.start
        return (n for n, luck in enumerate(self.luck[what], start) if luck < share)

    @property
    def masters(self) -> Iterator[int]:
        start, stop = self.numbers.start, self.numbers.stop
        found = np.flatnonzero(self.population.workers.is_master[start:stop])
        return iter((found + start).tolist())


def worker_key(population: Population, worker: int) -> str:
    """The key of a worker."""
    return population.key(f"w{worker}")


def worker_name(population: Population, worker: int) -> str:
    """A common surname and one or two characters."""
    surname, _ = SURNAMES[population.workers.surname[worker]]
    one, other = divmod(int(population.workers.given[worker]), len(GIVEN) + 1)
    return surname + GIVEN[one] + GIVEN[other : other + 1]


def people_parts(population: Population, seed: int, consent: float) -> Iterator[Part]:
    """All workers and the records about them, chunk by chunk."""
    count = len(population.workers.level)
    for number, start in enumerate(range(0, count, CHUNK)):
        random = np.random.Generator(np.random.PCG64([seed, number]))
        yield from _parts(
            _chunk(population, random, range(start, min(start + CHUNK, count)), consent)
        )


def _chunk(
    population: Population, random: np.random.Generator, numbers: range, consent: float
) -> _Chunk:
    columns = (
        "start", "earlier", "frontline", "wish", "title", "way", "MATCHING", *CONSENTS,
        "withdrawn", "given", "teaches", "mode", "another", "which",
    )  # fmt: skip
    luck = {name: random.random(len(numbers)).tolist() for name in columns}
    return _Chunk(population, numbers, consent, luck, _skills(population, random, numbers))


def _skills(
    population: Population, random: np.random.Generator, numbers: range
) -> list[tuple[int, int, int]]:
    """Which of the occupation's skills they have: the most wanted most often, and best."""
    here = slice(numbers.start, numbers.stop)
    level = population.workers.level[here]
    counts = np.array([min(len(o.skills), MOST_SKILLS) for o in population.occupations])
    rank = np.arange(MOST_SKILLS)
    chance = np.array(FIRST_SKILL)[level - 1][:, None] * (rank + 1) ** -FALL_OF_SKILL
    wanted = rank < counts[population.workers.occupation[here]][:, None]
    held = wanted & (random.random((len(numbers), MOST_SKILLS)) < chance)
    worker, which = np.nonzero(held)
    mastery = 0.5 + 0.75 * level[worker] - 0.08 * which + random.normal(0, 0.7, len(worker))
    levels = np.clip(np.rint(mastery), 1, 5).astype(int)
    return list(
        zip((worker + numbers.start).tolist(), which.tolist(), levels.tolist(), strict=True)
    )


def _parts(chunk: _Chunk) -> Iterator[Part]:
    population = chunk.population
    yield things(population, "Worker", (_worker(chunk, n) for n in chunk.numbers))
    yield things(population, "Employment", _posts(chunk))
    levels = (_level_record(chunk, n) for n in chunk.numbers)
    yield things(population, "SkillLevelRecord", levels)
    yield things(population, "Consent", (_consent(chunk, n, p) for n, p in _consents(chunk)))
    yield things(population, "MentorProfile", (_profile(chunk, n) for n in chunk.masters))
    for pattern, rows in _links(chunk).items():
        yield links(population, pattern, rows)


def _links(chunk: _Chunk) -> dict[tuple[str, str, str], Iterator[Link]]:
    key = chunk.key
    population = chunk.population
    workers, districts = population.workers, population.vocabulary.districts
    numbers = chunk.numbers
    return {
        ("Worker", "MEMBER_OF", "Union"): _memberships(chunk),
        ("Worker", "LIVES_IN", "District"): (
            (key("w", n), districts[workers.district[n]][0]) for n in numbers
        ),
        ("Worker", "PRACTISES", "Occupation"): (
            (key("w", n), chunk.occupation(n).key) for n in numbers
        ),
        ("Worker", "HAS_SKILL", "Skill"): _has_skill(chunk),
        ("Worker", "TEACHES", "Occupation"): _teaches(chunk),
        ("Employment", "ABOUT_WORKER", "Worker"): _about_posts(chunk),
        ("Employment", "AT_ENTERPRISE", "Enterprise"): _at_enterprises(chunk),
        ("SkillLevelRecord", "ABOUT_WORKER", "Worker"): (
            (key("l", n), key("w", n)) for n in numbers
        ),
        ("SkillLevelRecord", "IN_OCCUPATION", "Occupation"): (
            (key("l", n), chunk.occupation(n).key) for n in numbers
        ),
        ("Consent", "ABOUT_WORKER", "Worker"): (
            (population.key(_consent_id(n, purpose)), key("w", n))
            for n, purpose in _consents(chunk)
        ),
        ("MentorProfile", "DECLARED_BY", "Worker"): (
            (key("p", n), key("w", n)) for n in chunk.masters
        ),
    }


def _worker(chunk: _Chunk, n: int) -> Entry:
    workers = chunk.population.workers
    occupation = chunk.occupation(n)
    values: dict[str, Any] = {
        "name": worker_name(chunk.population, n),
        "is_master": bool(workers.is_master[n]),
        "skill_level": LEVELS[workers.level[n] - 1],
        "birth_year": int(workers.birth_year[n]),
        "frontline": chunk.lucky("frontline", n) < FRONTLINE,
        "job_title": occupation.name + ("班长" if chunk.lucky("title", n) < 0.08 else ""),
    }
    wish = chunk.lucky("wish", n) / WISH
    if wish < 1 and not workers.is_master[n]:
        skill = occupation.skills[int(wish * len(occupation.skills))]
        values["motivation"] = f"想跟名师学{skill.name}，在{occupation.name}岗位上再上一级"
    return f"w{n}", values


def _first_year(chunk: _Chunk, n: int) -> int:
    """The year of the present post: from the twentieth birthday on."""
    earliest = int(chunk.population.workers.birth_year[n]) + 20
    return earliest + int(chunk.lucky("start", n) * (AS_OF.year - earliest))


def _day(year: int, luck: float) -> str:
    return f"{year}-{1 + int(luck * 9):02d}-{1 + int(luck * 977) % 28:02d}"


def _posts(chunk: _Chunk) -> Iterator[Entry]:
    for n in chunk.numbers:
        luck = chunk.lucky("start", n)
        post: dict[str, Any] = {
            "position": chunk.occupation(n).name,
            "valid_from": _day(_first_year(chunk, n), luck),
        }
        engaged = chunk.population.workers.engaged[n]
        if engaged:
            post["engaged_level"] = LEVELS[engaged - 1]
        else:
            post["valid_to"] = AS_OF.isoformat()
        yield f"e{n}", post
    for n in chunk.those("earlier", EARLIER_POST):
        since, luck = _first_year(chunk, n), chunk.lucky("start", n)
        yield f"b{n}", {"valid_from": _day(since - 3, luck), "valid_to": _day(since, luck)}


def _about_posts(chunk: _Chunk) -> Iterator[Link]:
    for n in chunk.numbers:
        yield chunk.key("e", n), chunk.key("w", n)
    for n in chunk.those("earlier", EARLIER_POST):
        yield chunk.key("b", n), chunk.key("w", n)


def _at_enterprises(chunk: _Chunk) -> Iterator[Link]:
    population = chunk.population
    firms, where = len(population.enterprises.line), population.workers.enterprise
    for n in chunk.numbers:
        yield chunk.key("e", n), population.key(enterprise(where[n]))
    for n in chunk.those("earlier", EARLIER_POST):
        yield chunk.key("b", n), population.key(enterprise((where[n] + 7) % firms))


def _level_record(chunk: _Chunk, n: int) -> Entry:
    luck = chunk.lucky("way", n)
    since = max(_first_year(chunk, n), AS_OF.year - 1 - int(luck * 9))
    level = LEVELS[chunk.population.workers.level[n] - 1]
    way = WAYS[int(luck**2 * len(WAYS))]
    return f"l{n}", {"skill_level": level, "via": way, "valid_from": _day(since, luck)}


def _consents(chunk: _Chunk) -> Iterator[tuple[int, str]]:
    for purpose, share in {"MATCHING": chunk.consent, **CONSENTS}.items():
        for n in chunk.those(purpose, share):
            yield n, purpose


def _consent_id(n: int, purpose: str) -> str:
    return f"c{n}-{purpose.lower()}"


def _consent(chunk: _Chunk, n: int, purpose: str) -> Entry:
    luck = chunk.lucky("given", n)
    values: dict[str, Any] = {"purpose": purpose, "given_how": "书面" if luck < 0.5 else "线上"}
    values["valid_from"] = _day(AS_OF.year - 1, luck)
    if chunk.lucky("withdrawn", n) < WITHDRAWN:
        values["valid_to"] = _day(AS_OF.year, luck / 2)
    return _consent_id(n, purpose), values


def _profile(chunk: _Chunk, n: int) -> Entry:
    luck = chunk.lucky("mode", n)
    capacity = int(chunk.population.workers.capacity[n])
    mode = MODES[int(luck**2 * len(MODES))]
    return f"p{n}", {"capacity": capacity, "mode": mode, "valid_from": _day(AS_OF.year - 1, luck)}


def _memberships(chunk: _Chunk) -> Iterator[Link]:
    population = chunk.population
    for n in chunk.numbers:
        firm = int(population.workers.enterprise[n])
        yield chunk.key("w", n), population.key(grass_roots_union(firm))
        yield chunk.key("w", n), population.key(system_union(population, firm))


def _has_skill(chunk: _Chunk) -> Iterator[Link]:
    for n, rank, level in chunk.skills:
        yield chunk.key("w", n), chunk.occupation(n).skills[rank].key, {"level": level}
    for n in chunk.those("another", ANOTHER_SKILL):
        skill = _skill_of_another(chunk, n)
        if skill:
            yield chunk.key("w", n), skill.key, {"level": 1 + int(chunk.lucky("which", n) * 3)}


def _another_occupation(chunk: _Chunk, n: int) -> Occupation:
    population = chunk.population
    own = population.workers.occupation[n]
    same_line = np.flatnonzero(population.line_of_occupation == population.line_of_occupation[own])
    luck = chunk.lucky("which", n)
    return population.occupations[same_line[int(luck * len(same_line))]]


def _skill_of_another(chunk: _Chunk, n: int) -> Skill | None:
    own = {skill.key for skill in chunk.occupation(n).skills}
    return next((s for s in _another_occupation(chunk, n).skills if s.key not in own), None)


def _teaches(chunk: _Chunk) -> Iterator[Link]:
    for n in chunk.masters:
        own, other = chunk.occupation(n), _another_occupation(chunk, n)
        yield chunk.key("w", n), own.key
        if other != own and chunk.lucky("teaches", n) < TEACHES_ANOTHER:
            yield chunk.key("w", n), other.key
