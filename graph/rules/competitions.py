"""What the policy asks of competitions, entries and promotions (A05–A15)."""

from graph.projection.dated import in_force
from graph.rules.rule import Rule

COVERED = Rule(
    "NOT_IN_THIS_OCCUPATION",
    "the competition is not held in this occupation; choose one that it covers",
    "EXISTS { (competition)-[:COVERS]->(occupation) }",
    "occupation_id",
    policy=("A06",),
)

STILL_PLANNED = Rule(
    "ENTRIES_CLOSED",
    "entries close when a competition is held; enter the next one",
    "competition.state = 'PLANNED'",
    "competition_id",
    policy=("A07",),
)

HELD_ALREADY = Rule(
    "NOT_HELD",
    "results are recorded after the competition is held and before its ranking is published",
    "competition.state = 'HELD'",
    policy=("W04",),
)

SOMEBODY_PLACED = Rule(
    "NOBODY_PLACED",
    "a ranking needs at least one result; record the results first",
    "EXISTS { (subject)<-[:IN_COMPETITION]-(:CompetitionEntry {state: 'PLACED'}) }",
    policy=("W04",),
)

PUBLISHED = Rule(
    "NOT_RANKED",
    "a level rests on a published ranking; publish the ranking first",
    """entry.state = 'PLACED'
        AND EXISTS { (entry)-[:IN_COMPETITION]->(:Competition {state: 'RANKED'}) }""",
    "entry_id",
    policy=("A15",),
)

HIGHER = Rule(
    "NOT_HIGHER",
    "she holds this level or a higher one in the occupation; a promotion leads upwards",
    f"""NOT EXISTS {{
        MATCH (entry)-[:ENTERED_BY]->(:Worker)<-[:ABOUT_WORKER]-(held:SkillLevelRecord)
          -[:IN_OCCUPATION]->(:Occupation)<-[:IN_OCCUPATION]-(entry)
        WHERE held.skill_level >= $given.skill_level AND {in_force("held", "$today")} }}""",
    "skill_level",
    policy=("A15", "C11"),
)
