"""Ending a dated fact beside the subject: what was known of it stays as a closed record."""

from typing import LiteralString

from graph.model import NodeType
from graph.writes.nodes import history_text


def ending(t: NodeType, variable: LiteralString, when: LiteralString = "true") -> LiteralString:
    """A clause that ends the fact today, where `when` holds; `when` may use `variable`."""
    return (
        f"CALL ({variable}) {{ WITH {variable} AS n, "
        f"{{history_id: $fresh + {variable}.id}} AS row WHERE {when} AND n.recorded_to IS NULL "
        f"{history_text(t)} SET n.valid_to = $today }}"
    )
