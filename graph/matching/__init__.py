"""Matching: candidates, features, scores and reasons; JOBS is the one list of its questions."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from graph.matching.courses import COURSE
from graph.matching.flow import OPTION
from graph.matching.job import Job
from graph.matching.mentoring import APPRENTICE, MENTOR
from graph.matching.research import RESEARCH, STUDIO
from graph.matching.studios import COMPLEMENT, PEER
from graph.matching.transfer import ENTERPRISE_SOLUTION, SOLUTION, TRANSFER

JOBS: Mapping[str, Job[Any]] = MappingProxyType(
    {
        job.name: job
        for job in (
            MENTOR,
            APPRENTICE,
            RESEARCH,
            STUDIO,
            TRANSFER,
            SOLUTION,
            ENTERPRISE_SOLUTION,
            PEER,
            COMPLEMENT,
            COURSE,
            OPTION,
        )
    }
)
