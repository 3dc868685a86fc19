"""Made-up studios, the problems that enterprises raise, and the achievements of the studios."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loaders.rows import Part
from loaders.sample.organisations import (
    MARK,
    enterprise,
    enterprise_name,
    grass_roots_union,
    system_union,
)
from loaders.sample.people import worker_key
from loaders.sample.population import AS_OF, Population
from loaders.sample.records import Link, links, things
from loaders.sample.vocabulary import Field, Occupation, Skill

Random = np.random.Generator
Entry = tuple[str, Mapping[str, Any]]

WORKERS_OF_A_STUDIO, FEWEST_STUDIOS, MOST_STUDIOS = 500, 16, 1_500
PROBLEMS_OF_A_STUDIO, MOST_ACHIEVEMENTS = 2, 4
MOST_KEY_MEMBERS, STUDIO_SKILLS = 5, 5
LEVELS = ("MUNICIPAL", "DISTRICT", "DISTRICT", "ENTERPRISE", "INDUSTRY")
STATES = ("OPEN",) * 7 + ("MATCHED", "SOLVED", "OPEN")
MATURITIES = ("IN_USE", "PROTOTYPE", "IDEA", "IN_USE", "PROTOTYPE")


CRAFTS = ("csco:6-", "csco:4-12-")  # who make and repair things
# What a craft's skill is about, by its verb; such work has studios, problems and achievements.
WORKS = {
    "fit": "装配 安装 组装 调整 定位 装夹 连接 铆接 拆装 架设 敷设 找正",
    "make": "加工 制作 制造 生产 焊接 切割 制备 配制 研磨 修复 绕制 切削 磨削 打磨 喷涂",
    "run": "操作 控制 监控 调控 调节 启停 监视",
    "check": "检测 检查 检验 测试 测量 监测 计量 巡视 制件 观测 测定 试验",
    "mend": "修理 检修 维修 维护 排除 处理 更换 判断 诊断 清洗 清理 清洁 拆卸 拆解",
}


@dataclass(frozen=True, slots=True)
class Aspect:
    """What goes wrong with some work, and what is made of it."""

    works: str
    problem: str
    detail: str
    wish: str
    achievement: str
    kind: str
    keyword: str
    en: str

    def fits(self, skill: Skill) -> bool:
        """Whether it can go wrong with this work; nothing is said twice."""
        verbs = (WORKS[work] for work in self.works.split("|"))
        return any(skill.name[:2] in v for v in verbs) and self.keyword[:2] not in skill.name


@dataclass(frozen=True, slots=True)
class Work:
    """Some work of an occupation in an enterprise, seen under an aspect, in two technologies."""

    enterprise: int
    occupation: Occupation
    skill: Skill
    aspect: Aspect
    fields: tuple[Field, ...]
    luck: float

    @property
    def day(self) -> str:
        """A day in the three years before the day of the population."""
        return (AS_OF - timedelta(days=20 + int(self.luck * 1000))).isoformat()


@dataclass(frozen=True, slots=True)
class Studio:
    """A studio: its leader and key members, and the works it has made something of."""

    leader: int
    members: tuple[int, ...]
    made: tuple[Work, ...]

    @property
    def work(self) -> Work:
        """What it mainly does."""
        return self.made[0]


@lru_cache(maxsize=1)
def aspects() -> tuple[Aspect, ...]:
    """All of them: aspects.csv."""
    text = files("loaders.sample").joinpath("aspects.csv").read_text("utf-8")
    return tuple(Aspect(**row) for row in csv.DictReader(text.splitlines()))


def studio_parts(population: Population, seed: int) -> Iterator[Part]:
    """Studios, problems and achievements; all belong to generated enterprises."""
    random = np.random.Generator(np.random.PCG64([seed, 2**32 + 1]))
    workers = population.workers
    practical = np.array([bool(_cases(o)) for o in population.occupations])
    crafts = practical[workers.occupation]
    studios = _studios(population, random, crafts & workers.is_master & (workers.engaged > 0))
    # Problems come up where people work: each is that of a worker's post.
    posts = np.flatnonzero(crafts)
    raised = random.choice(posts, PROBLEMS_OF_A_STUDIO * len(studios)) if len(posts) else posts
    problems = [_work(population, random, worker) for worker in raised.tolist()]
    yield from _studio_parts(population, studios)
    yield from _problem_parts(population, problems)
    yield from _achievement_parts(population, studios)


def _studios(population: Population, random: Random, able: NDArray[np.bool_]) -> list[Studio]:
    workers = population.workers
    masters = np.flatnonzero(able)
    wanted = len(workers.level) // WORKERS_OF_A_STUDIO
    count = min(max(wanted, FEWEST_STUDIOS), MOST_STUDIOS, len(masters))
    share = workers.level[masters] ** 2.0 / max(1.0, (workers.level[masters] ** 2.0).sum())
    leaders = random.choice(masters, count, replace=False, p=share) if count else masters[:0]
    colleagues = _colleagues(population)
    studios: list[Studio] = []
    for leader in leaders.tolist():
        others = [n for n in colleagues(leader, random) if n != leader][:MOST_KEY_MEMBERS]
        works = range(1 + int(random.integers(MOST_ACHIEVEMENTS)))
        made = tuple(_work(population, random, leader) for _ in works)
        studios.append(Studio(leader, tuple(others), made))
    return studios


def _colleagues(population: Population) -> Callable[[int, Random], list[int]]:
    where = population.workers.enterprise
    order = np.argsort(where, kind="stable")
    first = np.searchsorted(where[order], np.arange(len(population.enterprises.line) + 1))

    def some(worker: int, random: Random) -> list[int]:
        firm = where[worker]
        staff = order[first[firm] : first[firm + 1]]
        return staff[random.integers(0, len(staff), MOST_KEY_MEMBERS + 1)].tolist()

    return some


def _work(population: Population, random: Random, worker: int) -> Work:
    """Something that goes wrong at a worker's post."""
    workers = population.workers
    number = int(workers.occupation[worker])
    occupation = population.occupations[number]
    cases = _cases(occupation)
    skill, aspect = cases[int(random.integers(len(cases)))]
    known = population.vocabulary.lines[population.line_of_occupation[number]].fields
    fields = tuple(known[n] for n in random.permutation(len(known))[:2].tolist())
    firm, luck = int(workers.enterprise[worker]), float(random.random())
    return Work(firm, occupation, skill, aspect, fields, luck)


