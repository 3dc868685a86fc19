"""What a reader offers, whatever the format: columns, rows with their line, and how far it is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from graph.errors import JiangpuError
from loaders.rows import Place, RejectedRow

LONGEST_LINE = 1 << 20
FORMULA = frozenset("=+-@\t\r")


class UnreadableFile(JiangpuError):
    """A file of which no row can be read; the text ends with what to do."""


class RawRow(NamedTuple):
    """The cells of one row by column, as the file has them; about so many characters in all."""

    place: Place
    cells: Mapping[str, Any]
    size: int


class Reader(Protocol):
    """An open question to a file; `rows` may be asked again and starts anew."""

    @property
    def columns(self) -> Sequence[str]:
        """The columns as the file writes them."""
        ...

    @property
    def fraction(self) -> float:
        """How much of the file has been read, 0 to 1."""
        ...

    def rows(self) -> Iterator[RawRow | RejectedRow]:
        """Every row that is not blank."""
        ...


def is_blank(cell: object) -> bool:
    """True for no value at all: empty, or nothing but spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def plain(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'")[:1] in FORMULA else cell
