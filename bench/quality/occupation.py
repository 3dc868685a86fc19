"""Occupation: a job title as employers write it asks for its entry in the dictionary.

Names lose the marks S (digital) and L (green) at their end. Only entries of the lowest level
compete; titles labelled with another code are left out. Labels are silver: about one in six is
wrong. With --train, labelled titles of that file are examples, too.
"""

import argparse
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.quality.exam import FOLDS, Case, Exam, Fold, say
from bench.quality.figures import TITLES, Vector
from bench.quality.reading import Unreadable, table
from graph.matching.encoders import Encoder, encoder
from graph.matching.learning import Judged, folds
from loaders.title_examples import FEATURES as LABELLED
from loaders.title_examples import Examples, Labelled, examples
from loaders.titles import FEATURES, VERSION, WEIGHTS, Occupation, TitleMap, clean

Grids = NDArray[np.float32]

MARKS = re.compile(r"[\sSL/]+$")
LOWEST_LEVEL = "4"
NEAREST = 150  # candidates of a labelled title that are learned from, the right one besides
LOWEST = re.compile(r"\d-\d\d-\d\d-(?!00)\d\d$")


@dataclass(frozen=True, slots=True)
class Titles:
    """Job titles with the place of their occupation."""

    titles: Sequence[str]
    occupations: Sequence[int]
    left_out: int

    @property
    def labelled(self) -> Labelled:
        """As examples."""
        return Labelled(self.titles, self.occupations)

    def chosen(self, rows: Sequence[int]) -> "Titles":
        """Some of them."""
        return Titles([self.titles[n] for n in rows], [self.occupations[n] for n in rows], 0)


def read_dictionary(file: Path) -> list[Occupation]:
    """The entries of the lowest level, each code once."""
    found: dict[str, Occupation] = {}
    for row in table(file, "code", "name"):
        code = MARKS.sub("", row["code"])
        lowest = row["level"] == LOWEST_LEVEL if row.get("level") else LOWEST.match(code)
        if lowest and code not in found:
            name = MARKS.sub("", row["name"])
            others = [MARKS.sub("", a) for a in re.split(r"[,，、;；]", row.get("alias", ""))]
            names = list(dict.fromkeys([name, *filter(None, others)]))
            text = f"{row.get('definition', '')} {row.get('tasks', '')}"
            found[code] = Occupation(code, names, text)
    if not found:
        raise Unreadable(f"{file}: no code of the lowest level, such as 6-18-01-01")
    return list(found.values())


def read_titles(file: Path, places: Mapping[str, int]) -> Titles:
    """The labelled titles whose code is in the dictionary."""
    rows = table(file, "job_name", "expected_code")
    known = [
        (row["job_name"], places[code])
        for row in rows
        if (code := MARKS.sub("", row["expected_code"]).strip()) in places
    ]
    return Titles([title for title, _ in known], [at for _, at in known], len(rows) - len(known))


def exam(given: argparse.Namespace) -> Exam:
    """Every title measured against every entry."""
    entries = read_dictionary(given.dictionary)
    places = {o.key: n for n, o in enumerate(entries)}
    titles = read_titles(given.cases, places)
    say(f"comparing {len(titles.titles)} titles with {len(entries)} entries")
    room = TitleMap(entries, _remembering(encoder(given.encoder)))
    values = room.measure(titles.titles)
    train = read_titles(given.train, places) if given.train else None
    return Exam(
        given.job,
        (*FEATURES, *(LABELLED if train else ())),
        VERSION,
        WEIGHTS,
        TITLES,
        cases(titles, values, entries),
        {"code not in the dictionary": titles.left_out},
        partial(lessons, room, titles, values, train) if train else None,
    )


def _remembering(encoder: Encoder | None) -> Encoder | None:
    """The same encoder, which encodes each text once however many folds ask for it."""
    if encoder is None:
        return None
    known: dict[str, Grids] = {}

    def encode(texts: Sequence[str]) -> Grids:
        if new := [text for text in dict.fromkeys(texts) if text not in known]:
            known.update(zip(new, encoder.encode(new), strict=True))
        return np.array([known[text] for text in texts])

    return replace(encoder, encode=encode)


def lessons(room: TitleMap, titles: Titles, values: Grids, train: Titles) -> Iterator[Fold]:
    """Each fold of titles with what the labelled titles of other groups tell of them.

    The training titles are measured as if each had been left out.
    """
    asked, known = list(map(clean, titles.titles)), list(map(clean, train.titles))
    shared = set(asked) & set(known)
    fold_of = folds([*asked, *known], FOLDS) if shared else dict.fromkeys(asked, 0)
    names = [name for o in room.occupations for name in o.names]
    of_name = [n for n, o in enumerate(room.occupations) for _ in o.names]
    for fold in sorted(set(map(fold_of.__getitem__, asked))):
        rows = [n for n, title in enumerate(known) if not shared or fold_of[title] != fold]
        taught = examples(
            train.chosen(rows).labelled, names, of_name, len(room.occupations), room.encoder
        )
        places = [n for n, title in enumerate(asked) if fold_of[title] == fold]
        learnt = taught.measure([titles.titles[n] for n in places])
        tested = [
            Judged(
                asked[n], np.concatenate((values[n], learnt[row]), axis=1), titles.occupations[n]
            )
            for row, n in enumerate(places)
        ]
        yield Fold(places, tested, _own(taught, room), _start())


def _own(taught: Examples, room: TitleMap) -> list[Judged]:
    """The labelled titles, each under the label that it has most often, with its NEAREST."""
    right = np.asarray(taught.answers.argmax(axis=1)).ravel().tolist()
    both = np.concatenate((room.measure(taught.titles), taught.measure_own()), axis=2)
    return [_nearest(Judged(t, both[n], right[n])) for n, t in enumerate(taught.titles)]


def _nearest(question: Judged) -> Judged:
    """The same, with the candidates that the starting weights put first and the right one last."""
    scores = question.values @ _start()
    scores[question.right] = -np.inf
    nearest = np.argsort(-scores, kind="stable")[: min(NEAREST, len(scores) - 1)]
    values = question.values[[*nearest.tolist(), question.right]]
    return replace(question, values=values, right=len(nearest))


def _start() -> Vector:
    return np.concatenate((WEIGHTS, np.ones(len(LABELLED))))


def cases(titles: Titles, values: Grids, entries: Sequence[Occupation]) -> list[Case]:
    """Each title with its features; equal titles after cleaning are one group.

    All that the blind row knows of an entry is how much it says.
    """
    size = np.array([len(o.text) + sum(map(len, o.names)) for o in entries], dtype=np.float64)
    return [
        Case(
            f"{title} {entries[at].key}", entries[at].key, Judged(clean(title), of_title, at), size
        )
        for title, at, of_title in zip(titles.titles, titles.occupations, values, strict=True)
    ]
