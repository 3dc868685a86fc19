"""A plan for a whole city on one small machine: lists of both sides, and their solution.

    python -m bench.plan --workers 1000000 --masters 50000 --json plan.json
    python -m bench.plan --workers 10000 --masters 1000 --against matching,ortools,numba

The array part: people are drawn by the product's own generator on the shipped occupations, and
given to the product's own code (graph.plans), from arrays to the solved and checked plan. What is
compiled is compiled before the clock starts; `compile_seconds` says how long that took. With
--against the lists that the product made are solved by peers in the same run, in turns; `matching`
copies all it is given over and over, so that it gets the first MOST_OF_MATCHING apprentices alone,
and once, and we with it. `apprentices` says how many each peer was given.
"""

import argparse
import resource
import time
from collections.abc import Callable
from dataclasses import asdict
from statistics import median
from typing import Any

import numpy as np

from bench import plan_peers
from bench.measure import machine, options, told
from bench.plan_people import drawn
from graph.plans.lists import Lists, Weights, make_lists
from graph.plans.people import Int32, People
from graph.plans.solve import assignment, price, solved, stable
from graph.plans.suggest import exposure, prices

_WARM = (300, 30)
_ROUNDS = 15
MOST_OF_MATCHING = 1_000


def main() -> None:
    parser = options(__doc__, seconds=1)
    parser.add_argument("--workers", type=int, default=10_000, help="apprentices")
    parser.add_argument("--masters", type=int, default=1_000)
    parser.add_argument("--places", type=int, default=20, help="places of each master")
    parser.add_argument("--most", type=int, default=50, help="length of a list")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--against", help=f"of {', '.join(plan_peers.PEERS)}, joined by commas")
    given = parser.parse_args()
    begun = time.perf_counter()
    measured(drawn(*_WARM, seed=2, places=given.places), given.most)
    compiled = time.perf_counter() - begun
    people = drawn(given.workers, given.masters, seed=given.seed, places=given.places)
    figures, lists = measured(people, given.most)
    figures["compile_seconds"] = compiled
    figures["suggestions"] = suggestions(lists, people.masters.places)
    if given.against:
        figures["against"] = against(lists, people.masters.places, given)
    figures["machine"] = machine()
    for name, value in figures.items():
        print(f"{name:24}{value:>16,.4f}" if isinstance(value, int | float) else f"{name}: {value}")
    told(figures, given)


def measured(people: People, most: int) -> tuple[dict[str, Any], Lists]:
    """Lists, solution and check, each timed."""
    begun, places = time.perf_counter(), people.masters.places
    lists = make_lists(people, Weights(), most=most)
    listed = time.perf_counter()
    assigned = solved(people, Weights(), lists)
    ended = time.perf_counter()
    stable(lists, places)
    again = time.perf_counter()
    worth = price(lists, places, assigned)
    checked = time.perf_counter()
    figures = {
        "seconds": ended - begun,
        "list_seconds": listed - begun,
        "solve_seconds": ended - listed,
        "one_solution_seconds": again - ended,
        "check_seconds": checked - again,
        "cpu_seconds": time.process_time(),
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "pairs": int((lists.master >= 0).sum()),
        **asdict(worth),
    }
    return figures, lists


def suggestions(lists: Lists, places: Int32) -> dict[str, Any]:
    """How evenly masters are shown in the first ten: by score alone, and balanced."""
    begun = time.perf_counter()
    price = prices(lists, places)
    seconds = time.perf_counter() - begun
    alone = exposure(lists, places, np.zeros(len(places)))
    together = exposure(lists, places, price)
    return {
        "seconds": seconds,
        "gini_by_score": alone.gini,
        "gini_balanced": together.gini,
        "never_shown_by_score": alone.never_shown,
        "never_shown_balanced": together.never_shown,
        "score_lost_share": 1 - together.mean_score / alone.mean_score,
    }


def against(lists: Lists, places: Int32, given: argparse.Namespace) -> dict[str, Any]:
    """Seconds of each peer on the same lists, as a ratio to ours; those absent say so."""
    figures: dict[str, Any] = {}
    for name in given.against.split(","):
        try:
            solve = plan_peers.PEERS[name]()
        except ModuleNotFoundError as missing:
            figures[name] = f"skipped: {missing.name} is not installed (pip install {missing.name})"
            continue
        if name == "matching":
            first = Lists(*(column[:MOST_OF_MATCHING] for column in lists.columns))
            figures[name] = _beside(first, places, solve, 1)
        else:
            figures[name] = _beside(lists, places, solve, _ROUNDS)
    return figures


def _beside(lists: Lists, places: Int32, solve: plan_peers.Solve, rounds: int) -> dict[str, Any]:
    own, peer = [], []
    ours = stable(lists, places)
    theirs = solve(lists, places)
    for _ in range(rounds):  # the first call compiled
        own.append(_timed(lambda: stable(lists, places)))
        peer.append(_timed(lambda: solve(lists, places)))
    worth = price(lists, places, assignment(lists, theirs))
    return {
        "apprentices": len(lists),
        "seconds": median(peer),
        "ours_seconds": median(own),
        "ours_to_peer": median(a / b for a, b in zip(own, peer, strict=True)),
        "matched_share": worth.matched_share,
        "blocking_pairs": worth.blocking_pairs,
        "same_plan": bool(np.array_equal(theirs, ours.place)),
    }


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
