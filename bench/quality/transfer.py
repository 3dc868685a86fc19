"""Transfer: an award that a firm won with a research institution asks for the institution.

The institution is represented by the awards of other firms; all that have one compete.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from bench.quality.exam import Case, Exam, grouped, say, told
from bench.quality.figures import PLAIN, Vector
from bench.quality.reading import Line, cases_file, table, tables
from bench.quality.stock import Asked, Flags, Product, Stock
from graph.matching import research
from graph.matching.documents import Document
from graph.matching.names import likeness
from loaders.sources.organisation_names import fold

FILE = "sbir_awards.csv"
COLUMNS = ("Company", "Award Title", "RI Name")
PRODUCT = Product(research.FEATURES, research.AWARDS)
# fmt: off
STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "Hampshire", "NJ": "Jersey", "NM": "Mexico", "NY": "York", "NC": "North Carolina",
    "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania",
    "PR": "Puerto Rico", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Award:
    """What was paid for, to whom, where; `partner` is the institution, '' if there is none."""

    document: Document
    firm: str
    partner: str
    city: str
    state: str
    name: str

    @property
    def key(self) -> str:
        """The same in every file."""
        return f"{self.firm} {self.partner} {self.document.title}"


def award(row: Line) -> Award:
    """One row of the table; keywords count as text."""
    body = f"{row.get('Abstract', '')} {row.get('Research Keywords', '')}"
    return Award(
        Document(row["Award Title"], body),
        fold(row["Company"]),
        fold(row["RI Name"]),
        row.get("City", "").casefold().strip(),
        row.get("State", "").strip(),
        row["RI Name"],
    )


def read_awards(rows: Sequence[Line]) -> list[Award]:
    """Those with a partner, each once."""
    return [a for a in dict.fromkeys(map(award, rows)) if a.partner and a.firm]


def acquaintance(
    held: Sequence[Award], stock: Stock, asked: Award, left: Flags
) -> dict[str, Vector]:
    """Where the other firms of each institution are, and whether its name says the firm's place."""
    count = len(stock.names)
    in_state = np.array([a.state == asked.state != "" for a in held]) & left
    in_city = np.array([a.city == asked.city != "" for a in held]) & left
    awards = np.maximum(np.bincount(stock.owner[left], minlength=count), 1)
    state = np.bincount(stock.owner[in_state], minlength=count) / awards
    city = np.bincount(stock.owner[in_city], minlength=count) / awards
    like = likeness(f"{asked.city} {STATES.get(asked.state, '')}")
    spelt = {a.partner: a.name for a in held}
    named = np.array([like(spelt[name]) for name in stock.names])
    return {"place": (state + city) / 2, "name": named}


def exam(given: argparse.Namespace) -> Exam:
    """Every award with a partner that other firms worked with, too."""
    file = cases_file(given.cases, given.data)
    rows = tables(given.data, FILE, *COLUMNS)
    if not rows:
        say(f"no {FILE} in the folders of --data: the awards of {file} stand in for it")
        rows = table(file, *COLUMNS)
    held = read_awards(rows)
    names = sorted({a.partner for a in held})
    owner = np.array([names.index(a.partner) for a in held], dtype=np.intp)
    stock = Stock([a.document for a in held], names, owner)
    firms = np.array([a.firm for a in held])

    def measured(a: Award) -> Case | None:
        left = firms != a.firm
        facts = acquaintance(held, stock, a, left)
        return stock.case(Asked(a.key, a.firm, a.document, a.partner), left, facts, PRODUCT)

    def cases(file: Path, what: str) -> tuple[list[Case], dict[str, int]]:
        awards = read_awards(table(file, *COLUMNS))
        stock.compare([Asked(a.key, a.firm, a.document, a.partner) for a in awards])
        answerable = [case for a in told(awards, what) if (case := measured(a))]
        return answerable, {"no other firm worked with the answer": len(awards) - len(answerable)}

    examined, left_out = cases(file, "cases")
    train = cases(cases_file(given.train, given.data), "training cases")[0] if given.train else []
    return Exam(
        given.job, PRODUCT.names, PRODUCT.model.version, PRODUCT.weights, PLAIN,
        examined, left_out,
        partial(grouped, examined, train, PRODUCT.weights) if train else None,
    )  # fmt: skip
