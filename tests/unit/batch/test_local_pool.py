"""Work on this machine: what a document may cost, workers of other versions, files that are whole."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from avskrift.batch.build_info import current_build
from avskrift.batch.folder_watch import DropFolder
from avskrift.batch.job import Job, Outcome, PagesJob, work
from avskrift.batch.local_pool import LocalPool
from avskrift.batch.sources import SourceDocument
from avskrift.models.options import PipelineOptions, ReadingOptions


def test_a_document_that_wants_too_much_memory_costs_itself(tmp_path: Path) -> None:
    pool = LocalPool(1, 600.0, 512 << 20)
    try:
        for lines, error in ((700_000, "MemoryError"), (1, "")):
            path = tmp_path / f"{lines}.txt"
            path.write_text("Samverkansöverenskommelse\n" * lines, encoding="utf-8")
            options = PipelineOptions(reading=ReadingOptions(engine="none"))
            pool.submit(Job(b"a", path, tmp_path / "a.json", None, options))
            ended: list[tuple[Job | PagesJob, Outcome]] = []
            while not ended:
                ended = pool.ended(1.0)
            assert [outcome.error_class for _, outcome in ended] == [error]
    finally:
        pool.stop()


def test_a_worker_of_another_version_refuses(tmp_path: Path) -> None:
    path = tmp_path / "avtal.txt"
    path.write_text("Samverkansöverenskommelse\n", encoding="utf-8")
    options = PipelineOptions(reading=ReadingOptions(engine="none"))
    build = current_build(options).model_copy(update={"parsing": "another"})
    outcome = work(Job(b"a", path, tmp_path / "a.json", None, options, build=build))
    assert outcome.error_class == "VersionsDifferError" and "the parser" in outcome.error
    assert not (tmp_path / "a.json").exists()


def test_a_file_is_whole_when_it_stands_still(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    now = [1000.0]

    def looked() -> Iterator[SourceDocument]:
        if path.exists():
            yield SourceDocument(path, b"scan.pdf")

    def write(text: str) -> None:
        path.write_text(text, encoding="utf-8")
        os.utime(path, (now[0], now[0]))

    folder = DropFolder(looked, settle=5.0, clock=lambda: now[0])
    assert list(folder.settled()) == []
    write("half")
    now[0] += 6
    assert list(folder.settled()) == []  # seen for the first time
    write("half and more")
    now[0] += 6
    assert list(folder.settled()) == []  # it changed since
    assert [f.key for f in folder.settled()] == [b"scan.pdf"]
    path.write_text("", encoding="utf-8")
    now[0] = time.time() + 60
    assert list(folder.settled()) == [] and list(folder.settled()) == []  # an empty file is not whole
