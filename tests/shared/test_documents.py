"""Real agreements beside the repository: each gives a record that fits the schema. Skipped where they are not."""

import json
from pathlib import Path

import jsonschema
import pytest

from avskrift.output.record.json_file import json_of, schema
from avskrift.pipeline import parse_file

SHARED = Path(__file__).parents[3] / "shared" / "documents"
TEXTS = sorted(SHARED.rglob("*.txt")) if SHARED.is_dir() else []


@pytest.mark.skipif(not TEXTS, reason="the shared documents are not here")
def case(path: Path) -> object:
    return pytest.param(path, id=path.stem, marks=[NOT_UNDERSTOOD] if path.stem in BLANK else [])


BLANK = {"brangnas2021"}
"""Documents of which neither a section nor a party is found yet."""
NOT_UNDERSTOOD = pytest.mark.xfail(strict=True, reason="nothing of it is understood")


@pytest.mark.parametrize("path", [case(path) for path in TEXTS])
def test_record_fits_the_schema(path: Path) -> None:
    record = json.loads(json_of(parse_file(path)))
    jsonschema.validate(record, schema(), cls=jsonschema.Draft202012Validator)
    assert record["source"]["file"] == path.name
    assert record["sections"] or record["parties"], "nothing was understood"
