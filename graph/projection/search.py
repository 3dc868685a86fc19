"""Full text: what a person types, as a query that Lucene cannot misread, restricted to a viewer.

Words must all occur. A word of Latin letters or digits also finds longer words that begin with
it; one Han character finds every word that holds it; several find the same sequence of characters.
A score says how often the words stand in the node's own texts and how short these are: the same
for every viewer and whatever else is in the graph.
"""

import re
from collections.abc import Sequence
from typing import LiteralString

from graph.constraints import SCOPE_TOKENS, fulltext_index, searched
from graph.errors import InvalidRequest
from graph.model import Kind, NodeType, Owned
from graph.projection.access import visible
from graph.projection.fragment import Fragment
from graph.projection.personal import names_hidden
from graph.viewer import Viewer

MOST_WORDS = 64
MOST_HITS = 5000  # of a type
_LETTERS = re.compile(r"\w", re.UNICODE)
_LATIN = re.compile(r"[0-9A-Za-z]+")
_UNINDEXED = re.compile(  # by the analyzer `cjk`
    "a|and|are|as|at|be|but|by|for|if|in|into|is|it|no|not|of|on|or|s|such|t|that|the|their|then|"
    "there|these|they|this|to|was|will|with|www",
    re.IGNORECASE,
)
NOBODY: LiteralString = '"nobody"'


def words(text: str) -> list[str]:
    """The words of a query; raises InvalidRequest if there is nothing to look for."""
    found = [w for w in text.split() if _LETTERS.search(w)][:MOST_WORDS]
    if not found:
        raise InvalidRequest(
            "BAD_USER_INPUT", "there is no letter or digit to search for", ("query",)
        )
    return found


def lucene(text: str) -> str:
    """The Lucene query for what a person typed."""
    found = words(text)
    indexed = [w for w in found if not _UNINDEXED.fullmatch(w)]
    return " AND ".join(_word(w) for w in indexed or found)


def _word(word: str) -> str:
    quoted = '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if _LATIN.fullmatch(word):
        return f"({quoted} OR {word.lower()}*)"
    return f"*{word}*" if len(word) == 1 else quoted


def restricted(query: str, viewer: Viewer) -> str:
    """The query for owned types: scope tokens let the index itself restrict before it limits.

    Persons and organisations have no tokens: full text shows them public types only.
    """
    if viewer.sees_everything:
        return query
    prefixes = (*viewer.region_prefixes, *viewer.system_prefixes)
    tokens = " OR ".join(f'"{p.rstrip("/").rpartition("/")[2]}"' for p in prefixes)
    return f"({query}) AND {SCOPE_TOKENS}:({tokens or NOBODY})"


def statement(
    types: Sequence[NodeType],
    viewer: Viewer,
    shown: Fragment,
    *,
    bound: bool,
) -> LiteralString:
    """[[score, id, label, searched texts, shown] …], best first.

    Parameters: `query`, `restricted`, `words` in lower case, `most` (hits of a type to rank),
    `limit`, and with a bound `score` and `id` of the last hit seen; besides those of the viewer
    and the fragment.
    """
    hits = " UNION ALL ".join([_hits(t, viewer) for t in types])
    behind: LiteralString = (
        "WHERE score < $score OR (score = $score AND shown.id > $id) " if bound else ""
    )
    texts = " ".join([_texts(t, viewer) for t in types])
    return (
        f"CALL () {{ {hits} }} WITH shown, label, {_SCORE} AS score {behind}"
        f"ORDER BY score DESC, shown.id LIMIT $limit {shown.calls}"
        f"RETURN collect([score, shown.id, label, CASE label {texts} END, {shown.text}]) AS value"
    )


def _hits(t: NodeType, viewer: Viewer) -> LiteralString:
    """What full text finds of a type, ranked by what stands in the node's own texts.

    Lucene's scores rest on all that the index holds, so where nodes are hidden (`^0`) they may
    not even decide which hits are ranked.
    """
    allowed = visible(t, "shown", viewer)
    query: LiteralString = "$restricted" if isinstance(t.access, Owned) else "$query"
    if _nameless(t, viewer):
        fields: list[LiteralString] = [
            f"'{p.name}:(' + $query + ')'" for p in searched(t) if p.name not in t.personal
        ]
        query = " + ' OR ' + ".join(fields) or f"'{NOBODY}'"
    call: LiteralString = f"CALL db.index.fulltext.queryNodes('{fulltext_index(t)}', "
    found: LiteralString = (
        f"{call}'(' + {query} + ')^0') YIELD node AS shown WHERE {allowed} WITH shown LIMIT $most"
        if allowed
        else f"{call}{query}, {{limit: $most}}) YIELD node AS shown"
    )
    return f"{found} RETURN shown, '{t.label}' AS label, [{_weighed(t, viewer)}] AS weighed"


# Σ over texts and words of weight · n / (n + ½ + length / usual); n: how often the word occurs
_SCORE: LiteralString = (
    "reduce(total = 0.0, text IN weighed | reduce(sum = total, word IN $words | sum + text[0] * "
    "(1 - text[1] / (text[1] + size(split(text[2], word)) - 1))))"
)


def _weighed(t: NodeType, viewer: Viewer) -> LiteralString:
    """[weight, ½ + length / usual, text in lower case] of each text that counts."""
    parts: list[LiteralString] = []
    for p in searched(t):
        if _nameless(t, viewer) and p.name in t.personal:
            continue
        text: LiteralString = f"coalesce(shown.{p.name}, '')"
        if p.kind is Kind.STRINGS:
            text = f"reduce(s = '', x IN coalesce(shown.{p.name}, []) | s + ' ' + x)"
        weight, usual = ("1", "200.0") if p.kind is Kind.TEXT else ("2", "20.0")
        parts.append(f"[{weight}, 0.5 + size({text}) / {usual}, toLower({text})]")
    return ", ".join(parts)


def _nameless(t: NodeType, viewer: Viewer) -> bool:
    """Whether hits would tell whose they are; others find only whom they may know by name."""
    return viewer.sees_everything and names_hidden(t, viewer)


def _texts(t: NodeType, viewer: Viewer) -> LiteralString:
    nameless = _nameless(t, viewer)
    columns = ", ".join(
        ["null" if nameless and p.name in t.personal else f"shown.{p.name}" for p in searched(t)]
    )
    return f"WHEN '{t.label}' THEN [{columns}]"
