"""The shape of arguments: all that decides the text of a statement, and no value."""

from typing import Any


class Structural(int):
    """A number that stands in the text itself, such as the length of a path."""


def shape(value: Any) -> Any:
    """Keys, nesting and presence of a value; tuples and Structural numbers count as they are."""
    if value is None or isinstance(value, (tuple, Structural)):
        return value
    if isinstance(value, dict):
        return tuple((key, shape(inner)) for key, inner in value.items())
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return ("list", *(shape(inner) for inner in value))
    if isinstance(value, list) and not value:
        return "empty"
    return "value"
