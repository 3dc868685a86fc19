"""Codes of errors that a client can act on; everything else is masked."""

from collections.abc import Mapping

from graph.errors import (
    GraphError,
    GraphUnavailable,
    InvalidRequest,
    JiangpuError,
    TooLarge,
    TooSlow,
)

CODES: Mapping[str, str] = {
    "GRAPHQL_PARSE_FAILED": "The document is not GraphQL. Mend it where the location points.",
    "GRAPHQL_VALIDATION_FAILED": "The document asks for what the schema does not have.",
    "OPERATION_RESOLUTION_FAILURE": "The operation named is not in the document.",
    "BAD_USER_INPUT": "An argument or a variable has a value that cannot be used.",
    "NOT_FOUND": "There is no such node, or you may not see it.",
    "INVALID_CURSOR": "The cursor belongs to another query, order or viewer. Start without it.",
    "LIMIT_EXCEEDED": "The document asks for too much at once. Split it or page through it.",
    "COST_LIMIT_EXCEEDED": "The document may cost more than can ever be saved up. Ask for less.",
    "RATE_LIMITED": "The partner has spent what it may for now. Wait as Retry-After says.",
    "DOCUMENT_NOT_FOUND": "No document is registered under this documentId.",
    "DOCUMENT_NOT_TRUSTED": "This partner may send registered documents only.",
    "PERSISTED_QUERY_NOT_FOUND": "The hash is not known here. Send it once with the query.",
    "PERSISTED_QUERY_NOT_SUPPORTED": "The extension persistedQuery has a form not known here.",
    "INTROSPECTION_DISABLED": "This partner may not ask about the schema. Read the file instead.",
    "IDEMPOTENCY_KEY_MISSING": "This partner's mutations need the header Idempotency-Key.",
    "IDEMPOTENCY_KEY_REUSED": "The key came with another request before. Take a new one.",
    "BAD_REQUEST": "The request is not GraphQL over HTTP: it cannot be read.",
    "MALFORMED_REQUEST": "The JSON can be read, but is no GraphQL request.",
    "METHOD_NOT_ALLOWED": "Mutations need POST.",
    "NOT_ACCEPTABLE": "None of the media types in Accept can be had.",
    "UNSUPPORTED_MEDIA_TYPE": "A body is JSON in UTF-8, with the header Content-Type.",
    "REQUEST_TOO_LARGE": "The body is larger than allowed. Send less at once.",
    "UNAUTHENTICATED": "There is no key or token, or it is not good. Get a new one; do not repeat.",
    "FORBIDDEN": "Who asks is not known here, or asks from where that is not allowed.",
    "TOO_SLOW": "The question ran into its time limit. Filter more or ask for less.",
    "TOO_LARGE": "The question ran into its memory limit. Ask for less at once.",
    "UNAVAILABLE": "The database does not answer. Try again in a moment.",
    "INTERNAL_SERVER_ERROR": "A fault of ours; the log has it under the id in the message.",
}

_KINDS: tuple[tuple[type[JiangpuError], str], ...] = (
    (TooSlow, "TOO_SLOW"),
    (TooLarge, "TOO_LARGE"),
    (GraphUnavailable, "UNAVAILABLE"),
    (GraphError, "INTERNAL_SERVER_ERROR"),
)


def code_of(error: JiangpuError) -> str:
    """The code that clients see for an error of ours."""
    if isinstance(error, InvalidRequest):
        return error.code
    return next((code for kind, code in _KINDS if isinstance(error, kind)), "BAD_USER_INPUT")
