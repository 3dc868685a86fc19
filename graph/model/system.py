"""Nodes that the program keeps for itself: constrained like all others, never shown."""

from typing import LiteralString

SYSTEM_KEYS: tuple[tuple[LiteralString, LiteralString], ...] = (
    ("EventStream", "name"),
    ("Lock", "name"),  # created and deleted in one transaction: whoever wants the same one waits
    ("Event", "address"),  # stream:sequence
    ("Budget", "partner"),
    ("Load", "name"),
    ("AccessFile", "person"),
    ("Login", "digest"),
    ("Invitation", "digest"),
    ("Partner", "name"),
    ("PartnerKey", "id"),
    ("Migration", "name"),
    ("FieldUse", "name"),  # partner and coordinate
    ("TargetMark", "name"),  # figure:year
    ("Erased", "key_digest"),
    ("TrustedDocument", "hash"),
    ("IdempotentAnswer", "key"),
    ("Webhook", "id"),
    ("Merged", "id"),  # a record that became part of another, with the key its source knows
    ("Merged", "key"),
    ("PlanLists", "name"),  # plan/number: some rows of the lists of a plan
)
