"""Titles: a round opens, somebody is nominated, the round's union decides (E05–E08)."""

from typing import LiteralString

from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import answering, its
from graph.model.honours import AWARD_ROUND, DESIGNATION, NOMINATION
from graph.rules import honours as rules

_HOLDER = answering(
    "the union that holds the round", "(subject)-[:IN_ROUND|HELD_BY*2]->(answers:Union)"
)
_SUBMITTER = answering(
    "the union that put it forward", "(subject)-[:SUBMITTED_BY]->(answers:Union)"
)
_NAMER = answering(
    "the union that named, or one above it", "(subject)-[:NAMED_BY]->(answers:Union)"
)

_NAME: LiteralString = """
MATCH (round)-[:HELD_BY]->(holder:Union), (subject)-[:NOMINATES]->(nominee)
CREATE (title:Node:Designation)-[:NAMES]->(nominee), (title)-[:NAMED_BY]->(holder),
  (title)-[:FROM_ROUND]->(round), (subject)-[:LED_TO]->(title)
SET title = {id: $fresh, key: 'jiangpu:' + $fresh, source: 'jiangpu', title: round.title,
  grounds: subject.grounds, valid_from: $today, recorded_from: $now, synthetic: subject.synthetic,
  level: CASE WHEN holder.type = 'MUNICIPAL' THEN 'MUNICIPAL'
    WHEN holder.type IN ['DISTRICT_COUNTY', 'DEV_ZONE'] THEN 'DISTRICT'
    WHEN holder.type IN ['INDUSTRY', 'BUREAU'] THEN 'INDUSTRY' ELSE 'ENTERPRISE' END}
"""


def _nominee(name: LiteralString, label: LiteralString, relation: LiteralString = "") -> Reference:
    return Reference(name, label, f"The {name} put forward.", relation or name, required=False)


OPERATIONS = (
    Operation(
        name="openAwardRound",
        subject=AWARD_ROUND,
        verb="award.round-opened",
        description="Call for nominations for a title, with places and preference",
        by=(its("union"),),
        given=(
            Given(AWARD_ROUND.property("name"), required=True),
            Given(AWARD_ROUND.property("title"), required=True),
            Given(AWARD_ROUND.property("year"), required=True),
            Given(AWARD_ROUND.property("places")),
            Given(AWARD_ROUND.property("opens")),
            Given(AWARD_ROUND.property("closes"), not_before="opens"),
            Given(AWARD_ROUND.property("preference")),
        ),
        references=(Reference("union", "Union", "Union that holds it.", "union"),),
        same=("union_id", "title", "year"),
        policy=("E05", "E06"),
    ),
    Operation(
        name="nominate",
        subject=NOMINATION,
        verb="award.nominated",
        description="Put somebody forward for a title; preferences that apply are kept as reasons",
        by=(its("union"),),
        begins="NOMINATED",
        given=(Given(NOMINATION.property("grounds")),),
        references=(
            Reference("round", "AwardRound", "Round it is for.", "round"),
            Reference("union", "Union", "Union that puts it forward.", "submittedBy"),
            _nominee("worker", "Worker"),
            _nominee("team", "Team"),
            _nominee("achievement", "Achievement"),
            _nominee("enterprise", "Enterprise"),
            _nominee("association", "TechAssociation", "techAssociation"),
        ),
        sets={"submitted": Clock.TODAY},
        same=(
            "round_id", "worker_id", "team_id", "achievement_id", "enterprise_id",
            "association_id",
        ),
        rules=(rules.ONE_NOMINEE, rules.ROUND_OPEN),
        effect=f"SET subject.preferences = [p IN {rules.PREFERENCES} WHERE p IS NOT NULL]",
        policy=("E05", "E06", "E07"),
    ),
    Operation(
        name="nameNominee",
        subject=NOMINATION,
        verb="award.named",
        description="Decide that who is nominated bears the title from today",
        by=(_HOLDER,),
        moves={"NOMINATED": "NAMED"},
        given=(Given(NOMINATION.property("decision")),),
        sets={"decided": Clock.TODAY},
        reaches=("round",),
        locks=("round",),
        rules=(rules.PLACE_IN_ROUND,),
        effect=_NAME,
        policy=("E05",),
    ),
    Operation(
        name="turnDownNominee",
        subject=NOMINATION,
        verb="award.not-named",
        description="Decide that who is nominated is not named this time",
        by=(_HOLDER,),
        moves={"NOMINATED": "NOT_NAMED"},
        given=(Given(NOMINATION.property("decision")),),
        sets={"decided": Clock.TODAY},
        policy=("E05",),
    ),
    Operation(
        name="withdrawNomination",
        subject=NOMINATION,
        verb="award.nomination-withdrawn",
        description="Take a nomination back",
        by=(_SUBMITTER,),
        moves={"NOMINATED": "WITHDRAWN"},
        sets={"decided": Clock.TODAY},
        policy=("E05",),
    ),
    Operation(
        name="recommendForHigherAward",
        subject=DESIGNATION,
        verb="award.recommended",
        description="Recommend the bearer of a title first for a round of a higher one",
        by=(_NAMER,),
        changes=True,
        references=(
            Reference("round", "AwardRound", "Round of the higher award.", "recommendedFor"),
        ),
        rules=(
            rules.BEARS_TITLE,
            rules.ROUND_OPEN,
            rules.NOT_RECOMMENDED,
        ),
        policy=("E08",),
    ),
)  # fmt: skip
