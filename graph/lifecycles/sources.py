"""Registers, records that are merged and split again, and what is shared with whom (K09, K10)."""

from typing import LiteralString

from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.merging import MERGE, SPLIT
from graph.lifecycles.parties import ANY_UNION, FEDERATION, ITS_UNION, Party
from graph.model import MODEL
from graph.model.sources import DATA_SHARE, DATA_SOURCE, JOINED, KEPT, MERGE_PROPOSAL, MERGEABLE
from graph.projection.access import visible
from graph.rules import sources as rules
from graph.viewer import Role, Viewer


def _sees(*names: LiteralString) -> Party:
    """A union that sees the workers at the ends of these relations of the subject."""
    worker = MODEL.node_type("Worker")

    def stands(viewer: Viewer) -> LiteralString:
        seen = " AND ".join([f"({visible(worker, name, viewer) or 'true'})" for name in names])
        there = " AND ".join([f"{name} IS NOT NULL" for name in names])
        return f"({there} AND {seen})"

    return Party("a union that answers for the workers", frozenset({Role.UNION}), stands)


def _propose(label: LiteralString) -> Operation:
    t = MODEL.node_type(label)
    agreeing = rules.agreeing(t)
    return Operation(
        name=f"propose{label}Merge",
        subject=MERGE_PROPOSAL,
        verb="merge.proposed",
        description=f"Propose that two records of type {label} describe one; the evidence is found",
        by=(ANY_UNION,),
        begins="PROPOSED",
        given=(Given(MERGE_PROPOSAL.property("grounds")),),
        references=(
            Reference("kept", label, "Record that stays.", f"kept{label}"),
            Reference("joined", label, "Record that becomes part of it.", f"joined{label}"),
        ),
        sets={"proposed": Clock.NOW},
        locks=("kept", "joined"),
        rules=(
            rules.TWO_RECORDS,
            rules.REAL_OR_NOT,
            rules.NOT_PROPOSED_YET,
            rules.some_evidence(t),
        ),
        effect=f"SET subject.evidence = {agreeing}, "
        f"subject.differing = [p IN {rules.compared(t)} WHERE kept[p] <> joined[p]]",
        policy=("K09", "K10"),
    )


MERGING = (
    *[_propose(label) for label in MERGEABLE],
    Operation(
        name="mergeRecords",
        subject=MERGE_PROPOSAL,
        verb="merge.done",
        description="Merge the two: one id, whose fields tell their source; the other id leads "
        "to it",
        by=(_sees("keptWorker", "joinedWorker"), FEDERATION),
        moves={"PROPOSED": "MERGED"},
        sets={"decided": Clock.NOW},
        reaches=(*KEPT, *JOINED),
        locks=(*KEPT, *JOINED),
        rules=(rules.STILL_TWO, rules.NOT_A_PAIR),
        effect=MERGE,
        policy=("K09", "K10"),
    ),
    Operation(
        name="rejectMerge",
        subject=MERGE_PROPOSAL,
        verb="merge.rejected",
        description="Decide that the two are two",
        by=(_sees("keptWorker", "joinedWorker"), FEDERATION),
        moves={"PROPOSED": "REJECTED"},
        given=(Given(MERGE_PROPOSAL.property("grounds")),),
        sets={"decided": Clock.NOW},
        reaches=("keptWorker", "joinedWorker"),
        policy=("K10",),
    ),
    Operation(
        name="splitRecords",
        subject=MERGE_PROPOSAL,
        verb="merge.split",
        description="Split what was merged: both are as they were, and what came since stays with "
        "the one that was kept",
        by=(_sees("keptWorker"), FEDERATION),
        moves={"MERGED": "SPLIT"},
        sets={"decided": Clock.NOW},
        reaches=KEPT,
        locks=KEPT,
        rules=(rules.LAST_FIRST,),
        effect=SPLIT,
        policy=("K10",),
    ),
)

OPERATIONS = (
    Operation(
        name="registerDataSource",
        subject=DATA_SOURCE,
        verb="source.registered",
        description="Register where records come from, and who keeps that register",
        by=(FEDERATION,),
        given=(
            Given(DATA_SOURCE.property("code"), required=True),
            Given(DATA_SOURCE.property("name"), required=True),
            Given(DATA_SOURCE.property("kind"), required=True),
        ),
        references=(
            Reference("union", "Union", "Union that keeps it.", "union", required=False),
            Reference("enterprise", "Enterprise", "Enterprise that keeps it.", "enterprise",
                      required=False),
            Reference("partner", "PartnerOrganisation", "Department that keeps it.", "partner",
                      required=False),
        ),
        sets={"registered": Clock.TODAY},
        same=("code",),
        rules=(rules.CODE_IS_FREE, rules.ONE_KEEPER),
        policy=("K09", "K10"),
    ),
    *MERGING,
    Operation(
        name="shareRecord",
        subject=DATA_SHARE,
        verb="record.shared",
        description="Log that fields of a worker's record were handed to a partner",
        by=(ITS_UNION,),
        given=(
            Given(DATA_SHARE.property("fields"), required=True),
            Given(DATA_SHARE.property("purpose"), required=True),
            Given(DATA_SHARE.property("basis")),
        ),
        references=(
            Reference("worker", "Worker", "Whose record it is.", "worker"),
            Reference("partner", "PartnerOrganisation", "Who gets it.", "partner"),
        ),
        sets={"shared": Clock.NOW},
        locks=("worker",),
        rules=(rules.KNOWN_FIELDS, rules.AGREED_TO_SHARING, rules.NOT_SHARED_NOW),
        policy=("K09",),
    ),
)  # fmt: skip
