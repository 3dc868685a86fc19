"""STORIES: every operation in its place, slice by slice."""

from collections.abc import Mapping

from tests.stories import (
    cases,
    competitions,
    honours,
    incentives,
    jobs,
    matching,
    mentoring,
    pairing,
    plans,
    programme,
    sources,
    studios,
    support,
    transfer,
)
from tests.stories.told import Story

STORIES: Mapping[str, Story] = {
    "mentoring": mentoring.STORY,
    "incentives": incentives.STORY,
    "studios": studios.STORY,
    "competitions": competitions.STORY,
    "support": support.STORY,
    "transfer": transfer.STORY,
    "pairing": pairing.STORY,
    "jobs": jobs.STORY,
    "honours": honours.STORY,
    "associations": honours.ASSOCIATIONS,
    "training": programme.TRAINING,
    "publicity": programme.PUBLICITY,
    "programme": programme.STORY,
    "plans": plans.STORY,
    "matching": matching.STORY,
    "cases": cases.STORY,
    "sources": sources.STORY,
}
