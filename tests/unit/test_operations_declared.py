"""Operations that contradict the model are refused when they are declared."""

from dataclasses import replace
from typing import Any

import pytest

from graph.errors import InvalidDeclaration
from graph.lifecycles.declare import Given, Operation, Reference, check
from graph.lifecycles.operations import OPERATIONS, possible
from graph.lifecycles.parties import FEDERATION, allowed, person
from graph.model import Property
from graph.viewer import ADMINISTRATOR, ANYONE, AUDITOR, Role, Viewer

SIGN = OPERATIONS["signAgreement"]


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"moves": {"AGREED": "MARRIED"}}, "no state 'MARRIED'"),
        ({"given": (Given(Property("weight", "Weight.")),)}, "'weight' is no property"),
        ({"sets": {"weight": 1}}, "'weight' is no property"),
        ({"locks": ("witness",)}, "'witness' is locked, but not bound"),
        ({"reaches": ("teachingRecords",), "locks": ()}, "no to-one relation 'teachingRecords'"),
        ({"same": ("witness_id",)}, "'witness_id' makes it the same, but is no input"),
        (
            {"references": (Reference("witness", "Angel", "Who saw it.", "witness"),)},
            "no relation 'witness'",
        ),
        ({"references": (Reference("witness", "Angel", "Who saw it."),)}, "no node type 'Angel'"),
    ],
)
def test_contradiction_is_named(wrong: dict[str, Any], complaint: str) -> None:
    with pytest.raises(InvalidDeclaration, match=f"signAgreement: {complaint}"):
        check((replace(SIGN, **wrong),))


def test_two_operations_of_one_name_are_refused() -> None:
    with pytest.raises(InvalidDeclaration, match="declared twice: signAgreement"):
        check((SIGN, SIGN))


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_record_is_the_same_by_its_inputs_or_a_rule_tells(operation: Operation) -> None:
    assert operation.moves or operation.same or operation.rules


def test_what_is_possible_from_a_state_is_what_the_moves_say() -> None:
    assert possible("MentoringAgreement", "AGREED") == [
        "declinePairing",
        "expirePairing",
        "signAgreement",
    ]
    assert possible("MentoringAgreement", "COMPLETED") == []


def test_only_roles_that_an_operation_names_have_a_way() -> None:
    herself = person("herself", "worker.id = $viewer_person")
    worker = Viewer(frozenset({Role.WORKER}), person="w")
    assert allowed((herself,), worker) == "(worker.id = $viewer_person)"
    assert allowed((FEDERATION,), worker) == "false"
    assert allowed((herself, FEDERATION), ANYONE) == "false"
    assert allowed((herself, FEDERATION), AUDITOR) == "false"
    assert allowed((), ADMINISTRATOR) == "true"
