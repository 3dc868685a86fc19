"""Records that stand only while something else holds: when it ends they are gone at once.

A pair of a plan that was not proposed yet stands while both agree to be matched, the master has a
place left, and the apprentice has no agreement: in every list, count and look-up, for everybody.
"""

from collections.abc import Callable, Mapping
from typing import LiteralString

from graph.projection.dated import in_force

_DAY: LiteralString = "$viewer_day"


def _planned_pairing(pair: LiteralString) -> LiteralString:
    """Over one list of what lies around each of the two: the planner plans every subquery."""
    agrees = f"any(r IN around WHERE r:Consent AND r.purpose = 'MATCHING' AND {_IN_FORCE})"
    free = f"none(r IN around WHERE {_RUNNING} OR {_ASKED})"
    places = f"[r IN around WHERE r:MentorProfile AND {_IN_FORCE} | r.capacity]"
    has_place = f"all(most IN {places} WHERE most > size([r IN around WHERE {_RUNNING}]))"
    apprentice = _around(pair, "PLANS_APPRENTICE", "ABOUT_WORKER|HAS_APPRENTICE")
    master = _around(pair, "PLANS_MASTER", "ABOUT_WORKER|HAS_MASTER|DECLARED_BY")
    return f"""(NOT {pair}.state IN ['SOLVED', 'ACCEPTED', 'PINNED'] OR (
  all(around IN [{apprentice}] WHERE {agrees} AND {free})
  AND all(around IN [{master}] WHERE {agrees} AND {has_place})))"""


def _around(pair: LiteralString, end: LiteralString, types: LiteralString) -> LiteralString:
    near = f"{pair}_near"
    return f"[({pair})-[:{end}]->(:Worker)<-[:{types}]-({near}) | {near}]"


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
