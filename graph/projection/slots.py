"""Where the parameters of a statement come from: paths into the arguments of a request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, LiteralString

from graph.cypher import literal
from graph.projection.want import Step

Path = tuple[Step, ...]
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Slot:
    """One parameter: its name and the path of its value."""

    name: str
    path: Path
    convert: Convert | None


class Slots:
    """The parameters of the statement being compiled, in the order of their use."""

    def __init__(self, prefix: str = "p") -> None:
        self._prefix = prefix
        self._slots: dict[tuple[Path, Convert | None], Slot] = {}

    def add(self, path: Path, convert: Convert | None = None) -> LiteralString:
        """A parameter for the value at a path; the same path gives the same parameter."""
        slot = self._slots.get((path, convert))
        if slot is None:
            slot = Slot(f"{self._prefix}{len(self._slots)}", path, convert)
            self._slots[path, convert] = slot
        return literal("$" + slot.name)

    def fill(self, arguments: Mapping[Step, Any]) -> dict[str, Any]:
        """The parameters for one request's arguments."""
        return fill(tuple(self._slots.values()), arguments)

    @property
    def all(self) -> tuple[Slot, ...]:
        """Every slot."""
        return tuple(self._slots.values())


def fill(slots: tuple[Slot, ...], arguments: Mapping[Step, Any]) -> dict[str, Any]:
    """Name of each slot -> the value at its path."""
    filled: dict[str, Any] = {}
    for slot in slots:
        value: Any = arguments
        for step in slot.path:
            value = value[step]
        filled[slot.name] = slot.convert(value) if slot.convert else value
    return filled
