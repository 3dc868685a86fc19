"""Lists of a node type, page by page; and files of rows as CSV, JSON Lines or Excel."""

import csv
from collections.abc import AsyncGenerator, Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, LiteralString

import openpyxl
import orjson
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from graph import clock
from graph.cypher import Cypher
from graph.database import Database
from graph.errors import JiangpuError
from graph.model import MODEL, Kind, NodeType, Property, RelationshipType
from graph.projection.access import visible
from graph.projection.filters import Conditions, Filters, expression
from graph.projection.personal import traced
from graph.projection.slots import Slots
from graph.viewer import Viewer
from graph.writes.accesses import write as log_accesses
from loaders.readers.table import FORMULA

Row = Mapping[str, Any]
Write = Callable[[Sequence[Row]], None]

PAGE_ROWS = 2_000
_LONGEST_IN_EXCEL = 32_767
PAGE_SECONDS = 120


class UnwritableFile(JiangpuError):
    """A file of a kind that cannot be written, or in a place where it cannot; says what to do."""


def columns_of(node_type: NodeType, *, chinese: bool = False) -> list[str]:
    """The columns of a list: what `jiangpu load` reads again, and the id."""
    named = [*_properties(node_type), *(r.forward for r in _links(node_type))]
    return ["key", "id", *((p.zh if chinese else "") or p.name for p in named)]


async def rows_of(
    database: Database,
    node_type: NodeType,
    viewer: Viewer,
    conditions: Conditions | None = None,
    *,
    chinese: bool = False,
) -> AsyncGenerator[Sequence[Row]]:
    """Pages of all nodes that meet the conditions, in the order of their keys.

    A relation's cell holds the keys of the other ends, behind a colon the level if there is one.
    Records that were corrected are left out. Whose personal values a page shows is in the log of
    accesses before the page is given away.
    """
    columns = columns_of(node_type, chinese=chinese)
    choices = _choices(node_type, chinese=chinese)
    text, parameters = _page(node_type, viewer, conditions or {})
    after = ""
    while True:
        page = await database.value(
            Cypher(text, {**parameters, "after": after, "most": PAGE_ROWS}, name="export"),
            seconds=PAGE_SECONDS,
        )
        if not page:
            return
        await _log(database, node_type, viewer, [values.pop() for values in page])
        for values in page:
            for n, names in choices.items():
                held = values[n]
                several = isinstance(held, list)
                values[n] = [names[v] for v in held] if several else names.get(held)
        yield [dict(zip(columns, values, strict=True)) for values in page]
        after = page[-1][0]


