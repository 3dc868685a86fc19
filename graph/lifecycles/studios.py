"""Studios: nomination, naming, review and withdrawal (W02); projects in three steps (W03)."""

from typing import LiteralString

from graph.lifecycles.dated import ending
from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import FEDERATION, Party, answering, its, organisation
from graph.model.studio_programme import (
    STUDIO_EXCHANGE,
    STUDIO_GRANT,
    STUDIO_NOMINATION,
    STUDIO_PROJECT,
    STUDIO_PROJECT_CALL,
    STUDIO_REVIEW,
    STUDIO_RULE,
)
from graph.model.studios import STUDIO_DESIGNATION
from graph.projection.dated import in_force
from graph.rules import studios as rules
from graph.viewer import Role

_STUDIO = Reference("studio", "Studio", "The studio.", "studio")
_ITSELF = organisation("the studio itself", Role.STUDIO, "studio.id = $viewer_organisation")
_UNION_OF_STUDIO = answering("a union that answers for the studio", *rules.ANSWERS_FOR_STUDIO)


def _namer(what: LiteralString, union: LiteralString) -> Party:
    """Below the municipal level the union that put it forward names; a title has no other."""
    return answering(
        "below the municipal level, the union that put it forward",
        union,
        when=f"{what}.level <> 'MUNICIPAL'",
    )


_NAMERS = (FEDERATION, _namer("subject", "(subject)-[:SUBMITTED_BY]->(answers:Union)"))
_SUBMITTER = answering(
    "the union that put it forward", "(subject)-[:SUBMITTED_BY]->(answers:Union)"
)
_DECISION = Given(STUDIO_NOMINATION.property("decision"))

_NAME: LiteralString = """
OPTIONAL MATCH (studio)<-[:DESIGNATES]-(before:StudioDesignation {level: subject.level})
WITH subject, studio, count(before) > 0 AS again
CREATE (title:Node:StudioDesignation)-[:DESIGNATES]->(studio), (subject)-[:LED_TO]->(title)
SET title = {id: $fresh, key: 'jiangpu:' + $fresh, source: 'jiangpu', level: subject.level,
  kind: CASE WHEN again THEN 'RENEWAL' ELSE 'NEW' END, valid_from: $today, recorded_from: $now,
  synthetic: subject.synthetic}, studio.level = subject.level
"""

_KEEP_LEVEL: LiteralString = f"""
SET studio.level = head([(studio)<-[:DESIGNATES]-(borne:StudioDesignation)
  WHERE {in_force("borne", "$today")} | borne.level])
"""

NOMINATION = (
    Operation(
        name="nominateStudio",
        subject=STUDIO_NOMINATION,
        verb="studio.nominated",
        description="Put a studio forward for a level; its leader must qualify, and how is kept",
        by=(its("union"),),
        begins="NOMINATED",
        given=(
            Given(STUDIO_NOMINATION.property("level"), required=True),
            Given(STUDIO_NOMINATION.property("grounds")),
        ),
        references=(
            _STUDIO,
            Reference("union", "Union", "Union that puts it forward.", "submittedBy"),
        ),
        sets={"submitted": Clock.TODAY},
        locks=("studio",),
        rules=(
            rules.UNION_OF_STUDIO,
            rules.LEADER_QUALIFIES,
            rules.NOT_NAMED,
            rules.NOT_NOMINATED,
        ),
        effect=f"SET subject.leader_statuses = {rules.LEADER_STATUSES}",
        policy=("S03", "S04", "S12"),
    ),
    Operation(
        name="nameStudio",
        subject=STUDIO_NOMINATION,
        verb="studio.named",
        description="Name a nominated studio: it bears the title from today",
        by=_NAMERS,
        moves={"NOMINATED": "NAMED"},
        given=(_DECISION,),
        sets={"decided": Clock.TODAY},
        reaches=("studio",),
        locks=("studio",),
        effect=_NAME,
        policy=("S03", "T04"),
    ),
    Operation(
        name="rejectStudioNomination",
        subject=STUDIO_NOMINATION,
        verb="studio.not-named",
        description="Decide that a nominated studio is not named this time",
        by=_NAMERS,
        moves={"NOMINATED": "REJECTED"},
        given=(_DECISION,),
        sets={"decided": Clock.TODAY},
        policy=("W02",),
    ),
    Operation(
        name="withdrawStudioNomination",
        subject=STUDIO_NOMINATION,
        verb="studio.nomination-withdrawn",
        description="Take a nomination back",
        by=(_SUBMITTER,),
        moves={"NOMINATED": "WITHDRAWN"},
        sets={"decided": Clock.TODAY},
        policy=("W02",),
    ),
)

