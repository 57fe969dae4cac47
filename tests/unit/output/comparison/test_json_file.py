"""What was compared as JSON, and its JSON Schemas."""

import json

import jsonschema
import pytest

from avskrift.models.comparison import Comparison
from avskrift.output.comparison.json_file import COMPARED, comparison_json, comparison_schema_text


def test_json_follows_its_schema(compared: Comparison) -> None:
    schema = json.loads(comparison_schema_text("comparison"))
    jsonschema.validate(json.loads(comparison_json(compared)), schema)
    assert Comparison.model_validate_json(comparison_json(compared)) == compared


@pytest.mark.parametrize("what", COMPARED)
def test_every_schema_is_closed(what: str) -> None:
    schema = json.loads(comparison_schema_text(what))
    assert schema["additionalProperties"] is False and "2020-12" in schema["$schema"]


def test_what_has_no_schema() -> None:
    with pytest.raises(KeyError):
        comparison_schema_text("thesis")
