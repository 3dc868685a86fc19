import tracemalloc
from collections.abc import Iterable, Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.model import MODEL, RelationshipType
from loaders.batches import HEAVIEST, ahead, batches
from loaders.files import declared_type
from loaders.repeats import Repeats, Verdict
from loaders.rows import NodeRow, Nodes, Place, RejectedRow, RelationshipRow, Relationships

SKILL = MODEL.node_type("Skill")


def skill(line: int, external_id: str, file: str = "s.csv", **values: Any) -> NodeRow:
    named = {"external_id": external_id, "name": external_id, **values}
    return NodeRow(Place(file, line), named)


def skills(rows: Iterable[NodeRow | RejectedRow], *, counted: bool = True) -> Nodes:
    return Nodes(SKILL, "s", rows, counted)


def relationship_type(name: str) -> RelationshipType:
    found = declared_type(name)
    assert isinstance(found, RelationshipType)
    return found


def test_a_row_repeated_word_for_word_is_counted_and_one_that_differs_is_rejected() -> None:
    rows = [skill(2, "a"), skill(3, "b"), skill(4, "a"), skill(5, "b", description="x")]
    [batch] = batches(skills(rows), 10)
    assert [node.node.key for node in batch.nodes] == ["s:a", "s:b"]
    assert batch.repeated == 1
    [rejected] = batch.rejected
    assert (rejected.place.line, rejected.value) == (5, "s:b")
    assert batch.rows == len(batch.nodes) + batch.repeated + len(batch.rejected)


def test_repeated_rows_are_found_across_batches() -> None:
    rows = [skill(n, str(n % 5), description=str(n % 7)) for n in range(70)]
    found = list(batches(skills(rows), 3))
    assert sum(len(b.nodes) for b in found) == 5
    assert sum(b.repeated for b in found) == 5
    assert sum(len(b.rejected) for b in found) == 60


def test_rows_named_in_passing_may_say_more_each_time() -> None:
    rows = [skill(2, "a"), skill(3, "a", description="x"), skill(4, "a")]
    [batch] = batches(skills(rows, counted=False), 10)
    assert len(batch.nodes) == 2
    assert not batch.rejected


def test_a_to_one_relation_is_stated_once() -> None:
    lives_in = relationship_type("LIVES_IN")
    rows = [RelationshipRow(Place("d.csv", n), "w:1", f"d:{n % 2}") for n in range(3)]
    [batch] = batches(Relationships(lives_in, "d", rows, counted=True), 10)
    assert [row.target_key for row in batch.relationships] == ["d:0"]
    assert [r.place.line for r in batch.rejected] == [1]
    assert batch.repeated == 1


def test_the_leader_of_a_studio_is_stated_once() -> None:
    leads = relationship_type("LEADS")
    rows = [RelationshipRow(Place("l.csv", n), f"w:{n}", "studio:1") for n in range(2)]
    [batch] = batches(Relationships(leads, "d", rows, counted=True), 10)
    assert len(batch.relationships) == len(batch.rejected) == 1


def test_batches_end_with_their_file_and_with_their_weight() -> None:
    rows = [skill(n, str(n), file) for file in ("a", "b") for n in range(3)]
    found = list(batches(skills(rows), 2))
    assert [(b.file, b.rows) for b in found] == [("a", 2), ("a", 1), ("b", 2), ("b", 1)]
    heavy = [skill(n, str(n), description="x" * (HEAVIEST // 50)) for n in range(150)]
    assert [b.rows for b in batches(skills(heavy), 5000)] == [50, 50, 50]


def test_skipped_rows_are_remembered_but_not_given() -> None:
    rows = [skill(2, "a"), skill(3, "b"), skill(4, "a", description="x"), skill(5, "c")]
    [batch] = batches(skills(rows), 10, skip=2)
    assert [node.node.key for node in batch.nodes] == ["s:c"]
    assert [r.place.line for r in batch.rejected] == [4]


async def test_batches_made_ahead_arrive_in_order() -> None:
    rows = [skill(n, str(n)) for n in range(25)]
    seen = [b.rows async for b in ahead(batches(skills(rows), 10))]
    assert seen == [10, 10, 5]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("12")), max_size=60))
def test_repeats_agree_with_a_plain_set(rows: list[tuple[str, str]]) -> None:
    repeats = Repeats()
    found = [
        v for start in range(0, len(rows), 4) for v in repeats.verdicts(rows[start : start + 4])
    ]
    said: dict[str, str] = {}
    for (identity, whole), verdict in zip(rows, found, strict=True):
        if identity not in said:
            assert verdict is Verdict.NEW
        else:
            assert verdict is (Verdict.SAME if said[identity] == whole else Verdict.OTHER)
        said.setdefault(identity, whole)


def test_memory_hardly_grows_with_the_rows() -> None:
    def rows(count: int) -> Iterator[NodeRow]:
        return (skill(n, str(n)) for n in range(count))

    def peak(count: int) -> int:
        tracemalloc.start()
        for _ in batches(skills(rows(count)), 1000):
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(20_000) - peak(4_000) < 16_000 * 50  # two hashes a row, and sorting them
