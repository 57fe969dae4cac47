"""What the machine gives, and files that are whole."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from avskrift.batch import limits
from avskrift.batch.fingerprint import making_of
from avskrift.batch.job import Job, Outcome, PagesJob, work
from avskrift.batch.local_pool import LocalPool
from avskrift.batch.sources import Found
from avskrift.batch.watching import DropFolder
from avskrift.models.options import PipelineOptions, ReadingOptions


def test_processors_and_memory_are_what_the_control_group_gives(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "cpu.max").write_text("150000 100000\n", encoding="utf-8")
    (tmp_path / "memory.max").write_text("1073741824\n", encoding="utf-8")
    monkeypatch.setattr(limits, "_control_groups", lambda: [tmp_path])
    assert limits.processors() == 1
    assert limits.memory_bytes() == 1 << 30
    (tmp_path / "cpu.max").write_text("max 100000\n", encoding="utf-8")
    (tmp_path / "memory.max").write_text("max\n", encoding="utf-8")
    assert limits.processors() == len(os.sched_getaffinity(0))
    assert limits.memory_bytes() == os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def test_what_dead_batches_left_is_taken_away(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    dead = tmp_path / "avskrift-batch-999999999-abc"
    (dead / "999999998").mkdir(parents=True)
    mine = limits.run_folder()
    assert not dead.exists() and mine.exists()
    assert limits.run_folder().parent == mine.parent and mine.exists()


def test_a_process_that_was_given_a_dead_workers_number_is_left(tmp_path: Path) -> None:
    stranger = subprocess.Popen(["sleep", "infinity"], start_new_session=True)
    worker = subprocess.Popen(["sleep", "infinity"], start_new_session=True)
    try:
        for process, began in ((stranger, "1"), (worker, limits._began(worker.pid))):
            (tmp_path / str(process.pid)).mkdir()
            (tmp_path / str(process.pid) / "began").write_text(began, encoding="ascii")
        limits.end_groups(tmp_path)
        assert stranger.poll() is None and worker.poll() is None
        limits.end_groups(tmp_path, everyone=True)
        assert worker.wait(300) == -9 and stranger.poll() is None
        assert list(tmp_path.iterdir()) == []
    finally:
        stranger.kill()
        worker.kill()
        stranger.wait()
        worker.wait()


def test_a_document_that_wants_too_much_memory_costs_itself(tmp_path: Path) -> None:
    pool = LocalPool(1, 600.0, 512 << 20)
    try:
        for lines, error in ((2_000_000, "MemoryError"), (1, "")):
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
    making = making_of(options).model_copy(update={"parsing": "another"})
    outcome = work(Job(b"a", path, tmp_path / "a.json", None, options, making=making))
    assert outcome.error_class == "VersionsDifferError" and "the parser" in outcome.error
    assert not (tmp_path / "a.json").exists()


def test_a_file_is_whole_when_it_stands_still(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    now = [1000.0]

    def looked() -> Iterator[Found]:
        if path.exists():
            yield Found(path, b"scan.pdf")

    def write(text: str) -> None:
        path.write_text(text, encoding="utf-8")
        os.utime(path, (now[0], now[0]))

    folder = DropFolder(looked, settle=5.0, clock=lambda: now[0])
    assert list(folder.whole()) == []
    write("half")
    now[0] += 6
    assert list(folder.whole()) == []  # seen for the first time
    write("half and more")
    now[0] += 6
    assert list(folder.whole()) == []  # it changed since
    assert [f.key for f in folder.whole()] == [b"scan.pdf"]
    path.write_text("", encoding="utf-8")
    now[0] = time.time() + 60
    assert list(folder.whole()) == [] and list(folder.whole()) == []  # an empty file is not whole
