"""The plan of each year with its budget, progress and inspection; what else the offices do."""

from datetime import date

from loaders.sample.programme.numbers import ENTERPRISES, YEARS, count
from loaders.sample.programme.script import Script

_FIGURES = (("T01", 100.0), ("T03", 30.0), ("T06", 20.0))
_LINES = (
    "TRAINING", "COMPETITION", "PROMOTION", "MENTORING", "STUDIOS", "CONVERSION", "EXCHANGE",
    "NAMING",
)  # fmt: skip
_PLANNED, _WAGES = 500_000_000, 2_000_000_000  # cents


def yearly(script: Script) -> None:
    """Plan, money and inspection year by year; a draft for the year after the last."""
    for year in YEARS:
        _year(script, year)
        _education_funds(script, year)
    script.say(date(YEARS.stop - 1, 12, 28), "createPlan", script.city, "plan-next",
               union_id="$city", year=YEARS.stop, title="年度工作计划")  # fmt: skip
    _once(script)
    _publicity(script)
    _cases(script)
    _search(script)
    _weights(script)


def _year(script: Script, year: int) -> None:
    city, plan = script.city, f"plan{year}"
    it = {"plan_id": f"${plan}"}
    script.say(date(year, 1, 12), "createPlan", city, plan, union_id="$city", year=year,
               title=f"{year}年度工作计划")  # fmt: skip
    for figure, planned in _FIGURES:
        item = f"item{year}-{figure}"
        script.say(date(year, 1, 13), "addPlanItem", city, item, **it, unit_id="$office",
                   title=figure, figure=figure, planned=planned,
                   due=date(year, 12, 31))  # fmt: skip
        script.say(date(year, 7, 1), "recordProgress", city, item_id=f"${item}",
                   day=date(year, 6, 30), done=planned * 0.4)  # fmt: skip
    for n, line in enumerate(_LINES):
        called = f"budget{year}-{n}"
        script.say(date(year, 1, 14), "planBudget", city, called, union_id="$city", year=year,
                   line=line, planned=_PLANNED + year % 5 * 10_000_000,
                   source_kind="FEDERATION", **it)  # fmt: skip
        script.say(date(year, 11, 11), "recordExpenditure", city, line_id=f"${called}",
                   amount=_PLANNED // 10 * (7 + n % 3), paid=date(year, 11, 10),
                   purpose="年度支出")  # fmt: skip
    script.say(date(year, 1, 15), "adoptPlan", city, annual_plan_id=f"${plan}")
    if year + 1 in YEARS:
        script.say(date(year, 12, 28), "recordInspection", city, union_id="$city", **it,
                   held=date(year, 12, 27), occasion="YEAR_END", kind="SUPERVISION",
                   passed=True, score=90.0)  # fmt: skip
        script.say(date(year, 12, 30), "assessPlan", city, annual_plan_id=f"${plan}")


def _education_funds(script: Script, year: int) -> None:
    """So many enterprises spend 60 % on the front line, the others half."""
    accrued = _WAGES * 15 // 1_000
    well = count("enterprises at sixty percent", year, 1)
    for n in range(ENTERPRISES):
        share = 65 if n < well else 50
        script.say(
            date(year, 12, 18), "reportEducationFund", script.city, year=year,
            enterprise_id=f"$enterprise{n}", union_id=f"$grassroots{n}", wage_base=_WAGES,
            legal_rate=0.015, accrued=accrued if n != 3 else accrued - 1, spent=accrued // 2,
            frontline_spent=accrued // 2 * share // 100,
        )  # fmt: skip


def _once(script: Script) -> None:
    city = script.city
    script.say(date(2015, 1, 20), "assignResponsibility", city, duty="技能竞赛组织",
               association_id="$association")  # fmt: skip
    script.say(date(2016, 1, 20), "setUpFund", city, enterprise_id="$enterprise0",
               kind="TALENT_DEVELOPMENT", amount=10_000_000, founded=date(2016, 1, 1))  # fmt: skip
    script.say(date(2016, 3, 1), "signCollectiveContract", city, enterprise_id="$enterprise0",
               union_id="$grassroots0", number="合成-1", skill_wage_clause=True,
               training_clause=True, parity_clause=True, valid_from=date(2016, 3, 1),
               valid_to=date(2019, 3, 1))  # fmt: skip
    script.say(date(2016, 1, 4), "listOccupation", city, "listing-certificate",
               occupation_id="$occupation39", list="CERTIFICATE", reference="公告")  # fmt: skip
    script.say(date(2018, 1, 4), "unlistOccupation", city,
               occupation_listing_id="$listing-certificate")  # fmt: skip


def _publicity(script: Script) -> None:
    """Deeds shown each year; stories published, withdrawn and in draft."""
    city = script.city
    for year in YEARS:
        script.say(date(year, 5, 1), "holdPublicityEvent", city, f"event{year}",
                   kind="DEEDS_EXHIBITION", union_id="$city", name=f"{year}年事迹展",
                   held=date(year, 5, 1), campaign="CHINESE_DREAM",
                   channel="NEW_MEDIA")  # fmt: skip
    for n, called in enumerate(("published", "withdrawn", "draft")):
        script.say(date(2016, 4, 1), "writeStory", city, f"story-{called}", title="焊花",
                   kind="ROLE_MODEL", union_id="$city", worker_id=f"$leader{n}")  # fmt: skip
    for called in ("published", "withdrawn"):
        script.say(date(2016, 5, 2), "publishStory", city, story_id=f"$story-{called}",
                   event_id="$event2016")  # fmt: skip
    script.say(date(2017, 5, 2), "withdrawStory", city, story_id="$story-withdrawn")


def _cases(script: Script) -> None:
    """Somebody asks a person to look: answered, withdrawn, waiting."""
    city, last = script.city, YEARS.stop - 1
    for n, called in enumerate(("answered", "withdrawn", "open")):
        script.say(date(last, 12, 2), "askForCorrection", city, f"case-{called}",
                   worker_id=f"$apprentice{n}", wrong="技能等级", words="证书已换发")  # fmt: skip
    script.say(date(last, 12, 9), "answerCase", city, person_case_id="$case-answered",
               answer="已更正")  # fmt: skip
    script.say(date(last, 12, 9), "withdrawCase", city, person_case_id="$case-withdrawn")


def _search(script: Script) -> None:
    """Who could use an achievement is asked for a while."""
    last = YEARS.stop - 1
    script.say(date(last, 10, 10), "saveSearch", script.city, "search", looks_for="ENTERPRISES",
               asking_id="$old", union_id="$city")  # fmt: skip
    script.say(date(last, 12, 10), "pauseSearch", script.city, saved_search_id="$search")


def _weights(script: Script) -> None:
    """Weights of courses: replaced after a year, taken back after another; a proposal waits."""
    city = script.city
    for year, share in ((2016, 8), (2017, 7), (2019, 6)):
        script.say(date(year, 9, 1), "proposeWeights", city, f"weights{year}", job="COURSE",
                   name=f"programme-{year}", grounds="评委会意见",
                   weights=[f"gap_coverage=0.{share}", f"rating=0.{10 - share}"])  # fmt: skip
    for year in (2016, 2017):
        script.say(date(year, 10, 8), "activateWeights", city,
                   weights_version_id=f"$weights{year}")  # fmt: skip
    script.say(date(2018, 10, 8), "retireWeights", city, weights_version_id="$weights2017")
