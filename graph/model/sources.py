"""Where records come from, which of them describe one person or organisation, and who got what."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import LiteralString

from graph.model.declare import (
    Choice,
    ClosedList,
    End,
    Kind,
    NodeType,
    Property,
    Public,
    RelationshipType,
    Through,
)
from graph.model.vocabularies import NAME

SOURCE_KIND = ClosedList(
    "DataSourceKind",
    "数据来源类型",
    "Who keeps a register (K09, K10).",
    (
        Choice("UNION", "工会", "A union."),
        Choice("ENTERPRISE", "企业", "An enterprise or an industry (K10)."),
        Choice("GOVERNMENT", "政府部门", "A government department (K09)."),
        Choice("PUBLIC", "公开数据", "A published data set."),
    ),
    policy=("K09", "K10"),
)

MERGE_STATE = ClosedList(
    "MergeState",
    "合并状态",
    "States of a proposal to merge two records (K10).",
    (
        Choice("PROPOSED", "待定", "Waits for a decision."),
        Choice("MERGED", "已合并", "The two are one; either id leads to it."),
        Choice("REJECTED", "不合并", "They are two."),
        Choice("SPLIT", "已拆分", "They were merged, and are two again."),
    ),
    policy=("K10",),
)

MERGEABLE: Mapping[LiteralString, str] = MappingProxyType(
    {"Worker": "职工", "Enterprise": "企业", "ResearchInstitute": "科研单位"}
)
"""Label -> Chinese name of what several registers describe, so that two records may be one."""

KEPT: tuple[LiteralString, ...] = tuple([f"kept{label}" for label in MERGEABLE])
JOINED: tuple[LiteralString, ...] = tuple([f"joined{label}" for label in MERGEABLE])
"""Relations of a proposal to the record that stays, and to the one that becomes part of it."""

DATA_SOURCE = NodeType(
    "DataSource",
    "dataSources",
    "数据来源",
    "A register that records come from, and who keeps it (K09, K10).",
    Public(),
    (
        NAME,
        Property("code", "What `source` says of its records, and their keys begin with.",
                 zh="来源代码", required=True, sortable=True),
        Property("kind", "Who keeps it.", Kind.CHOICE, zh="类型", choices=SOURCE_KIND,
                 required=True),
        Property("registered", "Day.", Kind.DATE, zh="登记日期"),
    ),
    identity="code",
    policy=("K09", "K10"),
)  # fmt: skip

MERGE_PROPOSAL = NodeType(
    "MergeProposal",
    "mergeProposals",
    "记录合并",
    "That two records describe one person or organisation, with the evidence (K09, K10).",
    Through((*KEPT, *JOINED)),
    (
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=MERGE_STATE, required=True,
                 sortable=True),
        Property("evidence", "Properties and relations in which the two agree.", Kind.STRINGS,
                 zh="相同字段"),
        Property("differing", "Properties in which they differ; the kept record's stand.",
                 Kind.STRINGS, zh="不同字段"),
        Property("filled", "Properties that the kept record has from the other.", Kind.STRINGS,
                 zh="补充字段"),
        Property("grounds", "Why.", Kind.TEXT, zh="理由"),
        Property("proposed", "When.", Kind.DATETIME, zh="提出时间", sortable=True),
        Property("decided", "When it was merged, rejected or split.", Kind.DATETIME,
                 zh="决定时间"),
    ),
    policy=("K09", "K10"),
)  # fmt: skip

DATA_SHARE = NodeType(
    "DataShare",
    "dataShares",
    "数据共享记录",
    "That somebody's record was handed to a partner: which fields, what for, when (K09).",
    Through(("worker",)),
    (
        Property("fields", "What was handed over.", Kind.STRINGS, zh="共享字段", required=True),
        Property("purpose", "What for.", zh="共享目的", required=True),
        Property("basis", "Document or agreement it rests on.", zh="共享依据"),
        Property("shared", "When.", Kind.DATETIME, zh="共享时间", sortable=True),
    ),
    policy=("K09",),
)

NODE_TYPES = (DATA_SOURCE, MERGE_PROPOSAL, DATA_SHARE)

_KEEPERS: tuple[tuple[LiteralString, LiteralString, str, str], ...] = (
    ("Union", "union", "Union that keeps it.", "维护工会"),
    ("Enterprise", "enterprise", "Enterprise that keeps it (K10).", "维护企业"),
    ("PartnerOrganisation", "partner", "Department that keeps it (K09).", "维护部门"),
)


def _of(label: LiteralString, zh: str) -> tuple[RelationshipType, RelationshipType]:
    """The record that stays, and the one that becomes part of it."""
    return (
        RelationshipType(
            "KEEPS",
            "MergeProposal",
            label,
            End(f"kept{label}", "Record that stays.", many=False, zh=f"保留的{zh}"),
            End("merges", "Records that it was to be one with (K10).", zh="合并"),
            policy=("K10",),
        ),
        RelationshipType(
            "JOINS",
            "MergeProposal",
            label,
            End(f"joined{label}", "Record that becomes part of it; none while the two are one.",
                many=False, zh=f"并入的{zh}"),
            End("mergesInto", "Records that it was to become part of (K10).", zh="并入"),
            policy=("K10",),
        ),
    )  # fmt: skip


RELATIONSHIP_TYPES = (
    *(
        RelationshipType(
            "KEPT_BY",
            "DataSource",
            label,
            End(name, text, many=False, zh=zh),
            End("dataSources", "Registers that it keeps (K10).", zh="数据来源"),
            policy=("K09", "K10"),
        )
        for label, name, text, zh in _KEEPERS
    ),
    *(r for label, zh in MERGEABLE.items() for r in _of(label, zh)),
    RelationshipType(
        "ABOUT_WORKER",
        "DataShare",
        "Worker",
        End("worker", "Whose record it was.", many=False, zh="职工"),
        End("dataShares", "What was handed to whom of her record (K09).", zh="数据共享记录"),
        policy=("K09",),
    ),
    RelationshipType(
        "SHARED_WITH",
        "DataShare",
        "PartnerOrganisation",
        End("partner", "Who got it.", many=False, zh="接收单位"),
        End("dataShares", "What it was given (K09).", zh="数据共享记录"),
        policy=("K09",),
    ),
)
