"""Cursors: the sort values of a row, encrypted, and bound to one query and one viewer."""

import base64
import hashlib
from collections.abc import Sequence
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from graph.errors import InvalidRequest


class Cursors:
    """Seals and opens cursors. The same row in the same place always has the same cursor."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESSIV(hashlib.sha512(b"jiangpu cursors" + key).digest())

    def seal(self, values: Sequence[Any], binding: bytes) -> str:
        """The cursor of a row with these sort values."""
        sealed = self._cipher.encrypt(orjson.dumps(values), [binding])
        return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def open(self, cursor: str, binding: bytes, path: Sequence[str | int]) -> list[Any]:
        """The sort values in a cursor; raises InvalidRequest if it belongs somewhere else."""
        try:
            sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            return orjson.loads(self._cipher.decrypt(sealed, [binding]))
        except (InvalidTag, ValueError):
            raise InvalidRequest(
                "INVALID_CURSOR",
                "this cursor does not belong to this query, order or viewer; "
                "start again without it",
                path,
            ) from None
