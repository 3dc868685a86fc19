"""The databases and platforms of the policy, as one registry."""

from graph.rules.databases import DATABASE, Holding, databases
from schema.asked import asked
from schema.derived.fields import field, made
from schema.derived.scalars_of import described, enum_of
from schema.plan.ask import Ask


async def _answer(ask: Ask) -> list[Holding]:
    return await databases(ask.database, ask.viewer)


_HOLDING = made(
    "DatabaseHolding",
    "A database of the policy: a view of the one registry.",
    field("database", enum_of(DATABASE), "Which."),
    field("fields", list[str], "The list fields by which it is asked."),
    field("count", int | None, "How many of the first you see; null for one to four persons."),
)

QUERIES = (
    asked(
        "databases",
        list[_HOLDING],
        described(
            "The databases and platforms that the policy names (X19, K02, K04, K05): each is a "
            "view of one registry, of what you may see of it.",
            "数据库与平台",
        ),
        _answer,
    ),
)
