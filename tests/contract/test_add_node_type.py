"""Adding a node type touches its own file and one list; the steps of CONTRIBUTING.md, done."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

_STEPS = """
import sys, types
from graph.model.declare import End, Kind, NodeType, Property, Public, RelationshipType

guilds = types.ModuleType("guilds")
guilds.NODE_TYPES = (
    NodeType(
        "Guild", "guilds", "行会", "A guild of craftsmen.", Public(),
        (
            Property("name", "Name.", zh="行会名称", required=True, sortable=True, searched=True),
            Property("founded", "Day of founding.", Kind.DATE, zh="成立日期"),
        ),
        identity="name",
    ),
)
guilds.RELATIONSHIP_TYPES = (
    RelationshipType(
        "SUPPORTS", "Guild", "Studio",
        End("studios", "Studios it supports.", zh="支持的工作室"),
        End("guilds", "Guilds that support it.", zh="支持的行会"),
    ),
)
import graph.model as model
slices = (*model.SLICES, guilds)
model.MODEL = model.Model(
    tuple(t for s in slices for t in s.NODE_TYPES),
    tuple(r for s in slices for r in s.RELATIONSHIP_TYPES),
    model.MODEL.interfaces,
)

from graph.constraints import statements
names = {name for name, _ in statements(model.MODEL)}
assert {"Guild_key_unique", "Guild_name_key", "search_Guild"} <= names, names

from schema import schema
sdl = str(schema)
for promised in (
    "type Guild implements Node", "guild(", "guildByKey(", "guilds(", "input GuildFilter",
    "enum GuildOrder", "type GuildConnection", "type GuildGroup", "enum GuildGroupKey",
    "行会", "  Guild\\n",
):
    assert promised in sdl, promised
assert "guilds: GuildListFilter" in sdl, "studios can be filtered by their guilds"

from commands.model import page
assert "## Guild 行会" in "\\n".join(page())
print("followed")
"""


def test_everything_follows_from_the_declaration() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _STEPS],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "followed", done.stderr
