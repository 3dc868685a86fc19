"""Which declarations carry each row of the policy, which tests prove it, and which rows are open.

A declaration carries the rows that its `policy` names or its description cites. A test proves the
rows of its `@pytest.mark.policy`.
"""

import ast
import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from graph.lifecycles.operations import OPERATIONS
from graph.matching import JOBS
from graph.model import MODEL, ClosedList, Property
from graph.rules.figures import FIGURES
from schema import QUERIES

HERE = Path(__file__).parent
MOST_IDS = 3
SHOWN = 6

SECTIONS = {
    "T": "0 Numbers and deadlines", "N": "1 Notice", "P": "2 Goals", "A": "3 Competitions",
    "M": "4 Mentoring", "B": "5 Training", "C": "6 Support plan", "E": "7 Honours",
    "S": "8 Studios", "V": "9 Achievements", "J": "10 Associations", "K": "11 Platform",
    "G": "12 Organisation", "H": "13 Supervision", "F": "14 Funding", "Y": "15 Publicity",
    "X": "16 Closed lists", "W": "17 Flows", "Z": "18 Facts from outside",
}  # fmt: skip

_CITED = re.compile(r"\b([A-Z])(\d\d)(?:–\1(\d\d))?\b")


@dataclass(frozen=True, slots=True)
class Covered:
    """A row, what carries it, what proves it, or why software cannot do it."""

    id: str
    term: str
    carriers: tuple[str, ...]
    tests: tuple[str, ...]
    reason: str

    @property
    def is_open(self) -> bool:
        """True if it is neither carried and proved, nor out of reach."""
        return not self.reason and not (self.carriers and self.tests)


def covered(tests: Path) -> list[Covered]:
    """All rows in the order of the policy; `tests` is the folder of the tests."""
    carriers: defaultdict[str, list[str]] = defaultdict(list)
    for row, carrier in carried():
        carriers[row].append(carrier)
    proofs: defaultdict[str, list[str]] = defaultdict(list)
    for test, rows in marked(tests):
        for row in rows:
            proofs[row].append(test)
    reasons = dict(_table("beyond.csv"))
    return [
        Covered(
            row,
            term,
            tuple(dict.fromkeys(carriers[row])),
            tuple(dict.fromkeys(proofs[row])),
            reasons.get(row, ""),
        )
        for row, term in _table("rows.csv")
    ]


def cited(text: str) -> Iterator[str]:
    """The rows that a text cites: E10, and all of E01–E12."""
    for letter, first, last in _CITED.findall(text):
        for number in range(int(first), int(last or first) + 1):
            yield f"{letter}{number:02}"


def carried() -> Iterator[tuple[str, str]]:
    """Pairs of a row and the declaration that carries it."""
    for name, policy, texts in chain(
        _operations(), _figures(), _types(), _relationships(), _matches(), _asked()
    ):
        for row in (*policy, *chain.from_iterable(map(cited, texts))):
            yield row, name


_Named = tuple[str, Iterable[str], Iterable[str]]


def _operations() -> Iterator[_Named]:
    for o in OPERATIONS.values():
        yield f"{o.name}()", o.policy, (o.description,)
        for rule in o.rules:
            yield f"{o.name}(): {rule.code}", rule.policy, ()


def _figures() -> Iterator[_Named]:
    for f in FIGURES.values():
        yield f"figure {f.code}", f.policy, ()


def _types() -> Iterator[_Named]:
    lists: dict[str, ClosedList] = {}
    for t in MODEL.node_types:
        yield t.label, t.policy, (t.description,)
        yield from _properties(t.label, t.properties)
        lists |= {p.choices.name: p.choices for p in t.properties if p.choices}
    for listed in lists.values():
        yield listed.name, listed.policy, (listed.description,)
        for choice in listed.choices:
            yield f"{listed.name}.{choice.name}", (), (choice.description,)


def _properties(owner: str, properties: tuple[Property, ...]) -> Iterator[_Named]:
    for p in properties:
        yield f"{owner}.{p.name}", p.policy, (p.description,)


def _relationships() -> Iterator[_Named]:
    for r in MODEL.relationship_types:
        name = f"({r.source})-[{r.type}]->({r.target})"
        ends = [end.description for end in (r.forward, r.backward) if end]
        yield name, r.policy, ends
        yield from _properties(name, r.properties)


def _matches() -> Iterator[_Named]:
    for job in JOBS.values():
        name = f"{job.name} match"
        yield name, job.rules, (job.description,)
        for condition in job.all_conditions:
            yield name, condition.rules, (condition.description,)
        for feature in job.features:
            yield f"{name}: {feature.name}", feature.rules, ()


def _asked() -> Iterator[_Named]:
    for question in QUERIES:
        yield f"{{ {question.field.graphql_name} }}", (), (question.field.description or "",)


_Rows = tuple[str, ...]


def marked(tests: Path) -> Iterator[tuple[str, _Rows]]:
    """Each test with a policy mark, as file::name, and the rows it names."""
    for file in sorted(tests.rglob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        name = file.relative_to(tests.parent).as_posix()
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from ((f"{name}::{test}", rows) for test, rows in _tests(node) if rows)


def _tests(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[str, _Rows]]:
    """The function, and each of its cases that has marks of its own."""
    calls = [
        node
        for node in chain.from_iterable(map(ast.walk, function.decorator_list))
        if isinstance(node, ast.Call)
    ]
    cases = [call for call in calls if ast.unparse(call.func) == "pytest.param"]
    of_cases = [node for case in cases for node in ast.walk(case)]
    yield function.name, tuple(_marks(call for call in calls if call not in of_cases))
    for case in cases:
        first = ast.unparse(case.args[0]).strip("'\"")
        marks = _marks(node for node in ast.walk(case) if isinstance(node, ast.Call))
        yield f"{function.name}[{first}]", tuple(marks)


def _marks(calls: Iterable[ast.Call]) -> Iterator[str]:
    for call in calls:
        if ast.unparse(call.func) == "pytest.mark.policy":
            yield from (str(a.value) for a in call.args if isinstance(a, ast.Constant))


def page(rows: list[Covered]) -> Iterator[str]:
    """The lines of docs/policy-coverage.md."""
    done = sum(1 for row in rows if row.carriers and row.tests)
    beyond = sum(1 for row in rows if row.reason)
    left = [row.id for row in rows if row.is_open]
    yield "# What of the policy is covered"
    yield ""
    yield (
        "Written by `jiangpu policy --coverage`; do not edit. A row is carried by declarations "
        "that name it, and proved by tests marked with it."
    )
    yield ""
    yield (
        f"{len(rows)} rows: {done} carried and proved, {beyond} beyond software, {len(left)} open."
    )
    if left:
        yield ""
        yield f"Open: {', '.join(left)}."
    for letter, title in SECTIONS.items():
        yield from (
            "",
            f"## {title}",
            "",
            "| row | | carried by | proved by |",
            "|---|---|---|---|",
        )
        for row in rows:
            if row.id.startswith(letter):
                proof = _some(row.tests) or row.reason or "**not yet**"
                yield f"| {row.id} | {row.term} | {_some(row.carriers)} | {proof} |"


def _some(names: tuple[str, ...]) -> str:
    shown = ", ".join(f"`{name.rpartition('/')[2]}`" for name in names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown


def _table(name: str) -> list[tuple[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [(row[0], row[1]) for row in csv.reader(file)][1:]
