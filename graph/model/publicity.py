"""Publicity: events, channels, and stories of people and practice."""

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
from graph.model.vocabularies import NAME

CAMPAIGN = ClosedList(
    "Campaign",
    "宣传主题",
    "Themes under which the unions publicise (Y01, Y02).",
    (
        Choice("CHINESE_DREAM", "中国梦·劳动美", "Chinese Dream, Beauty of Labour (Y01)."),
        Choice(
            "SKILLS_FULFIL_DREAMS",
            "劳动创造幸福、技能成就梦想",
            "Labour creates happiness, skills fulfil dreams (Y02).",
        ),
        Choice("OTHER", "其他", "Other."),
    ),
    policy=("Y01", "Y02"),
)

PUBLICITY_KIND = ClosedList(
    "PublicityKind",
    "宣传形式",
    "Forms of publicity (Y03).",
    (
        Choice("DEEDS_EXHIBITION", "事迹展", "Exhibition of deeds."),
        Choice("PHOTO_EXHIBITION", "图片展", "Photo exhibition."),
        Choice("REPORT_MEETING", "报告会", "Report meeting."),
        Choice("MEDIA", "媒体宣传", "In the media (Y04)."),
        Choice("ACHIEVEMENT_EXHIBITION", "成果展示", "Achievements shown (V19)."),
    ),
    policy=("Y03",),
)

MEDIA_CHANNEL = ClosedList(
    "MediaChannel",
    "宣传渠道",
    "Channels (Y04).",
    (
        Choice("PRESS", "报刊", "Press."),
        Choice("RADIO", "广播", "Radio."),
        Choice("TELEVISION", "电视", "Television."),
        Choice("PUBLIC_SERVICE_ADVERTISING", "公益广告", "Public-service advertising."),
        Choice("NEW_MEDIA", "网络新媒体", "New media."),
    ),
    policy=("Y04",),
)

STORY_KIND = ClosedList(
    "StoryKind",
    "典型类型",
    "Kinds of stories (Y06–Y08, M02).",
    (
        Choice("DEEDS", "事迹", "Role and contribution of a person (Y06)."),
        Choice("ROLE_MODEL", "典型", "A role model, chosen with an award (Y08)."),
        Choice("PRACTICE", "经验做法", "Practice of a programme or an enterprise (Y07, M02)."),
    ),
    policy=("Y06", "Y07", "Y08"),
)

STORY_STATE = ClosedList(
    "StoryState",
    "稿件状态",
    "States of a story: published only with consent (Y08).",
    (
        Choice("DRAFT", "草稿", "Being written."),
        Choice("PUBLISHED", "已发布", "Published."),
        Choice("WITHDRAWN", "已撤回", "No longer shown, such as when consent ends."),
    ),
)

PUBLICITY_EVENT = NodeType(
    "PublicityEvent",
    "publicityEvents",
    "宣传活动",
    "An exhibition, meeting or publication (Y03, Y04, Y10).",
    Public(),
    (
        NAME,
        Property("campaign", "Theme.", Kind.CHOICE, zh="宣传主题", choices=CAMPAIGN),
        Property(
            "kind", "Form.", Kind.CHOICE, zh="宣传形式", choices=PUBLICITY_KIND, sortable=True
        ),
        Property("channel", "Channel.", Kind.CHOICE, zh="宣传渠道", choices=MEDIA_CHANNEL),
        Property("held", "Day (Y10).", Kind.DATE, zh="日期", sortable=True),
        Property("place", "Where.", zh="地点"),
    ),
    policy=("Y01", "Y02", "Y03", "Y04", "Y10", "V19"),
)

STORY = NodeType(
    "Story",
    "stories",
    "典型案例",
    "Deeds of a worker, public once shown and while she agrees, or practice of an enterprise "
    "(M02, Y06–Y08).",
    Through(("worker", "event", "enterprise"), while_agreed=(("event", "PUBLICATION"),)),
    (
        Property("title", "Title.", zh="标题", required=True, sortable=True, searched=True),
        Property("body", "Text.", Kind.TEXT, zh="正文", searched=True),
        Property("kind", "Kind.", Kind.CHOICE, zh="类型", choices=STORY_KIND, sortable=True),
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=STORY_STATE, required=True),
        Property("published", "Day.", Kind.DATE, zh="发布日期", sortable=True),
    ),
    aliases=("典型", "案例"),
    policy=("M02", "Y06", "Y07", "Y08"),
)

NODE_TYPES = (PUBLICITY_EVENT, STORY)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "HELD_BY",
        "PublicityEvent",
        "Union",
        End("union", "Union that holds it.", many=False, zh="主办工会"),
        End("publicityEvents", "What it has held.", zh="宣传活动"),
    ),
    RelationshipType(
        "SHOWS",
        "PublicityEvent",
        "Achievement",
        End("achievements", "Achievements shown (V19).", zh="展示成果"),
        End("publicityEvents", "Where it was shown (V19).", zh="宣传活动"),
        policy=("V19",),
    ),
    RelationshipType(
        "ABOUT_WORKER",
        "Story",
        "Worker",
        End("worker", "Whom it is about (Y06).", many=False, zh="职工"),
        End("stories", "Stories about her.", zh="典型案例"),
        policy=("Y06",),
    ),
    RelationshipType(
        "FROM_ENTERPRISE",
        "Story",
        "Enterprise",
        End("enterprise", "Enterprise whose practice it tells (M02).", many=False, zh="企业"),
        End("stories", "Stories of its practice (M02).", zh="典型案例"),
        policy=("M02",),
    ),
    RelationshipType(
        "WRITTEN_BY",
        "Story",
        "Union",
        End("union", "Union that wrote it.", many=False, zh="撰写工会"),
        End("stories", "Stories it has written.", zh="典型案例"),
    ),
    RelationshipType(
        "SHOWN_IN",
        "Story",
        "PublicityEvent",
        End("event", "Where it is shown.", many=False, zh="宣传活动"),
        End("stories", "Stories shown.", zh="典型案例"),
        policy=("Y08",),
    ),
)
