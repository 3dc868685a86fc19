"""Who asks: the bearer of an API key or token; in development, whom a request from here names.

What is known of a key or login is used for at most two seconds and then read anew, so that a
revocation takes effect within two seconds. At most 4,096 of each are kept in memory, by their
SHA-256; keys that are not good are remembered apart from them.
"""

import asyncio
import hashlib
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from ipaddress import ip_address
from typing import Any

from graph import clock
from graph.database import Database
from graph.errors import GraphError, InvalidRequest, InvalidSetting
from graph.jurisdiction import FORMS, NAMED, is_form, viewer_of
from graph.logins import bound_form
from graph.partners import PREFIX, any_live_key, holder, key_id, settle_uses
from graph.settings import Settings
from graph.viewer import ANYONE, Viewer
from schema import tokens
from schema.partner import DEVELOPMENT, Asker, Partner
from schema.plan.documents import Recent
from schema.tokens import Tokens, refused

HEADER = "Jiangpu-Viewer"
SIGN_IN = "Authorization"
KNOWN_SECONDS = 2.0
_HEADER = HEADER.lower().encode()
_BEARER = re.compile(r"bearer +(?P<token>[\w.~+/=-]{1,16384})", re.IGNORECASE)
_REMEMBERED_SECONDS = 60
_MOST_KNOWN = 4096


def refuse_bad_settings(settings: Settings) -> None:
    """Raise InvalidSetting where the settings about who asks are of no use."""
    if not is_form(settings.development_viewer):
        raise InvalidSetting(
            f"JIANGPU_DEVELOPMENT_VIEWER: use {FORMS}, not {settings.development_viewer!r}"
        )
    if settings.oidc_issuer:
        tokens.check(settings)


async def refuse_without_keys(settings: Settings, database: Database) -> None:
    """Raise InvalidSetting where only a key or token could tell who asks, and there are none."""
    where = "in production" if settings.production else f"on {settings.host}"
    if not settings.production and _is_loopback(settings.host):
        return
    if not settings.oidc_issuer and not await any_live_key(database, clock.now()):
        raise InvalidSetting(
            f"to serve {where}, there must be an API key (jiangpu partner create) or an issuer of "
            "tokens (JIANGPU_OIDC_ISSUER); for development unset JIANGPU_PRODUCTION and listen "
            "on JIANGPU_HOST=127.0.0.1"
        )


@dataclass(frozen=True, slots=True)
class _Known:
    """Whom a key or token is for, and until when that holds without a look (monotonic seconds)."""

    asker: Asker
    until: float


