"""From the graph to arrays: two long reads, of apprentices and of masters, by the same rules."""

import asyncio
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, LiteralString

import numpy as np
from numpy.typing import NDArray

from graph.cypher import Cypher
from graph.database import Database
from graph.matching.candidates import ALL_KNOWN, Days, weighed
from graph.matching.mentoring import APPRENTICE, MENTOR
from graph.plans.lists import Weights
from graph.plans.people import (
    MOST_SKILLS,
    NONE,
    Apprentices,
    Held,
    Int32,
    Int64,
    Masters,
    Occupations,
    People,
    Ragged,
)
from graph.plans.requirements import weightiest
from graph.plans.vocabulary import Vocabulary, nearness, occupations_of, read_vocabulary
from graph.plans.whom import Scope, apprentices_text, masters_text
from graph.rules.matching import weights_in_force
from graph.viewer import Viewer

_BOUNDS = ("", "8", "~")  # ids are random hex: these bounds part them evenly
_MOST_TAUGHT = 4


@dataclass(frozen=True, slots=True)
class Census:
    """How many apprentices are in scope, and why some of them are not planned for."""

    considered: int
    without_consent: int
    already_paired: int
    left_out: int


async def read_people(
    database: Database, scope: Scope, viewer: Viewer, days: Days
) -> tuple[People, Census]:
    """Everyone in scope whom the viewer sees and the hard limits allow."""
    known = await read_vocabulary(database)
    parameters: Mapping[str, Any] = {
        "occupations": known.occupations,
        "skills": known.skills,
        "districts": known.districts,
        "scope": scope.path,
        "masters_scope": scope.masters_path or scope.path,
        "named": list(scope.named) or None,
        "left_out": list(scope.left_out),
        "pinned": list(scope.pinned),
        "most_taught": _MOST_TAUGHT,
        "most_skills": MOST_SKILLS,
        **days.parameters,
        **viewer.parameters,
    }
    apprentices_read, masters_read = _Read(), _Read()
    await apprentices_read.all(database, apprentices_text(viewer, scope), parameters)
    await masters_read.all(database, masters_text(viewer, scope), parameters)
    turn = {worker: n for n, worker in enumerate(scope.named)}
    apprentices, masters = _apprentices(apprentices_read, turn), _masters(masters_read)
    occupations = occupations_of(known)
    masters, does = _doing(masters, list(masters_read.texts), occupations, known)
    reasons = apprentices_read.reasons
    census = Census(
        len(apprentices_read.ids) + reasons.total(),
        reasons["WITHOUT_CONSENT"],
        reasons["ALREADY_PAIRED"],
        reasons["LEFT_OUT"],
    )
    people = People(
        occupations,
        apprentices,
        masters,
        nearness(known),
        wishes=list(apprentices_read.texts),
        does=does,
        chosen=_own_lists(apprentices_read, apprentices.ids, masters.ids),
        choosing=_own_lists(masters_read, masters.ids, apprentices.ids),
    )
    return people, census


