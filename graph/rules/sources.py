"""What must hold before two records become one, or one is shared (K09, K10)."""

from collections.abc import Iterator
from typing import LiteralString

from graph.cypher import literal
from graph.model import MODEL, Kind, NodeType
from graph.projection.dated import in_force
from graph.rules.rule import Rule

_COMPARED = frozenset(
    {Kind.STRING, Kind.INTEGER, Kind.LONG, Kind.DATE, Kind.CHOICE, Kind.TEXT, Kind.STRINGS}
)
_BOOKKEEPING = frozenset({"id", "key", "source", "synthetic"})


def compared(t: NodeType) -> LiteralString:
    """The names of the properties by which two records of a type are compared, as a list."""
    names: list[LiteralString] = [
        f"'{p.name}'"
        for p in t.all_properties
        if p.kind in _COMPARED and not p.internal and p.name not in _BOOKKEEPING
    ]
    return f"[{', '.join(names)}]"


def agreeing(t: NodeType) -> LiteralString:
    """The list of properties and relations in which `kept` and `joined` agree."""
    return " + ".join(
        [f"[p IN {compared(t)} WHERE kept[p] = joined[p]]", *_shared(t)],
    )


def _shared(t: NodeType) -> Iterator[LiteralString]:
    for r in MODEL.relations[t.label]:
        if r.outgoing:
            way: LiteralString = f"-[:{r.type}]->(:{r.target})<-[:{r.type}]-"
            yield f"CASE WHEN EXISTS {{ (kept){way}(joined) }} THEN ['{r.name}'] ELSE [] END"


TWO_RECORDS = Rule(
    "SAME_RECORD",
    "both ids name one record; name two",
    "kept <> joined",
    "joined_id",
    policy=("K10",),
)

REAL_OR_NOT = Rule(
    "REAL_AND_GENERATED",
    "a real record and a generated one are never one",
    "coalesce(kept.synthetic, false) = coalesce(joined.synthetic, false)",
    "joined_id",
    policy=("K10",),
)

NOT_PROPOSED_YET = Rule(
    "ALREADY_PROPOSED",
    "this is proposed already, or was rejected; decide on that proposal",
    """NOT EXISTS { MATCH (kept)<-[:KEEPS|JOINS]-(other:MergeProposal)-[:KEEPS|JOINS]->(joined)
      WHERE other.state IN ['PROPOSED', 'REJECTED'] }""",
    "joined_id",
    policy=("K10",),
)


def some_evidence(t: NodeType) -> Rule:
    """Two records that agree in nothing are not proposed."""
    return Rule(
        "NO_EVIDENCE",
        "the two agree in nothing that is stored; there is no evidence that they are one",
        f"size({agreeing(t)}) > 0",
        "joined_id",
        policy=("K10",),
    )


_THE_TWO: LiteralString = "MATCH (subject)-[:KEEPS]->(one), (subject)-[:JOINS]->(other)"

NOT_A_PAIR = Rule(
    "TAUGHT_ONE_ANOTHER",
    "one of the two taught the other, so they are two; reject the proposal",
    f"""NOT EXISTS {{ {_THE_TWO}
      MATCH (one)<-[:HAS_MASTER|HAS_APPRENTICE]-(:MentoringAgreement)
        -[:HAS_MASTER|HAS_APPRENTICE]->(other) }}""",
    policy=("K10",),
)

STILL_TWO = Rule(
    "ALREADY_MERGED",
    "one of the two has become part of another record; propose that one",
    f"NOT EXISTS {{ {_THE_TWO} WHERE one:Merged OR other:Merged }}",
    policy=("K10",),
)

LAST_FIRST = Rule(
    "MERGED_FURTHER",
    "the record was merged again since; split what was merged last first",
    f"""EXISTS {{ {_THE_TWO} MATCH (other)-[into:MERGED_INTO]->(one)
      WHERE NOT one:Merged AND NOT EXISTS {{
        MATCH (:Merged)-[later:MERGED_INTO]->(one) WHERE later.number > into.number }} }}""",
    policy=("K10",),
)

CODE_IS_FREE = Rule(
    "CODE_TAKEN",
    "a source is registered under this code already; use that one",
    "NOT EXISTS { (:DataSource {code: $given.code}) }",
    "code",
    policy=("K10",),
)

ONE_KEEPER = Rule(
    "ONE_KEEPER",
    "name exactly one that keeps the register: a union, an enterprise or a partner",
    "size([one IN [union, enterprise, partner] WHERE one IS NOT NULL]) = 1",
    "union_id",
    policy=("K10",),
)

AGREED_TO_SHARING = Rule(
    "NO_CONSENT",
    "she has not agreed to her record being shared; ask her, and record her consent",
    f"""EXISTS {{ MATCH (worker)<-[:ABOUT_WORKER]-(c:Consent)
      WHERE c.purpose = 'SHARING' AND {in_force("c", "$today")} }}""",
    "worker_id",
    policy=("K09",),
)

_FIELDS: LiteralString = ", ".join(
    [
        f"'{literal(name)}'"
        for name in sorted(
            {p.name for p in MODEL.node_type("Worker").properties}
            | {r.name for r in MODEL.relations["Worker"]}
        )
    ]
)

KNOWN_FIELDS = Rule(
    "UNKNOWN_FIELD",
    "name fields and relations of Worker as they are stored, such as skill_level",
    f"all(f IN $given.fields WHERE f IN [{_FIELDS}])",
    "fields",
    policy=("K09",),
)

NOT_SHARED_NOW = Rule(
    "ALREADY_DONE",
    "this was handed to the same partner for the same purpose today",
    """NOT EXISTS { MATCH (worker)<-[:ABOUT_WORKER]-(s:DataShare)-[:SHARED_WITH]->(partner)
      WHERE s.fields = $given.fields AND s.purpose = $given.purpose
        AND date(datetime({datetime: s.shared, timezone: 'Asia/Shanghai'})) = $today }""",
    "fields",
    policy=("K09",),
)
