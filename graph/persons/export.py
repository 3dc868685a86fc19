"""Everything that the graph holds about one person, as plain values (PIPL art. 45)."""

from typing import Any, LiteralString

from graph.cypher import Cypher, literal
from graph.database import Database
from graph.model import MODEL, Through
from graph.model.people import WORKER
from graph.writes.merged import standing


def record_labels() -> list[LiteralString]:
    """Labels of the records that are seen through a worker, and so are about one."""
    return [
        t.label
        for t in MODEL.node_types
        if isinstance(t.access, Through)
        and any(MODEL.relation(t.label, r).target == WORKER.label for r in t.access.relations)
    ]


async def everything(database: Database, key: str) -> dict[str, Any] | None:
    """The person's properties, relationships, records, former values, accesses, logins and events.

    None where no worker has this key, nor a record that is part of one. Values are as the database
    holds them.
    """
    parameters = {"key": await standing(database.rows, key)}
    text = _EVERYTHING.replace("{records}", literal("|".join(record_labels())))
    return await database.value(Cypher(text, parameters, name="export person"), seconds=120)


_EVERYTHING: LiteralString = """
MATCH (person:Worker {key: $key})
WITH person, COLLECT {
  MATCH (person)--(record:{records}) RETURN DISTINCT record } AS records
RETURN {
  person: properties(person),
  labels: [label IN labels(person) WHERE label <> 'Node'],
  relationships: COLLECT {
    MATCH (person)-[r]-(other:Node) WHERE NOT other IN records
    RETURN {type: type(r), outgoing: startNode(r) = person, properties: properties(r),
      other: {id: other.id, key: other.key, labels: labels(other),
        name: coalesce(other.name, other.title)}} },
  records: COLLECT {
    UNWIND records AS record
    RETURN {labels: labels(record), properties: properties(record), relationships: COLLECT {
      MATCH (record)-[r]-(other:Node) WHERE other <> person
      RETURN {type: type(r), other: {id: other.id, labels: labels(other)}} }} },
  merged: COLLECT {
    MATCH (part:Merged)-[:MERGED_INTO*1..8]->(person) RETURN properties(part) },
  formerValues: COLLECT {
    UNWIND [person] + records
      + [(part:Merged)-[:MERGED_INTO*1..8]->(person) | part] AS about
    MATCH (change:Change)-[:CHANGE_OF]->(about)
    RETURN {of: about.id, change: properties(change)} },
  accesses: COLLECT {
    MATCH (:AccessFile {person: person.id})<-[:SHOWED]-(access:PersonalAccess)
    RETURN {at: access.at, who: access.who, fields: access.fields} ORDER BY access.at },
  logins: COLLECT {
    MATCH (login:Login)-[bound:BOUND_TO]->(person)
    RETURN {login: login.digest, role: bound.role, since: bound.since} },
  events: COLLECT {
    MATCH (event:Event) WHERE person.id IN event.subjects
    RETURN {at: event.at, verb: event.verb, actor: event.actor, fields: event.fields}
    ORDER BY event.at }
}
"""
