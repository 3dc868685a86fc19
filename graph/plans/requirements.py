"""What occupations ask for, who holds it, and who teaches it, over the arrays of a plan."""

from collections.abc import Sequence

import numpy as np

from graph.matching.features import Vector
from graph.plans import kernels
from graph.plans.people import (
    MOST_SKILLS,
    NONE,
    Held,
    Int8,
    Int32,
    Masters,
    Occupations,
    Required,
)


def held_levels(held: Held, persons: Int32, required: Int32) -> Int8:
    """Levels by person and required skill; `required` has one row, or a row for each person."""
    levels = np.empty((len(persons), required.shape[1]), dtype=np.int8)
    kernels.levels_of(held.begin, held.skill, held.level, persons, required, levels)
    return levels


def required_of(occupations: Occupations, masters: Masters) -> Required:
    """What each master's occupations ask for: of all their skills the weightiest."""
    known: dict[bytes, tuple[Int32, Vector]] = {}
    rows: list[tuple[Int32, Vector]] = []
    for n in range(len(masters)):
        taught = masters.teaches.of(n)
        key = taught.tobytes()
        if key not in known:
            known[key] = _union(occupations.required, taught)
        rows.append(known[key])
    skill = np.full((len(masters), MOST_SKILLS), NONE, dtype=np.int32)
    weight = np.zeros((len(masters), MOST_SKILLS))
    for n, row in enumerate(rows):
        skill[n], weight[n] = row
    return Required(skill, weight)


def _union(required: Required, taught: Int32) -> tuple[Int32, Vector]:
    best = weightiest(required, taught)
    chosen = sorted(best)
    return packed(chosen, [best[s] for s in chosen])


def weightiest(required: Required, taught: Int32) -> dict[int, float]:
    """Skill -> weight: of all skills that the occupations ask for, the weightiest first."""
    best: dict[int, float] = {}
    skills, weights = required.skill[taught].ravel(), required.weight[taught].ravel()
    for skill, weight in zip(skills.tolist(), weights.tolist(), strict=True):
        if skill != NONE:
            best[skill] = max(best.get(skill, 0.0), weight)
    return {s: best[s] for s in sorted(best, key=lambda s: (-best[s], s))[:MOST_SKILLS]}


def packed(skills: Sequence[int], weights: Sequence[float]) -> tuple[Int32, Vector]:
    """One row of Required, from skills that ascend."""
    skill = np.full(MOST_SKILLS, NONE, dtype=np.int32)
    weight = np.zeros(MOST_SKILLS)
    if skills:
        skill[-len(skills) :], weight[-len(weights) :] = skills, weights
    return skill, weight


def masters_by_group(occupations: Occupations, masters: Masters) -> dict[int, tuple[Int32, Int32]]:
    """Group of occupations -> masters who teach in it, and which occupation, pair by pair."""
    counts = np.diff(masters.teaches.begin)
    master = np.repeat(np.arange(len(masters), dtype=np.int32), counts)
    group = occupations.group[masters.teaches.values]
    order = np.argsort(group, kind="stable")
    found, begin = np.unique(group[order], return_index=True)
    parts = np.split(order, begin)[1:]
    return {
        int(g): (master[part], masters.teaches.values[part])
        for g, part in zip(found, parts, strict=True)
    }
