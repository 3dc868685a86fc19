"""Stable assignment: deferred acceptance with capacities, and what a third party checks it by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preferences:
    """Strict lists, best first: apprentice -> masters, master -> apprentices; places per master."""

    wishes: Mapping[str, Sequence[str]]
    favours: Mapping[str, Sequence[str]]
    places: Mapping[str, int]

    @property
    def ranks(self) -> dict[str, dict[str, int]]:
        """Master -> apprentice -> her place on the master's list, from 0."""
        return {m: {a: n for n, a in enumerate(listed)} for m, listed in self.favours.items()}


@dataclass(frozen=True, slots=True)
class Certificate:
    """What would make an assignment wrong: overload, and pairs who would rather have each other."""

    blocking_pairs: tuple[tuple[str, str], ...]
    capacity_breaches: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """True if the assignment is stable and within all capacities."""
        return not self.blocking_pairs and not self.capacity_breaches


def deferred_acceptance(preferences: Preferences) -> dict[str, str]:
    """Apprentice -> master: stable, and of all stable assignments the best for every apprentice."""
    ranks = preferences.ranks
    held: dict[str, list[tuple[int, str]]] = {master: [] for master in ranks}
    next_wish = dict.fromkeys(preferences.wishes, 0)
    free = list(preferences.wishes)[::-1]
    while free:
        apprentice = free.pop()
        wishes = preferences.wishes[apprentice]
        while next_wish[apprentice] < len(wishes):
            master = wishes[next_wish[apprentice]]
            next_wish[apprentice] += 1
            if apprentice not in ranks.get(master, {}):
                continue
            held[master].append((ranks[master][apprentice], apprentice))
            if len(held[master]) <= preferences.places.get(master, 0):
                break
            worst = max(held[master])
            held[master].remove(worst)
            if worst[1] != apprentice:
                free.append(worst[1])
                break
    return {apprentice: master for master, pairs in held.items() for _, apprentice in pairs}


def verify(preferences: Preferences, assigned: Mapping[str, str]) -> Certificate:
    """Check an assignment against the lists it was made from."""
    ranks, places = preferences.ranks, preferences.places
    load: dict[str, list[str]] = {}
    for apprentice, master in assigned.items():
        load.setdefault(master, []).append(apprentice)
    blocking = [
        (apprentice, master)
        for apprentice, wishes in preferences.wishes.items()
        for master in _rather(wishes, assigned.get(apprentice))
        if _takes(ranks.get(master, {}), apprentice, load.get(master, []), places.get(master, 0))
    ]
    breaches = [master for master, taken in load.items() if len(taken) > places.get(master, 0)]
    return Certificate(tuple(blocking), tuple(breaches))


def _rather(wishes: Sequence[str], own: str | None) -> Sequence[str]:
    """The masters whom an apprentice would rather have than her own."""
    return wishes[: wishes.index(own)] if own in wishes else wishes


def _takes(ranks: Mapping[str, int], apprentice: str, taken: Sequence[str], places: int) -> bool:
    """Whether a master would take one more, or this one for the worst of those she has."""
    if apprentice not in ranks or places == 0:
        return False
    unlisted = len(ranks)
    return len(taken) < places or any(
        ranks.get(other, unlisted) > ranks[apprentice] for other in taken
    )
