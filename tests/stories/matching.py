"""Weights of matches: proposed, put in force, followed by others, retired."""

from tests.stories.told import CITY, Call, Story

_PLACE_COUNTS = ["gap_coverage=0.3", "occupation=0.2", "record=0.1", "place=0.3", "methods=0.1"]
_MENTOR = {"job": "MENTOR", "grounds": "委员会决定", "weights": _PLACE_COUNTS}


def _propose(version: str) -> Call:
    return Call("proposeWeights", {**_MENTOR, "name": version}, version, CITY)


def _step(operation: str, version: str) -> Call:
    return Call(operation, {"weights_version_id": f"${version}"}, by=CITY)


STORY = Story(
    "RETURN 1",
    (
        _propose("first"),
        _propose("second"),
        _step("activateWeights", "first"),
        _step("activateWeights", "second"),
        _step("retireWeights", "second"),
    ),
    {
        "two versions in force": """
            MATCH (w:WeightsVersion {state: 'ACTIVE'}) WITH w.job AS job, count(*) AS n
            WHERE n > 1 RETURN job AS id""",
    },
)
