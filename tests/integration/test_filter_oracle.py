"""Whatever filter a client may write, the graph answers as plain Python does over the same rows."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from graph.database import Database
from graph.model import MODEL
from graph.viewer import ADMINISTRATOR, Role, Viewer
from tests.documents import SCHEMA, written
from tests.integration.conftest import Ask
from tests.oracle import Oracle
from tests.seeded import OPEN, WIPE, Rows, World, whole
from tests.strategies import values_of

OTHER = World("other", 2001, OPEN.day, "/town/other/", "/trade/other/")
UNION = Viewer(frozenset({Role.UNION}), region_prefixes=(OPEN.region,))
NEVER_EMPTY = {"id", "key", "region_path", "system_path", "valid_from"}


def with_gaps(rows: Rows) -> Rows:
    """The rows with a third of their values taken away, and some records corrected."""
    chance = random.Random(7)
    for row in (*rows.nodes, *rows.edges):
        for name in row["values"].keys() - NEVER_EMPTY:
            if chance.random() < 1 / 3:
                row["values"][name] = None
        if "valid_from" in row["values"] and chance.random() < 1 / 3:
            row["values"]["recorded_to"] = datetime(2024, 1, 1, tzinfo=UTC)
    return rows


def two_worlds() -> Rows:
    """A world that the union sees and one that it does not, each node of which knows the other."""
    rows = whole(OPEN)
    hidden = whole(OTHER, copies=2)
    for r in MODEL.relationship_types:
        if not (r.forward.many and (r.backward is None or r.backward.many)):
            continue
        for source in MODEL.concrete(r.source):
            for target in MODEL.concrete(r.target):
                ends = OPEN.id(source.label, 1), OTHER.id(target.label, 0)
                rows.edge(r, ends, OTHER, 1)
    both = with_gaps(Rows([*rows.nodes, *hidden.nodes], [*rows.edges, *hidden.edges]))
    for node in both.nodes:
        if "PlannedPairing" in node["labels"]:  # those that stand for a while have their own tests
            node["values"]["state"] = "PROPOSED"
    return both


@pytest.fixture(scope="module")
async def oracle(open_session_database: Database) -> Callable[[Viewer], Oracle]:
    """Rows themselves as an argument would be printed whole for each example."""
    written_rows = two_worlds()
    await open_session_database.run(WIPE)
    await written_rows.write(open_session_database)
    return lambda viewer: Oracle(written_rows, viewer)


@st.composite
def questions(draw: Any) -> tuple[str, Any]:
    """A label and a filter on its nodes, through up to three relations."""
    label = draw(st.sampled_from([t.label for t in MODEL.node_types]))
    return label, draw(values_of(SCHEMA.type_map[f"{label}Filter"], depth=6))


@pytest.mark.parametrize("viewer", [ADMINISTRATOR, UNION], ids=["administrator", "union"])
@settings(max_examples=2 * settings().max_examples)
@given(question=questions(), literal=st.booleans())
async def test_filter_finds_what_its_words_say(
    question: tuple[str, Any],
    *,
    literal: bool,
    viewer: Viewer,
    oracle: Callable[[Viewer], Oracle],
    ask: Ask,
) -> None:
    label, conditions = question
    t = MODEL.node_type(label)
    name = f"{t.label}Filter"
    definition, value, variables = f"($f: {name})", "$f", {"f": conditions}
    if literal:
        definition, value, variables = "", written(conditions, SCHEMA.type_map[name]), {}
    found = f"{t.plural}(first: 100, filter: {value}) {{ nodes {{ id }} }}"
    data = await ask(f"query Q{definition} {{ found: {found} }}", viewer, **variables)
    expected = oracle(viewer).found(t, conditions)
    event("some" if expected else "none")
    assert [node["id"] for node in data["found"]["nodes"]] == expected