_TITLE_UNION = (
    FEDERATION,
    _namer(
        "designation",
        "(designation)<-[:LED_TO]-(:StudioNomination)-[:SUBMITTED_BY]->(answers:Union)",
    ),
)

REVIEW = (
    Operation(
        name="reviewStudio",
        subject=STUDIO_REVIEW,
        verb="studio.reviewed",
        description="Record the yearly review of a studio's title: keep, warn or withdraw",
        by=_TITLE_UNION,
        given=(
            Given(STUDIO_REVIEW.property("year"), required=True),
            Given(STUDIO_REVIEW.property("result"), required=True),
            Given(STUDIO_REVIEW.property("grounds")),
        ),
        references=(
            Reference("designation", "StudioDesignation", "Title reviewed.", "designation"),
        ),
        sets={"reviewed": Clock.TODAY},
        same=("designation_id", "year"),
        locks=("designation",),
        rules=(rules.IN_FORCE,),
        effect=f"""
MATCH (designation)-[:DESIGNATES]->(studio:Studio)
{ending(STUDIO_DESIGNATION, "designation", "$given.result = 'WITHDRAW'")}
WITH * {_KEEP_LEVEL}
""",
        policy=("S06", "S07"),
    ),
    Operation(
        name="withdrawStudio",
        subject=STUDIO_DESIGNATION,
        verb="studio.withdrawn",
        description="Withdraw a studio's title from today; that it was borne stays on record",
        by=(
            FEDERATION,
            _namer(
                "subject",
                "(subject)<-[:LED_TO]-(:StudioNomination)-[:SUBMITTED_BY]->(answers:Union)",
            ),
        ),
        changes=True,
        given=(Given(STUDIO_DESIGNATION.property("ended_because"), required=True),),
        sets={"valid_to": Clock.TODAY},
        reaches=("studio",),
        locks=("studio",),
        rules=(rules.STILL_IN_FORCE,),
        effect=_KEEP_LEVEL,
        policy=("S06", "S07", "T05"),
    ),
)

_CALL = Reference("call", "StudioProjectCall", "The year's call.", "call")
_FROM_PROJECT: list[LiteralString] = [
    f"(subject)-[:APPLIED_BY]->{way}" for way in rules.ANSWERS_FOR_STUDIO
]
_PROJECT_UNION = answering("a union that answers for the studio", *_FROM_PROJECT)

