"""What becomes of the public sources: python -m bench.sources [--data DIR] [--workers N].

Prints the figures of docs/sources.md: rows accounted for, how far spellings of organisations are
joined and their kinds agree, skills mined, and what a generated population looks like.
"""

import argparse
import csv
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from graph.model.people import SKILL_LEVEL
from loaders import sample
from loaders.rows import NodeRow, Nodes, Part, RejectedRow, RelationshipRow
from loaders.sample.generator import generate
from loaders.sample.vocabulary import from_parts
from loaders.sources import SOURCES, csco, patentsview_cn
from loaders.sources.organisation_names import fold, kind_of
from loaders.sources.tables import table

FOLDER = Path(__file__).parents[2] / "shared" / "data"
Figures = dict[str, object]


def accounted(data: Path) -> Figures:
    """File -> rows in it, and how many of them the counted parts hand on or reject."""
    figures: Figures = {}
    for name, source in SOURCES.items():
        started = time.perf_counter()
        passed, rejected = Counter[str](), Counter[str]()
        for part in source.read(data / name):
            for row in part.rows:
                counter = rejected if isinstance(row, RejectedRow) else passed
                counter[row.place.file] += part.counted
        for file in source.FILES:
            with (data / name / file).open(encoding="utf-8-sig", newline="") as lines:
                rows = sum(1 for _ in csv.DictReader(lines))
            figures[f"{name}/{file}"] = (
                f"{rows} rows = {passed[file]} handed on + {rejected[file]} rejected"
            )
        figures[f"{name} seconds"] = round(time.perf_counter() - started, 2)
    return figures


def organisations(data: Path) -> Figures:
    """How many spellings are joined, and how the rule for the kind agrees with what is given."""
    given = _given_kinds(data)
    forms: dict[str, set[str]] = defaultdict(set)
    for name in given:
        forms[fold(name)].add(re.sub(r"\W", "", name.casefold()))
    kinds = {"company": "Enterprise", "research": "ResearchInstitute"}
    agreement = Counter(
        (kind, kind_of(name) == kinds[kind])
        for name, said in given.items()
        for kind in said & kinds.keys()
    )
    shared = _folder_pairs(data)
    return {
        "spellings": len(given),
        "organisations": len(forms),
        "spellings that differ by more than case and punctuation": sum(map(len, forms.values())),
        "organisations joined beyond case and punctuation": sum(len(f) > 1 for f in forms.values()),
        "names given as company, of the same kind by their words": _share(agreement, "company"),
        "names given as research, of the same kind by their words": _share(agreement, "research"),
        "co-owning research organisations, of the same kind": shared,
    }


def _given_kinds(data: Path) -> Mapping[str, set[str]]:
    given: dict[str, set[str]] = defaultdict(set)
    for _, row in table(data / "patentsview-cn", patentsview_cn.PATENTS):
        pairs = zip(row["assignees"].split("|"), row["assignee_kinds"].split("|"), strict=True)
        for name, kind in pairs:
            given[name].add(kind)
    for _, row in table(data / "sbir-awards", "sbir_awards.csv"):
        given[row["Company"].strip()].add("firm")
        given[row["RI Name"].strip()].add("partner")
    for _, row in table(data / "companies-cn", "listed_companies_cn.csv"):
        given[row["name"]].add("listed")
    given.pop("", None)
    return given


def _folder_pairs(data: Path) -> str:
    rows = list(table(data / "patentsview-cn", patentsview_cn.CO_OWNERSHIP))
    names = {row["research_org"] for _, row in rows}
    same = sum(kind_of(name) == "ResearchInstitute" for name in names)
    return f"{same} of {len(names)}"


def _share(agreement: Counter[tuple[str, bool]], kind: str) -> str:
    same = agreement[kind, True]
    return f"{same} of {same + agreement[kind, False]}"


def skills(data: Path) -> Figures:
    """What the rule for phrases finds in the dictionary."""
    required: dict[str, set[str]] = defaultdict(set)
    occupations = 0
    for part in csco.read(data / "csco"):
        for row in part.rows:
            if isinstance(row, NodeRow) and row.values.get("level") == 4:
                occupations += 1
            elif isinstance(row, RelationshipRow) and row.target_key.startswith(csco.SKILL_SOURCE):
                required[row.target_key].add(row.source_key)
    asked = Counter(o for holders in required.values() for o in holders)
    return {
        "rows of occupations": occupations,
        "occupations with skills": len(asked),
        "skills": len(required),
        "skills that several occupations share": sum(len(h) > 1 for h in required.values()),
        "skills of an occupation, median": float(np.median(list(asked.values()))),
        "links to skills": sum(asked.values()),
    }


def population(workers: int) -> Figures:
    """What a generated population on the shipped sample looks like, and how fast it comes."""
    vocabulary = from_parts(sample.parts())
    started = time.perf_counter()
    counts, levels = Counter[str](), Counter[str]()
    occupation, skill, masters = Counter[str](), Counter[str](), dict[str, str]()
    for part in generate(vocabulary, workers, seed=7):
        kind = _kind(part)
        for row in part.rows:
            counts[kind] += 1
            if isinstance(row, RelationshipRow):
                if kind == "Worker PRACTISES Occupation":
                    occupation[row.target_key] += 1
                elif kind == "Worker HAS_SKILL Skill":
                    skill[row.target_key] += 1
                elif kind == "Worker MENTORS Worker":
                    masters[row.target_key] = row.source_key
            elif kind == "Worker" and isinstance(row, NodeRow):
                levels[row.values["skill_level"]] += 1
    seconds = time.perf_counter() - started
    return {
        "rows": sum(counts.values()),
        "workers a second": round(workers / seconds),
        **{label: n for label, n in counts.items() if " " not in label},
        "share of each level": _shares([levels[c.name] for c in SKILL_LEVEL.choices]),
        "workers in the commonest tenth of occupations": _top(occupation),
        "skills of a worker, mean": round(counts["Worker HAS_SKILL Skill"] / workers, 2),
        "skills in the commonest tenth": _top(skill),
        "generations above an apprentice": str(dict(sorted(_depths(masters).items()))),
    }


def _kind(part: Part) -> str:
    if isinstance(part, Nodes):
        return part.node_type.label
    r = part.relationship_type
    return f"{r.source} {r.type} {r.target}"


def _shares(counts: Sequence[int]) -> str:
    return " ".join(f"{n / sum(counts):.3f}" for n in counts)


def _top(counts: Counter[str]) -> str:
    tenth = counts.most_common(max(1, len(counts) // 10))
    return f"{sum(n for _, n in tenth) / counts.total():.2f} of all"


def _depths(masters: Mapping[str, str]) -> Counter[int]:
    depths = Counter[int]()
    for apprentice in masters:
        depth, who = 0, apprentice
        while who in masters:
            depth, who = depth + 1, masters[who]
        depths[depth] += 1
    return depths


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=FOLDER)
    parser.add_argument("--workers", type=int, default=20_000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args(None if arguments is None else list(arguments))
    sections: dict[str, Figures] = {}
    if given.data.is_dir():
        sections |= {f.__name__: f(given.data) for f in (accounted, organisations, skills)}
    sections["population"] = population(given.workers)
    for title, figures in sections.items():
        print(f"\n{title}")
        for name, figure in figures.items():
            print(f"  {name:<60} {figure}")
    if given.json:
        given.json.write_text(json.dumps(sections, ensure_ascii=False, indent=2), "utf-8")


if __name__ == "__main__":
    main()
