"""Files written whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

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
    """Writes `text` (UTF-8) to a temporary name beside `path`, then renames. Raises `OutputError`."""
    check_writable(path)
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=path.absolute().parent, prefix=f".{path.name}.", delete=False
        ) as handle:
            temporary = Path(handle.name)
            handle.write(text)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
