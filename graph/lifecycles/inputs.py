"""Checks of what the caller gives, before the database is asked anything."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from graph.clock import beijing_day
from graph.errors import TransitionRefused
from graph.lifecycles.declare import IF_VERSION, Given, Operation
from graph.model import Kind, Property


def checked(o: Operation, given: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The inputs as they are stored; raises TransitionRefused for the first that is at fault."""
    unknown = sorted(given.keys() - {*o.required, *_names(o)})
    if unknown:
        raise TransitionRefused("UNKNOWN", f"{o.name} has no such input", field=unknown[0])
    for name in o.required:
        if _is_empty(given.get(name)):
            raise TransitionRefused("MISSING", f"{name} must be given", field=name)
    values = {n: v.strip() if isinstance(v, str) else v for n, v in given.items()}
    for g in o.given:
        values[g.input] = _stored(g.of, values.get(g.input))
    if o.creates and "valid_from" in values:
        values["valid_from"] = values["valid_from"] or today
    for g in o.given:
        must_follow(o, g, values, {}, today)
    return values


def _names(o: Operation) -> Iterator[str]:
    yield from [g.input for g in o.given]
    yield from [r.input for r in o.references]
    if not o.creates:
        yield IF_VERSION


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | list) and not value) or str(value).isspace()


def _stored(p: Property, value: Any) -> Any:
    if value is None:
        return None
    if p.minimum is not None and value < p.minimum:
        text = f"{p.name} must be {p.minimum:g} or more"
        raise TransitionRefused("TOO_SMALL", text, field=p.name)
    if p.choices is None:
        return value
    if p.kind is Kind.CHOICES:
        one = replace(p, kind=Kind.CHOICE)
        return [_stored(one, v) for v in (value if isinstance(value, list) else [value])]
    if value not in p.choices.stored:
        text = f"{p.name} is one of {', '.join(p.choices.stored)}"
        raise TransitionRefused("UNKNOWN", text, field=p.name)
    return p.choices.stored[value]


def must_follow(
    o: Operation, g: Given, given: Mapping[str, Any], stored: Mapping[str, Any], today: date
) -> None:
    """Raise TransitionRefused if a day lies on the wrong side of another that is known."""
    if not (g.not_before or g.after or g.not_after) or given.get(g.input) is None:
        return
    value = _as_day(given[g.input])
    names = {i.input for i in o.given}

    def other(name: str) -> date | None:
        if name == "today":
            return today
        known = given.get(name) if name in names else stored.get(name)
        return None if known is None else _as_day(known)

    earliest, before, latest = other(g.not_before), other(g.after), other(g.not_after)
    if earliest is not None and value < earliest:
        raise _wrong_side(g.input, "must not lie before", g.not_before, earliest)
    if before is not None and value <= before:
        raise _wrong_side(g.input, "must lie after", g.after, before)
    if latest is not None and value > latest:
        raise _wrong_side(g.input, "must not lie after", g.not_after, latest)


def _wrong_side(name: str, where: str, other: str, day: date) -> TransitionRefused:
    return TransitionRefused("DATES", f"{name} {where} {other}, {day.isoformat()}", field=name)


def _as_day(value: Any) -> date:
    """The day of what was given, or of what the driver brought."""
    native = value if isinstance(value, date) else value.to_native()
    return beijing_day(native) if isinstance(native, datetime) else native
