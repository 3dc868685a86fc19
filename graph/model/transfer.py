"""Transfer of achievements: reviews, subsidies, listings, interest, contracts, benefits, shows."""

from typing import LiteralString

from graph.model.achievements import TECH_CONTRACT_TYPE
from graph.model.declare import (
    Choice,
    ClosedList,
    End,
    Kind,
    NodeType,
    Property,
    Public,
    RelationshipType,
)
from graph.model.funding import YEAR, fen
from graph.model.vocabularies import NAME

REVIEW_VERDICT = ClosedList(
    "AchievementVerdict",
    "成果评审意见",
    "What a review recommends (V02).",
    (
        Choice("RECOMMENDED", "推荐命名", "Recommended for the title."),
        Choice("NOT_RECOMMENDED", "不推荐", "Not recommended."),
    ),
    policy=("V02",),
)

SUBSIDY_STATE = ClosedList(
    "PatentSubsidyState",
    "专利资助状态",
    "States of a patent subsidy (V04).",
    (
        Choice("APPLIED", "已申请", "Applied for."),
        Choice("GRANTED", "已批准", "Granted."),
        Choice("REJECTED", "未批准", "Not granted."),
    ),
    policy=("V04",),
)

LISTING_STATE = ClosedList(
    "ListingState",
    "挂牌状态",
    "States of a listing on the exchange (V10).",
    (
        Choice("OPEN", "挂牌中", "Offered."),
        Choice("SOLD", "已成交", "A contract came of it."),
        Choice("WITHDRAWN", "已撤牌", "Taken off."),
    ),
    policy=("V10",),
)

CONTRACT_STATE = ClosedList(
    "TechContractState",
    "技术合同状态",
    "States of a technology contract (V11).",
    (
        Choice("SIGNED", "已签订", "In force."),
        Choice("FULFILLED", "已履行", "Carried out."),
        Choice("TERMINATED", "已解除", "Ended before its time."),
    ),
    policy=("V11",),
)

ACHIEVEMENT_REVIEW = NodeType(
    "AchievementReview",
    "achievementReviews",
    "成果评审",
    "What a review said of an achievement in a year (V02).",
    Public(),
    (
        YEAR,
        Property("verdict", "Verdict.", Kind.CHOICE, zh="意见", choices=REVIEW_VERDICT,
                 required=True),
        Property("grounds", "Why.", Kind.TEXT, zh="评审意见"),
        Property("reviewed", "Day.", Kind.DATE, zh="评审日期", sortable=True),
    ),
    policy=("V02",),
)  # fmt: skip

PATENT_SUBSIDY = NodeType(
    "PatentSubsidy",
    "patentSubsidies",
    "专利申请资助",
    "Money towards a patent that protects a workers' achievement (V04).",
    Public(),
    (
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=SUBSIDY_STATE, required=True,
                 sortable=True),
        fen("amount", "Amount applied for, or granted.", "资助金额", required=True),
        Property("applied", "Day of application.", Kind.DATE, zh="申请日期", sortable=True),
        Property("decided", "Day of the decision.", Kind.DATE, zh="决定日期"),
        Property("decision", "Reason of the decision.", Kind.TEXT, zh="决定理由"),
    ),
    policy=("V04",),
)  # fmt: skip

LISTING = NodeType(
    "Listing",
    "listings",
    "成果挂牌",
    "An achievement offered on a technology exchange (V10).",
    Public(),
    (
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=LISTING_STATE, required=True,
                 sortable=True),
        Property("contract_type", "Contract offered.", Kind.CHOICE, zh="拟签合同类型",
                 choices=TECH_CONTRACT_TYPE, required=True),
        Property("mode", "How it is offered, in the seller's words (V18).", zh="交易方式"),
        fen("price", "Price asked; open if empty.", "挂牌价格"),
        Property("platform", "Exchange (技术产权交易平台, V10).", zh="交易平台"),
        Property("listed", "First day.", Kind.DATE, zh="挂牌日期", sortable=True),
        Property("closed", "Day on which it was sold or taken off.", Kind.DATE, zh="撤牌日期"),
    ),
    aliases=("挂牌",),
    policy=("V10", "V18"),
)  # fmt: skip

