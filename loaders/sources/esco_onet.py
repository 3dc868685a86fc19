"""ESCO and O*NET: skills, skill groups, occupations and the trees above them, in English."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from loaders.rows import NodeRow, Part, RejectedRow, RelationshipRow
from loaders.sources.tables import Row, filled, nodes, relationships, table

NAME = "esco-onet"
TITLE = "ESCO 1.1.1 and O*NET 30.2 skills and occupations"
ATTRIBUTION = (
    "ESCO (European Commission), CC BY 4.0; O*NET (US DOL/ETA), CC BY 4.0; "
    "by way of laiser 1.0 and tabiya-open-dataset v1.1.1"
)
GROUPS = "esco_1.1.1_skillGroups.csv"
SKILLS = "skills_esco_onet.csv"
KNOWLEDGE = "knowledge_esco_onet.csv"
ISCO_GROUPS = "esco_1.1.1_ISCOGroups.csv"
OCCUPATIONS = "esco_1.1.1_occupations.csv"
TASKS = "onet_occupation_tasks.csv"
SKILL_TREE = "esco_1.1.1_skills_hierarchy.csv"
SKILL_LINKS = "esco_1.1.1_skill_skill_relations.csv"
OCCUPATION_TREE = "esco_1.1.1_occupations_hierarchy.csv"
FILES = (
    GROUPS, SKILLS, KNOWLEDGE, ISCO_GROUPS, OCCUPATIONS, TASKS, SKILL_TREE, SKILL_LINKS,
    OCCUPATION_TREE,
)  # fmt: skip

ESCO, ISCO, ONET = "esco", "isco", "onet"
URI = "http://data.europa.eu/esco/"
ESCO_OCCUPATION_LEVEL = 5  # below the four levels of ISCO


def read(directory: Path) -> Iterator[Part]:
    """Each file's rows once; the trees name skills by local ids that only some files explain."""
    groups = list(table(directory, GROUPS, "ORIGINURI", "ID", "PREFERREDLABEL"))
    yield nodes("Skill", ESCO, (_group(row) for row in groups))
    yield nodes("Skill", ESCO, _skills(directory, "ESCO"))
    yield nodes("Skill", ONET, _skills(directory, "ONET"))
    yield nodes("Skill", ESCO, _knowledge(directory, "esco_knowledge"))
    yield nodes("Skill", ONET, _knowledge(directory, "onet_knowledge"))
    yield nodes("Occupation", ISCO, (_isco_group(row) for row in _isco_groups(directory)))
    yield nodes("Occupation", ESCO, (_occupation(row) for row in _occupations(directory)))
    yield nodes("Occupation", ONET, _with_tasks(directory))
    keys = {row["ID"]: f"{ESCO}:{_path(row['ORIGINURI'])}" for _, row in groups}
    tree = _links(directory, SKILL_TREE, "CHILDID", "PARENTID", keys)
    yield relationships(("Skill", "BROADER", "Skill"), ESCO, tree, counted=True)
    related = _links(directory, SKILL_LINKS, "REQUIRINGID", "REQUIREDID", keys)
    yield relationships(("Skill", "RELATED_SKILL", "Skill"), ESCO, related, counted=True)
    keys = {row["ID"]: f"{ISCO}:{row['CODE']}" for _, row in _isco_groups(directory)}
    keys |= {row["ID"]: f"{ESCO}:{row['CODE']}" for _, row in _occupations(directory)}
    above = _links(directory, OCCUPATION_TREE, "CHILDID", "PARENTID", keys)
    yield relationships(("Occupation", "BROADER", "Occupation"), ESCO, above, counted=True)


def _path(uri: str) -> str:
    return uri.removeprefix(URI)


