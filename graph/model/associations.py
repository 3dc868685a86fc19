"""职工技协: associations, their committees and members, and the standards that they set."""

from graph.model.declare import (
    Choice,
    ClosedList,
    End,
    Kind,
    NodeType,
    Property,
    Public,
    RelationshipType,
    Through,
)
from graph.model.studios import LEVEL
from graph.model.vocabularies import NAME, NAME_EN

PARTNER_KIND = ClosedList(
    "PartnerKind",
    "合作单位类型",
    "Kinds of partners outside the unions (P11, A13, H09, J19).",
    (
        Choice("GOVERNMENT", "政府主管部门", "Competent government department (A13)."),
        Choice("HUMAN_RESOURCES", "人力社保部门", "Human resources and social security (H09)."),
        Choice("AUDIT", "审计部门", "Audit (H09)."),
        Choice("PEOPLES_CONGRESS", "人大", "People's Congress (H09)."),
        Choice("CONSULTATIVE_CONFERENCE", "政协", "Political Consultative Conference (H09)."),
        Choice("INDUSTRY_ASSOCIATION", "行业协会", "Industry association (A13, J12)."),
        Choice("EXCHANGE_PLATFORM", "技术产权交易平台", "Technology exchange (V10)."),
        Choice("SOCIAL", "社会力量", "Other (P11, J19)."),
    ),
    policy=("H09", "A13", "P11"),
)

STANDARD_STATE = ClosedList(
    "StandardState",
    "标准状态",
    "States of an occupation standard (J11).",
    (
        Choice("DRAFT", "草案", "Being drafted."),
        Choice("PUBLISHED", "已发布", "In force; workers can be certified by it."),
        Choice("WITHDRAWN", "已废止", "No longer in force."),
    ),
)

PARTNER = NodeType(
    "PartnerOrganisation",
    "partnerOrganisations",
    "合作单位",
    "A department, association or other partner outside the unions (P11, A13, H09, J19).",
    Public(),
    (
        NAME,
        NAME_EN,
        Property("kind", "Kind.", Kind.CHOICE, zh="类型", choices=PARTNER_KIND, sortable=True),
    ),
    interfaces=("Organisation",),
    policy=("P11", "A13", "H09", "J19"),
)

TECH_ASSOCIATION = NodeType(
    "TechAssociation",
    "techAssociations",
    "职工技协",
    "A workers' technical association: a mass society that a union leads (J01, J02).",
    Public(),
    (
        NAME,
        NAME_EN,
        Property("level", "Level.", Kind.CHOICE, zh="级别", choices=LEVEL, sortable=True),
        Property("founded", "Day.", Kind.DATE, zh="成立日期", sortable=True),
        Property("term", "Number of the present term (J03).", Kind.INTEGER, zh="届次", minimum=1),
        Property("term_began", "Day on which it began (J03).", Kind.DATE, zh="换届日期"),
        Property("duties", "What it sees to (J02, J10).", Kind.TEXT, zh="主要职责"),
        Property("funded", "Its activities have a budget (J15).", Kind.BOOLEAN, zh="经费保障"),
        Property(
            "social_workers",
            "Full-time social workers of the union who serve it (J17).",
            Kind.INTEGER,
            zh="专职工会社会工作者",
            minimum=0,
        ),
    ),
    interfaces=("Organisation",),
    aliases=("技协", "技协组织"),
    policy=("J01", "J02", "J03", "J10", "J14", "J15", "J17"),
)

SPECIAL_COMMITTEE = NodeType(
    "SpecialCommittee",
    "specialCommittees",
    "专业委员会",
    "A committee of an association for an industry or occupation (J05).",
    Public(),
    (NAME, Property("founded", "Day.", Kind.DATE, zh="成立日期")),
    aliases=("专委会",),
    policy=("J05",),
)

MEMBERSHIP = NodeType(
    "Membership",
    "memberships",
    "技协会员",
    "That a worker is a member of an association, perhaps an expert of a committee (J06).",
    Through(("worker",)),
    (Property("expert", "Serves as an expert (J05).", Kind.BOOLEAN, zh="专家"),),
    dated=True,
    aliases=("会员",),
    policy=("J06",),
)

OCCUPATION_STANDARD = NodeType(
    "OccupationStandard",
    "occupationStandards",
    "职业标准",
    "A standard for a non-certificate or emerging occupation (J11).",
    Public(),
    (
        NAME,
        Property("number", "Number.", zh="标准号", sortable=True),
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=STANDARD_STATE, required=True),
        Property("published", "Day.", Kind.DATE, zh="发布日期", sortable=True),
    ),
    policy=("J11",),
)

