"""The second statement of a match: paths behind each part, what is lacking, what was selected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from graph.cypher import Cypher
from graph.database import Database
from graph.matching.candidates import sight
from graph.matching.job import Evidence, Job, Lack, See, Support
from graph.model import MODEL
from graph.projection.fragment import Fragment
from graph.viewer import Viewer

LACKING = "lacking"
MOST_PATHS: LiteralString = "3"

_LABELS = frozenset(t.label for t in MODEL.node_types)


@dataclass(frozen=True, slots=True)
class PathNode:
    """A node on a path."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class PathStep:
    """A relationship on a path; `forward` if it runs in the direction of reading."""

    type: str
    forward: bool


@dataclass(frozen=True, slots=True)
class EvidencePath:
    """A path that is in the graph, and what it says in Chinese and in English."""

    nodes: tuple[PathNode, ...]
    steps: tuple[PathStep, ...]
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """A node that is asked for and not there in full, with the client's selection of it."""

    id: str
    label: str
    name: str
    name_en: str
    need: float
    have: float
    offered: float
    values: Any


Pair = tuple[str, str]
"""The ids of who or what asks, and of who or what is shown."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What the second statement says about one pair."""

    evidence: Mapping[str, tuple[EvidencePath, ...]]
    gaps: tuple[Lacking, ...]
    values: Mapping[str, Any]
    details: Mapping[str, Any]


def explanations(
    job: Job[Any], see: See, selections: Mapping[LiteralString, Fragment]
) -> LiteralString:
    """The statement; it returns [asking id, shown id, paths, gaps, selected values] of $drawn."""
    companions = " ".join(
        [f"OPTIONAL CALL (asking, shown, drawn) {{ {c.find(see)} }}" for c in job.companions]
    )
    chosen: list[tuple[LiteralString, Fragment]] = [
        (name, f) for name, f in selections.items() if name != LACKING
    ]
    calls = "".join([f.calls for _, f in chosen])
    values = ", ".join([f"CASE WHEN {n} IS NULL THEN null ELSE {f.text} END" for n, f in chosen])
    paths = ", ".join([_paths(e, see) for e in job.evidence])
    lacking = selections.get(LACKING, Fragment("null"))
    return f"""\
UNWIND $drawn AS drawn
MATCH (asking:Node:{job.asking} {{id: drawn.asking}}) WHERE {see(job.asking, "asking")}
MATCH (shown:Node:{job.shown} {{id: drawn.id}}) WHERE {see(job.shown, "shown")}
{companions}
{calls}
CALL (drawn) {{ UNWIND drawn.lacking AS lacking_id
  MATCH (lacking:Node:{job.lacking} {{id: lacking_id}}) {lacking.calls}
  RETURN collect([lacking.id, lacking.name, lacking.name_en, {lacking.text}]) AS lacks }}
RETURN collect([asking.id, shown.id, [{paths}], lacks, [{values}]]) AS value"""


def _paths(evidence: Evidence, see: See) -> LiteralString:
    return f"""\
COLLECT {{ {evidence.find(see)}
    WITH {evidence.nodes} AS stops, {evidence.steps} AS ways,
      [{", ".join(evidence.facts.values())}] AS facts LIMIT {MOST_PATHS}
    RETURN [[stop IN stops | [stop.id, labels(stop)]],
      [way IN ways | [type(way), startNode(way).id]], facts] }}"""


async def explain(
    database: Database,
    job: Job[Any],
    supports: Mapping[Pair, Support],
    viewer: Viewer,
    *,
    selections: Mapping[LiteralString, Fragment],
    parameters: Mapping[str, Any],
) -> dict[Pair, Explained]:
    """The explanation of each pair to be shown; what has gone meanwhile is left out."""
    drawn = [
        {**s.drawn, "asking": asking, "id": shown, "lacking": [lack.id for lack in s.lacks]}
        for (asking, shown), s in supports.items()
    ]
    fragments = {k: v for f in selections.values() for k, v in f.parameters.items()}
    cypher = Cypher(
        explanations(job, sight(viewer), selections),
        {**fragments, **viewer.parameters, **parameters, "drawn": drawn},
        name=f"{job.name} explanations",
    )
    answers = await database.value(cypher) or ()
    return {
        (asking, shown): _explained(job, supports[asking, shown], tuple(selections), answer)
        for asking, shown, *answer in answers
    }


def _explained(
    job: Job[Any], support: Support, selected: Sequence[str], answer: Sequence[Any]
) -> Explained:
    paths, lacking, values = answer
    evidence: dict[str, tuple[EvidencePath, ...]] = {}
    for declared, found in zip(job.evidence, paths, strict=True):
        read = tuple(_path(declared, *path) for path in found)
        evidence[declared.feature] = evidence.get(declared.feature, ()) + read
    lacks = {lack.id: lack for lack in support.lacks}
    return Explained(
        evidence,
        tuple(_lacking(job.lacking, lacks[node[0]], node) for node in lacking),
        dict(zip([name for name in selected if name != LACKING], values, strict=True)),
        support.details,
    )


def _path(
    declared: Evidence,
    nodes: Sequence[tuple[str, Sequence[str]]],
    steps: Sequence[tuple[str, str]],
    facts: Sequence[Any],
) -> EvidencePath:
    named = dict(zip(declared.facts, facts, strict=True))
    return EvidencePath(
        tuple(
            PathNode(id, next(label for label in labels if label in _LABELS))
            for id, labels in nodes
        ),
        tuple(PathStep(type, begins == nodes[n][0]) for n, (type, begins) in enumerate(steps)),
        declared.zh.format(**named),
        declared.en.format(**named),
    )


def _lacking(label: str, lack: Lack, node: Sequence[Any]) -> Lacking:
    id, name, name_en, values = node
    return Lacking(id, label, name, name_en or name, lack.need, lack.have, lack.offered, values)
