"""Dated records: which of them hold."""

from typing import LiteralString


def in_force(
    record: LiteralString,
    first: LiteralString,
    last: LiteralString | None = None,
    *,
    known_at: LiteralString | None = None,
) -> LiteralString:
    """A predicate: the record held on the day `first`, and until `last` if that is given.

    As it is known now, or as it was known at the moment `known_at`.
    """
    known: LiteralString = (
        f"coalesce({record}.recorded_from <= {known_at}, true) "
        f"AND ({record}.recorded_to IS NULL OR {record}.recorded_to > {known_at})"
        if known_at
        else f"{record}.recorded_to IS NULL"
    )
    return (
        f"{record}.valid_from <= {first} AND {known} "
        f"AND ({record}.valid_to IS NULL OR {record}.valid_to > {last or first})"
    )
