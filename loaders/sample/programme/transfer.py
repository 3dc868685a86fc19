"""Achievements of each year: registered, named, offered, sold, and what they brought."""

from datetime import date

from loaders.sample.organisations import MARK
from loaders.sample.programme.numbers import ENTERPRISES, YEARS, count, until
from loaders.sample.programme.script import Script

_KINDS = ("PROCESS", "INVENTION", "OPERATION_METHOD", "RENOVATION")
_PRICE = 1_000_000


def transfer(script: Script) -> None:
    """Every other achievement is sold; contracts run, are fulfilled or end early."""
    for year in YEARS:
        first = until("achievements registered", year, script.size)
        for n in range(first, first + count("achievements registered", year, script.size)):
            _registered(script, year, n)
            if n % 2 == 0:
                _sold(script, year, n)
    _what_came_to_nothing(script)
    _subsidies(script)
    script.say(date(2018, 10, 10), "exhibitAchievements", script.city, name="职工创新成果展",
               day=date(2018, 10, 1), union_id="$city",
               achievement_ids=["$achievement0"])  # fmt: skip


def _registered(script: Script, year: int, n: int) -> None:
    city, it = script.city, {"achievement_id": f"$achievement{n}"}
    script.say(
        date(year, 2, 15), "registerAchievement", city, f"achievement{n}", maturity="IN_USE",
        title=f"第{n + 1}项免清根焊接工艺{MARK}", kind=_KINDS[n % 4], studio_id=f"$studio{n}",
        abstract="减少返修，提高合格率", keywords=["焊接"], contributor_ids=[f"$leader{n}"],
        enterprise_id=f"$enterprise{n % ENTERPRISES}",
    )  # fmt: skip
    script.say(date(year, 3, 15), "reviewAchievement", city, **it, year=year,
               verdict="RECOMMENDED" if n % 3 == 0 else "NOT_RECOMMENDED")  # fmt: skip
    if n % 3 == 0:
        script.say(date(year, 4, 28), "nameAchievement", city, **it, grounds="效益好")


def _sold(script: Script, year: int, n: int) -> None:
    city, it = script.city, {"achievement_id": f"$achievement{n}"}
    buyer = {"enterprise_id": f"$enterprise{(n + 1) % ENTERPRISES}"}
    script.say(date(year, 5, 5), "listAchievement", city, f"listing{n}", **it, price=_PRICE,
               contract_type="TRANSFER", mode="协议", platform="北京技术市场")  # fmt: skip
    script.say(date(year, 6, 5), "recordInterest", city, listing_id=f"$listing{n}", **buyer)
    script.say(
        date(year, 7, 5), "concludeContract", city, f"contract{n}", **it, **buyer,
        listing_id=f"$listing{n}", number=f"合成-{year}-{n}", type="TRANSFER",
        amount=_PRICE - n * 1_000, signed=date(year, 7, 5), association_id="$association",
    )  # fmt: skip
    script.say(date(year, 11, 5), "recordBenefit", city, **it, **buyer, year=year,
               economic=2_000_000, social="更安全", verified_by="会计师事务所")  # fmt: skip
    if year + 1 in YEARS:
        script.say(date(year + 1, 7, 5), "fulfilContract", city, tech_contract_id=f"$contract{n}")


def _what_came_to_nothing(script: Script) -> None:
    """An offer withdrawn, one open; a contract that ended early, one that runs."""
    last, it = YEARS.stop - 1, {"achievement_id": "$old"}
    script.say(date(2016, 5, 5), "listAchievement", script.city, "listing-withdrawn", **it,
               contract_type="LICENCE")  # fmt: skip
    script.say(date(2016, 6, 5), "withdrawListing", script.city, listing_id="$listing-withdrawn")
    script.say(date(last, 5, 5), "listAchievement", script.city, "listing-open", **it,
               contract_type="SERVICE")  # fmt: skip
    for called in ("ended", "running"):
        script.say(
            date(2018, 5, 5), "concludeContract", script.city, f"contract-{called}", **it,
            enterprise_id="$enterprise3", number=f"合成-{called}", type="LICENCE", amount=0,
            signed=date(2018, 5, 5),
        )  # fmt: skip
    script.say(date(2018, 9, 5), "terminateContract", script.city,
               tech_contract_id="$contract-ended")  # fmt: skip


def _subsidies(script: Script) -> None:
    """Granted, refused and waiting."""
    for n, called in enumerate(("granted", "refused", "waiting")):
        script.say(date(2017, 4, 26), "applyPatentSubsidy", script.city, f"subsidy-{called}",
                   patent_id=f"$patent{n}", union_id="$city", amount=50_000)  # fmt: skip
    script.say(date(2017, 6, 26), "grantPatentSubsidy", script.city,
               patent_subsidy_id="$subsidy-granted", amount=40_000)  # fmt: skip
    script.say(date(2017, 6, 26), "rejectPatentSubsidy", script.city, decision="已资助",
               patent_subsidy_id="$subsidy-refused")  # fmt: skip
