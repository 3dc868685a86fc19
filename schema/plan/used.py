"""Which parts of the contract a document uses, by their schema coordinates."""

from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLSchema,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    visit,
)


@dataclass(frozen=True, slots=True, eq=False)
class Used:
    """Coordinates such as `Worker.name` and `Query.workers(first:)`; one object for a document.

    An input that is given as a variable stands with its type alone.
    """

    coordinates: tuple[str, ...]


def used(schema: GraphQLSchema, document: DocumentNode) -> Used:
    """What a valid document uses."""
    info = TypeInfo(schema)
    found = _Found(info)
    visit(document, TypeInfoVisitor(info, found))
    return Used(tuple(sorted(found.coordinates)))


class _Found(Visitor):
    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self._info = info
        self.coordinates: set[str] = set()

    def enter_field(self, node: Any, *_: Any) -> None:
        """A field of an object or interface."""
        parent = self._info.get_parent_type()
        if parent is not None and not node.name.value.startswith("__"):
            field = f"{parent.name}.{node.name.value}"
            given = node.arguments or ()
            self.coordinates.update([field, *[f"{field}({a.name.value}:)" for a in given]])

    def enter_object_field(self, node: Any, *_: Any) -> None:
        """A field of an input that is written in the document."""
        parent = self._info.get_parent_input_type()
        if parent is not None:
            self.coordinates.add(f"{get_named_type(parent).name}.{node.name.value}")

    def enter_variable_definition(self, node: Any, *_: Any) -> None:
        """The type of a variable."""
        given = self._info.get_input_type()
        if given is not None:
            self.coordinates.add(get_named_type(given).name)
