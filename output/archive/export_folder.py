"""Folders of files that belong together (CSV, Parquet, Markdown), written whole and replaced only where they are ours.

Such a folder holds a mark: its form, and its files with their digests. It is replaced only while it holds these files
as they were written, and nothing else; files are then taken away one by one, by their names. A kill leaves the old
folder or the new one, or for an instant the old one under a temporary name: the next run puts it back.
"""

import contextlib
import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from avskrift.errors import InputError, OutputError, UsageError
from avskrift.output.atomic_write import place_of, status_of, synced
from avskrift.output.temporary_names import abandoned_in, temporary_name
from avskrift.runtime.input_files import open_regular, read_file

MARK = ".avskrift-export"
_MOST_MARK = 1 << 30


def check_folder(path: Path, form: str) -> None:
    """Raises `UsageError` where a folder of this form would take the place of anything but an earlier one of its kind,
    or of nothing (an empty folder, or none); `OutputError` where the machine does not let us write."""
    status, place = status_of(path), place_of(path)
    if status is None:
        _check_can_be_made(path, next(p for p in place.parents if p.exists()))
        return
    if not stat.S_ISDIR(status.st_mode):
        raise UsageError(f"{path} is a file; {form} is written to a folder of its own")
    if _holds_us(place) or place.is_mount():
        raise UsageError(
            f"{path} is the folder that we stand in, or a disk; give a folder of its own, as {path}/{form}"
        )
    names = _names_in(path, place)
    if names:
        _check_ours(path, place, form, names)
    if not os.access(place.parent, os.W_OK | os.X_OK) or not os.access(place, os.W_OK | os.X_OK):
        raise OutputError(f"{path} cannot be replaced: no permission")


def _check_can_be_made(path: Path, there: Path) -> None:
    """Raises as `check_folder` where no folder can be made in `there`, the nearest that there is."""
    if not there.is_dir():
        raise UsageError(f"{path} cannot be made: {there} is a file")
    if not os.access(there, os.W_OK | os.X_OK):
        raise OutputError(f"{path} cannot be made: no permission in {there}")


def _holds_us(place: Path) -> bool:
    try:
        here = Path.cwd()
    except OSError:  # it was taken away
        return False
    return here == place or place in here.parents


def _names_in(path: Path, place: Path) -> set[str]:
    try:
        return {entry.name for entry in place.iterdir()}
    except OSError as error:
        raise OutputError(f"{path} cannot be looked at: {error.strerror or error}") from None


def _check_ours(path: Path, place: Path, form: str, names: set[str]) -> None:
    listed = _listed(place, form)
    if listed is None:
        raise UsageError(f"{path} holds files and is no earlier export to {form}; give a new or an empty folder")
    if strange := sorted(names - listed.keys() - {MARK}):
        raise UsageError(f"{path} holds {strange[0]}, which is not of the earlier export; nothing was replaced")
    for name in sorted(names - {MARK}):
        if not _is_as_written(place / name, listed[name]):
            raise UsageError(f"{path}: {name} was changed since it was exported; nothing was replaced")


def _is_as_written(file: Path, digest: str) -> bool:
    try:
        return stat.S_ISREG(file.lstat().st_mode) and _digest(file) == digest
    except (OSError, InputError):
        return False


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with open_regular(file, sys.maxsize) as handle:
        while block := handle.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _listed(folder: Path, form: str = "") -> dict[str, str] | None:
    """The files that the mark of an export lists, with their digests; None where there is no mark (of this form)."""
    mark = _mark_of(folder)
    if form and mark.get("format") != form:
        return None
    files = mark.get("files")
    if not isinstance(files, dict) or not all(isinstance(digest, str) for digest in files.values()):
        return None
    return files if all(name not in ("", ".", "..", MARK) and "/" not in name for name in files) else None


def _mark_of(folder: Path) -> dict[str, Any]:
    """What the mark of an export holds; empty where there is none that can be read."""
    mark = folder / MARK
    try:
        held = json.loads(read_file(mark, _MOST_MARK)) if stat.S_ISREG(mark.lstat().st_mode) else None
    except (OSError, InputError, ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}


@contextlib.contextmanager
def atomic_folder(path: Path, form: str) -> Iterator[Path]:
    """A new folder beside `path` for the files of an export, which becomes `path` when all went well.

    Raises `UsageError` as `check_folder`, or `OutputError`.
    """
    check_folder(path, form)
    place = place_of(path)
    temporary = place.parent / temporary_name(".new")
    try:
        temporary.mkdir(parents=True)
        sweep_folders(place.parent)
        yield temporary
        _mark(temporary, form)
        check_folder(path, form)  # it may have been worked on meanwhile
        _put(temporary, place)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from None
    finally:
        _remove_flat(temporary)


def _mark(folder: Path, form: str) -> None:
    files = {}
    for file in sorted(folder.iterdir()):
        synced(file)
        files[file.name] = _digest(file)
    mark = folder / MARK
    mark.write_text(json.dumps({"format": form, "files": files}, indent=0) + "\n", encoding="utf-8")
    synced(mark)


def _put(new: Path, place: Path) -> None:
    if not place.is_dir() or not any(place.iterdir()):
        new.rename(place)  # an empty folder gives way
        return
    new.chmod(stat.S_IMODE(place.stat().st_mode))
    old = place.parent / temporary_name(f"-{place.name}.old")
    place.rename(old)
    try:
        new.rename(place)
    except BaseException:
        old.rename(place)
        raise
    _remove_listed(old, place)


def _remove_listed(old: Path, place: Path) -> None:
    """Takes away a former export, file by file; what came into it meanwhile is kept beside the new one."""
    for name in _listed(old) or ():
        (old / name).unlink(missing_ok=True)
    if {entry.name for entry in old.iterdir()} <= {MARK}:
        (old / MARK).unlink(missing_ok=True)
        old.rmdir()
    else:
        kept = place.with_name(f"{place.name}.kept-{uuid4().hex[:6]}")
        old.rename(kept)
        raise OutputError(f"{place} is written; what else came into the folder meanwhile is kept in {kept}")


def _remove_flat(folder: Path) -> None:
    """Takes away a temporary folder of ours and the files in it; a folder below it stays, and what links lead to."""
    with contextlib.suppress(OSError):
        for entry in list(folder.iterdir()):
            entry.unlink()
        folder.rmdir()


def sweep_folders(folder: Path) -> None:
    """Takes away the temporary folders that killed runs left in a folder, and puts back what one had put aside."""
    for path, suffix in abandoned_in(folder):
        if path.is_symlink() or not path.is_dir():
            continue
        with contextlib.suppress(OSError, OutputError):
            if suffix == ".new":
                _remove_flat(path)
            elif suffix.endswith(".old"):
                place = folder / suffix.removeprefix("-").removesuffix(".old")
                if os.path.lexists(place):
                    _remove_listed(path, place)
                else:
                    path.rename(place)
