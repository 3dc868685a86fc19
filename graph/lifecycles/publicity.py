"""Publicity: events are held, stories written, published with consent, and withdrawn (Y01–Y10)."""

from typing import LiteralString

from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import answering, its, person
from graph.model.publicity import PUBLICITY_EVENT, STORY
from graph.rules import publicity as rules

_WRITER = answering("the union that wrote it", "(subject)-[:WRITTEN_BY]->(answers:Union)")
_HERSELF = person(
    "whom it is about", "EXISTS { (subject)-[:ABOUT_WORKER]->(:Worker {id: $viewer_person}) }"
)

_HIDE: LiteralString = "CALL (subject) { MATCH (subject)-[shown:SHOWN_IN]->() DELETE shown }"

OPERATIONS = (
    Operation(
        name="holdPublicityEvent",
        subject=PUBLICITY_EVENT,
        verb="publicity.held",
        description="Record an exhibition, meeting or publication",
        by=(its("union"),),
        given=(
            Given(PUBLICITY_EVENT.property("name"), required=True),
            Given(PUBLICITY_EVENT.property("held"), required=True),
            Given(PUBLICITY_EVENT.property("campaign")),
            Given(PUBLICITY_EVENT.property("kind")),
            Given(PUBLICITY_EVENT.property("channel")),
            Given(PUBLICITY_EVENT.property("place")),
        ),
        references=(
            Reference("union", "Union", "Union that holds it.", "union"),
            Reference("achievements", "Achievement", "Achievements shown.", "achievements",
                      required=False, many=True),
        ),
        same=("union_id", "name", "held"),
        policy=("Y01", "Y02", "Y03", "Y04", "Y10", "V19"),
    ),
    Operation(
        name="writeStory",
        subject=STORY,
        verb="story.written",
        description="Write about a worker's deeds, not public yet, or an enterprise's practice",
        by=(its("union"),),
        begins="DRAFT",
        given=(
            Given(STORY.property("title"), required=True),
            Given(STORY.property("body")),
            Given(STORY.property("kind"), required=True),
        ),
        references=(
            Reference("union", "Union", "Union that writes it.", "union"),
            Reference("worker", "Worker", "Whom it is about.", "worker", required=False),
            Reference("enterprise", "Enterprise", "Whose practice it tells.", "enterprise",
                      required=False),
        ),
        same=("title", "worker_id", "enterprise_id"),
        rules=(rules.ABOUT_ONE,),
        policy=("M02", "Y06", "Y07"),
    ),
    Operation(
        name="publishStory",
        subject=STORY,
        verb="story.published",
        description="Publish a story at an event; whom it is about must have agreed",
        by=(_WRITER,),
        moves={"DRAFT": "PUBLISHED", "WITHDRAWN": "PUBLISHED"},
        references=(Reference("event", "PublicityEvent", "Where it is shown.", "event"),),
        sets={"published": Clock.TODAY},
        reaches=("worker",),
        locks=("worker",),
        rules=(rules.CONSENTS,),
        policy=("Y08",),
    ),
    Operation(
        name="withdrawStory",
        subject=STORY,
        verb="story.withdrawn",
        description="Show a story no longer, such as when consent ends",
        by=(_WRITER, _HERSELF),
        moves={"PUBLISHED": "WITHDRAWN", "DRAFT": "WITHDRAWN"},
        effect=_HIDE,
        policy=("Y08",),
    ),
)  # fmt: skip
