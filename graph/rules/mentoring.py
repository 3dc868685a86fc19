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


def engaged_level_in(
    around: LiteralString, day: LiteralString, known_at: LiteralString | None = None
) -> LiteralString:
    """The highest level at which she is in post (在聘, M22); 0 if she is in none."""
    return (
        f"reduce(level = 0, record IN {around} | CASE WHEN record:Employment "
        f"AND {in_force('record', day, known_at=known_at)} AND record.engaged_level > level "
        "THEN record.engaged_level ELSE level END)"
    )


def places_left_in(
    around: LiteralString, day: LiteralString, known_at: LiteralString | None = None
) -> LiteralString:
    """How many more apprentices she declared to take, by her smallest declaration, than she has."""
    return f"""\
coalesce(reduce(places = null, record IN {around} | CASE WHEN record:MentorProfile
    AND {in_force("record", day, known_at=known_at)}
      AND record.capacity < coalesce(places, record.capacity + 1)
    THEN record.capacity ELSE places END), 0)
  - size([record IN {around} WHERE record:MentoringAgreement AND record.state = 'ACTIVE'
    AND (record.ends IS NULL OR record.ends > {day})])"""


def ended_in(around: LiteralString, states: LiteralString, day: LiteralString) -> LiteralString:
    """How many of her agreements in one of the states had ended by the day."""
    return (
        f"size([record IN {around} WHERE record:MentoringAgreement AND record.state IN {states} "
        f"AND coalesce(record.ends <= {day}, true)])"
    )


UNANSWERED: LiteralString = "['PROPOSED', 'ACCEPTED_BY_MASTER', 'ACCEPTED_BY_APPRENTICE', 'AGREED']"


def is_live(agreement: LiteralString, day: LiteralString) -> LiteralString:
    """A predicate: it is in force, or waits for an answer whose last day has not gone by."""
    return (
        f"({agreement}.state = 'ACTIVE' OR ({agreement}.state IN {UNANSWERED} "
        f"AND ({agreement}.answer_by IS NULL OR {agreement}.answer_by >= {day})))"
    )


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
    "NOT EXISTS { "
    "MATCH (master)<-[:HAS_MASTER]-(open:MentoringAgreement)-[:HAS_APPRENTICE]->(worker) "
    f"WHERE {is_live('open', '$today')} }}",
    "worker_id",
    policy=("M05",),
)

PLACE_LEFT = Rule(
    "CAPACITY_FULL",
    "the master has no place left; she must declare more, or an agreement must end first",
    f"{places_left('master', '$today')} > 0",
    policy=("M06",),
)

IN_TIME = Rule(
    "ANSWERED_TOO_LATE",
    "the last day for an answer has passed; decline the pairing and propose it again",
    "subject.answer_by IS NULL OR subject.answer_by >= $today",
    policy=("M05",),
)

ONE_AT_A_TIME = Rule(
    "ONE_HELPS_ONE",
    "one helps one: the master may teach nobody else meanwhile; choose another form of mentoring",
    """NOT EXISTS {
        MATCH (master)<-[:HAS_MASTER]-(other:MentoringAgreement {state: 'ACTIVE'})
        WHERE (other.ends IS NULL OR other.ends > $today)
          AND 'ONE_HELPS_ONE' IN [subject.mode, other.mode] }""",
    policy=("M10",),
)

RAN_OUT = Rule(
    "NOT_OVER",
    "the agreement has not come to its last day; terminate it to end it before",
    "subject.ends IS NULL OR subject.ends <= $today",
    policy=("M05",),
)

IN_PROGRAMME = Rule(
    "OUTSIDE_PROGRAMME",
    "the union that runs the programme answers for neither of the two; choose one of their own",
    """programme IS NULL OR EXISTS {
        MATCH (programme)-[:RUN_BY]->(owner:Union)
        WHERE all(person IN [worker, master] WHERE coalesce(
          person.region_path STARTS WITH owner.path OR person.system_path STARTS WITH owner.path,
          false)) }""",
    "programme_id",
    policy=("M09",),
)

