"""Which fields a selection has for one concrete type, fragments and directives resolved."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphql import (
    BooleanValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    Visitor,
    visit,
)

Collected = dict[str, list[FieldNode]]


def directive_variables(
    operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> tuple[str, ...]:
    """Names of the variables that decide what is included."""
    names: set[str] = set()

    class Finder(Visitor):
        def enter_directive(self, node: Any, *_: Any) -> None:
            if node.name.value in {"include", "skip"}:
                names.update(
                    a.value.name.value for a in node.arguments if isinstance(a.value, VariableNode)
                )

    for node in (operation, *fragments.values()):
        visit(node, Finder())
    return tuple(sorted(names))


class Collector:
    """Collects fields for one operation and one set of include values."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        included: Mapping[str, Any],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._included = included

    def fields(self, t: GraphQLObjectType, nodes: Sequence[FieldNode]) -> Collected:
        """The fields below some field nodes, for a value of type `t`."""
        return self.of(t, [n.selection_set for n in nodes if n.selection_set is not None])

    def of(self, t: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> Collected:
        """Response key -> the nodes that ask for it, in the order of the document."""
        collected: Collected = {}
        seen: set[str] = set()
        for selections in sets:
            for node in self._flat(t, selections, seen):
                key = node.alias.value if node.alias else node.name.value
                collected.setdefault(key, []).append(node)
        return collected

    def _flat(
        self, t: GraphQLObjectType, selections: SelectionSetNode, seen: set[str]
    ) -> Iterator[FieldNode]:
        for node in selections.selections:
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, FragmentSpreadNode):
                fragment = self._fragments[node.name.value]
                if fragment.name.value not in seen and self._applies(t, fragment.type_condition):
                    seen.add(fragment.name.value)
                    yield from self._flat(t, fragment.selection_set, seen)
            elif isinstance(node, InlineFragmentNode) and self._applies(t, node.type_condition):
                yield from self._flat(t, node.selection_set, seen)

    def _applies(self, t: GraphQLObjectType, condition: Any) -> bool:
        if condition is None or condition.name.value == t.name:
            return True
        named: Any = self._schema.get_type(condition.name.value)
        return named is not t and self._schema.is_sub_type(named, t)

    def _is_included(self, node: Any) -> bool:
        for directive in node.directives or ():
            wanted = {"include": True, "skip": False}.get(directive.name.value)
            if wanted is None:
                continue
            [argument] = directive.arguments
            if self._truth(argument.value) is not wanted:
                return False
        return True

    def _truth(self, value: Any) -> bool:
        if isinstance(value, BooleanValueNode):
            return value.value
        return bool(self._included[value.name.value])
