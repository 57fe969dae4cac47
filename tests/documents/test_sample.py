"""The shipped sample scan, whole: what is read and what is understood.

AVSKRIFT_REGENERATE=1 pytest tests/documents writes the golden record anew; read its difference before committing.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz.distance import Levenshtein

from avskrift.models.agreement import Agreement
from avskrift.models.document import Document
from avskrift.models.options import PipelineOptions
from avskrift.pipeline import record_of, transcribe

EXAMPLES = Path(__file__).parents[2] / "examples"
GOLDEN = Path(__file__).parent / "klockviken-2023.golden.json"


@pytest.fixture(scope="module")
def document() -> Document:
    return transcribe(EXAMPLES / "klockviken-2023.pdf", PipelineOptions())


@pytest.fixture(scope="module")
def record(document: Document) -> Agreement:
    return record_of(document, PipelineOptions())


def told(record: Agreement) -> dict[str, Any]:
    """The record without what another version of the engine may read a shade otherwise: boxes, confidences."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: bare(v) for k, v in value.items() if k not in ("evidence", "evidence_by_field")}
        return [bare(v) for v in value] if isinstance(value, list) else value

    found: dict[str, Any] = bare(json.loads(record.model_dump_json()))
    for key in ("corrections", "warnings", "sections", "source"):
        found.pop(key)
    return found


def test_values_are_followed_back_to_the_scan(
    document: Document, record: Agreement, trace: Callable[[Document, Agreement], None]
) -> None:
    trace(document, record)


def test_text_is_read_nearly_without_an_error(document: Document) -> None:
    printed = (EXAMPLES / "klockviken-2023.txt").read_text(encoding="utf-8")
    read = " ".join(line.text for _, line in document.lines()).replace("•", " ")
    true, seen = " ".join(printed.split()), " ".join(read.split())
    assert Levenshtein.distance(true, seen) <= 0.03 * len(true)


def test_record_is_the_golden_one(record: Agreement) -> None:
    found = told(record)
    if os.environ.get("AVSKRIFT_REGENERATE"):
        GOLDEN.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_every_value_can_be_traced_to_page_box_and_raw_reading(record: Agreement) -> None:
    for party in record.parties:
        for name in ("name", "organisation_number", "address", "defined_term"):
            evidence = party.evidence_by_field[name]
            assert evidence.page == 1
            assert evidence.bbox is not None
            x0, top, x1, bottom = evidence.bbox
            assert 0 <= x0 < x1 <= 596 and 0 <= top < bottom <= 842
            assert evidence.raw


def test_what_the_sample_says(record: Agreement) -> None:
    assert [p.name for p in record.parties] == ["Klockvikens kommun", "Lokalpolisområde Södra Kusten"]
    assert all(p.organisation_number_valid for p in record.parties)
    assert (record.period.valid_from, record.period.valid_to) == ("2024-01-01", "2026-12-31")
    assert [g.meetings_per_year for g in record.groups] == [4, 12, None]
    assert record.focus_areas[0].name == "Trygghet vid stationen"
    assert record.focus_areas[0].activities[0].name == "Kvällsvandringar"
    assert [s.name for s in record.signatories] == ["Annika Högsjö", "Rasmus Lindåker"]
