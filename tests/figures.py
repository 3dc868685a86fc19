"""What the tests of figures share: asking for one, and the facts that many of them rest on."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any

from graph.viewer import ADMINISTRATOR, Viewer
from tests.facts import Facts

JAN_1, DEC_31 = date(2015, 1, 1), date(2015, 12, 31)
EARLIER, LATER = date(2014, 1, 1), date(2018, 1, 1)

Ask = Callable[..., Awaitable[Mapping[str, Any]]]
Figure = Callable[..., Awaitable[Mapping[str, Any]]]

_FIELDS = """
  figure strength sentence withheld query
  count { year done of planned rate band gap met }
  trend { year done of planned met }
  listed { node { id } }
"""


async def counted(ask: Ask, code: str, viewer: Viewer, **given: Any) -> Mapping[str, Any]:
    """One figure for 2015."""
    given = {"year": 2015, "asOf": "2030-01-01", **given}
    arguments = ", ".join(
        f'{k}: "{v}"' if isinstance(v, str) else f"{k}: {v}" for k, v in given.items()
    )
    text = f"{{ targets(figures: [{code}], {arguments}) {{ {_FIELDS} }} }}"
    [found] = (await ask(text, viewer))["targets"]
    return found


async def grouped(ask: Ask, code: str, by: str, viewer: Viewer = ADMINISTRATOR) -> Any:
    """One figure for 2015 by district, industry or union."""
    text = f"""{{ figureBy(figure: {code}, by: {by}, year: 2015, asOf: "2030-01-01") {{
      node {{ id }} done of rate }} }}"""
    found = (await ask(text, viewer))["figureBy"]
    return found and {row["node"]["id"]: (row["done"], row["of"]) for row in found}


def listed(found: Mapping[str, Any]) -> set[str]:
    """Who is on the list behind a figure."""
    return {row["node"]["id"] for row in found["listed"]}


def named(facts: Facts, title: str, **given: Any) -> str:
    """A worker who bears a title."""
    worker = given.pop("worker", None) or facts.add("Worker")
    facts.add("Designation", title=title, worker=worker, **given)
    return worker


def municipal(facts: Facts, studio: str | None = None, **given: Any) -> str:
    """A studio with a municipal title."""
    studio = studio or facts.add("Studio")
    given = {"level": "MUNICIPAL", "kind": "NEW", "studio": studio, **given}
    facts.add("StudioDesignation", **given)
    return studio


def teaches(facts: Facts, master: str, **given: Any) -> None:
    """A signed agreement in which she teaches."""
    given = {"state": "ACTIVE", "starts": JAN_1, "apprentice": facts.add("Worker"), **given}
    facts.add("MentoringAgreement", master=master, **given)
