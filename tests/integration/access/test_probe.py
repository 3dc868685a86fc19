"""What is personal changes no answer of those who may not know it, whatever they ask.

Documents are generated from the schema, so that a new field cannot escape: two partners, two
unions, consent on and off, before and after every personal value in the graph was changed.
"""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from graphql import GraphQLNonNull, get_named_type

from graph.cypher import Cypher
from graph.database import Database
from graph.model import MODEL, Kind, Public
from graph.viewer import Viewer
from schema.plan.documents import Refused
from schema.plan.engine import Engine
from tests.documents import ROOTS, SCHEMA, arguments, relations, selection, small_pages

GIVEN = {
    "id": '"w-master"', "ids": '["w-master", "a-w-apprentice"]', "key": '"t:master"',
    "query": '"师一"', "from": '"w-apprentice"', "to": '"w-master"', "workerId": '"w-apprentice"',
    "masterId": '"w-master"', "workerIds": '["w-apprentice"]',
}  # fmt: skip
LONG_PLANNED = {"shortestPath"}  # every type is in its pattern
WIDTH = 2  # a statement is planned in a time that grows faster than it
QUICK = {"Worker", "Consent", "MentoringAgreement", "Employment"}
ASKERS = [
    ("auditor", "ACTIVE", True),
    ("worker:t:apprentice", "PROPOSED", True),
    ("worker:t:apprentice", "ACTIVE", False),
    ("enterprise:t:two", "ACTIVE", True),
]


def given(name: str, t: Any) -> str | None:
    if name in GIVEN:
        return GIVEN[name]
    if isinstance(t, GraphQLNonNull) and get_named_type(t).name in {"ID", "String"}:
        return '"w-master"'
    return small_pages(name, t)


def documents(*, quick: bool) -> list[str]:
    """One document for every root field that could lead to a person."""
    public = {t.label for t in MODEL.node_types if isinstance(t.access, Public)}
    texts: list[str] = []
    for name, field in ROOTS.items():
        label = get_named_type(field.type).name.removesuffix("Connection")
        if label in public or (quick and label not in QUICK and MODEL.label(label)):
            continue
        if quick and name in LONG_PLANNED:
            continue
        of_node = MODEL.label(label) and name.endswith("s") and not quick
        for skip in range(0, len(relations(SCHEMA.type_map[label])) if of_node else 1, WIDTH):
            figures = not quick and skip == 0
            below = selection(field.type, 2, width=WIDTH, skip=skip, figures=figures)
            texts.append(f"{{ {name}{arguments(field, given)} {below} }}")
    return texts


def conditions(t: Any) -> list[str]:
    """A filter, an order and a group by each personal property of a type."""
    texts: list[str] = []
    for p in t.all_properties:
        if p.name not in t.personal or p.name == "key" or p.kind is Kind.ROLE:
            continue
        name = "".join([w.capitalize() if n else w for n, w in enumerate(p.name.split("_"))])
        texts.append(f"{{ {t.plural}(filter: {{{name}: {{isNull: true}}}}) {{ totalCount }} }}")
        if p.sortable:
            order = f"[{p.name.upper()}_ASC]"
            texts.append(f"{{ {t.plural}(orderBy: {order}) {{ nodes {{ id }} }} }}")
            texts.append(f"{{ {t.plural} {{ groups(by: [{p.name.upper()}]) {{ count }} }} }}")
    return texts


async def change(database: Database, but: str) -> None:
    """Give every person but one, and every record of them, other personal values."""
    for t in MODEL.node_types:
        for p in t.properties:
            if p.name not in t.personal:
                continue
            other = f"n.{p.name} + 7" if p.kind is Kind.INTEGER else f"n.{p.name} + '改'"
            text = (
                f"MATCH (n:{t.label}) WHERE n.id <> $but AND n.{p.name} IS NOT NULL "
                "AND NOT EXISTS { (n)-[:ABOUT_WORKER]->({id: $but}) }"
            )
            await database.run(Cypher(f"{text} SET n.{p.name} = {other}", {"but": but}))


async def answers(engine: Engine, viewer: Viewer, texts: list[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        try:
            response = await engine.execute(text, {}, None, viewer)
        except Refused as refused:
            found[text] = f"refused {refused.code}"
            continue
        errors = [(e.extensions or {})["code"] for e in response.errors]
        found[text] = json.dumps([response.data, errors], ensure_ascii=False)
    return found


@pytest.mark.policy("K09", "H09")
@pytest.mark.parametrize(
    ("form", "state", "agrees", "quick"),
    [
        (*ASKERS[3], True),
        *(pytest.param(*a, False, marks=[pytest.mark.slow, pytest.mark.probe]) for a in ASKERS),
    ],
)
async def test_personal_values_change_no_answer_of_who_may_not_know_them(
    form: str, state: str, agrees: bool, *, quick: bool, town: Database, viewer: Any,
    pair: Any, engine: Engine,
) -> None:  # fmt: skip
    await pair("w-apprentice", state)
    if agrees:
        await town.run(Cypher("MATCH (c:Consent {id: 'c-w-master'}) SET c.purpose = 'IDENTITY'"))
    asking = await viewer(form)
    texts = documents(quick=quick)
    texts += [text for t in MODEL.node_types if t.personal for text in conditions(t)]
    before = await answers(engine, asking, texts)
    slow = [text for text in texts if "TOO_SLOW" in before[text]]
    assert not slow, f"asked, not given up: {slow[0]}"
    if form.startswith("enterprise"):
        await town.run(
            Cypher("MATCH (w:Worker {id: 'w-master'}) SET w.name = '改', w.birth_year = 1")
        )
    else:
        await change(town, asking.person or "")
    after = await answers(engine, asking, texts)
    changed = [text for text in texts if before[text] != after[text]]
    assert not changed, f"{len(changed)} of {len(texts)} answers tell: {changed[0]}"


async def test_probe_sees_what_may_be_known(
    town: Database, viewer: Any, pair: Any, engine: Engine
) -> None:
    await pair("w-apprentice", "ACTIVE")
    await town.run(Cypher("MATCH (c:Consent {id: 'c-w-master'}) SET c.purpose = 'IDENTITY'"))
    asking = await viewer("worker:t:apprentice")
    texts = ["{ workers { nodes { id name } } }"]
    before = await answers(engine, asking, texts)
    await change(town, "w-apprentice")
    assert before != await answers(engine, asking, texts)
