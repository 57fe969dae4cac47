"""What an export, a report or a log may be written to."""

from pathlib import Path

import pytest

from avskrift.batch.manifest import Manifest, manifest_path
from avskrift.batch.output_paths import check_archive_output, check_batch_outputs
from avskrift.batch.rows import Row, Status
from avskrift.errors import UsageError


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7")
    with Manifest(manifest_path(folder)) as manifest:
        manifest.put(Row(b"scan.pdf", bytes(tmp_path / "scan.pdf"), Status.DONE, json_bytes=3))
    return folder


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("scan.pdf.json", "is a document of the archive or belongs to one"),
        ("manifest.sqlite", "has the name of a file that the batch itself writes|is no earlier"),
        ("../scan.pdf", "is no earlier|is a document"),
    ],
)
def test_documents_and_results_are_no_outputs(archive: Path, name: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        check_archive_output(archive, archive / name, "jsonl", given=True)


def test_new_files_and_earlier_exports_are(archive: Path) -> None:
    for name in ("export.jsonl", "../mine.jsonl"):
        check_archive_output(archive, archive / name, "jsonl", given=True)
    (archive / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is no earlier export to jsonl"):
        check_archive_output(archive, archive / "notes.txt", "jsonl", given=True)
    with pytest.raises(UsageError, match="no manifest"):
        check_archive_output(archive.parent, archive / "export.jsonl", "jsonl", given=True)


def test_a_folder_of_results_is_a_folder(archive: Path) -> None:
    check_batch_outputs(archive / "new" / "below", None, [], [])
    with pytest.raises(UsageError, match="is no folder"):
        check_batch_outputs(archive.parent / "scan.pdf" / "below", None, [], [])
    (archive / "manifest.jsonl").write_text('{"mine": 1}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="was not written by a batch"):
        check_batch_outputs(archive, None, [], [])


@pytest.mark.parametrize(
    ("log", "reason"),
    [("scan.txt", "is a document to read"), ("out/a.json", "the batch itself writes"), ("list.log", "over the file")],
)
def test_a_log_is_no_document(archive: Path, log: str, reason: str) -> None:
    top = archive.parent
    (top / "scan.txt").write_text("text", encoding="utf-8")
    (top / "list.log").write_text("scan.pdf", encoding="utf-8")
    check_batch_outputs(archive, top / "run.log", [str(top)], [top / "list.log"])
    with pytest.raises(UsageError, match=reason):
        check_batch_outputs(archive, top / log, [str(top)], [top / "list.log"])
