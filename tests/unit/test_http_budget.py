"""The bucket of a partner: charged before, corrected after, refilled with time."""

from dataclasses import replace

import pytest

from schema.http import budget
from schema.http.budget import Bucket, OverBudget, Turn
from schema.partner import Partner

PARTNER = Partner("portal", budget=100, restore=10, running=2)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(budget.time, "monotonic", lambda: now[0])
    return now


def test_what_was_not_needed_is_given_back(clock: list[float]) -> None:
    bucket = Bucket(PARTNER)
    with Turn(bucket) as turn:
        turn.pay(60)
        assert bucket.level == 39
        turn.end(11)
    assert bucket.level == 89
    assert bucket.spent == 11


def test_what_a_trusted_document_cost_is_charged_afterwards(clock: list[float]) -> None:
    bucket = Bucket(PARTNER)
    with Turn(bucket) as turn:
        turn.end(150)
    assert bucket.level == -50


def test_empty_bucket_refuses_and_says_when_to_come_back(clock: list[float]) -> None:
    bucket = Bucket(PARTNER)
    bucket.take(90)
    with pytest.raises(OverBudget, match="this may cost 35 and 10 are left; ask again in 3 s") as e:
        bucket.take(35)
    assert (e.value.code, e.value.seconds) == ("RATE_LIMITED", 3)
    assert e.value.extensions == {"cost": {"requested": 35, "available": 10, "restoreRate": 10}}
    clock[0] += 2.5
    bucket.take(35)
    assert bucket.level == 0


def test_what_can_never_be_paid_is_refused_for_good(clock: list[float]) -> None:
    with pytest.raises(OverBudget) as refused:
        Bucket(PARTNER).take(101)
    assert (refused.value.code, refused.value.seconds) == ("COST_LIMIT_EXCEEDED", None)


def test_a_partner_runs_so_many_operations_at_once(clock: list[float]) -> None:
    bucket = Bucket(PARTNER)
    with Turn(bucket), Turn(bucket), pytest.raises(OverBudget, match="2 operations"):
        Turn(bucket).__enter__()
    with Turn(bucket):
        assert bucket.running == 1


def test_turn_that_fails_ends_as_well(clock: list[float]) -> None:
    bucket = Bucket(PARTNER)
    with pytest.raises(ValueError, match="fault"), Turn(bucket):
        raise ValueError("fault")
    assert bucket.running == 0


def test_settling_takes_over_the_common_level_less_what_was_spent_meanwhile(
    clock: list[float],
) -> None:
    bucket = Bucket(PARTNER)
    bucket.take(30)
    told = bucket.spent
    bucket.take(5)
    bucket.settled(40.0, told)
    assert (bucket.level, bucket.spent) == (35, 5)


def test_headers_say_what_is_left_and_when_it_is_full(clock: list[float]) -> None:
    bucket = Bucket(replace(PARTNER, budget=1000))
    bucket.take(95)
    assert dict(bucket.headers) == {
        b"ratelimit": b'"cost";r=905;t=10',
        b"ratelimit-policy": b'"cost";q=1000;w=100',
    }
