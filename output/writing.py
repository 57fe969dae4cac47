"""Files and folders written whole or not at all."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from avskrift.errors import OutputError


def check_writable(path: Path) -> None:
    """Raises `OutputError` when a file at `path` can't be written, before any work is done."""
    if path.is_dir():
        raise OutputError(f"{path} is a folder; give a file to write")
    folder = path.absolute().parent
    if not folder.is_dir():
        raise OutputError(f"{path} cannot be written: there is no folder {folder}")
    if not os.access(folder, os.W_OK):
        raise OutputError(f"{path} cannot be written: no permission in {folder}")


def write(path: Path, text: str) -> None:
    """Writes `text` (UTF-8), whole or not at all. Raises `OutputError`."""
    check_writable(path)
    with whole(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


@contextlib.contextmanager
def whole(path: Path, *, folder: bool = False, suffix: str = ".new") -> Iterator[Path]:
    """The path of a temporary file (or a new folder) beside `path`, which becomes `path` when all went well.

    No other writer has its name, on this machine or on another one that shares the folder. Raises `OutputError`.
    """
    temporary = path.with_name(f".{uuid4().hex}{suffix}")
    try:
        if folder:
            temporary.mkdir(parents=True)
        yield temporary
        if folder and path.is_dir():
            shutil.rmtree(path)
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from None
    finally:
        if folder:
            shutil.rmtree(temporary, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
