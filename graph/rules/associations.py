"""What the policy asks of membership, standards and certification (J06, J11)."""

from graph.projection.dated import in_force
from graph.rules.rule import Rule

NOT_A_MEMBER = Rule(
    "ALREADY_MEMBER",
    "she is a member of this association already",
    f"""NOT EXISTS {{
        MATCH (worker)<-[:ABOUT_WORKER]-(m:Membership)-[:IN_ASSOCIATION]->(association)
        WHERE {in_force("m", "$today")} }}""",
    "worker_id",
    policy=("J06",),
)

ITS_COMMITTEE = Rule(
    "NOT_ITS_COMMITTEE",
    "the committee belongs to another association; name one of this",
    "committee IS NULL OR EXISTS { (committee)-[:PART_OF]->(association) }",
    "committee_id",
    policy=("J05",),
)

IS_A_MEMBER = Rule(
    "NOT_A_MEMBER",
    "the membership has ended already",
    in_force("subject", "$today"),
    "membership_id",
    policy=("J06",),
)

WITHOUT_CERTIFICATE = Rule(
    "CERTIFICATE_OCCUPATION",
    "associations set standards for non-certificate and emerging occupations only",
    "occupation.emerging = true OR coalesce(occupation.certificate_required, false) = false",
    "occupation_id",
    policy=("J11", "C03"),
)

STANDARD_IN_FORCE = Rule(
    "STANDARD_NOT_PUBLISHED",
    "the standard is not in force; publish it first",
    "standard.state = 'PUBLISHED'",
    "standard_id",
    policy=("J11",),
)
