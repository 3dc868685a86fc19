"""One value as people write it -> as the database holds it, by kind of property."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import Any

from graph.clock import BEIJING
from graph.model import ClosedList, Kind, Property
from loaders.columns import fold

Converter = Callable[[Any], Any]

LONGEST_STRING = 1_000  # four times as many bytes still fit into a range index
LONGEST_TEXT = 100_000
MOST_ITEMS = 1_000

_WHOLE = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.0+)?")
_DECIMAL = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?(?:[eE][+-]?\d+)?")
_DAY = re.compile(r"(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?(?:[ T]0?0:00(?::00(?:\.0+)?)?)?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
SEPARATOR = re.compile(r"[;；|｜]")
_HALF_WIDTH = {0x3000: " ", **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}}
_TRUE = frozenset({"是", "有", "true", "t", "yes", "y", "1", "√", "对"})
_FALSE = frozenset({"否", "无", "false", "f", "no", "n", "0", "×", "不是"})


class Fault(Exception):
    """Why a value cannot be stored, and what to do."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


def converter(p: Property) -> Converter:
    """The conversion of a property's values (never blank ones); it raises Fault."""
    if p.choices is not None:
        one = _choice(p.choices)
        return _several(one) if p.kind is Kind.CHOICES else one
    convert = _BY_KIND[p.kind]
    minimum = p.minimum
    if minimum is None:
        return convert

    def convert_bounded(value: Any) -> Any:
        converted = convert(value)
        if converted < minimum:
            raise Fault(f"less than {minimum:g}", f"give {minimum:g} or more")
        return converted

    return convert_bounded


def text_of(value: Any) -> str:
    """A cell as text; a whole number loses the .0 that a workbook gives it."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict | list | tuple | set):
        raise Fault("a list or object, not one value", "give one plain value")
    return str(value)


def _text(most: int) -> Converter:
    def convert(value: Any) -> str:
        text = value if isinstance(value, str) else text_of(value)
        if len(text) > most:
            raise Fault(f"longer than {most:,} characters", "shorten it")
        if "\x00" in text:
            raise Fault("holds the control character NUL", "remove it")
        return text

    return convert


_string = _text(LONGEST_STRING)


def _strings(value: Any) -> list[str]:
    items = value if isinstance(value, list | tuple) else SEPARATOR.split(text_of(value))
    texts = dict.fromkeys(_string(item).strip() for item in items if item is not None)
    texts.pop("", None)
    if len(texts) > MOST_ITEMS:
        raise Fault(f"more than {MOST_ITEMS:,} items", "give fewer")
    return list(texts)


def _integer(bits: int) -> Converter:
    def convert(value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool):
            number = value
        elif isinstance(value, str) and value.isascii() and value.isdigit():
            number = int(value) if len(value) < 20 else 2**bits
        else:
            text = _plain(value)
            if not _WHOLE.fullmatch(text):
                raise Fault("not a whole number", "write digits only, such as 12")
            number = int(text.replace(",", "").partition(".")[0])
        if not -(2 ** (bits - 1)) <= number < 2 ** (bits - 1):
            raise Fault("too large a number", "check the number")
        return number

    return convert


def _float(value: Any) -> float:
    text = _plain(value)
    if not text or not _DECIMAL.fullmatch(text) or not any(map(str.isdigit, text)):
        raise Fault("not a number", "write it such as 0.75")
    number = float(text.replace(",", ""))
    if not math.isfinite(number):
        raise Fault("too large a number", "check the number")
    return number


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _plain(value).casefold()
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise Fault("neither yes nor no", "write 是 or 否, true or false, 1 or 0")


def _date(value: Any) -> date:
    if isinstance(value, str) and len(value) == 10 and value[4] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # the long way tells what is wrong
    text = _plain(value)
    if found := _DAY.fullmatch(text):
        year, mark, month, second_mark, day = found.groups()
        parts = (year, month, day) if second_mark == {"年": "月"}.get(mark, mark) else None
    else:
        compact = _COMPACT_DAY.fullmatch(text)
        parts = compact.groups() if compact else None
    if parts is None:
        raise Fault("not a date", "write it such as 2015-01-09, 2015/1/9 or 2015年1月9日")
    try:
        return date(*map(int, parts))
    except ValueError:
        raise Fault("no such day", "check year, month and day") from None


def _datetime(value: Any) -> datetime:
    """In UTC; a moment without an offset is Beijing time."""
    moment = value
    if not isinstance(moment, datetime):
        try:
            moment = datetime.fromisoformat(_plain(value))
        except ValueError:
            moment = datetime.combine(_date(value), time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)).astimezone(UTC)


def _choice(choices: ClosedList) -> Converter:
    stored = choices.stored
    known: dict[str, str | int] = {}
    for c in choices.choices:
        names = (c.name, c.zh, str(stored[c.name]))
        known |= {name: stored[c.name] for text in names for name in (text, fold(text))}

    def convert(value: Any) -> str | int:
        found = known.get(value) if isinstance(value, str) else None
        if found is None:
            found = known.get(fold(text_of(value)))
        if found is None:
            remedy = "write one of " + ", ".join(f"{c.name} ({c.zh})" for c in choices.choices)
            raise Fault(f"not a {choices.name} ({choices.zh})", remedy)
        return found

    return convert


def _several(one: Converter) -> Converter:
    def convert(value: Any) -> list[Any]:
        return [one(text) for text in _strings(value)]

    return convert


def _plain(value: Any) -> str:
    text = text_of(value)
    return text if text.isascii() else text.translate(_HALF_WIDTH).strip()


_BY_KIND: Mapping[Kind, Converter] = MappingProxyType(
    {
        Kind.STRING: _string,
        Kind.TEXT: _text(LONGEST_TEXT),
        Kind.STRINGS: _strings,
        Kind.INTEGER: _integer(32),
        Kind.LONG: _integer(64),
        Kind.FLOAT: _float,
        Kind.BOOLEAN: _boolean,
        Kind.ROLE: _boolean,
        Kind.DATE: _date,
        Kind.DATETIME: _datetime,
    }
)
