"""Unions, enterprises and research institutes."""

from graph.model.declare import (
    Choice,
    ClosedList,
    End,
    Interface,
    Kind,
    NodeType,
    Property,
    Public,
    RelationshipType,
)
from graph.model.vocabularies import ALIASES, NAME, NAME_EN

UNION_TYPE = ClosedList(
    "UnionType",
    "工会类型",
    "The unions that the policy addresses (N04–N13, X01).",
    (
        Choice("MUNICIPAL", "市总工会", "Municipal federation (N13)."),
        Choice("DISTRICT_COUNTY", "区县总工会", "District or county federation (N04)."),
        Choice("DEV_ZONE", "开发区总工会", "Development-zone federation (N05)."),
        Choice("INDUSTRY", "产业工会", "Industry union (N06)."),
        Choice("BUREAU", "局工会", "Bureau union (N07)."),
        Choice("GROUP_COMPANY", "集团、公司工会", "Group or company union (N08)."),
        Choice("UNIVERSITY", "高等院校工会", "University union (N09)."),
        Choice("DIRECT_GRASSROOTS", "直属基层工会", "Directly affiliated grass-roots union (N10)."),
        Choice("CONFEDERATION", "工会联合会", "Regional or industry confederation (J16)."),
    ),
)

TREE = ClosedList(
    "UnionTree",
    "工会系统",
    "The two trees that a worker belongs to at once: by region (本地区) and by system (本系统).",
    (
        Choice("REGION", "地区", "Municipal, district, development zone, grass-roots."),
        Choice("SYSTEM", "系统", "Industry, bureau, group, university."),
    ),
)

ORGANISATION = Interface(
    "Organisation",
    "组织",
    "An enterprise, a research institute or a union.",
    ("name", "name_en"),
)

ENTERPRISE = NodeType(
    "Enterprise",
    "enterprises",
    "企业",
    "An enterprise: employer, owner of patents, raiser of problems, adopter of achievements.",
    Public(),
    (
        NAME,
        NAME_EN,
        ALIASES,
        Property("summary", "What it does.", Kind.TEXT, zh="简介", searched=True),
        Property("ticker", "Symbol at the stock exchange.", zh="证券代码", searched=True),
        Property("sector", "Sector in the source's own words.", zh="板块", sortable=True),
        Property("city", "City.", zh="城市", sortable=True),
        Property("country", "Country.", zh="国家"),
        Property(
            "relocating", "Moves out of the capital's core (B01).", Kind.BOOLEAN, zh="疏解企业"
        ),
    ),
    interfaces=("Organisation",),
    aliases=("单位", "公司"),
    policy=("P06", "B01"),
)

RESEARCH_INSTITUTE = NodeType(
    "ResearchInstitute",
    "researchInstitutes",
    "科研单位",
    "A university or research institute that may pair with studios (V05).",
    Public(),
    (
        NAME,
        NAME_EN,
        ALIASES,
        Property("in_beijing", "Has its seat in Beijing (驻京).", Kind.BOOLEAN, zh="驻京"),
        Property("city", "City.", zh="城市", sortable=True),
        Property("country", "Country.", zh="国家"),
    ),
    interfaces=("Organisation",),
    aliases=("科研院所", "高等院校", "研究所"),
    policy=("V05",),
)

UNION = NodeType(
    "Union",
    "unions",
    "工会",
    "A trade union; its path decides whose records it sees (M09, N04–N13).",
    Public(),
    (
        NAME,
        NAME_EN,
        Property("type", "Type of union.", Kind.CHOICE, zh="工会类型", choices=UNION_TYPE),
        Property(
            "tree", "Tree it belongs to.", Kind.CHOICE, zh="所属系统", choices=TREE, required=True
        ),
        Property("path", "Ids from the root to itself, each closed by a slash.", internal=True),
    ),
    interfaces=("Organisation",),
    aliases=("工会组织",),
    policy=("N04", "N05", "N06", "N07", "N08", "N09", "N10", "N13", "M09"),
)

NODE_TYPES = (ENTERPRISE, RESEARCH_INSTITUTE, UNION)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "SUBORDINATE_TO",
        "Union",
        "Union",
        End("parent", "The union above.", many=False, zh="上级工会"),
        End("children", "The unions below.", zh="下级工会"),
    ),
    RelationshipType(
        "COVERS_DISTRICT",
        "Union",
        "District",
        End("district", "District it answers for.", many=False, zh="所辖区"),
        End("unions", "Unions that answer for it.", zh="工会"),
    ),
    RelationshipType(
        "COVERS_INDUSTRY",
        "Union",
        "Industry",
        End("industries", "Industries it answers for (N06).", zh="所辖产业"),
        End("unions", "Unions that answer for it.", zh="工会"),
        policy=("N06",),
    ),
    RelationshipType(
        "REPRESENTS",
        "Union",
        "Enterprise",
        End("enterprises", "Enterprises whose workers it represents (N08).", zh="企业"),
        End("unions", "Unions that represent its workers.", zh="工会"),
        policy=("N08",),
    ),
    RelationshipType(
        "LOCATED_IN",
        "Enterprise",
        "District",
        End("district", "Where it is.", many=False, zh="所在区"),
        End("enterprises", "Enterprises in it.", zh="企业"),
    ),
    RelationshipType(
        "LOCATED_IN",
        "ResearchInstitute",
        "District",
        End("district", "Where it is.", many=False, zh="所在区"),
        End("researchInstitutes", "Institutes in it.", zh="科研单位"),
    ),
    RelationshipType(
        "IN_INDUSTRY",
        "Enterprise",
        "Industry",
        End("industries", "Industries it works in.", zh="所属行业"),
        End("enterprises", "Enterprises that work in it.", zh="企业"),
    ),
    RelationshipType(
        "ALLIED_WITH",
        "Enterprise",
        "Enterprise",
        End("allies", "Partners in a studio alliance (职工创新工作室联盟).", zh="联盟单位"),
        End("alliedBy", "Partners that named it.", zh="被联盟单位"),
        (Property("announced", "Day of the announcement.", Kind.DATE, zh="公布日期"),),
    ),
)
