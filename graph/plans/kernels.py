"""Compiled loops over flat arrays; each releases the interpreter and works in fixed memory."""

# pyright: reportUntypedFunctionDecorator=false, reportUnknownParameterType=false
# pyright: reportMissingParameterType=false
# ruff: noqa: PLR0912, PLR0915, PLR0917, C901 - compiled code is written flat: calls cost it a third

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def levels_of(begin, skill, level, person, required, out):
    """How well each person holds each required skill; both lists ascend, so one pass joins them.

    `required` has a row for each person, or one row for all of them.
    """
    one = required.shape[0] == 1
    for n in range(len(person)):
        row = 0 if one else n
        at, last = begin[person[n]], begin[person[n] + 1]
        for k in range(required.shape[1]):
            wanted = required[row, k]
            while at < last and skill[at] < wanted:
                at += 1
            out[n, k] = level[at] if at < last and skill[at] == wanted else 0


@njit(cache=True, nogil=True)
def best_masters(
    apprentice_level, home, have, lead, weight, asked, engaged, master_home, can, base, near, found
):
    """The masters with the highest scores for each apprentice of one occupation, in no order.

    `lead[have, need, can]` is the share of a gap that a master closes, `asked[level]` the level
    that the next step needs, `base[master, nearness]` what her other features contribute. Rows of
    `found` are filled with numbers of masters, then -1.
    """
    most, skills = found.shape[1], have.shape[1]
    table = np.zeros((skills, 8), dtype=np.float32)
    scores = np.empty(most, dtype=np.float32)
    for a in range(len(home)):
        need = asked[apprentice_level[a]]
        missing = 0.0
        for k in range(skills):
            if need > have[a, k]:
                missing += weight[k]
        for k in range(skills):
            for c in range(6):
                share = lead[have[a, k], need, c] * weight[k]
                table[k, c] = share / missing if missing > 0 else 0.0
        held = 0
        for m in range(len(engaged)):
            if engaged[m] <= apprentice_level[a]:
                continue
            total = base[m, near[home[a], master_home[m]]]
            for k in range(skills):
                total += table[k, can[m, k]]
            if held < most:
                place = held
                held += 1
                while place > 0 and scores[(place - 1) // 2] > total:
                    scores[place] = scores[(place - 1) // 2]
                    found[a, place] = found[a, (place - 1) // 2]
                    place = (place - 1) // 2
                scores[place], found[a, place] = total, m
            elif total > scores[0]:
                place = 0
                while True:
                    child = 2 * place + 1
                    if child >= most:
                        break
                    if child + 1 < most and scores[child + 1] < scores[child]:
                        child += 1
                    if scores[child] >= total:
                        break
                    scores[place], found[a, place] = scores[child], found[a, child]
                    place = child
                scores[place], found[a, place] = total, m
        found[a, held:] = -1


@njit(cache=True, nogil=True)
def gaps(have, need, can, closing, weight, closed, short):
    """Sums over skills: of what a master closes of each gap, and of what is missing.

    `closing[have, need, can]` is what the feature declares; `weight` has one row, or one a pair.
    """
    one = weight.shape[0] == 1
    for n in range(have.shape[0]):
        row = 0 if one else n
        led, missing = 0.0, 0.0
        for k in range(have.shape[1]):
            if need[n] > have[n, k]:
                missing += weight[row, k]
                led += weight[row, k] * closing[have[n, k], need[n], can[n, k]]
        closed[n], short[n] = led, missing


@njit(cache=True, nogil=True)
def cosines(
    begin, column, value, other_begin, other_column, other_value, row, other_row, kind, wanted, out
):
    """Dot products of sparse rows in pairs; only rows of the wanted kind, and none below 0."""
    for n in range(len(row)):
        if row[n] < 0 or kind[row[n]] != wanted:
            continue
        a, last = begin[row[n]], begin[row[n] + 1]
        b, other_last = other_begin[other_row[n]], other_begin[other_row[n] + 1]
        total = 0.0
        while a < last and b < other_last:
            if column[a] < other_column[b]:
                a += 1
            elif column[a] > other_column[b]:
                b += 1
            else:
                total += value[a] * other_value[b]
                a += 1
                b += 1
        out[n] = total


@njit(cache=True, nogil=True)
def accept_deferred(master, favour, places, assigned):
    """Deferred acceptance with the apprentices proposing, in rounds of one free apprentice.

    `master[a]` lists masters best first, then -1; `favour[a, n]` is the score that the n-th gives
    her. Of equal favour the earlier apprentice stands higher. Writes to `assigned` the place of
    each apprentice's master on her list, or -1.
    """
    begin = np.zeros(len(places) + 1, dtype=np.int64)
    for m in range(len(places)):
        begin[m + 1] = begin[m] + max(places[m], 0)
    heap = np.empty(begin[-1], dtype=np.int32)  # those held by each master, the least wanted first
    size = np.zeros(len(places), dtype=np.int32)
    following = np.zeros(master.shape[0], dtype=np.int32)
    assigned[:] = -1
    for first in range(master.shape[0]):
        a = first
        while a >= 0:
            n = following[a]
            if n >= master.shape[1] or master[a, n] < 0:
                a = -1
                continue
            following[a] = n + 1
            m = master[a, n]
            low, held, most = begin[m], size[m], places[m]
            if most <= 0:
                continue
            if held < most:
                place = held
                size[m] = held + 1
                while place > 0:
                    above = (place - 1) // 2
                    other = heap[low + above]
                    if _less(favour[a, n], a, favour[other, assigned[other]], other):
                        heap[low + place] = other
                        place = above
                    else:
                        break
                heap[low + place] = a
                assigned[a] = n
                a = -1
                continue
            worst = heap[low]
            if _less(favour[a, n], a, favour[worst, assigned[worst]], worst):
                continue
            place = 0
            while True:
                child = 2 * place + 1
                if child >= held:
                    break
                left = heap[low + child]
                if child + 1 < held:
                    right = heap[low + child + 1]
                    if _less(
                        favour[right, assigned[right]], right, favour[left, assigned[left]], left
                    ):
                        child, left = child + 1, right
                if not _less(favour[left, assigned[left]], left, favour[a, n], a):
                    break
                heap[low + place] = left
                place = child
            heap[low + place] = a
            assigned[a] = n
            assigned[worst] = -1
            a = worst


@njit(cache=True, nogil=True, inline="always")
def _less(favour, apprentice, other_favour, other):
    """Whether a master wants the first less than the second."""
    return favour < other_favour or (favour == other_favour and apprentice > other)


@njit(cache=True, nogil=True)
def blocking(master, favour, places, given, place, own, fixed, load, found):
    """Pairs who would rather have each other: how many, and how many only what is fixed causes.

    `given[a]` is her master or -1, `place[a]` where he stands on her list (its length if he does
    not), `own[a]` what he gives her (-1 if he lists her not). A pair counts against the plan if she
    is free and would get an empty place or that of another who is free; otherwise it is the price
    of what was fixed. `load` is filled; rows of `found` are (apprentice, master, against the plan).
    """
    worst = np.full(len(places), -1, dtype=np.int32)  # the least wanted of all, and of the free
    free = np.full(len(places), -1, dtype=np.int32)
    load[:] = 0
    for a in range(master.shape[0]):
        m = given[a]
        if m < 0:
            continue
        load[m] += 1
        if worst[m] < 0 or _less(own[a], a, own[worst[m]], worst[m]):
            worst[m] = a
        if not fixed[a] and (free[m] < 0 or _less(own[a], a, own[free[m]], free[m])):
            free[m] = a
    against, caused = 0, 0
    for a in range(master.shape[0]):
        last = place[a] if given[a] >= 0 else master.shape[1]
        for n in range(last):
            m = master[a, n]
            if m < 0:
                break
            if places[m] <= 0 or m == given[a]:
                continue
            wanted, empty = favour[a, n], load[m] < places[m]
            over = worst[m] >= 0 and _less(own[worst[m]], worst[m], wanted, a)
            if not (empty or over):
                continue
            freely = free[m] >= 0 and _less(own[free[m]], free[m], wanted, a)
            counts = not fixed[a] and (empty or freely)
            if against + caused < len(found):
                found[against + caused, 0], found[against + caused, 1] = a, m
                found[against + caused, 2] = counts
            if counts:
                against += 1
            else:
                caused += 1
    return against, caused


@njit(cache=True, nogil=True)
def ranks_of(master, favour, masters, given, own, out):
    """The place of each assigned apprentice on her master's list, from 1; 0 if he lists her not.

    A master's list holds those who list him, by favour; equal ones share a place.
    """
    begin = np.zeros(masters + 1, dtype=np.int64)
    for a in range(master.shape[0]):
        for n in range(master.shape[1]):
            if master[a, n] < 0:
                break
            begin[master[a, n] + 1] += 1
    for m in range(masters):
        begin[m + 1] += begin[m]
    filled = begin[:-1].copy()
    values = np.empty(begin[-1], dtype=np.int32)
    for a in range(master.shape[0]):
        for n in range(master.shape[1]):
            m = master[a, n]
            if m < 0:
                break
            values[filled[m]] = favour[a, n]
            filled[m] += 1
    for m in range(masters):
        values[begin[m] : begin[m + 1]].sort()
    out[:] = 0
    for a in range(master.shape[0]):
        m = given[a]
        if m < 0 or own[a] < 0:
            continue
        part = values[begin[m] : begin[m + 1]]
        out[a] = 1 + len(part) - np.searchsorted(part, own[a], side="right")


@njit(cache=True, nogil=True)
def balance(master, pull, places, most_rounds, tolerance, alone, vacant):
    """Equilibrium of a market in which each side's free time is worth the same (IPFP).

    `pull[a, n]` is exp(joint score / 2 beta). Fills the roots of what each side has left over:
    of one for an apprentice, of her places for a master. Returns the rounds it took.
    """
    alone[:] = 1.0
    for m in range(len(places)):
        vacant[m] = np.sqrt(max(places[m], 0))
    filled = np.zeros(len(places))
    for turn in range(most_rounds):
        change = 0.0
        filled[:] = 0.0
        for a in range(master.shape[0]):
            total = 0.0
            for n in range(master.shape[1]):
                if master[a, n] < 0:
                    break
                total += pull[a, n] * vacant[master[a, n]]
            alone[a] = 2.0 / (np.sqrt(total * total + 4.0) + total)
            for n in range(master.shape[1]):
                if master[a, n] < 0:
                    break
                filled[master[a, n]] += pull[a, n] * alone[a]
        for m in range(len(places)):
            if places[m] <= 0:
                continue
            left = 2.0 * places[m] / (np.sqrt(filled[m] * filled[m] + 4.0 * places[m]) + filled[m])
            change = max(change, abs(left - vacant[m]) / left)
            vacant[m] = left
        if change < tolerance:
            return turn + 1
    return most_rounds
