"""FIGURES: every number that the policy asks for, declared once each."""

from collections.abc import Mapping
from types import MappingProxyType

from graph.rules.figures import coverage, indicators, targets
from graph.rules.figures.declare import Figure

FIGURES: Mapping[str, Figure] = MappingProxyType(
    {f.code: f for f in (*targets.FIGURES, *coverage.FIGURES, *indicators.FIGURES)}
)
