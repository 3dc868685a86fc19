"""Records that stand only while something else holds: when it ends they are gone at once.

A pair of a plan that was not proposed yet stands while both agree to be matched, the master has a
place left, and the apprentice has no agreement: in every list, count and look-up, for everybody.
"""

from collections.abc import Callable, Mapping
from typing import LiteralString

from graph.projection.dated import in_force

_DAY: LiteralString = "$viewer_day"


def _planned_pairing(pair: LiteralString) -> LiteralString:
    """Over lists of what lies around the two: subqueries would cost seconds of planning."""
    agrees = f"any(r IN around WHERE r:Consent AND r.purpose = 'MATCHING' AND {_IN_FORCE})"
    worker, near = f"{pair}_worker", f"{pair}_near"
    places = f"[r IN around WHERE r:MentorProfile AND {_IN_FORCE} | r.capacity]"
    return f"""(NOT {pair}.state IN ['SOLVED', 'ACCEPTED', 'PINNED'] OR (
  all(around IN [({pair})-[:PLANS_APPRENTICE]->({worker}:Worker)
    | [({worker})-[:ABOUT_WORKER|HAS_APPRENTICE]-({near}) | {near}]]
    WHERE {agrees} AND none(r IN around WHERE {_RUNNING} OR {_ASKED}))
  AND all(around IN [({pair})-[:PLANS_MASTER]->({worker}:Worker)
    | [({worker})-[:ABOUT_WORKER|HAS_MASTER|DECLARED_BY]-({near}) | {near}]]
    WHERE {agrees} AND all(most IN {places} WHERE most > size([r IN around WHERE {_RUNNING}])))))"""


_IN_FORCE = in_force("r", _DAY)
_RUNNING: LiteralString = (
    f"(r:MentoringAgreement AND r.state = 'ACTIVE' AND (r.ends IS NULL OR r.ends > {_DAY}))"
)
_ASKED: LiteralString = (
    "(r:MentoringAgreement AND r.state IN ['PROPOSED', 'ACCEPTED_BY_MASTER', "
    f"'ACCEPTED_BY_APPRENTICE', 'AGREED'] AND (r.answer_by IS NULL OR r.answer_by >= {_DAY}))"
)

STANDING: Mapping[str, Callable[[LiteralString], LiteralString]] = {
    "PlannedPairing": _planned_pairing
}
