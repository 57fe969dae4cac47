"""Folders of exports: replaced only where they are ours, and whole after a kill at any step."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from avskrift.errors import OutputError, UsageError
from avskrift.output.archive.export_folder import MARK, atomic_folder, check_folder, sweep_folders

OLD = {"a.csv": "old a", "b.csv": "old b", "gone.csv": "old"}
NEW = {"a.csv": "new a", "b.csv": "old b", "c.csv": "new c"}


def export(path: Path, files: dict[str, str], form: str = "csv") -> None:
    with atomic_folder(path, form) as folder:
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")


def held(path: Path) -> dict[str, str]:
    return {p.name: p.read_text(encoding="utf-8") for p in path.iterdir() if p.name != MARK}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "tables"
    export(path, OLD)
    return path


def test_an_earlier_export_is_replaced(folder: Path) -> None:
    folder.chmod(0o750)
    export(folder, NEW)
    assert held(folder) == NEW and folder.stat().st_mode & 0o777 == 0o750
    assert [p.name for p in folder.parent.iterdir()] == ["tables"]


def test_an_export_that_was_thinned_out_or_moved_is_replaced(folder: Path) -> None:
    (folder / "a.csv").unlink()
    moved = folder.rename(folder.with_name("moved"))
    export(moved, NEW)
    assert held(moved) == NEW


def test_a_folder_that_is_absent_or_empty_is_filled(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "empty", tmp_path / "not" / "there"):
        export(path, NEW)
        assert held(path) == NEW


def linked(path: Path, to: Path) -> None:
    path.unlink()
    path.symlink_to(to)


def mark_linked(folder: Path) -> None:
    (folder / MARK).rename(folder.parent / "mark")
    (folder / MARK).symlink_to(folder.parent / "mark")


def replaced(path: Path, make: Callable[[Path], object]) -> None:
    path.unlink()
    make(path)


def mark_says(folder: Path, text: str) -> None:
    (folder / MARK).write_text(text, encoding="utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a document was put there": lambda f: (f / "thesis.docx").write_bytes(b"PK precious"),
    "a hidden file was put there": lambda f: (f / ".notes").write_text("precious", encoding="utf-8"),
    "a folder was put there": lambda f: (f / "1998").mkdir(),
    "a table was worked on": lambda f: (f / "a.csv").write_text("mended", encoding="utf-8"),
    "a table became a link": lambda f: linked(f / "a.csv", f / "b.csv"),
    "a table became a folder": lambda f: replaced(f / "a.csv", Path.mkdir),
    "no mark": lambda f: (f / MARK).unlink(),
    "the mark is a link": mark_linked,
    "the mark is a pipe": lambda f: replaced(f / MARK, os.mkfifo),
    "the mark is broken": lambda f: mark_says(f, "[" * 100_000),
    "the mark is of another kind": lambda f: mark_says(f, '{"format": "csv", "files": 7}'),
    "the mark lists what lies elsewhere": lambda f: mark_says(f, '{"format": "csv", "files": {"../precious": "x"}}'),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_not_as_it_was_exported_is_left_alone(folder: Path, change: str) -> None:
    CHANGES[change](folder)

    def seen() -> list[tuple[str, bytes]]:
        files = sorted(p for p in folder.rglob("*") if p.is_file() or p.is_dir())
        return [(str(p), p.read_bytes() if p.is_file() else b"") for p in files]

    before = seen()
    with pytest.raises(UsageError) as told:
        export(folder, NEW)
    assert seen() == before and "\n" not in str(told.value)
    assert not list(folder.parent.glob(".avskrift*"))


def test_an_export_of_another_form_is_left_alone(folder: Path) -> None:
    with pytest.raises(UsageError, match="no earlier export to markdown"):
        export(folder, NEW, "markdown")
    assert held(folder) == OLD


def test_what_comes_while_an_export_is_made_is_left_alone(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"thesis\.docx"), atomic_folder(folder, "csv") as new:
        (new / "a.csv").write_text("new", encoding="utf-8")
        (folder / "thesis.docx").write_text("precious", encoding="utf-8")
    assert held(folder) == {**OLD, "thesis.docx": "precious"}
    assert [p.name for p in folder.parent.iterdir()] == ["tables"]


def test_the_folder_behind_a_link_is_replaced_and_the_link_stays(folder: Path) -> None:
    link = folder.with_name("link")
    link.symlink_to(folder)
    export(link, NEW)
    assert link.is_symlink() and held(folder) == NEW


def test_where_we_stand_and_above_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    for path in (Path(), Path(), Path(".."), tmp_path, Path("/"), Path("../sub")):
        with pytest.raises(UsageError, match="that we stand in"):
            check_folder(path, "csv")


def test_a_file_and_what_is_below_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("precious", encoding="utf-8")
    for path in (tmp_path / "file", tmp_path / "file" / "below" / "it", Path("/dev/null")):
        with pytest.raises(UsageError):
            export(path, NEW)


def test_an_error_half_way_leaves_the_old_export(folder: Path) -> None:
    with pytest.raises(OutputError), atomic_folder(folder, "csv") as new:
        (new / "a.csv").write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")
    assert held(folder) == OLD and [p.name for p in folder.parent.iterdir()] == ["tables"]


CHANGING = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod")


def killed_at(step: int, path: Path) -> bool:
    """Exports in a process of its own that ends, as if killed, before the given step on the file system.

    Whether it came so far.
    """
    child = os.fork()
    if not child:
        left = step

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            if event in CHANGING and str(path.parent) in str(arguments[0]):
                left -= 1
                if left < 0:
                    os._exit(9)

        try:
            sys.addaudithook(count)
            export(path, NEW)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.parametrize("before", [OLD, {}], ids=["over an earlier one", "into an empty folder"])
def test_a_kill_at_any_step_loses_nothing(tmp_path: Path, before: dict[str, str]) -> None:
    states = set()
    for step in range(200):
        path = tmp_path / str(step) / "tables"
        path.mkdir(parents=True)
        if before:
            export(path, before)
        came = killed_at(step, path)
        sweep_folders(path.parent)  # as the next run does
        assert [p.name for p in path.parent.iterdir()] == ["tables"]
        assert held(path) in (before, NEW)
        states.add(held(path) == NEW)
        export(path, NEW)
        assert held(path) == NEW and [p.name for p in path.parent.iterdir()] == ["tables"]
        if not came:
            break
    assert step > 10 and states == {True, False}
