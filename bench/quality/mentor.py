"""Who joins which team, a proxy for mentoring: a junior's first patent with a senior asks.

A senior is represented by the patents filed before it, with the senior's employer and without the
junior; juniors who first met one senior on one patent are one case. All seniors of the cases with
such a patent compete; where names count (evidence all), not those who are on the team that asks
already. The patent that asks is nobody's document.
"""

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import numpy as np

from bench.quality.exam import Case, Exam, grouped, told
from bench.quality.figures import PLAIN, Indices, Vector
from bench.quality.patents import Library, read_library
from bench.quality.reading import cases_file, table, tables
from bench.quality.stock import Asked, Flags, Product, Stock, together
from graph.matching import experts
from loaders.sources.organisation_names import fold

COLUMNS = ("junior", "senior", "assignee", "first_joint_patent")
PRODUCTS: Mapping[str, Product] = {
    "all": Product(experts.FEATURES, experts.MODEL),
    "text": Product(experts.FEATURES, experts.STRANGERS),
}


@dataclass(frozen=True, slots=True)
class Joined:
    """The first patent of some juniors with a senior, whom a name and an employer tell apart."""

    patent: str
    name: str
    employer: str
    juniors: frozenset[str]
    group: str

    @property
    def senior(self) -> str:
        """The senior as one text."""
        return f"{self.name}, {self.employer}"

    @property
    def key(self) -> str:
        """The same in every file."""
        return f"{self.patent} {self.senior}"


def read_cases(file: Path) -> list[Joined]:
    """The cases; those linked by a junior or a patent are one group."""
    juniors = defaultdict[tuple[str, str, str], set[str]](set)
    for row in table(file, *COLUMNS):
        junior, senior = (row[column].casefold().strip() for column in ("junior", "senior"))
        juniors[row["first_joint_patent"].strip(), senior, fold(row["assignee"])].add(junior)
    groups = together([frozenset({*met, patent}) for (patent, _, _), met in juniors.items()])
    return [
        Joined(*case, frozenset(met), group)
        for (case, met), group in zip(juniors.items(), groups, strict=True)
    ]


@dataclass(frozen=True)
class Seniors:
    """All seniors: row n of `stock` is patent `patent[n]` of the library."""

    library: Library
    stock: Stock
    patent: Indices
    home: Mapping[tuple[str, str], str]

    @cached_property
    def filed(self) -> np.ndarray:
        """The day on which each row's patent was filed."""
        return np.array([self.library.patents[n].filed for n in self.patent.tolist()])

    @cached_property
    def person(self) -> Sequence[tuple[str, ...]]:
        """Name and employer of each candidate."""
        return [tuple(name.rsplit(", ", 1)) for name in self.stock.names]

    @cached_property
    def rows_of(self) -> Mapping[int, Sequence[int]]:
        """Patent -> its rows."""
        found = defaultdict[int, list[int]](list)
        for row, patent in enumerate(self.patent.tolist()):
            found[patent].append(row)
        return found

    def asked(self, case: Joined) -> Asked:
        """The question that a case puts."""
        document = self.library.patents[self.library.row[case.patent]].document
        return Asked(case.key, case.group, document, case.senior)

    def left(self, case: Joined) -> Flags:
        """Which rows were filed before, are not the asking patent and not the juniors'."""
        asking = self.library.row[case.patent]
        left = self.filed < self.library.patents[asking].filed
        gone = {asking}.union(*(self.library.invented.get(j, ()) for j in case.juniors))
        left[[row for patent in gone for row in self.rows_of.get(patent, ())]] = False
        return left

    def team(self, case: Joined) -> frozenset[str]:
        """The inventors of the asking patent, without the juniors and the senior."""
        asking = self.library.patents[self.library.row[case.patent]]
        return asking.inventors - case.juniors - {case.name}

    def not_on(self, team: frozenset[str]) -> Flags:
        """Which rows are of candidates who are not on the team that asks already."""
        outside = np.array([name not in team for name, _ in self.person])
        return outside[self.stock.owner]

    def acquaintance(self, case: Joined, left: Flags) -> Mapping[str, Vector]:
        """Of everybody: the same employer, joint work with the team, patents of the city."""
        library, owner, count = self.library, self.stock.owner, len(self.stock.names)
        asking = library.patents[library.row[case.patent]]
        employers = asking.owners | {case.employer}
        employer = np.array([float(employer in employers) for _, employer in self.person])
        patents = np.maximum(np.bincount(owner[left], minlength=count), 1)
        cities = {self.home.get((case.patent, junior), "") for junior in case.juniors}
        there = frozenset[int]().union(*(library.in_city.get(city, ()) for city in cities))
        here = left & np.isin(self.patent, list(there))
        place = np.bincount(owner[here], minlength=count) / patents
        return {"employer": employer, "place": place, **self._joint(case, left, patents)}

    def _joint(self, case: Joined, left: Flags, patents: Vector) -> Mapping[str, Vector]:
        """Of everybody: colleagues on the team, their share of it, how much they did together."""
        library, team = self.library, self.team(case)
        colleagues, together = np.zeros(len(patents)), np.zeros(len(patents))
        day = library.patents[library.row[case.patent]].filed
        gone = frozenset[int]().union(*(library.invented.get(j, ()) for j in case.juniors))
        for mate in team:
            earlier = [p for p in library.invented[mate] - gone if library.patents[p].filed < day]
            rows = [row for p in earlier for row in self.rows_of.get(p, ()) if left[row]]
            joint = np.bincount(self.stock.owner[rows], minlength=len(patents))
            colleagues += joint > 0
            together += joint / np.sqrt(patents * max(len(earlier), 1))
        size = max(len(team), 1)
        return {"colleagues": colleagues, "team": colleagues / size, "together": together / size}


