"""Who asks. In development a request from this machine says it itself; keys are not built yet."""

import re
import time
from collections.abc import Mapping
from functools import lru_cache
from ipaddress import ip_address
from typing import Any

from graph.database import Database
from graph.errors import InvalidRequest, InvalidSetting
from graph.jurisdiction import FORMS, NAMED, is_form, viewer_of
from graph.settings import Settings
from graph.viewer import Viewer
from schema.partner import DEVELOPMENT, Asker
from schema.plan.documents import Recent

HEADER = "Jiangpu-Viewer"
_HEADER = HEADER.lower().encode()
_REMEMBERED_SECONDS = 60


def refuse_without_keys(settings: Settings) -> None:
    """Raise InvalidSetting where only keys could tell who asks, for there are none yet."""
    where = "in production" if settings.production else f"on {settings.host}"
    if settings.production or not _is_loopback(settings.host):
        raise InvalidSetting(
            f"to serve {where}, API keys or an issuer of tokens are needed, and neither is built "
            "yet; unset JIANGPU_PRODUCTION and listen on JIANGPU_HOST=127.0.0.1"
        )
    if not is_form(settings.development_viewer):
        raise InvalidSetting(
            f"JIANGPU_DEVELOPMENT_VIEWER: use {FORMS}, not {settings.development_viewer!r}"
        )


class Access:
    """Finds who asks."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._default = settings.development_viewer
        self._database = database
        self._bound: Recent[str, tuple[Viewer, float]] = Recent(256)

    async def asker(
        self, scope: Mapping[str, Any], headers: Mapping[bytes, bytes], wish: str | None = None
    ) -> Asker:
        """Whom the header, `wish` or the settings name; raises InvalidRequest FORBIDDEN."""
        client = scope["client"]
        host = headers.get(b"host", b"")
        if client is None or not _is_loopback(client[0]) or not _is_this_machine(host):
            raise InvalidRequest(
                "FORBIDDEN",
                "without keys only this machine may ask, under a name such as localhost",
            )
        if wish is None:
            header = headers.get(_HEADER)
            wish = self._default if header is None else header.decode("utf-8", "replace")
        viewer = NAMED.get(wish) or await self._of(wish)
        return Asker(viewer, viewer.name, DEVELOPMENT)

    async def _of(self, wish: str) -> Viewer:
        known = self._bound.recall(wish)
        if known is not None and time.monotonic() < known[1]:
            return known[0]
        if not is_form(wish):
            raise InvalidRequest("FORBIDDEN", f"{HEADER} is {FORMS}")
        viewer = await viewer_of(self._database, wish)
        if viewer is None:
            raise InvalidRequest("FORBIDDEN", f"there is nobody that {wish!r} could name")
        self._bound.keep(wish, (viewer, time.monotonic() + _REMEMBERED_SECONDS))
        return viewer


@lru_cache(maxsize=256)
def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@lru_cache(maxsize=256)
def _is_this_machine(host: bytes) -> bool:
    """Whether a Host header names it; a name of somebody's that leads here would let him read."""
    name = re.match(r"\[(?P<v6>.*)\]|(?P<name>[^:]*)", host.decode("latin-1"))
    return name is not None and _is_loopback(name["v6"] or name["name"])