def _group(entry: Row) -> NodeRow:
    place, row = entry
    values = filled(
        external_id=_path(row["ORIGINURI"]),
        name=row["PREFERREDLABEL"],
        name_en=row["PREFERREDLABEL"],
        aliases=row["ALTLABELS"].splitlines(),
        description=row["DESCRIPTION"].strip(),
        taxonomy="ESCO group",
    )
    return NodeRow(place, values)


def _skills(directory: Path, taxonomy: str) -> Iterator[NodeRow]:
    columns = ("skill_name", "aliases", "description", "taxonomy", "original_id")
    for place, row in table(directory, SKILLS, *columns):
        if row["taxonomy"].startswith(taxonomy):
            # O*NET rows have no id of their own: all of them name the same web page.
            external_id = _path(row["original_id"]) if taxonomy == "ESCO" else row["skill_name"]
            yield _skill((place, row), external_id, row["skill_name"])


def _knowledge(directory: Path, taxonomy: str) -> Iterator[NodeRow]:
    for place, row in table(directory, KNOWLEDGE, "name", "description", "taxonomy"):
        if row["taxonomy"] == taxonomy:
            yield _skill((place, row), f"knowledge/{row['name']}", row["name"])


def _skill(entry: Row, external_id: str, name: str) -> NodeRow:
    place, row = entry
    aliases = row.get("aliases", "")
    separator = " | " if " | " in aliases else ", "
    values = filled(
        external_id=external_id,
        name=name,
        name_en=name,
        aliases=[a.strip() for a in aliases.split(separator) if a.strip() not in ("", name)],
        description=row["description"].strip(),
        taxonomy=row["taxonomy"],
    )
    return NodeRow(place, values)


def _isco_groups(directory: Path) -> Iterator[Row]:
    return table(directory, ISCO_GROUPS, "ID", "CODE", "PREFERREDLABEL", "DESCRIPTION")


def _isco_group(entry: Row) -> NodeRow:
    place, row = entry
    values = {"code": row["CODE"], "name": row["PREFERREDLABEL"], "level": len(row["CODE"])}
    return NodeRow(place, {**values, "definition": row["DESCRIPTION"].strip()})


def _occupations(directory: Path) -> Iterator[Row]:
    columns = ("ID", "CODE", "PREFERREDLABEL", "ALTLABELS", "DESCRIPTION")
    return table(directory, OCCUPATIONS, *columns)


def _occupation(entry: Row) -> NodeRow:
    place, row = entry
    aliases = dict.fromkeys(row["ALTLABELS"].splitlines())
    aliases.pop(row["PREFERREDLABEL"], None)
    values = filled(
        code=row["CODE"],
        name=row["PREFERREDLABEL"],
        aliases=list(aliases),
        level=ESCO_OCCUPATION_LEVEL + row["CODE"].count(".") - 1,
        definition=row["DESCRIPTION"].strip(),
    )
    return NodeRow(place, values)


def _with_tasks(directory: Path) -> Iterator[NodeRow]:
    """A row a task: the rows of one occupation, which stand together, all carry all its tasks."""
    rows = table(directory, TASKS, "occupation", "task")
    for title, together in groupby(rows, key=lambda entry: entry[1]["occupation"]):
        entries = list(together)
        tasks = "\n".join(row["task"] for _, row in entries)
        values = {"code": title, "name": title, "tasks": tasks}
        yield from (NodeRow(place, values) for place, _ in entries)


def _links(
    directory: Path, file: str, source: str, target: str, keys: Mapping[str, str]
) -> Iterator[RelationshipRow | RejectedRow]:
    for place, row in table(directory, file, source, target):
        unknown = next((c for c in (source, target) if row[c] not in keys), None)
        if unknown:
            yield RejectedRow(
                place,
                unknown,
                row[unknown],
                "a local id that none of the files explains",
                "nothing to do: the cut leaves out the file with the ids of single skills",
            )
            continue
        values = filled(kind=row.get("RELATIONTYPE"))
        yield RelationshipRow(place, keys[row[source]], keys[row[target]], values)
