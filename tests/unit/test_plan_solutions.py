"""Solutions and certificates of plans against an oracle that shares no code with them."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.plan_verifier import FORMAT, check, read, verify
from graph.plans.lists import Lists, in_order
from graph.plans.solve import Assignment, gini, participation, price, stable
from graph.plans.solve import check as product_check

NONE = -1


@st.composite
def instances(draw: Any, most_apprentices: int = 8) -> tuple[Lists, np.ndarray, dict[int, int]]:
    """A few apprentices and masters with ties in both scores, and some pairs that are fixed."""
    apprentices, masters = draw(st.integers(1, most_apprentices)), draw(st.integers(1, 5))
    most = draw(st.integers(1, 5))
    shape = (apprentices, most)
    lists = Lists(*(np.full(shape, NONE, dtype=np.int32) for _ in range(3)))
    for a in range(apprentices):
        listed = draw(st.lists(st.integers(0, masters - 1), max_size=most, unique=True))
        for n, m in enumerate(listed):
            lists.master[a, n] = m
            lists.wish[a, n] = draw(st.integers(0, 4))
            lists.favour[a, n] = draw(st.integers(0, 4))
    in_order(lists)
    places = np.array(draw(st.lists(st.integers(0, 3), min_size=masters, max_size=masters)))
    fixed: dict[int, int] = {}
    for a in draw(st.lists(st.integers(0, apprentices - 1), max_size=2, unique=True)):
        m = draw(st.integers(0, masters - 1))
        if list(fixed.values()).count(m) < places[m]:
            fixed[a] = m
    return lists, places.astype(np.int32), fixed


def wishes(lists: Lists, a: int) -> list[tuple[int, int]]:
    listed = zip(lists.master[a].tolist(), lists.favour[a].tolist(), strict=True)
    return [(m, f) for m, f in listed if m != NONE]


def blocks(
    lists: Lists, places: Sequence[int], got: Sequence[int], fixed: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The textbook: both list each other, both would gain, nothing that is fixed moves."""
    for a in range(len(lists)):
        for m, favour in wishes(lists, a):
            if m == got[a]:
                break
            if a in fixed or not places[m]:
                continue
            those = [o for o in range(len(lists)) if got[o] == m]
            worse = [
                o
                for o in those
                if o not in fixed and (-dict(wishes(lists, o))[m], o) > (-favour, a)
            ]
            if len(those) < places[m] or worse:
                yield a, m


@given(instances())
def test_the_stable_plan_has_no_blocking_pair_and_keeps_places_and_pins(instance: Any) -> None:
    lists, places, fixed = instance
    found = stable(lists, places, fixed)
    got = found.master.tolist()
    assert list(blocks(lists, places.tolist(), got, list(fixed))) == []
    assert all(got.count(m) <= places[m] for m in range(len(places)))
    assert all(got[a] == m for a, m in fixed.items())
    assert product_check(lists, places, found).blocking == 0


def assignments(lists: Lists, places: np.ndarray, fixed: dict[int, int]) -> Iterator[list[int]]:
    """Every way to give each apprentice a master on her list, or none, within the places."""
    options = [
        [fixed[a]] if a in fixed else [NONE, *dict(wishes(lists, a))] for a in range(len(lists))
    ]
    for got in product(*options):
        if all(got.count(m) <= places[m] for m in range(len(places))):
            yield list(got)


@given(instances(most_apprentices=4))
def test_no_apprentice_does_better_in_any_other_stable_plan(instance: Any) -> None:
    lists, places, fixed = instance
    found = stable(lists, places, fixed).master.tolist()
    free = [a for a in range(len(lists)) if a not in fixed]
    for got in assignments(lists, places, fixed):
        if not any(blocks(lists, places.tolist(), got, list(fixed))):
            for a in free:
                order = [*dict(wishes(lists, a)), NONE]
                assert order.index(found[a]) <= order.index(got[a])


@given(instances())
def test_participation_matches_as_many_as_can_be_matched(instance: Any) -> None:
    lists, places, fixed = instance
    found = participation(lists, places, fixed)
    got = found.master.tolist()
    assert all(got.count(m) <= places[m] for m in range(len(places)))
    left = [places[m] - list(fixed.values()).count(m) for m in range(len(places))]
    free = [a for a in range(len(lists)) if a not in fixed]
    assert sum(got[a] != NONE for a in free) == _most(lists, left, free)


def _most(lists: Lists, left: Sequence[int], free: Sequence[int]) -> int:
    """Largest number of pairs, by augmenting paths."""
    held: dict[int, list[int]] = {m: [] for m in range(len(left))}

    def place(a: int, seen: set[int]) -> bool:
        for m, _ in wishes(lists, a):
            if m in seen:
                continue
            seen.add(m)
            if len(held[m]) < left[m]:
                held[m].append(a)
                return True
            for other in held[m]:
                if place(other, seen):
                    held[m][held[m].index(other)] = a
                    return True
        return False

    return sum(place(a, set()) for a in free)


