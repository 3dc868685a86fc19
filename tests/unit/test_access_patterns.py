"""No pattern of any statement reaches a node that a viewer may not see without the predicate."""

import re
from typing import cast

import pytest

from graph.database import Database
from graph.model import MODEL
from graph.projection.access import visible
from graph.viewer import Viewer
from schema import ANSWERS
from schema.cursors import Cursors
from schema.plan.documents import Documents, Refused
from schema.plan.engine import Engine
from tests.documents import SCHEMA
from tests.integration.test_leaks import VIEWERS
from tests.leaks import hides, questions

BOUND = re.compile(r"\(([a-z]\d+):(?:Node:)?(\w+)")  # what the compiler binds: n1, f2 …


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = Engine(SCHEMA, cast("Database", None), Cursors(b"k" * 32), ANSWERS)
    engine.documents = Documents(SCHEMA, most=2000)  # each viewer asks the same
    return engine


def statements(engine: Engine, text: str, viewer: Viewer) -> list[str]:
    """What a document becomes; nothing if it asks for what the viewer may not ask for."""
    try:
        return [s.text for s in engine.run(text, {}, None, viewer).statements.values()]
    except Refused as refused:
        if refused.code == "FORBIDDEN":
            return []
        raise


@pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS)
def test_every_pattern_that_reaches_a_hideable_node_is_restricted(
    viewer: Viewer, engine: Engine
) -> None:
    hidden, restricted = hides(viewer), 0
    for _, text in questions(viewer):
        for statement in statements(engine, text, viewer):
            for variable, label in BOUND.findall(statement):
                if label in hidden:
                    predicate = visible(MODEL.node_type(label), variable, viewer)
                    assert str(predicate) in statement, (text, variable, label)
                    restricted += 1
    assert restricted > 100
