"""What every transport needs: the engine, and who asks."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

from graphql import OperationType

from graph.viewer import Viewer
from schema.access import Access
from schema.http.request import Request
from schema.plan.engine import Engine, Response


@dataclass(frozen=True, slots=True)
class Api:
    """The engine and its doorkeeper; streams end when `closing` is set."""

    engine: Engine
    access: Access
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    def is_subscription(self, request: Request) -> bool:
        """Whether there will be many responses; raises Refused."""
        document = self.engine.documents.read(request.query)
        operation = document.operation(request.operation_name)
        return operation.operation is OperationType.SUBSCRIPTION

    async def responses(
        self, request: Request, viewer: Viewer, *, mutations: bool = True
    ) -> AsyncGenerator[Response]:
        """All responses to a request, one unless it is a subscription; raises Refused."""
        asked = (request.query, request.variables, request.operation_name, viewer)
        if not self.is_subscription(request):
            yield await self.engine.execute(*asked, mutations=mutations)
            return
        async with aclosing(self.engine.subscribe(*asked)) as responses:
            async for response in responses:
                yield response