INTEREST = NodeType(
    "ListingInterest",
    "listingInterests",
    "购买意向",
    "That an enterprise is interested in a listing (V10).",
    Public(),
    (
        Property("recorded", "Day.", Kind.DATE, zh="登记日期", sortable=True),
        Property("message", "What it would use it for.", Kind.TEXT, zh="用途说明"),
    ),
    policy=("V10",),
)

TECH_CONTRACT = NodeType(
    "TechContract",
    "techContracts",
    "技术合同",
    "A technology contract over an achievement (四技, V11–V17; 技术许可, Z04).",
    Public(),
    (
        Property("number", "Number.", zh="合同编号", required=True, sortable=True, searched=True),
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=CONTRACT_STATE, required=True,
                 sortable=True),
        Property("type", "Type.", Kind.CHOICE, zh="类型", choices=TECH_CONTRACT_TYPE,
                 required=True, sortable=True),
        Property("four_technologies", "One of the policy's four, so not a licence (V13, Z04).",
                 Kind.BOOLEAN, zh="四技合同"),
        fen("amount", "Amount.", "合同金额", required=True),
        Property("signed", "Day of signing.", Kind.DATE, zh="签订日期", required=True,
                 sortable=True),
        Property("ends", "Last day.", Kind.DATE, zh="终止日期"),
        Property("ended", "Day on which it was fulfilled or terminated.", Kind.DATE,
                 zh="结束日期"),
    ),
    identity="number",
    aliases=("四技合同",),
    policy=("V11", "V13", "V14", "V15", "V16", "V17", "Z04"),
)  # fmt: skip

BENEFIT_RECORD = NodeType(
    "BenefitRecord",
    "benefitRecords",
    "成果效益",
    "What an achievement brought an enterprise in a year (V20); evidence in matches.",
    Public(),
    (
        YEAR,
        fen("economic", "Economic benefit.", "经济效益"),
        Property("social", "Social benefit.", Kind.TEXT, zh="社会效益"),
        Property("verified_by", "Who verified it.", zh="核实单位", required=True),
        Property("recorded", "Day.", Kind.DATE, zh="登记日期", sortable=True),
    ),
    policy=("V20",),
)

CONVERSION_DEFINITION = NodeType(
    "ConversionDefinition",
    "conversionDefinitions",
    "成果转化口径",
    "What makes an achievement count as converted, for those registered from a day to a day (V12).",
    Public(),
    (
        NAME,
        Property("contract_types", "Types of technology contract that count.", Kind.STRINGS,
                 zh="计入的合同类型", required=True),
        Property("benefits", "Whether a verified benefit counts too.", Kind.BOOLEAN,
                 zh="计入效益", required=True),
    ),
    dated=True,
    policy=("V12", "V13", "Z04"),
)  # fmt: skip

EXHIBITION = NodeType(
    "Exhibition",
    "exhibitions",
    "成果展示推广",
    "An exhibition or promotion of workers' achievements (V19).",
    Public(),
    (
        NAME,
        Property("day", "First day.", Kind.DATE, zh="日期", required=True, sortable=True),
        Property("place", "Where.", zh="地点"),
    ),
    policy=("V19",),
)

NODE_TYPES = (
    ACHIEVEMENT_REVIEW,
    PATENT_SUBSIDY,
    LISTING,
    INTEREST,
    TECH_CONTRACT,
    BENEFIT_RECORD,
    CONVERSION_DEFINITION,
    EXHIBITION,
)


Seen = tuple[LiteralString, str, str]


