"""Checks the certificate of a mentoring plan. Nothing but Python's own library; copy it anywhere.

    python plan_verifier.py CERTIFICATE [--digest HEX]

The file holds lists under pseudonyms, one JSON object a line: a head, then masters with their
places, then apprentices with their lists, what each master on it gives her, and whom she got.
The plan is right if no master has more than her places, and no apprentice and master on each
other's lists would rather have each other than whom they got. Pairs that exist only because an
officer pinned or accepted others are listed as the price of that, not as errors. Ends with 0 if the
plan is right, 1 if it is wrong, 2 if the file cannot be read or is not the one that was published.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FORMAT = "jiangpu-plan-certificate-1"
MOST_SHOWN = 20


class Unreadable(Exception):
    """The file is no certificate, or not whole; the text says where."""


@dataclass
class Certificate:
    """What a certificate says. `wishes` are (master, what he gives her), best first."""

    head: Mapping[str, object]
    places: dict[str, int] = field(default_factory=dict[str, int])
    turn: dict[str, int] = field(default_factory=dict[str, int])
    wishes: dict[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    got: dict[str, str] = field(default_factory=dict[str, str])
    fixed: set[str] = field(default_factory=set[str])
    digest: str = ""


@dataclass
class Verdict:
    """What the check found; the plan is right if neither of the first two holds anything."""

    overfull: list[tuple[str, int, int]]
    blocking: list[tuple[str, str]]
    caused: list[tuple[str, str]]
    matched: int

    @property
    def right(self) -> bool:
        """Whether the plan keeps all places and nobody free blocks it."""
        return not self.overfull and not self.blocking


def read(lines: Iterable[bytes]) -> Certificate:
    """Read and check the file's own digest; raises Unreadable."""
    digest = hashlib.sha256()
    certificate: Certificate | None = None
    ended = False
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            if ended:
                raise Unreadable(f"line {number}: there is more behind the end")
            if certificate is None:
                certificate = _head(row)
            elif "end" in row:
                ended = True
                certificate.digest = digest.hexdigest()
                if row["end"] != certificate.digest:
                    raise Unreadable("the file was changed: its digest is another")
                continue
            else:
                _note(certificate, row)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Unreadable(f"line {number}: {type(error).__name__} {error}") from None
        digest.update(line)
    if certificate is None or not ended:
        raise Unreadable("the file is cut short: it has no last line")
    return certificate


def _head(row: Mapping[str, object]) -> Certificate:
    if row.get("format") != FORMAT:
        raise Unreadable(f"this is no {FORMAT}")
    return Certificate(row)


def _note(certificate: Certificate, row: Mapping[str, Any]) -> None:
    if "places" in row:
        certificate.places[str(row["master"])] = int(str(row["places"]))
        return
    apprentice = str(row["apprentice"])
    if apprentice in certificate.turn:
        raise ValueError(f"{apprentice} stands here twice")
    certificate.turn[apprentice] = len(certificate.turn)
    certificate.wishes[apprentice] = [(str(m), int(f)) for m, f in row["wishes"]]
    if row.get("got") is not None:
        certificate.got[apprentice] = str(row["got"])
    if row.get("fixed"):
        certificate.fixed.add(apprentice)


def check(certificate: Certificate) -> Verdict:
    """Look for overfull masters and for pairs who would rather have each other."""
    held: dict[str, list[str]] = {master: [] for master in certificate.places}
    for apprentice, master in certificate.got.items():
        if master not in held:
            raise Unreadable(f"{apprentice} got {master}, who is no master of this plan")
        held[master].append(apprentice)
        listed = any(m == master for m, _ in certificate.wishes[apprentice])
        if not listed and apprentice not in certificate.fixed:
            raise Unreadable(f"{apprentice} got {master}, who is not on her list")
    overfull = [
        (master, len(those), certificate.places[master])
        for master, those in held.items()
        if len(those) > certificate.places[master]
    ]
    blocking, caused = _pairs(certificate, held)
    return Verdict(overfull, blocking, caused, len(certificate.got))


def _pairs(
    certificate: Certificate, held: Mapping[str, Sequence[str]]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    standing = {
        apprentice: _standing(certificate, apprentice, master)
        for apprentice, master in certificate.got.items()
    }
    worst = {m: min((standing[a] for a in those), default=None) for m, those in held.items()}
    free = {
        m: min((standing[a] for a in those if a not in certificate.fixed), default=None)
        for m, those in held.items()
    }
    blocking: list[tuple[str, str]] = []
    caused: list[tuple[str, str]] = []
    for apprentice, master, favour in _rather(certificate):
        places = certificate.places.get(master, 0)
        if places <= 0:
            continue
        own = (favour, -certificate.turn[apprentice])
        least, least_free = worst[master], free[master]
        empty = len(held[master]) < places
        if not empty and (least is None or least >= own):
            continue
        freely = least_free is not None and least_free < own
        against = apprentice not in certificate.fixed and (empty or freely)
        (blocking if against else caused).append((apprentice, master))
    return blocking, caused


def _standing(certificate: Certificate, apprentice: str, master: str) -> tuple[int, int]:
    """How high she stands with her master: by what he gives her, then by her turn."""
    given = [favour for m, favour in certificate.wishes[apprentice] if m == master]
    return given[0] if given else -1, -certificate.turn[apprentice]


def _rather(certificate: Certificate) -> Iterator[tuple[str, str, int]]:
    """Each apprentice with the masters on her list above the one she got."""
    for apprentice, wishes in certificate.wishes.items():
        own = certificate.got.get(apprentice)
        for master, favour in wishes:
            if master == own:
                break
            yield apprentice, master, favour


def told(certificate: Certificate, verdict: Verdict) -> Iterator[str]:
    """The verdict in words."""
    head = certificate.head
    yield f"plan {head.get('plan')}, {head.get('objective')}, K = {head.get('list_length')}"
    yield f"lists: {head.get('origin')}"
    yield f"ties: {head.get('tie_rule')}"
    yield (
        f"{len(certificate.turn):,} apprentices, {len(certificate.places):,} masters, "
        f"{verdict.matched:,} pairs, {len(certificate.fixed):,} of them pinned or accepted"
    )
    yield f"digest {certificate.digest}"
    for master, has, places in verdict.overfull[:MOST_SHOWN]:
        yield f"WRONG: {master} has {has} apprentices and {places} places"
    for apprentice, master in verdict.blocking[:MOST_SHOWN]:
        yield f"WRONG: {apprentice} and {master} would rather have each other"
    for apprentice, master in verdict.caused[:MOST_SHOWN]:
        yield f"price of what was pinned or accepted: {apprentice} and {master}"
    yield (
        f"{len(verdict.overfull)} overfull masters, {len(verdict.blocking)} blocking pairs, "
        f"{len(verdict.caused)} caused by what was pinned or accepted: "
        + ("the plan is right" if verdict.right else "the plan is wrong")
    )


def verify(path: str, digest: str | None = None) -> int:
    """Check a file and print the verdict; the exit code."""
    try:
        with open(path, "rb") as lines:
            certificate = read(lines)
        if digest is not None and digest != certificate.digest:
            raise Unreadable(f"the digest is {certificate.digest}, not the one that was published")
        verdict = check(certificate)
    except (OSError, Unreadable) as error:
        print(f"cannot be verified: {error}", file=sys.stderr)
        return 2
    print(*told(certificate, verdict), sep="\n")
    return 0 if verdict.right else 1


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file")
    parser.add_argument("--digest", help="the digest that was published with the plan")
    given = parser.parse_args()
    sys.exit(verify(given.file, given.digest))


if __name__ == "__main__":
    main()
