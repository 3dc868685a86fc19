"""Runs operations: reads through plans, introspection and doubtful values through graphql-core."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    execute,
)

from graph import clock
from graph.cypher import Cypher
from graph.database import Database
from graph.errors import GraphError, InvalidRequest, JiangpuError
from graph.viewer import Viewer
from graph.writes.accesses import Accesses
from graph.writes.feed import Feed
from graph.writes.merged import renamed, successors, texts
from graph.writes.once import Once, do_once
from schema.cursors import Cursors
from schema.derived.meaning import IsAsked, IsBy, IsByIds
from schema.derived.objects import USUAL
from schema.errors import code_of
from schema.plan.ask import Answer, Ask, Source
from schema.plan.code import Anomaly
from schema.plan.collect import Collector, directive_variables
from schema.plan.cost import sizes
from schema.plan.documents import Document, Documents, Refused
from schema.plan.inputs import Coercers, Coercion, Values
from schema.plan.limits import MOST_NODES
from schema.plan.operations import Plan, Root, plan
from schema.plan.pages import Preparer
from schema.plan.planner import SHOWN
from schema.plan.used import Used, used

log = logging.getLogger(__name__)

_STREAMS = "subscribe over a WebSocket, or with Accept: text/event-stream"


@dataclass(frozen=True, slots=True)
class Response:
    """What goes back: `data` is None when an error reached the top."""

    data: dict[str, Any] | None
    errors: list[GraphQLError]


@dataclass(frozen=True, slots=True)
class Run:
    """One request under way. `cost` is what it may cost at most."""

    document: Document
    operation: OperationDefinitionNode
    variables: Values
    raw_variables: Mapping[str, Any]
    plan: Plan
    arguments: Mapping[Any, Any]
    statements: Mapping[str, Cypher]
    viewer: Viewer
    cost: int

    @property
    def kind(self) -> OperationType:
        """Query, mutation or subscription."""
        return self.operation.operation


class Engine:
    """Answers operations of one schema from one database."""

    def __init__(
        self,
        schema: GraphQLSchema,
        database: Database,
        cursors: Cursors,
        answers: Mapping[str, Answer | Source],
    ) -> None:
        self._schema = schema
        self._database = database
        self._cursors = cursors
        self._answers = answers
        self._feed = Feed(database)
        self._coercers = Coercers(schema)
        self.documents = Documents(schema)
        self.accesses = Accesses()

    async def execute(
        self,
        text: str,
        variables: Mapping[str, Any],
        operation_name: str | None,
        viewer: Viewer,
    ) -> Response:
        """The response to one query or mutation; raises Refused if nothing was executed."""
        return await self.respond(self.run(text, variables, operation_name, viewer))

    async def respond(
        self, run: Run, *, mutations: bool = True, once: Once | None = None
    ) -> Response:
        """The response to one query or mutation that is ready to run; raises Refused.

        With `once` each field of a mutation is done once, however often it is asked for.
        """
        if run.kind is OperationType.SUBSCRIPTION:
            raise Refused([GraphQLError(_STREAMS)], "BAD_REQUEST")
        if run.kind is OperationType.MUTATION and not mutations:
            raise Refused([GraphQLError("a mutation needs POST")], "METHOD_NOT_ALLOWED")
        if run.kind is OperationType.MUTATION:
            done = [await self._change(run, root, once) for root in run.plan.roots]
        elif len(run.plan.roots) == 1:
            done = [await self._root(run, root) for root in run.plan.roots]
        else:
            done = list(await asyncio.gather(*(self._root(run, r) for r in run.plan.roots)))
        return self._joined(run, done)

    async def follow(self, run: Run) -> AsyncGenerator[Response]:
        """The responses of a subscription, as its events arrive; raises Refused."""
        [root] = run.plan.roots
        source: Any = self._answers[root.meaning.name]
        try:
            async with aclosing(source(self._ask(run, root))) as values:
                async for value in values:
                    yield self._joined(run, [self._completed(run, root, value)])
        except InvalidRequest as error:
            raise Refused([_located(run.plan, error, (root.key,))], error.code) from error

    def run(
        self,
        text: str,
        raw: Mapping[str, Any],
        operation_name: str | None,
        viewer: Viewer,
    ) -> Run:
        """A request ready to run: checked, planned, its arguments prepared; raises Refused."""
        document = self.documents.read(text)
        operation = document.operation(operation_name)
        variables = self._coercion(document, operation)(raw)
        planned = self.planned(document, operation, variables)
        now = clock.now()
        preparer = Preparer(self._cursors, viewer, clock.beijing_day(now))
        try:
            arguments: dict[Any, Any] = {**planned.prepare(preparer, variables), SHOWN: []}
            reach = sizes(planned.sites, arguments, USUAL)
            _limit_nodes(planned, reach)
            statements = planned.statements(arguments, viewer)
        except InvalidRequest as error:
            raise Refused([_located(planned, error)], error.code) from error
        cost = planned.cost(reach)
        return Run(
            document, operation, variables, raw, planned, arguments, statements, viewer, cost
        )

    def used(self, run: Run) -> Used:
        """Which parts of the contract the document of a request uses."""
        plans = run.document.plans
        known: Used | None = plans.recall("used")
        return known or plans.keep("used", used(self._schema, run.document.node))

    def _coercion(self, document: Document, operation: OperationDefinitionNode) -> Coercion:
        key = ("variables", id(operation))
        known: Coercion | None = document.plans.recall(key)
        return known or document.plans.keep(key, self._coercers.variables(operation))

    def planned(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: Values,
        *,
        checked: bool = True,
    ) -> Plan:
        """The plan of an operation for its include values."""
        names = document.plans.recall(("names", id(operation)))
        if names is None:
            found = directive_variables(operation, document.fragments)
            names = document.plans.keep(("names", id(operation)), found)
        included = {name: variables.get(name) for name in names}
        key = (id(operation), tuple(included.values()), checked)
        known: Plan | None = document.plans.recall(key)
        if known is None:
            collector = Collector(self._schema, document.fragments, included)
            root = self._schema.get_root_type(operation.operation)
            if root is None:
                text = f"there are no {operation.operation.value}s"
                raise Refused([GraphQLError(text)], "OPERATION_RESOLUTION_FAILURE")
            known = plan(self._schema, root, collector, operation.selection_set, checked=checked)
            document.plans.keep(key, known)
        return known

    async def _root(self, run: Run, root: Root) -> Any:
        try:
            if isinstance(root.meaning, IsAsked):
                value = await self._answered(self._ask(run, root), root.meaning)
            else:
                value = await self._found(run.statements[root.key], root.meaning)
        except (InvalidRequest, GraphError) as error:
            return _located(run.plan, error, (root.key,))
        return self._completed(run, root, value)

    async def _answered(self, ask: Ask, meaning: IsAsked) -> Any:
        """What a function answers; an id of a record that was merged asks for the other."""
        answer: Any = self._answers[meaning.name]
        named = [ask.given[name] for name in meaning.ids if ask.given.get(name)]
        refused: InvalidRequest | None = None
        try:
            value = await answer(ask)
        except InvalidRequest as error:
            refused, value = error, None
        if named and value is None and (refused is None or refused.code == "NOT_FOUND"):
            known = await successors(self._database.rows, texts(named))
            if known:
                return await answer(replace(ask, given=renamed(ask.given, known)))
        if refused:
            raise refused
        return value

    async def _found(self, cypher: Cypher, meaning: Any) -> Any:
        """The value of a statement; an id or key of a record that was merged finds the other."""
        value = await self._database.value(cypher)
        if isinstance(meaning, IsBy):
            lost = value is None
        else:
            lost = isinstance(meaning, IsByIds) and None in value
        if not lost:
            return value
        given = dict(cypher.parameters)
        known = await successors(self._database.rows, texts(given))
        if not known:
            return value
        return await self._database.value(replace(cypher, parameters=renamed(given, known)))

    async def _change(self, run: Run, root: Root, once: Once | None) -> Any:
        if once is None:
            return await self._root(run, root)

        async def work(database: Database) -> bytes:
            answer: Any = self._answers[root.meaning.name]
            value = await answer(replace(self._ask(run, root), database=database))
            done = self._completed(run, root, value)
            return b"null" if isinstance(done, _Doubtful) else orjson.dumps(done)

        try:
            kept = await do_once(self._database, once.of(root.key), clock.now(), work)
        except (InvalidRequest, GraphError) as error:
            return _located(run.plan, error, (root.key,))
        return orjson.loads(kept)

    def _completed(self, run: Run, root: Root, value: Any) -> Any:
        try:
            return run.plan.functions[root.complete](value, run.arguments)
        except (Anomaly, KeyError, TypeError, IndexError, ValueError):
            return _Doubtful(value)
        finally:
            if run.arguments[SHOWN]:
                self.accesses.note(run.viewer.name, run.arguments[SHOWN])

    def _ask(self, run: Run, root: Root) -> Ask:
        return Ask(
            self._database,
            run.viewer,
            self._cursors,
            clock.now(),
            run.arguments[root.address].statement,
            root.selected,
            {s.address: run.arguments[s.address].statement for s in root.sites},
            self._feed,
            root.texts,
            run.arguments[SHOWN],
        )

    def _joined(self, run: Run, done: list[Any]) -> Response:
        if any(isinstance(value, _Doubtful) for value in done):
            return self._judged(run, done)
        values = dict(zip([r.key for r in run.plan.roots], done, strict=True))
        errors = list[GraphQLError]()
        for root in run.plan.roots:
            if isinstance(values[root.key], GraphQLError):
                errors.append(values[root.key])
                if not root.nullable:
                    return Response(None, errors)
        if run.plan.meta:
            values |= self._introspected(run)
        data = {key: values[key] for key in run.plan.keys}
        for root in run.plan.roots:
            if isinstance(data[root.key], GraphQLError):
                data[root.key] = None
        return Response(data, errors)

    def _introspected(self, run: Run) -> dict[str, Any]:
        """What begins with two underscores, from graphql-core."""
        nodes = tuple(node for group in run.plan.meta.values() for node in group)
        operation = replace(run.operation, selection_set=SelectionSetNode(selections=nodes))
        document = DocumentNode(definitions=(operation, *run.document.fragments.values()))
        return self.core(document, operation, run.raw_variables, {}).data or {}

    def _judged(self, run: Run, done: list[Any]) -> Response:
        """Complete the same values with graphql-core, which finds the exact errors."""
        unchecked = self.planned(run.document, run.operation, run.variables, checked=False)
        root_value: dict[str, Any] = {}
        for root, value in zip(unchecked.roots, done, strict=True):
            complete = unchecked.functions[root.complete]
            doubtful = isinstance(value, _Doubtful)
            root_value[root.key] = complete(value.rows, run.arguments) if doubtful else value
        return self.core(run.document.node, run.operation, run.raw_variables, root_value)

    def core(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        root_value: Any,
    ) -> Response:
        """Completion by graphql-core: values are found under their response keys."""
        result = execute(
            self._schema,
            document,
            root_value,
            variable_values=dict(variables),
            operation_name=operation.name.value if operation.name else None,
        )
        if not isinstance(result, ExecutionResult):
            raise TypeError("completion does not wait for anything")
        return Response(result.data, list(result.errors or ()))


class _Doubtful:
    """Rows that did not fit their types."""

    def __init__(self, rows: Any) -> None:
        self.rows = rows


def _limit_nodes(planned: Plan, found: Mapping[Any, int]) -> None:
    """Refuse what could return too many nodes at once."""
    reach: dict[Any, int] = {}
    for site in planned.sites:
        reach[site.address] = found[site.address] * reach.get(site.parent, 1)
    total = sum(reach.values())
    if total > MOST_NODES:
        raise InvalidRequest(
            "LIMIT_EXCEEDED",
            f"this could return {total} nodes, more than {MOST_NODES}; "
            "ask for smaller pages inside",
        )


def _located(plan: Plan, error: JiangpuError, root: tuple[str, ...] = ()) -> GraphQLError:
    match error.path if isinstance(error, InvalidRequest) else ():
        case (int(address), *steps):
            path = plan.written(address, steps)
        case steps:
            path = (*root, *steps)
    return GraphQLError(str(error), path=list(path) or None, extensions={"code": code_of(error)})
