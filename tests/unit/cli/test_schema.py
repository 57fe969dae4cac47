"""`avskrift schema`: a JSON Schema for each kind of JSON."""

import json

import jsonschema
import pytest
from typer.testing import CliRunner

from avskrift.cli.app import app
from avskrift.cli.schema import SchemaOf


@pytest.mark.parametrize("of", list(SchemaOf))
def test_each_is_a_schema(of: SchemaOf) -> None:
    result = CliRunner().invoke(app, ["schema", "--of", of.value])
    schema = json.loads(result.output)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False and "schema_version" in schema["properties"]


def test_the_record_if_nothing_is_said() -> None:
    assert CliRunner().invoke(app, ["schema"]).output == CliRunner().invoke(app, ["schema", "--of", "record"]).output
