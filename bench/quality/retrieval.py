"""Retrieval: queries against labelled documents of any kind, by MRR@10 and nDCG@10."""

import argparse
from collections import defaultdict
from typing import Any

import numpy as np

from bench.quality.exam import say, told
from bench.quality.figures import RESAMPLES, Vector
from bench.quality.reading import Unreadable, lines, table
from graph.matching.documents import Document
from graph.matching.similarity import nearness_of

DEPTH = 10
KEYS = ("mrr_10", "ndcg_10")
DISCOUNT = 1 / np.log2(np.arange(2, DEPTH + 2))


def document(row: dict[str, Any]) -> Document:
    """A title and an abstract, or a text."""
    return Document(str(row.get("title") or ""), str(row.get("abstract") or row.get("text") or ""))


def figures(scores: Vector, gain: Vector) -> tuple[float, float]:
    """MRR@10 and nDCG@10, expected over all orders of equal scores."""
    order = np.argsort(-scores, kind="stable")
    ends = np.flatnonzero(np.diff(scores[order], append=-np.inf))
    expected = np.zeros(DEPTH)
    first = start = 0
    reciprocal = 0.0
    for end in ends:
        if start >= DEPTH:
            break
        block = order[start : end + 1]
        expected[start : end + 1] = gain[block].mean()
        if not first and (gain[block] > 0).any():
            first = 1
            relevant, size = int((gain[block] > 0).sum()), len(block)
            reciprocal = _first_of(start, size, relevant)
        start = int(end) + 1
    ideal = np.sort(gain)[::-1][:DEPTH] @ DISCOUNT[: min(DEPTH, len(gain))]
    return reciprocal, float(expected @ DISCOUNT / ideal) if ideal else 0.0


def _first_of(start: int, size: int, relevant: int) -> float:
    """The mean of 1 / rank of the first relevant of a block of equal scores after `start`."""
    found, before = 0.0, 1.0
    for place in range(size - relevant + 1):
        here = before * relevant / (size - place)
        rank = start + place + 1
        found += here / rank if rank <= DEPTH else 0.0
        before -= here
    return found


def measure(given: argparse.Namespace) -> dict[str, Any]:
    """Prints the table; what --json is to hold."""
    documents = {str(row["id"]): document(row) for row in lines(given.documents, "id")}
    queries = {str(row["id"]): document(row) for row in lines(given.queries, "id")}
    places = {id: n for n, id in enumerate(documents)}
    relevant = defaultdict[str, dict[int, float]](dict)
    unknown = 0
    for row in table(given.relevant, "query", "document"):
        if row["query"] in queries and row["document"] in places:
            relevant[row["query"]][places[row["document"]]] = float(row.get("score") or 1)
        else:
            unknown += 1
    if not relevant:
        raise Unreadable(
            f"{given.relevant}: no row names a query and a document of the other files"
        )
    asked = list(relevant)
    held = list(documents.values())
    say(f"comparing {len(asked)} queries with {len(held)} documents, encoder {given.encoder}")
    gains = np.zeros((len(asked), len(held)))
    for n, query in enumerate(asked):
        gains[n, list(relevant[query])] = list(relevant[query].values())
    grid = nearness_of([queries[q] for q in asked], held, given.encoder)
    length = np.array([len(d.body) + len(d.title) for d in held], dtype=np.float64)
    ways = {
        "blind: by length": np.broadcast_to(length, grid.shape),
        f"words and meaning, encoder {given.encoder}": grid,
    }
    rows = {name: _row(scores, gains) for name, scores in ways.items()}
    print(f"retrieval: {len(asked)} queries, {len(held)} documents; left out: {unknown}")
    for name, row in rows.items():
        shown = [f"{k} {row[k]:.3f} {row['intervals'][k]}" for k in KEYS]
        print(f"{name:60} {'  '.join(shown)}")
    last = list(rows)[-1]
    return {
        **rows[last], "job": given.job, "ranked_by": last, "encoder": given.encoder,
        "reranker": False, "cases": len(asked), "left_out": {"unknown": unknown}, "rows": rows,
    }  # fmt: skip


def _row(scores: Vector, gains: Vector) -> dict[str, Any]:
    each = np.array(
        [figures(s, g) for s, g in told(list(zip(scores, gains, strict=True)), "queries")]
    )
    random = np.random.default_rng(2015)
    drawn = random.integers(len(each), size=(RESAMPLES, len(each)))
    ends = np.quantile(each[drawn].mean(axis=1), [0.025, 0.975], axis=0)
    return {
        **{key: round(float(each[:, n].mean()), 4) for n, key in enumerate(KEYS)},
        "intervals": {key: np.round(ends[:, n], 4).tolist() for n, key in enumerate(KEYS)},
    }
