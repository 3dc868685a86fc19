"""Traces: a span per operation and per statement, none per field, no values in them."""

from collections.abc import Iterator

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from graph import tracing
from graph.database import Database
from schema.partner import Partner
from tests.integration.http.conftest import Door
from tests.seeded import OPEN


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    monkeypatch.setattr(tracing, "_TRACER", provider.get_tracer("jiangpu"))
    yield exporter
    provider.shutdown()


async def test_operation_and_statements_have_spans(
    door: Door, seeded: Database, spans: InMemorySpanExporter
) -> None:
    client = await door(Partner("traced"))
    worker = OPEN.id("Worker", 0)
    query = """query Q($id: ID!) { worker(id: $id) { id name skills { nodes { id } } }
                                    workers { totalCount } }"""
    given = {"query": query, "variables": {"id": worker}, "operationName": "Q"}
    assert "errors" not in (await client.post("/graphql", json=given)).json()
    finished = spans.get_finished_spans()
    [operation] = [span for span in finished if span.name == "graphql query"]
    assert operation.context is not None
    told = [s for s in finished if s.get_span_context().trace_id == operation.context.trace_id]
    statements = [span for span in told if span is not operation]
    assert sorted(span.name for span in statements) == ["worker", "workers"]
    assert dict(operation.attributes or {}) == {
        "graphql.operation.type": "query",
        "graphql.operation.name": "Q",
        "jiangpu.partner": "traced",
    }
    for span in statements:
        assert span.parent is not None
        assert span.parent.span_id == operation.context.span_id
        assert worker not in span.to_json()


async def test_without_a_listener_nothing_is_made() -> None:
    assert tracing.statement("a") is tracing.statement("b")
    assert tracing.operation("query", "Q", "portal") is tracing.statement("a")
