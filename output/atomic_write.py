"""Files written whole or not at all, and nothing of the user's written over: the one place that keeps both promises.

`check_outputs` looks at every output before any work is done; `write` and `atomic_write` put a file in its place at one
blow. A link that is given as an output stays a link: what it leads to is written. Devices and pipes are written into.
"""

import codecs
import contextlib
import errno
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, TextIO

from avskrift.errors import InputError, OutputError, UsageError
from avskrift.output.temporary_names import abandoned_in, temporary_name
from avskrift.runtime.input_files import open_regular

STANDARD = Path("-")
"""Standard output as an output, standard input as an input."""
_HEAD = 1 << 16
"""Bytes at the beginning of a file by which it is known."""
_DOCUMENTS = (b"%PDF-", b"{\\rtf", b"%!PS")
"""How documents begin that may otherwise be text from end to end."""
_UNSYNCED = (errno.EINVAL, errno.ENOTSUP, errno.EROFS)
"""What file systems answer that cannot be asked to write through."""


def check_outputs(outputs: Iterable[Path | None], inputs: Iterable[Path | str | None] = ()) -> None:
    """Looks at every output before any work is done. None is one that is not wanted.

    Raises `UsageError` for an output that is also an input or another output (by whatever name), a folder, a socket, a
    disk, a file that is no text and so can be none of ours, or one in a folder that is not there; `OutputError` where
    the machine does not let us write.
    """
    wanted = [path for path in outputs if path is not None]
    for path in wanted:
        check_writable(path)
        check_text(path)
    check_distinct(wanted, inputs)


def check_distinct(outputs: Iterable[Path], inputs: Iterable[Path | str | None] = ()) -> None:
    """Raises `UsageError` for an output that is the same file as an input or as another output."""
    read = {_identity(Path(path), descriptor=0): Path(path) for path in inputs if path is not None}
    taken: dict[tuple[object, ...], Path] = {}
    for path in outputs:
        identity = _identity(path, descriptor=1)
        if identity in read:
            raise UsageError(f"{path} would be written over the file that is read; give the output another name")
        if identity in taken:
            raise UsageError(f"{path} and {taken[identity]} are one file; each output needs one of its own")
        taken[identity] = path


def check_writable(path: Path) -> None:
    """Raises `UsageError` or `OutputError` when no file at `path` can be written; what it holds is not looked at."""
    status = status_of(path)
    if status is None or stat.S_ISREG(status.st_mode):
        if descriptor_of(path) is None:
            _check_file(path, there=status is not None)
    elif stat.S_ISDIR(status.st_mode):
        raise UsageError(f"{path} is a folder; give a file to write")
    elif not (stat.S_ISCHR(status.st_mode) or stat.S_ISFIFO(status.st_mode)):
        raise UsageError(f"{path} is a socket or a disk; give a file to write")
    elif descriptor_of(path) is None and not os.access(path, os.W_OK):
        raise OutputError(f"{path} cannot be written: no permission")


def _check_file(path: Path, *, there: bool) -> None:
    folder = place_of(path).parent
    if not folder.is_dir():
        raise UsageError(f"{path} cannot be written: there is no folder {folder}")
    if not os.access(folder, os.W_OK | os.X_OK) or (there and not os.access(path, os.W_OK)):
        raise OutputError(f"{path} cannot be written: no permission")


def check_text(path: Path) -> None:
    """Raises `UsageError` for a file that is no UTF-8 text: nothing that is written here, but maybe a scan."""
    if descriptor_of(path) is not None:
        return
    head = head_of(path)
    if any(sign in head[:1024] for sign in _DOCUMENTS) or not _is_text(head):
        raise UsageError(f"{path} is a document or another file that is no text; it is not written over")


