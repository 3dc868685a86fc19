"""The five databases that the policy names: which nodes each holds, and how many are seen (X19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

from graph.cypher import Cypher
from graph.database import Database
from graph.model import MODEL
from graph.model.declare import Choice, ClosedList
from graph.model.people import PERSON
from graph.projection.access import visible
from graph.projection.personal import FEWEST_PERSONS, counts_persons
from graph.viewer import Viewer

DATABASE = ClosedList(
    "PolicyDatabase",
    "数据库与平台",
    "The databases and platforms of the policy (X19).",
    (
        Choice("TALENT", "技能人才库", "Skilled talent (K01)."),
        Choice("ACHIEVEMENTS", "职工创新成果数据库", "Achievements of workers (K02, V09)."),
        Choice("TRAINING", "职工技能培训信息库", "Training for workers (K03)."),
        Choice(
            "NETWORK",
            "技术英才网",
            "What enterprises and workers ask and offer each other (K04, K05).",
        ),
        Choice("EXCHANGE", "技术产权交易平台", "Exchange of technology (V10)."),
    ),
)

HOLDS: Sequence[tuple[LiteralString, tuple[LiteralString, ...]]] = (
    ("TALENT", ("Worker", "SkillLevelRecord", "Designation")),
    ("ACHIEVEMENTS", ("Achievement", "Patent")),
    ("TRAINING", ("Course", "TrainingProject", "TrainingProvider")),
    ("NETWORK", ("TechnicalProblem", "TalentDemand", "Studio", "OccupationStandard")),
    ("EXCHANGE", ("Listing", "TechContract")),
)
"""Node types of each, the one that it is counted by first."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A database, the list fields by which it is asked, and how many of the first are seen."""

    database: str
    fields: Sequence[str]
    count: int | None


async def databases(database: Database, viewer: Viewer) -> list[Holding]:
    """Each database with its fields and count; few persons are withheld as in figures."""
    counts: list[LiteralString] = []
    for _, (label, *_) in HOLDS:
        seen = visible(MODEL.node_type(label), "n", viewer)
        where: LiteralString = f" WHERE {seen}" if seen else ""
        counts.append(f"COUNT {{ MATCH (n:{label}){where} }}")
    text: LiteralString = f"RETURN [{', '.join(counts)}] AS counts"
    found = await database.value(Cypher(text, viewer.parameters, name="databases"))
    return [
        Holding(
            name,
            [MODEL.node_type(label).plural for label in labels],
            None if _withheld(labels[0], count, viewer) else count,
        )
        for (name, labels), count in zip(HOLDS, found, strict=True)
    ]


def _withheld(label: str, count: int, viewer: Viewer) -> bool:
    of_persons = PERSON.label in MODEL.node_type(label).interfaces
    return of_persons and 0 < count < int(FEWEST_PERSONS) and counts_persons(viewer)
