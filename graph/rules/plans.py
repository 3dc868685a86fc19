"""What must hold before an officer changes a mentoring plan."""

from typing import LiteralString

from graph.rules.mentoring import places_left
from graph.rules.rule import Rule

LONGEST_LIST: LiteralString = "100"
MOST_AT_ONCE: LiteralString = "20000"

LIST_LENGTH = Rule(
    "LIST_TOO_LONG",
    f"a list holds at most {LONGEST_LIST} masters; ask for fewer",
    f"coalesce($given.list_length, 1) <= {LONGEST_LIST}",
    "list_length",
)

IN_SCOPE = Rule(
    "OUTSIDE_SCOPE",
    "each named worker must belong to the union that the plan is for; name others, or its parent",
    "all(w IN worker WHERE coalesce(w.region_path STARTS WITH union.path, false) "
    "OR coalesce(w.system_path STARTS WITH union.path, false))",
    "worker_ids",
    policy=("M09",),
)

IN_REVIEW = Rule(
    "NOT_IN_REVIEW",
    "a plan is changed while it is in REVIEW; wait for its job, or make another",
    "plan.state = 'REVIEW'",
    "plan_id",
)


def _pairs(state: LiteralString, *ends: LiteralString) -> LiteralString:
    sides = "".join([f" AND EXISTS {{ (p)-[:PLANS_{e.upper()}]->({_NAMES[e]}) }}" for e in ends])
    return f"COUNT {{ (plan)<-[:IN_PLAN]-(p:PlannedPairing) WHERE p.state IN {state}{sides} }}"


_NAMES: dict[str, LiteralString] = {"apprentice": "worker", "master": "master"}
_KEPT: LiteralString = "['PINNED', 'ACCEPTED']"
_RULED_OUT: LiteralString = "['EXCLUDED']"

NOT_KEPT = Rule(
    "ALREADY_KEPT",
    "the worker has a pinned or accepted pair in this plan; release that one first",
    f"{_pairs(_KEPT, 'apprentice')} = 0",
    "worker_id",
)

PLACE_NOT_KEPT = Rule(
    "CAPACITY_FULL",
    "pinned and accepted pairs of this plan take all her places; release one of them first",
    f"{places_left('master', '$today')} > {_pairs(_KEPT, 'master')}",
    "master_id",
    policy=("M06",),
)

NOT_EXCLUDED = Rule(
    "ALREADY_EXCLUDED",
    "the pair is ruled out in this plan; release that first",
    f"{_pairs(_RULED_OUT, 'apprentice', 'master')} = 0",
)

NOT_LEFT_OUT = Rule(
    "ALREADY_LEFT_OUT",
    "the worker is left out of this plan already",
    "NOT EXISTS { (subject)-[:LEAVES_OUT]->(worker) }",
    "worker_id",
)

LEFT_OUT = Rule(
    "NOT_LEFT_OUT",
    "the worker is not left out of this plan",
    "EXISTS { (subject)-[:LEAVES_OUT]->(worker) }",
    "worker_id",
)

HUMAN_DECIDED = Rule(
    "HUMAN_NEEDED",
    "somebody in it refuses to be decided about by computation alone; a person must accept or pin "
    "her pair first (filter its pairings by apprentice and master humanDecides)",
    "NOT EXISTS { (subject)<-[:IN_PLAN]-(p:PlannedPairing {state: 'SOLVED'}) "
    "WHERE EXISTS { (p)-[:PLANS_APPRENTICE|PLANS_MASTER]->(:Worker {human_decides: true}) } }",
    policy=("P02",),
)

SOMETHING_SOLVED = Rule(
    "NOTHING_TO_ACCEPT",
    f"the plan must hold from 1 to {MOST_AT_ONCE} pairs in state SOLVED; accept them one by one",
    "COUNT { (subject)<-[:IN_PLAN]-(:PlannedPairing {state: 'SOLVED'}) } > 0 AND "
    f"COUNT {{ (subject)<-[:IN_PLAN]-(:PlannedPairing {{state: 'SOLVED'}}) }} <= {MOST_AT_ONCE}",
)

NEW_LIST = Rule(
    "SAME_LIST",
    "this is the list she has already",
    "COLLECT { MATCH (subject)-[r:PREFERS]->(m:Worker) RETURN m.id ORDER BY r.place } "
    "<> $ids.preferred",
    "preferred_ids",
)
