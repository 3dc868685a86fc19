"""KINDS: the one list of long work that `jiangpu work` does."""

from graph.jobs.webhooks import DELIVERIES
from graph.jobs.worker import Kind
from graph.matching import arrivals
from graph.persons import retain
from graph.plans import answers, exposure
from graph.plans import jobs as plans
from graph.watching import searches, targets

KINDS: tuple[Kind, ...] = (
    *plans.KINDS,
    *answers.KINDS,
    *exposure.KINDS,
    *arrivals.KINDS,
    DELIVERIES,
    *searches.KINDS,
    *targets.KINDS,
    *retain.KINDS,
)
