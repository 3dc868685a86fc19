"""What every transport needs: the engine, and who asks."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

from graphql import OperationType

from graph.deadline import within
from schema.access import Access
from schema.http.budget import REQUEST, Budgets, Turn
from schema.http.outcome import encoded, result
from schema.http.request import Request
from schema.partner import Asker
from schema.plan.engine import Engine, Run

_OBJECT = b'{"'  # inside a text the quotation mark would be escaped


@dataclass(frozen=True, slots=True)
class Api:
    """The engine, its doorkeeper and what partners may spend; streams end with `closing`."""

    engine: Engine
    access: Access
    budgets: Budgets = field(default_factory=Budgets)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    def is_subscription(self, request: Request) -> bool:
        """Whether there will be many answers; raises Refused."""
        document = self.engine.documents.read(request.query)
        operation = document.operation(request.operation_name)
        return operation.operation is OperationType.SUBSCRIPTION

    async def answer(self, request: Request, asker: Asker, *, mutations: bool = True) -> bytes:
        """The one answer to a query or mutation, in JSON; raises Refused or OverBudget."""
        with Turn(self.budgets.of(asker.partner)) as turn:
            run = self._paid(request, asker, turn)
            return await self._answer(run, request, asker, turn, mutations=mutations)

    async def answers(
        self, request: Request, asker: Asker, *, mutations: bool = True
    ) -> AsyncGenerator[bytes]:
        """All answers, one unless it is a subscription; raises Refused or OverBudget."""
        with Turn(self.budgets.of(asker.partner)) as turn:
            run = self._paid(request, asker, turn)
            if run.kind is not OperationType.SUBSCRIPTION:
                yield await self._answer(run, request, asker, turn, mutations=mutations)
                return
        async with aclosing(self.engine.follow(run)) as responses:
            async for response in responses:
                yield encoded(result(response))

    def _paid(self, request: Request, asker: Asker, turn: Turn) -> Run:
        asked = (request.query, request.variables, request.operation_name, asker.viewer)
        run = self.engine.run(*asked)
        turn.pay(run.cost)
        return run

    async def _answer(
        self, run: Run, request: Request, asker: Asker, turn: Turn, *, mutations: bool
    ) -> bytes:
        with within(asker.partner.seconds):
            response = await self.engine.respond(run, mutations=mutations)
        body = encoded(result(response))
        actual = turn.requested
        if not response.errors:
            actual = min(actual, body.count(_OBJECT) - REQUEST + run.plan.weight)
            turn.give_back(actual)
        if request.extensions.get("cost") is not True:
            return body
        told = turn.bucket.told(requested=turn.requested, actual=actual)
        return body[:-1] + b',"extensions":' + encoded({"cost": told}) + b"}"
