"""A title that is called for; the association's members, standards and certificates."""

from datetime import date

from loaders.sample.programme.numbers import YEARS
from loaders.sample.programme.script import Script


def honours(script: Script) -> None:
    """One round in 2017: named, not named, withdrawn, waiting; and a higher one after it."""
    city, when = script.city, {"opens": date(2017, 1, 5), "closes": date(2017, 3, 31)}
    script.say(date(2017, 1, 5), "openAwardRound", city, "round", **when, name="创新标兵",
               union_id="$city", title="CAPITAL_INNOVATION_PACESETTER", year=2017, places=1,
               preference="向优秀技能人才倾斜")  # fmt: skip
    for n, called in enumerate(("named", "turned-down", "withdrawn", "waiting")):
        script.say(date(2017, 2, 1), "nominate", script.district(n), f"nominee-{called}",
                   round_id="$round", union_id=f"$union{n}", grounds="革新多项",
                   worker_id=f"$leader{n}")  # fmt: skip
    script.say(date(2017, 3, 1), "withdrawNomination", script.district(2),
               nomination_id="$nominee-withdrawn")  # fmt: skip
    script.say(date(2017, 4, 10), "nameNominee", city, "nominee-named", decision="一致通过",
               nomination_id="$nominee-named")  # fmt: skip
    script.say(date(2017, 4, 10), "turnDownNominee", city, decision="名额已满",
               nomination_id="$nominee-turned-down")  # fmt: skip
    script.say(date(2018, 1, 5), "openAwardRound", city, "higher", union_id="$city",
               name="首都劳动奖章", title="LABOUR_MEDAL", year=2018, opens=date(2018, 1, 5),
               closes=date(2018, 3, 31))  # fmt: skip
    script.say(date(2018, 2, 1), "recommendForHigherAward", city, round_id="$higher",
               designation_id="$nominee-named.designation")  # fmt: skip


def associations(script: Script) -> None:
    """Members who join and leave; standards drafted, published and withdrawn."""
    city = script.city
    for n in range(3):
        script.say(date(2015, 5, 5), "joinAssociation", city, f"member{n}", expert=n == 0,
                   worker_id=f"$leader{n}", association_id="$association",
                   committee_id="$committee")  # fmt: skip
    script.say(date(2018, 5, 5), "leaveAssociation", city, membership_id="$member2")
    for n, called in enumerate(("published", "withdrawn", "draft")):
        script.say(
            date(2016, 3, 3), "draftStandard", city, f"standard-{called}",
            name=f"第{n + 1}号职业标准", number=f"合成-{n}", occupation_id=f"$occupation{30 + n}",
            association_id="$association", partner_ids=["$partner"],
        )  # fmt: skip
    for called in ("published", "withdrawn"):
        script.say(date(2016, 9, 3), "publishStandard", city,
                   occupation_standard_id=f"$standard-{called}")  # fmt: skip
    script.say(date(2017, 3, 3), "certify", city, worker_id="$apprentice30",
               standard_id="$standard-published", skill_level="SENIOR")  # fmt: skip
    script.say(date(YEARS.stop - 1, 3, 3), "withdrawStandard", city,
               occupation_standard_id="$standard-withdrawn")  # fmt: skip
