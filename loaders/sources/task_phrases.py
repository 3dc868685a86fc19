"""Skills mined from the task texts of the occupation dictionary. The rule is in docs/sources.md."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

LONGEST_OBJECT = 6
MOST_PAIRS = 6  # of the verbs and nouns of one clause, which may list a dozen of each

ITEM_NUMBER = re.compile(r"\s*(?<!\d)\d{1,2}[.．](?!\d)\s*")
CLAUSE_END = re.compile(r"[，；,;：。]")
IN_BRACKETS = re.compile(r"（[^）]*）")
LIST_MARK = re.compile(r"、|以及|[和与及或]")
OPENING = re.compile(r"^(?:并|协助|参与|负责|定期|按规定|依法)+")
PERSON_AT_END = re.compile(r"的?(?:(?:工程|专业)?技术|专业|服务|管理)?人员$|的?(?:人员|人)$")
NOUN = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9]{{2,{LONGEST_OBJECT}}}")
TOOL = re.compile(r"[机炉器床备置统具仪表车线窑塔釜罐泵槽台件船艇吊]$")
TOOL_VERBS = frozenset({"使用", "运用", "采用", "利用", "应用", "操作", "操控", "驾驶"})
# Said of nearly every occupation, so that they tell nothing of any.
VAGUE = frozenset({
    "工作", "情况", "问题", "任务", "事项", "活动", "作业", "设备", "设施", "技术", "信息",
    "要求", "内容", "方法", "能力", "服务", "人员", "其他", "结果", "措施", "有关", "业务",
    "数据", "方案", "工具", "工装", "仪器", "仪表", "机具", "器具", "机械", "手工", "性能",
    "特点", "特性", "状况", "状态", "质量", "过程", "流程", "参数", "规格", "数量", "标准",
    "规程", "制度", "计划", "报告", "意见", "建议", "资料", "材料", "条件", "效果", "水平",
    "管理", "专用设备", "机械设备", "仪器仪表", "专用工具", "仪器设备", "日常工作", "相关工作",
    "技术问题", "系统", "装置", "产品", "项目", "记录",
})  # fmt: skip
VAGUE_ENDS = ("工作", "人员", "情况", "问题", "活动", "事项")


def skills_of(definition: str, tasks: str) -> dict[str, float]:
    """Phrase -> share of the tasks that name it, 0 to 1; the definition counts as one task."""
    items = [set(_phrases(item)) for item in (*_items(tasks), definition) if item]
    counts = Counter(phrase for item in items for phrase in item)
    return {phrase: round(n / len(items), 3) for phrase, n in sorted(counts.items())}


def phrases_only(text: str) -> str:
    """The text with nothing left but its phrases, task by task, to be mined again."""
    items = [list(map(_as_clause, _phrases(item))) for item in _items(text)]
    clauses = ["，".join(dict.fromkeys(item)) for item in items if item]
    return " ".join(f"{n}.{clause}" for n, clause in enumerate(clauses, start=1))


def _as_clause(phrase: str) -> str:
    return phrase if phrase in _phrases(phrase) else f"进行{phrase}"


def _items(text: str) -> list[str]:
    return [item for item in ITEM_NUMBER.split(text) if item.strip()]


def _phrases(item: str) -> Iterator[str]:
    text = PERSON_AT_END.sub("", IN_BRACKETS.sub("", item).strip("。 "))
    for clause in CLAUSE_END.split(text):
        yield from _phrases_of_clause(OPENING.sub("", clause.strip()))


def _phrases_of_clause(clause: str) -> Iterator[str]:
    if clause.startswith("进行"):
        yield from _named_work(clause.removeprefix("进行"))
    elif clause[:2] in TOOL_VERBS and not LIST_MARK.match(clause[2:]):
        yield from (clause[:2] + noun for noun in _nouns(clause[2:]) if TOOL.search(noun))
    elif opening := _leading_verbs().match(clause):
        verbs = _verbs().findall(opening[1])
        if not LIST_MARK.search(opening[1]):
            verbs = ["".join(verbs)]  # 维护保养, 分析处理
        nouns = [n for n in _nouns(opening[2]) if TOOL.search(n) or not _verbs().match(n)]
        if len(verbs) * len(nouns) > MOST_PAIRS:
            del verbs[1:]
        yield from (_same_word(v) + n for n in nouns for v in verbs if v not in TOOL_VERBS)


def _named_work(text: str) -> Iterator[str]:
    """In 进行制件精度检验及误差分析 the verb comes last: the phrases stay as they are."""
    for noun in LIST_MARK.split(text.rpartition("的")[2]):
        named = _verbs().fullmatch(noun[-2:]) and NOUN.fullmatch(noun[:-2])
        if named and noun[:-2] not in VAGUE and "等" not in noun:
            yield noun


def _nouns(text: str) -> Iterator[str]:
    for part in LIST_MARK.split(text.rpartition("的")[2]):
        noun = part.partition("等")[0]
        noun = re.sub("^其他?", "", noun)
        vague = noun in VAGUE or noun.endswith(VAGUE_ENDS) or noun[:2] in TOOL_VERBS
        if NOUN.fullmatch(noun) and not vague and not _verbs().fullmatch(noun):
            yield noun


def _same_word(verb: str) -> str:
    return "维护" if verb in {"保养", "维护保养"} else verb


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    words = files("loaders.sources").joinpath("verbs.txt").read_text("utf-8").split()
    return re.compile("|".join(sorted({*words, *TOOL_VERBS})))


@lru_cache(maxsize=1)
def _leading_verbs() -> re.Pattern[str]:
    """Verbs that stand together, as in 维护保养, or in a list; 生产 after one is a noun."""
    verb, mark = _verbs().pattern, LIST_MARK.pattern
    more = rf"(?:{mark})(?:{verb})|(?!生产)(?:{verb})"
    return re.compile(rf"^((?:{verb})(?:{more})*(?:{mark}|并)?)(.+)$")
