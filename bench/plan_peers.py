"""Peers that solve the same lists: a bare compiled deferred acceptance, a flow, and `matching`."""

import sys
import threading
from collections.abc import Callable, Mapping

import numpy as np
from numba import njit

from graph.plans.lists import Lists
from graph.plans.people import Int32
from graph.plans.solve import participation

Solve = Callable[[Lists, Int32], Int32]


@njit
def _bare(wishes, ranks, places):
    """Deferred acceptance on ranks, each master's places searched in turn: nothing else."""
    held = np.full((len(places), places.max()), -1, dtype=np.int32)
    size = np.zeros(len(places), dtype=np.int32)
    following = np.zeros(len(wishes), dtype=np.int32)
    place = np.full(len(wishes), -1, dtype=np.int32)
    free = np.arange(len(wishes))[::-1].copy()
    top = len(free)
    while top:
        top -= 1
        a = free[top]
        while following[a] < wishes.shape[1] and wishes[a, following[a]] >= 0:
            n = following[a]
            m = wishes[a, n]
            following[a] += 1
            if size[m] < places[m]:
                held[m, size[m]] = a
                size[m] += 1
                place[a] = n
                break
            worst, at = -1, -1
            for k in range(size[m]):
                rank = ranks[held[m, k], place[held[m, k]]]
                if rank > worst:
                    worst, at = rank, k
            if ranks[a, n] < worst:
                other = held[m, at]
                held[m, at] = a
                place[a] = n
                place[other] = -1
                free[top] = other
                top += 1
                break
    return place


def _ranks(lists: Lists) -> Int32:
    """Place of each apprentice on the master's list, from 0."""
    row, column = np.nonzero(lists.master >= 0)
    master, favour = lists.master[row, column], lists.favour[row, column]
    order = np.lexsort((row, -favour, master))
    rank = np.empty(len(order), dtype=np.int32)
    sorted_master = master[order]
    begin = np.searchsorted(sorted_master, sorted_master)
    rank[order] = np.arange(len(order)) - begin
    ranks = np.full(lists.master.shape, -1, dtype=np.int32)
    ranks[row, column] = rank
    return ranks


def numba() -> Solve:
    known: dict[int, Int32] = {}

    def solve(lists: Lists, places: Int32) -> Int32:
        if id(lists) not in known:  # ranks are its input, not its work
            known[id(lists)] = _ranks(lists)
        return _bare(lists.master, known[id(lists)], places)

    return solve


def ortools() -> Solve:
    return lambda lists, places: participation(lists, places).place


def matching() -> Solve:
    from matching.games import HospitalResident  # noqa: PLC0415 - optional

    def solve(lists: Lists, places: Int32) -> Int32:
        ranks = _ranks(lists)
        wishes = {a: [int(m) for m in row if m >= 0] for a, row in enumerate(lists.master)}
        row, column = np.nonzero(lists.master >= 0)
        order = np.lexsort((ranks[row, column], lists.master[row, column]))
        favours: dict[int, list[int]] = {}
        for a, m in zip(
            row[order].tolist(), lists.master[row, column][order].tolist(), strict=True
        ):
            favours.setdefault(m, []).append(a)
        wishes = {a: listed for a, listed in wishes.items() if listed}
        seats = {m: int(places[m]) for m in favours}
        solved: list[Mapping[object, object]] = []

        def run() -> None:
            game = HospitalResident.create_from_dictionaries(wishes, favours, seats)
            solved.append(game.solve(optimal="resident"))

        sys.setrecursionlimit(10**8)
        threading.stack_size(1 << 30)
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        place = np.full(len(lists.master), -1, dtype=np.int32)
        for m, assigned in solved[0].items():
            for a in assigned:
                place[a.name] = lists.master[a.name].tolist().index(m.name)
        return place

    return solve


PEERS: Mapping[str, Callable[[], Solve]] = {
    "matching": matching,
    "ortools": ortools,
    "numba": numba,
}
