"""KINDS: the one list of long work that `jiangpu work` does."""

from graph.jobs.webhooks import DELIVERIES
from graph.jobs.worker import Kind
from graph.persons import retain
from graph.plans import answers
from graph.plans import jobs as plans
from graph.watching import searches, targets

KINDS: tuple[Kind, ...] = (
    *plans.KINDS,
    *answers.KINDS,
    DELIVERIES,
    *searches.KINDS,
    *targets.KINDS,
    *retain.KINDS,
)
