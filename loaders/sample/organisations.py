"""Made-up unions and enterprises: a region tree and a system tree, as the policy names them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from loaders.rows import Part
from loaders.sample.names import FIRM_WORDS
from loaders.sample.population import Population
from loaders.sample.records import Link, links, things

MARK = "（合成）"
DEVELOPMENT_ZONE, DISTRICT_OF_THE_ZONE = "北京经济技术开发区", "大兴区"
BUREAUS = ("北京市科学技术局", "北京市经济和信息化局")
UNIVERSITIES = ("北京职工大学",)
GROUPS = 6  # the largest enterprises have a union of their own in the system tree
IN_THE_ZONE = 5  # one in five enterprises of its district

Entry = tuple[str, Mapping[str, Any]]


def enterprise(number: int) -> str:
    """External id of an enterprise."""
    return f"f{number}"


def grass_roots_union(number: int) -> str:
    """External id of the union of an enterprise, in the region tree."""
    return f"u-f{number}"


def system_union(population: Population, number: int) -> str:
    """External id of the union of an enterprise's group or industry, in the system tree."""
    return f"u-g{number}" if number < GROUPS else f"u-i-{population.line(number).trade.union}"


def enterprise_name(population: Population, number: int) -> str:
    """A name that no real firm bears: it ends with the mark."""
    district = _district(population, number)[1].removesuffix("区")
    serial, word = divmod(number, len(FIRM_WORDS))
    numbered = f"第{serial}" if serial else ""
    union = population.line(number).trade.union
    return f"北京{district}{FIRM_WORDS[word]}{numbered}{union}有限公司{MARK}"


def organisation_parts(population: Population) -> Iterator[Part]:
    """Enterprises, unions, and what they answer for."""
    numbers = range(len(population.enterprises.line))
    yield things(population, "Enterprise", (_enterprise(population, n) for n in numbers))
    yield links(
        population,
        ("Enterprise", "LOCATED_IN", "District"),
        ((population.key(enterprise(n)), _district(population, n)[0]) for n in numbers),
    )
    yield links(
        population,
        ("Enterprise", "IN_INDUSTRY", "Industry"),
        ((population.key(enterprise(n)), population.line(n).industry) for n in numbers),
    )
    yield things(population, "Union", _unions(population))
    yield links(population, ("Union", "SUBORDINATE_TO", "Union"), _above(population))
    yield links(population, ("Union", "COVERS_DISTRICT", "District"), _covered(population))
    industries = {(f"u-i-{v.trade.union}", v.industry) for v in population.vocabulary.lines}
    yield links(
        population,
        ("Union", "COVERS_INDUSTRY", "Industry"),
        ((population.key(union), industry) for union, industry in sorted(industries)),
    )
    yield links(population, ("Union", "REPRESENTS", "Enterprise"), _represented(population))


def _district(population: Population, number: int) -> tuple[str, str]:
    return population.vocabulary.districts[population.enterprises.district[number]]


def _enterprise(population: Population, number: int) -> Entry:
    name = enterprise_name(population, number)
    values = {"name": name, "sector": population.line(number).trade.union}
    return enterprise(number), {**values, "city": "Beijing", "country": "China"}


def _unions(population: Population) -> Iterator[Entry]:
    def union(external_id: str, name: str, kind: str, tree: str = "SYSTEM") -> Entry:
        return external_id, {"name": f"{name}{MARK}", "type": kind, "tree": tree}

    yield union("u-m", "北京市总工会", "MUNICIPAL", "REGION")
    for _, name in population.vocabulary.districts:
        yield union(f"u-d-{name}", f"{name}总工会", "DISTRICT_COUNTY", "REGION")
    yield union("u-z", f"{DEVELOPMENT_ZONE}总工会", "DEV_ZONE", "REGION")
    for name in dict.fromkeys(line.trade.union for line in population.vocabulary.lines):
        yield union(f"u-i-{name}", f"北京市{name}工会", "INDUSTRY")
    for name in BUREAUS:
        yield union(f"u-b-{name}", f"{name}工会", "BUREAU")
    for name in UNIVERSITIES:
        yield union(f"u-h-{name}", f"{name}工会", "UNIVERSITY")
    for number in range(len(population.enterprises.line)):
        name = enterprise_name(population, number).removesuffix(MARK)
        if number < GROUPS:
            yield union(f"u-g{number}", f"{name}集团工会", "GROUP_COMPANY")
        grass_roots = grass_roots_union(number)
        yield union(grass_roots, f"{name}工会", "DIRECT_GRASSROOTS", "REGION")


def _above(population: Population) -> Iterator[Link]:
    """Grass-roots unions lie under their district or zone, all others under the municipal one."""
    top = population.key("u-m")
    for external_id, _ in _unions(population):
        if not external_id.startswith(("u-m", "u-f")):
            yield population.key(external_id), top
    for number in range(len(population.enterprises.line)):
        _, name = _district(population, number)
        zone = name == DISTRICT_OF_THE_ZONE and number % IN_THE_ZONE == 0
        over = "u-z" if zone else f"u-d-{name}"
        yield population.key(grass_roots_union(number)), population.key(over)


def _covered(population: Population) -> Iterable[Link]:
    for key, name in population.vocabulary.districts:
        yield population.key(f"u-d-{name}"), key
        if name == DISTRICT_OF_THE_ZONE:
            yield population.key("u-z"), key


def _represented(population: Population) -> Iterator[Link]:
    for number in range(len(population.enterprises.line)):
        firm = population.key(enterprise(number))
        yield population.key(grass_roots_union(number)), firm
        if number < GROUPS:
            yield population.key(f"u-g{number}"), firm
