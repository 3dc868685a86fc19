"""STORIES: every operation in its place, slice by slice."""

from collections.abc import Mapping

<<<<<<< HEAD
from tests.stories import jobs, mentoring
from tests.stories.told import Story

STORIES: Mapping[str, Story] = {"mentoring": mentoring.STORY, "jobs": jobs.STORY}
=======
from tests.stories import mentoring, studios
from tests.stories.told import Story

STORIES: Mapping[str, Story] = {
    "mentoring": mentoring.STORY,
    "studios": studios.STORY,
}
>>>>>>> aac6395 (Studios: nomination, naming, review, withdrawal; projects in three steps, grants, exchange, rules)
