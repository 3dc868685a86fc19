"""Likeness of the names of organisations: which rare words they share, as sister firms do."""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

RAREST = 0.5  # weight of a word in the names of few organisations
_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]{2,}")
_NO_NAME = re.compile(
    r"\(合成\)|第\d+|股份有限公司|有限责任公司|有限公司|北京市?"
    r"|(?:东城|西城|朝阳|海淀|丰台|石景山|门头沟|房山|通州|顺义|大兴|昌平|平谷|怀柔|密云|延庆)区?"
)
"""What a Chinese name says of place, number and legal form; it also parts what stands beside it."""


@lru_cache(maxsize=50_000)
def name_words(name: str) -> frozenset[str]:
    """Lower-cased words, and pairs of neighbouring Han characters but for places and forms."""
    text = _NO_NAME.sub(" ", unicodedata.normalize("NFKC", name).casefold())
    pairs = ("".join(pair) for run in _HAN.findall(text) for pair in pairwise(run))
    return frozenset([*_WORD.findall(text), *pairs])


@cache
def word_weights() -> Mapping[str, float]:
    """Word -> 1 / (1 + ln(organisations with it)), 0 for very common ones; all but rare words."""
    weights: dict[str, float] = {}
    for line in files("graph.matching").joinpath("name_words.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            weight, _, listed = line.partition("\t")
            weights.update(dict.fromkeys(listed.split(), float(weight)))
    return weights


def likeness(name: str) -> Callable[[str], float]:
    """How like another name is: 1 - exp(-Σ weight of the words in common), 0 to below 1."""
    weights = word_weights()
    own = {word: weights.get(word, RAREST) for word in name_words(name)}

    def like(other: str) -> float:
        return 1 - math.exp(-sum(own[word] for word in name_words(other) & own.keys()))

    return like
