"""Playing the programme: the cast is loaded, then every call is performed on its day.

The record of events tells how far an earlier run came, so that a run that was cut off goes on
there, and one after the end changes nothing.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from graph import clock
from graph.cypher import Cypher
from graph.database import Database
from graph.errors import JiangpuError
from graph.jobs.worker import work
from graph.logins import claim, login_digest
from graph.plans.jobs import KINDS
from loaders.pipeline import load
from loaders.report import RejectFile
from loaders.sample.programme.cast import SOURCE, Cast
from loaders.sample.programme.competitions import competitions
from loaders.sample.programme.honours import associations, honours
from loaders.sample.programme.logins import logins
from loaders.sample.programme.mentoring import mentoring
from loaders.sample.programme.registers import registers
from loaders.sample.programme.research import research
from loaders.sample.programme.script import BEGINS, Claim, Jobs, Script, Step
from loaders.sample.programme.studios import studios
from loaders.sample.programme.told import Call, Teller
from loaders.sample.programme.training import training
from loaders.sample.programme.transfer import transfer
from loaders.sample.programme.yearly import yearly

Watch = Callable[[int, int], None]
"""Told how many calls of how many are done."""


class AnotherProgramme(JiangpuError):
    """The graph holds another programme; there is room for one."""


async def play(
    database: Database, cast: Cast, rejects: RejectFile, watch: Watch = lambda _done, _of: None
) -> int:
    """Play what is left to play; how many calls were performed now. Raises AnotherProgramme."""
    done = await _done(database, cast)
    if not done:
        with clock.standing_at(BEGINS):
            await load(database, cast.parts(), title="cast", fingerprint=cast.name, rejects=rejects)
    steps, teller = await _ready(database, cast)
    calls = sum(isinstance(step, Call) for step in steps)
    if len(done) == calls:
        return 0
    told = iter(done)
    for n, step in enumerate(steps, start=1):
        match step:
            case Jobs():
                with clock.standing_at(BEGINS + step.later):
                    await work(database, KINDS, asyncio.Event(), until_idle=True)
            case Claim():
                teller.known[step.name] = await _claimed(database, step, cast.keys[step.worker])
            case Call() if (subject := next(told, None)) is not None:
                teller.remember(step, subject)
            case Call():
                await teller.tell(step)
        watch(n, len(steps))
    return calls - len(done)


async def _done(database: Database, cast: Cast) -> list[str]:
    """What the calls of an earlier run returned, in their order."""
    rows = await database.rows(Cypher(_DONE, {"actors": f"{SOURCE} "}, name="calls done"))
    if {row["actor"] for row in rows} - {cast.name}:
        raise AnotherProgramme(
            f"the graph holds another programme than the {cast.name}; play this one on a graph of "
            "its own (JIANGPU_DATA_DIR names another folder)"
        )
    return [row["subject"] for row in rows]


async def _ready(database: Database, cast: Cast) -> tuple[Sequence[Step], Teller]:
    """The whole script, and who knows the cast by its ids."""
    parameters = {"keys": list(cast.keys.values())}
    rows = await database.rows(Cypher(_CAST, parameters, name="cast"))
    by_key = {row["key"]: row for row in rows}
    ids = {name: by_key[key]["id"] for name, key in cast.keys.items()}
    paths = {name: by_key[key]["path"] for name, key in cast.keys.items()}
    teller = Teller(database, BEGINS, cast.name, synthetic=True)
    teller.known.update(ids)
    return written(cast, ids, paths), teller


async def _claimed(database: Database, step: Claim, key: str) -> str:
    """The id of the claim, which is made unless an earlier run did."""
    login = login_digest(_ISSUER, step.name)
    found = Cypher(_CLAIMS, {"login": login}, name="claims")
    if not await database.value(found):
        await claim(database, login, key, "工牌号与身份证", BEGINS + step.later)
    [identifier] = await database.value(found)
    return identifier


def written(cast: Cast, ids: Mapping[str, str], paths: Mapping[str, str]) -> Sequence[Step]:
    """All that happens, in its order; `ids` are those of the cast, `paths` of its unions."""
    script = Script(cast.size, ids, paths)
    mentoring(script)
    studios(script, cast)
    for chapter in _CHAPTERS:
        chapter(script)
    return list(script.steps())


_CHAPTERS = (
    competitions,
    training,
    research,
    transfer,
    honours,
    associations,
    yearly,
    registers,
    logins,
)

_ISSUER = "https://issuer.invalid"  # nobody can sign in there
_CLAIMS = "MATCH (c:LoginClaim {login: $login}) RETURN collect(c.id)"
_DONE = """
MATCH (e:Event) WHERE e.actor STARTS WITH $actors
RETURN e.actor AS actor, e.subjects[0] AS subject ORDER BY e.at
"""
_CAST = """
MATCH (n:Node) WHERE n.key IN $keys RETURN n.key AS key, n.id AS id, n.path AS path
"""
