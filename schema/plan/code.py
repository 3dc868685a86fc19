"""Python source of a completer: rows in, response values out, each leaf checked on the way."""

from collections.abc import Callable, Mapping
from typing import Any

from graph.model import Kind, Property


class Anomaly(Exception):
    """A value that does not fit its type: graphql-core must say what is wrong with it."""


class Code:
    """Functions of one completer, as they are written.

    `checked` completers raise Anomaly for values that do not fit; unchecked ones pass them on, so
    that graphql-core can judge them.
    """

    def __init__(self, *, checked: bool) -> None:
        self.checked = checked
        self._lines: list[str] = []
        self._values = 0
        self._names: dict[str, Any] = {
            "absent": _absent,
            "number": _number,
            "texts": _texts,
            "named": _named,
        }

    def constant(self, value: Any) -> str:
        """A name for a value that the functions use."""
        name = f"c{len(self._names)}"
        self._names[name] = value
        return name

    def name(self) -> str:
        """A name that no other value has."""
        self._values += 1
        return f"v{self._values}"

    def function(self, parameters: str, *lines: str) -> str:
        """Define a function; its name."""
        name = f"f{len(self._lines)}"
        body = "".join(f"    {line}\n" for line in lines)
        self._lines.append(f"def {name}({parameters}):\n{body}")
        return name

    def built(self, name: str) -> Callable[..., Any]:
        """One of the functions, compiled together with all others."""
        namespace = dict(self._names)
        exec("".join(self._lines), namespace)  # noqa: S102 - our own text; only names of fields come from outside, as literals
        return namespace[name]

    def type_name(self, name: str) -> list[str]:
        """The entry by which graphql-core tells the type of an object."""
        return [] if self.checked else [f"'__typename': {name!r}"]

    def leaf(self, p: Property, value: str) -> str:
        """The expression of a property's value in the response."""
        nullable = not p.required or p.personal
        if p.choices is None or p.kind is Kind.CHOICES:  # which are stored by their names
            return self.scalar(p.kind, value, nullable=nullable)
        names: Mapping[Any, str] = {v: k for k, v in p.choices.stored.items()}
        return self.choice({None: None, **names} if nullable else names, value)

    def choice(self, names: Mapping[Any, Any], value: str) -> str:
        """The expression of a value that is one of a closed list: stored -> shown."""
        table = self.constant(dict(names))
        return f"{table}[{value}]" if self.checked else f"named({table}, {value})"

    def scalar(self, kind: Kind, value: str, *, nullable: bool) -> str:
        """The expression of a value of a kind that needs no table of names."""
        if not self.checked:
            return value
        fits, otherwise = _FITS[kind]
        if value.isidentifier():
            fits = fits.replace("x", value)
            return f"({value} if {value}.__class__ is {fits} else {otherwise}({value}, {nullable}))"
        return f"(x if (x := {value}).__class__ is {fits} else {otherwise}(x, {nullable}))"


def _absent(value: Any, nullable: bool) -> None:
    if value is not None or not nullable:
        raise Anomaly


def _number(value: Any, nullable: bool) -> Any:
    if value.__class__ is int and abs(value) <= _EXACT:
        return float(value)
    return _absent(value, nullable)


def _texts(value: Any, nullable: bool) -> Any:
    if value.__class__ is list and all(text.__class__ is str for text in value):
        return value
    return _absent(value, nullable)


def _named(names: Mapping[Any, str], value: Any) -> Any:
    return value if isinstance(value, list) else names.get(value, value)


_EXACT = 2**53
_FITS: Mapping[Kind, tuple[str, str]] = {
    Kind.STRING: ("str", "absent"),
    Kind.TEXT: ("str", "absent"),
    Kind.STRINGS: ("None", "texts"),
    Kind.CHOICES: ("None", "texts"),
    Kind.INTEGER: ("int and -2147483648 <= x < 2147483648", "absent"),
    Kind.LONG: ("int", "absent"),
    Kind.FLOAT: ("float and x - x == 0", "number"),  # neither infinite nor not a number
    Kind.BOOLEAN: ("bool", "absent"),
    Kind.ROLE: ("bool", "absent"),
    Kind.DATE: ("str", "absent"),
    Kind.DATETIME: ("str", "absent"),
}
