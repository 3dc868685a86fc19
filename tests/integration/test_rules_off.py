"""Each rule and each condition of a figure is switched off in turn, and its test must notice.

Slow: `make test-rules`. Its test is one that is marked with a row of it and names its code. A rule
whose test does not fail without it is not proved; one without which half of the tests of other
rows beside it fail is not told apart from the rest.
"""

import inspect
import random
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from graph.database import Database
from graph.errors import JiangpuError
from graph.lifecycles.operations import OPERATIONS
from graph.rules.figures import FIGURES
from graph.rules.figures.count import seen
from graph.rules.figures.declare import Figure, Pattern
from graph.rules.rule import Rule
from tests.seeded import WIPE

HERE = Path(__file__)
PROOFS = [
    import_module(f"tests.integration.{file.stem}")
    for pattern in ("test_figures_*.py", "test_rules_*.py")
    for file in sorted(HERE.parent.glob(pattern))
    if file.name != HERE.name
]
OTHERS = 4


@dataclass(frozen=True)
class Switch:
    """One condition: its name and code, the rows it stands for, and how it is switched off."""

    name: str
    code: str
    rows: frozenset[str]
    off: Callable[[], tuple[object, str, object]]

    def __str__(self) -> str:
        return self.name


def _of_figure(figure: Figure) -> Iterator[Switch]:
    rows = frozenset(figure.policy)
    for n in range(len(figure.found.where)):
        without = _without(figure.found, n)
        yield Switch(
            f"{figure.code} found {n}", figure.code, rows, lambda w=without: (figure, "found", w)
        )
    for m in figure.meets:
        if isinstance(m, Pattern):
            for n in range(len(m.where)):
                meets = tuple(_without(p, n) if p is m else p for p in figure.meets)  # pyright: ignore[reportArgumentType]
                yield Switch(
                    f"{figure.code} meets {n}",
                    figure.code,
                    rows,
                    lambda v=meets: (figure, "meets", v),
                )


def _without(pattern: Pattern, n: int) -> Pattern:
    return replace(pattern, where=pattern.where[:n] + pattern.where[n + 1 :])


def _of_rules() -> Iterator[Switch]:
    rules: dict[Rule, set[str]] = {}
    for operation in OPERATIONS.values():
        for rule in operation.rules:
            rules.setdefault(rule, set()).update(rule.policy or operation.policy)
    for rule, rows in rules.items():
        name = f"{rule.code} {'/'.join(sorted(rows))}"
        yield Switch(name, rule.code, frozenset(rows), lambda r=rule: (r, "holds", "true"))


SWITCHES = [*(s for f in FIGURES.values() for s in _of_figure(f)), *_of_rules()]


@dataclass(frozen=True)
class Case:
    """One test with its arguments, and the rows it proves."""

    test: Callable[..., Any]
    given: Mapping[str, Any]
    rows: frozenset[str]
    fixtures: Mapping[str, Any]

    def names(self, code: str) -> bool:
        """Whether its text or an argument is the code."""
        return f'"{code}"' in inspect.getsource(self.test) or code in self.given.values()


def cases() -> Iterator[Case]:
    """Every test that proves a rule, case by case."""
    for module in PROOFS:
        fixtures = {n: f for n, f in vars(module).items() if hasattr(f, "_fixture_function")}
        for name, test in vars(module).items():
            marks = getattr(test, "pytestmark", [])
            drawn = getattr(test, "is_hypothesis_test", False)
            if name.startswith("test_") and callable(test) and not drawn:
                for given, more in _parameters(marks):
                    yield Case(test, given, _rows([*marks, *more]), fixtures)


def _parameters(marks: list[Any]) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    for mark in marks:
        if mark.name == "parametrize":
            names, values = mark.args[:2]
            for value in values:
                yield _named(names, value), list(getattr(value, "marks", ()))
            return
    yield {}, []


def _named(names: str | tuple[str, ...], value: Any) -> dict[str, Any]:
    """The arguments of one case, in any of the ways in which pytest takes them."""
    listed = [n.strip() for n in names.split(",")] if isinstance(names, str) else list(names)
    if hasattr(value, "marks"):
        return dict(zip(listed, value.values, strict=True))
    return {listed[0]: value} if len(listed) == 1 else dict(zip(listed, value, strict=True))


def _rows(marks: list[Any]) -> frozenset[str]:
    return frozenset(row for mark in marks if mark.name == "policy" for row in mark.args)


CASES = tuple(cases())


async def _fails(case: Case, database: Database, request: pytest.FixtureRequest) -> bool:
    await database.run(WIPE)
    given = {
        name: case.given[name] if name in case.given else await _fixture(name, case, request)
        for name in inspect.signature(case.test).parameters
    }
    try:
        await case.test(**given)
    except (AssertionError, AttributeError, JiangpuError, KeyError, ValueError):
        return True
    return False


async def _fixture(name: str, case: Case, request: pytest.FixtureRequest) -> Any:
    own = case.fixtures.get(name)
    if own is None:
        return request.getfixturevalue(name)
    function = own._fixture_function
    given = {n: request.getfixturevalue(n) for n in inspect.signature(function).parameters}
    made = function(**given)
    return await made if inspect.isawaitable(made) else made


def _own(switch: Switch) -> list[Case]:
    """The tests of its rows that name it, those of nothing but its rows first."""
    own = [case for case in CASES if case.rows & switch.rows and case.names(switch.code)]
    return sorted(own, key=lambda case: len(case.rows - switch.rows))


async def _noticing(
    own: list[Case], database: Database, request: pytest.FixtureRequest
) -> Case | None:
    """The first of its own tests that fails; the others need not run then."""
    for case in own:
        if await _fails(case, database, request):
            return case
    return None


def _others(own: list[Case], switch: Switch) -> list[Case]:
    """Some tests of other rows, of the same file as far as it has any; always the same."""
    rest = [case for case in CASES if not case.rows & switch.rows]
    random.Random(switch.name).shuffle(rest)
    module = own[0].test.__module__
    return sorted(rest, key=lambda case: case.test.__module__ != module)[:OTHERS]


@contextmanager
def _switched(switch: Switch) -> Generator[None]:
    holder, name, off = switch.off()
    on = getattr(holder, name)
    object.__setattr__(holder, name, off)
    seen.cache_clear()
    try:
        yield
    finally:
        object.__setattr__(holder, name, on)
        seen.cache_clear()


def test_every_rule_is_named_by_a_test_of_its_rows() -> None:
    assert [switch.name for switch in SWITCHES if not _own(switch)] == []


@pytest.mark.slow
@pytest.mark.rules
@pytest.mark.parametrize("switch", SWITCHES, ids=str)
async def test_without_it_its_own_test_fails_and_few_others(
    switch: Switch, database: Database, ask: Any, request: pytest.FixtureRequest
) -> None:
    own = _own(switch)
    others = _others(own, switch)
    with _switched(switch):
        noticing = await _noticing(own, database, request)
        failed = [case for case in others if await _fails(case, database, request)]
    assert noticing is not None, [case.test.__name__ for case in own]
    assert not await _fails(noticing, database, request), "it fails whatever is switched off"
    assert len(failed) <= len(others) / 2, [case.test.__name__ for case in failed]
