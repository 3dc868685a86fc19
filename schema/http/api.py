"""What every transport needs: the engine, and who asks."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from hashlib import sha256

import orjson
from graphql import OperationType

from graph import tracing
from graph.deadline import within
from graph.errors import InvalidRequest
from graph.writes.events import through
from graph.writes.once import Once
from graph.writes.uses import Uses
from schema.access import Access
from schema.http.budget import REQUEST, Budgets, Turn
from schema.http.known import Known, KnownDocuments
from schema.http.outcome import encoded, result
from schema.http.request import Request
from schema.partner import Asker
from schema.plan.documents import Refused
from schema.plan.engine import Engine, Run

_OBJECT = b"{"  # one in a text counts too, which is cheaper than to tell them apart


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in JSON; `partial` if it has errors, `tag` if a client may keep it."""

    body: bytes
    partial: bool
    tag: bytes | None


@dataclass(frozen=True, slots=True)
class Api:
    """The engine, its doorkeeper, known documents, budgets and uses; streams end with `closing`."""

    engine: Engine
    access: Access
    known: KnownDocuments
    budgets: Budgets = field(default_factory=Budgets)
    uses: Uses = field(default_factory=Uses)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    def is_subscription(self, request: Request) -> bool:
        """Whether there will be many answers; of a document that is refused there is one."""
        try:
            document = self.engine.documents.read(request.query)
            operation = document.operation(request.operation_name)
        except Refused:
            return False
        return operation.operation is OperationType.SUBSCRIPTION

    async def answer(self, known: Known, asker: Asker, *, mutations: bool = True) -> Answer:
        """The one answer to a query or mutation; raises Refused or OverBudget."""
        with Turn(self.budgets.of(asker.partner)) as turn:
            run = self._paid(known, asker, turn)
            return await self._answer(run, known, asker, turn, mutations=mutations)

    async def answers(
        self, request: Request, asker: Asker, *, mutations: bool = True
    ) -> AsyncGenerator[bytes]:
        """All answers, one unless it is a subscription; raises Refused or InvalidRequest."""
        known = await self.known.resolve(request, asker.partner)
        with Turn(self.budgets.of(asker.partner)) as turn:
            run = self._paid(known, asker, turn)
            if run.kind is not OperationType.SUBSCRIPTION:
                answer = await self._answer(run, known, asker, turn, mutations=mutations)
                yield answer.body
                return
            self.uses.note(asker.partner.name, self.engine.used(run))
        async with aclosing(self.engine.follow(run)) as responses:
            async for response in responses:
                yield encoded(result(response))

    def _paid(self, known: Known, asker: Asker, turn: Turn) -> Run:
        """The request, ready to run. Of a trusted document only what it did cost is charged."""
        request = known.request
        run = self.engine.run(
            request.query, request.variables, request.operation_name, asker.viewer
        )
        if run.plan.introspects and not asker.partner.introspects:
            raise InvalidRequest("INTROSPECTION_DISABLED", _READ_THE_FILE)
        if not known.trusted:
            turn.pay(run.cost)
        return run

    async def _answer(
        self, run: Run, known: Known, asker: Asker, turn: Turn, *, mutations: bool
    ) -> Answer:
        once = _once(known.request, asker) if run.kind is OperationType.MUTATION else None
        partner, kind = asker.partner, run.kind.value
        with (
            within(partner.seconds),
            through(partner.name),
            tracing.operation(kind, known.request.operation_name, partner.name),
        ):
            response = await self.engine.respond(run, mutations=mutations, once=once)
        self.uses.note(partner.name, self.engine.used(run))
        body = encoded(result(response))
        partial = bool(response.errors)
        cost = REQUEST + run.cost
        if not partial:
            cost = min(cost, body.count(_OBJECT) - REQUEST + run.plan.weight)
        turn.end(cost)
        tag = b'"%s"' % sha256(body).hexdigest().encode() if known.trusted and not partial else None
        if known.request.extensions.get("cost") is True:
            told = turn.bucket.told(requested=REQUEST + run.cost, actual=cost)
            body = body[:-1] + b',"extensions":' + encoded({"cost": told}) + b"}"
        return Answer(body, partial, tag)


_READ_THE_FILE = "introspection is off for this partner; the contract is schema/schema.graphql"


def _once(request: Request, asker: Asker) -> Once | None:
    key = request.idempotency_key
    if key is not None:
        asked = (request.query, request.operation_name, request.variables)
        body = orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)
        return Once.of_asker(key, (asker.partner.name, asker.actor), body)
    if asker.partner.demands_keys:
        raise InvalidRequest(
            "IDEMPOTENCY_KEY_MISSING", "this partner's mutations need the header Idempotency-Key"
        )
    return None