@cache
def _cases(occupation: Occupation) -> tuple[tuple[Skill, Aspect], ...]:
    """What can go wrong in an occupation."""
    if not occupation.key.startswith(CRAFTS):
        return ()
    return tuple((s, a) for s in occupation.skills for a in aspects() if a.fits(s))


def _studio_parts(population: Population, studios: Sequence[Studio]) -> Iterator[Part]:
    def key(n: int) -> str:
        return population.key(f"s{n}")

    numbered = list(enumerate(studios))
    yield things(population, "Studio", (_studio(population, n, s) for n, s in numbered))
    yield things(population, "StudioDesignation", (_designation(n, s) for n, s in numbered))
    yield links(population, ("StudioDesignation", "DESIGNATES", "Studio"), (
        (population.key(f"d{n}"), key(n)) for n, _ in numbered
    ))  # fmt: skip
    firms = ((key(n), population.key(enterprise(s.work.enterprise))) for n, s in numbered)
    yield links(population, ("Studio", "BELONGS_TO", "Enterprise"), firms)
    yield links(population, ("Studio", "IN_INDUSTRY", "Industry"), (
        (key(n), population.line(s.work.enterprise).industry) for n, s in numbered
    ))  # fmt: skip
    places, seats = population.vocabulary.districts, population.enterprises.district
    yield links(population, ("Studio", "LOCATED_IN", "District"), (
        (key(n), places[seats[s.work.enterprise]][0]) for n, s in numbered
    ))  # fmt: skip
    yield links(population, ("Worker", "LEADS", "Studio"), (
        (worker_key(population, s.leader), key(n)) for n, s in numbered
    ))  # fmt: skip
    yield links(population, ("Worker", "KEY_MEMBER_OF", "Studio"), (
        (worker_key(population, w), key(n)) for n, s in numbered for w in dict.fromkeys(s.members)
    ))  # fmt: skip
    yield links(population, ("Studio", "FOCUSES_ON", "TechnologyField"), (
        (key(n), f.key) for n, s in numbered for f in _fields(s.made)
    ))  # fmt: skip
    yield links(population, ("Studio", "USES_SKILL", "Skill"), (
        (key(n), skill.key)
        for n, s in numbered
        for skill in s.work.occupation.skills[:STUDIO_SKILLS]
    ))  # fmt: skip


def _fields(works: Sequence[Work]) -> list[Field]:
    return list(dict.fromkeys(f for work in works for f in work.fields))[:3]


