"""What is written down of the five years: who calls which operation on which day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from graph.viewer import Role, Viewer
from loaders.sample.programme.numbers import FIRST_YEAR
from loaders.sample.programme.told import Call

BEGINS = datetime(FIRST_YEAR, 1, 1, 1, tzinfo=UTC)  # nine o'clock in Beijing


@dataclass(frozen=True, slots=True)
class Jobs:
    """What waits as a job is done now."""

    later: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody who signed in says that she is this worker of the cast."""

    worker: str
    name: str
    later: timedelta = timedelta()


Step = Call | Jobs | Claim


@dataclass(slots=True)
class Script:
    """Calls by day: `ids` are those of the cast, `paths` of its unions; `size` is up to 1."""

    size: float
    ids: Mapping[str, str]
    paths: Mapping[str, str]
    _said: list[tuple[date, Step]] = field(default_factory=list[Any])

    @property
    def city(self) -> Viewer:
        """An officer of the municipal federation."""
        return self._officer("city")

    def district(self, n: int) -> Viewer:
        """An officer of the district that enterprise `n` lies in."""
        return self._officer(f"union{n}")

    def institute(self, n: int) -> Viewer:
        """Somebody of institute `n`."""
        return Viewer(frozenset({Role.INSTITUTE}), organisation=self.ids[f"institute{n}"])

    def _officer(self, union: str) -> Viewer:
        return Viewer(frozenset({Role.UNION}), (self.paths[union],))

    def say(self, day: date, operation: str, by: Viewer, /, called: str = "", **given: Any) -> None:
        """Have an operation called on a day; `called` is how its result is named."""
        self._said.append((day, Call(operation, given, called, by)))

    def work(self, day: date) -> None:
        """Have the jobs done that wait on a day."""
        self._said.append((day, Jobs()))

    def claim(self, day: date, worker: str, called: str) -> None:
        """Have a login said to be a worker's on a day; `called` is how the claim is named."""
        self._said.append((day, Claim(worker, called)))

    def steps(self) -> Iterator[Step]:
        """All of it in order, each a second after the one before it on that day."""
        said = sorted(self._said, key=lambda one: one[0])
        seconds, last = 0, None
        for day, step in said:
            seconds = seconds + 1 if day == last else 0
            last = day
            later = timedelta(days=(day - BEGINS.date()).days, seconds=seconds)
            yield replace(step, later=later)
