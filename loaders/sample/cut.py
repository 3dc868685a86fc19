"""How the sample that ships is cut from the public sources: facts only, always the same rows."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from loaders.sample.trades import trades
from loaders.sources import SOURCES, csco
from loaders.sources import skills_competition_facts as facts
from loaders.sources.organisations import organisation
from loaders.sources.patentsview_cn import CO_OWNERSHIP, MENTIONS, PATENTS
from loaders.sources.tables import table
from loaders.sources.task_phrases import phrases_only

Record = Mapping[str, str]

BEIJING = "110000000000"
PATENTS_OF_AN_INSTITUTE, PATENTS_OF_AN_ENTERPRISE, PATENTS_OF_A_TECHNOLOGY = 4, 2, 5
MOST_CLASSES = 3
TOPIC_FIELDS = ("Engineering", "Materials Science", "Computer Science")
TOPICS_OF_A_SUBFIELD = 3
# Texts, addresses and figures that are not needed, or not ours to pass on.
LEFT_OUT = frozenset(
    {
        "abstract", "summary", "cpc_additional", "inventors", "website", "market_cap", "isin",
        "Abstract", "PI Name", "Number Employees", "Contract End Date", "Branch",
    }
)  # fmt: skip


def cut(data: Path, into: Path) -> None:
    """Write the sample's files under `into` from the full sources under `data`."""
    patents = _patents(data / "patentsview-cn")
    for source, file, rows in (
        ("regions-cn", "divisions.csv", _divisions(data)),
        ("regions-cn", "beijing_townships.csv", _all(data, "regions-cn", "beijing_townships.csv")),
        ("isic4", "isic_rev4.csv", _industries(data)),
        ("csco", "csco22.csv", _occupations(data)),
        ("openalex-topics", "openalex_topic_subfield_mapping.csv", _topics(data)),
        ("companies-cn", "listed_companies_cn.csv", _companies(data)),
        ("patentsview-cn", PATENTS, patents.values()),
        ("patentsview-cn", MENTIONS, _of(patents, data, MENTIONS)),
        ("patentsview-cn", CO_OWNERSHIP, _of(patents, data, CO_OWNERSHIP)),
        ("sbir-awards", "sbir_awards.csv", _awards(data)),
        (facts.NAME, facts.MEDALS, _all(data, facts.NAME, facts.MEDALS)),
        (facts.NAME, facts.HONOURS, _all(data, facts.NAME, facts.HONOURS)),
        (facts.NAME, facts.ALLIANCES, _alliances(data)),
    ):
        _write(into / source / file, rows)
    names = sorted(path.name for path in into.iterdir() if path.is_dir())
    lines = [f"{name}: {SOURCES[name].TITLE}\n  {SOURCES[name].ATTRIBUTION}\n" for name in names]
    (into / "ATTRIBUTION.txt").write_text(_PREFACE + "\n".join(lines), "utf-8")


_PREFACE = """\
Facts (codes, names, dates, class symbols) from public sources; no abstracts, no summaries.
Cut with `jiangpu sample --cut`; task texts are reduced to the phrases that are mined from them.

"""


def _all(data: Path, source: str, file: str) -> Iterator[Record]:
    return (row for _, row in table(data / source, file))


def _alliances(data: Path) -> Iterator[Record]:
    for row in _all(data, facts.NAME, facts.ALLIANCES):
        if facts.DISTRICTS.isdisjoint(row.values()):
            yield row


def _divisions(data: Path) -> Iterator[Record]:
    for row in _all(data, "regions-cn", "divisions.csv"):
        if row["level"] == "province" or row["parent"] == BEIJING:
            yield row


def _industries(data: Path) -> Iterator[Record]:
    for row in _all(data, "isic4", "isic_rev4.csv"):
        if row["level"] in {"section", "division"}:
            yield row


