"""The named public sources, in the order in which they build on each other."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from loaders.rows import Part
from loaders.sources import (
    companies_cn,
    csco,
    esco_onet,
    isic4,
    openalex_topics,
    patentsview_cn,
    regions_cn,
    sbir_awards,
    skills_competition_facts,
)


class Source(Protocol):
    """A module that turns the files of one folder into parts."""

    @property
    def NAME(self) -> str:  # noqa: N802 - constants of a module
        """Also the name of its folder."""
        ...

    @property
    def TITLE(self) -> str:  # noqa: N802
        """What it is, in a line."""
        ...

    @property
    def ATTRIBUTION(self) -> str:  # noqa: N802
        """Whom to name when it is shown or passed on."""
        ...

    @property
    def FILES(self) -> tuple[str, ...]:  # noqa: N802
        """The files it reads; each of their rows is counted once."""
        ...

    def read(self, directory: Path) -> Iterator[Part]:
        """The parts of the files in a folder, nodes before what links them."""
        ...


_MODULES: tuple[Source, ...] = (
    regions_cn,
    isic4,
    csco,
    esco_onet,
    openalex_topics,
    companies_cn,
    patentsview_cn,
    sbir_awards,
    skills_competition_facts,
)
SOURCES: Mapping[str, Source] = {source.NAME: source for source in _MODULES}

# Beside the sources lie labelled pairs: answers for tests and benches, which nothing loads.
LABELLED: Mapping[str, str] = {
    "job_title_to_csco.csv": "job titles with silver labels",
    "senior_junior_coinvention.csv": "names without ids: a proxy for masters and apprentices",
}
