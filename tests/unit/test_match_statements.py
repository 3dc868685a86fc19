"""The statements of every job, as texts."""

import re
from collections import Counter
from typing import Any

import pytest

from graph.matching import JOBS
from graph.matching.candidates import candidates, sight
from graph.matching.explanation import explanations
from graph.matching.job import Job
from graph.model import MODEL, Owned
from graph.viewer import ADMINISTRATOR, Role, Viewer

UNION = Viewer(frozenset({Role.UNION}), ("/m/east/",))
NOBODY = Viewer(frozenset({Role.PUBLIC}))
OWNED = "|".join(t.label for t in MODEL.node_types if isinstance(t.access, Owned))
BOUND = re.compile(rf"\((\w+):(?:Node:)?(?:{OWNED})\b")

jobs = pytest.mark.parametrize("job", JOBS.values(), ids=list(JOBS))


def texts(job: Job[Any], viewer: Viewer) -> list[str]:
    see = sight(viewer)
    return [candidates(job, see), explanations(job, see, {})]


@jobs
def test_every_pattern_that_reaches_an_owned_node_is_restricted(job: Job[Any]) -> None:
    for text in texts(job, UNION):
        for variable, patterns in Counter(BOUND.findall(text)).items():
            predicate = f"{variable}.region_path STARTS WITH $region_0"
            assert text.count(predicate) >= patterns, (variable, text)


@jobs
def test_an_administrator_needs_no_restriction(job: Job[Any]) -> None:
    assert not any("region_path" in text for text in texts(job, ADMINISTRATOR))


@jobs
def test_who_belongs_to_no_union_reaches_no_owned_node(job: Job[Any]) -> None:
    for text in texts(job, NOBODY):
        assert text.count("false") >= len(set(BOUND.findall(text)))


@jobs
def test_prefixes_never_stand_in_a_text(job: Job[Any]) -> None:
    other = Viewer(frozenset({Role.UNION}), ("/m/west/",))
    assert texts(job, UNION) == texts(job, other)
    assert not any("/m/" in text for text in texts(job, UNION))


@jobs
def test_each_anchor_and_each_path_is_bounded(job: Job[Any]) -> None:
    first, second = texts(job, ADMINISTRATOR)
    assert first.upper().count("LIMIT") >= first.count("AS closeness")
    assert "*]" not in first + second
    assert second.count("LIMIT") >= len(job.evidence)
