"""Bearer tokens: what is verified, and that every way to forge one is refused alike."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jwt
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from graph.errors import InvalidRequest, InvalidSetting
from graph.logins import login_digest
from graph.settings import Settings
from schema import tokens as module
from schema.tokens import Tokens

ISSUER = "https://issuer.test"
RSA_KEY = rsa.generate_private_key(65537, 2048)
OTHER_KEY = rsa.generate_private_key(65537, 2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())


def jwks(**keys: Any) -> bytes:
    rows: list[Any] = []
    for name, key in keys.items():
        algorithm = RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else ECAlgorithm
        rows.append({**algorithm.to_jwk(key.public_key(), as_dict=True), "kid": name})
    return orjson.dumps({"keys": rows})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    path = tmp_path / "jwks.json"
    path.write_bytes(jwks(one=RSA_KEY, two=EC_KEY))
    return replace(Settings(), oidc_issuer=ISSUER, oidc_audience="jiangpu", oidc_keys=path)


def token(
    key: Any = RSA_KEY, kid: str | None = "one", algorithm: str = "RS256", **claims: Any
) -> str:
    now = int(time.time())
    usual = {"iss": ISSUER, "aud": "jiangpu", "sub": "someone", "exp": now + 60, "iat": now}
    merged = {k: v for k, v in {**usual, **claims}.items() if v is not None}
    return jwt.encode(merged, key, algorithm, headers={"kid": kid} if kid else {})


async def refusal(settings: Settings, text: str) -> str:
    with pytest.raises(InvalidRequest) as refused:
        await Tokens(settings).login(text)
    assert refused.value.code == "UNAUTHENTICATED"
    assert "someone" not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize(
    "made",
    [token, lambda: token(EC_KEY, "two", "ES256"), lambda: token(aud=["x", "jiangpu"])],
)
async def test_good_token_names_its_login(settings: Settings, made: Callable[[], str]) -> None:
    login, _ = await Tokens(settings).login(made())
    assert login == login_digest(ISSUER, "someone")


def unsigned(**header: Any) -> str:
    return jwt.encode({"iss": ISSUER}, None, "none", headers={"kid": "one", **header})


FORGED: dict[str, Callable[[], str]] = {
    "issuer": lambda: token(iss="https://evil.test"),
    "audience": lambda: token(aud="other"),
    "no audience": lambda: token(aud=None),
    "no expiry": lambda: token(exp=None),
    "no subject": lambda: token(sub=None),
    "expired": lambda: token(exp=int(time.time()) - 31),
    "not yet": lambda: token(nbf=int(time.time()) + 120),
    "none": unsigned,
    "unknown kid": lambda: token(kid="three"),
    "no kid": lambda: token(kid=None),
    "other key": lambda: token(OTHER_KEY),
    "other kind of key": lambda: token(kid="two"),
    "shared secret": lambda: token("a secret of thirty-two bytes....", algorithm="HS256"),
    "algorithm not chosen": lambda: token(algorithm="RS512"),
    "not a token": lambda: "jp.not.atoken",
    "empty": lambda: "..",
}


@pytest.mark.parametrize("kind", FORGED)
async def test_forged_token_is_refused(settings: Settings, kind: str) -> None:
    await refusal(settings, FORGED[kind]())


async def test_clock_of_the_issuer_may_differ_a_little(settings: Settings) -> None:
    now = int(time.time())
    await Tokens(settings).login(token(exp=now - 20, nbf=now + 20))


async def test_rotated_key_is_found_and_unknown_ones_are_not_fetched_again_and_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.oidc_keys is not None
    verifier, reads = Tokens(settings), 0
    await verifier.login(token())
    fetched = verifier._fetched

    async def counted() -> Any:
        nonlocal reads
        reads += 1
        return await fetched()

    monkeypatch.setattr(verifier, "_fetched", counted)
    settings.oidc_keys.write_bytes(jwks(three=OTHER_KEY))
    for _ in range(3):
        with pytest.raises(InvalidRequest):
            await verifier.login(token(OTHER_KEY, "three"))
    assert reads == 0, "read a moment ago"
    verifier._read -= module._PAUSE_SECONDS
    await verifier.login(token(OTHER_KEY, "three"))
    with pytest.raises(InvalidRequest):
        await verifier.login(token())
    assert reads == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"oidc_audience": ""},
        {"oidc_issuer": "http://issuer.test"},
        {"oidc_algorithms": ("HS256",)},
        {"oidc_algorithms": ("none",)},
        {"oidc_algorithms": ()},
        {"oidc_keys": Path("/nowhere")},
    ],
)
def test_settings_that_open_a_door_are_refused(settings: Settings, changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidSetting, match="JIANGPU_OIDC"):
        Tokens(replace(settings, **changes))
