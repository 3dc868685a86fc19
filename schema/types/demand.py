"""The map of unmet demand: problems without achievements, achievements without problems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

import strawberry

from graph.matching.demand_map import (
    ACHIEVEMENTS,
    ANSWERED,
    PROBLEMS,
    Cluster,
    Lone,
    Side,
    clusters,
)
from schema.asked import Asked, asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import MOST, OBJECTS, USUAL
from schema.derived.scalars_of import described
from schema.plan.ask import Ask, Rows
from schema.scalars import Day


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a cluster lie in an industry or a district."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Member:
    """One of a cluster: why it counts as without an answer, and what is selected of it."""

    similarity: float
    zh: str
    en: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A cluster as it is shown."""

    terms: Sequence[str]
    size: int
    industries: Sequence[Share]
    districts: Sequence[Share]
    members: Sequence[Member]


@dataclass(frozen=True, slots=True)
class DemandField:
    """One side of the map: its root field, what its types and members are called, what it tells."""

    name: LiteralString
    side: Side
    prefix: str
    node: LiteralString
    zh: str
    text: str

    async def answer(self, ask: Ask) -> list[Shown]:
        """Answer the root field."""
        first = ask.first(USUAL, MOST)
        rows = ask.rows(f"{self.prefix}Member", self.node, "n")
        found = await clusters(
            ask.database,
            self.side,
            ask.viewer,
            rows.fragment,
            as_of=ask.given.get("as_of") or ask.today,
            industry=ask.given.get("industry_id"),
            district=ask.given.get("district_id"),
        )
        return [_shown(c, rows) for c in found[:first]]


def _shown(cluster: Cluster, rows: Rows) -> Shown:
    return Shown(
        cluster.terms,
        cluster.size,
        [Share(*pair) for pair in cluster.industries],
        [Share(*pair) for pair in cluster.districts],
        [_member(one, rows) for one in cluster.members],
    )


def _member(one: Lone, rows: Rows) -> Member:
    if one.nearest is None:
        zh, en = "没有用词相近的对应项", "Nothing on the other side is worded like it"
    else:
        zh = f"最相近的是“{one.nearest}”，相似度{one.similarity:.2f}，不足{ANSWERED}"
        en = f"“{one.nearest}” comes nearest, with {one.similarity:.2f} below {ANSWERED}"
    return Member(one.similarity, zh, en, rows.values(one.shown))


_SHARE = made(
    "DemandShare",
    "How many of a cluster lie in an industry or a district.",
    field("name", str, "Name of the industry or district."),
    field("count", int, "How many."),
)


def _asked(f: DemandField) -> Asked:
    member = made(
        f"{f.prefix}Member",
        "One of a cluster, and why it counts as without an answer.",
        field("similarity", float, "Similarity of the nearest on the other side; 0 if none."),
        field("zh", str, "The reason in Chinese."),
        field("en", str, "The reason in English."),
        field(f.node, OBJECTS[f.side.label] | None, "Which it is."),
    )
    cluster = made(
        f"{f.prefix}Cluster",
        described(f"{f.text} A cluster of those that are alike.", f.zh),
        field("terms", list[str], "Terms that name it: those that it shares and others lack."),
        field("size", int, "How many belong to it."),
        field("industries", list[_SHARE], "In which industries."),
        field("districts", list[_SHARE], "In which districts."),
        field("members", list[member], "The newest of them."),
    )
    return asked(
        f.name,
        list[cluster],
        f"{f.text} Clusters named by their terms, by industry and district, the largest first "
        "(J08, V22). Only what you see is looked at.",
        f.answer,
        argument("industry_id", strawberry.ID, "Only of enterprises in this industry."),
        argument("district_id", strawberry.ID, "Only of enterprises in this district."),
        argument("as_of", Day, "As on this day; today by default."),
        argument("first", int, f"So many clusters ({USUAL} by default, {MOST} at most)."),
        weight=50,
    )


_FIELDS = (
    DemandField(
        "unmetDemand",
        PROBLEMS,
        "UnmetDemand",
        "problem",
        "未满足需求",
        "Open technical problems that no achievement answers.",
    ),
    DemandField(
        "unusedAchievements",
        ACHIEVEMENTS,
        "UnusedAchievement",
        "achievement",
        "待转化成果",
        "Achievements that answer no open problem.",
    ),
)
QUERIES = tuple(_asked(f) for f in _FIELDS)
