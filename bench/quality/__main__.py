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
from pathlib import Path
from typing import Any

from bench.quality import coownership, mentor, transfer
from bench.quality.exam import Exam, answer, rows, table

Add = Callable[[argparse.ArgumentParser], None]


def with_cases(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cases", type=Path, required=True, metavar="FILE", help="labelled cases")
    parser.add_argument("--train", type=Path, metavar="FILE", help="learn weights from this file")
    parser.add_argument(
        "--no-reranker",
        action="store_true",
        help="with --train: only learned weights, no trees over them",
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


JOBS: Mapping[str, tuple[str, Add, Callable[[argparse.Namespace], Exam]]] = {
    "research": ("co-owned patent -> institute", with_countries, coownership.exam),
    "adoption": ("co-owned patent -> company", with_countries, coownership.exam),
    "transfer": ("award -> institution", with_data, transfer.exam),
    "mentor": ("first joint patent -> senior (a proxy)", with_evidence, mentor.exam),
}


def parsed(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    jobs = parser.add_subparsers(dest="job", required=True, metavar="JOB")
    for name, (help_text, add, _) in JOBS.items():
        one = jobs.add_parser(name, help=help_text)
        add(one)
        one.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    return parser.parse_args(arguments)


def measure(given: argparse.Namespace) -> dict[str, Any]:
    """Prints the table; what --json is to hold."""
    exam = JOBS[given.job][2](given)
    if not exam.cases:
        raise SystemExit(f"none of the cases can be answered: {dict(exam.left_out)}")
    rerank = not given.no_reranker
    found = rows(exam, rerank=rerank)
    print(*table(exam, found), sep="\n", flush=True)
    return answer(exam, found, rerank=rerank)


def main() -> None:
    given = parsed()
    figures = measure(given)
    if given.json:
        text = json.dumps(figures, indent=2, ensure_ascii=False)
        given.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
