"""The one way in which a file of the user's is opened to be read: a regular file of a sane size, without waiting.

Pipes, sockets and devices are refused: to read from them may never end. Nothing else in the package opens a file that
a user named, or that stands where a user or another program may have put something.
"""

import errno
import hashlib
import os
import stat
from pathlib import Path
from typing import BinaryIO

from avskrift.errors import EmptyInputError, InputError, LimitExceededError, MissingInputError

MOST_BYTES = 2 << 30
"""Bytes of a file that is read; larger ones are refused."""
_BLOCK = 1 << 20


def open_regular(path: Path, most_bytes: int = MOST_BYTES) -> BinaryIO:
    """The regular file at `path` (links are followed), open for reading in binary.

    Raises `MissingInputError` (no such file), `LimitExceededError` (more than `most_bytes`), or `InputError` (a folder,
    a pipe, a socket, a device, a loop of links, no permission).
    """
    try:
        _check_regular(path, path.stat())  # before it is opened: opening a device may already do something
        # O_NONBLOCK: what became a pipe since then does not hold us up
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        try:
            status = os.fstat(descriptor)
            _check_regular(path, status)
            if status.st_size > most_bytes:
                size = f"{status.st_size >> 20:,} MiB; {most_bytes >> 20:,} at most"
                raise LimitExceededError(f"{path}: the file is too large ({size})")
            return os.fdopen(descriptor, "rb")
        except BaseException:
            os.close(descriptor)
            raise
    except FileNotFoundError:
        raise MissingInputError(f"{path}: no such file") from None
    except PermissionError:
        raise InputError(f"{path}: no permission to read it") from None
    except ValueError:  # a name with a NUL byte
        raise MissingInputError(f"{path}: no file can have this name") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({_reason(error)})") from None


def read_file(path: Path, most_bytes: int = MOST_BYTES) -> bytes:
    """The bytes of the regular file at `path`. Raises as `open_regular`, and `EmptyInputError` for a file of none."""
    with open_regular(path, most_bytes) as handle:
        try:
            # never more than the file is said to hold: as many bytes as are asked for are set aside at once
            data = handle.read(min(most_bytes, os.fstat(handle.fileno()).st_size) + 1)
            grew = bool(handle.read(1))
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({_reason(error)})") from None
    if grew or len(data) > most_bytes:
        raise InputError(f"{path}: the file grew while it was read; try again when it is whole")
    if not data:
        raise EmptyInputError(f"{path}: the file is empty")
    return data


def sha256_of(path: Path) -> str:
    """The SHA-256 digest of the regular file at `path`, in hexadecimal. Raises as `open_regular`."""
    digest = hashlib.sha256()
    with open_regular(path) as handle:
        try:
            while block := handle.read(_BLOCK):
                digest.update(block)
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({_reason(error)})") from None
    return digest.hexdigest()


def _check_regular(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise InputError(f"{path} is a folder; give a file")
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{path} is no regular file")


def _reason(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "a loop of links"
    return error.strerror or str(error)
