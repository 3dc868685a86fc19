from datetime import date

import pytest

from graph.errors import InvalidRequest
from graph.matching.match_key import MatchKey

KEY = MatchKey("mentor", "mentor-2026.1", date(2026, 11, 24), "worker", "师傅")


def test_an_id_says_what_is_needed_to_compute_the_match_again() -> None:
    assert MatchKey.decoded(KEY.encoded) == KEY


@pytest.mark.parametrize("text", ["", "x", "!!!", "5LqU", KEY.encoded[:20], KEY.encoded + "é"])
def test_a_text_that_is_no_match_id_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest, match="not the id of a match"):
        MatchKey.decoded(text)
