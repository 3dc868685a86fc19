"""Enterprises that two registers know: one and two again, kept apart, or still to be decided."""

from datetime import date

from loaders.sample.programme.cast import DOUBLES
from loaders.sample.programme.script import Script


def registers(script: Script) -> None:
    """Proposals of the year in which the registers were joined."""
    city = script.city
    for n in range(DOUBLES):
        script.say(date(2018, 4, 3), "proposeEnterpriseMerge", city, f"double{n}",
                   kept_id=f"$enterprise{n}", joined_id=f"$twin{n}",
                   grounds="同名同址")  # fmt: skip
    script.say(date(2018, 5, 3), "mergeRecords", city, merge_proposal_id="$double0")
    script.say(date(2018, 9, 3), "splitRecords", city, merge_proposal_id="$double0")
    script.say(date(2018, 5, 3), "rejectMerge", city, merge_proposal_id="$double1",
               grounds="两家企业")  # fmt: skip
