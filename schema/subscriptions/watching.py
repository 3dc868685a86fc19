"""What is found for saved searches, and targets that are reached or lost again."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import strawberry

from graph.database import Row
from graph.rules.figures.count import Count
from graph.viewer import ADMINISTRATOR
from graph.watching.searches import JOBS, VERB
from graph.watching.targets import LOST, REACHED, counts
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import INTERFACES, OBJECTS
from schema.derived.scalars_of import enum_of
from schema.plan.ask import Ask
from schema.subscriptions.following import AFTER, Asked, Place, Told, follow, place_of, told
from schema.types.figures import COUNT, FIGURE_CODE


@dataclass(frozen=True, slots=True)
class Found:
    """One node that a search has found."""

    id: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class News:
    """What a search has found that the viewer may be shown."""

    found: Sequence[Found]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A target that is reached, or lost again."""

    figure: str
    year: int
    reached: bool
    count: Count


def match_found(ask: Ask) -> AsyncIterator[Told]:
    """Answer `matchFound`."""
    search = ask.given.get("search_id")

    def concerns(event: Row) -> bool:
        return event["verb"] == VERB and search in {None, event["subjects"][0]}

    return follow(ask, "matchFound", concerns, _news)


async def _news(ask: Ask, shared: Asked, events: Sequence[Row]) -> Mapping[Place, News]:
    searches = tuple(sorted({event["subjects"][0] for event in events}))
    seen = await shared.of_viewer(searches, partial(ask.visible, "SavedSearch", searches))
    news: dict[Place, News] = {}
    for event in events:
        search, *ids = event["subjects"]
        if search not in seen:
            continue
        label = JOBS[event["fields"][0]].shown
        may = await shared.of_viewer((label, tuple(ids)), partial(ask.proposable, label, ids))
        if shown := [identifier for identifier in ids if identifier in may]:
            nodes = await shared.of_wish(
                tuple(shown), partial(ask.each, "FoundMatch", "node", shown)
            )
            values = await shared.of_wish(search, partial(ask.fetch, search=search))
            found = [Found(identifier, nodes[identifier]) for identifier in shown]
            news[place_of(event)] = News(found, values)
    return news


def target_crossed(ask: Ask) -> AsyncIterator[Told]:
    """Answer `targetCrossed`."""
    return follow(ask, "targetCrossed", lambda e: e["verb"] in {REACHED, LOST}, _crossings)


async def _crossings(ask: Ask, shared: Asked, events: Sequence[Row]) -> Mapping[Place, Crossing]:
    crossings: dict[Place, Crossing] = {}
    for event in events:
        code, year = event["fields"]
        count = await shared.of_viewer((code, year), partial(_same_for_all, ask, code, int(year)))
        if count is not None:
            reached = event["verb"] == REACHED
            crossings[place_of(event)] = Crossing(code, int(year), reached, count)
    return crossings


async def _same_for_all(ask: Ask, code: str, year: int) -> Count | None:
    """The figure, if the viewer counts what those count who see everything; else None."""
    [own] = await counts(ask.database, [code], year, ask.viewer, ask.now)
    if own.withheld:
        return None
    everything = replace(ADMINISTRATOR, sees_synthetic=ask.viewer.sees_synthetic)
    [all_] = await counts(ask.database, [code], year, everything, ask.now)
    return own.counts[0] if own.counts[0] == all_.counts[0] else None


SUBSCRIPTIONS = (
    asked(
        "matchFound",
        made(
            "MatchFound",
            "What a saved search has found and had not found before.",
            *told(
                field("search", OBJECTS["SavedSearch"] | None, "The search as it is now."),
                field(
                    "found",
                    list[
                        made(
                            "FoundMatch",
                            "A candidate; its match field has score and reasons.",
                            field("id", strawberry.ID, "Its id."),
                            field(
                                "node",
                                INTERFACES["Node"] | None,
                                "The candidate, if you may see more of it than a match shows.",
                            ),
                        )
                    ],
                    "Best first; who may not be shown any more is left out.",
                ),
            ),
        ),
        "What the saved searches that you see find, within minutes of its being there.",
        match_found,
        argument("search_id", strawberry.ID, "Only this search."),
        AFTER,
    ),
    asked(
        "targetCrossed",
        made(
            "TargetCrossed",
            "That a target of this year is reached, or lost again.",
            *told(
                field("figure", enum_of(FIGURE_CODE), "Which."),
                field("year", int, "The year."),
                field("reached", bool, "True if it is reached, false if it is lost again."),
                field("count", COUNT, "The figure now."),
            ),
        ),
        "Targets of the year that are reached or lost again, for who sees all that they count.",
        target_crossed,
        AFTER,
    ),
)
