"""Files given by path: folders are searched for a name, missing columns read as empty."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

Line = Mapping[str, str]


class Unreadable(SystemExit):
    """What is wrong with a file, and what to give instead."""


def table(file: Path, *required: str) -> list[dict[str, str]]:
    """The rows of a CSV file; what is not `required` may be missing and then reads as ''."""
    if not file.is_file():
        raise Unreadable(f"{file}: there is no such file; give the path of a CSV file")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        lacking = [c for c in required if c not in (reader.fieldnames or ())]
        if lacking:
            raise Unreadable(f"{file}: column {', '.join(lacking)} is missing")
        return [{k: v or "" for k, v in row.items() if isinstance(k, str)} for row in reader]


def tables(folders: Sequence[Path], name: str, *required: str) -> list[dict[str, str]]:
    """The rows of that file in all folders, or below them; each folder is read once."""
    files = dict.fromkeys(f.resolve() for folder in folders for f in within(folder, name))
    return [row for file in files for row in table(file, *required)]


def within(folder: Path, name: str) -> list[Path]:
    """The files of that name in a folder or right below it."""
    return [f for f in (folder / name, *sorted(folder.glob(f"*/{name}"))) if f.is_file()]


def cases_file(file: Path, folders: Sequence[Path]) -> Path:
    """The file itself, or the one of that name in the folders."""
    found = [file] if file.is_file() else [f for d in folders for f in within(d, file.name)]
    if not found:
        raise Unreadable(f"{file}: there is no such file, here or in the folders of --data")
    return found[0]


def lines(file: Path, *required: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file."""
    if not file.is_file():
        raise Unreadable(f"{file}: there is no such file; give the path of a JSONL file")
    with file.open(encoding="utf-8-sig") as text:
        for number, line in enumerate(text, 1):
            if line.strip():
                yield _object(file, number, line, required)


def _object(file: Path, number: int, line: str, required: Sequence[str]) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise Unreadable(f"{file}, line {number}: not JSON ({error})") from error
    lacking = [key for key in required if key not in row]
    if lacking:
        raise Unreadable(f"{file}, line {number}: {', '.join(lacking)} is missing")
    return row


def listed(text: str) -> list[str]:
    """What stands between bars."""
    return [part.strip() for part in text.split("|") if part.strip()]
