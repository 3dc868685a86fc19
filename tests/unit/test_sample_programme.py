from collections import Counter

from graph.lifecycles.operations import OPERATIONS
from loaders.sample.programme.play import written
from loaders.sample.programme.told import Call
from tests import programme


def test_no_two_calls_of_the_programme_make_the_same_record() -> None:
    cast = programme.cast(1)
    names = {name: name for name in cast.keys}
    steps = written(cast, names, {name: f"/{name}/" for name in names})
    calls = [step for step in steps if isinstance(step, Call)]
    assert len(calls) > 4000
    made = Counter(
        (call.operation, *[str(call.given.get(name)) for name in same])
        for call in calls
        if (same := OPERATIONS[call.operation].same)
    )
    assert [one for one, times in made.items() if times > 1] == []
