"""The GraphQL contract: derived types, computed fields, mutations and subscriptions, joined."""

import strawberry
from graphql import GraphQLInputObjectType, GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from schema.derived.fields import made
from schema.derived.objects import OBJECTS, root_fields
from schema.scalars import SCALARS


def build() -> strawberry.Schema:
    """The whole schema."""
    query = made("Query", "What can be asked.", *root_fields())
    joined = strawberry.Schema(
        query=query,
        types=list(OBJECTS.values()),
        config=StrawberryConfig(scalar_map=SCALARS),
    )
    _name_inputs(joined._schema)  # pyright: ignore[reportPrivateUsage]
    return joined


def _name_inputs(graphql_schema: GraphQLSchema) -> None:
    """Let coerced inputs carry our property names rather than GraphQL's."""
    for t in graphql_schema.type_map.values():
        if isinstance(t, GraphQLInputObjectType):
            for f in t.fields.values():
                f.out_name = f.extensions["strawberry-definition"].python_name


schema = build()
