"""Achievements and their transfer (W06): register, review, name, list, contract, benefit."""

from typing import LiteralString

from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import FEDERATION, answering, its, organisation
from graph.model.achievements import ACHIEVEMENT
from graph.model.honours import DESIGNATION
from graph.model.transfer import (
    ACHIEVEMENT_REVIEW,
    BENEFIT_RECORD,
    CONVERSION_DEFINITION,
    EXHIBITION,
    INTEREST,
    LISTING,
    PATENT_SUBSIDY,
    TECH_CONTRACT,
)
from graph.rules import transfer as rules
from graph.rules.studios import ANSWERS_FOR_STUDIO
from graph.viewer import Role

_ACHIEVEMENT = Reference("achievement", "Achievement", "The achievement.", "achievement")
_STUDIO_UNION = answering("a union that answers for the studio", *ANSWERS_FOR_STUDIO)
_STUDIO = organisation("the studio itself", Role.STUDIO, "studio.id = $viewer_organisation")
_FROM_ACHIEVEMENT: list[LiteralString] = [
    f"(achievement)-[:MADE_BY]->{way}" for way in ANSWERS_FOR_STUDIO
]
_OWNER_UNION: LiteralString = (
    "(achievement)-[:OWNED_BY]->(:Enterprise)<-[:REPRESENTS]-(answers:Union)"
)
_ITS_UNIONS = answering(
    "a union that answers for its studio or its owner", *_FROM_ACHIEVEMENT, _OWNER_UNION
)
_ITS_OWNER = organisation(
    "the enterprise that owns it",
    Role.ENTERPRISE,
    "EXISTS { (achievement)-[:OWNED_BY]->(:Enterprise {id: $viewer_organisation}) }",
)
_ITS_STUDIO = organisation(
    "the studio that made it",
    Role.STUDIO,
    "EXISTS { (achievement)-[:MADE_BY]->(:Studio {id: $viewer_organisation}) }",
)
_SELLERS = (_ITS_UNIONS, _ITS_OWNER, _ITS_STUDIO)
_ENTERPRISE = organisation(
    "the enterprise itself", Role.ENTERPRISE, "enterprise.id = $viewer_organisation"
)
_ENTERPRISE_UNION = answering(
    "a union that represents the enterprise",
    "(enterprise)<-[:REPRESENTS]-(answers:Union)",
    "(enterprise)-[:LOCATED_IN]->(:District)-[:PART_OF*0..3]->(:District)"
    "<-[:COVERS_DISTRICT]-(answers:Union)",
)
_SUBSIDY_UNION = answering(
    "the union that pays, or one above it", "(subject)-[:PAID_BY]->(answers:Union)"
)

