"""Similarity of documents, computed when they arrive and kept as derived SIMILAR relationships.

A studio, achievement or problem is compared with what its words and its technology find among the
others and among patents: by words alone, so that a score means the same on every machine. It is
compared again when its text changed, when patents arrived, or under another version. A changed text
ends what others had found in it, too, and they are compared again.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, LiteralString, NamedTuple

import numpy as np

from graph import clock
from graph.cypher import Cypher
from graph.database import Database, Transaction
from graph.jobs.worker import Kind, Run
from graph.matching.candidates import sight
from graph.matching.document_jobs import PARAMETERS, by_field, by_text, row_of, text_of, words
from graph.matching.documents import Document
from graph.matching.encoders import NONE
from graph.matching.job import See
from graph.matching.similarity import COVERED, TITLE, VERSION, WORDS, nearness_of
from graph.model.achievements import SIMILAR_PAIRS
from graph.projection.search import restricted
from graph.viewer import Viewer

AT_ONCE = 20
MOST_SIMILAR = 10
LEAST = 0.1
_WHOLE = WORDS + COVERED + TITLE


class Arrived(NamedTuple):
    """A document, and those that it is compared with, by label and id."""

    id: str
    label: str
    document: Document
    others: Sequence[tuple[str, str, Document]]


class Similar(NamedTuple):
    """That two documents are alike, from 0 to 1, in the direction in which it is kept."""

    source: str
    target: str
    score: float
    found_by: str


async def compare_arrivals(run: Run) -> None:
    """Compare every document that is due, a few at a time."""
    done = 0
    while due := await run.database.value(Cypher(_DUE, _due(), name="documents due")):
        now = clock.now()
        arrived = await read_arrived(run.database, due, run.viewer)
        found = [pair for one in arrived for pair in similar(one)]
        parameters = {"ids": due, "rows": [list(pair) for pair in found], "now": now, **_due()}

        async def work(
            transaction: Transaction, parameters: Mapping[str, Any] = parameters, done: int = done
        ) -> None:
            await transaction.run(Cypher(_SAVE, parameters, name="save similarity"))
            await run.commit(transaction, 0.5, f"{done + len(due)} documents compared")

        await run.database.write(work)
        done += len(due)


def _due() -> dict[str, Any]:
    return {"version": VERSION, "at_once": AT_ONCE}


async def read_arrived(database: Database, ids: Sequence[str], viewer: Viewer) -> list[Arrived]:
    """Documents by id, each with its candidates."""
    parameters = {
        **PARAMETERS,
        "ids": list(ids),
        "within": restricted("?", viewer),
        "most_hits": 40,
        "most_anchors": 100,
        "most_compared": 120,
        **viewer.parameters,
    }
    text = _candidates(sight(viewer))
    rows = await database.value(Cypher(text, parameters, name="documents to compare"))
    return [
        Arrived(row[0], label, _document(row), [(o[0], of, _document(o)) for of, o in others])
        for label, row, others in rows
    ]


def similar(arrived: Arrived) -> Iterator[Similar]:
    """The most similar of each type, above LEAST; between two of one type, in both directions."""
    if not arrived.others:
        return
    documents = [document for *_, document in arrived.others]
    there = nearness_of([arrived.document], documents, NONE)[0]
    back = nearness_of(documents, [arrived.document], NONE)[:, 0]
    scores = (there + back) / (2 * _WHOLE)
    for label in dict.fromkeys(label for _, label, _ in arrived.others):
        rows = np.array([n for n, (_, of, _) in enumerate(arrived.others) if of == label])
        for n in rows[np.argsort(-scores[rows], kind="stable")][:MOST_SIMILAR].tolist():
            if scores[n] >= LEAST:
                yield from _kept(arrived, arrived.others[n][0], label, float(scores[n]))


def _kept(arrived: Arrived, other: str, label: str, score: float) -> Iterator[Similar]:
    if (arrived.label, label) in SIMILAR_PAIRS:
        yield Similar(arrived.id, other, score, arrived.id)
    if (label, arrived.label) in SIMILAR_PAIRS:
        yield Similar(other, arrived.id, score, arrived.id)


def _document(row: Sequence[Any]) -> Document:
    _, _, title, body, codes = row
    return Document(title, body, codes)


def _candidates(see: See) -> LiteralString:
    itself: LiteralString = "WITH document, document AS shown"
    sources = "\nUNION\n".join(
        [
            by_text(see, "Patent", "abstract", itself),
            by_text(see, "Achievement", "abstract", itself),
            by_text(see, "TechnicalProblem", "abstract", itself),
            by_text(see, "Studio", "needs", itself),
            by_field("<-[:IN_FIELD]-(shown:Achievement)", "true", "shown"),
            by_field(
                "<-[:IN_FIELD]-(shown:TechnicalProblem)", see("TechnicalProblem", "shown"), "shown"
            ),
            by_field("<-[:FOCUSES_ON]-(shown:Studio)", "true", "shown"),
        ]
    )
    return f"""\