def _one(
    type: LiteralString,
    ends: tuple[LiteralString, LiteralString],
    forward: Seen,
    backward: Seen,
    *policy: str,
) -> RelationshipType:
    """A relation to one node: name, description and Chinese term of either end."""
    (name, text, zh), (back, back_text, back_zh) = forward, backward
    return RelationshipType(
        type,
        ends[0],
        ends[1],
        End(name, text, many=False, zh=zh),
        End(back, back_text, zh=back_zh),
        policy=policy,
    )


_ACHIEVEMENT: Seen = ("achievement", "The achievement.", "成果")

RELATIONSHIP_TYPES = (
    _one("REVIEWS", ("AchievementReview", "Achievement"), _ACHIEVEMENT,
         ("reviews", "Reviews of it (V02).", "评审"), "V02"),
    _one("SUBSIDISES", ("PatentSubsidy", "Patent"), ("patent", "The patent.", "专利"),
         ("subsidies", "Subsidies for it (V04).", "资助"), "V04"),
    _one("PAID_BY", ("PatentSubsidy", "Union"), ("union", "Union that pays.", "出资工会"),
         ("patentSubsidies", "Patent subsidies it was asked for.", "专利资助")),
    _one("OFFERS", ("Listing", "Achievement"), _ACHIEVEMENT,
         ("listings", "Offers of it on exchanges (V10).", "挂牌"), "V10"),
    _one("INTERESTED_IN", ("ListingInterest", "Listing"), ("listing", "The listing.", "挂牌"),
         ("interests", "Who is interested.", "购买意向")),
    _one("FROM_ENTERPRISE", ("ListingInterest", "Enterprise"),
         ("enterprise", "Who is interested.", "意向企业"),
         ("listingInterests", "Listings it is interested in.", "购买意向")),
    _one("OVER", ("TechContract", "Achievement"), _ACHIEVEMENT,
         ("contracts", "Contracts over it (V11).", "技术合同"), "V11"),
    _one("WITH_BUYER", ("TechContract", "Enterprise"), ("buyer", "Who uses it.", "受让企业"),
         ("techContracts", "Achievements it uses by contract (V11).", "技术合同"), "V11"),
    _one("CAME_OF", ("TechContract", "Listing"), ("listing", "Listing it came of.", "挂牌"),
         ("contracts", "Contracts that came of it.", "技术合同")),
    _one("BROKERED_BY", ("TechContract", "Union"),
         ("brokeredBy", "Union that brokered it (V21).", "中介工会"),
         ("brokered", "Contracts it brokered (V21).", "中介合同"), "V21"),
    _one("BROKERED_BY", ("TechContract", "TechAssociation"),
         ("association", "Association that brokered it (V21).", "中介技协"),
         ("brokered", "Contracts it brokered (V21).", "中介合同"), "V21"),
    _one("BENEFIT_OF", ("BenefitRecord", "Achievement"), _ACHIEVEMENT,
         ("benefits", "What it brought (V20).", "效益"), "V20"),
    _one("BENEFITED", ("BenefitRecord", "Enterprise"),
         ("enterprise", "Whom it benefited.", "受益企业"),
         ("benefits", "What achievements brought it (V20).", "效益"), "V20"),
    _one("SET_BY", ("ConversionDefinition", "Union"),
         ("union", "Union that set it.", "制定工会"),
         ("conversionDefinitions", "What it counts as converted (V12).", "成果转化口径"), "V12"),
    _one("HELD_BY", ("Exhibition", "Union"), ("union", "Union that held it.", "主办工会"),
         ("exhibitions", "Exhibitions it held (V19).", "展示推广")),
    RelationshipType(
        "SHOWS",
        "Exhibition",
        "Achievement",
        End("achievements", "Achievements shown.", zh="展示成果"),
        End("exhibitions", "Where it was shown (V19).", zh="展示推广"),
        policy=("V19",),
    ),
)  # fmt: skip
