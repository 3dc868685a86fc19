"""What the policy asks of a pair (M05, M06, M22), as Cypher over a bound worker.

Records about a worker (posts, consents, profiles, agreements) are reached only from a worker that
the viewer sees, which is their own rule of access. The rules `…_in` take the list `around` her,
collected once: she has few relationships, so that each expansion would read them all.
"""

from typing import LiteralString

from graph.projection.dated import in_force
from graph.rules.rule import Rule


def around_master(worker: LiteralString) -> LiteralString:
    """A list: her posts, consents, declared places, the agreements in which she teaches, home."""
    return f"[({worker})-[:ABOUT_WORKER|DECLARED_BY|HAS_MASTER|LIVES_IN]-(record) | record]"


def around_apprentice(worker: LiteralString) -> LiteralString:
    """A list: her posts, consents, the agreements in which she learns, home."""
    return f"[({worker})-[:ABOUT_WORKER|HAS_APPRENTICE|LIVES_IN]-(record) | record]"


def consents_in(
    around: LiteralString, first: LiteralString, last: LiteralString | None = None
) -> LiteralString:
    """A predicate, never null: she has agreed to be matched (M05)."""
    return (
        f"coalesce(any(record IN {around} WHERE record:Consent AND record.purpose = 'MATCHING' "
        f"AND {in_force('record', first, last)}), false)"
    )


def engaged_level_in(around: LiteralString, day: LiteralString) -> LiteralString:
    """The highest level at which she is in post (在聘, M22); 0 if she is in none."""
    return (
        f"reduce(level = 0, record IN {around} | CASE WHEN record:Employment "
        f"AND {in_force('record', day)} AND record.engaged_level > level "
        "THEN record.engaged_level ELSE level END)"
    )


def places_left_in(around: LiteralString, day: LiteralString) -> LiteralString:
    """How many more apprentices she declared to take, by her smallest declaration, than she has."""
    return f"""\
coalesce(reduce(places = null, record IN {around} | CASE WHEN record:MentorProfile
    AND {in_force("record", day)} AND record.capacity < coalesce(places, record.capacity + 1)
    THEN record.capacity ELSE places END), 0)
  - size([record IN {around} WHERE record:MentoringAgreement AND record.state = 'ACTIVE'
    AND (record.ends IS NULL OR record.ends > {day})])"""


def consents_to_matching(worker: LiteralString, day: LiteralString) -> LiteralString:
    """A predicate: she has agreed to be matched (M05)."""
    return consents_in(around_apprentice(worker), day)


def engaged_level(worker: LiteralString, day: LiteralString) -> LiteralString:
    """The highest level at which she is in post (M22); 0 if she is in none."""
    return engaged_level_in(around_master(worker), day)


def places_left(worker: LiteralString, day: LiteralString) -> LiteralString:
    """How many more apprentices she may take (M06)."""
    return places_left_in(around_master(worker), day)


TWO_PEOPLE = Rule(
    "SAME_PERSON",
    "nobody can be her own apprentice; name two workers",
    "worker <> master",
    "master_id",
    policy=("M05",),
)

MASTER = Rule(
    "NOT_A_MASTER",
    "the master takes no apprentices; choose one of the masters",
    "master:Master",
    "master_id",
    policy=("M06",),
)

BOTH_CONSENT = Rule(
    "NO_CONSENT",
    "both must have agreed to be matched; record their consent for MATCHING first",
    f"{consents_to_matching('master', '$today')} AND {consents_to_matching('worker', '$today')}",
    policy=("M05",),
)

MASTER_ABOVE = Rule(
    "LEVEL_TOO_LOW",
    "the level at which the master is in post must be above the worker's; choose another master",
    f"{engaged_level('master', '$today')} > coalesce(worker.skill_level, 0)",
    "master_id",
    policy=("C11", "M22"),
)

NOT_PAIRED = Rule(
    "ALREADY_PAIRED",
    "the two have an open agreement; continue or end that one",
    """NOT EXISTS {
        MATCH (master)<-[:HAS_MASTER]-(open:MentoringAgreement)-[:HAS_APPRENTICE]->(worker)
        WHERE NOT open.state IN ['DECLINED', 'TERMINATED', 'COMPLETED'] }""",
    "worker_id",
    policy=("M05",),
)

PLACE_LEFT = Rule(
    "CAPACITY_FULL",
    "the master has no place left; she must declare more, or an agreement must end first",
    f"{places_left('master', '$today')} > 0",
    policy=("M06",),
)
