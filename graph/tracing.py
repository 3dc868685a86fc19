"""Spans of OpenTelemetry: one per operation and one per statement, where somebody listens.

Only the API is needed: who wants traces installs and configures an SDK. Spans hold names, never
texts, parameters or messages of errors.
"""

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from opentelemetry import trace
from opentelemetry.trace import ProxyTracerProvider, SpanKind, Status, StatusCode

_TRACER = trace.get_tracer("jiangpu")
_SILENT: AbstractContextManager[None] = nullcontext()


def operation(kind: str, name: str | None, partner: str) -> AbstractContextManager[None]:
    """The span of one GraphQL operation."""
    if _nobody_listens():
        return _SILENT
    named = {"graphql.operation.name": name} if name else {}
    attributes = {"graphql.operation.type": kind, "jiangpu.partner": partner, **named}
    return _span(f"graphql {kind}", SpanKind.SERVER, attributes)


def statement(name: str) -> AbstractContextManager[None]:
    """The span of one statement."""
    if _nobody_listens():
        return _SILENT
    attributes = {"db.system.name": "neo4j", "db.query.summary": name}
    return _span(name or "statement", SpanKind.CLIENT, attributes)


def _nobody_listens() -> bool:
    return isinstance(trace.get_tracer_provider(), ProxyTracerProvider)


@contextmanager
def _span(name: str, kind: SpanKind, attributes: dict[str, str]) -> Generator[None]:
    with _TRACER.start_as_current_span(
        name,
        kind=kind,
        attributes=attributes,
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        try:
            yield
        except BaseException as error:
            span.set_status(Status(StatusCode.ERROR))
            span.set_attribute("error.type", type(error).__name__)
            raise
