"""The first statement of a match: who could be shown, what is measured of them, who is excluded."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, LiteralString

from graph.cypher import Cypher
from graph.database import Database
from graph.errors import InvalidRequest
from graph.matching.features import Model, Scores, ranking, score
from graph.matching.job import Columns, Job, See
from graph.model import MODEL
from graph.projection.access import proposable, visible
from graph.projection.fragment import Fragment
from graph.projection.search import restricted
from graph.rules.matching import weights_in_force
from graph.viewer import Viewer

ALL_KNOWN = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Days:
    """The day that a match is asked about, and today, which decides who may be seen.

    `known_at` is the moment whose records and weights count.
    """

    as_of: date
    today: date
    known_at: datetime = ALL_KNOWN

    @property
    def parameters(self) -> dict[str, date]:
        """Consent must hold on both days and between, as `first_day` and `last_day`."""
        first, last = sorted((self.as_of, self.today))
        return {
            "as_of": self.as_of,
            "first_day": first,
            "last_day": last,
            "known_at": self.known_at,
        }


@dataclass(frozen=True, slots=True)
class Pool:
    """The candidates of one question, measured and scored, best first in `order`."""

    asking: str
    as_of: date
    model: Model
    ids: Sequence[str]
    columns: Columns
    excluded: Counter[str]
    inputs: Any
    scores: Scores
    order: Sequence[int]


def sight(viewer: Viewer) -> See:
    """How this viewer's restriction reads for a label and variable; `shown` are candidates."""

    def see(label: LiteralString, variable: LiteralString) -> LiteralString:
        restriction = proposable if variable == "shown" else visible
        return restriction(MODEL.node_type(label), variable, viewer) or "true"

    return see


def candidates(job: Job[Any], see: See) -> LiteralString:
    """The statement; it returns a list for each of $askings.

    [asking id, what is asked, reasons, rows, weights in force].
    """
    reasons = " ".join([f"WHEN NOT ({c.holds}) THEN '{c.reason}'" for c in job.all_conditions])
    anchors, seen = job.anchors(see), see(job.shown, "shown")
    unseen_go: LiteralString = f"WHERE {seen}"
    if seen == "true" or (seen != "false" and unseen_go in anchors):
        unseen_go = ""
    return f"""\
UNWIND $askings AS asking_id
MATCH (asking:Node:{job.asking} {{id: asking_id}}) WHERE {see(job.asking, "asking")}
{job.question(see)}
CALL (*) {{
  CALL (*) {{
{anchors}
  }}
  WITH shown, document, max(closeness) AS closeness {unseen_go}
  ORDER BY closeness DESC, document.id
  WITH shown, max(closeness) AS closeness, sum(closeness) AS found,
    collect(CASE WHEN document IS NOT NULL THEN [document, closeness] END)[..$most_documents]
    AS documents
  ORDER BY found DESC, shown.id LIMIT $most_candidates
  WITH * {job.known}
  WITH *, CASE {reasons or "WHEN false THEN null"} END AS reason
  RETURN collect(reason) AS reasons, collect(
    CASE WHEN reason IS NULL THEN [shown.id, {", ".join(job.columns.values())}] END) AS rows
}}
RETURN collect([asking.id, [{", ".join(job.asked.values())}], reasons, rows,
  {weights_in_force(job.name)}])"""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """The first statement of one job, with what it needs to be asked and to be understood."""

    job: Job[Any]
    text: LiteralString
    parameters: Mapping[str, Any]
    as_of: date
    version: str | None

    @property
    def fragment(self) -> Fragment:
        """The inquiry as a part of a larger statement, its parameters called after the job."""
        name: LiteralString = f"{self.job.name}_"
        text = self.text.replace("$", f"${name}")
        return Fragment(
            f"{name}answers",
            f"CALL () {{ {text} AS {name}answers }}\n",
            {f"{name}{k}": v for k, v in self.parameters.items()},
        )

    async def answered(self, database: Database) -> list[Pool]:
        """The scored candidates; one statement."""
        name = f"{self.job.name} candidates"
        return self.pools(await database.value(Cypher(self.text, self.parameters, name=name)))

    def pools(self, answers: Sequence[Any]) -> list[Pool]:
        """What the database answered, scored; raises InvalidRequest if there is no such version."""
        return [_pool(self.job, self.as_of, self.version, answer) for answer in answers]


def inquiry(
    job: Job[Any],
    askings: Sequence[str],
    viewer: Viewer,
    *,
    days: Days,
    parameters: Mapping[str, Any] | None = None,
    version: str | None = None,
) -> Inquiry:
    """Asks for the candidates of each question that the viewer may see; by default, unfiltered.

    Weighed by the given version, or by the weights in force.
    """
    given = {
        "askings": list(askings),
        "within": restricted("?", viewer),
        "most_documents": 0,
        "weights_version": version,
        **job.parameters,
        **{f.name: None for f in job.filters},
        **(parameters or {}),
        **days.parameters,
        **viewer.parameters,
    }
    return Inquiry(job, candidates(job, sight(viewer)), given, days.as_of, version)


def weighed(model: Model, version: str | None, stored: tuple[str, Sequence[str]] | None) -> Model:
    """The model under weights that are stored; without any, as it ships.

    Raises InvalidRequest where another version was asked for.
    """
    if stored is not None:
        return model.weighed(*stored)
    if version not in {None, model.version}:
        raise InvalidRequest(
            "UNKNOWN_WEIGHTS",
            f"these matches have no weights {version!r}; see weightsVersions, or ask for "
            f"{model.version}, which ships",
            ("weights",),
        )
    return model


def _pool(job: Job[Any], as_of: date, version: str | None, answer: Sequence[Any]) -> Pool:
    asking, asked, reasons, rows, stored = answer
    model = weighed(job.model, version, stored)
    names = ("id", *job.columns)
    measured = zip(*rows, strict=True) if rows else [()] * len(names)
    columns = dict(zip(names, measured, strict=True))
    inputs = job.inputs(dict(zip(job.asked, asked, strict=True)), columns, model)
    scores = score(job.features, model, inputs)
    order = ranking(scores.totals, columns["id"]).tolist()
    return Pool(
        asking, as_of, model, columns["id"], columns, Counter(reasons), inputs, scores, order
    )
