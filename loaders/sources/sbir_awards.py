"""SBIR and STTR awards: firms, the institutions that partner them, titles and amounts."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from loaders.rows import NodeRow, Part, Place, RejectedRow, RelationshipRow
from loaders.sources.organisation_names import OrganisationLabel, fold
from loaders.sources.organisations import Organisation, Register
from loaders.sources.tables import Row, filled, nodes, relationships, table

NAME = "sbir-awards"
TITLE = "SBIR / STTR awards of the United States (an AI-related search, 1983-2021)"
ATTRIBUTION = "sbir.gov, US federal records (public domain), by way of chrischow/dod_sbir_awards"
FILES = ("sbir_awards.csv",)

SOURCE = "sbir"
FIRM, PARTNER, NUMBER = "Company", "RI Name", "Agency Tracking Number"
COLUMNS = (
    NUMBER, FIRM, PARTNER, "Award Title", "Agency", "Phase", "Program", "Contract", "Award Year",
    "Award Amount", "City", "Research Keywords", "Abstract",
)  # fmt: skip
LABELS: Mapping[str, OrganisationLabel] = {FIRM: "Enterprise", PARTNER: "ResearchInstitute"}
KEYWORD_END = re.compile(r"[,;|\n]+")


def read(directory: Path) -> Iterator[Part]:
    """Awards, firms and partners. The column with the investigators' names is not read."""
    register = Register()
    cities: dict[Organisation, Mapping[str, object]] = {}
    for place, row in _rows(directory):
        for column in LABELS:
            if found := _organisation(row, column):
                register.add(found, row[column], place)
        if firm := _organisation(row, FIRM):
            cities.setdefault(firm, {"city": row["City"], "country": "United States"})
    yield nodes("ResearchAward", SOURCE, _awards(directory))
    for label in LABELS.values():
        yield from register.parts(label, cities)
    yield _linked(directory, FIRM, "AWARDED_TO")
    yield _linked(directory, PARTNER, "PARTNERED_BY")


def _rows(directory: Path) -> Iterator[Row]:
    return table(directory, FILES[0], *COLUMNS)


def _organisation(row: Mapping[str, str], column: str) -> Organisation | None:
    folded = fold(row[column])
    return Organisation(LABELS[column], folded) if folded else None


def _external_id(row: Mapping[str, str]) -> str:
    """One number stands for both phases and for several contracts."""
    return "/".join(filter(None, (row[NUMBER], row["Contract"], row["Phase"].split()[-1])))


def _awards(directory: Path) -> Iterator[NodeRow | RejectedRow]:
    lines: dict[str, int] = {}
    for place, row in _rows(directory):
        external_id = _external_id(row)
        first = lines.setdefault(external_id, place.line)
        yield (
            _award(place, row, external_id)
            if first == place.line
            else RejectedRow(
                place,
                NUMBER,
                row[NUMBER],
                f"the same number, contract and phase stand on line {first}, with another amount",
                "nothing to do: the first is kept",
            )
        )


def _award(place: Place, row: Mapping[str, str], external_id: str) -> NodeRow:
    keywords = (word.strip() for word in KEYWORD_END.split(row["Research Keywords"]))
    amount = row["Award Amount"]
    values = filled(
        external_id=external_id,
        title=row["Award Title"],
        abstract=row["Abstract"].strip(),
        programme=row["Program"],
        agency=row["Agency"],
        phase=row["Phase"],
        year=int(row["Award Year"]),
        amount=round(float(amount) * 100) if amount else None,
        currency="USD" if amount else None,
        keywords=list(dict.fromkeys(filter(None, keywords))),
    )
    return NodeRow(place, values)


def _linked(directory: Path, column: str, name: str) -> Part:
    rows = (
        RelationshipRow(place, f"{SOURCE}:{_external_id(row)}", found.key)
        for place, row in _rows(directory)
        if (found := _organisation(row, column))
    )
    return relationships(("ResearchAward", name, LABELS[column]), SOURCE, rows)
