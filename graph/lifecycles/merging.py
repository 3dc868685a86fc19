"""Two records become one and two again: what is written when a proposal is merged or split.

The record that joins keeps its values and its key under the label Merged, with MERGED_INTO to the
one that is kept; its relationships move there, each with the ids it came from. The kept record
takes only what it lacks; MERGED_INTO holds what it took and what it was before. So a split takes
back what was given, and nothing else.
"""

from typing import LiteralString

from graph.cypher import literal
from graph.model import MODEL
from graph.model.people import ABOVE
from graph.model.sources import MERGEABLE
from graph.writes.paths import derivation, unions_above
from graph.writes.posts import DERIVED

_ABOVE: LiteralString = "".join([f", '{name}'" for names in ABOVE.values() for name in names])
_OWN: LiteralString = (
    "['id', 'key', 'source', 'load', 'row_hash', 'synthetic', 'locked', 'region_path', "
    f"'system_path', 'scope_tokens', 'merged_labels', 'version'{_ABOVE}]"
)
_STAYING: LiteralString = "['CHANGE_OF', 'MERGED_INTO', 'KEEPS', 'JOINS']"
_LABELS: LiteralString = ":".join(
    dict.fromkeys(
        [
            literal(label)
            for name in MERGEABLE
            for t in [MODEL.node_type(name)]
            for label in ("Node", t.label, *t.interfaces, *(p.label for p in t.properties))
            if label
        ]
    )
)
_SINGLE: LiteralString = ", ".join(
    [
        f"'{r.type}'"
        for label in MERGEABLE
        for r in MODEL.relations[label]
        if r.outgoing and not r.many
    ]
)


def _taken(arrow: tuple[LiteralString, LiteralString], single: LiteralString) -> LiteralString:
    """Moves the relationships of `joined` in one direction, unless `kept` has the same."""
    left, right = arrow
    return f"""CALL (kept, joined) {{
  MATCH (joined){left}[r]{right}(far)
  WHERE NOT type(r) IN {_STAYING} AND far <> kept
    AND NOT EXISTS {{ MATCH (kept){left}[same]{right}(far) WHERE type(same) = type(r) }}
    AND {single}
  CREATE (kept){left}[moved:$(type(r))]{right}(far)
  SET moved = properties(r), moved.merged_from = [joined.id] + coalesce(r.merged_from, [])
  DELETE r
}}"""


def _given_back(left: LiteralString, right: LiteralString) -> LiteralString:
    return f"""CALL (kept, joined) {{
  MATCH (kept){left}[r]{right}(far) WHERE r.merged_from[0] = joined.id
  CREATE (joined){left}[back:$(type(r))]{right}(far)
  SET back = properties(r), back.merged_from =
    CASE WHEN size(r.merged_from) > 1 THEN r.merged_from[1..] END
  DELETE r
}}"""


def _posted(*records: LiteralString) -> LiteralString:
    """Derives the posts of workers or enterprises anew."""
    parts: list[LiteralString] = [
        f"""CALL ({record}) {{
  MATCH ({record})<-[:ABOUT_WORKER|AT_ENTERPRISE]-(post:Employment) WITH DISTINCT post {DERIVED}
}}"""
        for record in records
    ]
    return "\n".join(parts)


def _placed(*records: LiteralString) -> LiteralString:
    """Derives the paths of workers anew from the unions that they have now."""
    parts: list[LiteralString] = [
        f"""CALL ({record}) {{
  WITH {record} AS n WHERE n:Worker AND EXISTS {{ (n)-[:MEMBER_OF]->(:Union) }}
  {derivation("Worker")}
}}"""
        for record in records
    ]
    return "\n".join(parts)


_ONE_OF_A_KIND: LiteralString = (
    f"(NOT type(r) IN [{_SINGLE}] OR NOT EXISTS "
    "{ MATCH (kept)-[one]->() WHERE type(one) = type(r) })"
)

MERGE: LiteralString = f"""
MATCH (subject)-[:KEEPS]->(kept) MATCH (subject)-[:JOINS]->(joined)
WITH subject, kept, joined,
  [p IN keys(joined) WHERE kept[p] IS NULL AND NOT p IN {_OWN}] AS filled,
  [l IN labels(joined) WHERE NOT l IN labels(kept)] AS added,
  COUNT {{ (:Merged)-[:MERGED_INTO]->(kept) }} AS before
CREATE (joined)-[into:MERGED_INTO]->(kept)
SET into.number = before, into.filled = filled, into.added = added, into.at = $now,
  into.region_path = kept.region_path, into.system_path = kept.system_path,
  into.scope_tokens = kept.scope_tokens, subject.filled = filled
FOREACH (p IN filled | SET kept[p] = joined[p])
FOREACH (l IN added | SET kept:$(l))
WITH kept, joined
{_taken(("-", "->"), _ONE_OF_A_KIND)}
{_taken(("<-", "-"), "true")}
SET joined.merged_labels = labels(joined)
REMOVE joined:{_LABELS}
SET joined:Merged
WITH kept
{_placed("kept")}
{_posted("kept")}
"""

SPLIT: LiteralString = f"""
MATCH (subject)-[:KEEPS]->(kept) MATCH (subject)-[:JOINS]->(joined)-[into:MERGED_INTO]->(kept)
{_given_back("-", "->")}
{_given_back("<-", "-")}
FOREACH (p IN [p IN into.filled WHERE kept[p] = joined[p]] | SET kept[p] = null)
FOREACH (l IN into.added | REMOVE kept:$(l))
SET kept.region_path = into.region_path, kept.system_path = into.system_path,
  kept.scope_tokens = into.scope_tokens
{unions_above("kept")}
REMOVE joined:Merged
FOREACH (l IN joined.merged_labels | SET joined:$(l))
SET joined.merged_labels = null
DELETE into
WITH kept, joined
{_placed("kept", "joined")}
{_posted("kept", "joined")}
"""
