"""What is to be done with a document, from its file, its row and its results."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from avskrift.batch.build_info import BuildInfo
from avskrift.batch.planning import Target, decide, sha256_of, why_skipped
from avskrift.batch.results import result_path, write_result
from avskrift.batch.rows import Row, Status
from avskrift.batch.sources import SourceDocument

BUILD = BuildInfo(program="1", engine="e", reading="r", model="m", correcting="c", parsing="p", settings="s")
LIBRARIES = {"spacy": "3.8"}


class Known:
    """A document that was read, with its row and its results."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "avtal.txt"
        self.path.write_bytes(b"Granvik")
        self.build = BUILD.model_copy(update={"libraries": LIBRARIES})
        self.target = Target(self.build, folder / "out")
        self.document = SourceDocument(self.path, b"avtal.txt")
        for suffix in (".json", ".txt"):
            write_result(result_path(self.target.folder, b"avtal.txt", suffix), b"made")
        status = self.path.stat()
        self.row = Row(
            b"avtal.txt",
            os.fsencode(self.path),
            Status.DONE,
            status.st_size,
            status.st_mtime_ns,
            build=self.build,
            sha256=sha256_of(self.path),
            json_bytes=4,
            text_bytes=4,
        )

    def reasons(self, row: Row | None, **target: object) -> tuple[str, ...]:
        return decide(self.document, row, replace(self.target, **target)).reasons  # type: ignore[arg-type]


@pytest.fixture
def known(tmp_path: Path) -> Known:
    return Known(tmp_path)


def test_what_is_done_stays(known: Known) -> None:
    decision = decide(known.document, known.row, known.target)
    assert not decision.to_read and decision.row == known.row


@pytest.mark.parametrize(
    ("status", "reason"),
    [(Status.WAITING, "it was not finished"), (Status.SKIPPED, "it was skipped"), (None, "it was never read")],
)
def test_what_was_never_done_is_read(known: Known, status: Status | None, reason: str) -> None:
    assert known.reasons(None if status is None else replace(known.row, status=status)) == (reason,)


def test_other_bytes_are_read_and_other_times_are_not(known: Known) -> None:
    os.utime(known.path, (1, 1))
    decision = decide(known.document, known.row, known.target)
    assert not decision.to_read and decision.row is not None and decision.row.mtime_ns == 10**9
    known.path.write_bytes(b"Granvig")
    os.utime(known.path, (2, 2))
    assert known.reasons(known.row) == ("the document changed",)


def test_each_part_of_what_made_it_is_a_reason(known: Known) -> None:
    parser = known.build.model_copy(update={"parsing": "other", "libraries": {"spacy": "3.9"}})
    assert known.reasons(known.row, build=parser) == (
        "the parser or its vocabulary changed",
        "spacy changed (3.8, now 3.9)",
    )
    assert known.reasons(replace(known.row, build=None)) == ("the versions that made it are not known",)


def test_failures_wait_to_be_tried_again(known: Known) -> None:
    row = replace(known.row, status=Status.FAILED, error_class="BrokenInputError", error="damaged")
    assert known.reasons(row) == ()
    assert known.reasons(row, retry_failed=True) == ("it failed (BrokenInputError)",)
    partial = replace(known.row, status=Status.PARTIAL, unread_pages=2)
    assert known.reasons(partial) == ()
    assert known.reasons(partial, retry_failed=True) == ("2 of its pages could not be read",)


def test_results_must_stand(known: Known) -> None:
    result_path(known.target.folder, b"avtal.txt", ".txt").unlink()
    assert known.reasons(known.row) == ("its results are not there or not whole",)
    assert known.reasons(known.row, text=False) == ()


def test_a_file_that_came_back_is_as_it_was(known: Known) -> None:
    decision = decide(known.document, replace(known.row, status=Status.GONE), known.target)
    assert not decision.to_read and decision.row == known.row


def test_what_cannot_be_looked_at_fails_once(known: Known) -> None:
    known.path.unlink()
    (reason,) = known.reasons(None)
    assert reason.startswith("its file cannot be looked at (No such file")
    failed = replace(known.row, status=Status.FAILED, size=0)
    assert known.reasons(failed) == () and known.reasons(failed, retry_failed=True) == (reason,)
    hidden = replace(known.document, problem="cannot be looked at: no permission")
    assert decide(hidden, None, known.target).reasons == (hidden.problem,)
    assert not decide(hidden, replace(failed, error=hidden.problem), known.target).to_read


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("notes.ods", b"PK\x03\x04", "not read: kind of file (.ods)"),
        ("scan", b"%PDF-1.7\n", ""),
        ("readme", b"text", "not read: kind of file"),
    ],
)
def test_files_whose_names_say_nothing(known: Known, tmp_path: Path, name: str, data: bytes, why: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    document = SourceDocument(path, name.encode(), by_name=False)
    decision = decide(document, None, known.target)
    assert (decision.skipped, why_skipped(path, path.stat())) == (why, why) and decision.to_read is (why == "")
