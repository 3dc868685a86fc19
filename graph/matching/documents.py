"""How near the documents of one side are to those of the other, and the features made of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.matching.features import Feature, Model, Vector
from graph.matching.text import Corpus, Matrix, corpus, sparse_rows

Indices = NDArray[np.intp]


class Document(NamedTuple):
    """A text and the classes of its technology: a patent, an achievement, a problem, a studio."""

    title: str
    body: str
    fields: Sequence[str] = ()


class Nearness(NamedTuple):
    """For each document: how near it is to the one of those asked that is nearest, `asked`."""

    text: Vector
    title: Vector
    field: Vector
    together: Vector
    asked: Indices

    def of(self, chosen: Indices) -> "Nearness":
        """The same for some of the documents."""
        return Nearness(
            self.text[chosen],
            self.title[chosen],
            self.field[chosen],
            self.together[chosen],
            self.asked[chosen],
        )


@dataclass(frozen=True, slots=True)
class Shelf:
    """Documents ready to be compared with, one row each."""

    wholes: Corpus
    titles: Corpus
    field_columns: Mapping[str, int]
    fields: sparse.csr_array

    def compare(self, asked: Sequence[Document]) -> tuple[Matrix, Matrix, Matrix]:
        """Nearness of text, of title and of field: a row for each asked, a column for each here."""
        text = self.wholes.cosine([f"{d.title} {d.body}" for d in asked])
        title = self.titles.cosine([d.title for d in asked])
        field: Matrix = (_field_directions(asked, self.field_columns) @ self.fields.T).toarray()
        return text, title, field

    def near(self, asked: Sequence[Document], model: Model) -> Nearness:
        """Compare all documents with those asked (at least one)."""
        return nearness(*self.compare(asked), model)


def nearness(text: Matrix, title: Matrix, field: Matrix, model: Model) -> Nearness:
    """Of each column the nearest row."""
    counts = model.constants
    together = (
        counts["near_text"] * text + counts["near_title"] * title + counts["near_field"] * field
    )
    asked_at = together.argmax(axis=0)
    at = asked_at, np.arange(len(asked_at))
    return Nearness(text[at], title[at], field[at], together[at], asked_at)


def shelf(documents: Sequence[Document]) -> Shelf:
    """Index the documents."""
    fields = {c for d in documents for code in d.fields for c in with_broader(code)}
    columns = {code: n for n, code in enumerate(sorted(fields))}
    return Shelf(
        corpus(f"{d.title} {d.body}" for d in documents),
        corpus(d.title for d in documents),
        columns,
        _field_directions(documents, columns),
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
