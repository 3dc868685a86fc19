"""What a master could teach a worker, and the features that both sides of a pair are scored by."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph.matching.features import Feature, Model, Vector
from graph.matching.job import Lack, Support

Grid = NDArray[np.float64]

MOST_EVIDENCE = 3
MOST_LACKS = 5


@dataclass(frozen=True, slots=True)
class SkillGap:
    """What one side has, and the other can give: a row a pair, a column a skill.

    `need` is the level that the learner's next step asks for, by row.
    """

    skills: Sequence[str]
    weight: Vector
    have: Grid
    can: Grid
    need: Vector

    @property
    def closable(self) -> Grid:
        """How much of the way from `have` to `need` the other can lead, weighed by skill."""
        gap = np.maximum(self.need[:, None] - self.have, 0)
        led = np.clip(self.can - self.have, 0, gap)
        return self.weight * np.divide(led, gap, out=np.zeros_like(gap), where=gap > 0)

    @property
    def missing(self) -> Grid:
        """The weight of each skill in which the learner falls short."""
        return self.weight * (self.need[:, None] > self.have)


@dataclass(frozen=True, slots=True)
class PairInputs(SkillGap):
    """Pairs of an apprentice and a master.

    `place` is 2 in the same district, 1 in neighbouring ones, `common` the depth of the occupation
    that both fall under.
    """

    common: Vector
    depth: Vector
    completed: Vector
    ended: Vector
    place: Vector
    methods: Vector
    apprentice_level: Vector
    master_level: Vector
    motivation: Vector


def grid(known: Sequence[Sequence[tuple[str, int]]], skills: Sequence[str]) -> Grid:
    """Levels by skill, a row for each list of (skill, level); 0 where a skill is not held."""
    columns = {skill: n for n, skill in enumerate(skills)}
    levels = np.zeros((len(known), len(skills)))
    for row, pairs in enumerate(known):
        for skill, level in pairs:
            levels[row, columns[skill]] = level or 0
    return levels


def share(part: Vector, whole: Vector) -> Vector:
    """Part of a whole; 0 of nothing."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def gap_coverage(inputs: SkillGap, _: Model) -> Vector:
    """The weighed share of the way that the other side can lead."""
    return share(inputs.closable.sum(axis=1), inputs.missing.sum(axis=1))


def _record(inputs: PairInputs, model: Model) -> Vector:
    strength = model.constants["record_strength"]
    prior = strength * model.constants["record_prior"]
    return (inputs.completed + prior) / (inputs.ended + strength)


GAP_FORMULA = (
    "Σ weight · min(can − have, need − have) / (need − have) / Σ weight, over skills with have < "
    "need; need = min(5, step on the ladder + 2), weight = share of the occupation's tasks"
)
GAP_COVERAGE: Feature[PairInputs] = Feature(
    "gap_coverage",
    "技能差距覆盖",
    "The master can teach what the apprentice still lacks for the next level of the occupation.",
    GAP_FORMULA,
    gap_coverage,
    ("C11", "M03"),
)

OCCUPATION: Feature[PairInputs] = Feature(
    "occupation",
    "职业相近",
    "The master teaches the apprentice's occupation or a neighbouring one.",
    "depth of the nearest common occupation or group / depth of the apprentice's occupation",
    lambda inputs, _: share(inputs.common, inputs.depth),
    ("A06",),
)

RECORD: Feature[PairInputs] = Feature(
    "record",
    "带徒记录",
    "Agreements of the master that ran to their end, among those that ended.",
    "(completed + 5 · 0.7) / (ended + 5): a new master begins at 0.7",
    _record,
    ("M08",),
)

PLACE: Feature[PairInputs] = Feature(
    "place",
    "地点相近",
    "Both work from the same district, or from districts of one city.",
    "1 in the same district, 0.5 in districts of one city, else 0",
    lambda inputs, _: inputs.place / 2,
    ("M09",),
)

METHODS: Feature[PairInputs] = Feature(
    "methods",
    "绝技与操作法",
    "Operation methods and other achievements that the master had a part in.",
    "n / (n + 1) for n achievements",
    lambda inputs, _: inputs.methods / (inputs.methods + 1),
    ("E10", "E11"),
)

READINESS: Feature[PairInputs] = Feature(
    "readiness",
    "等级衔接",
    "The apprentice stands close below the master on the ladder.",
    "1 / (steps between them)",
    lambda inputs, _: 1 / np.maximum(inputs.master_level - inputs.apprentice_level, 1),
    ("C11",),
)

MOTIVATION: Feature[PairInputs] = Feature(
    "motivation",
    "学习意愿相符",
    "What the apprentice wants to learn, in her own words, is what the master does.",
    "TF-IDF cosine of her words with the master's occupations, skills and achievements",
    lambda inputs, _: inputs.motivation,
)


def support(inputs: PairInputs, row: int) -> Support:
    """The skills that count most in this pair, and what the apprentice lacks."""
    found = gap_support(inputs, row)
    return replace(found, drawn={**found.drawn, "motivation": float(inputs.motivation[row])})


def gap_support(inputs: SkillGap, row: int) -> Support:
    """The skills that count most, and what the learner lacks."""
    closable, missing = inputs.closable[row], inputs.missing[row]
    taught = [n for n in np.argsort(-closable, kind="stable") if closable[n] > 0][:MOST_EVIDENCE]
    lacked = [n for n in np.argsort(-missing, kind="stable") if missing[n] > 0][:MOST_LACKS]
    drawn = {"skills": [inputs.skills[n] for n in taught]}
    return Support(drawn, [_lack(inputs, row, n) for n in lacked])


def _lack(inputs: SkillGap, row: int, skill: int) -> Lack:
    return Lack(
        inputs.skills[skill],
        float(inputs.need[row]),
        float(inputs.have[row, skill]),
        float(inputs.can[row, skill]),
    )