UNWIND $ids AS id
MATCH (asking:Node {{id: id}})
WITH asking, [asking] AS own, COLLECT {{
  MATCH (asking)-[:IN_FIELD|FOCUSES_ON]->(field:TechnologyField)
  RETURN field LIMIT $most_fields }} AS fields
WITH *, {words(f"coalesce(asking.title, asking.name) + ' ' + {text_of('asking')}")} AS sought
CALL (*) {{
  CALL (*) {{
{sources}
  }}
  WITH document, max(closeness) AS closeness
  ORDER BY closeness DESC, document.id LIMIT $most_compared
  RETURN collect([{_label("document")}, {row_of("document")}]) AS others
}}
WITH asking AS document, others
RETURN collect([{_label("document")}, {row_of("document")}, others])"""


def _label(variable: LiteralString) -> LiteralString:
    return (
        f"CASE WHEN {variable}:Patent THEN 'Patent' WHEN {variable}:Achievement THEN 'Achievement' "
        f"WHEN {variable}:TechnicalProblem THEN 'TechnicalProblem' ELSE 'Studio' END"
    )


_CHANGED: LiteralString = "EXISTS { (d)<-[:CHANGE_OF]-(c:Change) WHERE c.at > d.compared_at }"
_DUE: LiteralString = f"""
MATCH (p:Patent) WITH count(p) AS patents
CALL (patents) {{
  MATCH (d:Studio|Achievement|TechnicalProblem)
  WHERE d.compared_by IS NULL OR d.compared_by <> $version
    OR abs(patents - d.compared_patents) * 100 > d.compared_patents
    OR {_CHANGED}
  RETURN d LIMIT $at_once
}}
RETURN collect(d.id)
"""
_SAVE: LiteralString = f"""
MATCH (p:Patent) WITH count(p) AS patents
CALL (patents) {{
  UNWIND $ids AS id
  MATCH (d:Node {{id: id}})
  WITH d, {_CHANGED} AS changed, patents
  SET d.compared_by = $version, d.compared_at = $now, d.compared_patents = patents
  WITH d, changed MATCH (d)-[old:SIMILAR]-(other) WHERE changed OR old.found_by = d.id
  FOREACH (finder IN CASE WHEN old.found_by <> d.id THEN [other] END |
    SET finder.compared_by = NULL)
  DELETE old
}}
UNWIND $rows AS row
MATCH (source:Node {{id: row[0]}}), (target:Node {{id: row[1]}})
MERGE (source)-[s:SIMILAR]->(target)
SET s.score = row[2], s.found_by = row[3], s.version = $version, s.compared_at = $now
"""

KINDS = (
    Kind(
        "documents.compare",
        "Computes which studios, achievements, problems and patents are alike, as they arrive.",
        compare_arrivals,
        every=timedelta(minutes=5),
    ),
)
