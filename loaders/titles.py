"""Job titles as employers write them -> occupations of the dictionary, each with its confidence.

A title is cleaned, then compared by its characters and pairs of them (TF-IDF cosine) with every
name and alias and with the whole entry. The confidence is the share of titles so alike and so far
ahead of the second that were mapped right, fitted on labelled ones; see `bench.quality`.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.cypher import Cypher
from graph.database import Database
from graph.matching.encoders import Encoder, Vectors

Matrix = NDArray[np.float64]

LEAST_CONFIDENCE = 0.3
AT_ONCE = 200

FEATURES = ("name", "entry", "meaning")
WEIGHTS = np.array([1.0, 1.0, 1.0])
VERSION = "titles-2026.2"
LOGIT = (-1.18, 0.16, 3.09)  # constant, likeness of the name, lead over the second
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
    """Finds the occupation that a title means, and remembers what it found.

    With an encoder the meaning of titles and names counts, too.
    """

    occupations: Sequence[Occupation]
    encoder: Encoder | None = None
    _names: "Likeness" = field(init=False)
    _entries: "Likeness" = field(init=False)
    _meanings: Vectors | None = field(init=False)
    _starts: Sequence[int] = field(init=False)
    _known: dict[str, tuple[str, float] | None] = field(
        init=False, default_factory=dict[str, tuple[str, float] | None]
    )

    def __post_init__(self) -> None:
        names = [name for o in self.occupations for name in o.names]
        self._names = Likeness(names)
        self._meanings = self.encoder.vectors(names) if self.encoder else None
        self._entries = Likeness([_entry(o) for o in self.occupations])
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

    def measure(self, titles: Sequence[str]) -> NDArray[np.float32]:
        """Titles x occupations x FEATURES, each 0 to 1."""
        cleaned = [clean(title) for title in titles]
        names = self._best(self._names.to(cleaned))
        meaning = np.zeros_like(names)
        if self.encoder and self._meanings:
            meaning = self._best(self.encoder.vectors(cleaned).likeness(self._meanings))
        return np.stack((names, self._entries.to(cleaned), meaning), axis=2).astype(np.float32)

    def _best(self, of_names: Matrix) -> Matrix:
        """The best name of each occupation."""
        return np.maximum.reduceat(of_names, self._starts, axis=1)

    def scores(self, titles: Sequence[str]) -> tuple[Matrix, Matrix]:
        """Score and likeness of the best name: rows are titles, columns occupations."""
        values = self.measure(titles).astype(np.float64)
        return values @ WEIGHTS, values[:, :, 0]

    def _found(self, titles: Sequence[str]) -> list[tuple[str, float] | None]:
        score, names = self.scores(titles)
        best = score.argmax(axis=1)
        likeness = names[np.arange(len(titles)), best]
        return [self._answer(*f) for f in zip(best, likeness, lead(score), strict=True)]

    def _answer(self, best: int, likeness: float, lead: float) -> tuple[str, float] | None:
        constant, by_likeness, by_lead = LOGIT
        logit = constant + by_likeness * likeness + by_lead * lead
        confidence = 1 / (1 + math.exp(-logit))
        if not likeness or confidence < LEAST_CONFIDENCE:
            return None
        return self.occupations[best].key, round(confidence, 3)


@dataclass(slots=True)
class Likeness:
    """Cosine of texts to documents; what is in few documents weighs more."""

    documents: Sequence[str]
    _columns: dict[str, int] = field(init=False)
    _weights: NDArray[np.float64] = field(init=False)
    _directions: sparse.csr_array = field(init=False)

    def __post_init__(self) -> None:
        holding = Counter(gram for text in self.documents for gram in set(_grams(text)))
        self._columns = {gram: n for n, gram in enumerate(holding)}
        counts = np.array(list(holding.values()), dtype=np.float64)
        self._weights = 1 + np.log((1 + len(self.documents)) / (1 + counts))
        self._directions = self._toward(self.documents)

    def to(self, texts: Sequence[str]) -> Matrix:
        """A row for each text, a column for each document."""
        return (self._toward(texts) @ self._directions.T).toarray()

    def _toward(self, texts: Sequence[str]) -> sparse.csr_array:
        columns = [
            [c for g in _grams(text) if (c := self._columns.get(g)) is not None] for text in texts
        ]
        starts = np.cumsum([0, *map(len, columns)])
        indices = np.array([c for row in columns for c in row], dtype=np.int64)
        shape = (len(texts), len(self._columns))
        rows = sparse.csr_array((self._weights[indices], indices, starts), shape=shape)
        rows.sum_duplicates()
        lengths = np.sqrt(rows.multiply(rows).sum(axis=1))
        return sparse.csr_array(rows / np.maximum(lengths, 1e-9)[:, None])


def lead(score: Matrix) -> NDArray[np.float64]:
    """How far the best is ahead of the second, for each row."""
    if score.shape[1] < 2:
        return score[:, 0]
    two = np.partition(score, -2, axis=1)[:, -2:]
    return two[:, 1] - two[:, 0]


def _grams(text: str) -> list[str]:
    return [*text, *map("".join, pairwise(text))]


def _entry(o: Occupation) -> str:
    """Its names above its text, the first thrice and the others twice, as if in larger print."""
    return "\n".join((o.names[0], *o.names, *o.names, o.text))


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
