"""How near the documents of one side are to those of the other, and the features made of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.matching.features import Feature, Model, Vector
from graph.matching.text import Corpus, Matrix, corpus, sparse_rows

Indices = NDArray[np.intp]

MOST_WEIGHED_UP = 500  # documents near to what is asked that are weighed up with each other
RIDGE = 2.0


class Document(NamedTuple):
    """A text and the classes of its technology: a patent, an achievement, a problem, a studio."""

    title: str
    body: str
    fields: Sequence[str] = ()


class Nearness(NamedTuple):
    """For each document: how near it is to the one of those asked that is nearest, `asked`.

    `explains` tells its share in saying together with the others what is asked.
    """

    text: Vector
    title: Vector
    field: Vector
    together: Vector
    asked: Indices
    explains: Callable[[], Vector]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Documents ready to be compared with, one row each; `first` is the first of the same words."""

    wholes: Corpus
    titles: Corpus
    field_columns: Mapping[str, int]
    fields: sparse.csr_array
    first: Indices

    def compare(self, asked: Sequence[Document]) -> tuple[Matrix, Matrix, Matrix]:
        """Nearness of text, of title and of field: a row for each asked, a column for each here."""
        text = self.wholes.cosine([f"{d.title} {d.body}" for d in asked])
        title = self.titles.cosine([d.title for d in asked])
        field: Matrix = (_field_directions(asked, self.field_columns) @ self.fields.T).toarray()
        return text, title, field

    def near(self, asked: Sequence[Document], model: Model) -> Nearness:
        """Compare all documents with those asked (at least one)."""
        return self.nearness(np.arange(len(self.first)), self.compare(asked), model)

    def nearness(
        self, rows: Indices, grids: tuple[Matrix, Matrix, Matrix], model: Model
    ) -> Nearness:
        """Of each column, which is one of the rows here, the nearest that is asked."""
        text, title, field = grids
        together = _together(text, title, field, model)
        asked_at = together.argmax(axis=0)
        at = asked_at, np.arange(len(asked_at))
        explains = partial(self._explaining, rows, together[at], model)
        return Nearness(text[at], title[at], field[at], together[at], asked_at, explains)

    def _explaining(self, rows: Indices, near: Vector, model: Model) -> Vector:
        """Kernel ridge over the nearest documents: what one says, another need not say again.

        Documents of the same words are one.
        """
        known, of_row = np.unique(self.first[rows], return_inverse=True)
        nearest = np.zeros(len(known))
        nearest[of_row] = near / _together(1.0, 1.0, 1.0, model)
        best = np.argsort(-nearest, kind="stable")[:MOST_WEIGHED_UP]
        likeness = self._likeness(known[best], model)
        likeness[np.diag_indices_from(likeness)] += RIDGE
        share = np.zeros(len(known))
        share[best] = np.linalg.solve(likeness, nearest[best])
        return share[of_row]

    def _likeness(self, rows: Indices, model: Model) -> Matrix:
        """Nearness of the rows to each other, 0 to 1."""
        parts = (self.wholes.directions, self.titles.directions, self.fields)
        text, title, field = ((some @ some.T).toarray() for some in (part[rows] for part in parts))
        return _together(text, title, field, model) / _together(1.0, 1.0, 1.0, model)


def _together(text: Any, title: Any, field: Any, model: Model) -> Any:
    counts = model.constants
    return counts["near_text"] * text + counts["near_title"] * title + counts["near_field"] * field


def shelf(documents: Sequence[Document]) -> Shelf:
    """Index the documents."""
    fields = {c for d in documents for code in d.fields for c in with_broader(code)}
    columns = {code: n for n, code in enumerate(sorted(fields))}
    first = dict[tuple[str, str], int]()
    for row, d in enumerate(documents):
        first.setdefault((d.title, d.body), row)
    return Shelf(
        corpus(f"{d.title} {d.body}" for d in documents),
        corpus(d.title for d in documents),
        columns,
        _field_directions(documents, columns),
        np.array([first[d.title, d.body] for d in documents], dtype=np.intp),
    )


def with_broader(code: str) -> set[str]:
    """A CPC or IPC symbol and those above it: H01L21/02, H01L21/00, H01L, H01."""
    group, slash, _ = code.partition("/")
    return {code, f"{group}/00" if slash else code, code[:4], code[:3]}


