"""What an export or a report of an archive may be written to: never a document, a record or the manifest."""

import os
import stat
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from avskrift.batch.manifest import foreign_line_files, manifests_in
from avskrift.batch.records import all_rows
from avskrift.batch.results import result_path
from avskrift.batch.rows import Row
from avskrift.batch.sources import SUFFIXES
from avskrift.errors import UsageError
from avskrift.output.archive.export import is_jsonl_export
from avskrift.output.archive.export_folder import check_folder
from avskrift.output.archive.report import is_report
from avskrift.output.archive.sqlite_archive import is_sqlite_archive
from avskrift.output.atomic_write import check_outputs, check_writable, descriptor_of, place_of, status_of
from avskrift.output.own_names import REPORT, is_own_name

_EARLIER: dict[str, Callable[[Path], bool]] = {
    "report": is_report,
    "jsonl": is_jsonl_export,
    "sqlite": is_sqlite_archive,
}
"""How an earlier file of each form is known; the other forms make folders."""


def check_archive_output(folder: Path, path: Path, form: str, *, given: bool) -> None:
    """Looks at the output `path` of an export (`form`) or a report of the archive in `folder` before any work is done;
    `given`: by the user.

    Raises `UsageError` for what would take the place of anything but nothing or an earlier output of the same form, for
    a document or a result of the archive, and for a folder without a manifest; `OutputError` where the machine does not
    let us write.
    """
    if not manifests_in(folder):
        raise UsageError(f"{folder}: there is no manifest of a batch in it")
    root, place = folder.resolve(), place_of(path)
    if not given and root not in place.parents:
        raise UsageError(f"{path} is a link that leads out of {folder}; give the output with -o")
    if form in _EARLIER:
        _check_file(path, form)
    else:
        check_folder(path, form)
    if root in place.parents and _is_ours(place.relative_to(root)):
        raise UsageError(f"{path} has the name of a file that the batch itself writes; give another one")
    if any(_is_of(row, root, place) for row in all_rows(folder)):
        raise UsageError(f"{path} is a document of the archive or belongs to one; give the output another name")


def check_batch_outputs(output: Path, log: Path | None, inputs: Iterable[str], lists: Iterable[Path]) -> None:
    """Looks at the folder of results (`output`) and the `log` of a batch before any work is done. `inputs` are what the
    batch reads, `lists` the files that name more.

    Raises `UsageError` for a folder that is none, or for a log that is an input, lies among them under the name of a
    document, or has the name of a file that the batch writes; and what `check_outputs` raises.
    """
    there = next((path for path in (output, *output.parents) if status_of(path) is not None), output)
    if not there.is_dir():
        raise UsageError(f"{there} is no folder; give a folder for the results")
    if foreign := next(foreign_line_files(output), None):
        text = "was not written by a batch and would be replaced; move it, or give another output folder"
        raise UsageError(f"{foreign} {text}")
    if log is not None:
        _check_log(log, output.resolve(), [given for given in inputs if given != "-"], lists)


def _check_log(log: Path, root: Path, inputs: Sequence[str], lists: Iterable[Path]) -> None:
    check_outputs((log,), (*inputs, *lists))
    place = place_of(log)
    if root in place.parents and (_is_ours(place.relative_to(root)) or place.suffix in (".json", ".txt")):
        raise UsageError(f"{log} has the name of a file that the batch itself writes; give another one")
    folders = {Path(given).resolve() for given in inputs if Path(given).is_dir()}
    if place.suffix.lower() in SUFFIXES and place.exists() and folders & set(place.parents):
        raise UsageError(f"{log} is a document to read; give the log another name")


def _check_file(path: Path, form: str) -> None:
    check_writable(path)
    status = status_of(path)
    if status is None:
        return
    if descriptor_of(path) is not None or not stat.S_ISREG(status.st_mode):
        if form == "sqlite":
            raise UsageError(f"{path} is no file; a database cannot be written into it")
    elif status.st_size and not _EARLIER[form](path):
        what = "report" if form == "report" else f"export to {form}"
        raise UsageError(f"{path} is no earlier {what}, so it is not written over; give another name or remove it")


def _is_ours(below: Path) -> bool:
    """Whether a path below the folder of results is that of a manifest, a lock, kept pages or the index."""
    first = below.parts[0]
    return is_own_name(first) and not first.lower().startswith(("export.", "export-", REPORT))


def _is_of(row: Row, root: Path, place: Path) -> bool:
    """Whether a place is that of a document, or of one of its results."""
    last = row.key.rsplit(b"/", 1)[-1]
    if os.fsencode(place.name).startswith(last[:40]) and place in (
        result_path(root, row.key, ".json"),
        result_path(root, row.key, ".txt"),
    ):
        return True
    path = os.fsencode(place)
    if os.path.basename(row.path) != os.path.basename(path):  # noqa: PTH119 - paths of bytes
        return False
    try:
        return os.path.samefile(row.path, path)  # noqa: PTH121
    except (OSError, ValueError):
        return False
