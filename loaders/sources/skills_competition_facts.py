"""Competition, honour and alliance facts: events and organisations, no names of persons."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from loaders.rows import NodeRow, Part, Place, RejectedRow, RelationshipRow
from loaders.sources.organisation_names import fold, kind_of
from loaders.sources.organisations import Organisation, Register
from loaders.sources.tables import Row, filled, nodes, relationships, table

NAME = "skills-competition-facts"
TITLE = "WorldSkills medals, 北京大工匠 occupations, studio alliances"
ATTRIBUTION = "facts from public press pages, one address per row"
MEDALS = "worldskills_china_medals_by_event.csv"
HONOURS = "beijing_dagongjiang_occupations.csv"
ALLIANCES = "beijing_studio_alliances_orgs.csv"
FILES = (MEDALS, HONOURS, ALLIANCES)

COMPETITION, HONOUR, ALLIANCE = "competition", "honour", "alliance"
# Where the name in the press, or the event, is plainly one occupation of the dictionary.
OCCUPATIONS: Mapping[str, str] = {
    "工程测量员": "4-08-03-04", "数控机床操作工": "6-18-01-07", "中药炮制工": "6-12-02-00",
    "贵金属首饰手工制作工": "6-09-03-15", "手工木匠": "6-06-03-01", "焊工": "6-18-02-04",
    "钳工": "6-20-01-01", "汽车维修工": "4-12-01-01", "电气设备安装工": "6-29-03-02",
    "汽车装调工": "6-22-02-01", "起重装卸机械操作工": "6-30-05-01",
    "嵌入式系统设计工程技术人员": "2-02-10-06", "智能制造工程技术人员": "2-02-38-05",
    "土木建筑工程技术人员": "2-02-18-02", "金属轧制工": "6-17-09-02",
    "数控车": "6-18-01-07", "数控铣": "6-18-01-07", "焊接": "6-18-02-04", "砌筑": "6-29-01-01",
    "花艺": "4-09-10-05", "美发": "4-10-03-02", "美容": "4-10-03-01", "混凝土建筑": "6-29-01-03",
    "汽车技术": "4-12-01-01", "车身修理": "4-12-01-01", "电气装置": "6-29-03-02",
    "机电一体化": "6-31-01-10", "管道与制暖": "6-29-02-15", "烘焙": "6-02-01-01",
    "制冷与空调": "6-29-03-05", "云计算": "2-02-38-04", "机器人系统集成": "2-02-38-10",
    "网络安全": "4-04-04-02", "飞机维修": "6-23-03-13", "家具制作": "6-06-04-00",
}  # fmt: skip
# The alliances name the district where a studio's firm is not named.
DISTRICTS = frozenset({"东城区", "丰台区", "北京经济技术开发区"})


def read(directory: Path) -> Iterator[Part]:
    """Medals by event, honours by occupation, alliances as pairs of organisations."""
    yield from _medals(directory)
    yield from _honours(directory)
    yield from _alliances(directory)


def _medals(directory: Path) -> Iterator[Part]:
    columns = ("competition", "year", "host", "country", "event_zh", "medal", "source")
    entries = list(table(directory, MEDALS, *columns))
    competitions = {row["competition"]: (place, row) for place, row in entries}
    yield nodes("Competition", COMPETITION, map(_competition, competitions.values()), counted=False)
    yield nodes("CompetitionResult", COMPETITION, map(_result, entries))
    yield relationships(
        ("CompetitionResult", "WON_IN", "Competition"),
        COMPETITION,
        (
            RelationshipRow(place, _result_key(row), f"{COMPETITION}:{row['competition']}")
            for place, row in entries
        ),
    )
    yield relationships(
        ("CompetitionResult", "IN_OCCUPATION", "Occupation"),
        COMPETITION,
        (
            RelationshipRow(place, _result_key(row), f"csco:{OCCUPATIONS[row['event_zh']]}")
            for place, row in entries
            if row["event_zh"] in OCCUPATIONS
        ),
    )


def _competition(entry: Row) -> NodeRow:
    place, row = entry
    values = filled(
        external_id=row["competition"],
        name=row["competition"],
        level="INTERNATIONAL",
        year=int(row["year"]),
        host=row["host"],
    )
    return NodeRow(place, values)


def _result(entry: Row) -> NodeRow:
    place, row = entry
    values = filled(
        external_id=_result_key(row).partition(":")[2],
        event=row["event_zh"],
        medal=row["medal"].upper(),
        country=row["country"],
        reference=row["source"],
    )
    return NodeRow(place, values)


def _result_key(row: Mapping[str, str]) -> str:
    return f"{COMPETITION}:{row['competition']}/{row['event_zh']}/{row['country']}"


def _honours(directory: Path) -> Iterator[Part]:
    columns = ("honor", "edition", "announced", "winners_in_edition", "occupation_zh")
    entries = list(table(directory, HONOURS, *columns, "employer_zh", "source"))
    yield nodes("Honour", HONOUR, map(_honour, entries))
    yield relationships(
        ("Honour", "GIVEN_FOR", "Occupation"),
        HONOUR,
        (
            RelationshipRow(place, _honour_key(row), f"csco:{OCCUPATIONS[row['occupation_zh']]}")
            for place, row in entries
            if row["occupation_zh"] in OCCUPATIONS
        ),
    )
    register = Register()
    given_at: list[RelationshipRow] = []
    for place, row in entries:
        if row["employer_zh"] and kind_of(row["employer_zh"]) == "Enterprise":
            employer = _enterprise(register, row["employer_zh"], place)
            given_at.append(RelationshipRow(place, _honour_key(row), employer.key))
    yield from register.parts("Enterprise")
    yield relationships(("Honour", "GIVEN_AT", "Enterprise"), HONOUR, given_at)


def _honour(entry: Row) -> NodeRow:
    place, row = entry
    values = filled(
        external_id=_honour_key(row).partition(":")[2],
        name=f"{row['honor']}（{row['occupation_zh']}）",
        edition=int(row["edition"]),
        announced=row["announced"],
        winners=int(row["winners_in_edition"]),
        reference=row["source"],
    )
    return NodeRow(place, values)


def _honour_key(row: Mapping[str, str]) -> str:
    return f"{HONOUR}:{row['honor']}/{row['edition']}/{row['occupation_zh']}"


def _alliances(directory: Path) -> Iterator[Part]:
    columns = ("announced", "studio_a_org", "studio_b_org")
    register = Register()
    rows: list[RelationshipRow | RejectedRow] = []
    for place, row in table(directory, ALLIANCES, *columns):
        district = next((c for c in columns[1:] if row[c] in DISTRICTS), None)
        if district:
            reason, remedy = "a district, not an enterprise", "name the enterprise"
            rows.append(RejectedRow(place, district, row[district], reason, remedy))
            continue
        one, other = (_enterprise(register, row[c], place) for c in columns[1:])
        rows.append(RelationshipRow(place, one.key, other.key, {"announced": row["announced"]}))
    yield from register.parts("Enterprise")
    yield relationships(("Enterprise", "ALLIED_WITH", "Enterprise"), ALLIANCE, rows, counted=True)


def _enterprise(register: Register, name: str, place: Place) -> Organisation:
    found = Organisation("Enterprise", fold(name))
    register.add(found, name, place)
    return found
