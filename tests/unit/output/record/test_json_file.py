"""The record as JSON, and its JSON Schema."""

import json
from pathlib import Path

import jsonschema
import pytest

from avskrift.errors import UsageError
from avskrift.models.agreement import Agreement
from avskrift.output.record.json_file import check_json_output, json_of, schema, schema_text


def test_json_follows_the_schema(record: Agreement) -> None:
    written = json.loads(json_of(record))
    jsonschema.validate(written, schema())
    assert Agreement.model_validate(written) == record
    assert json.loads(schema_text()) == schema()


def test_only_earlier_json_is_written_over(tmp_path: Path, record: Agreement) -> None:
    path = tmp_path / "a.json"
    check_json_output(path, "record of parse", "document")
    path.write_text(json_of(record), encoding="utf-8")
    check_json_output(path, "record of parse", "document")
    with pytest.raises(UsageError, match="is no earlier comparison"):
        check_json_output(path, "comparison", "old", "versions")
    path.write_text('{"mine": 1}', encoding="utf-8")
    with pytest.raises(UsageError, match="is no earlier record of parse"):
        check_json_output(path, "record of parse", "document")
