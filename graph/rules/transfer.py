"""What the policy asks of achievements, transfer, problems and research (V01–V22, W05–W07)."""

from typing import LiteralString

from graph.model.achievements import TECH_CONTRACT_TYPE
from graph.projection.dated import in_force
from graph.rules.rule import Rule

_CONTRACT_TYPES: LiteralString = ", ".join([f"'{c.name}'" for c in TECH_CONTRACT_TYPE.choices])

RECOMMENDED = Rule(
    "NOT_RECOMMENDED",
    "an achievement is named after a review that recommends it; record the review first",
    """EXISTS { MATCH (achievement)<-[:REVIEWS]-(review:AchievementReview)
      WHERE review.verdict = 'RECOMMENDED' }""",
    "achievement_id",
    policy=("V02", "V01"),
)

NOT_NAMED_YET = Rule(
    "ALREADY_NAMED",
    "the achievement bears the title already",
    f"""NOT EXISTS {{
      MATCH (achievement)<-[:NAMES]-(title:Designation {{title: 'CAPITAL_ACHIEVEMENT'}})
      WHERE {in_force("title", "$today")} }}""",
    "achievement_id",
    policy=("V01",),
)

PROTECTS_ACHIEVEMENT = Rule(
    "PROTECTS_NOTHING",
    "the patent protects no achievement of workers; relate the two first",
    "EXISTS { (patent)-[:PROTECTS]->(:Achievement) }",
    "patent_id",
    policy=("V04",),
)

NOT_LISTED = Rule(
    "ALREADY_LISTED",
    "the achievement is offered already; withdraw that listing first",
    "NOT EXISTS { (achievement)<-[:OFFERS]-(:Listing {state: 'OPEN'}) }",
    "achievement_id",
    policy=("V10",),
)

LISTING_OPEN = Rule(
    "NOT_OFFERED",
    "the listing is closed; nothing can be bought from it",
    "listing.state = 'OPEN'",
    "listing_id",
    policy=("V10",),
)

LISTING_OF_IT = Rule(
    "OTHER_LISTING",
    "the listing must be open and offer this achievement; name another one, or none",
    "listing IS NULL OR listing.state = 'OPEN' AND EXISTS { (listing)-[:OFFERS]->(achievement) }",
    "listing_id",
    policy=("V10", "V11"),
)

NOT_ITS_OWNER = Rule(
    "OWN_ACHIEVEMENT",
    "an enterprise needs no contract over what it owns; name another enterprise",
    "NOT EXISTS { (achievement)-[:OWNED_BY]->(enterprise) }",
    "enterprise_id",
    policy=("V11",),
)

USES_IT = Rule(
    "DOES_NOT_USE_IT",
    "benefit comes of use: the enterprise must own the achievement or have a contract over it",
    """EXISTS { (achievement)-[:OWNED_BY]->(enterprise) }
      OR EXISTS { (achievement)<-[:OVER]-(:TechContract)-[:WITH_BUYER]->(enterprise) }""",
    "enterprise_id",
    policy=("V20",),
)

SOME_BENEFIT = Rule(
    "NO_BENEFIT",
    "say what it brought: an economic benefit, a social one, or both",
    "$given.economic IS NOT NULL OR $given.social IS NOT NULL",
    "economic",
    policy=("V20",),
)

NOT_SOLVED = Rule(
    "NOT_OPEN",
    "the problem is solved or taken back; there is nothing to answer",
    """problem.state IN ['OPEN', 'MATCHED']
      AND (problem.expires IS NULL OR problem.expires > $today)""",
    "problem_id",
    policy=("J08",),
)

ANSWER_OF_PROBLEM = Rule(
    "OTHER_PROBLEM",
    "this answer was offered for another problem; name one of its own answers",
    "EXISTS { (answer)-[:ANSWERS]->(subject) }",
    "answer_id",
    policy=("J08",),
)

IN_BEIJING = Rule(
    "NOT_IN_BEIJING",
    "studios are paired with research units that have their seat in Beijing (驻京)",
    "institute.in_beijing",
    "institute_id",
    policy=("V05",),
)

NOT_PAIRED = Rule(
    "ALREADY_PAIRED",
    "the two have an open pairing; continue or end that one",
    """NOT EXISTS {
      MATCH (studio)<-[:PAIRS_STUDIO]-(open:ResearchPairing)-[:PAIRS_INSTITUTE]->(institute)
      WHERE NOT open.state IN ['DECLINED', 'ENDED'] }""",
    "institute_id",
    policy=("V05",),
)

PAIRING_AGREED = Rule(
    "NOT_AGREED",
    "projects rest on a pairing to which both sides have agreed; have it accepted first",
    "pairing.state = 'AGREED'",
    "pairing_id",
    policy=("V05", "V06"),
)

KNOWN_CONTRACT_TYPES = Rule(
    "UNKNOWN_CONTRACT_TYPE",
    f"types of contract are {_CONTRACT_TYPES}; leave out the others",
    f"all(t IN $given.contract_types WHERE t IN [{_CONTRACT_TYPES}])",
    "contract_types",
    policy=("V12", "V13"),
)

FOR_THE_WHOLE_CITY = Rule(
    "NOT_THE_FEDERATION",
    "what counts as converted is the same for the whole city; name the municipal federation",
    "union.type = 'MUNICIPAL'",
    "union_id",
    policy=("V12",),
)

ONE_DEFINITION = Rule(
    "DEFINITIONS_OVERLAP",
    "another definition holds on some of these days; end it first, or give other days",
    """NOT EXISTS { MATCH (other:ConversionDefinition) WHERE other.recorded_to IS NULL
      AND coalesce(other.valid_from < $given.valid_to, true)
      AND coalesce(other.valid_to > $given.valid_from, true) }""",
    "valid_from",
    policy=("V12",),
)

DEFINITION_STANDS = Rule(
    "NOT_IN_FORCE",
    "the definition has ended already; define another one",
    in_force("subject", "$today"),
    policy=("V12",),
)
