"""The GraphQL contract: derived types, computed fields, mutations and subscriptions, joined."""

from collections.abc import Mapping

import strawberry
from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
)
from strawberry.schema.config import StrawberryConfig

from schema import tariff
from schema.derived.fields import made, snake
from schema.derived.objects import OBJECTS, root_fields
from schema.mutations import logins, operations
from schema.plan.ask import Answer, Source
from schema.scalars import SCALARS
from schema.subscriptions import mentoring, watching
from schema.types import (
    about_me,
    accesses,
    budgets,
    career,
    databases,
    demand,
    exposure,
    figures,
    flows,
    matching,
    paths,
    plans,
    records,
    search,
    shortages,
    snapshots,
    standings,
    support,
    visits,
)

QUERIES = (
    *accesses.QUERIES,
    *budgets.QUERIES,
    *career.QUERIES,
    *databases.QUERIES,
    *figures.QUERIES,
    *flows.QUERIES,
    *matching.QUERIES,
    *plans.QUERIES,
    *records.QUERIES,
    *shortages.QUERIES,
    *snapshots.QUERIES,
    *exposure.QUERIES,
    *demand.QUERIES,
    *about_me.QUERIES,
    *visits.QUERIES,
    *standings.QUERIES,
    *search.QUERIES,
    *paths.QUERIES,
    *support.QUERIES,
)
MUTATIONS = (*operations.MUTATIONS, *logins.MUTATIONS)
SUBSCRIPTIONS = (*mentoring.SUBSCRIPTIONS, *watching.SUBSCRIPTIONS)
ANSWERS: Mapping[str, Answer | Source] = {
    a.name: a.answer for a in (*QUERIES, *MUTATIONS, *SUBSCRIPTIONS)
}


def build() -> strawberry.Schema:
    """The whole schema."""
    query = made("Query", "What can be asked.", *root_fields(), *(q.field for q in QUERIES))
    joined = strawberry.Schema(
        query=query,
        mutation=made("Mutation", "What can be changed.", *(m.field for m in MUTATIONS)),
        subscription=made(
            "Subscription", "What can be followed.", *(s.field for s in SUBSCRIPTIONS)
        ),
        types=list(OBJECTS.values()),
        config=StrawberryConfig(scalar_map=SCALARS),
    )
    core = joined._schema  # pyright: ignore[reportPrivateUsage]
    _name_inputs(core)
    _resolve_by_response_key(core)
    tariff.publish(core)
    return joined


def _name_inputs(graphql_schema: GraphQLSchema) -> None:
    """Let coerced inputs carry our property names rather than GraphQL's."""
    for t in graphql_schema.type_map.values():
        if isinstance(t, GraphQLObjectType) and not t.name.startswith("__"):
            for f in t.fields.values():
                for name, argument in f.args.items():
                    argument.out_name = snake(name)
        if isinstance(t, GraphQLInputObjectType):
            for f in t.fields.values():
                f.out_name = f.extensions["strawberry-definition"].python_name


def _resolve_by_response_key(graphql_schema: GraphQLSchema) -> None:
    """Let graphql-core complete what the plan has fetched, where it lies in the response."""
    for t in graphql_schema.type_map.values():
        if isinstance(t, GraphQLObjectType) and not t.name.startswith("__"):
            for f in t.fields.values():
                f.resolve = lambda source, info, **_: source[info.path.key]
        if isinstance(t, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType):
            _tell_type_by_name(t)


def _tell_type_by_name(
    t: GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType,
) -> None:
    if isinstance(t, GraphQLObjectType):
        t.is_type_of = None
    else:
        t.resolve_type = lambda value, *_: value["__typename"]


schema = build()
