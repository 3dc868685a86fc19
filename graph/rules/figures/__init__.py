"""FIGURES: every number that the policy asks for, declared once each."""

from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType

from graph.rules.figures import coverage, effects, indicators, targets
from graph.rules.figures.declare import Figure

FIGURES: Mapping[str, Figure] = MappingProxyType(
    {
        f.code: f
        for f in chain.from_iterable(s.FIGURES for s in (targets, coverage, indicators, effects))
    }
)
