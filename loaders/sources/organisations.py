"""Organisations as patents, awards and lists name them: one key for all spellings of one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders.rows import NodeRow, Nodes, Place, RelationshipRow, Relationships
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

    @property
    def named_after_beijing(self) -> bool:
        """Its name says Beijing, as the registered names of most firms there do."""
        return any(word in self.folded for word in BEIJING_WORDS)


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

    def nodes(
        self, label: OrganisationLabel, known: Mapping[Organisation, Mapping[str, object]]
    ) -> Nodes:
        """A part with those of one label, and what else is `known` of them; it is not counted."""
        rows = (
            NodeRow(place, {**self._names(found), **known.get(found, {})})
            for found, place in self._places.items()
            if found.label == label
        )
        return nodes(label, KEY_SPACE[label], rows, counted=False)

    def in_beijing(self, label: OrganisationLabel, beijing: set[Organisation]) -> Relationships:
        """A part that places those of one label that are in Beijing."""
        rows = (
            RelationshipRow(self._places[found], found.key, BEIJING)
            for found in self._places
            if found.label == label and found in beijing
        )
        return relationships((label, "LOCATED_IN", "District"), KEY_SPACE[label], rows)

    def _names(self, found: Organisation) -> dict[str, object]:
        names = preferred(self._spellings[found])
        return filled(
            external_id=found.folded,
            name=names[0],
            name_en=names[0] if names[0].isascii() else None,
            aliases=names[1 : MOST_ALIASES + 1],
        )


def preferred(spellings: Counter[str]) -> list[str]:
    """The spellings that differ by more than case; first the commonest not all in capitals."""
    ranked = sorted(spellings, key=lambda name: (name.isupper(), -spellings[name], name))
    seen: dict[str, str] = {}
    for name in ranked:
        seen.setdefault(name.casefold(), name)
    return list(seen.values())
