"""How a derived field is put together."""

from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from schema.derived.meaning import Meaning, meant


def field(
    name: str,
    annotation: Any,
    description: str,
    meaning: Meaning | None = None,
    arguments: tuple[StrawberryArgument, ...] = (),
) -> StrawberryField:
    """A field without a resolver: the plan knows what it means.

    Without a meaning it shows the attribute of that name of a Python object.
    """
    made = StrawberryField(
        python_name=name,
        graphql_name=camel(name),
        type_annotation=StrawberryAnnotation(annotation),
        description=description,
        metadata=meant(meaning) if meaning else None,
    )
    made.arguments = list(arguments)
    return made


def argument(name: str, annotation: Any, description: str, *, required: bool = False) -> Any:
    """An argument; optional ones have no default, so that the plan sees what was given."""
    return StrawberryArgument(
        name,
        camel(name),
        StrawberryAnnotation(annotation if required else annotation | None),
        description=description,
    )


def camel(name: str) -> str:
    """From snake_case to camelCase."""
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


def snake(name: str) -> str:
    """From camelCase to snake_case."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def made(
    name: str, description: str, *fields: StrawberryField, interfaces: tuple[Any, ...] = ()
) -> Any:
    """An object type of the given fields."""
    cls = strawberry.type(
        type(name, interfaces, {"__annotations__": {}}), name=name, description=description
    )
    own = {f.python_name for f in fields}
    definition = cls.__strawberry_definition__
    definition.fields = [f for f in definition.fields if f.python_name not in own] + list(fields)
    return cls