class Access:
    """Finds who asks."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._development = replace(DEVELOPMENT, seconds=settings.query_seconds)
        self._tokens = Tokens(settings) if settings.oidc_issuer else None
        self._bound: Recent[str, tuple[Viewer, float]] = Recent(256)
        self._known: Recent[bytes, _Known] = Recent(_MOST_KNOWN)
        self._unknown: Recent[bytes, float] = Recent(_MOST_KNOWN)
        self._verified: Recent[bytes, tuple[str, float]] = Recent(_MOST_KNOWN)
        self._used: dict[str, datetime] = {}

    async def asker(
        self,
        scope: Mapping[str, Any],
        headers: Mapping[bytes, bytes],
        wish: str | None = None,
        signed_in: str | None = None,
    ) -> Asker:
        """Whom a key or token is for; without, in development, whom header or settings name.

        `wish` and `signed_in` stand for the headers where there are none, as on a WebSocket.
        Raises InvalidRequest UNAUTHENTICATED or FORBIDDEN.
        """
        given = headers.get(b"authorization")
        text = signed_in if given is None else given.decode("latin-1")
        if text is not None:
            return await self._bearer(text)
        if self._settings.production or not _is_loopback(self._settings.host):
            raise refused("send the header Authorization: Bearer, with an API key or a token")
        return await self._developer(scope, headers, wish)

    async def _bearer(self, text: str) -> Asker:
        found = _BEARER.fullmatch(text)
        if found is None:
            raise refused("Authorization has the form: Bearer <API key or token>")
        token = found["token"]
        digest = hashlib.sha256(token.encode()).digest()
        now = time.monotonic()
        known = self._known.recall(digest)
        if known is None or known.until < now:
            if (unknown := self._unknown.recall(digest)) is not None and now < unknown:
                raise refused(_NOT_GOOD)
            is_key = token.startswith(PREFIX)
            known = await (self._holder(token, digest) if is_key else self._login(token, digest))
            self._known.keep(digest, known)
        if (name := key_id(token)) is not None:
            self._used[name] = clock.now()
        return known.asker

    async def _holder(self, key: str, digest: bytes) -> _Known:
        now = clock.now()
        found = await holder(self._database, key, now)
        viewer = await viewer_of(self._database, found[0].viewer) if found else None
        if found is None or viewer is None:
            self._known.pop(digest, None)
            self._unknown.keep(digest, time.monotonic() + KNOWN_SECONDS)
            raise refused(_NOT_GOOD)
        partner, expires = found
        left = (expires - now).total_seconds()
        until = time.monotonic() + min(KNOWN_SECONDS, left)
        return _Known(self._asker(viewer, partner, f"{partner.name} ({viewer.name})"), until)

    async def _login(self, token: str, digest: bytes) -> _Known:
        if self._tokens is None:
            raise refused(_NOT_GOOD)
        self._known.pop(digest, None)
        verified = self._verified.recall(digest)
        if verified is None:
            verified = self._verified.keep(digest, await self._tokens.login(token))
        login, ends = verified
        left = ends - time.time()
        if left < 0:
            raise refused("the token has expired")
        form = await bound_form(self._database, login)
        viewer = await viewer_of(self._database, form) if form else None
        partner = Partner(f"login {login[:12]}")
        until = time.monotonic() + min(KNOWN_SECONDS, left)
        return _Known(self._asker(viewer or ANYONE, partner, f"login:{login}"), until)

    def _asker(self, viewer: Viewer, partner: Partner, name: str) -> Asker:
        seen = replace(
            viewer,
            name=name,
            sees_synthetic=not self._settings.production,
            reads=None if partner.reads is None else frozenset(partner.reads),
            writes=None if partner.writes is None else frozenset(partner.writes),
        )
        return Asker(seen, name, partner)

    async def settle(self) -> None:
        """Keep when keys were last used; no request waits for it."""
        used, self._used = self._used, {}
        if used:
            await settle_uses(self._database, used)

    async def _developer(
        self, scope: Mapping[str, Any], headers: Mapping[bytes, bytes], wish: str | None
    ) -> Asker:
        client = scope["client"]
        host = headers.get(b"host", b"")
        if client is None or not _is_loopback(client[0]) or not _is_this_machine(host):
            raise InvalidRequest(
                "FORBIDDEN",
                "without a key only this machine may ask, under a name such as localhost",
            )
        if wish is None:
            header = headers.get(_HEADER)
            default = self._settings.development_viewer
            wish = default if header is None else header.decode("utf-8", "replace")
        viewer = NAMED.get(wish) or await self._of(wish)
        return Asker(viewer, viewer.name, self._development)

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


async def until_revoked(asker: Asker, again: Callable[[], Awaitable[Asker]]) -> None:
    """Wait until asking `again` who asks gives nobody, or somebody who may see something else."""
    while True:
        await asyncio.sleep(KNOWN_SECONDS)
        try:
            now = (await again()).viewer
        except InvalidRequest:
            return
        except GraphError:
            continue  # nobody can see anything meanwhile
        then = asker.viewer
        if (now.roles, now.scope, now.reads) != (then.roles, then.scope, then.reads):
            return


_NOT_GOOD = "the key or token is not good, or no longer"


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
