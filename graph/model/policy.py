"""Policy documents and their clauses: what every programme and target is based on."""

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
from graph.model.studios import LEVEL
from graph.model.vocabularies import NAME, NAME_EN

STRENGTH = ClosedList(
    "Strength",
    "措辞力度",
    "How strongly the policy words what it asks for.",
    (
        Choice("ENCOURAGE", "鼓励", "鼓励, 积极, 探索: encouraged."),
        Choice("STRIVE", "力争", "力争, 争取, 努力: to strive for."),
        Choice("MUST", "要求", "要, 将, 每年: required."),
    ),
    ordered=True,
)

DOCUMENT_KIND = ClosedList(
    "PolicyDocumentKind",
    "文件类型",
    "Kinds of policy documents.",
    (
        Choice("PLAN", "实施方案", "Implementation plan (N01)."),
        Choice("OPINION", "意见", "Opinion of a Party committee (N02)."),
        Choice("REGULATION", "管理办法", "Measures or regulations (A14)."),
        Choice("RULES", "制度", "Rules that a union or an enterprise made for itself (S13)."),
        Choice("NOTICE", "通知", "Notice."),
    ),
)

POLICY_DOCUMENT = NodeType(
    "PolicyDocument",
    "policyDocuments",
    "政策文件",
    "A document on which programmes, targets and rules rest (N01, N02, A14, Y05).",
    Public(),
    (
        NAME,
        NAME_EN,
        Property("number", "Document number, such as 京发〔2014〕6号 (T15).", zh="文号"),
        Property("kind", "Kind.", Kind.CHOICE, zh="文件类型", choices=DOCUMENT_KIND),
        Property("level", "Level of the issuer (Y05).", Kind.CHOICE, zh="级别", choices=LEVEL),
        Property("issued", "Day of issue (T16).", Kind.DATE, zh="发布日期", sortable=True),
        Property("meeting", "Meeting that approved it (N03, T14).", zh="审议会议"),
        Property("url", "Where it is published.", zh="网址"),
    ),
    policy=("N01", "N02", "N03", "T14", "T15", "T16", "A14", "Y05", "S13"),
)

POLICY_CLAUSE = NodeType(
    "PolicyClause",
    "policyClauses",
    "政策条款",
    "A sentence of a document that a figure, a rule or a programme can cite (N01).",
    Public(),
    (
        Property("number", "Section, such as 二(一)2.", zh="条款", required=True, sortable=True),
        Property("text", "Its words.", Kind.TEXT, zh="原文", required=True, searched=True),
        Property("text_en", "In English.", Kind.TEXT, zh="英文", searched=True),
        Property("rows", "Policy rows that it carries, such as T01.", Kind.STRINGS, zh="条目"),
        Property("strength", "Strength.", Kind.CHOICE, zh="措辞力度", choices=STRENGTH),
    ),
    policy=("N01",),
)

NODE_TYPES = (POLICY_DOCUMENT, POLICY_CLAUSE)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "HAS_CLAUSE",
        "PolicyDocument",
        "PolicyClause",
        End("clauses", "Its clauses.", zh="条款"),
        End("document", "The document it stands in.", many=False, zh="文件"),
        policy=("N01",),
    ),
    RelationshipType(
        "IMPLEMENTS",
        "PolicyDocument",
        "PolicyDocument",
        End("implements", "Documents that it carries out (N02).", zh="依据文件"),
        End("implementedBy", "Documents that carry it out.", zh="落实文件"),
        policy=("N02",),
    ),
    RelationshipType(
        "ISSUED_BY",
        "PolicyDocument",
        "Union",
        End("issuer", "Union that issued it (N13).", many=False, zh="发文单位"),
        End("issued", "Documents it has issued.", zh="发布文件"),
        policy=("N13",),
    ),
    RelationshipType(
        "ADDRESSED_TO",
        "PolicyDocument",
        "Union",
        End("addressees", "Unions it is addressed to (N12).", zh="主送单位"),
        End("addressed", "Documents addressed to it.", zh="收文"),
        policy=("N12",),
    ),
)
