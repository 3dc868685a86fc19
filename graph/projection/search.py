"""Full text: what a person types, as a query that Lucene cannot misread, restricted to a viewer.

Words must all occur. A word of Latin letters or digits also finds longer words that begin with
it; one Han character finds every word that holds it; several find the same sequence of characters.
"""

import re
from collections.abc import Sequence
from typing import LiteralString

from graph.constraints import SCOPE_TOKENS, fulltext_index, searched
from graph.errors import InvalidRequest
from graph.model import NodeType, Owned
from graph.projection.access import names_hidden, visible
from graph.projection.fragment import Fragment
from graph.viewer import Viewer

MOST_WORDS = 64
_LETTERS = re.compile(r"\w", re.UNICODE)
_LATIN = re.compile(r"[0-9A-Za-z]+")
NOBODY: LiteralString = '"nobody"'


def words(text: str) -> list[str]:
    """The words of a query; raises InvalidRequest if there is nothing to look for."""
    found = [w for w in text.split() if _LETTERS.search(w)][:MOST_WORDS]
    if not found:
        raise InvalidRequest(
            "BAD_USER_INPUT", "there is no letter or digit to search for", ("search", "query")
        )
    return found


def lucene(text: str) -> str:
    """The Lucene query for what a person typed."""
    return " AND ".join(_word(w) for w in words(text))


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

    Parameters: `query`, `restricted`, `deep` (hits to take from each index), `limit`, and with a
    bound `score` and `id` of the last hit seen; besides those of the viewer and the fragment.
    """
    hits = " UNION ALL ".join([_hits(t, viewer) for t in types])
    behind: LiteralString = (
        "WHERE score < $score OR (score = $score AND shown.id > $id) " if bound else ""
    )
    texts = " ".join([_texts(t, viewer) for t in types])
    return (
        f"CALL () {{ {hits} }} WITH shown, score, label {behind}"
        f"ORDER BY score DESC, shown.id LIMIT $limit {shown.calls}"
        f"RETURN collect([score, shown.id, label, CASE label {texts} END, {shown.text}]) AS value"
    )


def _hits(t: NodeType, viewer: Viewer) -> LiteralString:
    allowed = visible(t, "shown", viewer)
    where: LiteralString = f" WHERE {allowed}" if allowed else ""
    query: LiteralString = "$restricted" if isinstance(t.access, Owned) else "$query"
    if _nameless(t, viewer):
        fields: list[LiteralString] = [
            f"'{p.name}:(' + $query + ')'" for p in searched(t) if p.name not in t.personal
        ]
        query = " + ' OR ' + ".join(fields) or f"'{NOBODY}'"
    return (
        f"CALL db.index.fulltext.queryNodes('{fulltext_index(t)}', {query}, {{limit: $deep}}) "
        f"YIELD node AS shown, score{where} RETURN shown, score, '{t.label}' AS label"
    )


def _nameless(t: NodeType, viewer: Viewer) -> bool:
    """Whether hits would tell whose they are; others find only whom they may know by name."""
    return viewer.sees_everything and names_hidden(t, viewer)


def _texts(t: NodeType, viewer: Viewer) -> LiteralString:
    nameless = _nameless(t, viewer)
    columns = ", ".join(
        ["null" if nameless and p.name in t.personal else f"shown.{p.name}" for p in searched(t)]
    )
    return f"WHEN '{t.label}' THEN [{columns}]"
