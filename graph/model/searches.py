"""Saved searches: a question of matchmaking that goes on asking, and tells when it finds more."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import LiteralString

from graph.model.declare import (
    Choice,
    ClosedList,
    End,
    Kind,
    NodeType,
    Owned,
    Property,
    RelationshipType,
)

SEARCHED = ClosedList(
    "SearchedFor",
    "检索对象",
    "What a saved search looks for.",
    (
        Choice("MENTORS", "名师", "Masters for a worker."),
        Choice("APPRENTICES", "徒弟", "Apprentices for a master."),
        Choice("INSTITUTES", "科研单位", "Research units for a studio."),
        Choice("STUDIOS", "工作室", "Studios for a research unit."),
        Choice("ENTERPRISES", "企业", "Enterprises for an achievement."),
        Choice("SOLUTIONS", "成果", "Achievements for a technical problem."),
        Choice("ACHIEVEMENTS", "企业所需成果", "Achievements for an enterprise."),
    ),
)
ASKING: Mapping[LiteralString, LiteralString] = MappingProxyType(
    {
        "MENTORS": "Worker",
        "APPRENTICES": "Master",
        "INSTITUTES": "Studio",
        "STUDIOS": "ResearchInstitute",
        "ENTERPRISES": "Achievement",
        "SOLUTIONS": "TechnicalProblem",
        "ACHIEVEMENTS": "Enterprise",
    }
)
"""What is looked for -> the label of the node that asks."""

SEARCH_STATE = ClosedList(
    "SavedSearchState",
    "检索状态",
    "States of a saved search.",
    (
        Choice("ACTIVE", "启用", "It looks again every few minutes."),
        Choice("PAUSED", "暂停", "It rests; once it goes on, it tells what came meanwhile."),
    ),
)

_OWNERS: tuple[tuple[LiteralString, LiteralString, LiteralString, str], ...] = (
    ("worker", "SAVED_BY_WORKER", "Worker", "职工"),
    ("enterprise", "SAVED_BY_ENTERPRISE", "Enterprise", "企业"),
    ("studio", "SAVED_BY_STUDIO", "Studio", "工作室"),
    ("institute", "SAVED_BY_INSTITUTE", "ResearchInstitute", "科研单位"),
    ("union", "SAVED_BY_UNION", "Union", "工会"),
)
OWNERS: tuple[LiteralString, ...] = tuple([name for name, *_ in _OWNERS])

SAVED_SEARCH = NodeType(
    "SavedSearch",
    "savedSearches",
    "已保存的检索",
    "A question of matchmaking that goes on asking for whom it was saved; "
    "`matchFound` tells what it finds.",
    Owned(
        organisations=(("enterprise",), ("studio",), ("institute",)),
        persons=(("worker",),),
    ),
    (
        Property(
            "looks_for",
            "What it looks for.",
            Kind.CHOICE,
            zh="检索对象",
            choices=SEARCHED,
            required=True,
        ),
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=SEARCH_STATE, required=True),
        Property("asking", "Id of the node that asks.", zh="检索主体"),
        Property(
            "least_score",
            "Only matches of this score or more.",
            Kind.FLOAT,
            zh="最低得分",
            minimum=0,
        ),
        Property("saved_at", "When it was saved.", Kind.DATETIME, zh="保存时间", sortable=True),
        Property("found", "How many it has found so far.", Kind.INTEGER, zh="匹配数"),
        Property("found_at", "When it found something last.", Kind.DATETIME, zh="最近匹配时间"),
        Property("told", "Ids that it has told of.", Kind.STRINGS, internal=True),
    ),
    policy=("K05",),
)

NODE_TYPES = (SAVED_SEARCH,)

RELATIONSHIP_TYPES = tuple(
    RelationshipType(
        kind, "SavedSearch", label, End(name, "For whom it was saved.", many=False, zh=zh)
    )
    for name, kind, label, zh in _OWNERS
)