class _Read:
    """Rows of a long read, taken apart as they arrive: a row for each person in flat columns."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.reasons: Counter[str] = Counter()
        self.texts: dict[str, int] = {}
        self.preferred: dict[str, Sequence[str]] = {}
        self.figures = array("i")  # _FIGURES a person
        self.counts = array("i")
        self.skills = array("i")  # 8 * skill + level
        self.more = array("i")
        self.more_counts = array("i")

    async def all(
        self, database: Database, text: LiteralString, parameters: Mapping[str, Any]
    ) -> None:
        """Read in several sessions at once."""
        parts = [{"low": low, "high": high} for low, high in pairwise(_BOUNDS)]
        await asyncio.gather(*[self._part(database, text, {**parameters, **p}) for p in parts])

    async def _part(
        self, database: Database, text: LiteralString, parameters: Mapping[str, Any]
    ) -> None:
        async with database.stream(Cypher(text, parameters, name="people of a plan")) as rows:
            async for row in rows:
                self._take(row["row"])

    def _take(self, row: Sequence[Any]) -> None:
        reason, identifier, figures, skills, more, text, preferred = row
        if reason is not None:
            self.reasons[reason] += 1
            return
        self.ids.append(identifier)
        if preferred:
            self.preferred[identifier] = preferred
        self.figures.extend([*figures, self.texts.setdefault(text, len(self.texts))])
        self.skills.extend(skills)
        self.counts.append(len(skills))
        self.more.extend(more)
        self.more_counts.append(len(more))

    def table(self) -> Int32:
        """The figures, a row a person."""
        return np.array(self.figures, dtype=np.int32).reshape(len(self.ids), -1)

    def held(self, order: NDArray[np.intp]) -> Held:
        """Skills of the persons in that order, ascending within each."""
        entries = np.array(self.skills, dtype=np.int32)
        begin, values = _reordered(np.array(self.counts, dtype=np.int64), entries, order)
        owner = np.repeat(np.arange(len(order)), np.diff(begin))
        values = values[np.lexsort((values, owner))]
        return Held(begin, values >> 3, (values & 7).astype(np.int8))


def _own_lists(read: _Read, whose: Sequence[str], others: Sequence[str]) -> dict[int, list[int]]:
    """Row of who wrote a list -> rows of those on it who take part."""
    if not read.preferred:
        return {}
    rows, found = ({i: n for n, i in enumerate(ids)} for ids in (whose, others))
    return {
        rows[one]: [found[i] for i in listed if i in found]
        for one, listed in read.preferred.items()
    }


def _reordered(counts: Int64, entries: Int32, order: NDArray[np.intp]) -> tuple[Int64, Int32]:
    """Lists end to end, in another order of their owners."""
    begin = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    chosen = counts[order]
    target = np.concatenate([[0], np.cumsum(chosen)]).astype(np.int64)
    offset = np.repeat(begin[:-1][order] - target[:-1], chosen)
    return target, entries[np.arange(target[-1]) + offset]


def _apprentices(read: _Read, turn: Mapping[str, int]) -> Apprentices:
    ids = np.array(read.ids, dtype=np.str_)
    asked = np.array([turn.get(i, 0) for i in read.ids]) if turn else np.zeros(len(ids))
    order = np.lexsort((ids, asked))
    level, occupation, district, wish = read.table()[order].T if len(ids) else _nobody(4)
    empty = read.texts.get("", NONE)
    return Apprentices(
        ids=ids[order].tolist(),
        occupation=occupation.copy(),
        level=level.astype(np.int8),
        district=district.copy(),
        held=read.held(order),
        wish=np.where(wish == empty, NONE, wish).astype(np.int32),
    )


def _masters(read: _Read) -> Masters:
    ids = np.array(read.ids, dtype=np.str_)
    table = read.table() if len(ids) else np.zeros((0, 8), dtype=np.int32)
    order = np.lexsort((ids, table[:, 6]))
    engaged, district, places, completed, ended, methods, _, titles = table[order].T
    begin, taught = _reordered(
        np.array(read.more_counts, dtype=np.int64), np.array(read.more, dtype=np.int32), order
    )
    return Masters(
        ids=ids[order].tolist(),
        engaged=engaged.astype(np.int8),
        places=places.copy(),
        district=district.copy(),
        held=read.held(order),
        teaches=Ragged(begin, taught),
        completed=completed.copy(),
        ended=ended.copy(),
        methods=methods.copy(),
        does=titles.copy(),
    )


def _doing(
    masters: Masters, titles: Sequence[str], occupations: Occupations, known: Vocabulary
) -> tuple[Masters, list[str]]:
    """What each master does, as a question puts it: occupations, skills, achievements."""
    texts: dict[str, int] = {}
    built: dict[tuple[bytes, int], int] = {}
    rows = np.zeros(len(masters), dtype=np.int32)
    for n in range(len(masters)):
        taught = masters.teaches.of(n)
        key = taught.tobytes(), int(masters.does[n])
        if key not in built:
            names = [known.rows[o][4] for o in taught.tolist()]
            skills = [known.skill_names[s] for s in weightiest(occupations.required, taught)]
            text = "".join(" " + name for name in (*names, *skills)) + titles[key[1]]
            built[key] = texts.setdefault(text, len(texts))
        rows[n] = built[key]
    return replace(masters, does=rows), list(texts)


def _nobody(columns: int) -> list[Int32]:
    return [np.zeros(0, dtype=np.int32) for _ in range(columns)]


async def read_weights(database: Database) -> Weights:
    """The weights of both sides that are in force."""
    parameters = {"weights_version": None, "known_at": ALL_KNOWN}
    stored = await database.value(Cypher(_IN_FORCE, parameters, name="weights in force"))
    return Weights(
        *(weighed(j.model, None, s) for j, s in zip((MENTOR, APPRENTICE), stored, strict=True))
    )


_IN_FORCE: LiteralString = (
    f"RETURN [{weights_in_force(MENTOR.name)}, {weights_in_force(APPRENTICE.name)}]"
)
