"""Rules of masters' rewards, from both sides."""

from datetime import date, timedelta

import pytest

from graph.cypher import Cypher
from graph.database import Database
from tests.stories.incentives import SIGNED, WORLD, reward, rule
from tests.stories.told import CITY, Call, Teller


@pytest.fixture
async def told(database: Database) -> Teller:
    teller = Teller(database)
    await teller.world(WORLD)
    return teller


async def change(told: Teller, node: str, **values: object) -> None:
    text = "MATCH (n:Node {id: $node}) SET n += $values"
    await told.database.run(Cypher(text, {"node": node, "values": values}))


@pytest.mark.policy("Z05", "M08")
async def test_reward_is_once_for_each_apprentice_and_sums_over_them(told: Teller) -> None:
    await told.tell(rule("place"), rule("level", basis="LEVEL_REACHED", skill_level="TECHNICIAN"))
    await told.tell(reward("one", "place"), reward("two", "place", "second"))
    again = """
    MATCH (m {id: 'master'}), (a {id: 'first'})
    CREATE (g:Node:MentoringAgreement {id: 'again', key: 'again', starts: date('2014-06-01')}),
      (g)-[:HAS_MASTER]->(m), (g)-[:HAS_APPRENTICE]->(a)
    """
    await told.database.run(Cypher(again))
    assert await told.refusal(reward("", "place")) == "APPRENTICE_REWARDED"
    assert await told.refusal(reward("", "place"), agreement_id="again") == "APPRENTICE_REWARDED"
    await told.tell(reward("three", "level", entry_id=None, record_id="r-first"))
    text = """
    MATCH (i:Incentive)-[:UNDER_AGREEMENT]->()-[:HAS_MASTER]->(:Worker {id: 'master'})
    RETURN sum(i.amount)
    """
    assert await told.value(text) == 600_000


@pytest.mark.policy("Z05")
async def test_only_the_apprentices_own_event_in_time_and_high_enough_counts(told: Teller) -> None:
    await told.tell(rule("place"), rule("level", basis="LEVEL_REACHED", skill_level="TECHNICIAN"))
    of_level = reward("", "level", entry_id=None, record_id="r-first")
    assert await told.refusal(reward("", "place"), entry_id="e-second") == "NOT_EARNED"
    assert await told.refusal(of_level, record_id="r-second") == "NOT_EARNED"
    for node, name, wrong, right in (
        ("e-first", "rank", 4, 3),
        ("contest", "state", "HELD", "RANKED"),
        ("contest", "held_to", SIGNED - timedelta(1), SIGNED),
        ("contest", "held_to", date(2017, 5, 1), date(2017, 4, 30)),
    ):
        await change(told, node, **{name: wrong})
        assert await told.refusal(reward("", "place")) == "NOT_EARNED", name
        await change(told, node, **{name: right})
    for name, wrong, right in (
        ("skill_level", 3, 4),
        ("valid_from", date(2017, 5, 1), date(2017, 4, 30)),
    ):
        await change(told, "r-first", **{name: wrong})
        assert await told.refusal(of_level) == "NOT_EARNED", name
        await change(told, "r-first", **{name: right})
    await told.tell(rule("later", valid_from=date(2017, 5, 1)))
    assert await told.refusal(reward("", "later")) == "NOT_EARNED"
    await told.tell(reward("one", "place"), of_level)


@pytest.mark.policy("M08", "Z05")
async def test_reward_is_for_one_event_under_a_rule_of_the_masters_own_unions(
    told: Teller,
) -> None:
    await told.tell(rule("place"))
    assert await told.refusal(reward("", "place"), record_id="r-first") == "ONE_EVENT"
    west = rule("west", union_id="west")
    await told.tell(Call(west.operation, west.given, "west", CITY))
    abroad = reward("", "west")
    assert await told.refusal(Call(abroad.operation, abroad.given, "", CITY)) == "OUTSIDE_RULE"
    assert await told.refusal(rule("level", basis="LEVEL_REACHED")) == "RULE_INCOMPLETE"
