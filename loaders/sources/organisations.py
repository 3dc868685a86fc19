"""Organisations as patents, awards and lists name them: one key for all spellings of one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from loaders.rows import NodeRow, Part, Place, RelationshipRow
from loaders.sources.organisation_names import OrganisationLabel, fold, kind_of
from loaders.sources.tables import filled, nodes, relationships

KEY_SPACE: Mapping[OrganisationLabel, str] = {
    "Enterprise": "enterprise",
    "ResearchInstitute": "institute",
}
MOST_ALIASES = 10
BEIJING = "division:110000000000"
BEIJING_WORDS = ("beijing", "peking", "北京")


@dataclass(frozen=True, slots=True)
class Organisation:
    """An enterprise or institute under the one form of its names."""

    label: OrganisationLabel
    folded: str

    @property
    def key(self) -> str:
        """What every source that names it merges on."""
        return f"{KEY_SPACE[self.label]}:{self.folded}"


def organisation(name: str, given_kind: str = "") -> Organisation | None:
    """The organisation that a name stands for; None if it is a state or no name at all."""
    label = kind_of(name, given_kind)
    folded = fold(name)
    return Organisation(label, folded) if label and folded else None


@dataclass(slots=True)
class Register:
    """The organisations that a file names in passing, with all their spellings."""

    _spellings: dict[Organisation, Counter[str]] = field(default_factory=dict)
    _places: dict[Organisation, Place] = field(default_factory=dict)

    def add(self, found: Organisation, name: str, place: Place) -> None:
        """Note one mention."""
        self._places.setdefault(found, place)
        self._spellings.setdefault(found, Counter())[" ".join(name.split())] += 1

    def parts(
        self,
        label: OrganisationLabel,
        seats: Mapping[Organisation, Mapping[str, object]] = MappingProxyType({}),
    ) -> Iterator[Part]:
        """Those of one label, not counted, and which of them are in Beijing."""
        places = {o: place for o, place in self._places.items() if o.label == label}
        beijing = {o for o in places if in_beijing(o)}
        rows = (
            NodeRow(place, {**self._names(o), **seats.get(o, {}), **_seat(o, o in beijing)})
            for o, place in places.items()
        )
        yield nodes(label, KEY_SPACE[label], rows, counted=False)
        inside = (RelationshipRow(places[o], o.key, BEIJING) for o in places if o in beijing)
        yield relationships((label, "LOCATED_IN", "District"), KEY_SPACE[label], inside)

    def _names(self, found: Organisation) -> dict[str, object]:
        names = preferred(self._spellings[found])
        return filled(
            external_id=found.folded,
            name=names[0],
            name_en=names[0] if names[0].isascii() else None,
            aliases=names[1 : MOST_ALIASES + 1],
        )


def in_beijing(found: Organisation) -> bool:
    """Its name says so, as the registered names of most firms there do, or it is well known."""
    return any(word in found.folded for word in BEIJING_WORDS) or found.folded in _well_known()


def _seat(found: Organisation, inside: bool) -> dict[str, object]:
    if not inside:
        return {}
    seat: dict[str, object] = {"city": "Beijing", "country": "China"}
    return seat | ({"in_beijing": True} if found.label == "ResearchInstitute" else {})


@lru_cache(maxsize=1)
def _well_known() -> frozenset[str]:
    text = files("loaders.sources").joinpath("beijing_institutes.txt").read_text("utf-8")
    return frozenset(map(fold, text.splitlines()))


def preferred(spellings: Counter[str]) -> list[str]:
    """The spellings that differ by more than case; first the commonest not all in capitals."""
    ranked = sorted(spellings, key=lambda name: (name.isupper(), -spellings[name], name))
    seen: dict[str, str] = {}
    for name in ranked:
        seen.setdefault(name.casefold(), name)
    return list(seen.values())
