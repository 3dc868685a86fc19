"""Deferred acceptance: stable, within capacity, and the best that apprentices can get."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from graph.matching.stable import Preferences, deferred_acceptance, verify


@st.composite
def any_preferences(draw: st.DrawFn) -> Preferences:
    apprentices = [f"a{n}" for n in range(draw(st.integers(0, 4)))]
    masters = [f"m{n}" for n in range(draw(st.integers(0, 3)))]
    return Preferences(
        {a: draw(st.lists(st.sampled_from(masters), unique=True)) if masters else []
         for a in apprentices},
        {m: draw(st.lists(st.sampled_from(apprentices), unique=True)) if apprentices else []
         for m in masters},
        {m: draw(st.integers(0, 2)) for m in masters},
    )  # fmt: skip


def stable_assignments(preferences: Preferences) -> list[dict[str, str]]:
    """All of them, by trying everything."""
    options = [[None, *wishes] for wishes in preferences.wishes.values()]
    found: list[dict[str, str]] = []
    for chosen in product(*options):
        assigned = {a: m for a, m in zip(preferences.wishes, chosen, strict=True) if m}
        listed = all(a in preferences.favours[m] for a, m in assigned.items())
        if listed and verify(preferences, assigned).holds:
            found.append(assigned)
    return found


@given(any_preferences())
def test_the_assignment_is_stable_and_best_for_every_apprentice(preferences: Preferences) -> None:
    assigned = deferred_acceptance(preferences)
    everything = stable_assignments(preferences)
    assert assigned in everything
    for apprentice, wishes in preferences.wishes.items():
        reachable = {other[apprentice] for other in everything if apprentice in other}
        best = next((m for m in wishes if m in reachable), None)
        assert assigned.get(apprentice) == best


TWO = Preferences(
    {"ann": ["mei", "bao"], "ben": ["mei"]},
    {"mei": ["ben", "ann"], "bao": ["ann"]},
    {"mei": 1, "bao": 1},
)


def test_who_is_displaced_asks_the_next() -> None:
    assert deferred_acceptance(TWO) == {"ben": "mei", "ann": "bao"}


def test_a_pair_who_would_rather_have_each_other_is_named() -> None:
    certificate = verify(TWO, {"ann": "mei"})
    assert certificate.blocking_pairs == (("ben", "mei"),)
    assert not certificate.holds


def test_more_apprentices_than_places_are_named() -> None:
    assert verify(TWO, {"ann": "mei", "ben": "mei"}).capacity_breaches == ("mei",)


def test_nobody_is_given_to_a_master_who_does_not_list_her() -> None:
    wishes = Preferences({"ann": ["mei"]}, {"mei": []}, {"mei": 1})
    assert deferred_acceptance(wishes) == {}
    assert verify(wishes, {}).holds
