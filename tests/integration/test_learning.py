"""From a table of judged pairs to weights in force, as an officer does it."""

from pathlib import Path

import pytest

from commands.learn import learn_weights
from graph import clock
from graph.cypher import Cypher
from graph.database import Database
from graph.lifecycles.operations import OPERATIONS
from graph.lifecycles.perform import Actor, perform
from graph.matching.candidates import Days, inquiry
from graph.matching.mentoring import MENTOR
from graph.settings import Settings
from graph.viewer import ADMINISTRATOR
from tests.planning import build_town

PLACE = [f.name for f in MENTOR.features].index("place")


async def judged(database: Database) -> str:
    """Everybody accepts who works from her own district, and declines the others."""
    today = clock.beijing_day(clock.now())
    asking = [f"a{n}" for n in range(1, 61)]
    lines = ["asking,shown,accepted"]
    parameters = {"within_district": None}
    for pool in await inquiry(
        MENTOR, asking, ADMINISTRATOR, days=Days(today, today), parameters=parameters
    ).answered(database):
        near = pool.scores.values[:, PLACE] == 1
        lines += [f"{pool.asking},{m},{int(n)}" for m, n in zip(pool.ids, near, strict=True)]
    return "\n".join(lines)


@pytest.mark.slow
@pytest.mark.policy("P02")
async def test_what_is_learned_is_proposed_and_counts_once_a_person_puts_it_in_force(
    database: Database,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    await build_town(database, apprentices=60, masters=24, places=6)
    file = tmp_path / "judged.csv"
    file.write_text(await judged(database), encoding="utf-8")
    for name in ("database_uri", "database_user", "database_password"):
        monkeypatch.setenv(f"JIANGPU_{name.upper()}", str(getattr(settings, name)))
    await learn_weights("mentor", file, "mentor-2027.1")
    told = capsys.readouterr()
    assert "proposed as mentor-2027.1" in told.err
    assert "asking level" in told.out
    text = "MATCH (w:WeightsVersion {name: 'mentor-2027.1'}) RETURN [w.id, w.state, w.weights]"
    identifier, state, weights = await database.value(Cypher(text))
    assert state == "PROPOSED"
    learned = {name: float(w) for name, w in (entry.split("=") for entry in weights)}
    assert learned["place"] > 0.5
    activate = OPERATIONS["activateWeights"]
    given = {"weights_version_id": identifier}
    await perform(database, activate, given, Actor(ADMINISTRATOR, "test"), clock.now())
    today = clock.beijing_day(clock.now())
    [pool] = await inquiry(
        MENTOR, ["a1"], ADMINISTRATOR, days=Days(today, today), parameters={"within_district": None}
    ).answered(database)
    assert pool.model.version == "mentor-2027.1"
    assert pool.scores.values[pool.order[0], PLACE] == 1
