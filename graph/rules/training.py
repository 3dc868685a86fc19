"""What the policy asks of training that is ordered (B01, B16, B17)."""

from graph.rules.rule import Rule

NEEDS_OPEN = Rule(
    "NEED_NOT_OPEN",
    "one of the needs is ordered, met or withdrawn already; leave it out",
    "all(need IN needs WHERE need.state = 'OPEN')",
    "need_ids",
    policy=("B17",),
)

IN_SOMETHING = Rule(
    "NOTHING_LEARNT",
    "name the course or the project in which she was trained",
    "course IS NOT NULL OR project IS NOT NULL",
    "course_id",
    policy=("K03",),
)
