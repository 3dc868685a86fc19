"""Errors keep their codes; what nobody foresaw is told under an id only."""

import logging
import re

import pytest
from graphql import GraphQLError

from graph.errors import GraphUnavailable, InvalidRequest, StatementFailed
from schema.errors import CODES
from schema.http.outcome import refusal, refused, result
from schema.http.profile import STATUSES
from schema.plan.documents import Refused
from schema.plan.engine import Response

SECRET = "张三, 11010119900307123X"


def fault() -> Exception:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        return error


def test_response_without_errors_is_its_data() -> None:
    assert result(Response({"a": 1}, [])) == {"data": {"a": 1}}


def test_error_with_a_code_is_told_as_it_is() -> None:
    error = GraphQLError("too slow", path=["workers"], extensions={"code": "TOO_SLOW"})
    told = result(Response({"workers": None}, [error]))["errors"]
    assert told == [
        {"message": "too slow", "path": ["workers"], "extensions": {"code": "TOO_SLOW"}}
    ]


def test_refusal_gives_its_code_to_errors_that_have_none() -> None:
    own = GraphQLError("own", extensions={"code": "INVALID_CURSOR"})
    told = refused(Refused([GraphQLError("no"), own], "BAD_USER_INPUT"))
    codes = [error["extensions"]["code"] for error in told["errors"]]
    assert codes == ["BAD_USER_INPUT", "INVALID_CURSOR"]
    assert "data" not in told


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InvalidRequest("FORBIDDEN", "no"), "FORBIDDEN"),
        (GraphUnavailable("gone"), "UNAVAILABLE"),
        (StatementFailed("Neo.ClientError.Statement.SyntaxError"), "INTERNAL_SERVER_ERROR"),
        (fault(), "INTERNAL_SERVER_ERROR"),
    ],
)
def test_every_error_has_a_documented_code(error: Exception, code: str) -> None:
    found, [told] = refusal(error)
    assert (found, told["extensions"]) == (code, {"code": code})
    assert code in CODES


def test_every_status_belongs_to_a_documented_code() -> None:
    assert set(STATUSES) <= set(CODES)


@pytest.mark.parametrize("wrapped", [True, False])
def test_fault_is_masked_and_the_log_tells_where_but_not_what(
    caplog: pytest.LogCaptureFixture, wrapped: bool
) -> None:
    caplog.set_level(logging.INFO)
    if wrapped:
        error = GraphQLError(f"cannot show {SECRET}", original_error=fault(), path=["worker"])
        [told] = result(Response(None, [error]))["errors"]
        assert told["path"] == ["worker"]
    else:
        _, [told] = refusal(fault())
    found = re.fullmatch(r"a fault of ours; the log has it under ([0-9a-f]{12})", told["message"])
    assert found is not None
    assert found[1] in caplog.text
    assert "ValueError" in caplog.text
    assert "in fault" in caplog.text
    assert SECRET not in caplog.text
