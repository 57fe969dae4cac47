"""What the report of an archive counts and lists."""

import json
from pathlib import Path

import pytest

from avskrift.batch.manifest import Manifest, manifest_path
from avskrift.batch.reporting import archive_report
from avskrift.batch.results import result_path, write_result
from avskrift.batch.rows import Row, Status
from avskrift.errors import UsageError

RECORD = {
    "document": {"kind": "agreement", "title": "Samverkansöverenskommelse", "diary_numbers": []},
    "parties": [{}],
    "period": {"valid_from": "2021-03-01", "valid_to": None},
    "groups": [],
    "focus_areas": [{}],
    "signatories": [{}],
    "source": {"page_qualities": ["good", "poor", "unreadable", None]},
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    rows = [
        Row(b"a.pdf", b"/in/a.pdf", Status.DONE, pages=4, ocr_pages=3, seconds=2, quality="poor", confidence=0.75),
        Row(b"b.txt", b"/in/b.txt", Status.DONE, pages=1, seconds=1, confidence=0.99),
        Row(b"c.pdf", b"/in/c.pdf", Status.FAILED, error_class="BrokenInputError", error="damaged"),
        Row(b"d.pdf", b"/in/d.pdf", Status.FAILED, error_class="BrokenInputError", error="cut off"),
        Row(b"e.odt", b"/in/e.odt", Status.SKIPPED, error="not read: kind of file (.odt)"),
    ]
    with Manifest(manifest_path(tmp_path)) as manifest:
        for row in rows:
            manifest.put(row)
    write_result(result_path(tmp_path, b"a.pdf", ".json"), json.dumps(RECORD).encode())
    return tmp_path


def test_documents_are_counted_by_what_became_of_them(archive: Path) -> None:
    report = archive_report(archive)
    assert report.folder == archive.name and (report.pages, report.ocr_pages, report.seconds) == (5, 3, 3)
    assert report.counts == {"done": 2, "failed": 2, "skipped": 1}
    assert report.skipped == [("not read: kind of file (.odt)", 1)]


def test_failures_are_gathered_by_their_cause(archive: Path) -> None:
    (failure,) = archive_report(archive).failures
    assert (failure.count, [entry.remark for entry in failure.documents]) == (2, ["damaged", "cut off"])


def test_poor_pages_and_unsure_records_are_listed(archive: Path) -> None:
    report = archive_report(archive)
    assert report.again_pages == 2 and [entry.remark for entry in report.again] == ["page 2, 3"]
    assert [(entry.name, entry.remark) for entry in report.unsure] == [("a.pdf", "0.75")]
    assert report.grades == {"poor": 1, "no picture": 1}
    assert report.confidences == [0, 0, 0, 0, 0, 0, 0, 1, 0, 1]


def test_fields_that_agreements_lack_are_counted(archive: Path) -> None:
    assert dict(archive_report(archive).missing) == {"document.diary_numbers": 1, "groups": 1}


def test_links_lead_to_results_that_are_there(archive: Path) -> None:
    (entry,) = archive_report(archive).unsure
    assert entry.record == "./a.pdf.json" and entry.text == "" and entry.source == "file:///in/a.pdf"


def test_a_folder_without_a_manifest(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no manifest"):
        archive_report(tmp_path)