PROGRAMME_OPEN = Rule(
    "PROGRAMME_CLOSED",
    "the programme is not open on this day; choose one that is",
    """programme IS NULL OR (programme.opens <= $today
        AND (programme.closes IS NULL OR programme.closes >= $today))""",
    "programme_id",
    policy=("M01",),
)

SIGNED_BY_THEN = Rule(
    "NOT_SIGNED",
    "only what was taught while the agreement was in force can be recorded; sign it first",
    """agreement.state IN ['ACTIVE', 'COMPLETED', 'TERMINATED'] AND agreement.starts <= $given.day
        AND (agreement.ends IS NULL OR agreement.ends >= $given.day)""",
    "day",
    policy=("M03",),
)

WAS_SIGNED = Rule(
    "NOT_SIGNED",
    "only an agreement that was signed can be assessed; sign it first",
    "agreement.starts <= $given.assessed",
    "mentoring_agreement_id",
    policy=("M08",),
)

PERIOD_FORM = Rule(
    "PERIOD_FORM",
    "write a period as a year, half-year or quarter: 2015, 2015-H1 or 2015-Q3",
    "$given.period =~ '[0-9]{4}(-H[12]|-Q[1-4])?'",
    "period",
    policy=("M07",),
)

ASSESSED = Rule(
    "NOT_ASSESSED",
    "an allowance rests on a passed assessment of the same period; record that first",
    """EXISTS {
        MATCH (agreement)<-[:UNDER_AGREEMENT]-(passed:Assessment)
        WHERE passed.period = $given.period AND passed.result = 'PASSED' }""",
    "period",
    policy=("M08",),
)

SCHEME_IN_FORCE = Rule(
    "SCHEME_NOT_IN_FORCE",
    "the scheme is not in force today; choose one that is",
    in_force("scheme", "$today"),
    "scheme_id",
    policy=("M13",),
)

SCHEME_OF_MASTER = Rule(
    "OUTSIDE_SCHEME",
    "the union of the scheme does not answer for the master; choose a scheme of her own unions",
    """EXISTS {
        MATCH (scheme)-[:RUN_BY]->(owner:Union), (agreement)-[:HAS_MASTER]->(paid:Worker)
        WHERE paid.region_path STARTS WITH owner.path
          OR paid.system_path STARTS WITH owner.path }""",
    "scheme_id",
    policy=("M09", "M13"),
)

KEY_INDUSTRY = Rule(
    "NOT_A_KEY_INDUSTRY",
    "skill masters are named in key industries of the capital; choose one of those",
    "industry.key_industry",
    "industry_id",
    policy=("T01", "M04"),
)

NOT_NAMED_YET = Rule(
    "ALREADY_NAMED",
    "she bears the title of skill master already",
    f"""NOT EXISTS {{
        MATCH (worker)<-[:NAMES]-(title:Designation {{title: 'SKILL_MASTER'}})
        WHERE {in_force("title", "$today")} }}""",
    "worker_id",
    policy=("M04",),
)

SAYS_SOMETHING_NEW = Rule(
    "NOTHING_NEW",
    "she has declared exactly this already",
    f"""NOT EXISTS {{
        MATCH (master)<-[:DECLARED_BY]-(said:MentorProfile {{capacity: $given.capacity}})
        WHERE {in_force("said", "$today")}
          AND coalesce(said.mode, '') = coalesce($given.mode, '') }}""",
    "capacity",
    policy=("M06",),
)

OUT_OF_TIME = Rule(
    "NOT_EXPIRED",
    "the last day for an answer has not gone by",
    "subject.answer_by < $today",
)

SOON_OUT_OF_TIME = Rule(
    "NOT_DUE",
    "a proposal is recalled once, three days before the last day for an answer",
    "subject.reminded_at IS NULL AND subject.answer_by >= $today "
    "AND subject.answer_by <= $today + duration({days: 3})",
)
