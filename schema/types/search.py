"""Full-text search over everything that has words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

import strawberry

from graph.constraints import searched
from graph.cypher import Cypher
from graph.model import MODEL, NodeType
from graph.projection.search import MOST_HITS, lucene, restricted, statement, words
from graph.viewer import Viewer
from schema.asked import asked
from schema.derived.fields import argument, camel, field, made
from schema.derived.objects import INTERFACES, MOST, USUAL, PageInfo
from schema.derived.scalars_of import described, python_enum
from schema.plan.ask import Ask
from schema.plan.pages import plain

SEARCHED = {t.label: t for t in MODEL.node_types if searched(t)}
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Range:
    """Offsets in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Highlight:
    """Where the words stand in one searched property."""

    property: str
    text: str
    hits: Sequence[Range]


@dataclass(frozen=True, slots=True)
class Hit:
    """One node found."""

    cursor: str
    score: float
    highlights: Sequence[Highlight]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits."""

    edges: Sequence[Hit]
    page_info: PageInfo


async def search(ask: Ask) -> Hits:
    """Answer the root field `search`."""
    given: str = ask.given["query"]
    size = ask.first(USUAL, MOST)
    labels = plain(ask.given.get("types")) or list(SEARCHED)
    types = [SEARCHED[label] for label in dict.fromkeys(labels)]
    binding = ask.binding("search", given, *labels)
    bound = ask.after(binding)
    shown = ask.rows("SearchEdge", "node", "shown")
    query = lucene(given)
    found = words(given)
    parameters: dict[str, Any] = {
        "query": query,
        "restricted": restricted(query, ask.viewer),
        "words": [word.lower() for word in found],
        "most": MOST_HITS,
        "limit": size + 1,
        "score": bound[0] if bound else 0,
        "id": bound[1] if bound else "",
        **ask.viewer.parameters,
        **shown.fragment.parameters,
    }
    on = bound is not None
    text: LiteralString = ask.kept(
        lambda: statement(types, ask.viewer, shown.fragment, bound=on), "search", *labels, on
    )
    cypher = Cypher(text, parameters, name="search")
    rows: list[Any] = await ask.database.value(cypher)
    ask.shown.extend(hit for row in rows[:size] if (hit := _personal(row, ask.viewer)))
    edges = [
        Hit(
            ask.cursors.seal([row[0], row[1]], binding),
            row[0],
            highlights(SEARCHED[row[2]], row[3], found),
            shown.values(row[4]),
        )
        for row in rows[:size]
    ]
    first, last = (edges[0].cursor, edges[-1].cursor) if edges else (None, None)
    info = PageInfo(
        has_next_page=len(rows) > size,
        has_previous_page=bound is not None,
        start_cursor=first,
        end_cursor=last,
    )
    return Hits(edges, info)


def _personal(row: Sequence[Any], viewer: Viewer) -> tuple[str, tuple[str, ...]] | None:
    """Id and names of personal properties whose texts a hit shows, for the log of accesses."""
    t = SEARCHED[row[2]]
    texts = zip(searched(t), row[3], strict=True)
    names = tuple(p.name for p, text in texts if p.name in t.personal and text is not None)
    return (row[1], names) if names and row[1] != viewer.person else None


def highlights(t: NodeType, texts: Sequence[Any], found: Sequence[str]) -> list[Highlight]:
    """The pieces of the searched texts where the words of a query stand."""
    pattern = re.compile("|".join(re.escape(w) for w in found), re.IGNORECASE)
    pieces: list[Highlight] = []
    for p, value in zip(searched(t), texts, strict=True):
        for text in value if isinstance(value, list) else [value or ""]:
            hit = pattern.search(text)
            if hit is None:
                continue
            start = max(0, hit.start() - _AROUND)
            piece = text[start : hit.end() + _AROUND]
            ranges = [Range(m.start(), m.end()) for m in pattern.finditer(piece)]
            pieces.append(Highlight(camel(p.name), piece, ranges))
    return pieces


_TYPES = strawberry.enum(
    python_enum(
        "SearchType",
        {
            t.label: strawberry.enum_value(t.label, description=described(t.description, t.zh))
            for t in SEARCHED.values()
        },
    ),
    name="SearchType",
    description="Types that full text covers.",
)
_RANGE = made(
    "TextRange",
    "Part of a text, in characters.",
    field("start", int, "First character, from 0."),
    field("end", int, "Behind the last character."),
)
_HIGHLIGHT = made(
    "Highlight",
    "A piece of a text in which words of the query stand.",
    field("property", str, "Field that holds the text."),
    field("text", str, "The piece."),
    field("hits", list[_RANGE], "Where the words stand in the piece."),
)
_EDGE = made(
    "SearchEdge",
    "One node found.",
    field("cursor", str, "Place of this hit: give it as `after`."),
    field("score", float, "How often the words stand in its own texts, and how short these are."),
    field("highlights", list[_HIGHLIGHT], "Why it was found."),
    field("node", INTERFACES["Node"], "The node."),
)
_CONNECTION = made(
    "SearchConnection",
    "A page of hits, best first.",
    field("edges", list[_EDGE], "Hits of the page."),
    field("page_info", PageInfo, "Where the page lies."),
)

QUERIES = (
    asked(
        "search",
        _CONNECTION,
        "Full text over names, titles and texts, in Chinese and English. All words must occur. "
        f"Of each type at most {MOST_HITS} hits are ranked.",
        search,
        argument("query", str, "Words, separated by spaces.", required=True),
        argument("types", list[_TYPES], "Only these types."),
        argument("first", int, f"So many ({USUAL} by default, {MOST} at most)."),
        argument("after", str, "Behind this cursor."),
    ),
)
