"""Long work: cancel it, or let it go on."""

from graph.lifecycles.declare import Clock, Operation
from graph.lifecycles.parties import ITS_UNION
from graph.model.jobs import JOB

OPERATIONS = (
    Operation(
        name="cancelJob",
        subject=JOB,
        verb="job.cancelled",
        description="Cancel long work; what runs ends within seconds",
        by=(ITS_UNION,),
        moves={"QUEUED": "CANCELLED", "RUNNING": "CANCELLING"},
        sets={"finished_at": Clock.NOW},
    ),
    Operation(
        name="resumeJob",
        subject=JOB,
        verb="job.resumed",
        description="Let failed or cancelled work go on from where it was",
        by=(ITS_UNION,),
        moves={"FAILED": "QUEUED", "CANCELLED": "QUEUED"},
        sets={"due_at": Clock.NOW, "attempts": 0},
    ),
)
