"""Symbols of the Cooperative Patent Classification and the tree above them."""

from collections.abc import Iterable, Iterator, Mapping

from loaders.rows import NodeRow, Part, Place, RelationshipRow
from loaders.sources.tables import filled, nodes, relationships
from loaders.sources.titles import titles

SOURCE = "cpc"


def branch(symbol: str) -> list[str]:
    """From the section down to the symbol: G, G03, G03F, G03F7/00, G03F7/2037."""
    lineage = [symbol[:length] for length in (1, 3, 4) if len(symbol) >= length]
    group, slash, _ = symbol.partition("/")
    if slash:
        lineage.append(f"{group}/00")
    if symbol not in lineage:
        lineage.append(symbol)
    return lineage


def technology_fields(symbols: Mapping[str, Place]) -> Iterator[Part]:
    """These symbols, the classes that have titles, and all above them."""
    titled = {code: Place("titles.csv", 1) for code in titles("cpc")}
    places: dict[str, Place] = {}
    parents: dict[str, str] = {}
    for symbol, place in {**titled, **symbols}.items():
        lineage = branch(symbol)
        for code in lineage:
            places.setdefault(code, place)
        parents.update(zip(lineage[1:], lineage, strict=False))
    yield nodes("TechnologyField", SOURCE, _nodes(places), counted=False)
    yield relationships(
        ("TechnologyField", "BROADER", "TechnologyField"),
        SOURCE,
        (
            RelationshipRow(places[code], f"{SOURCE}:{code}", f"{SOURCE}:{parent}")
            for code, parent in parents.items()
        ),
    )


def _nodes(places: Mapping[str, Place]) -> Iterable[NodeRow]:
    known = titles("cpc")
    for code, place in places.items():
        title = known.get(code)
        values = filled(
            code=code,
            name=title.zh if title else code,
            name_en=title.en if title else None,
            level=len(branch(code)),
        )
        yield NodeRow(place, values)