def certified(lists: Lists, places: Sequence[int], found: Assignment) -> list[bytes]:
    """The lines of a certificate of the assignment."""
    rows: list[dict[str, Any]] = [{"format": FORMAT}]
    rows += [{"master": f"M{m}", "places": int(p)} for m, p in enumerate(places)]
    for a in range(len(lists)):
        m = int(found.master[a])
        rows.append(
            {
                "apprentice": f"A{a}",
                "wishes": [[f"M{w}", f] for w, f in wishes(lists, a)],
                "got": None if m == NONE else f"M{m}",
                "fixed": bool(found.fixed[a]),
            }
        )
    return signed(rows)


def signed(rows: Sequence[Any]) -> list[bytes]:
    lines = [json.dumps(row).encode() + b"\n" for row in rows]
    digest = hashlib.sha256(b"".join(lines)).hexdigest()
    return [*lines, json.dumps({"end": digest}).encode() + b"\n"]


@given(instances(), st.booleans())
def test_the_verifier_and_the_product_see_the_same_pairs(instance: Any, flow: bool) -> None:
    lists, places, fixed = instance
    found = (participation if flow else stable)(lists, places, fixed)
    verdict = check(read(certified(lists, places.tolist(), found)))
    checked = product_check(lists, places, found)
    oracle = set(blocks(lists, places.tolist(), found.master.tolist(), list(fixed)))
    assert {(f"A{a}", f"M{m}") for a, m in oracle} == set(verdict.blocking)
    assert len(verdict.blocking) == checked.blocking
    assert len(verdict.caused) == checked.caused


def _two() -> tuple[Lists, np.ndarray]:
    """Both want M0, who has one place and wants A0."""
    lists = Lists(
        np.array([[0, 1], [0, 1]], dtype=np.int32),
        np.array([[9, 5], [9, 5]], dtype=np.int32),
        np.array([[8, 1], [7, 1]], dtype=np.int32),
    )
    return lists, np.array([1, 1], dtype=np.int32)


def test_a_pin_is_verified_and_its_price_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lists, places = _two()
    file = tmp_path / "plan.jsonl"
    file.write_bytes(b"".join(certified(lists, places.tolist(), stable(lists, places, {1: 0}))))
    assert verify(str(file)) == 0
    told = capsys.readouterr().out
    assert "price of what was pinned or accepted: A0 and M0" in told
    assert "the plan is right" in told


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        (lambda rows: rows[3].update(got="M1") or rows[4].update(got="M0"), 1, "A0 and M0"),
        (lambda rows: rows[1].update(places=0), 1, "M0 has 1 apprentices and 0 places"),
        (lambda rows: rows[3].update(got="M7"), 2, "who is no master"),
        (lambda rows: rows[4].update(apprentice="A0"), 2, "stands here twice"),
    ],
)
def test_a_forged_file_is_caught_even_with_a_fresh_digest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Any, code: int, says: str
) -> None:
    lists, places = _two()
    rows = [json.loads(r) for r in certified(lists, places.tolist(), stable(lists, places))[:-1]]
    change(rows)
    file = tmp_path / "plan.jsonl"
    file.write_bytes(b"".join(signed(rows)))
    assert verify(str(file)) == code
    heard = capsys.readouterr()
    assert says in heard.out + heard.err


def test_a_tampered_file_and_a_wrong_digest_are_caught(tmp_path: Path) -> None:
    lists, places = _two()
    file = tmp_path / "plan.jsonl"
    whole = b"".join(certified(lists, places.tolist(), stable(lists, places)))
    for bad in (whole.replace(b'"places": 1', b'"places": 2', 1), whole[:-90], b"{}\n", b""):
        file.write_bytes(bad)
        assert verify(str(file)) == 2
    file.write_bytes(whole)
    assert verify(str(file)) == 0
    assert verify(str(file), "0" * 64) == 2


def test_gini_is_zero_where_all_are_alike_and_near_one_where_one_has_all() -> None:
    assert gini(np.full(9, 4)) == 0
    assert gini(np.array([0] * 99 + [7])) == pytest.approx(0.99)
    assert gini(np.zeros(3)) == 0


def test_the_price_counts_what_it_says() -> None:
    lists, places = _two()
    worth = price(lists, places, stable(lists, places))
    assert (worth.matched, worth.blocking_pairs, worth.never_shown) == (2, 0, 0)
    assert worth.mean_rank == 1.5
