"""People by what they wrote or invented: experts for a problem (J08, V22), seniors of a team."""

from graph.matching.acquaintance import SIZE
from graph.matching.documents import FIELD, TEXT, TITLE, fact, saturating
from graph.matching.features import Model

COLLEAGUES = fact(
    "colleagues",
    "共同同事",
    "People of the team that asks have invented together with the candidate before.",
    "n / (n + 1) for n of them",
    ("V06",),
    value=saturating,
)

TEAM = fact(
    "team",
    "团队熟识度",
    "How much of the team that asks has invented together with the candidate before.",
    "share of the team",
    ("V06",),
)

TOGETHER = fact(
    "together",
    "共同工作",
    "How much of their earlier work the candidate and each of the team did together.",
    "mean over the team of joint documents / √(the candidate's · the colleague's)",
    ("V06",),
)

EMPLOYER = fact(
    "employer",
    "同一单位",
    "Both work, or worked, for the same organisation.",
    "1 if so, else 0",
    ("M09",),
)

PLACE = fact(
    "place",
    "同城",
    "The candidate's work was done in the city of who asks.",
    "share of the candidate's documents from that city",
    ("M09",),
)

FEATURES = (TEXT, TITLE, FIELD, SIZE, PLACE, EMPLOYER, COLLEAGUES, TEAM, TOGETHER)

_NEAR = {"near_text": 0.6, "near_title": 0.06, "near_field": 0.12}

MODEL = Model(
    "expert-2026.2",
    {
        "text": 0.3,
        "title": 0.05,
        "field": 0.1,
        "size": 0.1,
        "place": 0.05,
        "employer": 0.3,
        "colleagues": 0.1,
        "team": 0.15,
        "together": 0.2,
    },
    _NEAR,
)

STRANGERS = Model(
    "expert-strangers-2026.1",
    {**dict.fromkeys(MODEL.weights, 0.0), "text": 0.7, "title": 0.08, "field": 0.2, "size": 0.02},
    _NEAR,
)
