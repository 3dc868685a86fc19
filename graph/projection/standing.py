"""Records that stand only while something else holds: when it ends they are gone at once.

A pair of a plan that was not proposed yet stands while both agree to be matched, the master has a
place left, and the apprentice has no agreement: in every list, count and look-up, for everybody.
"""

from collections.abc import Callable, Mapping
from typing import LiteralString

from graph.projection.dated import in_force

_DAY: LiteralString = "$viewer_day"


def _planned_pairing(pair: LiteralString) -> LiteralString:
    worker, record, declared = f"{pair}_worker", f"{pair}_record", f"{pair}_declared"
    agreed = f"{record}.purpose = 'MATCHING' AND {in_force(record, _DAY)}"
    running: LiteralString = (
        f"{record}.state = 'ACTIVE' AND ({record}.ends IS NULL OR {record}.ends > {_DAY})"
    )
    asked: LiteralString = (
        f"{record}.state IN ['PROPOSED', 'ACCEPTED_BY_MASTER', 'ACCEPTED_BY_APPRENTICE', 'AGREED'] "
        f"AND ({record}.answer_by IS NULL OR {record}.answer_by >= {_DAY})"
    )
    return f"""(NOT {pair}.state IN ['SOLVED', 'ACCEPTED', 'PINNED'] OR NOT (
  EXISTS {{ MATCH ({pair})-[:PLANS_APPRENTICE|PLANS_MASTER]->({worker}:Worker)
    WHERE NOT EXISTS {{ MATCH ({worker})<-[:ABOUT_WORKER]-({record}:Consent) WHERE {agreed} }} }}
  OR EXISTS {{ MATCH ({pair})-[:PLANS_APPRENTICE]->(:Worker)
    <-[:HAS_APPRENTICE]-({record}:MentoringAgreement) WHERE {running} OR {asked} }}
  OR EXISTS {{ MATCH ({pair})-[:PLANS_MASTER]->({worker}:Worker)<-[:DECLARED_BY]-
    ({declared}:MentorProfile) WHERE {in_force(declared, _DAY)} AND {declared}.capacity <= COUNT {{
      MATCH ({worker})<-[:HAS_MASTER]-({record}:MentoringAgreement) WHERE {running} }} }}))"""


STANDING: Mapping[str, Callable[[LiteralString], LiteralString]] = {
    "PlannedPairing": _planned_pairing
}
