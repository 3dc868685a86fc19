"""Inputs coerced by prepared functions are what graphql-core makes of them."""

from typing import Any

import pytest
from graphql import (
    OperationDefinitionNode,
    build_schema,
    get_argument_values,
    get_variable_values,
    parse,
)

from schema.plan.documents import Refused
from schema.plan.inputs import Arguments, Coercers

SCHEMA = build_schema("""
    enum Level { LOW HIGH }
    input Number { eq: Int in: [Int!] isNull: Boolean }
    input Filter { AND: [Filter!] NOT: Filter age: Number level: Level name: String }
    input Strict { must: Int! may: Int = 3 }
    input OneOf @oneOf { a: Int b: Int }
    type Query {
        found(first: Int filter: Filter strict: Strict one: OneOf levels: [Level!]): Int
    }
""")
SCHEMA.type_map["Number"].fields["in"].out_name = "in_"

DEFINITIONS = "$first: Int $n: Int! = 4 $filter: Filter $strict: Strict $one: OneOf $l: [Level!]"
DEEP: dict[str, Any] = {"age": {"eq": 1}}
for _ in range(50):
    DEEP = {"NOT": DEEP}

FITTING = [
    {},
    {"first": 3, "n": 5},
    {"first": None, "filter": None},
    {"filter": {"name": "李", "age": {"in": [1, 2], "eq": None}}},
    {"filter": {"age": {"in": 7}}},
    {"filter": {"AND": [{"level": "LOW"}, {"NOT": {}}], "level": None}},
    {"filter": DEEP},
    {"strict": {"must": 1}, "one": {"a": 2}, "l": "HIGH"},
    {"unknown": 1, "l": ["LOW", "HIGH"]},
]
UNFIT = [
    {"n": None},
    {"first": "3"},
    {"filter": []},
    {"filter": {"unknown": 1}},
    {"filter": {"AND": [None]}},
    {"filter": {"level": "MIDDLE"}},
    {"strict": {}},
    {"one": {"a": 1, "b": 2}},
]


def _operation(text: str) -> OperationDefinitionNode:
    [operation] = parse(text).definitions
    assert isinstance(operation, OperationDefinitionNode)
    return operation


def _core(operation: OperationDefinitionNode, given: dict[str, Any]) -> Any:
    return get_variable_values(SCHEMA, operation.variable_definitions or (), given)


@pytest.mark.parametrize("given", FITTING)
def test_fitting_variables_are_coerced_as_by_graphql_core(given: dict[str, Any]):
    operation = _operation(f"query ({DEFINITIONS}) {{ found }}")
    coerced = Coercers(SCHEMA).variables(operation)(given)
    expected = _core(operation, given).coerced
    assert coerced == expected
    assert repr(coerced) == repr(expected)  # in the order of the type, whatever the client's


@pytest.mark.parametrize("given", UNFIT)
def test_unfit_variables_are_refused_in_the_words_of_graphql_core(given: dict[str, Any]):
    operation = _operation(f"query ({DEFINITIONS}) {{ found }}")
    with pytest.raises(Refused) as refused:
        Coercers(SCHEMA).variables(operation)(given)
    messages = [error.message for error in refused.value.errors]
    assert messages == [error.message for error in _core(operation, given)]


def test_a_missing_required_variable_is_refused():
    operation = _operation("query ($n: Int!) { found(first: $n) }")
    with pytest.raises(Refused, match="BAD_USER_INPUT"):
        Coercers(SCHEMA).variables(operation)({})


@pytest.mark.parametrize(
    "arguments",
    [
        "(first: 2, filter: {level: LOW, age: {in: [1, 2]}})",
        "(first: $n, filter: $filter)",
        "(filter: {AND: [{age: {eq: $n}}, $filter], name: null}, levels: [LOW, $level])",
    ],
)
@pytest.mark.parametrize(
    "given",
    [{}, {"n": None}, {"n": 1}, {"n": 1, "level": "HIGH", "filter": {"age": {"in": [5]}}}],
)
def test_arguments_are_filled_as_by_graphql_core(arguments: str, given: dict[str, Any]):
    operation = _operation(
        f"query ($n: Int $filter: Filter! = {{}} $level: Level! = LOW) {{ found{arguments} }}"
    )
    [node] = operation.selection_set.selections
    field = SCHEMA.query_type.fields["found"]
    variables = _core(operation, given)
    expected = get_argument_values(field, node, variables)
    assert Arguments(field, node).values(variables.coerced) == expected
