"""Job titles as employers write them -> occupations of the dictionary, each with its confidence.

A title is cleaned, then compared with every name and alias (TF-IDF cosine of characters and pairs)
and with the whole entry (BM25). The confidence is the share of titles so alike that were mapped
right: fitted on labelled titles, see `python -m bench.titles`.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from graph.cypher import Cypher
from graph.database import Database
from graph.matching.text import Corpus, Matrix, corpus

LEAST_CONFIDENCE = 0.3
AT_ONCE = 200

_ENTRY_WEIGHT = 0.5
_LOGIT = (-1.39, 1.03, 2.23)  # constant, cosine, lead over the second

_MOST_REMEMBERED = 100_000
_HIRING = re.compile(r"招聘|诚聘|急聘|高薪聘请?|聘请")
_BRACKETS = re.compile(r"[(\[【{〔].*?[)\]】}〕]|[(\[【].*$")
_PAY = re.compile(
    r"\d[\d.]*\s*[kw万千元]*\s*(?:[-~至到]\s*\d[\d.]*)?\s*[kw万千元]*(?:/?[月天日年时])?"
)
_BENEFITS = re.compile(
    r"[五六]险[一二]?金?|包吃住?|包住|[双单]休|大小周|高薪|急招?|可实习|应届生?|[月年底]薪|提成"
    r"|周末|朝九晚五|无责|[全兼]职"
)
_EDGES = " -—_/+|·.、,:;!"


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation as titles are compared with it."""

    key: str
    names: Sequence[str]
    text: str


@dataclass(slots=True)
class TitleMap:
    """Finds the occupation that a title means, and remembers what it found."""

    occupations: Sequence[Occupation]
    _names: Corpus = field(init=False)
    _entries: Corpus = field(init=False)
    _starts: Sequence[int] = field(init=False)
    _known: dict[str, tuple[str, float] | None] = field(
        init=False, default_factory=dict[str, tuple[str, float] | None]
    )

    def __post_init__(self) -> None:
        self._names = corpus([name for o in self.occupations for name in o.names])
        self._entries = corpus([" ".join((*o.names, o.names[0], o.text)) for o in self.occupations])
        self._starts = np.cumsum([0, *(len(o.names) for o in self.occupations)])[:-1].tolist()

    def learn(self, titles: Iterable[str]) -> None:
        """Look up many titles at once, which is much faster than one by one."""
        if len(self._known) > _MOST_REMEMBERED:
            self._known.clear()
        asked = [title for title in dict.fromkeys(titles) if title not in self._known]
        for start in range(0, len(asked), AT_ONCE):
            some = asked[start : start + AT_ONCE]
            self._known.update(zip(some, self._found(some), strict=True))

    def best(self, title: str) -> tuple[str, float] | None:
        """Key of the occupation and confidence, 0 to 1; None if nothing is like enough."""
        if title not in self._known:
            self.learn([title])
        return self._known[title]

    def scores(self, titles: Sequence[str]) -> tuple[Matrix, Matrix]:
        """Score and cosine: a row for each title, a column for each occupation."""
        cleaned = [clean(title) for title in titles]
        cosine = np.maximum.reduceat(self._names.cosine(cleaned), self._starts, axis=1)
        entry = self._entries.bm25(cleaned)
        most = np.maximum(entry.max(axis=1, keepdims=True), 1e-9)
        return cosine + _ENTRY_WEIGHT * entry / most, cosine

    def _found(self, titles: Sequence[str]) -> list[tuple[str, float] | None]:
        score, cosine = self.scores(titles)
        best = score.argmax(axis=1)
        ranked = np.sort(score, axis=1)
        lead = ranked[:, -1] - (ranked[:, -2] if score.shape[1] > 1 else 0)
        likeness = cosine[np.arange(len(titles)), best]
        return [self._answer(*found) for found in zip(best, likeness, lead, strict=True)]

    def _answer(self, best: int, likeness: float, lead: float) -> tuple[str, float] | None:
        constant, by_likeness, by_lead = _LOGIT
        logit = constant + by_likeness * likeness + by_lead * lead
        confidence = 1 / (1 + math.exp(-logit))
        if not lead or confidence < LEAST_CONFIDENCE:
            return None
        return self.occupations[best].key, round(confidence, 3)


def clean(title: str) -> str:
    """A title without who hires, place in brackets, pay and benefits; itself if nothing is left."""
    text = unicodedata.normalize("NFKC", title).casefold()
    text = _HIRING.split(text)[-1] or text
    for unwanted in (_BRACKETS, _PAY, _BENEFITS):
        text = unwanted.sub("", text)
    return text.strip(_EDGES) or title


async def title_map(database: Database) -> TitleMap | None:
    """A map over the occupations in the graph; None if the dictionary is not loaded."""
    rows = await database.rows(Cypher(_OCCUPATIONS, name="occupations"))
    occupations = [Occupation(row["key"], row["names"], row["text"]) for row in rows]
    return TitleMap(occupations) if occupations else None


_OCCUPATIONS = """
MATCH (o:Occupation)
WHERE NOT EXISTS { (o)<-[:BROADER]-(:Occupation) }
RETURN o.key AS key, [o.name] + coalesce(o.aliases, []) AS names,
       coalesce(o.definition, '') + ' ' + coalesce(o.tasks, '') AS text
ORDER BY key
"""
