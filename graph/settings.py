"""Settings, read once from JIANGPU_ variables; a misspelt name is an error, not silence."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType

from graph.errors import InvalidSetting

PREFIX = "JIANGPU_"


class Secret(str):
    """A string that does not print itself."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret('***')"


def _default_data_dir() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "jiangpu"


def _default_cache_dir() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "jiangpu"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may decide. Each field is JIANGPU_<NAME> in the environment."""

    database_uri: str | None = field(
        default=None, metadata={"help": "bolt:// or neo4j:// address; without it a local Neo4j"}
    )
    database_name: str = field(default="neo4j", metadata={"help": "name of the database"})
    database_user: str = field(default="neo4j", metadata={"help": "user of a given database"})
    database_password: Secret = field(
        default=Secret(""), metadata={"help": "password of a given database"}
    )
    data_dir: Path = field(
        default_factory=_default_data_dir, metadata={"help": "folder of the local Neo4j's data"}
    )
    cache_dir: Path = field(
        default_factory=_default_cache_dir, metadata={"help": "folder of what is downloaded once"}
    )
    maven_repository: str = field(
        default="https://repo1.maven.org/maven2",
        metadata={"help": "mirror for the Neo4j server's jars"},
    )
    npm_registry: str = field(
        default="https://registry.npmjs.org", metadata={"help": "mirror for the IDE's two packages"}
    )
    neo4j_home: Path | None = field(
        default=None,
        metadata={"help": "an unpacked Neo4j distribution, for networks without Maven"},
    )
    neo4j_version: str = field(
        default="5.26", metadata={"help": "which locked server the program brings up: 5.26 or 2026"}
    )
    neo4j_learn: bool = field(
        default=False,
        metadata={"help": "1 keeps what Java learns of a run: ends slowly, later ones start fast"},
    )
    database_port: int = field(
        default=0, metadata={"help": "port of the local Neo4j on loopback; 0 takes a free one"}
    )
    constraints: str = field(
        default="apply",
        metadata={"help": "apply | check: at start, create what is missing or fail"},
    )
    host: str = field(default="127.0.0.1", metadata={"help": "address the API listens on"})
    port: int = field(default=8000, metadata={"help": "port the API listens on"})
    production: bool = field(
        default=False,
        metadata={"help": "1 refuses development keys and leaves synthetic nodes out"},
    )
    cursor_key: Secret = field(
        default=Secret(""),
        metadata={"help": "32 bytes in hex that encrypt cursors; else per process"},
    )
    development_viewer: str = field(
        default="administrator",
        metadata={"help": "who an unauthenticated request on loopback is, while not in production"},
    )
    origins: tuple[str, ...] = field(
        default=(),
        metadata={"help": "origins of portals that may ask from a browser, separated by spaces"},
    )
    http_profile: str = field(
        default="audit",
        metadata={"help": "audit | draft: statuses of today, or of the newer GraphQL over HTTP"},
    )
    oidc_issuer: str = field(
        default="", metadata={"help": "issuer of bearer tokens, as in their `iss` (OpenID Connect)"}
    )
    oidc_audience: str = field(
        default="", metadata={"help": "the audience that tokens for this API carry in `aud`"}
    )
    oidc_keys: Path | None = field(
        default=None, metadata={"help": "file with the issuer's JWKS, instead of discovery"}
    )
    oidc_algorithms: tuple[str, ...] = field(
        default=("RS256", "ES256", "EdDSA"),
        metadata={"help": "algorithms that tokens may be signed with, separated by spaces"},
    )
    oidc_leeway_seconds: float = field(
        default=30.0, metadata={"help": "how far the issuer's clock may differ from ours"}
    )
    query_seconds: float = field(default=10.0, metadata={"help": "time limit of one statement"})

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read the variables; raises InvalidSetting for an unknown name or unusable value."""
        given = {
            name: value
            for name, value in (os.environ if environment is None else environment).items()
            if name.startswith(PREFIX)
        }
        known = {PREFIX + f.name.upper(): f.name for f in fields(cls)}
        for name in given:
            if name not in known:
                raise InvalidSetting(
                    f"{name} is not a setting; known are {', '.join(sorted(known))}"
                )
        values = {known[name]: _convert(name, value) for name, value in given.items()}
        return replace(cls(), **values)  # pyright: ignore[reportArgumentType]

    @property
    def environment(self) -> dict[str, str]:
        """The variables from which another process reads the same settings."""
        values = {PREFIX + f.name.upper(): getattr(self, f.name) for f in fields(self)}
        return {name: _written(value) for name, value in values.items() if value is not None}


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return str(int(value)) if isinstance(value, bool) else str(value)


def _convert(name: str, value: str) -> object:
    convert = _CONVERSIONS.get(name.removeprefix(PREFIX).lower(), str)
    try:
        return convert(value)
    except ValueError as error:
        raise InvalidSetting(f"{name}: {error}") from error


def _flag(value: str) -> bool:
    if value not in {"0", "1", ""}:
        raise ValueError(f"use 1 or 0, not {value!r}")
    return value == "1"


def _path(value: str) -> Path:
    return Path(value).expanduser().absolute()


def _choice(*allowed: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"use {' or '.join(allowed)}, not {value!r}")
        return value

    return check


_CONVERSIONS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "database_password": Secret,
        "cursor_key": Secret,
        "data_dir": _path,
        "cache_dir": _path,
        "neo4j_home": _path,
        "origins": lambda value: tuple(value.split()),
        "oidc_algorithms": lambda value: tuple(value.split()),
        "oidc_keys": _path,
        "oidc_leeway_seconds": float,
        "port": int,
        "database_port": int,
        "query_seconds": float,
        "neo4j_learn": _flag,
        "production": _flag,
        "neo4j_version": _choice("5.26", "2026"),
        "constraints": _choice("apply", "check"),
        "http_profile": _choice("audit", "draft"),
    }
)
