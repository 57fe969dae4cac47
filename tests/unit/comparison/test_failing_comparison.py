"""Each part of a comparison fails in turn: the others are compared, and it is told."""

import logging
from pathlib import Path
from typing import Any

import pytest

from avskrift.comparison import compare, two_versions
from avskrift.comparison.objects import record as objects
from avskrift.comparison.objects.changes import Records
from avskrift.ingest import read
from avskrift.models.agreement import Agreement
from avskrift.parsing import parse

SAMPLE = Path(__file__).parents[3] / "examples" / "klockviken-2023.txt"


@pytest.fixture(scope="module")
def record() -> Agreement:
    return parse(read(SAMPLE))


def fails(*_: object, **__: object) -> Any:
    raise ValueError("words of the document")


def assert_told(remarks: list[str], caplog: pytest.LogCaptureFixture) -> None:
    assert len([r for r in remarks if "failed and was left out (ValueError); " in r]) == 1, remarks
    logged = [logging.Formatter().format(r) for r in caplog.records if r.name == "avskrift.comparison"]
    assert logged and all("Traceback" in text for text in logged)


@pytest.mark.parametrize("place", range(len(objects.OBJECTS)), ids=[name for name, _ in objects.OBJECTS])
def test_objects_of_one_kind_that_fail_are_left_out(
    place: int, record: Agreement, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = compare(record, record)
    kinds = list(objects.OBJECTS)
    kinds[place] = (kinds[place][0], fails)
    monkeypatch.setattr(objects, "OBJECTS", tuple(kinds))
    found = compare(record, record)
    assert_told(found.remarks, caplog)
    assert len(found.objects) <= len(whole.objects)
    assert len(found.clauses) == len(whole.clauses)


def test_records_that_cannot_be_looked_at_together_are_told(
    record: Agreement, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Records, "of", fails)
    found = compare(record, record)
    assert_told(found.remarks, caplog)
    assert found.objects == []
    assert found.clauses


@pytest.mark.parametrize("name", ["clauses_of", "with_text_check", "json_patch"])
def test_a_part_that_fails_is_left_out(
    name: str, record: Agreement, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = compare(record, record)
    monkeypatch.setattr(two_versions, name, fails)
    found = compare(record, record)
    assert_told(found.remarks, caplog)
    assert found.objects == whole.objects
