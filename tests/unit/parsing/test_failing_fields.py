"""Each field of a record, each step of the outline and each check fails in turn: the rest of the record stands."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from avskrift.corrections import correct
from avskrift.ingest import read
from avskrift.models.agreement import Agreement, DocumentKind
from avskrift.models.document import Document
from avskrift.parsing import parse, record
from avskrift.parsing.fields import registry
from avskrift.parsing.structure import document_structure

SAMPLE = Path(__file__).parents[3] / "examples" / "klockviken-2023.txt"
SECRET = "words of the document"
REASON = "this field could not be read: its rules failed (ValueError)"


@pytest.fixture(scope="module")
def document() -> Document:
    return correct(read(SAMPLE))


@pytest.fixture(scope="module")
def whole(document: Document) -> Agreement:
    agreement = parse(document)
    assert not any("failed" in w for w in agreement.warnings)
    return agreement


def fails(*_: object, **__: object) -> Any:
    raise ValueError(SECRET)


def values(agreement: Agreement) -> Iterator[tuple[str, object]]:
    """The core values by their paths; those of the period that every document has are left out."""
    yield "document.title", agreement.document.title
    yield "document.diary_numbers", agreement.document.diary_numbers
    yield "period.valid_from", agreement.period.valid_from
    yield "period.valid_to", agreement.period.valid_to
    for name in ("parties", "groups", "focus_areas", "annexes", "signatories", "contacts", "dates", "sections"):
        yield name, getattr(agreement, name)


def assert_told(agreement: Agreement, what: str, caplog: pytest.LogCaptureFixture) -> None:
    told = [w for w in agreement.warnings if w.startswith(f"{what} failed and was left out (ValueError); ")]
    assert len(told) == 1, agreement.warnings
    assert SECRET not in agreement.model_dump_json()
    logged = [logging.Formatter().format(r) for r in caplog.records if r.name == "avskrift.parsing"]
    assert logged and all("Traceback" in text and "ValueError" in text for text in logged)


@pytest.mark.parametrize("place", range(len(registry.FIELDS)), ids=[f.name for f in registry.FIELDS])
def test_a_field_that_fails_is_empty_with_that_reason(
    place: int,
    document: Document,
    whole: Agreement,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    entries = list(registry.FIELDS)
    failing = entries[place]
    entries[place] = replace(failing, read=fails)
    monkeypatch.setattr(registry, "FIELDS", tuple(entries))
    agreement = parse(document)
    assert_told(agreement, f"reading {failing.name}", caplog)
    before, after = dict(values(whole)), dict(values(agreement))
    for path, value in after.items():
        if path in failing.paths and not value:
            assert agreement.absent[path] == REASON
        else:
            assert bool(value) == bool(before[path]), path
            assert agreement.absent.get(path) != REASON
    if "document.kind" in failing.paths:
        assert agreement.document.kind is DocumentKind.OTHER
        assert agreement.absent["document.kind"] == REASON


def test_every_field_of_the_record_is_read_by_one_entry() -> None:
    told = {
        path.split(".")[-1] if path.startswith("document.") else path.split(".")[0]
        for f in registry.FIELDS
        for path in f.paths
    }
    not_read = {"schema_version", "document", "source", "absent", "remarks", "warnings"}
    assert set(Agreement.model_fields) - not_read <= told


STEPS = {
    "body_lines": "telling running text from margins",
    "margin_lines": "looking at the margins",
    "plan_lines": "looking for action plans",
    "plans_of": "looking for action plans",
    "tables_of": "looking for tables",
    "blocks_of": "cutting the text into paragraphs",
    "sections_of": "telling the sections",
}


@pytest.mark.parametrize("name", STEPS)
def test_a_step_of_the_outline_that_fails_leaves_a_plainer_outline(
    name: str, document: Document, whole: Agreement, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(document_structure, name, fails)
    agreement = parse(document)
    assert_told(agreement, STEPS[name], caplog)
    assert agreement.source == whole.source
    assert agreement.document.title == whole.document.title


CHECKS = {
    "source_of": "telling how the pages were read",
    "remarks_on": "looking for what a registrar should see",
    "reasons_of": "telling why values are missing",
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_that_fails_is_left_out(
    name: str, document: Document, whole: Agreement, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(record, name, fails)
    agreement = parse(document)
    assert_told(agreement, CHECKS[name], caplog)
    assert dict(values(agreement)) == dict(values(whole))
    assert agreement.source.sha256 == whole.source.sha256


def test_want_of_memory_is_no_fields_failure(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_much(*_: object) -> Any:
        raise MemoryError

    monkeypatch.setattr(registry, "FIELDS", (replace(registry.FIELDS[0], read=too_much),))
    with pytest.raises(MemoryError):
        parse(document)