def seniors(library: Library, cases: Sequence[Joined], folders: Sequence[Path]) -> Seniors:
    """The seniors of the cases with all patents of that name and employer."""
    names = sorted({c.senior for c in cases})
    people = {c.senior: (c.name, c.employer) for c in cases}
    held = [
        (n, patent)
        for n, senior in enumerate(names)
        for patent in sorted(library.invented.get(people[senior][0], ()))
        if people[senior][1] in library.patents[patent].owners
    ]
    owner, patent = np.array(held, dtype=np.intp).reshape(-1, 2).T
    documents = [library.patents[n].document for n in patent.tolist()]
    home = {
        (m["patent_id"], f"{m.get('first', '')} {m.get('last', '')}".casefold()): city
        for m in tables(folders, "inventor_mentions.csv", "patent_id")
        if (city := m.get("city", "").casefold())
    }
    return Seniors(library, Stock(documents, names, owner), patent, home)


def exam(given: argparse.Namespace) -> Exam:
    """Every case whose senior has an earlier patent without the junior."""
    library = read_library(given.data)
    product = PRODUCTS[given.evidence]

    def cases(file: Path, what: str) -> tuple[list[Case], dict[str, int]]:
        every = read_cases(cases_file(file, given.data))
        known = [c for c in every if c.patent in library.row]
        candidates = seniors(library, every, given.data)
        candidates.stock.compare([candidates.asked(c) for c in known])

        def measured(case: Joined) -> Case | None:
            left = candidates.left(case)
            if given.evidence == "all":
                left &= candidates.not_on(candidates.team(case))
            facts = candidates.acquaintance(case, left) if given.evidence == "all" else {}
            return candidates.stock.case(candidates.asked(case), left, facts, product)

        answerable = [found for c in told(known, what) if (found := measured(c))]
        return answerable, {
            "patent not in the data": len(every) - len(known),
            "senior has no earlier patent": len(known) - len(answerable),
        }

    examined, left_out = cases(given.cases, "cases")
    train = cases(given.train, "training cases")[0] if given.train else []
    return Exam(
        given.job,
        product.names,
        product.model.version,
        product.weights,
        PLAIN,
        examined,
        left_out,
        partial(grouped, examined, train, product.weights) if train else None,
        {"evidence": given.evidence},
    )
