"""Patents of all folders given: what they say, and who stands behind them; names are folded."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench.quality.reading import Line, Unreadable, listed, tables
from graph.matching.documents import Document
from graph.matching.names import name_words
from loaders.sources.organisation_names import fold, kind_of


@dataclass(frozen=True, slots=True)
class Patent:
    """A patent; `owners` are all that own it, folded, with `spelt` for their names as printed."""

    number: str
    document: Document
    owners: frozenset[str]
    institutes: frozenset[str]
    companies: frozenset[str]
    inventors: frozenset[str]
    cities: frozenset[str]
    filed: str
    spelt: Mapping[str, str]


@dataclass(frozen=True)
class Library:
    """All patents, each once, with one shelf to compare them on."""

    patents: Sequence[Patent]

    @cached_property
    def row(self) -> Mapping[str, int]:
        """Number -> place in `patents`."""
        return {p.number: n for n, p in enumerate(self.patents)}

    @cached_property
    def owned(self) -> Mapping[str, frozenset[int]]:
        """Organisation -> its patents."""
        return _index([p.owners for p in self.patents])

    @cached_property
    def in_city(self) -> Mapping[str, frozenset[int]]:
        """City -> the patents with an inventor there."""
        return _index([p.cities for p in self.patents])

    @cached_property
    def worded(self) -> Mapping[str, frozenset[str]]:
        """Word of a name -> the organisations with it."""
        spelt = list(self.spelt.items())
        words = _index([name_words(name) for _, name in spelt])
        return {word: frozenset(spelt[n][0] for n in at) for word, at in words.items()}

    @cached_property
    def invented(self) -> Mapping[str, frozenset[int]]:
        """Inventor -> the patents with that name."""
        return _index([p.inventors for p in self.patents])

    @cached_property
    def spelt(self) -> Mapping[str, str]:
        """Organisation -> its name as printed first."""
        found: dict[str, str] = {}
        for patent in self.patents:
            for owner, name in patent.spelt.items():
                found.setdefault(owner, name)
        return found


def _index(sets: Sequence[frozenset[str]]) -> dict[str, frozenset[int]]:
    found = defaultdict[str, set[int]](set)
    for n, members in enumerate(sets):
        for member in members:
            found[member].add(n)
    return {member: frozenset(held) for member, held in found.items()}


def read_library(folders: Sequence[Path]) -> Library:
    """The patents of all folders; one that is in two counts once."""
    rows = tables(folders, "patents.csv", "patent_id", "title")
    if not rows:
        raise Unreadable(f"no patents.csv in {', '.join(map(str, folders))} or right below")
    cities = defaultdict[str, set[str]](set)
    for mention in tables(folders, "inventor_mentions.csv", "patent_id"):
        if city := mention.get("city", "").casefold():
            cities[mention["patent_id"]].add(city)
    each = {row["patent_id"]: row for row in rows}
    return Library([_patent(row, frozenset(cities[number])) for number, row in each.items()])


def _patent(row: Line, cities: frozenset[str]) -> Patent:
    names = row.get("assignees", "").split("|")
    kinds = row.get("assignee_kinds", "").split("|")
    kinds += [""] * (len(names) - len(kinds))
    owners = {fold(o): _kind(o, k) for o, k in zip(names, kinds, strict=False) if fold(o)}
    fields = tuple(listed(f"{row.get('cpc_inventive', '')}|{row.get('cpc_additional', '')}"))
    return Patent(
        row["patent_id"],
        Document(row["title"], row.get("abstract", ""), fields),
        frozenset(owners),
        frozenset(o for o, kind in owners.items() if kind == "research"),
        frozenset(o for o, kind in owners.items() if kind == "company"),
        frozenset(name.casefold() for name in listed(row.get("inventors", ""))),
        cities,
        row.get("filing_date", ""),
        {fold(o): o for o in names if fold(o)},
    )


def _kind(name: str, given: str) -> str:
    """As the file says; where it says nothing, by the words of the name."""
    if given:
        return given
    return "research" if kind_of(name, given) == "ResearchInstitute" else "company"
