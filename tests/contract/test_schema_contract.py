"""The published contract, and what every part of it owes its readers."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
)

from commands.schema import DATED, PUBLISHED, RELEASED, breaking, built, errors_page, sdl, weighed
from graph.model import MODEL
from graph.writes.uses import Use

CORE = built(sdl())


def parts() -> Iterator[tuple[str, Any]]:
    for name, t in CORE.type_map.items():
        if name.startswith("__") or name in {"String", "Int", "Float", "Boolean", "ID"}:
            continue
        yield name, t
        if isinstance(t, GraphQLEnumType):
            yield from ((f"{name}.{value}", v) for value, v in t.values.items())
        if isinstance(t, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field, f in t.fields.items():
                yield f"{name}.{field}", f
                for argument, a in getattr(f, "args", {}).items():
                    yield f"{name}.{field}({argument})", a


def test_the_checked_in_schema_is_the_one_that_is_served() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == sdl(), "run `make docs`, look at the difference"


def test_every_type_field_argument_and_value_has_a_description() -> None:
    undescribed = [name for name, part in parts() if not part.description]
    assert undescribed == []


def test_every_node_type_names_its_chinese_term() -> None:
    without = [t.label for t in MODEL.node_types if t.zh not in CORE.type_map[t.label].description]
    assert without == []


def test_every_connection_is_paged() -> None:
    unpaged = [
        name
        for name, part in parts()
        if str(getattr(part, "type", "")).removesuffix("!").endswith("Connection")
        and "first" not in part.args
    ]
    assert unpaged == []


def test_a_broken_promise_is_found_and_a_deprecated_one_when_its_day_has_not_come() -> None:
    dated = '@deprecated(reason: "Use `name`. May go from 2027-06-01.")'
    added = re.compile(r'  """[^"]*"""\n  keyIndustry: Boolean\n')
    older = (
        added.sub("", sdl(), count=1)
        .replace("type Query {\n", f"type Query {{\n  guild: String\n  craft: String {dated}\n")
        .replace("  nameEn: String\n", "  nameEn: String!\n", 1)
        .replace("enum SkillLevel {\n", "enum SkillLevel {\n  GRANDMASTER\n")
    )
    assert added.search(sdl())
    earlier, later = (breaking(older, date(2027, *day)) for day in ((5, 31), (6, 1)))
    assert set(earlier) - set(later) == {"Field Query.craft was removed."}
    assert len(later) == 3
    removed, *_ = [change for change in later if "Query" in change]
    assert removed == "Field Query.guild was removed."
    assert any("GRANDMASTER was removed" in change for change in later)
    assert any("nameEn changed type from String! to String" in change for change in later)


def test_what_was_released_is_kept() -> None:
    broken = breaking(RELEASED.read_text(encoding="utf-8"))
    assert broken == [], "deprecate first; `jiangpu schema --changes` tells who uses it"


def test_changes_are_weighed_by_who_uses_what_goes() -> None:
    day = datetime(2026, 11, 3, tzinfo=UTC)
    uses = {
        "Query.guild": [Use("portal", 1200, day), Use("exchange", 3, day)],
        "Guild.name": [Use("portal", 7, day)],
        "GuildInput": [Use("exchange", 2, day)],
    }
    changes = [
        "Field Query.guild was removed.",
        "Guild was removed.",
        "Field GuildInput.size was removed.",
        "A required argument Query.guild(of:) was added.",
        "Enum value Size.LARGE was removed.",
    ]
    both = ["  exchange: 3 times, last 2026-11-03", "  portal: 1,200 times, last 2026-11-03"]
    assert list(weighed(changes, uses)) == [
        *(changes[0], *both),
        *(changes[1], "  portal: 7 times, last 2026-11-03"),
        *(changes[2], "  exchange: 2 times, last 2026-11-03"),
        *(changes[3], *both),
        *(changes[4], "  nobody has used it"),
    ]


def test_the_data_model_page_is_what_the_model_says() -> None:
    from commands.model import page

    written = Path(__file__).parents[2] / "docs" / "data-model.md"
    assert written.read_text(encoding="utf-8") == "\n".join(page()) + "\n", "run `make docs`"


def test_the_page_about_scores_is_what_the_features_say() -> None:
    from commands.features import page

    written = Path(__file__).parents[2] / "docs" / "matching-features.md"
    assert written.read_text(encoding="utf-8") == "\n".join(page()) + "\n", "run `make docs`"


def test_the_page_about_errors_is_what_the_codes_say() -> None:
    written = Path(__file__).parents[2] / "docs" / "api" / "errors.md"
    assert written.read_text(encoding="utf-8") == "\n".join(errors_page()) + "\n", "run `make docs`"


def test_every_deprecation_names_the_day_from_which_it_may_be_gone() -> None:
    for name, part in parts():
        reason = getattr(part, "deprecation_reason", None)
        assert reason is None or DATED.search(reason), name
