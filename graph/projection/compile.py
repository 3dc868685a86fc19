"""Columns and a viewer become Cypher: one expression, whatever the depth."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, LiteralString

from graph.cypher import literal
from graph.errors import InvalidRequest
from graph.model import MODEL, Kind, NodeType, Property
from graph.projection.access import visible, visible_whatever
from graph.projection.anchors import anchored
from graph.projection.filters import Filters, expression
from graph.projection.fragment import Fragment
from graph.projection.listed import listing
from graph.projection.ordering import Ordering, SortKey, index_hint
from graph.projection.patterns import pattern
from graph.projection.personal import (
    FEWEST_PERSONS,
    counts_persons,
    identified,
    names_hidden,
    person_seen,
    refuse_personal,
    traced,
)
from graph.projection.slots import Slots
from graph.projection.want import (
    Column,
    EdgeValue,
    Group,
    Many,
    One,
    SortValues,
    Step,
    Traced,
    Value,
    Walk,
    Want,
)
from graph.viewer import Scale, Viewer

Arguments = Mapping[Step, Mapping[str, Any]]

MOST_VARIABLES = 100  # Neo4j plans each pattern in about 0.05 s


class Compiler:
    """Compiles the columns of one statement for one shape of arguments and one kind of viewer.

    Arguments of a page: limit, filter, orders, bound (of a cursor), as_of, known_at; of a group:
    by; of a walk: generations, limit.
    """

    def __init__(self, viewer: Viewer, arguments: Arguments, prefix: LiteralString = "") -> None:
        self.viewer = viewer
        self.arguments = arguments
        self._prefix: LiteralString = prefix
        self.slots = Slots(f"{prefix}p")
        self._filters = Filters(viewer, self.slots)
        self._variables = 0
        self._calls: list[LiteralString] = []

    def variable(self, letter: LiteralString) -> LiteralString:
        """A name that no other pattern of the statement has, nor one under another prefix."""
        self._variables += 1
        if self._variables > MOST_VARIABLES:
            raise InvalidRequest(
                "LIMIT_EXCEEDED",
                f"a root field selects at most {MOST_VARIABLES} nodes and edges; split it",
                (next(iter(self.arguments)),),
            )
        return f"{self._prefix}{letter}{literal(str(self._variables))}"

    def fragment(self, wants: Sequence[Want], node: LiteralString) -> Fragment:
        """A list of rows of one node, which a statement of somebody else's has bound."""
        text, calls = self._with_calls(
            lambda: f"[{', '.join([self.row(want, node) for want in wants])}]"
        )
        return Fragment(text, calls, self.slots.fill(self.arguments))

    def returning(self, expression: Callable[[], LiteralString]) -> LiteralString:
        """RETURN of an expression, behind the CALLs that it needs."""
        text, calls = self._with_calls(expression)
        return f"{calls}RETURN {text}"

    def collected(
        self,
        found: LiteralString,
        owner: LiteralString,
        row: Callable[[], LiteralString],
        tail: LiteralString = "",
    ) -> LiteralString:
        """The list of all values of `row` over what was found from `owner`.

        Where a row needs CALLs the list becomes one itself: Neo4j takes figures anywhere inside an
        expression for figures of the expression.
        """
        text, calls = self._with_calls(row)
        if not calls:
            return f"COLLECT {{ {found} RETURN {text}{tail} }}"
        rows = self.variable("c")
        self._calls.append(
            f"CALL ({owner}) {{ {found} {calls}WITH [{text}] AS row{tail} "
            f"RETURN [row IN collect(row) | row[0]] AS {rows} }} "
        )
        return rows

    def _with_calls(
        self, expression: Callable[[], LiteralString]
    ) -> tuple[LiteralString, LiteralString]:
        outer, self._calls = self._calls, []
        text = expression()
        calls, self._calls = "".join(self._calls), outer
        return text, calls

    def row(self, want: Want, node: LiteralString) -> LiteralString:
        """The row of a bound node; null where an abstract want does not include its label.

        Of a list that begins with a property, not a constant, Neo4j infers the type of its values
        from each pair of them, several times while it plans (`bench.planning`).
        """
        if not want.abstract:
            [(label, columns)] = want.columns.items()
            return f"[0{self._columns(columns, node, label)}]"
        branches: list[LiteralString] = []
        for label, columns in want.columns.items():
            values = self._columns(columns, node, label)
            branches.append(f"WHEN {node}:{label} THEN ['{label}'{values}]")
        return f"CASE {' '.join(branches)} END"

    def _columns(
        self, columns: Sequence[Column], node: LiteralString, label: LiteralString
    ) -> LiteralString:
        return "".join([f", {self._column(c, node, label)}" for c in columns])

    def _column(self, column: Column, node: LiteralString, label: LiteralString) -> LiteralString:
        match column:
            case Value():
                return self._value(MODEL.node_type(label), column.property, node)
            case Traced():
                return traced(MODEL.node_type(label), node, self.viewer)
            case One():
                return self._one(column, node)
            case Many():
                return self.many(column, node)
            case Walk():
                return self._walk(column, node)

    def _value(self, t: NodeType, p: Property, node: LiteralString) -> LiteralString:
        """A property as the viewer may see it: in full, under a pseudonym, or not at all."""
        text = _as_json(p, node)
        known = identified(t, node, self.viewer) if p.name in t.personal else None
        if known is None:
            return text
        otherwise: LiteralString = "null"
        if p.pseudonym:
            otherwise = f"'{literal(p.pseudonym)} ' + left({node}.id, 6)"
        if p.name == "key":
            otherwise = f"{node}.id"
        return f"CASE WHEN {known} THEN {text} ELSE {otherwise} END"

    def _one(self, column: One, node: LiteralString) -> LiteralString:
        far = self.variable("n")
        target = MODEL.node_type(column.relation.target)
        where = self.allowed(target, far)
        found = f"MATCH {pattern(column.relation, node, far)}{where}"
        rows = self.collected(found, node, lambda: self.row(column.want, far), " LIMIT 1")
        return f"head({rows})"

    def allowed(self, t: NodeType, node: LiteralString) -> LiteralString:
        """The WHERE that restricts a pattern to what the viewer may see; may be empty."""
        predicate = visible(t, node, self.viewer)
        return f" WHERE {predicate}" if predicate else ""

    def many(self, column: Many, owner: LiteralString = "") -> LiteralString:
        """[rows, total, groups …] of a page."""
        t = MODEL.node_type(column.label)
        node, edge = self.variable("n"), self.variable("r")
        page = self.arguments[column.address]
        found: LiteralString = (
            f"MATCH {pattern(column.relation, owner, node, edge)}"
            if column.relation
            else self._all_of(t, node)
        )
        matches, where = self._conditions(t, node, edge, column)
        found += matches
        parts: list[LiteralString] = ["null", "null"]
        if column.rows:
            ordering = Ordering(page["orders"], t, node, edge, self.viewer)
            kept: LiteralString = f"{node}, {edge}" if column.relation else node
            once: LiteralString = f"DISTINCT {kept}" if matches else kept
            parts[0] = self._page(column, (found, where, once), ordering, (owner, node, edge))
        every: LiteralString = f"{found}{_where(where)}"
        if matches:
            every += f" WITH DISTINCT {node}"
        if column.total:
            parts[1] = f"COUNT {{ {every}{matches and f' RETURN {node}'} }}"
        parts.extend(self._group(g, every, (node, t), owner) for g in column.groups)
        return f"[{', '.join(parts)}]"

    def _all_of(self, t: NodeType, node: LiteralString) -> LiteralString:
        few = anchored(t, node, self.viewer) if self.viewer.scale is Scale.SMALL else None
        return few or f"MATCH ({node}:{t.label})"

    def _page(
        self,
        column: Many,
        found: tuple[LiteralString, list[LiteralString], LiteralString],
        ordering: Ordering,
        variables: tuple[LiteralString, LiteralString, LiteralString],
    ) -> LiteralString:
        match, where, kept = found
        owner, node, edge = variables
        t, page = MODEL.node_type(column.label), self.arguments[column.address]
        plain = column.relation is None and not page.get("filter")
        found_by, first, where = ordering, "", list(where)
        if plain and (listed := listing(t, node, page["orders"], self.viewer)):
            match, where = listed.match, listed.where + where
            first = f"{listed.first}{' DESC' if page['orders'][0].descending else ''}, "
            kept_on = listed.columns
            found_by = Ordering(page["orders"], t, node, edge, self.viewer, kept=kept_on)
        elif plain and match.startswith("MATCH"):
            match += index_hint(t, node, self.viewer)
        where += found_by.present()
        if page.get("bound") is not None:
            where.append(found_by.after(page["bound"], (column.address, "bound"), self.slots))
        limit = self.slots.add((column.address, "limit"))
        order_by: LiteralString = f"{first}{found_by.order_by}"
        kept_rows = f"{match}{_where(where)} WITH {kept} ORDER BY {order_by} LIMIT {limit}"
        return self.collected(kept_rows, owner, lambda: self._items(column, ordering, node, edge))

    def _items(
        self, column: Many, ordering: Ordering, node: LiteralString, edge: LiteralString
    ) -> LiteralString:
        values: list[LiteralString] = []
        for item in column.items:
            match item:
                case SortValues():
                    values.append(ordering.values)
                case EdgeValue():
                    values.append(_as_json(item.property, edge))
                case Want():
                    values.append(self.row(item, node))
        return f"[{', '.join(values)}]"

    def _conditions(
        self, t: NodeType, node: LiteralString, edge: LiteralString, column: Many
    ) -> tuple[LiteralString, list[LiteralString]]:
        """More MATCH clauses, and predicates."""
        page = self.arguments[column.address]
        matches: LiteralString = ""
        parts: list[LiteralString] = []
        predicate = visible(t, node, self.viewer)
        if predicate:
            parts.append(predicate)
        if page.get("filter"):
            path = (column.address, "filter")
            if column.relation is None:
                matches, condition = self._filters.joined(t, node, page["filter"], path)
            elif column.relation.properties:
                both = (node, edge)
                condition = self._filters.edge(column.relation, both, page["filter"], path)
            else:
                condition = self._filters.node(t, node, page["filter"], path)
            parts.append(f"({condition})")
        if t.dated:
            parts += self._in_force(node, column.address)
        return matches, parts

    def _in_force(self, node: LiteralString, address: Step) -> list[LiteralString]:
        parts: list[LiteralString] = []
        if self.arguments[address].get("as_of") is not None:
            day = self.slots.add((address, "as_of"))
            parts.append(f"{node}.valid_from <= {day}")
            parts.append(f"({node}.valid_to IS NULL OR {node}.valid_to > {day})")
        if self.arguments[address].get("known_at") is None:
            return [*parts, f"{node}.recorded_to IS NULL"]
        moment = self.slots.add((address, "known_at"))
        known_from = f"({node}.recorded_from IS NULL OR {node}.recorded_from <= {moment})"
        known_to = f"({node}.recorded_to IS NULL OR {node}.recorded_to > {moment})"
        return [*parts, known_from, known_to]

    def _group(
        self,
        group: Group,
        found: LiteralString,
        over: tuple[LiteralString, NodeType],
        owner: LiteralString,
    ) -> LiteralString:
        """Figures stand in a CALL before RETURN: inside an expression Neo4j refuses them."""
        node, t = over
        keys: tuple[SortKey, ...] = self.arguments[group.address]["by"]
        persons = self._persons(t, node)
        measured: list[LiteralString] = []
        for p, functions in group.measured:
            column = self._measured(t, p, node)
            values: list[LiteralString] = [_measure(f, column, p.kind, persons) for f in functions]
            measured.append(f"[{', '.join(values)}]")
        names: list[LiteralString] = [f"k{literal(str(n))}" for n in range(len(keys))]
        columns: list[LiteralString] = [self._group_key(key, t, node) for key in keys]
        named: list[LiteralString] = [
            f"{c} AS {name}" for c, name in zip(columns, names, strict=True)
        ]
        # a list without figures in it would be one more key, and no nodes would make no group
        measures: LiteralString = ", measures" if measured else ""
        if measured:
            named.append(f"[{', '.join(measured)}] AS measures")
        enough: LiteralString = ""
        if persons and keys:
            named.append(f"count(DISTINCT {persons}) AS persons")
            enough = f"WHERE persons >= {FEWEST_PERSONS} "
        grouped = ", ".join([*named, "count(*) AS size"])
        order: LiteralString = ", ".join(["size DESC", *names])
        limit = self.slots.add((group.address, "limit"))
        figures = self.variable("a")
        self._calls.append(
            f"CALL ({owner}) {{ {found} WITH {grouped} {enough}ORDER BY {order} LIMIT {limit} "
            f"RETURN collect([[{', '.join(names)}], size{measures}]) AS {figures} }} "
        )
        return figures

    def _persons(self, t: NodeType, node: LiteralString) -> LiteralString:
        """Whose nodes are counted, where figures over few persons are withheld; else empty."""
        return person_seen(t, node, self.viewer) if counts_persons(self.viewer) else ""

    def _measured(self, t: NodeType, p: Property, node: LiteralString) -> LiteralString:
        hidden = p.name in t.personal and names_hidden(t, self.viewer)
        return "null" if hidden else f"{node}.{p.name}"

    def _group_key(self, key: SortKey, t: NodeType, node: LiteralString) -> LiteralString:
        if key.relation is None:
            refuse_personal(t, key.property, self.viewer)
            return _as_json(key.property, node)
        far = self.variable("n")
        target = MODEL.node_type(key.relation.target)
        refuse_personal(target, key.property, self.viewer)
        found = f"MATCH {pattern(key.relation, node, far)}{self.allowed(target, far)}"
        return f"head(COLLECT {{ {found} RETURN {far}.{key.property.name} LIMIT 1 }})"

    def _walk(self, column: Walk, node: LiteralString) -> LiteralString:
        relation = column.relation
        inner, far, path = self.variable("n"), self.variable("n"), self.variable("w")
        where = self.allowed(MODEL.node_type(relation.target), inner)
        left, right = ("-", "->") if relation.outgoing else ("<-", "-")
        step: LiteralString = f"(){left}[:{relation.type}]{right}({inner}:{relation.target}){where}"
        most = literal(str(int(self.arguments[column.address]["generations"])))
        limit = self.slots.add((column.address, "limit"))
        found = (
            f"MATCH {path} = ANY SHORTEST ({node}) ({step}){{1,{most}}} ({far}) "
            f"WITH {path}, {far} ORDER BY length({path}), {far}.key LIMIT {limit}"
        )

        def step_row() -> LiteralString:
            return f"[{', '.join([f'length({path})', *[self.row(w, far) for w in column.wants]])}]"

        return self.collected(found, node, step_row)

    def by(
        self, name: LiteralString, label: LiteralString, want: Want, address: Step
    ) -> LiteralString:
        """The row of the one node whose id or key is given, or null."""
        node = self.variable("n")
        t = MODEL.node_type(label)
        labels: LiteralString = f"Node:{label}" if name == "id" else label
        value = self.slots.add((address, name))
        known = identified(t, node, self.viewer) if name in t.personal else None
        conditions = (visible(t, node, self.viewer), known)
        judged: list[LiteralString] = [text for text in conditions if text]
        found: LiteralString = f"MATCH ({node}:{labels} {{{name}: {value}}})"
        if judged:  # told apart from what finds it, they are planned once and not for each way
            found += f" WITH {node}, {' AND '.join(judged)} AS seen WHERE seen"
        return f"head({self.collected(found, '', lambda: self.row(want, node), ' LIMIT 1')})"

    def by_ids(self, want: Want, address: Step) -> LiteralString:
        """The rows of the nodes with the given ids, in their order; null for what is not there."""
        node = self.variable("n")
        ids = self.slots.add((address, "ids"))
        predicate = visible_whatever(node, self.viewer)
        seen: LiteralString = f"CASE WHEN {predicate} THEN {node} END AS " if predicate else ""
        found = (
            f"UNWIND range(0, size({ids}) - 1) AS place "
            f"OPTIONAL MATCH ({node}:Node {{id: {ids}[place]}}) "
            f"WITH place, {seen}{node} ORDER BY place"
        )
        return self.collected(found, "", lambda: self.row(want, node))


def _as_json(p: Property, variable: LiteralString) -> LiteralString:
    text = expression(p, variable)
    return f"toString({text})" if p.kind in {Kind.DATE, Kind.DATETIME} else text


def _where(parts: list[LiteralString]) -> LiteralString:
    return f" WHERE {' AND '.join(parts)}" if parts else ""


def _measure(
    function: LiteralString, column: LiteralString, kind: Kind, persons: LiteralString
) -> LiteralString:
    text: LiteralString = f"{'avg' if function == 'mean' else function}({column})"
    if kind in {Kind.DATE, Kind.DATETIME}:
        text = f"toString({text})"
    if not persons:
        return text
    return f"CASE WHEN count(DISTINCT {persons}) >= {FEWEST_PERSONS} THEN {text} END"