def _studio(population: Population, n: int, studio: Studio) -> Entry:
    work = studio.work
    firm = enterprise_name(population, work.enterprise).removesuffix(f"有限公司{MARK}")
    skills = "、".join(skill.name for skill in work.occupation.skills[:3])
    needs = "；".join(
        f"{w.skill.name}的{w.aspect.keyword}，{w.aspect.wish}（{w.aspect.en}；"
        + "，".join(f"{f.zh} {f.en}" for f in w.fields)
        + "）"
        for w in studio.made[:2]
    )
    return f"s{n}", {
        "name": f"{firm}{work.occupation.name}创新工作室{MARK}",
        "level": LEVELS[n % len(LEVELS)],
        "focus": f"围绕{work.occupation.name}岗位，开展{skills}等方面的技术攻关与技能传承。",
        "needs": f"希望与科研单位合作：{needs}。",
    }


def _designation(n: int, studio: Studio) -> Entry:
    year = AS_OF.year - int(studio.work.luck * 3)
    return f"d{n}", {
        "level": LEVELS[n % len(LEVELS)],
        "kind": "RENEWAL" if n % 4 == 3 else "NEW",
        "valid_from": f"{year}-05-01",
        "valid_to": f"{year + 3}-05-01",
    }


def _problem_parts(population: Population, problems: Sequence[Work]) -> Iterator[Part]:
    def key(n: int) -> str:
        return population.key(f"t{n}")

    numbered = list(enumerate(problems))
    yield things(population, "TechnicalProblem", (_problem(n, work) for n, work in numbered))
    yield links(population, ("TechnicalProblem", "RAISED_BY", "Enterprise"), (
        (key(n), population.key(enterprise(work.enterprise))) for n, work in numbered
    ))  # fmt: skip
    yield links(population, ("TechnicalProblem", "IN_FIELD", "TechnologyField"), (
        (key(n), f.key) for n, work in numbered for f in work.fields
    ))  # fmt: skip
    yield links(population, ("TechnicalProblem", "REPORTED_TO", "Union"), (
        (key(n), population.key(union))
        for n, work in numbered
        for union in (
            grass_roots_union(work.enterprise),
            system_union(population, work.enterprise),
        )
    ))  # fmt: skip


def _problem(n: int, work: Work) -> Entry:
    aspect = work.aspect
    technology = "、".join(f.zh for f in work.fields)
    return f"t{n}", {
        "title": f"{work.skill.name}：{aspect.problem}",
        "abstract": f"{work.occupation.name}岗位在“{work.skill.name}”时，{aspect.detail}。"
        f"希望{aspect.wish}。涉及{technology}（{aspect.en}）。",
        "state": STATES[int(work.luck * 7919) % len(STATES)],
        "raised": work.day,
        "expires": (AS_OF + timedelta(days=180 + int(work.luck * 700))).isoformat(),
    }


def _achievement_parts(population: Population, studios: Sequence[Studio]) -> Iterator[Part]:
    made = [(n, s, work) for n, s in enumerate(studios) for work in s.made]
    numbered = list(enumerate(made))

    def key(n: int) -> str:
        return population.key(f"r{n}")

    achievements = (_achievement(n, work) for n, (_, _, work) in numbered)
    yield things(population, "Achievement", achievements)
    yield links(population, ("Achievement", "MADE_BY", "Studio"), (
        (key(n), population.key(f"s{studio}")) for n, (studio, _, _) in numbered
    ))  # fmt: skip
    yield links(population, ("Achievement", "OWNED_BY", "Enterprise"), (
        (key(n), population.key(enterprise(work.enterprise))) for n, (_, _, work) in numbered
    ))  # fmt: skip
    yield links(population, ("Achievement", "IN_FIELD", "TechnologyField"), (
        (key(n), f.key) for n, (_, _, work) in numbered for f in work.fields
    ))  # fmt: skip
    yield links(population, ("Achievement", "USES_SKILL", "Skill"), (
        (key(n), work.skill.key) for n, (_, _, work) in numbered
    ))  # fmt: skip
    contributed: Iterator[Link] = (
        (worker_key(population, worker), key(n))
        for n, (_, s, _) in numbered
        for worker in dict.fromkeys((s.leader, *s.members[:2]))
    )
    yield links(population, ("Worker", "CONTRIBUTED_TO", "Achievement"), contributed)


def _achievement(n: int, work: Work) -> Entry:
    aspect = work.aspect
    technology = "、".join(f.zh for f in work.fields)
    return f"r{n}", {
        "title": f"{work.skill.name}{aspect.achievement}",
        "abstract": f"针对{work.occupation.name}岗位“{work.skill.name}”中{aspect.detail}的问题，"
        f"研制{aspect.achievement}，{aspect.wish}。涉及{technology}（{aspect.en}）。",
        "kind": aspect.kind,
        "maturity": MATURITIES[int(work.luck * 977) % len(MATURITIES)],
        "registered": work.day,
        "keywords": [aspect.keyword, work.occupation.name, *(f.zh for f in work.fields)],
    }
