"""Temporary folders of runs: what is ours and over goes, all else stays."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from avskrift.errors import OutputError
from avskrift.runtime import temporary_folder
from avskrift.runtime.system import start_time


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(["sleep", "60"], start_new_session=True)
    yield process
    process.kill()
    process.wait()


def ended_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    return process.pid


def left_behind(top: Path, name: str = "avskrift-run-left", **told: Any) -> Path:
    """A folder as a run leaves it that was killed."""
    folder = top / name
    folder.mkdir(mode=0o700)
    mark = temporary_folder._owner() | {"process": ended_process()} | told
    (folder / "owner").symlink_to(json.dumps(mark))
    (folder / "page.pgm").write_bytes(b"a picture")
    return folder


def test_a_folder_of_a_run_is_private_and_goes_with_it(top: Path) -> None:
    folder = temporary_folder.create()
    assert folder.parent == top and folder.stat().st_mode & 0o777 == 0o700
    (folder / "1" / "deep").mkdir(parents=True)
    temporary_folder.remove(folder)
    assert list(top.iterdir()) == []


def test_what_dead_runs_left_is_taken_away(top: Path) -> None:
    dead, reused = left_behind(top), left_behind(top, "avskrift-run-reused", process=os.getpid(), began="1")
    unmarked = top / "avskrift-run-unmarked"
    unmarked.mkdir(mode=0o700)  # killed before it had its mark
    mine = temporary_folder.create()
    assert not dead.exists() and not reused.exists() and not unmarked.exists()
    second = temporary_folder.create()
    assert mine.exists() and second.exists()


@pytest.mark.parametrize(
    "told", [{"host": "another"}, {"numbers": "pid:[1]"}, {"process": 1, "began": ""}, {"process": "x"}, {"more": 1}]
)
def test_what_may_be_of_a_run_that_lasts_stays(top: Path, told: dict[str, Any]) -> None:
    folder = left_behind(top, **told)
    temporary_folder.create()
    assert (folder / "page.pgm").exists()


def test_names_alone_are_not_believed(top: Path) -> None:
    kept = []
    for name, mode in (("avskrift-run-999999999-a", 0o700), ("avskrift-batch-999999999-a", 0o700)):
        year = top / name / "1998"
        year.mkdir(parents=True)
        (top / name).chmod(mode)
        (year / "minutes.txt").write_text("kept", encoding="utf-8")
        kept.append(year / "minutes.txt")
    open_to_all = left_behind(top, "avskrift-run-open")
    open_to_all.chmod(0o755)
    temporary_folder.create()
    assert all(path.exists() for path in kept) and open_to_all.exists()


def test_links_are_not_followed(top: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    own = tmp_path_factory.mktemp("own")
    archive = left_behind(own, "archive")  # even what looks like ours, behind a link
    (archive / "2003").mkdir()
    (archive / "2003" / "minutes.txt").write_text("kept", encoding="utf-8")
    (top / "avskrift-run-link").symlink_to(archive)
    dead = left_behind(top)
    (dead / "2003").symlink_to(archive / "2003")
    (dead / str(ended_process())).symlink_to(archive)
    temporary_folder.create()
    assert not dead.exists()
    assert (archive / "2003" / "minutes.txt").exists() and (archive / "page.pgm").exists()


def test_a_process_that_was_given_a_dead_workers_number_is_left(top: Path, sleeper: subprocess.Popen[bytes]) -> None:
    folder = left_behind(top)
    own = folder / str(sleeper.pid)
    own.mkdir()
    (own / "began").write_text("1", encoding="ascii")
    temporary_folder.create()
    assert not folder.exists() and sleeper.poll() is None


def test_workers_of_a_dead_run_are_ended(top: Path, sleeper: subprocess.Popen[bytes]) -> None:
    folder = left_behind(top)
    own = folder / str(sleeper.pid)
    own.mkdir()
    (own / "began").write_text(start_time(sleeper.pid), encoding="ascii")
    temporary_folder.end_workers(folder)
    assert sleeper.poll() is None and own.exists()
    temporary_folder.create()
    assert sleeper.wait(30) == -9 and not folder.exists()


def test_what_a_dead_worker_left_running_is_known_by_its_folder(top: Path) -> None:
    folder = left_behind(top)
    own = folder / str(ended_process())
    own.mkdir()
    (own / "began").write_text("1", encoding="ascii")
    engine, stranger = (
        subprocess.Popen(["sleep", "60"], env={**os.environ, "TMPDIR": str(of)}, start_new_session=True)
        for of in (own, own / "deeper")
    )
    try:
        temporary_folder.end_workers(folder)
        assert engine.wait(30) == -9 and stranger.poll() is None and not own.exists()
    finally:
        for process in (engine, stranger):
            process.kill()
            process.wait()


def test_no_temporary_folder_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(OutputError, match="TMPDIR"):
        temporary_folder.create()


def test_a_process_has_one_place_which_goes_with_it(top: Path) -> None:
    code = """
from avskrift.runtime import temporary_folder
from avskrift.runtime.system import start_time
place = temporary_folder.current()
assert place == temporary_folder.current()
(place / "page.pgm").write_bytes(b"a picture")
print(place)
"""
    environment = {**os.environ, "TMPDIR": str(top)}
    told = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert Path(told.stdout.strip()).parent == top and list(top.iterdir()) == []


def test_a_file_is_held_as_long_as_it_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with temporary_folder.holding("avtal.pdf", b"%PDF-1.7") as path:
        assert path.name == "avtal.pdf" and path.read_bytes() == b"%PDF-1.7"
        assert temporary_folder.current() in path.parents
    assert not path.parent.exists()
