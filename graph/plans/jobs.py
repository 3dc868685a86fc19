"""The long work of plans: solve one, continue it after answers, propose its pairs."""

import secrets
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from graph import clock
from graph.cypher import Cypher
from graph.database import Row, Transaction
from graph.errors import InvalidRequest
from graph.jobs.worker import Kind, Run
from graph.matching.candidates import Days
from graph.plans.computing import Tell, in_thread
from graph.plans.lists import Lists, Weights, make_lists
from graph.plans.people import People
from graph.plans.publish import publish
from graph.plans.reading import Census, read_people, read_weights
from graph.plans.solve import (
    Assignment,
    Fixed,
    Price,
    participation,
    price,
    ranks,
    solved,
    stable,
)
from graph.plans.storage import (
    Frozen,
    forget_pairings,
    load_lists,
    pairing_rows,
    plan_row,
    save_lists,
    save_pairings,
    save_prices,
)
from graph.plans.suggest import exposure, prices
from graph.plans.whom import Scope

MOST_FOR_BOTH = 200_000
LONGEST_FOR_LARGE_FLOWS = 20
TIE_RULE = (
    "Equal scores: the master who declared earlier, then the lower id; "
    "the apprentice who asked earlier, then the lower id."
)

_Prices = Mapping[str, tuple[Price, float]]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A plan under way: what the graph says of it."""

    id: str
    row: Row

    @property
    def kept(self) -> dict[str, str]:
        """Apprentice -> master of pairs that an officer pinned or accepted."""
        return {a: m for _, state, a, m, _ in self.row["pairs"] if state in {"PINNED", "ACCEPTED"}}

    @property
    def avoided(self) -> set[tuple[str, str]]:
        """Pairs that were ruled out, or proposed and declined."""
        states = {"EXCLUDED", "PROPOSED", "REFUSED"}
        return {(a, m) for _, state, a, m, _ in self.row["pairs"] if state in states}

    @property
    def scope(self) -> Scope:
        return Scope(
            path=self.row["path"] or "",
            masters_path=self.row["masters_path"] or "",
            pinned=tuple(self.kept.values()),
            named=tuple(self.row.get("named") or ()),
            left_out=tuple(self.row["out"]),
        )


async def solve(run: Run) -> None:
    """Read everyone, make both sides' lists, solve, and store the pairs."""
    await _solve(run, _new_lists)


async def continue_(run: Run) -> None:
    """Solve again over the frozen lists: for those without a master, with the places left."""
    await _solve(run, _frozen_lists)


Making = Callable[[Run, _Plan, People, Weights], Awaitable[Frozen]]


async def _solve(run: Run, making: Making) -> None:
    plan = await _plan(run)
    if plan is None:
        return
    await run.tell(0.02, "reading the people in scope")
    today = clock.beijing_day(clock.now())
    day = plan.row["as_of"].to_native()
    people, census = await read_people(run.database, plan.scope, run.viewer, Days(day, today))
    people = replace(people, barred=_barred(plan, people))
    if "saved" in run.position:
        weights = Weights.from_text(plan.row["models"])
        frozen = await load_lists(run.database, plan.id)
    else:
        frozen_by = making is _frozen_lists
        weights = (
            Weights.from_text(plan.row["models"]) if frozen_by else await read_weights(run.database)
        )
        frozen = await making(run, plan, people, weights)
        await _save(run, plan, frozen, weights)
    fixed = _fixed(plan, frozen)
    await run.tell(0.6, "solving for both objectives")
    chosen, prices = await in_thread(run, 0.6, 0.7, lambda _: _both(plan, frozen, fixed))
    exposed = await in_thread(run, 0.69, 0.7, lambda _: _exposed(frozen))
    rows = pairing_rows(frozen, chosen, ranks(frozen.lists, len(frozen.masters), chosen))
    begin = int(run.position.get("stored", 0))
    if not begin:
        await forget_pairings(run.database, plan.id)

    async def noted(transaction: Transaction, share: float) -> None:
        position = {"saved": True, "stored": round(share * len(rows))}
        await run.commit(transaction, 0.7 + 0.29 * share, "storing the pairs", position)

    await save_pairings(run.database, plan.id, rows, begin, noted)
    await _finish(run, plan, frozen, (weights, census), (prices, exposed))


def _both(plan: _Plan, frozen: Frozen, fixed: Fixed) -> tuple[Assignment, _Prices]:
    """The assignment of the plan's objective, and the price of each objective."""
    lists, places = frozen.lists, frozen.places
    small = len(lists) <= MOST_FOR_BOTH
    wanted = ["STABLE", "PARTICIPATION"]
    if not small and not plan.row.get("both_objectives"):
        wanted = [plan.row["objective"]]
    if not small and "PARTICIPATION" in wanted and lists.master.shape[1] > LONGEST_FOR_LARGE_FLOWS:
        raise InvalidRequest(
            "LIST_TOO_LONG",
            f"above {MOST_FOR_BOTH:,} apprentices PARTICIPATION takes lists of at most "
            f"{LONGEST_FOR_LARGE_FLOWS}; make the plan again with list_length "
            f"{LONGEST_FOR_LARGE_FLOWS} (about 40 s and 3.5 GB for a million)",
        )
    found: dict[str, Assignment] = {}
    prices: dict[str, tuple[Price, float]] = {}
    for objective in wanted:
        begun = time.perf_counter()
        solver = stable if objective == "STABLE" else participation
        found[objective] = solver(lists, places, fixed)
        seconds = time.perf_counter() - begun
        prices[objective] = price(lists, places, found[objective]), seconds
    return found[plan.row["objective"]], prices


