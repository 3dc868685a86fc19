"""How well a patent finds the institute that co-owned it: python -m bench.research [--data DIR].

A Chinese patent owned by a company and an institute asks, with the co-ownership removed: the
institute is represented by its other patents, without those shared with the same company. All
institutes with a patent left compete, and equal scores share the middle of their ranks.
"""

import argparse
import csv
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bench.measure import told
from graph.matching import research
from graph.matching.documents import Document, Indices, Shelf, document_inputs, shelf
from graph.matching.features import Vector, score
from graph.matching.text import sparse_rows
from loaders.sources.organisation_names import fold

FOLDER = Path(__file__).parents[2] / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Patent:
    """What a patent says, and who stands behind it; names are folded."""

    document: Document
    owners: frozenset[str]
    institutes: frozenset[str]
    inventors: frozenset[str]
    cities: frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """A patent, the company that asks with it, the institute to be found."""

    patent: str
    company: str
    institute: str


@dataclass(frozen=True, slots=True)
class Library:
    """Every patent of every institute: `institutes[owner[n]]` owns `owned[n]`."""

    patents: Mapping[str, Patent]
    institutes: tuple[str, ...]
    owned: tuple[Patent, ...]
    owner: Indices
    shelf: Shelf

    def left(self, case: Case) -> Indices:
        """The rows that are neither the case's own patent nor shared with its company."""
        asked = self.patents[case.patent]
        return np.flatnonzero([p is not asked and case.company not in p.owners for p in self.owned])


Scorer = Callable[[Case, Indices], Vector]


def blind(library: Library) -> Scorer:
    """By how many patents an institute has left."""
    size = len(library.institutes)
    return lambda _, rows: np.bincount(library.owner[rows], minlength=size).astype(np.float64)


def tf_idf(library: Library, best: int) -> Scorer:
    """Mean cosine of the `best` patents of an institute, over the library's own words."""
    counted = {id(p): Counter(_words(p)) for p in library.patents.values()}
    held_by = Counter(w for p in library.owned for w in counted[id(p)])
    weight = {w: 1 + math.log(len(library.owned) / n) for w, n in held_by.items()}
    columns = {w: n for n, w in enumerate(weight)}

    def direction(patent: Patent) -> dict[str, float]:
        row = {w: n * weight[w] for w, n in counted[id(patent)].items() if w in weight}
        length = math.hypot(*row.values()) or 1.0
        return {w: value / length for w, value in row.items()}

    rows_of = sparse_rows([direction(p) for p in library.owned], columns)

    def scores(case: Case, rows: Indices) -> Vector:
        asked = sparse_rows([direction(library.patents[case.patent])], columns)
        cosine = (asked @ rows_of.T).toarray()[0, rows]
        owner = library.owner[rows]
        order = np.lexsort((-cosine, owner))
        place = np.arange(len(rows)) - np.searchsorted(owner[order], owner[order])
        chosen = order[place < best]
        return np.bincount(owner[chosen], cosine[chosen], len(library.institutes)) / best

    return scores


def _words(patent: Patent) -> list[str]:
    return re.findall(r"\w+", f"{patent.document.title} {patent.document.body}".lower())


def matching(library: Library, evidence: str) -> Scorer:
    """The product's own features and weights; `text` is what a firm knows of a stranger."""
    size = len(library.institutes)

    def scores(case: Case, rows: Indices) -> Vector:
        asked = library.patents[case.patent]
        near = library.shelf.near([asked.document], research.MODEL)
        facts = {f.name: np.zeros(size) for f in research.FEATURES}
        if evidence == "all":
            facts |= _acquaintance(library, asked, rows)
        inputs = document_inputs(near.of(rows), library.owner[rows], size, facts)
        return score(research.FEATURES, research.MODEL, inputs).totals

    return scores


def _acquaintance(library: Library, asked: Patent, rows: Indices) -> dict[str, Vector]:
    """Whether the institute's usual city is the question's, and how many inventors they share."""
    people = defaultdict[int, set[str]](set)
    cities = defaultdict[int, Counter[str]](Counter)
    for row, n in zip(rows.tolist(), library.owner[rows].tolist(), strict=True):
        people[n] |= library.owned[row].inventors & asked.inventors
        cities[n].update(library.owned[row].cities)
    everyone = range(len(library.institutes))
    shared = np.array([len(people[n]) for n in everyone], dtype=np.float64)
    usual = [cities[n].most_common(1) for n in everyone]
    place = [float(bool(city) and city[0][0] in asked.cities) for city in usual]
    return {"people": shared / (shared + 1), "place": np.array(place)}