def _occupations(data: Path) -> Iterator[Record]:
    """Those of the generator's trades and of the facts, with the groups above them."""
    rows = {row["code"]: row for row in _all(data, "csco", "csco22.csv")}
    prefixes = tuple(trade.occupations for trade in trades())
    wanted = {code for code in rows if code.startswith(prefixes)} | {*facts.OCCUPATIONS.values()}
    wanted &= rows.keys()
    for code in list(wanted):
        parent = csco.parent_of(code, rows)
        while parent:
            wanted.add(parent)
            parent = csco.parent_of(parent, rows)
    for code, row in rows.items():
        if code in wanted:
            texts = {name: phrases_only(row[name]) for name in ("definition", "tasks")}
            yield {**row, **texts}


def _topics(data: Path) -> Iterator[Record]:
    seen: dict[str, int] = defaultdict(int)
    for row in _all(data, "openalex-topics", "openalex_topic_subfield_mapping.csv"):
        seen[row["subfield"]] += 1
        if row["field"] in TOPIC_FIELDS and seen[row["subfield"]] <= TOPICS_OF_A_SUBFIELD:
            yield row


def _companies(data: Path) -> Iterator[Record]:
    for row in _all(data, "companies-cn", "listed_companies_cn.csv"):
        if row["city"] == "Beijing" and row["industry"]:
            yield row


def _awards(data: Path) -> Iterator[Record]:
    for row in _all(data, "sbir-awards", "sbir_awards.csv"):
        if row["RI Name"] and row["Agency"] != "Department of Defense":
            yield row


def _patents(directory: Path) -> dict[str, Record]:
    """Those that Chinese companies and institutes own together, and some more of their owners.

    Then some of any institute, until each technology of the generator's trades has a few.
    """
    shared = {row["patent_id"] for _, row in table(directory, CO_OWNERSHIP) if row["cn"] == "True"}
    rows = {row["patent_id"]: row for _, row in table(directory, PATENTS)}
    owners = {number: _owner_keys(row) for number, row in rows.items()}
    of_owners = {key: _most(key) for number in shared & rows.keys() for key in owners[number]}
    of_fields = {code: PATENTS_OF_A_TECHNOLOGY for trade in trades() for code in trade.cpc}
    chosen = dict.fromkeys(sorted(shared & rows.keys()))
    in_china = [n for n in sorted(rows) if rows[n]["cn_inventor"] == "1" and n not in chosen]
    chosen |= dict.fromkeys(n for n in in_china if _room(of_owners, owners[n]))
    for number in chosen:
        _room(of_fields, _subclasses(rows[number]))
    for number in in_china:
        institute = any(key.startswith("institute:") for key in owners[number])
        if number not in chosen and institute and _room(of_fields, _subclasses(rows[number])):
            chosen[number] = None
    return {number: _with_few_classes(rows[number]) for number in sorted(chosen)}


def _room(left: dict[str, int], keys: Iterable[str]) -> bool:
    """Whether one of the keys wants more; each that does then wants one less."""
    wanting = [key for key in dict.fromkeys(keys) if left.get(key, 0) > 0]
    left.update({key: left[key] - 1 for key in wanting})
    return bool(wanting)


def _subclasses(row: Record) -> list[str]:
    return [symbol[:4] for symbol in row["cpc_inventive"].split("|")[:MOST_CLASSES]]


def _with_few_classes(row: Record) -> Record:
    classes = row["cpc_inventive"].split("|")[:MOST_CLASSES]
    return {**row, "cpc_inventive": "|".join(classes)}


def _owner_keys(row: Record) -> list[str]:
    pairs = zip(row["assignees"].split("|"), row["assignee_kinds"].split("|"), strict=True)
    return [owner.key for name, kind in pairs if (owner := organisation(name, kind))]


def _most(key: str) -> int:
    return PATENTS_OF_AN_INSTITUTE if key.startswith("institute:") else PATENTS_OF_AN_ENTERPRISE


def _of(patents: Mapping[str, Record], data: Path, file: str) -> Iterator[Record]:
    for row in _all(data, "patentsview-cn", file):
        if row["patent_id"] in patents:
            yield row


def _write(path: Path, rows: Iterable[Record]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer: csv.DictWriter[str] | None = None
        for row in rows:
            if writer is None:
                writer = csv.DictWriter(file, list(row), lineterminator="\n")
                writer.writeheader()
            writer.writerow({k: "" if k in LEFT_OUT else v for k, v in row.items()})
