"""Long work as jobs: who waits for it, how far it is, and who works on it."""

from graph.model.declare import (
    Choice,
    ClosedList,
    End,
    Kind,
    NodeType,
    Owned,
    Property,
    RelationshipType,
)

JOB_STATE = ClosedList(
    "JobState",
    "任务状态",
    "States of long work.",
    (
        Choice("QUEUED", "排队", "Waits for a worker process, or for its time."),
        Choice("RUNNING", "进行中", "A worker process is at it."),
        Choice("CANCELLING", "取消中", "Cancelled; the worker process ends it within seconds."),
        Choice("DONE", "已完成", "Done."),
        Choice("FAILED", "失败", "Given up; `problem` says why. It can be resumed."),
        Choice("CANCELLED", "已取消", "Cancelled by a person. It can be resumed."),
    ),
)

JOB = NodeType(
    "Job",
    "jobs",
    "任务",
    "Long work that goes on while the API answers others: a plan, reminders, deliveries.",
    Owned(),
    (
        Property("kind", "What is done, such as `plan.solve`.", zh="任务类型", required=True),
        Property(
            "state",
            "State.",
            Kind.CHOICE,
            zh="状态",
            choices=JOB_STATE,
            required=True,
            sortable=True,
        ),
        Property("stage", "What is being done now.", zh="阶段"),
        Property("progress", "How much is done, 0 to 1.", Kind.FLOAT, zh="进度"),
        Property("attempts", "How often it was begun.", Kind.INTEGER, zh="尝试次数"),
        Property("problem", "Why it failed, and the way out.", zh="失败原因"),
        Property("created_at", "When it was asked for.", Kind.DATETIME, zh="创建时间"),
        Property("due_at", "Not begun before.", Kind.DATETIME, zh="计划时间"),
        Property("started_at", "When it was begun last.", Kind.DATETIME, zh="开始时间"),
        Property("finished_at", "When it ended.", Kind.DATETIME, zh="结束时间"),
        Property("given", "What it works on, as JSON.", internal=True),
        Property("position", "How far it is committed, as JSON.", internal=True),
        Property("leased_by", "Token of the run that holds it.", internal=True),
        Property("leased_until", "When its lease ends.", Kind.DATETIME, internal=True),
    ),
)

NODE_TYPES = (JOB,)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "RUNS_FOR",
        "Job",
        "Union",
        End("unions", "Unions that wait for it.", zh="所属工会"),
        End("jobs", "Long work for it.", zh="任务"),
    ),
)
