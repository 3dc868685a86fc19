"""Dated records: which of them hold."""

from typing import LiteralString


def in_force(
    record: LiteralString, first: LiteralString, last: LiteralString | None = None
) -> LiteralString:
    """A predicate: the record held on the day `first`, and until `last` if that is given."""
    return (
        f"{record}.valid_from <= {first} AND {record}.recorded_to IS NULL "
        f"AND ({record}.valid_to IS NULL OR {record}.valid_to > {last or first})"
    )