@dataclass(frozen=True, slots=True)
class Figures:
    """How often the institute was found, over the cases that can be answered."""

    cases: int
    hit_1: float
    hit_10: float
    mrr: float
    macro_hit_10: float
    hit_10_without_largest: float


def measure(library: Library, cases: Sequence[Case], scorer: Scorer) -> Figures:
    """Rank all institutes for every case that can be answered."""
    ranks = defaultdict[str, list[float]](list)
    for case in cases:
        rows = library.left(case)
        competing = np.unique(library.owner[rows])
        wanted = library.institutes.index(case.institute)
        if wanted in competing:
            scores = scorer(case, rows)
            ranks[case.institute].append(middle_rank(scores[competing], scores[wanted]))
    return _figures(ranks)


def middle_rank(scores: Vector, own: float) -> float:
    """The rank of a score, from 1; equal scores share the middle of the ranks they take."""
    return float((scores > own).sum() + ((scores == own).sum() + 1) / 2)


def _figures(ranks: Mapping[str, Sequence[float]]) -> Figures:
    everything = [r for of_one in ranks.values() for r in of_one]
    largest = max(ranks, key=lambda institute: len(ranks[institute]), default="")
    others = [r for institute in ranks if institute != largest for r in ranks[institute]]
    return Figures(
        cases=len(everything),
        hit_1=_mean([r <= 1 for r in everything]),
        hit_10=_mean([r <= 10 for r in everything]),
        mrr=_mean([1 / r for r in everything]),
        macro_hit_10=_mean([_mean([r <= 10 for r in of_one]) for of_one in ranks.values()]),
        hit_10_without_largest=_mean([r <= 10 for r in others]),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(len(values), 1)


def read_library(data: Path) -> Library:
    """All patents, and the institutes that own any."""
    cities = defaultdict[str, set[str]](set)
    for row in _rows(data / "inventor_mentions.csv"):
        cities[row["patent_id"]].add(row["city"].lower())
    patents = {
        row["patent_id"]: _patent(row, frozenset(cities[row["patent_id"]]))
        for row in _rows(data / "patents.csv")
    }
    institutes = tuple(sorted({i for p in patents.values() for i in p.institutes}))
    number = {institute: n for n, institute in enumerate(institutes)}
    held = [(p, number[i]) for p in patents.values() for i in sorted(p.institutes)]
    return Library(
        patents,
        institutes,
        tuple(p for p, _ in held),
        np.array([n for _, n in held]),
        shelf([p.document for p, _ in held]),
    )


def _patent(row: Mapping[str, str], cities: frozenset[str]) -> Patent:
    kinds = row["assignee_kinds"].split("|")
    owners = [(fold(o), k) for o, k in zip(row["assignees"].split("|"), kinds, strict=True)]
    fields = [c for c in f"{row['cpc_inventive']}|{row['cpc_additional']}".split("|") if c]
    return Patent(
        Document(row["title"], row["abstract"], fields),
        frozenset(o for o, _ in owners),
        frozenset(o for o, kind in owners if kind == "research"),
        frozenset(row["inventors"].lower().split("|")),
        cities,
    )


def read_cases(file: Path) -> list[Case]:
    """The Chinese cases, each once."""
    return list(
        dict.fromkeys(
            Case(row["patent_id"], fold(row["company"]), fold(row["research_org"]))
            for row in _rows(file)
            if row["cn"] == "True"
        )
    )


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=FOLDER, help="folder with patentsview-cn/")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    arguments = parser.parse_args()
    data = arguments.data / "patentsview-cn"
    if not data.is_dir():
        raise SystemExit(f"{data} is not there; --data names the folder of the public sources")
    library = read_library(data)
    cases = read_cases(data / "company_research_coownership.csv")
    rows = {
        "blind: number of patents": blind(library),
        "TF-IDF, best patent": tf_idf(library, 1),
        "TF-IDF, mean of best 5": tf_idf(library, 5),
        "researchMatches, text": matching(library, "text"),
        "researchMatches, all": matching(library, "all"),
    }
    figures = {name: asdict(measure(library, cases, scorer)) for name, scorer in rows.items()}
    print(f"{'':26}" + "".join(f"{key:>24}" for key in Figures.__annotations__))
    for name, row in figures.items():
        shown = [f"{v:24.3f}" if isinstance(v, float) else f"{v:24}" for v in row.values()]
        print(f"{name:26}" + "".join(shown))
    told(figures, arguments)


if __name__ == "__main__":
    main()
