"""The lines of a text file: encoding found, each line bounded, bad lines handed out as such."""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from loaders.readers.table import LONGEST_LINE, UnreadableFile

_CHUNK = 1 << 20
_REMEDY = "save the file as UTF-8 (Excel: “CSV UTF-8”) and load it again"


class Line(NamedTuple):
    """One line, counted from 1, with its line end; `fault` says why its text cannot be used."""

    number: int
    text: str
    fault: str = ""


def lines(file: IO[bytes], encoding: str) -> Iterator[Line]:
    """Each line of a file opened in binary; no more than one bounded line is ever held."""
    if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
        file.seek(0)
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            _skip_line(file)
            yield Line(number, "", f"the line is longer than {LONGEST_LINE:,} bytes")
            continue
        try:
            yield Line(number, line.decode(encoding))
        except UnicodeDecodeError as error:
            yield Line(number, "", f"byte {error.start + 1} of the line is not {encoding.upper()}")


def _skip_line(file: IO[bytes]) -> None:
    while (rest := file.readline(_CHUNK)) and not rest.endswith(b"\n"):
        pass


def encoding_of(path: Path) -> str:
    """`utf-8` or `gb18030`, by the first bytes that tell; raises UnreadableFile for others."""
    sample = _telling_bytes(path)
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableFile(f"{path.name} is UTF-16; {_REMEDY}")
    if b"\r" in sample and b"\n" not in sample and sample.count(b"\r") > 1:
        raise UnreadableFile(f"{path.name} ends its lines with CR alone; {_REMEDY}")
    if _decoded(sample, "utf-8") is not None:
        return "utf-8"
    if _mostly_utf8(sample):
        return "utf-8"
    if _is_chinese(_decoded(sample, "gb18030") or ""):
        return "gb18030"
    raise UnreadableFile(f"{path.name} is neither UTF-8 nor GB18030; {_REMEDY}")


def _telling_bytes(path: Path) -> bytes:
    """The first chunk with a byte beyond ASCII; the last chunk if there is none."""
    chunk = b""
    with path.open("rb") as file:
        while (following := file.read(_CHUNK)) and chunk.isascii():
            chunk = following
    return chunk


def _decoded(sample: bytes, encoding: str) -> str | None:
    try:  # not final: the sample may end inside a character
        return codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return None


def _is_chinese(text: str) -> bool:
    """Nearly any bytes decode as GB18030; Chinese gives characters in daily use (GB2312)."""
    foreign = [c for c in text if not c.isascii()]
    usual = len("".join(foreign).encode("gb2312", "ignore")) / 2
    return bool(foreign) and usual >= 0.8 * len(foreign)


def _mostly_utf8(sample: bytes) -> bool:
    """UTF-8 with a few damaged lines: those are rejected one by one."""
    text = sample.decode("utf-8", "replace")
    foreign = sum(not c.isascii() for c in text)
    return text.count("\ufffd") <= 0.1 * foreign
