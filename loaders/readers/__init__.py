"""Readers of files, one a format."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from loaders.readers.csv_reader import CsvReader
from loaders.readers.excel_reader import ExcelReader
from loaders.readers.jsonl_reader import JsonlReader
from loaders.readers.table import RawRow, Reader, UnreadableFile

__all__ = ["RawRow", "Reader", "UnreadableFile", "reader_for"]

_READERS: Mapping[str, Callable[[Path], Reader]] = MappingProxyType(
    {
        ".csv": CsvReader,
        ".tsv": CsvReader,
        ".txt": CsvReader,
        ".jsonl": JsonlReader,
        ".ndjson": JsonlReader,
        ".xlsx": ExcelReader,
        ".xlsm": ExcelReader,
    }
)


def reader_for(path: Path) -> Reader:
    """A reader by the file's suffix; raises UnreadableFile with a remedy if there is none."""
    if not path.is_file():
        raise UnreadableFile(f"{path} is not a file")
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise UnreadableFile(
            f"{path.name}: {path.suffix or 'no suffix'} is no format that can be loaded; "
            f"save it as one of {', '.join(_READERS)}"
        )
    return read(path)
