"""A world that a viewer may not see, tied to one that she sees, and what is asked of both."""

from collections.abc import Iterator, Mapping
from datetime import date

from graphql import GraphQLEnumType, GraphQLField, get_named_type, is_leaf_type

from graph.lifecycles.operations import OPERATIONS
from graph.model import MODEL, Kind, NodeType, Property, Relation, RelationshipType, Through
from graph.projection.access import visible
from graph.projection.personal import names_hidden
from graph.viewer import Viewer
from graph.writes.events import Event
from schema.derived.fields import camel
from tests.documents import ROOTS, SCHEMA, arguments, selection, small_pages, written
from tests.integration.test_statements import given
from tests.seeded import OPEN, WORD, Rows, World, ends, whole

HIDDEN = World("hidden", 3000, date(2021, 1, 1), "/town/hidden/", "/trade/hidden/")
Hides = frozenset[str]
Pair = tuple[str, str]


def hides(viewer: Viewer) -> Hides:
    """Labels of the types of which the viewer may not see every node."""
    return frozenset(t.label for t in MODEL.node_types if visible(t, "n", viewer) is not None)


AT_ONCE = 2  # relations in one document: its statement is planned in a time that grows faster
INTERFACES = {i.label for i in MODEL.interfaces}


def access(r: RelationshipType) -> tuple[str, ...]:
    """The relations of its source over which nodes are seen."""
    kind = None if r.source in INTERFACES else MODEL.node_type(r.source).access
    return kind.relations if isinstance(kind, Through) else ()


def loose(r: RelationshipType) -> int | None:
    """Which copy leads over a to-one relation to a hidden node, yet is seen without it."""
    if r.forward.many:
        return None
    ways = access(r)
    if r.forward.name not in ways:
        return 0
    return 2 if r.forward.name != ways[0] else None


def seen_world(hidden: Hides) -> Rows:
    """What the viewer sees; where a to-one relation may lead to a hidden node it leads nowhere.

    Nodes of copy 0 know the hidden world; viewers are nodes of copy 1.
    """
    rows = whole(OPEN)
    gone = {
        (r.type, OPEN.id(source.label, copy))
        for r in MODEL.relationship_types
        for source, target in ends(r)
        if (copy := loose(r)) is not None and target.label in hidden
    }
    rows.edges = [e for e in rows.edges if (e["type"], e["source"]) not in gone]
    return rows


def hidden_world(hidden: Hides, *, synthetic: bool) -> Rows:
    """One hidden node of each type, related to the hidden and to the seen in every way there is."""
    rows = Rows([HIDDEN.node(MODEL.node_type(label), 0) for label in sorted(hidden)])
    for node in rows.nodes:
        node["values"]["synthetic"] = synthetic
    for r in MODEL.relationship_types:
        for source, target in ends(r):
            for pair in _ties(r, source.label, target.label, hidden):
                rows.edge(r, pair, HIDDEN, 0)
    return rows


def _ties(r: RelationshipType, source: str, target: str, hidden: Hides) -> Iterator[Pair]:
    here, there = HIDDEN.id(source, 0), HIDDEN.id(target, 0)
    inside = {source, target} <= hidden and source != target
    if inside:
        yield here, there
    if source in hidden and (r.forward.many or not inside) and r.forward.name not in access(r):
        yield here, OPEN.id(target, 0)
    copy = 0 if r.forward.many else loose(r)
    if target in hidden and copy is not None:
        yield OPEN.id(source, copy), there


def questions(viewer: Viewer) -> Iterator[tuple[str, str]]:
    """Root field and a document that asks it for whatever could tell of hidden nodes."""
    hidden = hides(viewer)
    for t in MODEL.node_types:
        yield from _of_type(t, hidden, t.personal if names_hidden(t, viewer) else frozenset())
    for name, field in ROOTS.items():
        if name not in {t.plural for t in MODEL.node_types}:
            yield from ((name, text) for text in dict.fromkeys(_of_root(name, field)))


def mutations(viewer: Viewer) -> Iterator[tuple[str, str]]:
    """Each operation with the id of a hidden node in each place that takes one."""
    hidden = hides(viewer)
    for name, o in OPERATIONS.items():
        labels = {r.input: r.label for r in o.references}
        if not o.creates:
            labels[o.subject_input] = o.subject.label
        many = {r.input for r in o.references if r.many}
        needed = set(o.required)
        values = {g.input: _sample(g.of) for g in o.given if g.input in needed}
        ids = {i: label for i, label in labels.items() if i in needed}
        for place, label in labels.items():
            if MODEL.interface(label) is None and label in hidden:
                given = {i: OPEN.id(_concrete(each), 0) for i, each in ids.items()}
                given[place] = HIDDEN.id(label, 0)
                whole = {i: [v] if i in many else v for i, v in given.items()}
                field = SCHEMA.mutation_type.fields[name]
                text = written({camel(n): v for n, v in {**values, **whole}.items()},
                               field.args["input"].type)  # fmt: skip
                problem = "... on Problem { code field message possible version }"
                yield name, f"mutation {{ {name}(input: {text}) {{ __typename {problem} }} }}"


def _concrete(label: str) -> str:
    return MODEL.concrete(label)[0].label


def _sample(p: Property) -> object:
    if p.choices:
        return p.choices.choices[0].name
    least = int(p.minimum or 1)
    return {
        Kind.STRINGS: ["x"], Kind.INTEGER: least, Kind.LONG: least, Kind.FLOAT: float(least),
        Kind.BOOLEAN: True, Kind.DATE: "2020-01-01", Kind.DATETIME: "2020-01-01T00:00:00Z",
    }.get(p.kind, "x")  # fmt: skip


