"""The visit projects of a year: the best ones within the bands (V06, T07)."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InvalidRequest
from graph.plans.visits import Bands, Visit, choose_visits

VISITS = st.lists(
    st.builds(
        Visit,
        studio=st.sampled_from(["s1", "s2", "s3", "s4", "s5"]),
        expert=st.sampled_from(["e1", "e2", "e3"]),
        score=st.integers(0, 100).map(lambda n: n / 100),
        district=st.sampled_from(["东城", "西城"]),
        industry=st.sampled_from(["机械", "电子"]),
    ),
    max_size=8,
    unique_by=lambda v: (v.studio, v.expert),
)
NARROW = Bands(most_of_district=2, most_of_industry=3, most_of_expert=2)


def allowed(chosen: list[Visit], bands: Bands, projects: int) -> bool:
    most = {
        "studio": 1,
        "expert": bands.most_of_expert,
        "district": bands.most_of_district,
        "industry": bands.most_of_industry,
    }
    return len(chosen) <= projects and all(
        count <= limit
        for name, limit in most.items()
        for count in Counter(getattr(v, name) for v in chosen).values()
    )


@pytest.mark.policy("V06", "T07")
@settings(max_examples=15)
@given(VISITS)
def test_no_other_choice_within_the_bands_is_larger_or_better(visits: list[Visit]) -> None:
    chosen = choose_visits(visits, NARROW, projects=3)
    assert allowed(chosen, NARROW, 3)
    for size in range(4):
        for other in combinations(visits, size):
            if allowed(list(other), NARROW, 3):
                assert (len(other), round(sum(v.score for v in other), 6)) <= (
                    len(chosen),
                    round(sum(v.score for v in chosen), 6),
                )


def test_thirty_projects_are_spread_over_the_city() -> None:
    visits = [
        Visit(f"s{n}", f"e{n % 40}", 1 - n / 500, f"d{n % 16 if n > 100 else 0}", f"i{n % 9}")
        for n in range(400)
    ]
    chosen = choose_visits(visits, Bands(fewest_of_district=1))
    assert len(chosen) == 30
    districts = Counter(v.district for v in chosen)
    assert len(districts) == 16
    assert max(districts.values()) <= 4


def test_bands_that_cannot_be_met_are_refused() -> None:
    visit = Visit("s", "e", 1.0, "d", "i")
    with pytest.raises(InvalidRequest, match="lower them"):
        choose_visits([visit], Bands(fewest_of_district=2))
