"""The documents of all candidates, and one question's share of them as the product measures it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bench.quality.exam import Case, say, told
from bench.quality.figures import Indices, Vector
from graph.matching.documents import (
    Document,
    Origin,
    Reference,
    Shelf,
    document_inputs,
    shelf,
)
from graph.matching.features import Feature, Model, score
from graph.matching.learning import Judged

Flags = NDArray[np.bool_]
Grids = tuple[NDArray[np.float32], ...]

AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Product:
    """What the product ranks with."""

    features: tuple[Feature, ...]
    model: Model

    @property
    def weights(self) -> Vector:
        """In the order of the features."""
        return np.array([self.model.weights[f.name] for f in self.features])

    @property
    def names(self) -> tuple[str, ...]:
        """Of the features."""
        return tuple(f.name for f in self.features)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: a document, the candidate to be found, and what it is grouped and named by."""

    key: str
    group: str
    document: Document
    wanted: str


def together(labels: Sequence[frozenset[str]]) -> list[str]:
    """One name for all that are linked by a label in common, directly or through others."""
    above: dict[str, str] = {}

    def root(label: str) -> str:
        while (up := above.setdefault(label, label)) != label:
            label = above[label] = above[up]
        return label

    for some in labels:
        first, *others = sorted(some)
        for other in others:
            above[max(root(first), root(other))] = min(root(first), root(other))
    return [root(min(some)) for some in labels]


@dataclass(frozen=True)
class Stock:
    """Documents with their owners: `names[owner[n]]` has `documents[n]`; names are sorted."""

    documents: Sequence[Document]
    names: Sequence[str]
    owner: Indices
    _found: dict[Document, Grids] = field(default_factory=dict[Document, Grids])

    @cached_property
    def shelf(self) -> Shelf:
        """All documents, indexed once."""
        say(f"indexing {len(self.documents)} documents of {len(self.names)} candidates")
        return shelf(self.documents)

    def at(self, name: str) -> int:
        """The place of a name; -1 if it is nobody's."""
        place = int(np.searchsorted(self.names, name))
        return place if place < len(self.names) and self.names[place] == name else -1

    def compare(self, questions: Sequence[Asked]) -> None:
        """Compare what they ask with all documents, many at once."""
        new = [d for d in dict.fromkeys(q.document for q in questions) if d not in self._found]
        batches = [new[n : n + AT_ONCE] for n in range(0, len(new), AT_ONCE)]
        for batch in told(batches, f"comparing {len(new)} documents, batches"):
            grids = self.shelf.compare(batch)
            for at, document in enumerate(batch):
                self._found[document] = tuple(grid[[at]].astype(np.float32) for grid in grids)

    def case(
        self, asked: Asked, left: Flags, facts: Mapping[str, Vector], product: Product
    ) -> Case | None:
        """The features of everybody with a document left; None if the one wanted has none.

        `facts` are of everybody, in the order of the names; what is not given is nought.
        """
        competing, owner = np.unique(self.owner[left], return_inverse=True)
        right = np.flatnonzero(competing == self.at(asked.wanted))
        if not right.size:
            return None
        text, title, field = (g[:, left].astype(np.float64) for g in self._found[asked.document])
        size = np.bincount(owner).astype(np.float64)
        given = {name: of_all[competing] for name, of_all in facts.items()}
        nought = {name: np.zeros(len(competing)) for name in product.names}
        inputs = document_inputs(
            self.shelf.nearness(np.flatnonzero(left), (text, title, field), product.model),
            owner,
            len(competing),
            nought | {"size": size} | given,
            Origin([Reference("", is_problem=False)] * len(owner)),
        )
        values = score(product.features, product.model, inputs).values.astype(np.float32)
        return Case(asked.key, asked.wanted, Judged(asked.group, values, int(right[0])), size)
