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
        self._names: dict[str, Any] = {
            "absent": _absent,
            "number": _number,
            "small": _small,
            "never": None,
        }

    def constant(self, value: Any) -> str:
        """A name for a value that the functions use."""
        name = f"c{len(self._names)}"
        self._names[name] = value
        return name

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

    def leaf(self, p: Property, value: str) -> str:
        """The expression of a property's value in the response."""
        if p.choices is not None:
            names: Mapping[Any, str] = {v: k for k, v in p.choices.stored.items()}
            table = self.constant({None: None, **names} if not p.required else dict(names))
            return f"{table}[{value}]" if self.checked else f"{table}.get(x := {value}, x)"
        if not self.checked:
            return value
        check, simple = _CHECKS[p.kind]
        nullable = not p.required or p.personal
        return f"(x if (x := {value}).__class__ is {simple} else {check}(x, {nullable}))"


def _absent(value: Any, nullable: bool) -> None:
    if value is not None or not nullable:
        raise Anomaly


def _number(value: Any, nullable: bool) -> Any:
    return value if value.__class__ is int else _absent(value, nullable)


def _small(value: Any, nullable: bool) -> Any:
    if value.__class__ is int and -(2**31) <= value < 2**31:
        return value
    return _absent(value, nullable)


_CHECKS: Mapping[Kind, tuple[str, str]] = {
    Kind.STRING: ("absent", "str"),
    Kind.TEXT: ("absent", "str"),
    Kind.STRINGS: ("absent", "list"),
    Kind.INTEGER: ("small", "never"),
    Kind.LONG: ("absent", "int"),
    Kind.FLOAT: ("number", "float"),
    Kind.BOOLEAN: ("absent", "bool"),
    Kind.ROLE: ("absent", "bool"),
    Kind.DATE: ("absent", "str"),
    Kind.DATETIME: ("absent", "str"),
}