PROJECTS = (
    Operation(
        name="openStudioProjectCall",
        subject=STUDIO_PROJECT_CALL,
        verb="studio.call-opened",
        description=f"Call for projects of a year; {rules.PROJECTS_A_YEAR} places by default",
        by=(FEDERATION,),
        given=(
            Given(STUDIO_PROJECT_CALL.property("year"), required=True),
            Given(STUDIO_PROJECT_CALL.property("places")),
            Given(STUDIO_PROJECT_CALL.property("closes"), not_before="today"),
        ),
        same=("year",),
        effect=f"SET subject.places = coalesce(subject.places, {rules.PROJECTS_A_YEAR})",
        policy=("S09", "T06"),
    ),
    Operation(
        name="applyStudioProject",
        subject=STUDIO_PROJECT,
        verb="studio.project-applied",
        description="Apply with a project of a municipal studio (职工创新工作室申请)",
        by=(_ITSELF, _UNION_OF_STUDIO),
        begins="APPLIED",
        given=(
            Given(STUDIO_PROJECT.property("title"), required=True),
            Given(STUDIO_PROJECT.property("type"), required=True),
            Given(STUDIO_PROJECT.property("budget"), required=True),
            Given(STUDIO_PROJECT.property("goal")),
        ),
        references=(_STUDIO, _CALL),
        sets={"applied": Clock.TODAY},
        same=("studio_id", "call_id", "title"),
        rules=(rules.MUNICIPAL, rules.CALL_OPEN),
        policy=("S09", "S10"),
    ),
    Operation(
        name="submitStudioProject",
        subject=STUDIO_PROJECT,
        verb="studio.project-submitted",
        description="Submit an application to the federation (区县总工会、产业工会申报)",
        by=(its("union"),),
        moves={"APPLIED": "SUBMITTED"},
        references=(Reference("union", "Union", "Union that submits.", "submittedBy"),),
        sets={"submitted": Clock.TODAY},
        reaches=("studio",),
        rules=(rules.SUBMITTING_UNION, rules.UNION_OF_STUDIO),
        policy=("S09", "W03"),
    ),
    Operation(
        name="selectStudioProject",
        subject=STUDIO_PROJECT,
        verb="studio.project-selected",
        description="Select a submitted project and fund it in part (市总工会评选, 部分经费资助)",
        by=(FEDERATION,),
        moves={"SUBMITTED": "SELECTED"},
        given=(
            Given(STUDIO_PROJECT.property("granted"), required=True),
            Given(STUDIO_PROJECT.property("decision")),
        ),
        sets={"decided": Clock.TODAY},
        reaches=("call",),
        locks=("call",),
        rules=(rules.PARTLY_FUNDED, rules.PLACE_IN_CALL),
        effect="SET subject.ratio = toFloat(subject.granted) / subject.budget",
        policy=("S09", "S11", "T06"),
    ),
    Operation(
        name="rejectStudioProject",
        subject=STUDIO_PROJECT,
        verb="studio.project-rejected",
        description="Decide that a project is not submitted, or not selected",
        by=(FEDERATION, _PROJECT_UNION),
        moves={"APPLIED": "REJECTED", "SUBMITTED": "REJECTED"},
        given=(Given(STUDIO_PROJECT.property("decision"), required=True),),
        sets={"decided": Clock.TODAY},
        policy=("S09",),
    ),
    Operation(
        name="completeStudioProject",
        subject=STUDIO_PROJECT,
        verb="studio.project-completed",
        description="Record what came of a funded project",
        by=(_ITSELF, _PROJECT_UNION),
        moves={"SELECTED": "COMPLETED"},
        reaches=("studio",),
        given=(Given(STUDIO_PROJECT.property("outcome"), required=True),),
        policy=("S10", "W03"),
    ),
)

RECORDS = (
    Operation(
        name="grantToStudio",
        subject=STUDIO_GRANT,
        verb="studio.granted",
        description="Give a studio money for a year or for several",
        by=(its("union"),),
        given=(
            Given(STUDIO_GRANT.property("amount"), required=True),
            Given(STUDIO_GRANT.property("first_year"), required=True),
            Given(STUDIO_GRANT.property("last_year")),
            Given(STUDIO_GRANT.property("purpose")),
        ),
        references=(_STUDIO, Reference("union", "Union", "Union that pays.", "union")),
        sets={"granted": Clock.TODAY},
        same=("studio_id", "union_id", "first_year", "purpose"),
        rules=(rules.YEARS_IN_ORDER, rules.UNION_OF_STUDIO),
        policy=("S05", "S14"),
    ),
    Operation(
        name="holdStudioExchange",
        subject=STUDIO_EXCHANGE,
        verb="studio.exchanged",
        description="Record a meeting of studios (切磋交流)",
        by=(its("union"),),
        given=(
            Given(STUDIO_EXCHANGE.property("name"), required=True),
            Given(STUDIO_EXCHANGE.property("day"), required=True),
            Given(STUDIO_EXCHANGE.property("topic")),
        ),
        references=(
            Reference("studios", "Studio", "Studios that meet.", "studios", many=True),
            Reference("union", "Union", "Union that holds it.", "union"),
        ),
        same=("union_id", "name", "day"),
        rules=(rules.SEVERAL,),
        policy=("S08",),
    ),
    Operation(
        name="setStudioRule",
        subject=STUDIO_RULE,
        verb="studio.rule-set",
        description="Record a rule that a union has set for studios (制度)",
        by=(its("union"),),
        given=(
            Given(STUDIO_RULE.property("kind"), required=True),
            Given(STUDIO_RULE.property("title"), required=True),
            Given(STUDIO_RULE.property("issued"), required=True, not_after="today"),
        ),
        references=(Reference("union", "Union", "Union that set it.", "union"),),
        same=("union_id", "kind", "title"),
        policy=("S13",),
    ),
)

OPERATIONS = (*NOMINATION, *REVIEW, *PROJECTS, *RECORDS)
