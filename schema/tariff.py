"""What a field costs, published in the contract by the directives of IBM's cost specification.

Each object of a response costs 1, a scalar nothing; what a function of ours computes costs more.
A list without a size is taken to hold ASSUMED objects.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import strawberry
from graphql import (
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
)
from strawberry.schema_directive import Location

from schema.derived.meaning import IsAsked, IsByIds, IsMany, IsWalk, Part, meaning_of
from schema.derived.objects import MOST, USUAL

ASSUMED = 5
PARTS = ("edges", "nodes")


@strawberry.schema_directive(
    name="cost",
    locations=[Location.FIELD_DEFINITION],
    description="What one such field costs besides the objects in its answer.",
)
class Cost:
    """IBM's `@cost`."""

    weight: str = strawberry.directive_field(name="weight")


@strawberry.schema_directive(
    name="listSize",
    locations=[Location.FIELD_DEFINITION],
    description="How many objects a list is taken to hold when its cost is computed beforehand.",
)
class ListSize:
    """IBM's `@listSize`."""

    assumed_size: int = strawberry.directive_field(name="assumedSize")
    slicing_arguments: list[str] | None = strawberry.directive_field(
        name="slicingArguments", default=strawberry.UNSET
    )
    sized_fields: list[str] | None = strawberry.directive_field(
        name="sizedFields", default=strawberry.UNSET
    )
    require_one_slicing_argument: bool | None = strawberry.directive_field(
        name="requireOneSlicingArgument", default=strawberry.UNSET
    )


@dataclass(frozen=True, slots=True)
class Price:
    """The weight of a field, and the size of its list where no argument says it."""

    weight: int = 0
    size: int = 1


def publish(schema: GraphQLSchema) -> None:
    """Put the directives on every field that they concern."""
    for t in schema.type_map.values():
        if isinstance(t, GraphQLObjectType) and not t.name.startswith("__"):
            is_page = "pageInfo" in t.fields
            for name, f in t.fields.items():
                definition = f.extensions["strawberry-definition"]
                definition.directives = [] if is_page and name in PARTS else _directives(f)


def price(field: GraphQLField) -> Price:
    """What a field costs, as its directives say."""
    given: Mapping[type, Any] = {
        type(d): d for d in field.extensions["strawberry-definition"].directives
    }
    cost: Cost | None = given.get(Cost)
    size: ListSize | None = given.get(ListSize)
    length = size.assumed_size if size and is_list(field.type) else 1
    return Price(int(cost.weight) if cost else 0, length)


def _directives(field: GraphQLField) -> list[object]:
    meaning = meaning_of(field)
    found: list[object] = []
    if isinstance(meaning, IsAsked) and meaning.weight:
        found.append(Cost(weight=str(meaning.weight)))
    slicing = [name for name in ("first", "last") if name in field.args]
    if isinstance(meaning, IsMany) or (slicing and not is_list(field.type)):
        found.append(_sized(USUAL, slicing, list(_parts_of(field))))
    elif isinstance(meaning, IsWalk) or meaning is Part.GROUPS:
        found.append(_sized(USUAL, slicing, None))
    elif isinstance(meaning, IsByIds) and meaning.many:
        found.append(ListSize(assumed_size=MOST))
    elif is_list(field.type) and is_composite_type(get_named_type(field.type)):
        found.append(ListSize(assumed_size=ASSUMED))
    return found


def _sized(assumed: int, slicing: list[str], sized: list[str] | None) -> ListSize:
    return ListSize(
        assumed_size=assumed,
        slicing_arguments=slicing,
        sized_fields=sized or strawberry.UNSET,
        require_one_slicing_argument=False,
    )


def _parts_of(field: GraphQLField) -> list[str]:
    inner: Any = get_named_type(field.type)
    return [name for name in PARTS if name in getattr(inner, "fields", {})]


def is_list(t: Any) -> bool:
    """Whether a type is a list, null or not."""
    return isinstance(t.of_type if isinstance(t, GraphQLNonNull) else t, GraphQLList)
