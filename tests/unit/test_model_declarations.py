"""A declaration that contradicts itself is refused at import."""

from dataclasses import replace
from typing import Any

import pytest

from graph.errors import InvalidDeclaration
from graph.model import MODEL, Model
from graph.model.declare import (
    End,
    Kind,
    NodeType,
    Owned,
    Property,
    Public,
    RelationshipType,
    SortBy,
    Through,
)

GUILD = NodeType("Guild", "guilds", "行会", "A guild.", Public(), (Property("name", "Name."),))


def model_with(*types: NodeType, relationships: tuple[RelationshipType, ...] = ()) -> Model:
    return Model(
        (*MODEL.node_types, *types), (*MODEL.relationship_types, *relationships), MODEL.interfaces
    )


def test_a_sound_declaration_is_accepted() -> None:
    assert model_with(GUILD).node_type("Guild") is GUILD


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"label": "Worker"}, "label declared twice: Worker"),
        ({"plural": "workers"}, "plural declared twice: workers"),
        ({"identity": "number"}, "identity 'number' is not a property"),
        ({"properties": (Property("name", ""), Property("name", ""))}, "declared twice: name"),
        ({"properties": (Property("kind", "", Kind.CHOICE),)}, "a CHOICE needs its closed list"),
        ({"properties": (Property("is_x", "", Kind.ROLE),)}, "a ROLE needs its label"),
        ({"access": Through(("owner",))}, "no relation 'owner'"),
        ({"sort_by": (SortBy("X", "owner", "name"),)}, "no relation 'owner'"),
        ({"interfaces": ("Club",)}, "no interface 'Club'"),
        ({"interfaces": ("Organisation",)}, "lacks ['name_en'] of Organisation"),
    ],
)
def test_a_contradiction_is_refused_and_named(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidDeclaration) as refused:
        model_with(replace(GUILD, **wrong))
    assert said in str(refused.value)


def test_access_through_a_list_is_refused() -> None:
    through = replace(GUILD, access=Through(("members",)))
    members = RelationshipType("HAS", "Guild", "Worker", End("members", "Members."))
    with pytest.raises(InvalidDeclaration, match="members is a list"):
        model_with(through, relationships=(members,))


def test_a_relationship_to_nothing_is_refused() -> None:
    dangling = RelationshipType("HAS", "Guild", "Dragon", End("dragons", "Dragons."))
    with pytest.raises(InvalidDeclaration, match="no node type 'Dragon'"):
        model_with(GUILD, relationships=(dangling,))


def test_owned_types_carry_the_paths_of_their_unions() -> None:
    owned = replace(GUILD, access=Owned())
    assert {"region_path", "system_path"} <= {p.name for p in owned.all_properties}
