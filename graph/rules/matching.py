"""The weights of matches: those that ship, which are in force, and what new ones must keep to."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import LiteralString, NamedTuple

from graph.cypher import literal
from graph.rules.rule import Rule


class Shipped(NamedTuple):
    """The weights that a job of matchmaking begins with."""

    version: str
    weights: Mapping[str, float]


_PAIRING = {
    "text": 0.34,
    "title": 0.04,
    "field": 0.08,
    "portfolio": 0.12,
    "size": 0.06,
    "place": 0.08,
    "tie": 0.06,
    "people": 0.09,
    "name": 0.06,
    "sister": 0.07,
}
_SOLUTION = Shipped(
    "solution-2026.1",
    {"text": 0.5, "title": 0.15, "field": 0.15, "maturity": 0.05, "industry": 0.1, "place": 0.05},
)

SHIPPED: Mapping[str, Shipped] = MappingProxyType(
    {
        "mentor": Shipped(
            "mentor-2026.1",
            {"gap_coverage": 0.45, "occupation": 0.2, "record": 0.15, "place": 0.1, "methods": 0.1},
        ),
        "apprentice": Shipped(
            "apprentice-2026.1",
            {
                "gap_coverage": 0.45,
                "occupation": 0.2,
                "readiness": 0.15,
                "motivation": 0.1,
                "place": 0.1,
            },
        ),
        "research": Shipped("research-2026.3", _PAIRING),
        "studio": Shipped("studio-2026.3", _PAIRING),
        "transfer": Shipped(
            "transfer-2026.3",
            {
                "text": 0.26,
                "title": 0.06,
                "field": 0.1,
                "portfolio": 0.1,
                "problem": 0.2,
                "industry": 0.08,
                "place": 0.04,
                "size": 0.02,
                "people": 0.06,
                "name": 0.04,
                "sister": 0.04,
            },
        ),
        "solution": _SOLUTION,
        "enterprise_solution": _SOLUTION,
        "studio_peer": Shipped(
            "studio-peer-2026.1",
            {"text": 0.5, "title": 0.1, "field": 0.2, "industry": 0.15, "place": 0.05},
        ),
        "studio_complement": Shipped(
            "studio-complement-2026.1",
            {"text": 0.6, "title": 0.05, "field": 0.2, "industry": 0.1, "place": 0.05},
        ),
        "course": Shipped("course-2026.1", {"gap_coverage": 0.85, "rating": 0.15}),
        "option": Shipped(
            "option-2026.1",
            {"skills": 0.45, "occupation": 0.25, "moves": 0.1, "urgency": 0.1, "place": 0.1},
        ),
    }
)
"""Name of a job -> its parts with their weights; the parts are what new weights must name."""


def weights_in_force(job: LiteralString) -> LiteralString:
    """[version, weights] in force at $known_at, or of $weights_version if given; null if none."""
    return f"""head(COLLECT {{
    MATCH (weighing:WeightsVersion) WHERE weighing.job = '{job.upper()}' AND CASE
      WHEN $weights_version IS NULL THEN weighing.activated_at <= $known_at
        AND coalesce(weighing.retired_at > $known_at, true)
      ELSE weighing.name = $weights_version END
    RETURN [weighing.name, weighing.weights] ORDER BY weighing.activated_at DESC LIMIT 1 }})"""


_PARTS = literal(
    "{" + ", ".join(f"{job.upper()}: {list(s.weights)}" for job, s in SHIPPED.items()) + "}"
)
_VERSIONS = literal(str(sorted({s.version for s in SHIPPED.values()})))
_NAME: LiteralString = "split(w, '=')[0]"
_NUMBER: LiteralString = "toFloat(split(w, '=')[1])"

EVERY_PART = Rule(
    "WEIGHTS_INCOMPLETE",
    "weights name every part of the job's score once, as part=number; `jiangpu features` lists "
    "the parts",
    f"size($given.weights) = size({_PARTS}[$given.job]) AND all(part IN {_PARTS}[$given.job] "
    f"WHERE single(w IN $given.weights WHERE {_NAME} = part))",
    "weights",
)

SHARES = Rule(
    "WEIGHTS_NO_SHARES",
    "each weight is from 0 to 1 and all of them sum to 1; divide each by their sum",
    f"all(w IN $given.weights WHERE {_NUMBER} >= 0) "
    f"AND abs(reduce(sum = 0.0, w IN $given.weights | sum + {_NUMBER}) - 1) < 1e-6",
    "weights",
)

NEW_VERSION = Rule(
    "VERSION_TAKEN",
    "this version ships with the program; choose another name",
    f"NOT $given.name IN {_VERSIONS}",
    "name",
)
