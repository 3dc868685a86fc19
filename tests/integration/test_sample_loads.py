from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.cypher import Cypher
from graph.database import Database
from loaders import sample
from loaders.pipeline import load
from loaders.report import LoadReport, RejectFile
from loaders.rows import Part
from loaders.sample.generator import generate
from loaders.sample.programme.play import AnotherProgramme, play
from loaders.sample.vocabulary import from_graph, from_parts
from tests import programme


@pytest.fixture(scope="module")
async def filled(
    open_session_database: Database, tmp_path_factory: pytest.TempPathFactory
) -> Database:
    """The session's database with the sample in it, filled once: these tests only add to it."""
    wipe = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS"
    await open_session_database.run(Cypher(wipe, name="wipe"))
    await load_parts(open_session_database, sample.parts(), tmp_path_factory.mktemp("sample"))
    return open_session_database


async def load_parts(database: Database, parts: Iterator[Part], folder: Path) -> LoadReport:
    return await load(
        database,
        parts,
        title="sample",
        fingerprint="sample",
        rejects=RejectFile(folder / "rejects.csv"),
    )


async def test_the_graph_gives_the_same_vocabulary_as_the_files(filled: Database) -> None:
    assert await from_graph(filled) == from_parts(sample.parts())


async def test_loading_the_sample_again_changes_nothing(filled: Database, tmp_path: Path) -> None:
    report = await load_parts(filled, sample.parts(), tmp_path)
    figures = [*report.files.values(), *report.passing.values()]
    assert sum(f.created + f.updated for f in figures) == 0
    assert report.files["patents.csv"].unchanged == report.files["patents.csv"].rows > 500


async def test_a_population_loads_whole_on_the_sample(filled: Database, tmp_path: Path) -> None:
    people = generate(from_parts(sample.parts()), 200, seed=1)
    report = await load_parts(filled, people, tmp_path)
    assert report.rejected == 0
    [row] = await filled.rows(
        Cypher(
            """
            MATCH (w:Worker)
            WITH count(w) AS workers, count(w.region_path) AS placed, count(w.system_path) AS both
            RETURN workers, placed, both,
              COUNT { (:Worker)-[:HAS_SKILL]->(:Skill)<-[:REQUIRES_SKILL]-(:Occupation) } AS skills,
              COUNT { (w:Master) WHERE NOT (w)<-[:DECLARED_BY]-(:MentorProfile) } AS undeclared
            """,
            name="population",
        )
    )
    assert (row["workers"], row["placed"], row["both"]) == (200, 200, 200)
    assert row["skills"] > 400
    assert row["undeclared"] == 0


async def test_organisations_of_patents_and_lists_are_one_node(filled: Database) -> None:
    shared = await filled.value(
        Cypher(
            "MATCH (e:Enterprise) WHERE e.ticker IS NOT NULL AND (e)<-[:ASSIGNED_TO]-(:Patent) "
            "RETURN count(e)",
            name="listed owners",
        )
    )
    assert shared >= 1


class CutOff(Exception):
    """What happens to a run that is killed."""


@pytest.mark.slow
async def test_the_sample_programme_plays_every_state_of_every_lifecycle(
    database: Database, tmp_path: Path
) -> None:
    size, rejects = 0.05, RejectFile(tmp_path / "rejects.csv")
    await programme.stage(database, tmp_path)
    cast = programme.cast(size)

    def cut_off(done: int, _of: int) -> None:
        if done == 100:
            raise CutOff

    with pytest.raises(CutOff):
        await play(database, cast, rejects, cut_off)
    assert await play(database, cast, rejects) > 400
    assert await programme.occurred(database) == programme.STATES
    assert await programme.done(database) == programme.planned(size)
    unmarked = "MATCH (n:Node {source: 'jiangpu'}) WHERE NOT n.synthetic RETURN collect(n.key)"
    assert await database.value(Cypher(unmarked)) == []
    everything = Cypher("MATCH (n) RETURN count(n)")
    before = await database.value(everything)
    assert await play(database, cast, rejects) == 0
    assert await database.value(everything) == before
    with pytest.raises(AnotherProgramme, match="a graph of its own"):
        await play(database, programme.cast(size, seed=2), rejects)


@pytest.mark.slow
async def test_the_whole_programme_meets_some_targets_and_misses_others(
    database: Database, tmp_path: Path
) -> None:
    await programme.stage(database, tmp_path)
    await play(database, programme.cast(1), RejectFile(tmp_path / "rejects.csv"))
    assert await programme.done(database) == programme.planned(1)
    found = await programme.five_years(database, "T05", "T09", "T13")
    met = {code: [c.met for c in one.counts] for code, one in found.items()}
    assert met == {
        "T05": [True, False, False, False, False],
        "T09": [True, True, False, False, False],
        "T13": [False] * 5,
    }
