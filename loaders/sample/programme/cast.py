"""Who and what was there when the programme began: made-up people, studios and organisations.

They stand on the sample's districts and occupations and belong to the unions of a generated
population. All that happens later is done through operations.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any, LiteralString

from graph.model import MODEL, Relation
from loaders.rows import NodeRow, Part, Place, RelationshipRow
from loaders.sample.names import FIRM_WORDS, GIVEN, SURNAMES
from loaders.sample.organisations import MARK
from loaders.sample.programme.numbers import (
    APPRENTICES,
    ENTERPRISES,
    STUDIOS_BEFORE,
    YEARS,
    scaled,
    until,
)
from loaders.sample.vocabulary import Vocabulary
from loaders.sources.tables import nodes, relationships

SOURCE = "programme"
OCCUPATIONS = 40
FEWEST_APPRENTICES = 40
INSTITUTES = 4
DOUBLES = 3  # enterprises that another register knows too
PLANNING_MASTERS, PLANNING_WORKERS = 4, 10  # of the union for which mentoring is planned
LONG_AGO, BEFORE = date(2005, 3, 1), date(2014, 1, 1)
HONOURS = (
    "CHINA_SKILLS_AWARD", "NATIONAL_EXPERT", "BEIJING_EXPERT", "CHIEF_TECHNICIAN",
    "NATIONAL_MODEL_WORKER", "CAPITAL_MODEL_WORKER",
)  # fmt: skip
KEY_INDUSTRIES = ("集成电路", "高端装备", "轨道交通")


class Cast:
    """Nodes by label and relations by name; those of the sample are named by their keys."""

    def __init__(self, vocabulary: Vocabulary, population: str, size: float, seed: int) -> None:
        self.name = f"{SOURCE} on {population}, seed {seed}, size {size:g}"
        self.size = size
        self.keys: dict[str, str] = {}
        self._nodes: defaultdict[str, list[NodeRow]] = defaultdict(list)
        self._links: defaultdict[tuple[str, str, str], list[RelationshipRow]] = defaultdict(list)
        self._random = Random(seed)  # noqa: S311 - makes up people, guards nothing
        self._on_the_sample(vocabulary, population)
        self._organisations()
        self._people()
        self._studios()

    @property
    def stock(self) -> int:
        """Municipal studios in being at the beginning."""
        return scaled(STUDIOS_BEFORE, self.size)

    @property
    def studios(self) -> int:
        """Studios, with those that are nominated in the five years."""
        return self.stock + until("studios named", YEARS.stop, self.size) + 3

    @property
    def apprentices(self) -> int:
        """Workers who learn and compete."""
        return max(FEWEST_APPRENTICES, scaled(APPRENTICES, self.size))

    @property
    def honoured(self) -> range:
        """Every second of the first leaders: who of the six groups is to teach (T09)."""
        return range(0, until("pairs signed", YEARS.stop - 1, self.size), 2)

    def parts(self) -> Iterator[Part]:
        """Nodes first, then what relates them."""
        for label, rows in self._nodes.items():
            yield nodes(label, SOURCE, rows)
        for pattern, links in self._links.items():
            yield relationships(pattern, SOURCE, links)

    def add(self, label: LiteralString, called: str, /, **given: Any) -> None:
        """Add a node called so; what names a relation is what it leads to."""
        relations = {r.name: r for r in MODEL.relations[label]}
        key = self.keys[called] = f"{SOURCE}:{called}"
        values: dict[str, Any] = {"key": key, "synthetic": True}
        for word, value in given.items():
            if word in relations:
                self._relate(relations[word], label, key, self.keys[value])
            else:
                values[word] = value.isoformat() if isinstance(value, date) else value
        rows = self._nodes[label]
        rows.append(NodeRow(Place(f"{SOURCE} {label}", len(rows) + 1), values))

    def _relate(self, r: Relation, label: LiteralString, near: str, far: str) -> None:
        source, target = (label, r.target) if r.outgoing else (r.target, label)
        one, other = (near, far) if r.outgoing else (far, near)
        links = self._links[source, r.type, target]
        links.append(RelationshipRow(Place(f"{SOURCE} {label}", len(links) + 1), one, other))

    def _on_the_sample(self, vocabulary: Vocabulary, population: str) -> None:
        self.keys["city"] = f"{population}:u-m"
        for n in range(ENTERPRISES):
            key, name = vocabulary.districts[n % len(vocabulary.districts)]
            self.keys[f"district{n}"] = key
            self.keys[f"union{n}"] = f"{population}:u-d-{name}"
        occupations = [o.key for line in vocabulary.lines for o in line.occupations]
        for n, key in enumerate(occupations[:OCCUPATIONS]):
            self.keys[f"occupation{n}"] = key
        self.keys["field"] = vocabulary.lines[0].fields[0].key

    def _organisations(self) -> None:
        for n, name in enumerate(KEY_INDUSTRIES):
            self.add(
                "Industry", f"industry{n}", code=f"合成{n}", name=f"{name}{MARK}",
                key_industry=True,
            )  # fmt: skip
        for n in range(ENTERPRISES):
            name = f"北京{FIRM_WORDS[-1 - n]}{KEY_INDUSTRIES[n % 3]}有限公司{MARK}"
            self.add(
                "Enterprise", f"enterprise{n}", name=name, district=f"district{n}",
                industries=f"industry{n % 3}", relocating=n % 4 == 0,
            )  # fmt: skip
            if n < DOUBLES:
                self.add("Enterprise", f"twin{n}", name=name, district=f"district{n}",
                         city="Beijing")  # fmt: skip
            self.add(
                "Union", f"grassroots{n}", name=f"{name}工会", type="DIRECT_GRASSROOTS",
                tree="REGION", parent=f"union{n}", enterprises=f"enterprise{n}",
            )  # fmt: skip
        self.add("Union", "planning", name=f"名师带徒试点工会{MARK}", type="DIRECT_GRASSROOTS",
                 tree="REGION", parent="union0")  # fmt: skip
        for n in range(INSTITUTES):
            self.add(
                "ResearchInstitute", f"institute{n}", name=f"首都第{n + 1}研究所{MARK}",
                in_beijing=True, city="Beijing",
            )  # fmt: skip
            self.add(
                "Scientist", f"scientist{n}", name=f"{self._person()}{MARK}",
                researchInstitutes=f"institute{n}",
            )  # fmt: skip
        self.add("TechAssociation", "association", name=f"市职工技协{MARK}", level="MUNICIPAL",
                 union="city", founded=LONG_AGO)  # fmt: skip
        self.add("SpecialCommittee", "committee", name=f"焊接专委会{MARK}",
                 association="association")  # fmt: skip
        self.add("TrainingProvider", "provider", name=f"市职工大学{MARK}",
                 kind="WORKERS_UNIVERSITY")  # fmt: skip
        self.add("Course", "course", name=f"岗位技能提升{MARK}", mode="HANDS_ON",
                 provider="provider")  # fmt: skip
        self.add("PartnerOrganisation", "partner", name=f"行业协会{MARK}",
                 kind="INDUSTRY_ASSOCIATION")  # fmt: skip
        self.add("OrganisationUnit", "office", name=f"技能人才办公室{MARK}", kind="OFFICE",
                 union="city")  # fmt: skip

    def _person(self) -> str:
        surname, _ = self._random.choice(SURNAMES)
        return surname + "".join(self._random.choices(GIVEN, k=2))

    def _worker(self, called: str, n: int, level: str, union: str = "", **more: Any) -> None:
        """A worker with her post, level and consents of the years before."""
        occupation = f"occupation{n % OCCUPATIONS}"
        self.add(
            "Worker", called, name=self._person(), skill_level=level, birth_year=1960 + n % 30,
            frontline=True, unions=union or f"grassroots{n % ENTERPRISES}", occupation=occupation,
            district=f"district{n % ENTERPRISES}", **more,
        )  # fmt: skip
        self.add("Employment", f"post-{called}", worker=called, engaged_level=level,
                 enterprise=f"enterprise{n % ENTERPRISES}", valid_from=LONG_AGO)  # fmt: skip
        self.add("SkillLevelRecord", f"level-{called}", worker=called, skill_level=level,
                 occupation=occupation, valid_from=LONG_AGO)  # fmt: skip
        for purpose in ("MATCHING", "PUBLICATION"):
            self.add("Consent", f"{purpose.lower()}-{called}", worker=called, purpose=purpose,
                     given_how="书面", valid_from=BEFORE)  # fmt: skip

    def _master(self, called: str, n: int, places: int, union: str = "") -> None:
        self._worker(called, n, "SENIOR_TECHNICIAN", union, is_master=True,
                     teaches=f"occupation{n % OCCUPATIONS}")  # fmt: skip
        self.add("MentorProfile", f"places-{called}", master=called, capacity=places,
                 valid_from=BEFORE)  # fmt: skip

    def _people(self) -> None:
        for n in range(self.studios):
            self._master(f"leader{n}", n, 3)
        for n in range(self.apprentices):
            self._worker(f"apprentice{n}", n, "INTERMEDIATE")
        for n in range(PLANNING_MASTERS):
            self._master(f"master{n}", 0, 8, "planning")
        for n in range(PLANNING_WORKERS):
            self._worker(f"learner{n}", 0, "PRIMARY", "planning")
        for n in self.honoured:
            self.add("Designation", f"honour{n}", title=HONOURS[n // 2 % len(HONOURS)],
                     worker=f"leader{n}", target="PERSON", valid_from=BEFORE)  # fmt: skip

    def _studios(self) -> None:
        for n in range(self.studios):
            self.add(
                "Studio", f"studio{n}", name=f"第{n + 1}创新工作室{MARK}", leader=f"leader{n}",
                enterprise=f"enterprise{n % ENTERPRISES}", district=f"district{n % ENTERPRISES}",
                industries=f"industry{n % 3}", focus="技术攻关与技能传承",
            )  # fmt: skip
        for n in range(self.stock):
            self.add("StudioDesignation", f"designation{n}", studio=f"studio{n}", kind="NEW",
                     level="MUNICIPAL", valid_from=date(2010 + n % 5, 5, 1))  # fmt: skip
        self.add("Achievement", "old", title=f"免清根焊接工艺{MARK}", kind="PROCESS",
                 studio="studio0", enterprise="enterprise0", registered=BEFORE)  # fmt: skip
        for n in range(3):
            self.add("Patent", f"patent{n}", number=f"合成{n}", title=f"焊接夹具{n}{MARK}",
                     achievements="old")  # fmt: skip
