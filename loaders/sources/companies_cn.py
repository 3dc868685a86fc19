"""Companies listed in Shanghai and Shenzhen, with their industry."""

import csv
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from loaders.rows import NodeRow, Part, Place, RejectedRow, RelationshipRow
from loaders.sources.organisation_names import fold
from loaders.sources.organisations import BEIJING, KEY_SPACE
from loaders.sources.tables import Row, filled, nodes, relationships, table

NAME = "companies-cn"
TITLE = "Companies listed in Shanghai and Shenzhen (2026-08)"
ATTRIBUTION = "JerBouma/FinanceDatabase (MIT)"
FILES = ("listed_companies_cn.csv",)

SOURCE = KEY_SPACE["Enterprise"]
COLUMNS = ("symbol", "name", "sector", "industry", "country", "city", "summary")
FUND = re.compile(
    r"\b(?:funds?|fds?|lof|etf|fof|qdii\w*|mmkt|mixed|mix|mxd|index|idx|bond|bd|bal|alloc|flex)\b",
    re.IGNORECASE,
)


def read(directory: Path) -> Iterator[Part]:
    """Companies; funds that the exchanges also list are rejected. A and B shares are one."""
    entries = [(place, row, _refusal(place, row)) for place, row in _rows(directory)]
    companies = [(place, row) for place, row, refusal in entries if refusal is None]
    merged = _merged(companies)
    yield nodes(
        "Enterprise",
        SOURCE,
        (
            refusal or _enterprise(place, merged[fold(row["name"])])
            for place, row, refusal in entries
        ),
    )
    industries = _isic_of_gics()
    yield relationships(
        ("Enterprise", "IN_INDUSTRY", "Industry"),
        SOURCE,
        (
            RelationshipRow(place, _key(row), f"isic:{industries[row['industry']]}")
            for place, row in companies
            if row["industry"] in industries
        ),
    )
    yield relationships(
        ("Enterprise", "LOCATED_IN", "District"),
        SOURCE,
        (
            RelationshipRow(place, _key(row), BEIJING)
            for place, row in companies
            if row["city"] == "Beijing"
        ),
    )


def _isic_of_gics() -> dict[str, str]:
    """The vendor's industries are those of GICS: the division of ISIC that each falls in."""
    text = files("loaders.sources").joinpath("gics_to_isic.csv").read_text("utf-8")
    return {row["gics"]: row["isic"] for row in csv.DictReader(text.splitlines())}


def _rows(directory: Path) -> Iterator[Row]:
    return table(directory, FILES[0], *COLUMNS)


def _key(row: Mapping[str, str]) -> str:
    return f"{SOURCE}:{fold(row['name'])}"


def _refusal(place: Place, row: Mapping[str, str]) -> RejectedRow | None:
    if not fold(row["name"]):
        return RejectedRow(place, "name", row["name"], "no name", "name the company")
    if not row["industry"] and FUND.search(row["name"]):
        reason, remedy = "a fund, not an enterprise", "nothing to do: funds are left out"
        return RejectedRow(place, "name", row["name"], reason, remedy)
    return None


def _merged(companies: list[Row]) -> dict[str, dict[str, str]]:
    """Form of the name -> what all its rows say: the first that says it, and every symbol."""
    merged: dict[str, dict[str, str]] = {}
    for _, row in companies:
        known = merged.setdefault(fold(row["name"]), {"symbol": ""})
        symbols = f"{known['symbol']} {row['symbol']}".strip()
        known |= {column: value for column, value in row.items() if value and column not in known}
        known["symbol"] = symbols
    return merged


def _enterprise(place: Place, row: Mapping[str, str]) -> NodeRow:
    values = filled(
        external_id=fold(row["name"]),
        name=row["name"],
        name_en=row["name"],
        summary=row.get("summary"),
        ticker=row["symbol"],
        sector=": ".join(filter(None, (row.get("sector"), row.get("industry")))),
        city=row.get("city"),
        country=row.get("country"),
    )
    return NodeRow(place, values)