def news(world: World) -> Mapping[str, tuple[str, Event]]:
    """Subscription -> a document that asks for all of it, and an event about nodes of a world."""

    def event(verb: str, *labels: str, fields: tuple[str, ...] = ()) -> Event:
        return Event(verb, tuple(world.id(label, 0) for label in labels), fields)

    events = {
        "pairingChanged": event("pairing.proposed", "MentoringAgreement"),
        "planProgress": event("job.advanced", "Job", "MentoringPlan"),
        "matchFound": event("match.found", "SavedSearch", "Enterprise", fields=("ENTERPRISES",)),
        "targetCrossed": event("target.reached", fields=("T13", "2020")),
    }
    fields = SCHEMA.subscription_type.fields
    return {
        name: (
            f"subscription {{ {name} {selection(f.type, 1, width=8, figures=False)} }}",
            events[name],
        )
        for name, f in fields.items()
    }


def _of_type(t: NodeType, hidden: Hides, nameless: Hides) -> Iterator[tuple[str, str]]:
    relations = [r for r in MODEL.relations[t.label] if r.target in hidden | INTERFACES]
    if t.label not in hidden and not relations:
        yield t.plural, f"{{ {t.plural} {{ totalCount }} }}"
        return
    yield (
        t.plural,
        f"""{{ {t.plural}(first: 5) {{
          totalCount pageInfo {{ startCursor endCursor hasNextPage }}
          edges {{ cursor node {{ {" ".join(_leaves(t))} }} }}
          aggregate {_figures(t, "aggregate")} }} }}""",
    )
    led = [*_led(t, hidden)]
    for n in range(0, len(led), AT_ONCE):
        some = " ".join(led[n : n + AT_ONCE])
        yield t.plural, f"{{ {t.plural}(first: 5) {{ nodes {{ id {some} }} }} }}"
    for text in (*_filters(t, relations), *_orders(t, hidden), *_groups(t, hidden, nameless)):
        yield t.plural, f"{{ {text} }}"


def _leaves(t: NodeType) -> Iterator[str]:
    for name, field in SCHEMA.type_map[t.label].fields.items():
        if is_leaf_type(get_named_type(field.type)):
            yield name


def _led(t: NodeType, hidden: Hides) -> Iterator[str]:
    """Every field of a node that leads to others, but not to what all may see."""
    for name, field in SCHEMA.type_map[t.label].fields.items():
        named = get_named_type(field.type)
        relation = next((r for r in MODEL.relations[t.label] if r.name == name), None)
        if is_leaf_type(named):
            continue
        if relation is not None and relation.target not in hidden | INTERFACES:
            continue
        if relation is None or not relation.many:
            yield f"{name}{arguments(field, small_pages)} {selection(named, 1, figures=False)}"
        else:
            edge = get_named_type(named.fields["edges"].type)
            leaves = [n for n, f in edge.fields.items() if is_leaf_type(get_named_type(f.type))]
            inner = f"totalCount edges {{ {' '.join(leaves)} node {{ id __typename }} }}"
            yield f"{name}(first: 3) {{ {inner} }}"


def _figures(t: NodeType, name: str) -> str:
    connection = get_named_type(ROOTS[t.plural].type)
    return selection(connection.fields[name].type, 1)


def _filters(t: NodeType, relations: list[Relation]) -> Iterator[str]:
    """One through each relation; how `none`, `all` and NOT are made of it is not about access."""
    for r in relations:
        if r.target not in INTERFACES:
            inner = "{node: {}}" if r.properties else "{}"
            condition = f"{{some: {inner}}}" if r.many else inner
            yield f"{t.plural}(filter: {{{r.name}: {condition}}}) {{ totalCount }}"


def _orders(t: NodeType, hidden: Hides) -> Iterator[str]:
    for key in t.sort_by:
        if MODEL.relation(t.label, key.relation).target in hidden:
            yield f"{t.plural}(first: 5, orderBy: [{key.name}_DESC]) {{ edges {{ cursor }} }}"


def _groups(t: NodeType, hidden: Hides, nameless: Hides) -> Iterator[str]:
    """By each property of a neighbour that may be hidden, and all own ones at once."""
    by = get_named_type(get_named_type(ROOTS[t.plural].type).fields["groups"].args["by"].type)
    assert isinstance(by, GraphQLEnumType)
    near = {k.name: MODEL.relation(t.label, k.relation).target in hidden for k in t.sort_by}
    keys = [[name] for name, hideable in near.items() if hideable]
    if t.label in hidden:
        keys.append([key for key in by.values if key not in near and key.lower() not in nameless])
    for some in keys:
        yield f"{t.plural} {{ groups(by: [{', '.join(some)}], first: 50) {{ key count }} }}"


def _of_root(name: str, field: GraphQLField) -> Iterator[str]:
    """The field asked of seen nodes, of hidden ones, and for words of theirs."""
    by_one = name.endswith("ByKey") or field.args.keys() == {"id"}
    looked_up = by_one and {"id", "key"} <= get_named_type(field.type).fields.keys()
    selected = "{ id key }" if looked_up else selection(field.type, 1, width=2, figures=False)
    for word, world in ((WORD, OPEN), (WORD, HIDDEN), (HIDDEN.name, OPEN)):
        text = f"{name}{arguments(field, given(name))}".replace(f'"{WORD}"', f'"{word}"')
        text = text.replace(f'"{OPEN.name}', f'"{world.name}').replace("first: 3", "first: 20")
        yield f"{{ {text} {selected} }}"
