"""Training: needs are submitted, projects ordered and delivered, and who learnt what recorded."""

from typing import LiteralString

from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import ITS_UNION, answering, its
from graph.model.training import TRAINING_NEED, TRAINING_PROJECT, TRAINING_RECORD
from graph.rules import training as rules

_PURCHASER = answering("the union that purchased it", "(subject)-[:PURCHASED_BY]->(answers:Union)")


def _needs(state: LiteralString) -> LiteralString:
    return (
        "CALL (subject) { MATCH (subject)-[:MEETS]->(need:TrainingNeed) "
        f"SET need.state = '{state}' }}"
    )


def _move(
    name: LiteralString, verb: str, description: str, moves: dict[str, str], needs: LiteralString
) -> Operation:
    return Operation(
        name=name,
        subject=TRAINING_PROJECT,
        verb=verb,
        description=description,
        by=(_PURCHASER,),
        moves=moves,
        effect=_needs(needs),
        policy=("B17", "B22"),
    )


OPERATIONS = (
    Operation(
        name="submitTrainingNeed",
        subject=TRAINING_NEED,
        verb="training.need-submitted",
        description="Submit what an enterprise wants its workers to learn",
        by=(its("union"),),
        begins="OPEN",
        given=(
            Given(TRAINING_NEED.property("title"), required=True),
            Given(TRAINING_NEED.property("description")),
            Given(TRAINING_NEED.property("workers")),
        ),
        references=(
            Reference("enterprise", "Enterprise", "Enterprise that has it.", "enterprise"),
            Reference("union", "Union", "Union it is reported to.", "unions"),
            Reference("occupation", "Occupation", "Occupation.", "occupation", required=False),
        ),
        sets={"raised": Clock.TODAY},
        same=("enterprise_id", "title"),
        policy=("B01",),
    ),
    Operation(
        name="withdrawTrainingNeed",
        subject=TRAINING_NEED,
        verb="training.need-withdrawn",
        description="Withdraw a need that nobody has ordered training for",
        by=(ITS_UNION,),
        moves={"OPEN": "WITHDRAWN"},
        policy=("B01",),
    ),
    Operation(
        name="orderTraining",
        subject=TRAINING_PROJECT,
        verb="training.ordered",
        description="Purchase training as a service, to meet needs that were submitted",
        by=(its("union"),),
        begins="ORDERED",
        given=(
            Given(TRAINING_PROJECT.property("name"), required=True),
            Given(TRAINING_PROJECT.property("mode")),
            Given(TRAINING_PROJECT.property("activity")),
            Given(TRAINING_PROJECT.property("places")),
        ),
        references=(
            Reference("union", "Union", "Union that purchases it.", "union"),
            Reference("provider", "TrainingProvider", "Who delivers it.", "provider"),
            Reference("needs", "TrainingNeed", "Needs that it meets.", "needs", required=False,
                      many=True),
            Reference("enterprises", "Enterprise", "Enterprises it is brought to.", "enterprises",
                      required=False, many=True),
        ),
        sets={"purchased": Clock.TODAY},
        same=("union_id", "name"),
        locks=("needs",),
        rules=(rules.NEEDS_OPEN,),
        effect=_needs("ORDERED"),
        policy=("B02", "B03", "B16", "B17"),
    ),
    _move("startTraining", "training.started", "Begin a training that was ordered",
          {"ORDERED": "RUNNING"}, "ORDERED"),
    _move("deliverTraining", "training.delivered", "Close a training that was delivered",
          {"RUNNING": "DELIVERED"}, "MET"),
    _move("cancelTraining", "training.cancelled", "Cancel a training; its needs are open again",
          {"ORDERED": "CANCELLED", "RUNNING": "CANCELLED"}, "OPEN"),
    Operation(
        name="recordTraining",
        subject=TRAINING_RECORD,
        verb="training.recorded",
        description="Record that a worker was trained, with the result and her verdict",
        by=(ITS_UNION,),
        given=(
            Given(TRAINING_RECORD.property("starts"), required=True),
            Given(TRAINING_RECORD.property("ends"), not_before="starts"),
            Given(TRAINING_RECORD.property("result")),
            Given(TRAINING_RECORD.property("mark")),
            Given(TRAINING_RECORD.property("rating")),
        ),
        references=(
            Reference("worker", "Worker", "Who was trained.", "worker"),
            Reference("course", "Course", "Course.", "course", required=False),
            Reference("project", "TrainingProject", "Project.", "project", required=False),
        ),
        same=("worker_id", "course_id", "project_id", "starts"),
        rules=(rules.IN_SOMETHING,),
        policy=("K03", "B22"),
    ),
)  # fmt: skip
