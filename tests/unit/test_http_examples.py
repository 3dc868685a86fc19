"""The example queries of the IDE page fit the schema."""

from pathlib import Path

import pytest
from graphql import OperationDefinitionNode, parse, validate

from schema import schema
from schema.http import pages
from schema.http.pages import example_texts

FOLDER = Path(pages.__file__).parent / "examples"


@pytest.mark.parametrize("name", [path.name for path in sorted(FOLDER.iterdir())])
def test_example_is_valid(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert validate(schema._schema, parse(text)) == []


def test_required_variable_has_a_node_to_try_it_on() -> None:
    [ids] = parse((FOLDER / "ids.graphql").read_text(encoding="utf-8")).definitions
    assert isinstance(ids, OperationDefinitionNode)
    known = {field.alias.value for field in ids.selection_set.selections}
    for text in example_texts():
        [operation] = parse(text).definitions
        assert isinstance(operation, OperationDefinitionNode)
        for variable in operation.variable_definitions or ():
            if variable.type.kind == "non_null_type":
                assert variable.variable.name.value in known
