from tests.stories.told import EAST, Call, Story

JOBS = """
MATCH (east:Union {id: 'east'})
UNWIND [['queued', 'QUEUED'], ['failed', 'FAILED'], ['running', 'RUNNING']] AS each
CREATE (job:Node:Job {id: each[0], key: each[0], kind: 'test', state: each[1], attempts: 4,
  region_path: '/m/east/'})-[:RUNS_FOR]->(east)
"""

STORY = Story(
    JOBS,
    (
        Call("cancelJob", {"job_id": "queued"}, by=EAST),
        Call("cancelJob", {"job_id": "running"}, by=EAST),
        Call("resumeJob", {"job_id": "failed"}, by=EAST),
    ),
)