async def _new_lists(run: Run, plan: _Plan, people: People, weights: Weights) -> Frozen:
    def make(tell: Tell) -> Lists:
        lists = make_lists(people, weights, most=plan.row["list_length"], tell=tell)
        solved(people, weights, lists, _rows(plan.kept, people))  # lengthens the lists
        return lists

    lists = await in_thread(run, 0.2, 0.45, make)
    masters = people.masters
    return Frozen(people.apprentices.ids, masters.ids, masters.places, lists)


async def _frozen_lists(run: Run, plan: _Plan, people: People, _: Weights) -> Frozen:
    """The lists as they were, for those who are still without a master, with today's places."""
    before = await load_lists(run.database, plan.id)
    free = set(people.apprentices.ids)
    rows = [n for n, a in enumerate(before.apprentices) if a in free]
    left = dict(zip(people.masters.ids, people.masters.places.tolist(), strict=True))
    places = np.array([left.get(m, 0) for m in before.masters], dtype=np.int32)
    lists = Lists(*(column[rows] for column in before.lists.columns))
    seats = {m: n for n, m in enumerate(before.masters)}
    ids = [before.apprentices[n] for n in rows]
    avoided = plan.avoided
    for n, apprentice in enumerate(ids):
        gone = [seats[m] for a, m in avoided if a == apprentice and m in seats]
        if gone:
            lists.forget(n, gone)
    return Frozen(ids, before.masters, places, lists)


async def _save(run: Run, plan: _Plan, frozen: Frozen, weights: Weights) -> None:
    async def noted(transaction: Transaction, share: float) -> None:
        position = {"saved": True} if share == 1 else None
        if share == 1:
            parameters = {"id": plan.id, "models": weights.text}
            await transaction.run(Cypher(_KEEP_MODELS, parameters, name="weights of a plan"))
        await run.commit(transaction, 0.45 + 0.15 * share, "freezing the lists", position)

    await save_lists(run.database, plan.id, frozen, noted)


def _fixed(plan: _Plan, frozen: Frozen) -> Fixed:
    return _pairs_by_row(plan.kept, frozen.apprentices, frozen.masters)


def _rows(kept: Mapping[str, str], people: People) -> Fixed:
    return _pairs_by_row(kept, people.apprentices.ids, people.masters.ids)


def _pairs_by_row(
    kept: Mapping[str, str], apprentices: Sequence[str], masters: Sequence[str]
) -> Fixed:
    """Rows of the pairs whose two people still take part."""
    if not kept:
        return {}
    learning = {a: n for n, a in enumerate(apprentices)}
    teaching = {m: n for n, m in enumerate(masters)}
    return {learning[a]: teaching[m] for a, m in kept.items() if a in learning and m in teaching}


def _barred(plan: _Plan, people: People) -> dict[int, list[int]]:
    if not plan.avoided:
        return {}
    learning = {a: n for n, a in enumerate(people.apprentices.ids)}
    teaching = {m: n for n, m in enumerate(people.masters.ids)}
    barred: dict[int, list[int]] = {}
    for apprentice, master in plan.avoided:
        if apprentice in learning and master in teaching:
            barred.setdefault(learning[apprentice], []).append(teaching[master])
    return barred


async def _plan(run: Run) -> _Plan | None:
    """The plan; None if it was discarded meanwhile."""
    identifier = run.given["subject"]
    row = await plan_row(run.database, identifier)
    if row is None or row["state"] not in {"SOLVING", "PUBLISHING"}:
        return None
    return _Plan(identifier, row)


def _exposed(frozen: Frozen) -> dict[str, float]:
    """How evenly masters are shown by score, and balanced; above the limit it takes too long."""
    if not 0 < len(frozen.lists) <= MOST_FOR_BOTH:
        return {}
    lists, places = frozen.lists, frozen.places
    alone, together = (
        exposure(lists, places, price) for price in (np.zeros(len(places)), prices(lists, places))
    )
    costs = 1 - together.mean_score / alone.mean_score if alone.mean_score else 0.0
    return {
        "exposure_by_score": alone.gini,
        "exposure_balanced": together.gini,
        "balance_costs": costs,
    }


async def _finish(
    run: Run,
    plan: _Plan,
    frozen: Frozen,
    solved_by: tuple[Weights, Census],
    found: tuple[_Prices, Mapping[str, float]],
) -> None:
    prices, exposed = found
    weights, census = solved_by
    values = {
        **asdict(census),
        **exposed,
        "apprentices": len(frozen.apprentices),
        "masters": len(frozen.masters),
        "mentor_model": weights.mentor.version,
        "apprentice_model": weights.apprentice.version,
        "tie_rule": TIE_RULE,
        "pseudonym_key": plan.row.get("pseudonym_key") or secrets.token_hex(32),
        "state": "REVIEW",
    }

    async def work(transaction: Transaction) -> None:
        await save_prices(transaction, plan.id, prices)
        parameters = {"id": plan.id, "values": values}
        await transaction.run(Cypher(_FINISH, parameters, name="plan solved"))
        await run.commit(transaction, 1.0, "done")

    await run.database.write(work)


_KEEP_MODELS = "MATCH (plan:Node:MentoringPlan {id: $id}) SET plan.models = $models"

_FINISH = """
MATCH (plan:Node:MentoringPlan {id: $id}) WHERE plan.state = 'SOLVING' SET plan += $values
"""


KINDS = (
    Kind("plan.solve", "Solves a mentoring plan.", solve),
    Kind("plan.continue", "Continues a mentoring plan after answers.", continue_),
    Kind("plan.publish", "Proposes the pairs of a mentoring plan.", publish),
)
