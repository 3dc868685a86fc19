"""Pages neither skip nor repeat a row whose sort key stays the same while others change."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import neo4j
import pytest
from graphql import get_named_type
from hypothesis import given
from hypothesis import strategies as st

from graph.cypher import Cypher
from graph.database import Database
from graph.server.local import Address
from graph.viewer import ADMINISTRATOR, Role, Scale, Viewer
from schema.plan.documents import Refused
from schema.plan.engine import Engine
from tests.documents import NODES, SCHEMA
from tests.integration.conftest import Ask
from tests.seeded import OPEN, WIPE

UNION = Viewer(frozenset({Role.UNION}), ("/a/",))
PAGE = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
PAGE += " edges { cursor node { id } }"

VALUES: Mapping[str, list[Any]] = {
    "NAME": ["甲", "乙", "b", "B"],
    "SKILL_LEVEL": [None, 1, 2],
    "BIRTH_YEAR": [None, 1970, 1971],
    "OCCUPATION_CODE": [None, "6-01", "6-02"],
    "EDGE_LEVEL": [None, 1, 5],
}


@dataclass
class Workers:
    """Workers who share a skill, with many equal and many missing sort values."""

    database: Database
    chance: Random
    rows: dict[str, dict[str, Any]]

    def chosen(self) -> dict[str, Any]:
        return {name: self.chance.choice(values) for name, values in VALUES.items()}

    async def write(self) -> None:
        """Make the graph hold the rows as they are now, and no others."""
        rows = [{"id": i, "key": row["KEY"], **row} for i, row in self.rows.items()]
        await self.database.run(Cypher(_WRITE, {"rows": rows, "ids": list(self.rows)}))

    async def disturb(self, stable: set[str]) -> None:
        """Change, delete and add rows, but for the stable ones."""
        for i in [i for i in self.rows if i not in stable]:
            if self.chance.random() < 0.2:
                del self.rows[i]
            else:
                self.rows[i] |= self.chosen()
        number = self.chance.random()
        if number < 0.5:
            self.rows[f"new {number}"] = {"KEY": f"k{number}", **self.chosen()}
        await self.write()

    def sorted(self, orders: list[str]) -> list[str]:
        """The ids in the order asked for."""
        ids = list(self.rows)
        for order in reversed([*orders, f"KEY_{orders[0].rpartition('_')[2]}"]):
            name, _, way = order.rpartition("_")
            ids.sort(key=lambda i, name=name: _rank(self.rows[i][name]), reverse=way == "DESC")
        return ids


_WRITE = """
MERGE (s:Node:Skill {id: 'skill', key: 'skill'})
MERGE (a:Node:Occupation {key: '6-01', code: '6-01'})
MERGE (b:Node:Occupation {key: '6-02', code: '6-02'})
WITH s
CALL () { MATCH (gone:Worker) WHERE NOT gone.id IN $ids DETACH DELETE gone }
UNWIND $rows AS row
MERGE (w:Node:Worker {id: row.id})
SET w.key = row.key, w.name = row.NAME, w.skill_level = row.SKILL_LEVEL,
    w.birth_year = row.BIRTH_YEAR, w.region_path = '/a/b/'
