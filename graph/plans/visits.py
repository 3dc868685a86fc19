"""Which studios experts shall visit this year (V06, T07): the best pairs, spread over the city.

Thirty projects a year is a figure of the policy. An exact solver picks them: no studio twice, no
expert more often than she can, and a band for each district and industry, so that the strongest
corner of the city does not take them all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from graph.errors import InvalidRequest

PROJECTS = 30
_UNIT = 1_000_000
_SECONDS = 20.0
_NOBODY: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Visit:
    """A possible project: who would visit which studio, how well it fits, and where it lies.

    All but the score are ids, empty where none is known.
    """

    studio: str
    expert: str
    score: float
    district: str
    industry: str


@dataclass(frozen=True, slots=True)
class Bands:
    """At least and at most so many projects for each district and industry that has a candidate."""

    fewest_of_district: int = 0
    most_of_district: int = 4
    fewest_of_industry: int = 0
    most_of_industry: int = 6
    most_of_expert: int = 2


def choose_visits(
    visits: Sequence[Visit],
    bands: Bands,
    *,
    projects: int = PROJECTS,
    busy: Mapping[str, int] = _NOBODY,
) -> list[Visit]:
    """The projects with the highest sum of scores, best first, as many as wanted if possible.

    `busy` tells how many projects of the year an expert has already. Raises InvalidRequest if the
    lower bands ask for more than there is.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - slow to load

    model: Any = cp_model.CpModel()
    taken = [model.new_bool_var(str(n)) for n in range(len(visits))]

    def band(of: Iterable[str], fewest: int, most: int) -> None:
        groups: dict[str, list[Any]] = defaultdict(list)
        for name, variable in zip(of, taken, strict=True):
            groups[name].append(variable)
        for name, members in groups.items():
            if name or not fewest:
                model.add_linear_constraint(sum(members), fewest if name else 0, most)

    band((v.studio for v in visits), 0, 1)
    band((v.expert for v in visits), 0, bands.most_of_expert)
    for expert, count in busy.items():
        own = [t for v, t in zip(visits, taken, strict=True) if v.expert == expert]
        model.add_linear_constraint(sum(own), 0, max(bands.most_of_expert - count, 0))
    band((v.district for v in visits), bands.fewest_of_district, bands.most_of_district)
    band((v.industry for v in visits), bands.fewest_of_industry, bands.most_of_industry)
    model.add(sum(taken) <= projects)
    model.maximize(
        sum((_UNIT * 2 + round(v.score * _UNIT)) * t for v, t in zip(visits, taken, strict=True))
    )
    solver: Any = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = _SECONDS
    solver.parameters.num_workers = 1  # the same answer every time
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        raise InvalidRequest(
            "BANDS", "the lower bands ask for more projects than the candidates allow; lower them"
        )
    chosen = [v for v, t in zip(visits, taken, strict=True) if solver.value(t)]
    return sorted(chosen, key=lambda v: (-v.score, v.studio))
