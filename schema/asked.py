"""Root fields that a function answers: how they are declared."""

from dataclasses import dataclass
from typing import Any, LiteralString, get_args

import strawberry
from strawberry.types.field import StrawberryField

from schema.derived.fields import field
from schema.derived.meaning import IsAsked
from schema.plan.ask import Answer, Source


@dataclass(frozen=True, slots=True)
class Asked:
    """A root field and the function that answers it."""

    field: StrawberryField
    answer: Answer | Source

    @property
    def name(self) -> str:
        """The name under which the engine finds the answer."""
        return self.field.python_name


def asked(
    name: LiteralString,
    annotation: Any,
    description: str,
    answer: Answer | Source,
    *arguments: Any,
    weight: int = 10,
) -> Asked:
    """Declare a root field; `name` as GraphQL shows it, `weight` as `schema/tariff.py` counts."""
    ids = tuple(
        a.python_name
        for a in arguments
        if strawberry.ID in _parts(a.type_annotation.raw_annotation)
    )
    return Asked(
        field(name, annotation, description, IsAsked(name, weight, ids), arguments), answer
    )


def _parts(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) or (annotation,)
