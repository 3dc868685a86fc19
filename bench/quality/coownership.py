"""Research and adoption: a co-owned patent asks for the other of its two owners.

The co-ownership is taken away first: a candidate is represented by its other patents, without
those that it shares with the organisation that asks. All candidates with a patent left compete.
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path

import numpy as np

from bench.quality.exam import Case, Exam, evenly, grouped, told
from bench.quality.figures import ORGANISATIONS, Indices, Vector
from bench.quality.patents import Library, Patent, read_library
from bench.quality.reading import cases_file, table
from bench.quality.stock import Asked, Flags, Product, Stock, together
from graph.matching import research, transfer
from graph.matching.names import likeness, name_words
from loaders.sources.organisation_names import fold

PRODUCTS: Mapping[tuple[str, str], Product] = {
    ("research", "all"): Product(research.FEATURES, research.MODEL),
    ("research", "text"): Product(research.FEATURES, research.STRANGERS),
    ("adoption", "all"): Product(transfer.TRANSFER.features, transfer.TRANSFER.model),
    ("adoption", "text"): Product(transfer.TRANSFER.features, transfer.STRANGERS),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A patent, who asks with it, who is to be found, and whose cases stay together."""

    patent: str
    asking: str
    wanted: str
    group: str

    @property
    def key(self) -> str:
        """The same in every file."""
        return f"{self.patent} {self.asking} {self.wanted}"


@dataclass(frozen=True)
class Side:
    """Who is looked for: row n of `stock` is patent `patent[n]` of the library."""

    library: Library
    stock: Stock
    patent: Indices

    @cached_property
    def rows_of(self) -> Mapping[int, Sequence[int]]:
        """Patent -> its rows."""
        found = defaultdict[int, list[int]](list)
        for row, patent in enumerate(self.patent.tolist()):
            found[patent].append(row)
        return found

    @cached_property
    def cities(self) -> Vector:
        """How many cities the inventors of each row's patent work in."""
        return np.array([len(self.library.patents[n].cities) for n in self.patent.tolist()], float)

    def asked(self, pair: Pair) -> Asked:
        """The question that a pair puts."""
        document = self.library.patents[self.library.row[pair.patent]].document
        return Asked(pair.key, pair.group, document, pair.wanted)

    def left(self, pair: Pair) -> Flags:
        """Which rows are neither the asking patent nor shared with who asks."""
        gone = self.library.owned.get(pair.asking, frozenset()) | {self.library.row[pair.patent]}
        left = np.ones(len(self.patent), dtype=np.bool_)
        left[[row for patent in gone for row in self.rows_of.get(patent, ())]] = False
        return left


def side(library: Library, owners: Callable[[Patent], frozenset[str]]) -> Side:
    """Everybody on one side, with all their patents."""
    names = sorted({o for p in library.patents for o in owners(p)})
    number = {name: n for n, name in enumerate(names)}
    held = sorted((number[o], n) for n, p in enumerate(library.patents) for o in owners(p))
    owner, patent = np.array(held, dtype=np.intp).reshape(-1, 2).T
    documents = [library.patents[n].document for n in patent.tolist()]
    return Side(library, Stock(documents, names, owner), patent)


def acquaintance(side: Side, pair: Pair, left: Flags) -> Mapping[str, Vector]:
    """Of everybody: inventors in common, share of places, names alike, sister firms."""
    library, stock = side.library, side.stock
    count = len(stock.names)
    asked = library.patents[library.row[pair.patent]]

    def rows(patents: frozenset[int]) -> list[int]:
        return [row for n in patents for row in side.rows_of.get(n, ()) if left[row]]

    people, name, sister = np.zeros(count), np.zeros(count), np.zeros(count)
    for inventor in asked.inventors:
        people[list({stock.owner[row] for row in rows(library.invented[inventor])})] += 1
    there = np.zeros(len(left))
    for city in asked.cities:
        there[rows(library.in_city[city])] += 1
    cities = np.bincount(stock.owner[left], side.cities[left], count)
    place = np.bincount(stock.owner[left], there[left], count) / np.maximum(cities, 1)
    for other, like in _alike(library, pair.asking).items():
        at = stock.at(other)
        if at >= 0:
            name[at] = like
        partners = list({stock.owner[row] for row in rows(library.owned[other])} - {at})
        sister[partners] = np.maximum(sister[partners], like)
    return {"people": people, "place": place, "name": name, "sister": sister}


def _alike(library: Library, asking: str) -> dict[str, float]:
    """Organisations with a name like that of who asks, and how like."""
    name = library.spelt.get(asking, asking)
    like = likeness(name)
    others = {o for word in name_words(name) for o in library.worded.get(word, ())} - {asking}
    return {o: found for o in sorted(others) if (found := like(library.spelt[o])) > 0}


def read_pairs(file: Path, *, cn_only: bool, for_research: bool) -> list[Pair]:
    """The cases, each once; those who ask are the companies, or for adoption the institutes.

    The cases of one firm are a group, and with them those of firms that own a patent in common.
    """
    rows = table(file, "patent_id", "company", "research_org")
    known = dict.fromkeys(
        (row["patent_id"], fold(row["company"]), fold(row["research_org"]))
        for row in rows
        if not cn_only or row.get("cn", "").casefold() in {"true", "1", "yes"}
    )
    groups = together([frozenset((f"firm {firm}", patent)) for patent, firm, _ in known])
    return [
        Pair(patent, *((firm, institute) if for_research else (institute, firm)), group)
        for (patent, firm, institute), group in zip(known, groups, strict=True)
    ]


def exam(given: argparse.Namespace) -> Exam:
    """Every case measured; those that cannot be answered are counted."""
    for_research = given.job == "research"
    library = read_library(given.data)
    competitors = side(library, lambda p: p.institutes if for_research else p.companies)
    product = PRODUCTS[given.job, given.evidence]

    @cache
    def measured(pair: Pair) -> Case | None:
        left = competitors.left(pair)
        facts = acquaintance(competitors, pair, left) if given.evidence == "all" else {}
        return competitors.stock.case(competitors.asked(pair), left, facts, product)

    def cases(file: Path, what: str) -> tuple[list[Case], dict[str, int]]:
        file = cases_file(file, given.data)
        pairs = read_pairs(file, cn_only=given.cn_only, for_research=for_research)
        known = [p for p in pairs if p.patent in library.row]
        competitors.stock.compare([competitors.asked(p) for p in known])
        answerable = [case for p in told(known, what) if (case := measured(p))]
        return answerable, {
            "patent not in the data": len(pairs) - len(known),
            "answer has no other patent": len(known) - len(answerable),
        }

    examined, left_out = cases(given.cases, "cases")
    train = evenly(cases(given.train, "training cases")[0]) if given.train else []
    return Exam(
        given.job,
        product.names,
        product.model.version,
        product.weights,
        ORGANISATIONS,
        examined,
        left_out,
        partial(grouped, examined, train, product.weights) if train else None,
        {"evidence": given.evidence, "cn_only": given.cn_only},
    )
