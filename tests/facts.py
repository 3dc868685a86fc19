"""Facts for a test, written as the model names them: nodes by label, relations by name."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.database import Database
from graph.model import MODEL, Kind, NodeType, Owned
from tests.seeded import Rows

EVER = date(2000, 1, 1)


@dataclass
class Facts:
    """A small graph: `add` returns the id of a new node, to be named by others."""

    rows: Rows = field(default_factory=Rows)
    prefix: str = ""

    def add(self, label: str, **given: Any) -> str:
        """Add a node; what names a relation is the id, or ids, that it leads to."""
        t = MODEL.node_type(label)
        identifier = given.pop("id", None) or f"{self.prefix}{label}-{len(self.rows.nodes)}"
        relations = {r.name: r for r in MODEL.relations[label]}
        values = {n: _stored(t, n, v) for n, v in given.items() if n not in relations}
        values |= {"id": identifier, "key": f"test:{identifier}"}
        values |= {p.name: identifier for p in t.properties if p.required and p.name not in values}
        if t.dated:
            values.setdefault("valid_from", EVER)
        if isinstance(t.access, Owned):
            values = {"region_path": "/m/", "system_path": "/s/"} | values
        roles = [p.label for p in t.properties if p.kind is Kind.ROLE and given.get(p.name)]
        labels = ["Node", label, *t.interfaces, *roles]
        self.rows.nodes.append({"labels": labels, "values": values})
        for name, ends in given.items():
            if name in relations:
                for end in [ends] if isinstance(ends, str) else ends:
                    self.link(identifier, label, name, end)
        return identifier

    def link(self, near: str, label: str, relation: str, far: str, **values: Any) -> None:
        """Relate two nodes by a relation of the first, which is of that label."""
        r = MODEL.relation(label, relation)
        source, target = (near, far) if r.outgoing else (far, near)
        self.rows.edges.append(
            {"type": r.type, "source": source, "target": target, "values": values}
        )

    async def write(self, database: Database) -> None:
        """Write what was added."""
        await self.rows.write(database)


def _stored(t: NodeType, name: str, value: Any) -> Any:
    choices = t.property(name).choices
    return choices.stored[value] if choices and isinstance(value, str) else value
