"""Whom a plan reads, as two statements.

Hard limits stand in them, as in a question: consent of both (M05), places left (M06), a master in
post (M22), nobody who has an agreement already, the scope of a union's subtree (M09).
"""

from dataclasses import dataclass
from typing import LiteralString

from graph.matching.candidates import sight
from graph.rules.mentoring import (
    around_apprentice,
    around_master,
    consents_in,
    ended_in,
    engaged_level_in,
    is_live,
    places_left_in,
)
from graph.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose apprentices, and which masters: subtrees of unions by path, or named workers by id.

    Apprentices that are named stand in the order in which they asked. Empty paths mean all that the
    viewer sees; masters who are `pinned` may come from anywhere.
    """

    path: str = ""
    masters_path: str = ""
    pinned: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def _where(viewer: Viewer, scope: LiteralString) -> LiteralString:
    """Who is read: one part of all ids, seen by the viewer, in the scope."""
    return (
        f"shown.id >= $low AND shown.id < $high AND {sight(viewer)('Worker', 'shown')} "
        f"AND (${scope} = '' OR shown.region_path STARTS WITH ${scope} "
        f"OR shown.system_path STARTS WITH ${scope} OR shown.id IN $pinned)"
    )


_SKILLS: LiteralString = (
    "[(shown)-[has:HAS_SKILL]->(skill:Skill) WHERE has.level > 0 "
    "| $skills[skill.id] * 8 + has.level]"
)
_PREFERS: LiteralString = (
    "CASE WHEN EXISTS { (shown)-[:PREFERS]->() } THEN COLLECT { "
    "MATCH (shown)-[own:PREFERS]->(other:Worker) RETURN other.id ORDER BY own.place } END"
)
_DISTRICT: LiteralString = (
    "coalesce($districts[head([record IN around WHERE record:District]).id], 0)"
)


def apprentices_text(viewer: Viewer, scope: Scope) -> LiteralString:
    """The statement that reads apprentices: a row each, with the reason if she is left out."""
    named: LiteralString = (
        "UNWIND $named AS named MATCH (shown:Node:Worker {id: named}) "
        if scope.named
        else "MATCH (shown:Worker) "
    )
    learns: LiteralString = "true" if scope.named else "NOT shown:Master"
    return f"""{named}WHERE {_where(viewer, "scope")} AND {learns}
MATCH (shown)-[:PRACTISES]->(occupation:Occupation)
WITH shown, occupation, {around_apprentice("shown")} AS around
WITH *, CASE
  WHEN shown.id IN $left_out THEN 'LEFT_OUT'
  WHEN NOT {consents_in("around", "$first_day", "$last_day")} THEN 'WITHOUT_CONSENT'
  WHEN any(a IN around WHERE a:MentoringAgreement AND {is_live("a", "$as_of")})
    THEN 'ALREADY_PAIRED'
  END AS reason
RETURN CASE WHEN reason IS NOT NULL THEN [reason, null, null, null, null, null, null] ELSE
  [null, shown.id,
   [coalesce(shown.skill_level, 0), $occupations[occupation.id], {_DISTRICT}],
   {_SKILLS}, [], coalesce(shown.motivation, ''), {_PREFERS}] END AS row"""


def masters_text(viewer: Viewer, scope: Scope) -> LiteralString:
    """The statement that reads masters who are in post, have places, and agreed to be matched.

    A place that an open proposal waits for is not given twice.
    """
    return f"""MATCH (shown:Worker:Master)
WHERE {_where(viewer, "masters_scope")} AND NOT shown.id IN $left_out
WITH shown, {around_master("shown")} AS around
WITH *, {engaged_level_in("around", "$as_of")} AS engaged,
  {places_left_in("around", "$as_of")}
    - size([a IN around WHERE a:MentoringAgreement AND a.state <> 'ACTIVE'
      AND {is_live("a", "$as_of")}]) AS places
WHERE engaged > 0 AND places > 0 AND {consents_in("around", "$first_day", "$last_day")}
WITH *, [(shown)-[:TEACHES]->(o:Occupation) | [o.code, $occupations[o.id]]] AS taught,
  head(COLLECT {{ UNWIND around AS profile WITH profile
    WHERE profile:MentorProfile AND profile.recorded_to IS NULL
    RETURN profile.valid_from ORDER BY profile.valid_from LIMIT 1 }}) AS declared
RETURN [null, shown.id,
  [engaged, {_DISTRICT}, places,
   {ended_in("around", "['COMPLETED']", "$as_of")},
   {ended_in("around", "['COMPLETED', 'TERMINATED']", "$as_of")},
   COUNT {{ (shown)-[:CONTRIBUTED_TO]->(:Achievement) }},
   coalesce(duration.inDays(date('1900-01-01'), declared).days, 99999)],
  {_SKILLS},
  COLLECT {{ UNWIND taught AS t WITH t ORDER BY t[0] LIMIT $most_taught RETURN t[1] }},
  reduce(words = '', title IN COLLECT {{
    MATCH (shown)-[:CONTRIBUTED_TO]->(made:Achievement)
    RETURN made.title LIMIT $most_skills }} | words + ' ' + title), {_PREFERS}] AS row"""