ACHIEVEMENTS = (
    Operation(
        name="registerAchievement",
        subject=ACHIEVEMENT,
        verb="achievement.registered",
        description="Register an achievement of a studio in the database (职工创新成果数据库)",
        by=(_STUDIO_UNION, _STUDIO),
        given=(
            Given(ACHIEVEMENT.property("title"), required=True),
            Given(ACHIEVEMENT.property("kind"), required=True),
            Given(ACHIEVEMENT.property("abstract")),
            Given(ACHIEVEMENT.property("maturity")),
            Given(ACHIEVEMENT.property("keywords")),
        ),
        references=(
            Reference("studio", "Studio", "Studio that made it.", "studio"),
            Reference(
                "enterprise", "Enterprise", "Enterprise that owns it.", "enterprise",
                required=False,
            ),
            Reference(
                "contributors", "Worker", "Workers who had a part in it.", "contributors",
                required=False, many=True,
            ),
        ),
        sets={"registered": Clock.TODAY},
        same=("studio_id", "title"),
        policy=("V03", "V09", "W06"),
    ),
    Operation(
        name="reviewAchievement",
        subject=ACHIEVEMENT_REVIEW,
        verb="achievement.reviewed",
        description="Record what the yearly review said of an achievement",
        by=(FEDERATION,),
        given=(
            Given(ACHIEVEMENT_REVIEW.property("year"), required=True),
            Given(ACHIEVEMENT_REVIEW.property("verdict"), required=True),
            Given(ACHIEVEMENT_REVIEW.property("grounds")),
        ),
        references=(_ACHIEVEMENT,),
        sets={"reviewed": Clock.TODAY},
        same=("achievement_id", "year"),
        policy=("V02",),
    ),
    Operation(
        name="nameAchievement",
        subject=DESIGNATION,
        verb="achievement.named",
        description="Name a recommended achievement 首都职工优秀自主创新成果",
        by=(FEDERATION,),
        given=(
            Given(DESIGNATION.property("grounds")),
            Given(DESIGNATION.property("meeting")),
            Given(DESIGNATION.property("reference")),
        ),
        references=(_ACHIEVEMENT,),
        sets={"title": "CAPITAL_ACHIEVEMENT", "level": "MUNICIPAL"},
        locks=("achievement",),
        rules=(rules.RECOMMENDED, rules.NOT_NAMED_YET),
        effect="MATCH (city:Union {type: 'MUNICIPAL'}) CREATE (subject)-[:NAMED_BY]->(city)",
        policy=("V01",),
    ),
    Operation(
        name="applyPatentSubsidy",
        subject=PATENT_SUBSIDY,
        verb="patent.subsidy-applied",
        description="Apply for money towards a patent that protects an achievement",
        by=(its("union"),),
        begins="APPLIED",
        given=(Given(PATENT_SUBSIDY.property("amount"), required=True),),
        references=(
            Reference("patent", "Patent", "The patent.", "patent"),
            Reference("union", "Union", "Union that is asked.", "union"),
        ),
        sets={"applied": Clock.TODAY},
        same=("patent_id", "union_id"),
        rules=(rules.PROTECTS_ACHIEVEMENT,),
        policy=("V04",),
    ),
    Operation(
        name="grantPatentSubsidy",
        subject=PATENT_SUBSIDY,
        verb="patent.subsidy-granted",
        description="Grant a patent subsidy",
        by=(_SUBSIDY_UNION,),
        moves={"APPLIED": "GRANTED"},
        given=(
            Given(PATENT_SUBSIDY.property("amount")),
            Given(PATENT_SUBSIDY.property("decision")),
        ),
        sets={"decided": Clock.TODAY},
        policy=("V04",),
    ),
    Operation(
        name="rejectPatentSubsidy",
        subject=PATENT_SUBSIDY,
        verb="patent.subsidy-rejected",
        description="Decide that a patent subsidy is not granted, and why",
        by=(_SUBSIDY_UNION,),
        moves={"APPLIED": "REJECTED"},
        given=(Given(PATENT_SUBSIDY.property("decision"), required=True),),
        sets={"decided": Clock.TODAY},
        policy=("V04",),
    ),
    Operation(
        name="exhibitAchievements",
        subject=EXHIBITION,
        verb="achievement.exhibited",
        description="Record an exhibition or promotion of achievements (宣传展示推广)",
        by=(its("union"),),
        given=(
            Given(EXHIBITION.property("name"), required=True),
            Given(EXHIBITION.property("day"), required=True),
            Given(EXHIBITION.property("place")),
        ),
        references=(
            Reference("union", "Union", "Union that held it.", "union"),
            Reference("achievements", "Achievement", "Achievements shown.", "achievements",
                      many=True),
        ),
        same=("union_id", "name", "day"),
        policy=("V19",),
    ),
)  # fmt: skip

_CONTRACT_SIDES = (
    answering(
        "the union that brokered it, or one above it", "(subject)-[:BROKERED_BY]->(answers:Union)"
    ),
    organisation("the buyer", Role.ENTERPRISE, "buyer.id = $viewer_organisation"),
    *_SELLERS,
)

