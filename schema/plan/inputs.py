"""Variables and arguments, coerced by what was prepared once for their document.

Whatever does not fit is left to graphql-core, which coerces the same and names every fault.
"""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    get_argument_values,
    get_variable_values,
    type_from_ast,
    visit,
)
from graphql.execution.values import VariableValues

from schema.plan.documents import Refused

Values = Mapping[str, Any]
Coercion = Callable[[Values], Values]
Coerce = Callable[[Any, int], Any]

_DEEPEST = 20


class _Unfit(Exception):
    """A value that graphql-core must judge."""


class Coercers:
    """Functions that coerce values of the input types of one schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._fields: dict[str, dict[str, tuple[str, Coerce]]] = {}

    def variables(self, operation: OperationDefinitionNode) -> Coercion:
        """The function that coerces the variables of an operation; it raises Refused."""
        definitions = operation.variable_definitions or ()
        types = {d.variable.name.value: type_from_ast(self._schema, d.type) for d in definitions}
        coercers = {name: self._of(t) for name, t in types.items()}
        needed = {d.variable.name.value for d in definitions if d.default_value is not None}
        needed |= {name for name, t in types.items() if isinstance(t, GraphQLNonNull)}

        def coerced(given: Values) -> Values:
            try:
                if needed <= given.keys():
                    return {n: coerce(given[n], 0) for n, coerce in coercers.items() if n in given}
            except Exception:  # noqa: S110 - graphql-core says what is wrong
                pass
            judged = get_variable_values(self._schema, definitions, dict(given))
            if isinstance(judged, list):
                raise Refused(judged, "BAD_USER_INPUT")
            return judged.coerced

        return coerced

    def _of(self, t: Any) -> Coerce:
        if isinstance(t, GraphQLNonNull):
            return _present(self._of(t.of_type))
        if isinstance(t, GraphQLList):
            return _listed(self._of(t.of_type))
        if isinstance(t, GraphQLInputObjectType):
            return self._object(t)
        return lambda value, _: None if value is None else t.coerce_input_value(value)

    def _object(self, t: GraphQLInputObjectType) -> Coerce:
        fields = self._fields.get(t.name)
        if fields is None:
            fields = self._fields[t.name] = {}  # before they are filled: they may lead back here
            for name, f in t.fields.items():
                fields[name] = (f.out_name or name, self._of(f.type))
        plain = not t.is_one_of and all(_is_optional(f) for f in t.fields.values())

        def coerced(value: Any, depth: int) -> Any:
            if value is None:
                return None
            if not plain or depth > _DEEPEST or not isinstance(value, dict):
                raise _Unfit
            found = {
                out: coerce(value[name], depth + 1)
                for name, (out, coerce) in fields.items()
                if name in value
            }
            if len(found) < len(value):
                raise _Unfit
            return found

        return coerced


def _is_optional(field: GraphQLInputField) -> bool:
    return field.default is None and not isinstance(field.type, GraphQLNonNull)


def _present(coerce: Coerce) -> Coerce:
    def coerced(value: Any, depth: int) -> Any:
        if value is None:
            raise _Unfit
        return coerce(value, depth)

    return coerced


def _listed(coerce: Coerce) -> Coerce:
    def coerced(value: Any, depth: int) -> Any:
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        return [coerce(item, depth + 1) for item in items]

    return coerced


class _Place(str):
    """The name of a variable, where its value belongs."""

    __slots__ = ()


class Arguments:
    """The arguments of one field: coerced once, with places for the values of variables."""

    def __init__(self, field: GraphQLField, node: FieldNode) -> None:
        self._field, self._node = field, node
        self._names = _variables_in(node)
        places = VariableValues({}, {name: _Place(name) for name in self._names})
        self._template = get_argument_values(field, node, places)

    def values(self, variables: Values) -> dict[str, Any]:
        """The arguments of one request."""
        if not self._names:
            return self._template
        if all(variables.get(name) is not None for name in self._names):
            return _filled(self._template, variables)
        return get_argument_values(self._field, self._node, VariableValues({}, {**variables}))


def _variables_in(node: FieldNode) -> set[str]:
    names: set[str] = set()

    class Finder(Visitor):
        def enter_variable(self, variable: VariableNode, *_: Any) -> None:
            names.add(variable.name.value)

    for argument in node.arguments or ():
        visit(argument, Finder())
    return names


def _filled(template: Any, variables: Values) -> Any:
    match template:
        case _Place():
            return variables[template]
        case dict():
            return {key: _filled(inner, variables) for key, inner in template.items()}
        case list():
            return [_filled(inner, variables) for inner in template]
        case _:
            return template
