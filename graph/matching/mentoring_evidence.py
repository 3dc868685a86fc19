"""The paths behind the parts of a mentoring match, and their sentences."""

from typing import LiteralString

from graph.cypher import literal
from graph.matching.job import Evidence
from graph.model.people import SKILL_LEVEL
from graph.rules.mentoring import in_force

_LADDER = literal(", ".join(f"'{c.zh}'" for c in SKILL_LEVEL.choices))
_LADDER_EN = literal(
    ", ".join(f"'{c.name.replace('_', ' ').lower()}'" for c in SKILL_LEVEL.choices)
)


def _taught(master: LiteralString, apprentice: LiteralString, path: LiteralString) -> Evidence:
    return Evidence(
        "gap_coverage",
        lambda _: f"UNWIND drawn.skills AS skill_id MATCH path = {path}",
        {
            "occupation": "occupation.name",
            "skill": "skill.name",
            "skill_en": "coalesce(skill.name_en, skill.name)",
            "can": f"head([({master})-[r:HAS_SKILL]->(skill) | r.level])",
            "have": f"coalesce(head([({apprentice})-[r:HAS_SKILL]->(skill) | r.level]), 0)",
        },
        "“{occupation}”要求“{skill}”：师傅{can}级，徒弟{have}级",
        "{occupation} asks for “{skill_en}”: the master has level {can}, the apprentice {have}",
    )


def _shared_evidence(master: LiteralString, apprentice: LiteralString) -> tuple[Evidence, ...]:
    return (
        Evidence(
            "occupation",
            lambda _: (
                f"MATCH path = ({apprentice})-[:PRACTISES]->(occupation:Occupation)"
                f"<-[:TEACHES]-({master})"
            ),
            {"occupation": "occupation.name"},
            "师傅所带正是徒弟的职业“{occupation}”",
            "The master teaches the apprentice's own occupation, {occupation}",
        ),
        Evidence(
            "occupation",
            lambda _: (
                f"MATCH path = ({apprentice})-[:PRACTISES]->(own:Occupation)-[:BROADER]->"
                f"(wider:Occupation)<-[:BROADER]-(taught:Occupation)<-[:TEACHES]-({master})"
            ),
            {"own": "own.name", "taught": "taught.name", "wider": "wider.name"},
            "徒弟的“{own}”与师傅所带的“{taught}”同属“{wider}”",
            "The apprentice's {own} and the master's {taught} both belong to {wider}",
        ),
        Evidence(
            "place",
            lambda _: "MATCH path = (asking)-[:LIVES_IN]->(district:District)<-[:LIVES_IN]-(shown)",
            {"district": "district.name"},
            "两人都在{district}",
            "Both work from {district}",
        ),
        Evidence(
            "place",
            lambda _: (
                "MATCH path = (asking)-[:LIVES_IN]->(:District)-[:PART_OF]->(city:District)"
                "<-[:PART_OF]-(:District)<-[:LIVES_IN]-(shown)"
            ),
            {"city": "city.name"},
            "两人都在{city}",
            "Both work from districts of {city}",
        ),
    )


MENTOR_EVIDENCE = (
    _taught(
        "shown",
        "asking",
        "(asking)-[:PRACTISES]->(occupation:Occupation)-[:REQUIRES_SKILL]->"
        "(skill:Skill {id: skill_id})<-[:HAS_SKILL]-(shown)",
    ),
    *_shared_evidence("shown", "asking"),
    Evidence(
        "record",
        lambda _: (
            "MATCH path = (shown)<-[:HAS_MASTER]-"
            "(agreement:MentoringAgreement {state: 'COMPLETED'})"
        ),
        {},
        "师傅有一份带徒协议已期满",
        "An agreement of the master ran to its end",
    ),
    Evidence(
        "methods",
        lambda _: "MATCH path = (shown)-[:CONTRIBUTED_TO]->(achievement:Achievement)",
        {
            "title": "achievement.title",
            "title_en": "coalesce(achievement.name_en, achievement.title)",
        },
        "师傅参与完成“{title}”",
        "The master had a part in “{title_en}”",
    ),
)

APPRENTICE_EVIDENCE = (
    _taught(
        "asking",
        "shown",
        "(shown)-[:PRACTISES]->(occupation:Occupation)-[:REQUIRES_SKILL]->"
        "(skill:Skill {id: skill_id})<-[:HAS_SKILL]-(asking)",
    ),
    _taught(
        "asking",
        "shown",
        "(shown)-[:PRACTISES]->(own:Occupation)-[:BROADER]->(:Occupation)<-[:BROADER]-"
        "(occupation:Occupation)-[:REQUIRES_SKILL]->(skill:Skill {id: skill_id})"
        "<-[:HAS_SKILL]-(asking) WHERE (asking)-[:TEACHES]->(occupation) "
        "AND NOT (own)-[:REQUIRES_SKILL]->(skill)",
    ),
    *_shared_evidence("asking", "shown"),
    Evidence(
        "readiness",
        lambda _: (
            "MATCH path = (asking)<-[:ABOUT_WORKER]-(post:Employment) "
            f"WHERE post.engaged_level > 0 AND {in_force('post', '$as_of', known_at='$known_at')} "
            "WITH path, post ORDER BY post.engaged_level DESC LIMIT 1"
        ),
        {
            "engaged": f"[{_LADDER}][post.engaged_level - 1]",
            "engaged_en": f"[{_LADDER_EN}][post.engaged_level - 1]",
            "level": f"coalesce([{_LADDER}][shown.skill_level - 1], '尚无等级')",
            "level_en": f"coalesce([{_LADDER_EN}][shown.skill_level - 1], 'none yet')",
        },
        "师傅在聘等级为{engaged}，徒弟为{level}",
        "The level at which the master is engaged is {engaged_en}, the apprentice's is {level_en}",
    ),
    Evidence(
        "motivation",
        lambda _: (
            "WITH shown WHERE drawn.motivation > 0 MATCH path = (shown)-[:PRACTISES]->(:Occupation)"
        ),
        {},
        "徒弟自述的学习意愿与师傅所长用词相近",
        "What the apprentice wants to learn is worded like what the master does",
    ),
)