EXCHANGE = (
    Operation(
        name="listAchievement",
        subject=LISTING,
        verb="listing.opened",
        description="Offer an achievement on a technology exchange (挂牌)",
        by=_SELLERS,
        begins="OPEN",
        given=(
            Given(LISTING.property("contract_type"), required=True),
            Given(LISTING.property("price")),
            Given(LISTING.property("mode")),
            Given(LISTING.property("platform")),
        ),
        references=(_ACHIEVEMENT,),
        sets={"listed": Clock.TODAY},
        locks=("achievement",),
        rules=(rules.NOT_LISTED,),
        policy=("V10", "V18"),
    ),
    Operation(
        name="withdrawListing",
        subject=LISTING,
        verb="listing.withdrawn",
        description="Take a listing off the exchange",
        by=_SELLERS,
        moves={"OPEN": "WITHDRAWN"},
        sets={"closed": Clock.TODAY},
        reaches=("achievement",),
        locks=("achievement",),
        policy=("V10",),
    ),
    Operation(
        name="recordInterest",
        subject=INTEREST,
        verb="listing.interest-recorded",
        description="Record that an enterprise is interested in a listing",
        by=(_ENTERPRISE, _ENTERPRISE_UNION),
        given=(Given(INTEREST.property("message")),),
        references=(
            Reference("listing", "Listing", "The listing.", "listing"),
            Reference("enterprise", "Enterprise", "Who is interested.", "enterprise"),
        ),
        sets={"recorded": Clock.TODAY},
        same=("listing_id", "enterprise_id"),
        locks=("listing",),
        rules=(rules.LISTING_OPEN,),
        policy=("V10",),
    ),
    Operation(
        name="concludeContract",
        subject=TECH_CONTRACT,
        verb="contract.concluded",
        description="Record a technology contract over an achievement (四技, 技术许可); "
        "the listing it came of is closed",
        by=_SELLERS,
        begins="SIGNED",
        given=(
            Given(TECH_CONTRACT.property("number"), required=True),
            Given(TECH_CONTRACT.property("type"), required=True),
            Given(TECH_CONTRACT.property("amount"), required=True),
            Given(TECH_CONTRACT.property("signed"), required=True, not_after="today"),
            Given(TECH_CONTRACT.property("ends"), not_before="signed"),
        ),
        references=(
            _ACHIEVEMENT,
            Reference("enterprise", "Enterprise", "Who will use it.", "buyer"),
            Reference("listing", "Listing", "Listing it came of.", "listing", required=False),
            Reference("union", "Union", "Union that brokered it.", "brokeredBy", required=False),
            Reference(
                "association", "TechAssociation", "Association that brokered it.", "association",
                required=False,
            ),
        ),
        same=("number",),
        locks=("achievement", "listing"),
        rules=(rules.NOT_ITS_OWNER, rules.LISTING_OF_IT),
        effect="""
SET subject.four_technologies = subject.type <> 'LICENCE'
SET listing.state = 'SOLD', listing.closed = $today
""",
        policy=("V11", "V13", "V14", "V15", "V16", "V17", "V21", "Z04"),
    ),
    Operation(
        name="fulfilContract",
        subject=TECH_CONTRACT,
        verb="contract.fulfilled",
        description="Record that a contract was carried out",
        by=_CONTRACT_SIDES,
        moves={"SIGNED": "FULFILLED"},
        sets={"ended": Clock.TODAY},
        reaches=("buyer", "achievement"),
        policy=("V11",),
    ),
    Operation(
        name="terminateContract",
        subject=TECH_CONTRACT,
        verb="contract.terminated",
        description="Record that a contract ended before its time",
        by=_CONTRACT_SIDES,
        moves={"SIGNED": "TERMINATED"},
        sets={"ended": Clock.TODAY},
        reaches=("buyer", "achievement"),
        policy=("V11",),
    ),
    Operation(
        name="recordBenefit",
        subject=BENEFIT_RECORD,
        verb="achievement.benefit-recorded",
        description="Record what an achievement brought an enterprise in a year (经济和社会效益)",
        by=(_ENTERPRISE, _ENTERPRISE_UNION),
        given=(
            Given(BENEFIT_RECORD.property("year"), required=True),
            Given(BENEFIT_RECORD.property("verified_by"), required=True),
            Given(BENEFIT_RECORD.property("economic")),
            Given(BENEFIT_RECORD.property("social")),
        ),
        references=(
            _ACHIEVEMENT,
            Reference("enterprise", "Enterprise", "Whom it benefited.", "enterprise"),
        ),
        sets={"recorded": Clock.TODAY},
        same=("achievement_id", "enterprise_id", "year"),
        rules=(rules.USES_IT, rules.SOME_BENEFIT),
        policy=("V20",),
    ),
)  # fmt: skip

CONVERSION = (
    Operation(
        name="defineConversion",
        subject=CONVERSION_DEFINITION,
        verb="conversion.defined",
        description="Say what counts as converted for achievements registered from a day",
        by=(FEDERATION,),
        given=(
            Given(CONVERSION_DEFINITION.property("name"), required=True),
            Given(CONVERSION_DEFINITION.property("contract_types"), required=True),
            Given(CONVERSION_DEFINITION.property("benefits"), required=True),
            Given(CONVERSION_DEFINITION.property("valid_from"), required=True),
            Given(CONVERSION_DEFINITION.property("valid_to"), after="valid_from"),
        ),
        references=(Reference("union", "Union", "The municipal federation.", "union"),),
        same=("name",),
        locks=("union",),
        rules=(rules.KNOWN_CONTRACT_TYPES, rules.FOR_THE_WHOLE_CITY, rules.ONE_DEFINITION),
        policy=("V12", "Z04"),
    ),
    Operation(
        name="endConversionDefinition",
        subject=CONVERSION_DEFINITION,
        verb="conversion.definition-ended",
        description="End a definition from today; achievements registered before are judged by it",
        by=(FEDERATION,),
        changes=True,
        sets={"valid_to": Clock.TODAY},
        rules=(rules.DEFINITION_STANDS,),
        policy=("V12",),
    ),
)

OPERATIONS = (*ACHIEVEMENTS, *EXCHANGE, *CONVERSION)
