"""Costs are those of IBM's specification, with the weights and sizes that the contract states."""

from typing import Any

import pytest
from graphql import GraphQLObjectType

from graph.database import Database
from graph.viewer import ADMINISTRATOR
from schema import ANSWERS
from schema.cursors import Cursors
from schema.plan.engine import Engine
from schema.tariff import ASSUMED, Cost, price
from tests.documents import SCHEMA

NO_DATABASE: Any = Database


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(SCHEMA, NO_DATABASE, Cursors(b"k" * 32), ANSWERS)


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("{ __typename }", 0),
        ('{ worker(id: "a") { id name } }', 1),
        ('{ worker(id: "a") { district { name } } }', 2),
        ("{ workers { nodes { id } } }", 1 + 20),
        ("{ workers(first: 5) { nodes { id } pageInfo { hasNextPage } } }", 1 + 5 + 1),
        ("{ workers(last: 5) { edges { node { id district { id } } } } }", 1 + 5 * 3),
        ("{ workers(first: 5) { nodes { skills(first: 3) { nodes { id } } } } }", 1 + 5 * (2 + 3)),
        ("{ workers(first: 5) { totalCount } }", 1),
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 3),
        ('{ nodes(ids: ["a", "b"]) { ... on Worker { district { id } } } }', 2 * 2),
        ("{ workers(first: 2) { nodes { id } nodes { district { id } } } }", 1 + 2 * 2),
        ('{ mentorMatches(workerId: "a", first: 2) { nodes { rank } } }', 50 + 1 + 2),
        (
            '{ mentorMatches(workerId: "a", first: 2) { nodes { parts { name } } } }',
            50 + 1 + 2 * (1 + ASSUMED),
        ),
        ("{ __schema { types { name } } }", 100),
        ("query ($n: Int = 7) { workers(first: $n) { nodes { id } } }", 1 + 7),
        ("{ workers(first: 3) @skip(if: true) { nodes { id } } __typename }", 0),
        (
            "{ workers(first: 2) { nodes { ...F } } } fragment F on Worker { district { id } }",
            1 + 2 * 2,
        ),
    ],
)
def test_each_object_that_may_come_back_costs_one(engine: Engine, text: str, cost: int) -> None:
    assert engine.run(text, {}, None, ADMINISTRATOR).cost == cost


def test_contract_states_the_price_of_everything_that_is_computed() -> None:
    for root in (SCHEMA.query_type, SCHEMA.mutation_type, SCHEMA.subscription_type):
        assert root is not None
        for name, field in root.fields.items():
            given = field.extensions["strawberry-definition"].directives
            assert (name in ANSWERS) == any(isinstance(d, Cost) for d in given), name


def test_every_list_of_objects_has_a_size() -> None:
    for t in SCHEMA.type_map.values():
        if isinstance(t, GraphQLObjectType) and not t.name.startswith("__"):
            for field in t.fields.values():
                assert price(field).size >= 1
