"""Plain Strawberry under uvicorn, each root field one statement written by hand.

Objects are the maps that the database returns.
"""

import json
import sys
from collections.abc import Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import neo4j
import strawberry
import uvicorn
from strawberry.asgi import GraphQL
from strawberry.schema.config import StrawberryConfig
from strawberry.utils.str_converters import to_camel_case


@strawberry.enum
class SkillLevel(Enum):
    PRIMARY = 1
    INTERMEDIATE = 2
    SENIOR = 3
    TECHNICIAN = 4
    SENIOR_TECHNICIAN = 5
    CHIEF_TECHNICIAN = 6


@strawberry.enum
class SkillOrder(Enum):
    EDGE_LEVEL_DESC = "EDGE_LEVEL_DESC"


@strawberry.type
class Named:
    id: strawberry.ID
    name: str


@strawberry.type
class SkillEdge:
    level: int | None
    node: Named


@strawberry.type
class Skills:
    edges: list[SkillEdge]


@strawberry.type
class Studios:
    nodes: list[Named]


@strawberry.type
class PageInfo:
    has_next_page: bool


@strawberry.type
class Worker:
    id: strawberry.ID
    key: str
    name: str | None
    name_en: str | None
    skill_level: SkillLevel | None
    birth_year: int | None
    frontline: bool | None
    job_title: str | None
    source: str | None
    synthetic: bool | None

    @strawberry.field
    def skills(root: Any, first: int, order_by: list[SkillOrder]) -> Skills:  # noqa: N805
        return root["skills"]

    @strawberry.field
    def studios(root: Any, first: int) -> Studios:  # noqa: N805
        return root["studios"]


@strawberry.type
class Workers:
    total_count: int
    nodes: list[Worker]
    page_info: PageInfo


@strawberry.type
class Employment:
    id: strawberry.ID
    worker: Worker | None


@strawberry.type
class Employments:
    nodes: list[Employment]


@strawberry.type
class Enterprise:
    id: strawberry.ID
    name: str

    @strawberry.field
    def employments(root: Any, first: int) -> Employments:  # noqa: N805
        return root["employments"]


@strawberry.type
class Hit:
    node: Worker


@strawberry.type
class Hits:
    edges: list[Hit]


From = Annotated[str, strawberry.argument(name="from")]


def schema(driver: neo4j.AsyncDriver, statements: Mapping[str, Any]) -> strawberry.Schema:
    """Its root fields are answered by the statements of the same names."""

    async def value(name: str, **parameters: object) -> Any:
        async with driver.session(
            database="neo4j", default_access_mode=neo4j.READ_ACCESS
        ) as session:
            record = await (await session.run(statements[name], parameters)).single()
            return record[0] if record else None

    @strawberry.type
    class Query:
        @strawberry.field
        async def list(self, first: int, from_: From) -> Workers:
            return await value("list", **{"first": first, "from": from_})

        @strawberry.field
        async def nested_list(self, first: int, from_: From) -> Workers:
            return await value("nestedList", **{"first": first, "from": from_})

        @strawberry.field
        async def deep_nested(self, id: strawberry.ID) -> Enterprise | None:
            return await value("deepNested", id=id)

        @strawberry.field
        async def point_read(self, id: strawberry.ID) -> Worker | None:
            return await value("pointRead", id=id)

        @strawberry.field
        async def connection(self, district: str, since: int) -> Workers:
            return await value("connection", district=district, since=since)

        @strawberry.field
        async def connection_some(self, skill: str, level: int) -> Workers:
            return await value("connectionSome", skill=skill, level=level)

        @strawberry.field
        async def full_text(self, lucene: str) -> Hits:
            return await value("fullText", lucene=lucene)

    config = StrawberryConfig(default_resolver=lambda row, name: row[_camel(name)])
    return strawberry.Schema(query=Query, config=config)


@cache
def _camel(name: str) -> str:
    return to_camel_case(name)


def main(settings: Mapping[str, Any]) -> None:
    """Serve the schema."""
    driver = neo4j.AsyncGraphDatabase.driver(
        settings["uri"],
        auth=(settings["user"], settings["password"]),
        notifications_min_severity="OFF",
    )
    uvicorn.run(
        GraphQL(schema(driver, settings["statements"])),
        port=settings["port"],
        lifespan="off",
        log_config=None,
        access_log=False,
    )


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text()))
