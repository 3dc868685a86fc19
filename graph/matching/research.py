"""Studios and research institutes: which institute a studio could work with, and the reverse."""

from graph.matching.documents import FIELD, TEXT, TITLE, fact
from graph.matching.features import Model

PLACE = fact(
    "place",
    "驻京或同城",
    "The institute has its seat in Beijing, or in the city of the studio's enterprise.",
    "1 if so, else 0",
    ("V05",),
)

TIE = fact(
    "tie",
    "已有合作",
    "The studio's enterprise already owns patents or won awards together with the institute.",
    "n / (n + 1) for n joint patents and awards",
    ("V07",),
)

PEOPLE = fact(
    "people",
    "共同发明人",
    "Scientists with patents of the studio's enterprise also have patents of the institute.",
    "n / (n + 1) for n scientists",
    ("V06",),
)

FEATURES = (TEXT, TITLE, FIELD, PLACE, TIE, PEOPLE)

MODEL = Model(
    "research-2026.1",
    {"text": 0.6, "title": 0.06, "field": 0.12, "place": 0.05, "tie": 0.07, "people": 0.1},
)
