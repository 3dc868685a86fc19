"""What the policy asks of a pair (M05, M06, M22), as Cypher over a bound worker.

Records about a worker (posts, consents, profiles, agreements) are reached only from a worker that
the viewer sees, which is their own rule of access.
"""

from typing import LiteralString


def in_force(
    record: LiteralString, first: LiteralString, last: LiteralString | None = None
) -> LiteralString:
    """A predicate: the record held on the day `first`, and until `last` if that is given."""
    return (
        f"{record}.valid_from <= {first} AND {record}.recorded_to IS NULL "
        f"AND ({record}.valid_to IS NULL OR {record}.valid_to > {last or first})"
    )


def consents_to_matching(
    worker: LiteralString, first: LiteralString, last: LiteralString | None = None
) -> LiteralString:
    """A predicate: she has agreed to be matched (M05)."""
    return (
        f"EXISTS {{ MATCH ({worker})<-[:ABOUT_WORKER]-(consent:Consent {{purpose: 'MATCHING'}}) "
        f"WHERE {in_force('consent', first, last)} }}"
    )


def engaged_level(worker: LiteralString, day: LiteralString) -> LiteralString:
    """The highest level at which she is in post (在聘, M22); 0 if she is in none."""
    return f"""\
coalesce(head(COLLECT {{
    MATCH ({worker})<-[:ABOUT_WORKER]-(post:Employment) WHERE {in_force("post", day)}
    RETURN coalesce(post.engaged_level, 0) AS level ORDER BY level DESC LIMIT 1 }}), 0)"""


def places_left(worker: LiteralString, day: LiteralString) -> LiteralString:
    """How many more apprentices she declared to take than she has (M06)."""
    return f"""\
coalesce(head(COLLECT {{
    MATCH ({worker})<-[:DECLARED_BY]-(profile:MentorProfile) WHERE {in_force("profile", day)}
    RETURN profile.capacity ORDER BY profile.valid_from DESC LIMIT 1 }}), 0)
  - COUNT {{
    MATCH ({worker})<-[:HAS_MASTER]-(agreement:MentoringAgreement {{state: 'ACTIVE'}})
    WHERE agreement.ends IS NULL OR agreement.ends > {day} }}"""
