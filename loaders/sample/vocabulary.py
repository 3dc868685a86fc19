"""The real occupations, skills, districts, industries and technologies that people are put on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.cypher import Cypher
from graph.database import Database
from graph.errors import JiangpuError
from loaders.rows import NodeRow, Nodes, Part, RelationshipRow
from loaders.sample.trades import Trade, trades

BEIJING = "division:110000000000"
FEWEST_SKILLS = 4


class NothingToBuildOn(JiangpuError):
    """The graph lacks what generated people are put on."""


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill that an occupation asks for."""

    key: str
    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation of one of the trades, its skills from the most to the least asked for."""

    key: str
    name: str
    skills: tuple[Skill, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A technology with its title in both languages."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Line:
    """A trade with what there is of it: never without occupations, industry and technologies."""

    trade: Trade
    industry: str
    occupations: tuple[Occupation, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the generator builds on, in an order that does not depend on where it was read."""

    districts: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]


@dataclass(slots=True)
class _Found:
    occupations: list[tuple[str, str, str, int]] = field(default_factory=list[Any])
    required: list[tuple[str, str, str, float]] = field(default_factory=list[Any])
    districts: list[tuple[str, str]] = field(default_factory=list[Any])
    industries: list[str] = field(default_factory=list[str])
    fields: list[tuple[str, str, str]] = field(default_factory=list[Any])


def from_parts(parts: Iterable[Part]) -> Vocabulary:
    """Out of the parts of the sample or of the sources."""
    found, skills = _Found(), dict[str, str]()
    for part in parts:
        for row in part.rows:
            if isinstance(part, Nodes) and isinstance(row, NodeRow):
                _note(found, skills, part, row)
            elif isinstance(row, RelationshipRow) and not isinstance(part, Nodes):
                _note_link(found, skills, part.relationship_type.type, row)
    return _vocabulary(found)


async def from_graph(database: Database) -> Vocabulary:
    """Out of a graph that holds the sample or the sources."""
    [row] = await database.rows(Cypher(_IN_GRAPH, {"beijing": BEIJING}, name="vocabulary"))
    return _vocabulary(_Found(**row))


_IN_GRAPH = """
RETURN
  COLLECT { MATCH (o:Occupation {source: 'csco', level: 4})
    RETURN [o.key, o.code, o.name, size(coalesce(o.aliases, []))] } AS occupations,
  COLLECT { MATCH (o:Occupation {source: 'csco', level: 4})-[r:REQUIRES_SKILL]->(s:Skill)
    RETURN [o.key, s.key, s.name, r.weight] } AS required,
  COLLECT { MATCH (d:District)-[:PART_OF]->(:District {key: $beijing})
    RETURN [d.key, d.name] } AS districts,
  COLLECT { MATCH (i:Industry {level: 2}) RETURN i.key } AS industries,
  COLLECT { MATCH (f:TechnologyField {level: 3})
    RETURN [f.key, f.name, coalesce(f.name_en, f.name)] } AS fields
"""


def _note(found: _Found, skills: dict[str, str], part: Nodes, row: NodeRow) -> None:
    values = row.values
    identity = values.get("external_id") or values[part.node_type.identity or "external_id"]
    key = f"{part.source}:{identity}"
    match part.node_type.label, values.get("level"):
        case "Skill", _:
            skills[key] = values["name"]
        case "Occupation", 4 if part.source == "csco":
            entry = (key, values["code"], values["name"], len(values.get("aliases", ())))
            found.occupations.append(entry)
        case "District", 3 if values["code"].startswith("11"):
            found.districts.append((key, values["name"]))
        case "Industry", 2:
            found.industries.append(key)
        case "TechnologyField", 3:
            found.fields.append((key, values["name"], values.get("name_en", values["name"])))
        case _:
            pass


def _note_link(found: _Found, skills: dict[str, str], kind: str, row: RelationshipRow) -> None:
    if kind == "REQUIRES_SKILL":
        name = skills[row.target_key]
        found.required.append((row.source_key, row.target_key, name, row.values["weight"]))


def _vocabulary(found: _Found) -> Vocabulary:
    fields = {key.removeprefix("cpc:"): Field(key, zh, en) for key, zh, en in found.fields}
    by_trade = _by_trade(found)
    lines = tuple(
        Line(trade, industry, tuple(occupations), technologies)
        for trade, occupations in by_trade.items()
        if (industry := f"isic:{trade.isic}") in found.industries
        if (technologies := tuple(fields[code] for code in trade.cpc if code in fields))
    )
    if not lines or not found.districts:
        raise NothingToBuildOn(
            "the graph has no occupations with skills, no industries, technologies or districts; "
            "run `jiangpu sample` first"
        )
    return Vocabulary(tuple(sorted((key, name) for key, name in found.districts)), lines)


def _by_trade(found: _Found) -> dict[Trade, list[Occupation]]:
    """Trade -> its occupations; those that the dictionary knows by more names come first."""
    skills: dict[str, list[Skill]] = defaultdict(list)
    for occupation, key, name, weight in found.required:
        skills[occupation].append(Skill(key, name, weight))
    by_trade: dict[Trade, list[Occupation]] = {trade: [] for trade in trades()}
    for key, code, name, _ in sorted(found.occupations, key=lambda o: (-o[3], o[1])):
        trade = _trade_of(code)
        asked = sorted(skills[key], key=lambda s: (-s.weight, s.key))
        if trade and len(asked) >= FEWEST_SKILLS:
            by_trade[trade].append(Occupation(key, name, tuple(asked)))
    return {trade: occupations for trade, occupations in by_trade.items() if occupations}


def _trade_of(code: str) -> Trade | None:
    fitting: Sequence[Trade] = [t for t in trades() if code.startswith(t.occupations)]
    return max(fitting, key=lambda t: len(t.occupations), default=None)
