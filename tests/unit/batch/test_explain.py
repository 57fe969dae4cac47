"""Why a batch would read a document again, for people."""

from dataclasses import replace
from pathlib import Path

import pytest

from avskrift.batch.build_info import BuildInfo
from avskrift.batch.explain import explanation_of
from avskrift.batch.manifest import Manifest, manifest_path
from avskrift.batch.planning import Target
from avskrift.batch.rows import Row, Status

BUILD = BuildInfo(program="1", engine="e", reading="r", model="m", correcting="c", parsing="p", settings="s")


def explanation(folder: Path, row: Row | None) -> list[str]:
    path = folder / "avtal.txt"
    path.write_bytes(b"Granvik")
    status = path.stat()
    with Manifest(manifest_path(folder)) as manifest:
        if row is not None:
            size = {"size": status.st_size, "mtime_ns": status.st_mtime_ns}
            manifest.put(replace(row, path=bytes(path), build=BUILD, **size))  # type: ignore[arg-type]
    return [line.removeprefix(f"{path}: ") for line in explanation_of(path, Target(BUILD, folder))]


@pytest.mark.parametrize(
    ("row", "state", "advice"),
    [
        (
            Row(b"a", b"", Status.FAILED, error_class="BrokenInputError", error="damaged", attempts=2),
            "failed after 2 attempts: BrokenInputError: damaged",
            "nothing is to be done; --retry-failed would try it again",
        ),
        (
            Row(b"a", b"", Status.PARTIAL, pages=9, unread_pages=2, finished="2026-01-02", seconds=3.21),
            "partial on 2026-01-02, 9 pages, 2 of them could not be read, 3.2 s",
            "it would be read again: its results are not there or not whole",
        ),
        (Row(b"a", b"", Status.WAITING), "waiting", "it would be read again: it was not finished"),
    ],
)
def test_what_is_known_and_what_comes(tmp_path: Path, row: Row, state: str, advice: str) -> None:
    assert explanation(tmp_path, row)[:2] == [state, advice]


def test_a_document_that_no_batch_has_met(tmp_path: Path) -> None:
    assert explanation(tmp_path, None) == ["no batch has seen it; the next one that meets it reads it"]
