from datetime import timedelta
from typing import Any

from tests.stories.competitions import WORLD, ranked
from tests.stories.told import CITY, EAST, TODAY, Call, Story


def rule(name: str, by: Any = CITY, **more: Any) -> Call:
    """A rule of the federation for the first ten, unless it says otherwise."""
    given = {
        "name": name,
        "union_id": "m",
        "level": "MUNICIPAL",
        "basis": "CONTEST_PLACE",
        "amount": 100_000,
        "occupations_kind": "NON_CERTIFICATE",
        "lowest_grade": "CLASS_TWO",
        "last_rank": 10,
        "valid_from": TODAY - timedelta(60),
    }
    return Call("setSupportRule", given | more, name, by)


def apply(name: str, rule: str, worker: str = "w1", **more: Any) -> Call:
    """An application for the place of a worker."""
    given = {"worker_id": worker, "rule_id": f"${rule}", "entry_id": f"${worker}"}
    return Call("applySupport", given | more, name, EAST)


_STEP = {"support_grant_id": "$one"}

STORY = Story(
    WORLD,
    (
        *ranked(w1=1, w2=2),
        rule("city", pilot=False, lowest_stage="SEMI_FINAL", valid_to=TODAY + timedelta(365)),
        rule("east", EAST, union_id="east", level="DISTRICT", occupation_ids=["welder"]),
        rule("pilot", basis="LEVEL_REACHED", skill_level="SENIOR", pilot=True, last_rank=1),
        apply("one", "city"),
        Call("grantSupport", {**_STEP, "decision": "符合条件"}, by=CITY),
        Call(
            "shareFunding",
            {"grant_id": "$one", "source_kind": "LOWER_UNION", "ratio": 0.5, "union_id": "east"},
            by=CITY,
        ),
        Call("paySupport", _STEP, by=CITY),
        apply("two", "east"),
        Call("rejectSupport", {"support_grant_id": "$two", "decision": "已有单位奖励"}, by=EAST),
        Call("listOccupation", {"occupation_id": "miller", "list": "CERTIFICATE",
                                "reference": "公告"}, "listing", CITY),
        Call("unlistOccupation", {"occupation_listing_id": "$listing"}, by=CITY,
             later=timedelta(10)),
        Call("endSupportRule", {"support_rule_id": "$city"}, by=CITY, later=timedelta(20)),
    ),
    {
        "a level pays twice for one event": """
            MATCH (g:SupportGrant)-[:FOR_ENTRY|FOR_LEVEL]->(event), (g)-[:UNDER_RULE]->(r)
            WHERE g.state <> 'REJECTED'
            WITH event, r.level AS level, count(g) AS grants WHERE grants > 1 RETURN event.id""",
        "more than the whole": """
            MATCH (g:SupportGrant)<-[:CO_FUNDS]-(s:FundingShare)
            WITH g, sum(s.ratio) AS shares WHERE shares > 1.0001 RETURN g.id""",
        "supported for another's place": """
            MATCH (g:SupportGrant)-[:FOR_ENTRY]->(e)-[:ENTERED_BY]->(w)
            WHERE NOT EXISTS { (g)-[:GRANTED_TO]->(w) } RETURN g.id""",
        "listed twice at once": """
            MATCH (o:Occupation)<-[:LISTS]-(l:OccupationListing)
            WHERE l.valid_to IS NULL AND l.recorded_to IS NULL
            WITH o, l.list AS list, count(l) AS times WHERE times > 1 RETURN o.id""",
    },
)  # fmt: skip
