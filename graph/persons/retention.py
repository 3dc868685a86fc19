"""What an erasure leaves, for how long, and by which law; everything else about a person goes."""

from dataclasses import dataclass
from typing import LiteralString


@dataclass(frozen=True, slots=True)
class Retained:
    """Records that stay, without the person's name: `holds` is a predicate over `record`."""

    label: LiteralString
    holds: LiteralString
    years: int
    law: str
    without: tuple[LiteralString, ...] = ()


RETAINED = (
    Retained(
        "MentoringAgreement",
        "record.state IN ['ACTIVE', 'COMPLETED', 'TERMINATED']",
        3,
        "Civil Code art. 188 (民法典第一百八十八条): claims from it lapse after three years.",
    ),
    Retained(
        "Consent",
        "true",
        3,
        "PIPL art. 55-56, 69 (个人信息保护法): proof that processing was lawful, kept three years.",
        without=("evidence", "recorded_by", "given_how"),
    ),
    Retained(
        "DataShare",
        "true",
        3,
        "PIPL art. 23, 56 (个人信息保护法): record of what was handed to whom, kept three years.",
    ),
)
"""The log of accesses and the event streams hold ids and names of fields only; they stay too."""
