from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from graph.clock import beijing_day
from graph.errors import InvalidRequest
from graph.lifecycles.inputs import checked
from graph.lifecycles.operations import OPERATIONS
from loaders import sample
from loaders.pipeline import check
from loaders.report import RejectFile
from loaders.rows import NodeRow, Nodes, RelationshipRow
from loaders.sample.generator import generate
from loaders.sample.population import LEVEL_SHARES, source_of
from loaders.sample.programme.cast import Cast
from loaders.sample.programme.play import written as written_down
from loaders.sample.programme.script import BEGINS, Claim
from loaders.sample.programme.told import Call
from loaders.sample.vocabulary import NothingToBuildOn, Vocabulary, from_parts

WORKERS = 3_000
Links = Mapping[tuple[str, str, str], list[RelationshipRow]]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return from_parts(sample.parts())


@pytest.fixture(scope="module")
def things(vocabulary: Vocabulary) -> Mapping[str, Mapping[str, Any]]:
    """Label -> key -> values."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for part in generate(vocabulary, WORKERS, seed=5):
        for row in part.rows:
            if isinstance(part, Nodes) and isinstance(row, NodeRow):
                key = f"{part.source}:{row.values['external_id']}"
                assert key not in found[part.node_type.label]
                found[part.node_type.label][key] = row.values
    return found


@pytest.fixture(scope="module")
def links(vocabulary: Vocabulary) -> Links:
    found: dict[tuple[str, str, str], list[RelationshipRow]] = defaultdict(list)
    for part in generate(vocabulary, WORKERS, seed=5):
        for row in part.rows:
            if isinstance(row, RelationshipRow) and not isinstance(part, Nodes):
                r = part.relationship_type
                found[r.source, r.type, r.target].append(row)
    return found


def written(vocabulary: Vocabulary, workers: int, seed: int) -> Iterator[str]:
    for part in generate(vocabulary, workers, seed):
        for row in part.rows:
            yield repr(row)


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(vocabulary: Vocabulary) -> None:
    rows = list(written(vocabulary, 300, 1))
    assert rows == list(written(from_parts(sample.parts()), 300, 1))
    assert rows != list(written(vocabulary, 300, 2))


def test_parts_may_be_taken_all_at_once(vocabulary: Vocabulary) -> None:
    one_by_one = [list(part.rows) for part in generate(vocabulary, 300, 1)]
    parts = list(generate(vocabulary, 300, 1))
    assert [len(list(part.rows)) for part in reversed(parts)] == list(
        map(len, reversed(one_by_one))
    )


def test_everything_generated_is_marked_and_has_known_properties(
    vocabulary: Vocabulary, things: Mapping[str, Mapping[str, Any]]
) -> None:
    assert all(values["synthetic"] is True for of in things.values() for values in of.values())
    for part in generate(vocabulary, 50, seed=1):
        if isinstance(part, Nodes):
            names = {p.name for p in part.node_type.all_properties} | {"external_id"}
            for row in part.rows:
                assert isinstance(row, NodeRow)
                assert row.values.keys() <= names


def test_ends_exist_and_no_relationship_is_there_twice(
    things: Mapping[str, Mapping[str, Any]], links: Links
) -> None:
    for (source, _, target), rows in links.items():
        ends = [(row.source_key, row.target_key) for row in rows]
        assert len(set(ends)) == len(ends)
        for label, key in ((source, e[0]) for e in ends):
            assert key in things[label]
        for key in (e[1] for e in ends if e[1].startswith("synthetic")):
            assert key in things[target]


@pytest.mark.parametrize(
    "pattern",
    [
        ("Studio", "BELONGS_TO", "Enterprise"),
        ("Achievement", "MADE_BY", "Studio"),
        ("Achievement", "OWNED_BY", "Enterprise"),
        ("TechnicalProblem", "RAISED_BY", "Enterprise"),
        ("Employment", "AT_ENTERPRISE", "Enterprise"),
    ],
)
def test_what_is_generated_belongs_to_generated_organisations_only(
    links: Links, pattern: tuple[str, str, str]
) -> None:
    assert links[pattern]
    assert all(row.target_key.startswith("synthetic-5-3000:") for row in links[pattern])


def test_people_stand_on_the_real_vocabularies(links: Links, vocabulary: Vocabulary) -> None:
    occupations = {o.key for line in vocabulary.lines for o in line.occupations}
    assert {r.target_key for r in links["Worker", "PRACTISES", "Occupation"]} <= occupations
    assert all(
        row.target_key.startswith("csco-skill:") for row in links["Worker", "HAS_SKILL", "Skill"]
    )


def test_levels_come_in_the_stated_shares(things: Mapping[str, Mapping[str, Any]]) -> None:
    counts = Counter(values["skill_level"] for values in things["Worker"].values())
    shares = sorted(n / WORKERS for n in counts.values())
    assert shares == pytest.approx(sorted(LEVEL_SHARES), abs=0.001)


def test_consent_is_given_by_the_stated_share(vocabulary: Vocabulary) -> None:
    given = sum(
        row.values["purpose"] == "MATCHING"
        for part in generate(vocabulary, 2_000, seed=3, consent=0.25)
        if isinstance(part, Nodes) and part.node_type.label == "Consent"
        for row in part.rows
        if isinstance(row, NodeRow)
    )
    assert given / 2_000 == pytest.approx(0.25, abs=0.03)


def test_active_agreements_never_exceed_the_places_declared(
    things: Mapping[str, Mapping[str, Any]], links: Links
) -> None:
    active = {k for k, v in things["MentoringAgreement"].items() if v["state"] == "ACTIVE"}
    assert active
    taken = Counter(
        row.target_key
        for row in links["MentoringAgreement", "HAS_MASTER", "Worker"]
        if row.source_key in active
    )
    places = {
        row.target_key: things["MentorProfile"][row.source_key]["capacity"]
        for row in links["MentorProfile", "DECLARED_BY", "Worker"]
    }
    assert all(n <= places[master] for master, n in taken.items())


def test_lineages_have_several_generations_and_no_cycle(links: Links) -> None:
    above = {r.target_key: r.source_key for r in links["Worker", "MENTORS", "Worker"]}
    longest = 0
    for apprentice in above:
        steps, who = 0, apprentice
        while who in above:
            steps, who = steps + 1, above[who]
            assert steps < 20
        longest = max(longest, steps)
    assert longest >= 2


def test_every_worker_is_in_both_trees_of_unions(
    things: Mapping[str, Mapping[str, Any]], links: Links
) -> None:
    trees: dict[str, set[str]] = defaultdict(set)
    for row in links["Worker", "MEMBER_OF", "Union"]:
        trees[row.source_key].add(things["Union"][row.target_key]["tree"])
    assert len(trees) == WORKERS
    assert all(of == {"REGION", "SYSTEM"} for of in trees.values())


def test_one_worker_is_a_population_too(vocabulary: Vocabulary) -> None:
    labels = {p.node_type.label for p in generate(vocabulary, 1, 1) if isinstance(p, Nodes)}
    assert "Worker" in labels


@pytest.mark.parametrize(("workers", "consent"), [(0, 0.5), (1_000_001, 0.5), (10, 1.5)])
def test_a_number_out_of_bounds_is_refused(
    vocabulary: Vocabulary, workers: int, consent: float
) -> None:
    with pytest.raises(InvalidRequest):
        list(generate(vocabulary, workers, 1, consent=consent))


def test_a_graph_without_vocabularies_is_refused_with_the_remedy() -> None:
    with pytest.raises(NothingToBuildOn, match="jiangpu sample"):
        from_parts([])


@pytest.mark.parametrize("size", [0.05, 1])
def test_the_programme_is_in_order_and_names_what_there_is(
    vocabulary: Vocabulary, size: float, tmp_path: Path
) -> None:
    cast = Cast(vocabulary, source_of(WORKERS, 1), size, seed=1)
    rejects = tmp_path / "rejects.csv"
    assert check(cast.parts(), RejectFile(rejects), lambda _part, _rows: None).rejected == 0
    ids = {name: f"id of {name}" for name in cast.keys}
    steps = written_down(cast, ids, dict.fromkeys(cast.keys, "/m/"))
    assert steps == written_down(Cast(vocabulary, source_of(WORKERS, 1), size, seed=1), ids,
                                 dict.fromkeys(cast.keys, "/m/"))  # fmt: skip
    moments = [step.later for step in steps]
    assert moments == sorted(set(moments))
    known = set(ids)
    for step in steps:
        if isinstance(step, Call):
            assert {r.partition(".")[0] for r in referred(list(step.given.values()))} <= known, step
            assert checked(OPERATIONS[step.operation], step.given, beijing_day(BEGINS + step.later))
            known.add(step.name)
        elif isinstance(step, Claim):
            assert step.worker in cast.keys
            known.add(step.name)


def referred(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from referred(one)
    elif isinstance(value, str) and value.startswith("$"):
        yield value[1:]
