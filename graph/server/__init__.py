"""A Neo4j of our own: downloaded once, started for whoever needs it, stopped when nobody does."""

from collections.abc import Callable

Say = Callable[[str], None]
"""Tells whoever waits what is going on, one line at a time."""
