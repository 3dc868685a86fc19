"""Records that may be one, and where each field of a record came from (K09, K10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from graph.model.sources import MERGEABLE
from graph.rules.records import Origin, duplicates, origins
from schema.asked import asked
from schema.derived.fields import argument, camel, field, made
from schema.derived.objects import INTERFACES
from schema.derived.scalars_of import described
from schema.plan.ask import Ask
from schema.scalars import Moment


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """A record that may be the same."""

    evidence: Sequence[str]
    differing: Sequence[str]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FieldOrigin:
    """Where one field came from."""

    field: str
    source: str | None
    record: str
    changed: datetime | None
    same: Sequence[str]
    otherwise: Sequence[str]


async def possible_duplicates(ask: Ask) -> list[PossibleDuplicate]:
    """Answer the root field `possibleDuplicates`."""
    rows = ask.rows("PossibleDuplicate", "node", "shown")
    found = await duplicates(ask.database, ask.given["id"], ask.viewer, rows.fragment)
    return [
        PossibleDuplicate(_named(d.evidence), _named(d.differing), rows.values(d.row))
        for d in found
    ]


async def field_origins(ask: Ask) -> list[FieldOrigin] | None:
    """Answer the root field `fieldOrigins`."""
    found = await origins(ask.database, ask.given["id"], ask.viewer)
    return None if found is None else [_shown(origin) for origin in found]


def _named(names: Sequence[str]) -> list[str]:
    return [camel(name) for name in names]


def _shown(o: Origin) -> FieldOrigin:
    return FieldOrigin(camel(o.field), o.source, o.record, o.changed, o.same, o.otherwise)


_DUPLICATE = made(
    "PossibleDuplicate",
    "A record that may describe the same person or organisation.",
    field("node", INTERFACES["Node"] | None, "The record."),
    field("evidence", list[str], "Fields in which the two agree."),
    field("differing", list[str], "Fields in which they differ."),
)
_ORIGIN = made(
    "FieldOrigin",
    "Which source a field of a record comes from.",
    field("field", str, "The field."),
    field("source", str | None, "The source (`DataSource.code`)."),
    field("record", strawberry.ID, "Id under which that source's record came."),
    field("changed", Moment | None, "When its value was changed last; null if never."),
    field("same", list[str], "Other sources that say the same."),
    field("otherwise", list[str], "Other sources that say something else."),
)
_ID = argument("id", strawberry.ID, f"Id of one of {', '.join(MERGEABLE)}.", required=True)

QUERIES = (
    asked(
        "possibleDuplicates",
        list[_DUPLICATE],
        described(
            "Records of the same name that agree in more than the name and are not proposed to be "
            "merged yet, with the evidence (K09, K10); for unions.",
            "疑似重复记录",
        ),
        possible_duplicates,
        _ID,
    ),
    asked(
        "fieldOrigins",
        list[_ORIGIN] | None,
        described(
            "Field by field, which source a record comes from and what merged sources say; values "
            "are not told (K10).",
            "字段来源",
        ),
        field_origins,
        _ID,
    ),
)
