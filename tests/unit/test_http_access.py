"""Without keys, only a request from this machine is answered, and only in development."""

from dataclasses import replace
from typing import Any

import pytest

from graph.database import Database
from graph.errors import InvalidRequest, InvalidSetting
from graph.settings import Settings
from graph.viewer import ADMINISTRATOR, ANYONE
from schema.access import Access, refuse_without_keys
from server import create_app

NO_DATABASE: Any = Database
HERE = {"client": ("127.0.0.1", 50000)}
LOCAL = {b"host": b"localhost:8000"}


@pytest.fixture
def access() -> Access:
    return Access(Settings(), NO_DATABASE)


@pytest.mark.parametrize(
    "changes",
    [
        {"development_viewer": "root"},
        {"development_viewer": "union:"},
        {"oidc_issuer": "https://issuer.test"},
    ],
)
def test_bad_settings_are_refused_before_anything_starts(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidSetting, match="JIANGPU_"):
        create_app(replace(Settings(), **changes))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
async def test_loopback_needs_no_key(host: str) -> None:
    await refuse_without_keys(replace(Settings(), host=host), NO_DATABASE)


def test_cursor_key_that_is_not_a_key_is_refused() -> None:
    with pytest.raises(InvalidSetting, match="JIANGPU_CURSOR_KEY"):
        create_app(replace(Settings(), cursor_key="short"))


@pytest.mark.parametrize("host", [b"localhost", b"127.0.0.1:8000", b"[::1]:8000", b"[::1]"])
async def test_this_machine_has_several_names(access: Access, host: bytes) -> None:
    assert (await access.asker(HERE, {b"host": host})).viewer is ADMINISTRATOR


@pytest.mark.parametrize(
    ("client", "host"),
    [
        (("192.168.1.3", 1), b"localhost"),
        (None, b"localhost"),
        (("127.0.0.1", 1), b"evil.test"),
        (("127.0.0.1", 1), b"localhost.evil.test:8000"),
        (("127.0.0.1", 1), b""),
    ],
)
async def test_other_machine_or_name_is_forbidden(access: Access, client: Any, host: bytes) -> None:
    with pytest.raises(InvalidRequest) as refused:
        await access.asker({"client": client}, {b"host": host})
    assert refused.value.code == "FORBIDDEN"


async def test_wish_wins_over_header_and_header_over_setting(access: Access) -> None:
    headers = {**LOCAL, b"jiangpu-viewer": b"public"}
    assert (await access.asker(HERE, headers)).viewer is ANYONE
    assert (await access.asker(HERE, headers, "administrator")).viewer is ADMINISTRATOR
