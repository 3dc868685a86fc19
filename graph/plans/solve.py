"""The two objectives of a plan, and what each costs.

STABLE: nobody would rather have each other; of all such plans the best for every apprentice.
PARTICIPATION: as many pairs as the places allow, and of those the highest joint score.
Pairs that are fixed, because an officer pinned or accepted them, stay under both.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.matching.features import Vector
from graph.plans import kernels
from graph.plans.lists import UNIT, Lists, Weights, lengthen
from graph.plans.people import NONE, Int32, People

MOST_NAMED = 1000
_MOST_ROUNDS, _FEW = 3, 0.005
_THOUSANDTHS = UNIT // 1000


@dataclass(frozen=True, slots=True)
class Assignment:
    """A row an apprentice: her master or NONE, his place on her list, what he gives her.

    A master who was fixed without standing on her list has the list's length as place.
    """

    master: Int32
    place: Int32
    own: Int32
    fixed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Price:
    """What a plan is worth, to be seen beside the other objective.

    `mean_rank` is the mean place of the assigned master on the apprentice's list, from 1;
    `joint_score` the sum of what the two give each other; `exposure_gini` tells how unevenly
    proposals fall on masters with places; `never_shown` counts masters whom nobody is proposed to.
    """

    apprentices: int
    matched: int
    matched_share: float
    blocking_pairs: int
    capacity_breaches: int
    mean_rank: float
    joint_score: float
    exposure_gini: float
    never_shown: int


Fixed = Mapping[int, int]
"""Apprentice -> the master she keeps, by row."""


def stable(lists: Lists, places: Int32, fixed: Fixed = {}) -> Assignment:  # noqa: B006
    """Deferred acceptance, the apprentices proposing."""
    return _solved(lists, places, fixed, _deferred)


def participation(lists: Lists, places: Int32, fixed: Fixed = {}) -> Assignment:  # noqa: B006
    """Maximum flow, and of those the one of highest joint score."""
    return _solved(lists, places, fixed, _flow)


def solved(people: People, weights: Weights, lists: Lists, fixed: Fixed = {}) -> Assignment:  # noqa: B006
    """The stable plan, after those who would go without were given longer lists."""
    places = people.masters.places
    found = stable(lists, places, fixed)
    for _ in range(_MOST_ROUNDS):
        if (found.master == NONE).mean() <= _FEW:
            break
        load = np.bincount(found.master[found.master != NONE], minlength=len(places))
        left = places - load.astype(np.int32)
        if not lengthen(people, weights, lists, found.master, left):
            break
        found = stable(lists, places, fixed)
    return found


def _deferred(lists: Lists, places: Int32) -> Int32:
    assigned = np.empty(len(lists), dtype=np.int32)
    kernels.accept_deferred(lists.master, lists.favour, places, assigned)
    return assigned


def _solved(
    lists: Lists, places: Int32, fixed: Fixed, solver: Callable[[Lists, Int32], Int32]
) -> Assignment:
    """Solve for those who are free, with the places that are left; then put both together."""
    free = np.ones(len(lists), dtype=np.bool_)
    free[list(fixed)] = False
    left = places - np.bincount(
        np.fromiter(fixed.values(), dtype=np.int64, count=len(fixed)), minlength=len(places)
    ).astype(np.int32)
    some = lists if not fixed else Lists(*(column[free] for column in lists.columns))
    found = np.full(len(lists), NONE, dtype=np.int32)
    found[free] = solver(some, left)
    return assignment(lists, found, fixed)


def assignment(lists: Lists, found: Int32, fixed: Fixed = {}) -> Assignment:  # noqa: B006
    """From places on the lists, and what is fixed."""
    most = lists.master.shape[1]
    rows, column = np.arange(len(lists)), np.maximum(found, 0)
    master = np.where(found >= 0, lists.master[rows, column], NONE).astype(np.int32)
    own = np.where(found >= 0, lists.favour[rows, column], NONE).astype(np.int32)
    held = np.zeros(len(lists), dtype=np.bool_)
    for apprentice, kept in fixed.items():
        listed = np.flatnonzero(lists.master[apprentice] == kept)
        found[apprentice] = listed[0] if len(listed) else most
        own[apprentice] = lists.favour[apprentice, listed[0]] if len(listed) else NONE
        master[apprentice], held[apprentice] = kept, True
    return Assignment(master, found, own, held)


def _flow(lists: Lists, places: Int32) -> Int32:
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415 - slow to load

    count, seats = len(lists), np.arange(len(places), dtype=np.int32)
    apprentice, place = np.nonzero(lists.master != NONE)
    master = lists.master[apprentice, place]
    joint = _joint(lists, apprentice, place)
    source, sink = count + len(places), count + len(places) + 1
    flow: Any = SimpleMinCostFlow()  # its stubs know no arrays
    add = flow.add_arcs_with_capacity_and_unit_cost
    pairs = add(
        apprentice.astype(np.int32),
        (count + master).astype(np.int32),
        np.ones(len(master), dtype=np.int64),
        -(joint // _THOUSANDTHS),
    )
    everyone = np.arange(count, dtype=np.int32)
    one, nothing = np.ones(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    add(np.full(count, source, dtype=np.int32), everyone, one, nothing)
    capacity = np.maximum(places, 0).astype(np.int64)
    add(
        count + seats, np.full(len(places), sink, dtype=np.int32), capacity, np.zeros_like(capacity)
    )
    supplies = np.array([count, -count], dtype=np.int64)
    flow.set_nodes_supplies(np.array([source, sink], dtype=np.int32), supplies)
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"the flow solver ended with {status}")
    used = flow.flows(pairs) > 0
    assigned = np.full(count, NONE, dtype=np.int32)
    assigned[apprentice[used]] = place[used]
    return assigned


@dataclass(frozen=True, slots=True)
class Check:
    """Pairs who block the plan, those that only fixed pairs cause, and each master's load.

    `named` are the first of them: apprentice, master, 1 if it counts against the plan.
    """

    blocking: int
    caused: int
    named: list[tuple[int, int, int]]
    load: Int32


def check(lists: Lists, places: Int32, assigned: Assignment) -> Check:
    """Look for pairs who would rather have each other."""
    load = np.empty_like(places)
    found = np.empty((MOST_NAMED, 3), dtype=np.int32)
    blocking, caused = kernels.blocking(
        lists.master,
        lists.favour,
        places,
        assigned.master,
        assigned.place,
        assigned.own,
        assigned.fixed,
        load,
        found,
    )
    named = [(a, m, c) for a, m, c in found[: min(blocking + caused, MOST_NAMED)].tolist()]
    return Check(blocking, caused, named, load)


def price(lists: Lists, places: Int32, assigned: Assignment) -> Price:
    """What an assignment is worth."""
    checked = check(lists, places, assigned)
    listed = np.flatnonzero((assigned.master != NONE) & (assigned.own != NONE))
    place = assigned.place[listed]
    matched = int((assigned.master != NONE).sum())
    willing = checked.load[places > 0]
    return Price(
        apprentices=len(lists),
        matched=matched,
        matched_share=matched / max(len(lists), 1),
        blocking_pairs=checked.blocking,
        capacity_breaches=int((checked.load > np.maximum(places, 0)).sum()),
        mean_rank=float(place.mean() + 1) if len(listed) else 0.0,
        joint_score=float(_joint(lists, listed, place).sum() / UNIT),
        exposure_gini=gini(willing),
        never_shown=int((willing == 0).sum()),
    )


def _joint(lists: Lists, rows: NDArray[np.intp], places: NDArray[Any]) -> NDArray[np.int64]:
    """What the two of each pair give each other; whom a person chose counts as 1."""
    given = [np.minimum(c[rows, places], UNIT).astype(np.int64) for c in (lists.wish, lists.favour)]
    return given[0] + given[1]


def ranks(lists: Lists, masters: int, assigned: Assignment) -> Int32:
    """Place of each assigned apprentice on her master's list, from 1; 0 if he lists her not."""
    found = np.empty(len(lists), dtype=np.int32)
    kernels.ranks_of(lists.master, lists.favour, masters, assigned.master, assigned.own, found)
    return found


def gini(exposure: NDArray[np.integer[Any]] | Vector) -> float:
    """0 if all are shown alike, towards 1 if one is shown always."""
    values = np.sort(exposure.astype(np.float64))
    total = values.sum()
    if not total:
        return 0.0
    place = np.arange(1, len(values) + 1)
    return float((2 * place - len(values) - 1) @ values / (len(values) * total))
