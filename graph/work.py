"""KINDS: the one list of long work that `jiangpu work` does."""

from graph.jobs.webhooks import DELIVERIES
from graph.jobs.worker import Kind

KINDS: tuple[Kind, ...] = (DELIVERIES,)