MERGE (w)-[has:HAS_SKILL]->(s) SET has.level = row.EDGE_LEVEL
WITH w, row OPTIONAL MATCH (w)-[old:PRACTISES]->() DELETE old
WITH w, row MATCH (o:Occupation {code: row.OCCUPATION_CODE}) CREATE (w)-[:PRACTISES]->(o)
"""


def _rank(value: Any) -> tuple[bool, Any]:
    return (value is None, 0 if value is None else value)


@dataclass(frozen=True)
class Way:
    """One way through a connection: which, in what order, by how many."""

    ask: Ask
    orders: list[str]
    size: int
    nested: bool
    viewer: Viewer = ADMINISTRATOR

    async def page(self, argument: str, cursor: str | None) -> Any:
        """One page: `first` behind the cursor, or `last` in front of it."""
        behind = "after" if argument == "first" else "before"
        inner = f"{argument}: $size, {behind}: $cursor, orderBy: $orders"
        text = f"workers({inner}) {{ {PAGE} }}"
        if self.nested:
            text = f'skill(id: "skill") {{ {text} }}'
        type_name = "SkillWorkersOrder" if self.nested else "WorkerOrder"
        data = await self.ask(
            f"query ($size: Int, $cursor: String, $orders: [{type_name}!]) {{ {text} }}",
            self.viewer,
            size=self.size,
            cursor=cursor,
            orders=self.orders,
        )
        return (data["skill"] if self.nested else data)["workers"]

    async def pages(self, argument: str) -> AsyncGenerator[Any]:
        """All pages, from one end to the other."""
        forward, cursor, more = argument == "first", None, True
        while more:
            page = await self.page(argument, cursor)
            yield page
            info = page["pageInfo"]
            more = info["hasNextPage" if forward else "hasPreviousPage"]
            cursor = info["endCursor" if forward else "startCursor"]


def ids(page: Any) -> list[str]:
    """Of its nodes, in order."""
    return [edge["node"]["id"] for edge in page["edges"]]


def ordered(*names: str) -> st.SearchStrategy[list[str]]:
    """Lists of one to three sort keys with a direction each."""
    directed = st.sampled_from(names).flatmap(
        lambda name: st.sampled_from([f"{name}_ASC", f"{name}_DESC"])
    )
    return st.lists(
        directed, min_size=1, max_size=3, unique_by=lambda order: order.rpartition("_")[0]
    )


OWN = ("NAME", "SKILL_LEVEL", "BIRTH_YEAR", "OCCUPATION_CODE")
CASES = {
    "seed": st.integers(0, 10**6),
    "count": st.integers(0, 25),
    "size": st.integers(1, 9),
    "viewer": st.sampled_from([ADMINISTRATOR, UNION, replace(UNION, scale=Scale.LARGE)]),
    "orders": ordered(*OWN) | ordered("EDGE_LEVEL", *OWN).map(lambda o: ["EDGE_LEVEL_ASC", *o]),
}


async def prepared(database: Database, ask: Ask, case: Mapping[str, Any]) -> tuple[Workers, Way]:
    await Workers(database, Random(0), {}).write()  # one seed gives the same keys to other ids
    chance = Random(case["seed"])
    workers = Workers(database, chance, {})
    for n in chance.sample(range(case["count"]), case["count"]):
        workers.rows[f"id{n}"] = {"KEY": f"k{chance.random()}", **workers.chosen()}
    await workers.write()
    orders = list(dict.fromkeys(case["orders"]))
    nested = any(o.startswith("EDGE") for o in orders)
    return workers, Way(ask, orders, case["size"], nested, case["viewer"])


@pytest.fixture(scope="module")
async def emptied(open_session_database: Database) -> Database:
    await open_session_database.run(WIPE)
    return open_session_database


@given(case=st.fixed_dictionaries(CASES))
async def test_pages_hold_every_row_once_in_the_order_asked_for_either_way(
    case: dict[str, Any], emptied: Database, ask: Ask
) -> None:
    workers, way = await prepared(emptied, ask, case)
    expected = workers.sorted(way.orders)
    forward = [page async for page in way.pages("first")]
    backward = [page async for page in way.pages("last")]
    assert [i for page in forward for i in ids(page)] == expected
    assert [i for page in reversed(backward) for i in ids(page)] == expected
    for n, page in enumerate(forward):
        info = page["pageInfo"]
        assert page["totalCount"] == len(expected)
        assert info["hasNextPage"] == (n < len(forward) - 1)
        assert info["hasPreviousPage"] == (n > 0)
        cursors = [edge["cursor"] for edge in page["edges"]]
        assert [info["startCursor"], info["endCursor"]] == (
            [cursors[0], cursors[-1]] if cursors else [None, None]
        )
    assert {e["cursor"] for p in forward for e in p["edges"]} == {
        e["cursor"] for p in backward for e in p["edges"]
    }


@given(case=st.fixed_dictionaries(CASES), argument=st.sampled_from(["first", "last"]))
async def test_rows_that_stay_are_seen_once_while_others_come_go_and_move(
    case: dict[str, Any], argument: str, emptied: Database, ask: Ask
) -> None:
    workers, way = await prepared(emptied, ask, case)
    stable = {i for i in workers.rows if workers.chance.random() < 0.6}
    seen: list[str] = []
    async for page in way.pages(argument):
        found = ids(page)
        seen = [*seen, *found] if argument == "first" else [*found, *seen]
        await workers.disturb(stable)
    expected = [i for i in workers.sorted(way.orders) if i in stable]
    assert [i for i in seen if i in stable] == expected


def _orders(f: Any) -> list[str]:
    return list(get_named_type(f.args["orderBy"].type).values)


CONNECTIONS = [
    (owner, name)
    for owner in ("Query", *sorted(NODES))
    for name, f in SCHEMA.type_map[owner].fields.items()
    if "orderBy" in f.args and (owner == "Query" or any("EDGE_" in k for k in _orders(f)))
]


_TURN = 3  # every third is enough for a quick run


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        pytest.param(*c, marks=[pytest.mark.slow] * bool(n % _TURN))
        for n, c in enumerate(CONNECTIONS)
    ],
)
async def test_any_connection_can_be_paged_by_all_of_its_sort_keys(
    owner: str, name: str, seeded: Database, ask: Ask
) -> None:
    f = SCHEMA.type_map[owner].fields[name]
    orders = [o for n, o in enumerate(_orders(f)) if n % 4 in {0, 3}]  # up and down in turn
    inner = f"{name}(first: $size, after: $after, orderBy: [{', '.join(orders)}]) {{ {PAGE} }}"
    if owner != "Query":
        inner = f'node(id: "{OPEN.id(owner, 1)}") {{ ... on {owner} {{ {inner} }} }}'
    text = f"query ($size: Int, $after: String) {{ {inner} }}"

    async def page(size: int, after: str | None) -> Any:
        data = await ask(text, size=size, after=after)
        return (data["node"] if owner != "Query" else data)[name]

    whole_page = await page(100, None)
    found, after = [], None
    while after is None or len(found) < len(ids(whole_page)):
        one = await page(1, after)
        found += ids(one)
        after = one["pageInfo"]["endCursor"]
    assert found == ids(whole_page)
    assert len(found) == whole_page["totalCount"] > 0


async def code_of(engine: Engine, text: str, viewer: Viewer = ADMINISTRATOR) -> str:
    """The code with which a document is refused."""
    with pytest.raises(Refused) as refused:
        await engine.execute(text, {}, None, viewer)
    [error] = refused.value.errors
    assert error.path
    return refused.value.code


NESTED = "skills {{ nodes {{ workers({}) {{ totalCount }} }} }}"
ORDER = "orderBy: [NAME_ASC]"
NARROW = 'filter: {name: {contains: "n"}}'


OTHER = Viewer(frozenset({Role.UNION}), ("/b/",))


@pytest.mark.parametrize(
    ("text", "owner", "thief"),
    [
        ("workers(AFTER)", ADMINISTRATOR, ADMINISTRATOR),
        (f"workers(AFTER, {NARROW})", ADMINISTRATOR, ADMINISTRATOR),
        (f"workers(AFTER, {NARROW}, orderBy: [NAME_DESC])", ADMINISTRATOR, ADMINISTRATOR),
        (f'workers(AFTER, {ORDER}, filter: {{name: {{eq: "n"}}}})', ADMINISTRATOR, ADMINISTRATOR),
        (f"skills(AFTER, {ORDER}, {NARROW})", ADMINISTRATOR, ADMINISTRATOR),
        (f"workers(AFTER, {ORDER}, {NARROW})", ADMINISTRATOR, OTHER),
        (f"workers(AFTER, {ORDER}, {NARROW})", OTHER, ADMINISTRATOR),
        (f"workers(AFTER, {ORDER}, {NARROW})", OTHER, UNION),
        (f"workers(AFTER, {ORDER}, {NARROW})", OTHER, replace(OTHER, sees_synthetic=False)),
    ],
)
async def test_a_cursor_of_another_order_filter_query_or_viewer_is_refused(
    text: str, owner: Viewer, thief: Viewer, *, engine: Engine, database: Database, ask: Ask
) -> None:
    create = "CREATE (:Node:Worker {id: 'w', key: 'w', name: 'n', region_path: '/b/'})"
    await database.run(Cypher(create))
    page = "{ edges { cursor } }"
    data = await ask(f"{{ workers(first: 1, {ORDER}, {NARROW}) {page} }}", owner)
    [edge] = data["workers"]["edges"]
    after = f'after: "{edge["cursor"]}"'
    query = f"{{ {text.replace('AFTER', after)} {page} }}"
    assert await code_of(engine, query, thief) == "INVALID_CURSOR"


@pytest.mark.parametrize("cursor", ["", "x", "!!", "é", "A" * 400, "\\u0000"])
async def test_what_is_no_cursor_is_refused(cursor: str, seeded: Database, engine: Engine) -> None:
    text = f'{{ workers(after: "{cursor}") {{ totalCount }} }}'
    assert await code_of(engine, text) == "INVALID_CURSOR"


SIZES = ("first: 0", "first: -1", "first: 101", "first: 100000", "last: 0", "last: 101")
TWISTED = ("first: 1, last: 1", 'first: 1, before: "x"', 'last: 1, after: "x"')


@pytest.mark.parametrize("arguments", [*SIZES, *TWISTED])
@pytest.mark.parametrize("place", ["workers({}) {{ totalCount }}", NESTED])
async def test_sizes_that_make_no_page_are_bad_input(
    arguments: str, place: str, seeded: Database, engine: Engine
) -> None:
    assert await code_of(engine, f"{{ {place.format(arguments)} }}") == "BAD_USER_INPUT"


@pytest.fixture(scope="module")
async def many(open_session_database: Database) -> Database:
    """2,000 workers of one district."""
    await open_session_database.run(WIPE)
    await open_session_database.run(
        Cypher(
            "UNWIND range(1, 2000) AS n CREATE (w:Node:Worker {id: 'w' + n, key: 'k' + n, "
            "name: 'name ' + n % 300, region_path: '/a/' + n % 7 + '/'})"
        )
    )
    await open_session_database.run(Cypher("CALL db.prepareForReplanning()"))
    return open_session_database


def profiled(server: Address, cypher: Cypher) -> tuple[set[str], int]:
    """The operators with which a statement was executed, and the most rows that one of them saw."""
    with (
        neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver,
        driver.session() as session,
    ):
        result = session.run(f"PROFILE {cypher.text}", dict(cypher.parameters))
        steps = [result.consume().profile]
    for step in steps:
        steps += step.get("children", ())
    return {s["operatorType"].split("@")[0] for s in steps}, max(s["rows"] for s in steps)


@pytest.mark.parametrize("viewer", [ADMINISTRATOR, replace(UNION, scale=Scale.LARGE)])
@pytest.mark.parametrize("order", ["KEY_ASC", "KEY_DESC", "NAME_ASC", "NAME_DESC"])
async def test_a_page_reads_its_rows_from_the_index_and_no_more(
    order: str, viewer: Viewer, server: Address, many: Database, engine: Engine
) -> None:
    after = ""
    for _ in range(2):
        text = f"{{ workers(orderBy: [{order}]{after}) {{ pageInfo {{ endCursor }} }} }}"
        [statement] = engine.run(text, {}, None, viewer).statements.values()
        operators, rows = profiled(server, statement)
        assert not operators & {"NodeByLabelScan", "Sort", "Top"}
        assert rows <= 40  # a page, one row more, and those that share the bound's name
        data = (await engine.execute(text, {}, None, viewer)).data or {}
        after = f', after: "{data["workers"]["pageInfo"]["endCursor"]}"'


async def test_a_small_union_is_read_from_its_path(
    server: Address, many: Database, engine: Engine
) -> None:
    viewer = Viewer(frozenset({Role.UNION}), ("/a/3/",))
    text = "{ workers { nodes { id } } }"
    [statement] = engine.run(text, {}, None, viewer).statements.values()
    operators, rows = profiled(server, statement)
    assert "NodeByLabelScan" not in operators
    assert rows <= 2000 / 7 + 1