@contextmanager
def file_of(path: Path, columns: Sequence[str]) -> Generator[Write]:
    """A file that takes rows; it is there under its name only once it is whole."""
    write_to = _WRITERS.get(path.suffix.lower())
    if write_to is None:
        raise UnwritableFile(f"{path.name}: name it {' or '.join('*' + s for s in _WRITERS)}")
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with write_to(unfinished, columns) as write:
            yield write
        unfinished.replace(path)
    except OSError as error:
        raise UnwritableFile(
            f"cannot write {path} ({error.strerror}); name another file"
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def neutral(cell: str) -> str:
    """A text that no spreadsheet takes for a formula; the readers take the apostrophe off."""
    return f"'{cell}" if cell.lstrip("'")[:1] in FORMULA else cell


def _page(
    node_type: NodeType, viewer: Viewer, conditions: Conditions
) -> tuple[LiteralString, Mapping[str, Any]]:
    slots = Slots()
    where: list[LiteralString] = ["n.key > $after"]
    if node_type.dated:
        where.append("n.recorded_to IS NULL")
    if allowed := visible(node_type, "n", viewer):
        where.append(allowed)
    if conditions:
        where.append(Filters(viewer, slots).node(node_type, "n", conditions, ("filter",)))
    cells: list[LiteralString] = [
        "n.key",
        "n.id",
        *[_cell(p) for p in _properties(node_type)],
        *[_others(r, viewer) for r in _links(node_type)],
        traced(node_type, "n", viewer),
    ]
    text: LiteralString = (
        f"MATCH (n:{node_type.label}) WHERE {' AND '.join(where)} "
        "WITH n ORDER BY n.key LIMIT $most "
        f"RETURN collect([{', '.join(cells)}])"
    )
    return text, {**slots.fill({"filter": conditions}), **viewer.parameters}


async def _log(
    database: Database, t: NodeType, viewer: Viewer, persons: Sequence[str | None]
) -> None:
    shown = tuple(sorted(t.personal))
    seen = {person: clock.now() for person in persons if person is not None}
    if shown and seen:
        await log_accesses(database, {(viewer.name, shown): seen})


def _properties(node_type: NodeType) -> list[Property]:
    return [p for p in node_type.all_properties if not p.internal and p.name not in {"id", "key"}]


def _choices(node_type: NodeType, *, chinese: bool) -> Mapping[int, Mapping[Any, str]]:
    """Place of a column -> what the database holds -> its name."""
    return {
        n: {p.choices.stored[c.name]: c.zh if chinese else c.name for c in p.choices.choices}
        for n, p in enumerate(_properties(node_type), start=2)
        if p.choices
    }


def _links(node_type: NodeType) -> list[RelationshipType]:
    """What leads away from the type; what leads to it stands in the other type's list."""
    return [r for r in MODEL.relationship_types if r.source == node_type.label and not r.derived]


def _cell(p: Property) -> LiteralString:
    text: LiteralString = expression(p, "n")
    return f"toString({text})" if p.kind in {Kind.DATE, Kind.DATETIME} else text


def _others(r: RelationshipType, viewer: Viewer) -> LiteralString:
    level: LiteralString | None = next(
        (p.name for p in r.properties if p.kind is Kind.INTEGER), None
    )
    cell: LiteralString = f"m.key + coalesce(':' + r.{level}, '')" if level else "m.key"
    allowed = visible(MODEL.node_type(r.target), "m", viewer)
    where: LiteralString = f" WHERE {allowed}" if allowed else ""
    return (
        f"COLLECT {{ MATCH (n)-[r:{r.type}]->(m:{r.target}){where} RETURN {cell} ORDER BY m.key }}"
    )


@contextmanager
def _csv(path: Path, columns: Sequence[str]) -> Generator[Write]:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(columns)
        yield lambda rows: out.writerows([_plain(row.get(c)) for c in columns] for row in rows)


@contextmanager
def _jsonl(path: Path, columns: Sequence[str]) -> Generator[Write]:
    with path.open("wb") as file:

        def write(rows: Sequence[Row]) -> None:
            for row in rows:
                given = {c: row[c] for c in columns if row.get(c) not in (None, [])}
                file.write(orjson.dumps(given, option=orjson.OPT_APPEND_NEWLINE))

        yield write


@contextmanager
def _xlsx(path: Path, columns: Sequence[str]) -> Generator[Write]:
    book = openpyxl.Workbook(write_only=True)
    sheet: Any = book.create_sheet("匠谱")
    sheet.append(list(columns))

    def write(rows: Sequence[Row]) -> None:
        for row in rows:
            sheet.append([_fit_for_excel(_plain(row.get(c))) for c in columns])

    try:
        yield write
    finally:
        sheet.close()
    book.save(path)


def _fit_for_excel(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if len(value) > _LONGEST_IN_EXCEL:
        raise UnwritableFile("a text is longer than Excel allows; write *.csv or *.jsonl")
    return ILLEGAL_CHARACTERS_RE.sub("", value)


def _plain(value: Any) -> Any:
    """One cell of a table: lists in one text, formulas neutral."""
    if isinstance(value, list | tuple):
        value = ";".join(map(str, value))
    return neutral(value) if isinstance(value, str) else value


_WRITERS: Mapping[str, Any] = MappingProxyType({".csv": _csv, ".jsonl": _jsonl, ".xlsx": _xlsx})
