"""Which encoding a body gets."""

import gzip

import pytest
import zstandard

from schema.http.compression import LEAST_BYTES, compressed

BODY = b'{"data":{"name":"text"}}' * 200


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        (b"gzip, deflate, br, zstd", b"zstd"),
        (b"gzip;q=1.0, identity; q=0.5", b"gzip"),
        (b"gzip, zstd;q=0", b"gzip"),
        (b"br", None),
        (b"identity", None),
        (None, None),
    ],
)
def test_better_encoding_of_those_accepted_is_taken(
    accepted: bytes | None, encoding: bytes | None
) -> None:
    body, headers = compressed(BODY, accepted)
    assert dict(headers).get(b"content-encoding") == encoding
    read = {b"zstd": zstandard.decompress, b"gzip": gzip.decompress, None: bytes}[encoding]
    assert read(body) == BODY


def test_small_bodies_stay_as_they_are() -> None:
    small = b"x" * (LEAST_BYTES - 1)
    assert compressed(small, b"gzip") == (small, ())