def _is_text(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # the head may end within a sign
    except UnicodeDecodeError:
        return False
    return b"\0" not in head


def head_of(path: Path, most: int = _HEAD) -> bytes:
    """The first bytes of a regular file; none of anything else. Raises `OutputError` where it cannot be read."""
    status = status_of(path)
    if status is None or not stat.S_ISREG(status.st_mode):
        return b""
    try:
        with open_regular(path, sys.maxsize) as handle:
            return handle.read(most)
    except (InputError, OSError) as error:
        raise OutputError(f"{path} would be replaced, but cannot be looked at ({error})") from None


def place_of(path: Path) -> Path:
    """Where a file that is written to `path` comes to stand: what a link leads to, whether it is there or not."""
    return Path(os.path.realpath(path))


def status_of(path: Path) -> os.stat_result | None:
    """What stands at `path`, links followed; None where nothing does. Raises `UsageError` for what can be no output."""
    number = descriptor_of(path)
    try:
        return path.stat() if number is None else os.fstat(number)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError:
        raise OutputError(f"{path} cannot be written: no permission") from None
    except (OSError, ValueError) as error:  # a loop of links, too long a name, a NUL in it
        raise UsageError(f"{path} cannot be written: {getattr(error, 'strerror', None) or error}") from None


def descriptor_of(path: Path) -> int | None:
    """The number of our own descriptor that a path names: `-` (standard output), `/dev/stdout`, `/dev/fd/63`."""
    if path == STANDARD:
        return 1
    here = os.path.abspath(path)  # noqa: PTH100 - links are followed one by one
    for _ in range(40):
        folder, name = os.path.split(here)
        folder = os.path.realpath(folder)
        if name.isdigit() and re.fullmatch(rf"/dev/fd|/proc/{os.getpid()}(/task/\d+)?/fd", folder):
            return int(name)
        try:
            here = os.path.join(folder, os.readlink(here))  # noqa: PTH115, PTH118
        except (OSError, ValueError):
            return None
    return None


def _identity(path: Path, descriptor: int) -> tuple[object, ...]:
    """What two names of one file share. Devices have none: they may be written to twice."""
    try:
        status = os.fstat(descriptor) if path == STANDARD else status_of(path)
    except (UsageError, OutputError, OSError):
        return (object(),)
    if status is None:
        # Some file systems take large and small letters for the same, and signs in one piece or two.
        return (unicodedata.normalize("NFC", str(place_of(path))).casefold(),)
    return (object(),) if stat.S_ISCHR(status.st_mode) else (status.st_dev, status.st_ino)


def write(path: Path, text: str) -> None:
    """Writes `text` (UTF-8), whole or not at all. Raises `OutputError` or `UsageError`."""
    check_writable(path)
    sweep(place_of(path).parent)
    with opened(path) as handle:
        handle.write(text)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """A handle for UTF-8 text that becomes the file at `path` when all went well; a device or pipe is written into.

    Raises `OutputError`; `BrokenPipeError` where whoever reads standard output has gone.
    """
    status = status_of(path)
    if descriptor_of(path) is None and (status is None or stat.S_ISREG(status.st_mode)):
        with atomic_write(place_of(path)) as temporary, _text(temporary, "w") as handle:
            yield handle
        return
    if sys.stdout is not None:
        sys.stdout.flush()
    try:
        with _text(_stream(path), "w") as handle:
            yield handle
    except OSError as error:
        if isinstance(error, BrokenPipeError) and descriptor_of(path) is not None:
            raise
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from None


def _text(file: Path | int, mode: Literal["w", "a"]) -> TextIO:
    # What is no UTF-8 (a lone surrogate, as in names on disk) is written as an escape.
    return open(file, mode, encoding="utf-8", errors="backslashreplace", newline="\n")  # noqa: PTH123


def opened_to_append(path: Path) -> TextIO:
    """A handle for UTF-8 text at the end of a file, of a device or of a pipe. Raises `OutputError`."""
    status = status_of(path)
    try:
        if descriptor_of(path) is None and (status is None or stat.S_ISREG(status.st_mode)):
            return _text(path, "a")
        return _text(_stream(path), "w")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from None


def _stream(path: Path) -> int:
    """A descriptor that writes into a device or a pipe; a pipe that nobody reads is refused and not waited for."""
    number = descriptor_of(path)
    if number == 1 and sys.stdout is None:  # whatever was opened since then may have its number
        raise OutputError("standard output is closed")
    if number is not None:
        return os.dup(number)
    try:
        stream = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        reason = "nobody reads from the pipe" if error.errno == errno.ENXIO else error.strerror or error
        raise OutputError(f"{path} cannot be written: {reason}") from None
    os.set_blocking(stream, True)
    return stream


@contextlib.contextmanager
def atomic_write(path: Path, *, suffix: str = ".new") -> Iterator[Path]:
    """The path of a temporary file beside `path`, which becomes `path` when all went well.

    What stands there is replaced, a link too; its permissions are kept. The file is on the disk before it gets its name
    (fsync), so that a power cut leaves the old one or the new one. Raises `OutputError`.
    """
    temporary = path.parent / temporary_name(suffix)
    try:
        yield temporary
        with contextlib.suppress(FileNotFoundError):
            status = path.lstat()
            if stat.S_ISREG(status.st_mode):
                temporary.chmod(stat.S_IMODE(status.st_mode))
        synced(temporary)
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_bytes(path: Path, data: bytes, *, suffix: str = ".new") -> None:
    """Writes `data`, as `atomic_write` says. Raises `OutputError`."""
    with atomic_write(path, suffix=suffix) as temporary:
        temporary.write_bytes(data)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Writes lines of UTF-8 text, as `atomic_write` says. Raises `OutputError`."""
    with atomic_write(path) as temporary, _text(temporary, "w") as handle:
        for line in lines:
            handle.write(f"{line}\n")


def why_unwritable(folder: Path) -> str:
    """Why nothing can be written to a folder; empty where something can."""
    probe = folder / temporary_name(".part")
    try:
        with probe.open("xb") as file:
            file.write(bytes(_HEAD))
    except OSError as error:
        return error.strerror or str(error)
    finally:
        with contextlib.suppress(OSError):
            probe.unlink(missing_ok=True)
    return ""


def synced(path: Path) -> None:
    """Waits until a file is on the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _UNSYNCED:
            raise
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> None:
    """Takes away the temporary files that killed runs left in a folder; not below it."""
    for path, suffix in abandoned_in(folder):
        if suffix in (".new", ".part"):
            with contextlib.suppress(OSError):
                path.unlink()  # a folder stays: unlink takes none
