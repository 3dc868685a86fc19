"""Saved searches: keep one, let it rest, let it go on."""

from typing import LiteralString

from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import ITS_UNION, Party, its, organisation, person
from graph.model.searches import ASKING, OWNERS, SAVED_SEARCH
from graph.rules.rule import Rule
from graph.viewer import ORGANISATIONS, Role

_ROLES: dict[LiteralString, Role] = {
    "enterprise": Role.ENTERPRISE, "studio": Role.STUDIO, "institute": Role.INSTITUTE,
}  # fmt: skip


def _itself(name: LiteralString, role: Role) -> Party:
    return organisation(f"the {name} itself", role, f"{name}.id = $viewer_organisation")


_OWNER = (
    person("the worker herself", "worker.id = $viewer_person"),
    *[_itself(name, role) for name, role in _ROLES.items()],
)
_LABELS: dict[LiteralString, LiteralString] = {
    "worker": "Worker", "union": "Union", **{n: ORGANISATIONS[r] for n, r in _ROLES.items()},
}  # fmt: skip
_EACH: list[LiteralString] = [f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in OWNERS]
_FITS: list[LiteralString] = [
    f"($given.looks_for = '{what}' AND asking:{label})" for what, label in ASKING.items()
]
_ONE_OWNER = Rule(
    "ONE_OWNER",
    "it is saved for one: a worker, an organisation or a union",
    f"{' + '.join(_EACH)} = 1",
)
_ASKS = Rule(
    "CANNOT_ASK",
    "a node of this type cannot ask for that; see the match field that you would ask",
    " OR ".join(_FITS),
    "asking_id",
)


def _step(name: LiteralString, verb: str, text: str, before: str, after: str) -> Operation:
    return Operation(
        name=name,
        subject=SAVED_SEARCH,
        verb=verb,
        description=text,
        by=(*_OWNER, ITS_UNION),
        moves={before: after},
        reaches=tuple([name for name in OWNERS if name != "union"]),
        policy=("K05",),
    )


OPERATIONS = (
    Operation(
        name="saveSearch",
        subject=SAVED_SEARCH,
        verb="search.saved",
        description="Save a question of matchmaking; `matchFound` tells of what it finds",
        by=(*_OWNER, its("union")),
        begins="ACTIVE",
        given=(
            Given(SAVED_SEARCH.property("looks_for"), required=True),
            Given(SAVED_SEARCH.property("least_score")),
        ),
        references=(
            Reference("asking", "Node", "The node that asks."),
            *[
                Reference(name, label, "For whom it is saved.", name, required=False)
                for name, label in _LABELS.items()
            ],
        ),
        sets={"saved_at": Clock.NOW, "found": 0},
        same=("looks_for", "asking_id", *[f"{name}_id" for name in OWNERS]),
        rules=(_ONE_OWNER, _ASKS),
        effect="SET subject.asking = asking.id",
        policy=("K05",),
    ),
    _step("pauseSearch", "search.paused", "Let a saved search rest", "ACTIVE", "PAUSED"),
    _step("resumeSearch", "search.resumed", "Let a saved search go on", "PAUSED", "ACTIVE"),
)