NODE_TYPES = (PARTNER, TECH_ASSOCIATION, SPECIAL_COMMITTEE, MEMBERSHIP, OCCUPATION_STANDARD)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "LED_BY",
        "TechAssociation",
        "Union",
        End("union", "Union that leads it (J01).", many=False, zh="领导工会"),
        End("techAssociations", "Associations that it leads (J14, J16).", zh="技协组织"),
        policy=("J01", "J14", "J16"),
    ),
    RelationshipType(
        "SET_UP_AT",
        "TechAssociation",
        "Enterprise",
        End("enterprise", "Enterprise it was set up at (J14).", many=False, zh="所在企业"),
        End("techAssociations", "Its associations (J14).", zh="技协组织"),
        policy=("J14",),
    ),
    RelationshipType(
        "SUPPORTS",
        "PartnerOrganisation",
        "TechAssociation",
        End("supports", "Associations that it supports (J19).", zh="支持的技协"),
        End("supporters", "Who supports it (J19).", zh="支持单位"),
        policy=("J19",),
    ),
    RelationshipType(
        "PART_OF",
        "SpecialCommittee",
        "TechAssociation",
        End("association", "Association it belongs to.", many=False, zh="技协组织"),
        End("committees", "Its committees (J05).", zh="专业委员会"),
        policy=("J05",),
    ),
    RelationshipType(
        "HOSTED_BY",
        "SpecialCommittee",
        "Union",
        End("union", "Union that hosts it (J05).", many=False, zh="依托工会"),
        End("committees", "Committees it hosts.", zh="专业委员会"),
        policy=("J05",),
    ),
    RelationshipType(
        "COVERS_INDUSTRY",
        "SpecialCommittee",
        "Industry",
        End("industries", "Industries it covers.", zh="行业"),
        End("committees", "Committees that cover it.", zh="专业委员会"),
    ),
    RelationshipType(
        "COVERS_OCCUPATION",
        "SpecialCommittee",
        "Occupation",
        End("occupations", "Occupations it covers.", zh="职业"),
        End("committees", "Committees that cover it.", zh="专业委员会"),
    ),
    RelationshipType(
        "ABOUT_WORKER",
        "Membership",
        "Worker",
        End("worker", "The member.", many=False, zh="职工"),
        End("memberships", "Associations she is a member of (J06).", zh="技协会员"),
        policy=("J06",),
    ),
    RelationshipType(
        "IN_ASSOCIATION",
        "Membership",
        "TechAssociation",
        End("association", "The association.", many=False, zh="技协组织"),
        End("memberships", "Its members (J06).", zh="会员"),
        policy=("J06",),
    ),
    RelationshipType(
        "ON_COMMITTEE",
        "Membership",
        "SpecialCommittee",
        End("committee", "Committee she serves on.", many=False, zh="专业委员会"),
        End("memberships", "Who serves on it (J05).", zh="委员"),
        policy=("J05",),
    ),
    RelationshipType(
        "DEFINES",
        "OccupationStandard",
        "Occupation",
        End("occupation", "Occupation it is for.", many=False, zh="职业"),
        End("standards", "Standards for it (J11).", zh="职业标准"),
        policy=("J11",),
    ),
    RelationshipType(
        "DRAFTED_BY",
        "OccupationStandard",
        "TechAssociation",
        End("associations", "Associations that drafted it (J12).", zh="起草技协"),
        End("standards", "Standards it drafted.", zh="职业标准"),
        policy=("J12",),
    ),
    RelationshipType(
        "DRAFTED_BY",
        "OccupationStandard",
        "PartnerOrganisation",
        End("partners", "Departments and associations that drafted it (J12).", zh="起草单位"),
        End("standards", "Standards it drafted.", zh="职业标准"),
        policy=("J12",),
    ),
    RelationshipType(
        "DRAFTED_BY",
        "OccupationStandard",
        "Enterprise",
        End("enterprises", "Key enterprises that drafted it (J12).", zh="起草企业"),
        End("standards", "Standards it drafted.", zh="职业标准"),
        policy=("J12",),
    ),
    RelationshipType(
        "CERTIFIED_BY",
        "SkillLevelRecord",
        "OccupationStandard",
        End("standard", "Standard by which it was certified (J11).", many=False, zh="认定标准"),
        End("certified", "Levels certified by it (J11).", zh="认定记录"),
        policy=("J11", "J13"),
    ),
)
