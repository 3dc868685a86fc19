"""What somebody answers for: a union's place in a tree, an organisation, or oneself."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, LiteralString

from graph.cypher import Cypher
from graph.database import Database
from graph.model.people import DEPTHS
from graph.viewer import ADMINISTRATOR, ANYONE, AUDITOR, ORGANISATIONS, Role, Scale, Viewer
from graph.writes.merged import standing

_MANY_WORKERS = 4000
_SOME_WORKERS = 200

NAMED: Mapping[str, Viewer] = MappingProxyType(
    {v.name: v for v in (ADMINISTRATOR, AUDITOR, ANYONE)}
)
BOUND: Mapping[str, LiteralString] = MappingProxyType(
    {
        Role.UNION.value: "Union",
        Role.WORKER.value: "Worker",
        **{role.value: label for role, label in ORGANISATIONS.items()},
    }
)
"""Roles that belong to a node -> its label."""

FORMS = f"{', '.join(NAMED)}, or {', '.join(f'{role}:<key>' for role in BOUND)}"


def is_form(text: str) -> bool:
    """Whether a text names a role, with a key where the role needs one."""
    role, _, key = text.partition(":")
    return text in NAMED or (role in BOUND and bool(key))


async def viewer_of(database: Database, form: str) -> Viewer | None:
    """The viewer that a form names; None where there is no such node, or no tree holds the union.

    One statement, of at most 4,001 steps, whatever the size; a merged record takes two more.
    """
    if form in NAMED:
        return NAMED[form]
    role, _, key = form.partition(":")
    parameters = {"key": key, "enough": _MANY_WORKERS + 1}
    text = _STATEMENTS.get(role, _ORGANISATION.replace("{label}", BOUND[role]))
    found = await database.value(Cypher(text, parameters, name=f"viewer {role}"))
    if found is not None:
        return _VIEWERS.get(role, _organisation)(Role(role), form, found)
    whole = await standing(database.rows, key)
    return None if whole == key else await viewer_of(database, f"{role}:{whole}")


def _union(_: Role, name: str, found: Any) -> Viewer | None:
    path, tree, workers, derived = found
    if path is None:
        return None
    return Viewer(
        frozenset({Role.UNION}),
        region_prefixes=(path,) if tree == "REGION" else (),
        system_prefixes=(path,) if tree == "SYSTEM" else (),
        scale=_scale(workers),
        name=name,
        listed=derived and workers > _SOME_WORKERS and path.count("/") - 1 <= len(DEPTHS),
    )


def _worker(_: Role, name: str, found: Any) -> Viewer:
    identifier, is_master = found
    roles = {Role.WORKER, Role.MASTER} if is_master else {Role.WORKER}
    return Viewer(frozenset(roles), person=identifier, name=name)


def _organisation(role: Role, name: str, found: Any) -> Viewer:
    identifier, workers, derived = found
    return Viewer(
        frozenset({role}),
        organisation=identifier,
        scale=_scale(workers),
        name=name,
        listed=derived and workers > _SOME_WORKERS,
    )


def _scale(workers: int) -> Scale:
    return Scale.LARGE if workers > _MANY_WORKERS else Scale.SMALL


_UNION: LiteralString = """
MATCH (union:Union {key: $key})
RETURN [union.path, union.tree,
  COUNT { MATCH (w:Worker) WHERE w.region_path STARTS WITH union.path
          WITH w LIMIT $enough RETURN w } +
  COUNT { MATCH (w:Worker) WHERE w.system_path STARTS WITH union.path
          WITH w LIMIT $enough RETURN w },
  EXISTS { (:Migration {name: '0002-unions-above'}) }]
"""
_WORKER: LiteralString = "MATCH (worker:Worker {key: $key}) RETURN [worker.id, worker:Master]"
_ORGANISATION: LiteralString = """
MATCH (organisation:{label} {key: $key})
RETURN [organisation.id,
  COUNT { MATCH (organisation)<-[:AT_ENTERPRISE]-(post:Employment)
          WITH post LIMIT $enough RETURN post },
  EXISTS { (:Migration {name: '0001-posts'}) }]
"""
_STATEMENTS: Mapping[str, LiteralString] = {"union": _UNION, "worker": _WORKER}
_VIEWERS = {"union": _union, "worker": _worker}
