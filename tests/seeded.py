"""A small graph with every node type and relationship type of the model, made from the model.

Nodes of a world carry its name in every text, so that a test can tell where a value came from.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from graph.cypher import Cypher
from graph.database import Database, Transaction
from graph.model import MODEL, Kind, NodeType, Owned, Property, RelationshipType

WORD = "匠谱"


@dataclass(frozen=True)
class World:
    """Nodes that belong together: `name` is in all of their texts, `number` in all figures."""

    name: str
    number: int
    day: date
    region: str
    system: str

    def id(self, label: str, n: int) -> str:
        """The id of copy `n` of a type."""
        return f"{self.name}-{label}-{n}"

    def value(self, p: Property, n: int) -> Any:
        """What copy `n` holds of a property."""
        if p.kind is Kind.CHOICES and p.choices is not None:
            return [c.name for c in p.choices.choices[n:]]
        if p.choices is not None:
            return list(p.choices.stored.values())[(self.number + n) % len(p.choices.choices)]
        text = f"{WORD} {self.name} {p.name} {n}"
        return {
            Kind.STRING: text,
            Kind.TEXT: text,
            Kind.STRINGS: [text, f"{self.name} {n + 1}"],
            Kind.INTEGER: self.number + n,
            Kind.LONG: self.number + n,
            Kind.FLOAT: float(f"0.{self.number}{n}"),
            Kind.BOOLEAN: (self.number + n) % 2 == 0,
            Kind.ROLE: (self.number + n) % 2 == 0,
            Kind.DATE: self.day.replace(day=1 + n),
            Kind.DATETIME: datetime(self.day.year, 1, 1 + n, tzinfo=UTC),
        }[p.kind]

    def node(self, t: NodeType, n: int) -> dict[str, Any]:
        """Copy `n` of a type, ready to be written."""
        values = {p.name: self.value(p, n) for p in t.all_properties if p.kind is not Kind.ROLE}
        values |= {"id": self.id(t.label, n), "key": f"{self.name}:{t.label}-{n}"}
        values["synthetic"] = False
        if t.dated:
            values |= {"valid_to": None, "recorded_from": None, "recorded_to": None}
        if isinstance(t.access, Owned):
            values |= {"region_path": self.region, "system_path": self.system}
            values["scope_tokens"] = f"{self.region}{self.system}".replace("/", " ")
        roles = [p.label for p in t.all_properties if p.label and self.value(p, n)]
        return {"values": values, "labels": ["Node", t.label, *t.interfaces, *roles]}


OPEN = World("open", 2000, date(2020, 1, 1), "/town/open/", "/trade/open/")
_LABELS = {t.label[0].lower() + t.label[1:]: t.label for t in MODEL.node_types}


def named(field: str) -> dict[str, str]:
    """What the arguments of a root field name of the open world."""
    return {
        "id": OPEN.id(_LABELS.get(field, "Worker"), 0),
        "key": f"{OPEN.name}:{_LABELS.get(field.removesuffix('ByKey'))}-0",
        "from": OPEN.id("Worker", 0),
        "to": OPEN.id("Patent", 1),
        "query": WORD,
        **{f"{name}Id": OPEN.id(label, 0) for name, label in _LABELS.items()},
        "masterId": OPEN.id("Worker", 2),
        "instituteId": OPEN.id("ResearchInstitute", 0),
        "problemId": OPEN.id("TechnicalProblem", 0),
        "pairingId": OPEN.id("PlannedPairing", 0),
        "matchId": "none",
    }


@dataclass
class Rows:
    """Nodes and relationships, ready to be written."""

    nodes: list[dict[str, Any]] = field(default_factory=list)
    edges: list[dict[str, Any]] = field(default_factory=list)

    def edge(self, r: RelationshipType, ends: tuple[str, str], world: World, n: int) -> None:
        """Add a relationship between two ids."""
        values = {p.name: world.value(p, n) for p in r.properties}
        row = {"type": r.type, "source": ends[0], "target": ends[1], "values": values}
        self.edges.append(row)

    async def write(self, database: Database) -> None:
        """Write all of them."""

        async def work(transaction: Transaction) -> None:
            await transaction.run(Cypher(_NODES, {"rows": self.nodes}))
            await transaction.run(Cypher(_EDGES, {"rows": self.edges}))

        await database.write(work)


_NODES = "UNWIND $rows AS row CREATE (n:$(row.labels)) SET n = row.values"
_EDGES = """
UNWIND $rows AS row MATCH (s:Node {id: row.source}), (t:Node {id: row.target})
CREATE (s)-[r:$(row.type)]->(t) SET r = row.values
"""
WIPE = Cypher("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS", name="wipe")


def ends(r: RelationshipType) -> Iterator[tuple[NodeType, NodeType]]:
    """The node types between which a relationship type runs."""
    for source in MODEL.concrete(r.source):
        for target in MODEL.concrete(r.target):
            yield source, target


def whole(world: World, copies: int = 3) -> Rows:
    """So many nodes of each type, each related to one or two of each type it may be related to."""
    rows = Rows([world.node(t, n) for t in MODEL.node_types for n in range(copies)])
    for r in MODEL.relationship_types:
        for source, target in ends(r):
            for n, m in pairs(r, copies):
                rows.edge(r, (world.id(source.label, n), world.id(target.label, m)), world, n)
    return rows


def pairs(r: RelationshipType, copies: int) -> Iterator[tuple[int, int]]:
    """Which copies a relationship type joins; trees stay trees, to-one stays to-one."""
    for n in range(copies):
        if r.source == r.target:
            if n:
                yield n, n - 1
            continue
        yield n, n
        if r.forward.many and (r.backward is None or r.backward.many):
            yield n, (n + 1) % copies