def _field_directions(
    documents: Sequence[Document], columns: Mapping[str, int]
) -> sparse.csr_array:
    sets = [{c for code in d.fields for c in with_broader(code)} for d in documents]
    return sparse_rows([{code: len(s) ** -0.5 for code in s} for s in sets], columns)


class Reference(NamedTuple):
    """Which node a document is, and whether that is a technical problem."""

    id: str
    is_problem: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Where documents come from: those compared, those asked, and the classes (id, code) wanted.

    `details` are what a match tells of each candidate besides its reasons, `drawn` what its
    evidence is found by.
    """

    documents: Sequence[Reference] = ()
    asked: Sequence[Reference] = ()
    codes: Sequence[Sequence[str]] = ()
    wanted: Sequence[tuple[str, str]] = ()
    details: Sequence[Mapping[str, Any]] = ()
    drawn: Sequence[Mapping[str, Any]] = ()


_NOWHERE = Origin()


@dataclass(frozen=True, slots=True)
class DocumentInputs:
    """Candidates by their documents.

    `owner` is the candidate of each document, `share` how much the document counts for it: the
    nearest half, the next a quarter, and so on. `facts` hold one value for each candidate.
    """

    near: Nearness
    owner: Indices
    share: Vector
    candidates: int
    facts: Mapping[str, Vector]
    origin: Origin = _NOWHERE

    def total(self, of_documents: Vector) -> Vector:
        """For each candidate, the values of its documents by their share."""
        return np.bincount(self.owner, of_documents * self.share, self.candidates).astype(
            np.float64
        )

    @property
    def explained(self) -> Vector:
        """For each candidate, how much of what is asked its documents say, 0 to 1."""
        explains = np.bincount(self.owner, self.near.explains(), self.candidates)
        return np.clip(explains.astype(np.float64), 0, 1)


def document_inputs(
    near: Nearness,
    owner: Indices,
    candidates: int,
    facts: Mapping[str, Vector],
    origin: Origin = _NOWHERE,
) -> DocumentInputs:
    """Let each candidate's documents count by how near they are."""
    order = np.lexsort((-near.together, owner))
    sorted_owner = owner[order]
    first = np.searchsorted(sorted_owner, sorted_owner)
    share = np.empty(len(owner))
    share[order] = 0.5 ** (np.arange(len(owner)) - first + 1)
    return DocumentInputs(near, owner, share, candidates, facts, origin)


TEXT: Feature[DocumentInputs] = Feature(
    "text",
    "文本相近",
    "The nearest documents of the two sides use the same words.",
    "Σ 0.5^n · cosine of the n-th nearest document, TF-IDF over words, Han characters and pairs",
    lambda inputs, _: inputs.total(inputs.near.text),
)

TITLE: Feature[DocumentInputs] = Feature(
    "title",
    "标题相近",
    "The titles of the nearest documents use the same words.",
    "Σ 0.5^n · cosine of the titles of the n-th nearest document",
    lambda inputs, _: inputs.total(inputs.near.title),
)

FIELD: Feature[DocumentInputs] = Feature(
    "field",
    "技术领域相近",
    "The nearest documents lie in the same technology, by the tree of its classes.",
    "Σ 0.5^n · |common classes and broader ones| / √(|own| · |other|) of the n-th nearest document",
    lambda inputs, _: inputs.total(inputs.near.field),
)


PORTFOLIO: Feature[DocumentInputs] = Feature(
    "portfolio",
    "文献整体相近",
    "The candidate's documents together say what is asked, beside what those of others say.",
    "Σ a over its documents, 0 to 1, where (K + 2) a = k: K nearness of all to each other, k to "
    "what is asked",
    lambda inputs, _: inputs.explained,
)


def fact(
    name: str,
    zh: str,
    description: str,
    formula: str,
    rules: tuple[str, ...] = (),
    *,
    value: Callable[[Vector], Vector] = lambda given: given,
) -> Feature[DocumentInputs]:
    """A feature made of one fact, which the candidate statement has measured."""
    return Feature(
        name, zh, description, formula, lambda inputs, _: value(inputs.facts[name]), rules
    )


def saturating(count: Vector) -> Vector:
    """N / (n + 1): the first few tell most."""
    return count / (count + 1)
