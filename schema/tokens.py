"""Bearer tokens of an OpenID Connect issuer: verified with its keys, algorithms pinned.

Keys come from a JWKS file, or by discovery from the issuer. They are read anew every ten minutes,
and sooner when a token names a key that is not among them, but not more often than every ten
seconds, whoever sends such tokens.
"""

import asyncio
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import jwt
import orjson

from graph.errors import InvalidRequest, InvalidSetting
from graph.logins import login_digest
from graph.settings import Settings

SIGNING = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
_KEPT_SECONDS = 600.0
_PAUSE_SECONDS = 10.0
_FETCH_SECONDS = 5.0
_MOST_BYTES = 1 << 20


def refused(why: str) -> InvalidRequest:
    """The refusal of a token or key; it says nothing of whose it is."""
    return InvalidRequest("UNAUTHENTICATED", why)


class Tokens:
    """Verifies the tokens of one issuer for one audience."""

    def __init__(self, settings: Settings) -> None:
        self._issuer = settings.oidc_issuer
        self._audience = settings.oidc_audience
        self._algorithms = list(settings.oidc_algorithms)
        self._leeway = settings.oidc_leeway_seconds
        self._file = settings.oidc_keys
        self._keys: Mapping[str, jwt.PyJWK] = {}
        self._read = -_KEPT_SECONDS
        self._reading = asyncio.Lock()
        check(settings)

    async def login(self, token: str) -> tuple[str, float]:
        """The login that a token is for, and when the token ends (seconds since 1970).

        Raises InvalidRequest UNAUTHENTICATED, or UNAVAILABLE where the issuer gives no keys.
        """
        key = await self._key(token)
        try:
            claims = jwt.decode(
                token,
                key,
                algorithms=self._algorithms,
                audience=self._audience,
                issuer=self._issuer,
                leeway=self._leeway,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise refused(_WHY.get(type(error), "the token is not good")) from None
        return login_digest(claims["iss"], claims["sub"]), float(claims["exp"]) + self._leeway

    async def _key(self, token: str) -> jwt.PyJWK:
        try:
            header = jwt.get_unverified_header(token)
        except jwt.PyJWTError:
            raise refused("the token is not a JSON Web Token") from None
        if header.get("alg") not in self._algorithms:
            raise refused("the token is signed with an algorithm that is not allowed")
        name = header.get("kid")
        if name not in self._keys or self._age() > _KEPT_SECONDS:
            await self._refresh()
        key = self._keys.get(name) if isinstance(name, str) else None
        if key is None:
            raise refused("the token names a key that the issuer does not have")
        return key

    def _age(self) -> float:
        return time.monotonic() - self._read

    async def _refresh(self) -> None:
        async with self._reading:
            if self._age() < _PAUSE_SECONDS:
                return
            self._read = time.monotonic()
            try:
                found = await self._fetched()
            except (httpx.HTTPError, OSError, ValueError, KeyError, TypeError):
                if not self._keys:
                    raise InvalidRequest(
                        "UNAVAILABLE", "the issuer of tokens gives no keys"
                    ) from None
                return
            self._keys = _signing_keys(found)

    async def _fetched(self) -> Any:
        if self._file is not None:
            return orjson.loads(await asyncio.to_thread(self._file.read_bytes))
        async with httpx.AsyncClient(timeout=_FETCH_SECONDS, follow_redirects=False) as client:
            at = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
            described = await _json(client, at)
            if described["issuer"] != self._issuer:
                raise ValueError(at)
            return await _json(client, _safe(described["jwks_uri"]))


async def _json(client: httpx.AsyncClient, url: str) -> Any:
    response = (await client.get(url)).raise_for_status()
    if len(response.content) > _MOST_BYTES:
        raise ValueError(url)
    return orjson.loads(response.content)


def _signing_keys(found: Any) -> dict[str, jwt.PyJWK]:
    keys: dict[str, jwt.PyJWK] = {}
    for row in found["keys"]:
        if row.get("use", "sig") != "sig" or "kid" not in row:
            continue
        try:
            keys[row["kid"]] = jwt.PyJWK(row)
        except jwt.PyJWTError:
            continue  # of a kind that we do not know
    return keys


def _safe(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise ValueError(url)
    return url


def check(settings: Settings) -> None:
    """Raise InvalidSetting where the settings of the issuer do not fit together."""
    unknown = sorted(set(settings.oidc_algorithms) - SIGNING)
    if unknown or not settings.oidc_algorithms:
        raise InvalidSetting(
            f"JIANGPU_OIDC_ALGORITHMS: {', '.join(unknown) or 'none'} cannot be used; "
            f"choose among {' '.join(sorted(SIGNING))}"
        )
    if not settings.oidc_audience:
        raise InvalidSetting("JIANGPU_OIDC_AUDIENCE must name us as the issuer does")
    try:
        _safe(settings.oidc_issuer)
    except ValueError:
        raise InvalidSetting("JIANGPU_OIDC_ISSUER must begin with https://") from None
    if settings.oidc_keys is not None and not Path(settings.oidc_keys).is_file():
        raise InvalidSetting(f"JIANGPU_OIDC_KEYS: there is no file {settings.oidc_keys}")


_WHY: Mapping[type[Exception], str] = {
    jwt.ExpiredSignatureError: "the token has expired",
    jwt.ImmatureSignatureError: "the token is not good yet",
    jwt.InvalidAudienceError: "the token is for another audience",
    jwt.InvalidIssuerError: "the token is of another issuer",
    jwt.MissingRequiredClaimError: "the token lacks one of exp, iss, aud and sub",
    jwt.InvalidSignatureError: "the token's signature does not fit",
}
