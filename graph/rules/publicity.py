"""What the policy asks before a person is publicised: her consent (Y08)."""

from graph.projection.dated import in_force
from graph.rules.rule import Rule

CONSENTS = Rule(
    "NO_CONSENT",
    "whom it is about must have agreed to publication first; record her consent",
    f"""worker IS NULL OR EXISTS {{ MATCH (worker)<-[:ABOUT_WORKER]-(c:Consent)
        WHERE c.purpose = 'PUBLICATION' AND {in_force("c", "$today")} }}""",
    "story_id",
    policy=("Y08",),
)

ABOUT_ONE = Rule(
    "ABOUT_ONE",
    "name either the worker whom it is about or the enterprise whose practice it tells",
    "(worker IS NULL) <> (enterprise IS NULL)",
    "worker_id",
    policy=("Y06", "M02"),
)
