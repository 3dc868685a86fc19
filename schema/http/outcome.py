"""What goes back: results as bytes, errors with their codes, faults of ours under an id only."""

import logging
import re
import secrets
import traceback
from collections.abc import Iterator
from typing import Any

import orjson
from graphql import GraphQLError

from graph.errors import JiangpuError
from schema.errors import code_of
from schema.plan.documents import Refused
from schema.plan.engine import Response

log = logging.getLogger(__name__)

_FAULT = "INTERNAL_SERVER_ERROR"


def result(response: Response) -> dict[str, Any]:
    """What a response is in JSON."""
    if not response.errors:
        return {"data": response.data}
    return {"data": response.data, "errors": [_told(error, _FAULT) for error in response.errors]}


def refusal(error: Exception, *, suggests: bool = False) -> tuple[str, list[dict[str, Any]]]:
    """Code and errors, in JSON, of a request that was not executed, or not to its end.

    What a misspelt name may have meant is only said if `suggests`: it would tell the schema.
    """
    match error:
        case Refused():
            told = [_told(e, error.code) for e in error.errors]
            return error.code, told if suggests else [_without_suggestion(t) for t in told]
        case JiangpuError():
            code = code_of(error)
            return code, [_told(GraphQLError(str(error), original_error=error), code)]
        case _:
            return _FAULT, [_told(GraphQLError("", original_error=error), _FAULT)]


def refused(error: Exception) -> dict[str, Any]:
    """The same as a result without data."""
    return {"errors": refusal(error)[1]}


def encoded(value: object) -> bytes:
    """Any of these as bytes."""
    return orjson.dumps(value)


def _told(error: GraphQLError, code: str) -> dict[str, Any]:
    """An error as clients see it; what nobody gave a code is a fault, whose text may tell much."""
    told: dict[str, Any] = {**error.formatted}
    extensions: dict[str, Any] = {"code": code, **(error.extensions or {})}
    if extensions["code"] == _FAULT:
        told["message"] = f"a fault of ours; the log has it under {_logged(error)}"
        extensions = {"code": _FAULT}
    return {**told, "extensions": extensions}


def _without_suggestion(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "message": _SUGGESTION.sub("", told["message"])}


_SUGGESTION = re.compile(r" Did you mean .*\?$", re.DOTALL)


def _logged(error: GraphQLError) -> str:
    """Log the way to an error, without the texts that could hold personal data; its id there."""
    fault = secrets.token_hex(6)
    log.error("fault %s at %s: %s", fault, error.path, "\n".join(_causes(error)))
    log.debug("fault %s: %s", fault, error)
    return fault


def _causes(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        text = f": {error}" if isinstance(error, JiangpuError) else ""
        frames = "".join(traceback.format_tb(error.__traceback__))
        yield f"{type(error).__name__}{text}\n{frames}".rstrip()
        error = getattr(error, "original_error", None) or error.__cause__ or error.__context__
