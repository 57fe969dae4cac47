"""Who may write to an output folder: one batch, or the shards of one division, each once."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from avskrift.batch.manifest import Manifest, manifest_path, shard_of, written_manifests
from avskrift.errors import OutputError, UsageError

_FOLDER = ".manifest.lock"


@contextmanager
def exclusive_lock(folder: Path, shard: tuple[int, int] | None = None) -> Iterator[None]:
    """While it lasts, no other batch writes to the output folder, but for the other shards of the same division.

    Raises `UsageError` when one does, or when the folder was filled in another way; `OutputError` where nothing can be
    locked.
    """
    with ExitStack() as stack:
        stack.enter_context(locked(folder / _FOLDER, fcntl.LOCK_EX if shard is None else fcntl.LOCK_SH))
        if shard is not None:
            own = f".{manifest_path(folder, shard).stem}.lock"
            stack.enter_context(locked(folder / own, fcntl.LOCK_EX))
        check_same_division(folder, shard)
        yield


def check_same_division(folder: Path, shard: tuple[int, int] | None) -> None:
    """Raises `UsageError` where the folder holds documents of another division, which would be counted twice."""
    for path in written_manifests(folder):
        other = shard_of(path)
        alike = other is None if shard is None else other is not None and other[1] == shard[1]
        if alike:
            continue
        with Manifest(path, read_only=True) as manifest:
            if not sum(manifest.counts().values()):
                continue
        way = "without --shard" if other is None else f"with --shard 1/{other[1]} to {other[1]}/{other[1]}"
        raise UsageError(
            f"{folder} was filled {way}; go on so, or give another output folder and "
            f"--kept-pages {folder / '.pages'}, so that no page is read again"
        )


@contextmanager
def locked(path: Path, how: int, *, wait: bool = False) -> Iterator[None]:
    """While it lasts, the file at `path` is locked, `how` says flock(2). Raises `UsageError` when another process has
    it, unless it is waited for, or `OutputError`."""
    try:
        # no link is followed, and a pipe of that name is not waited for
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(path, flags, 0o666)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from None
    try:
        fcntl.flock(descriptor, how if wait else how | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            raise UsageError(f"another batch is writing to {path.parent}; wait until it has ended") from None
        raise OutputError(
            f"{path.parent}: the file system keeps no locks ({error.strerror or error}); choose an output folder on "
            "one that does"
        ) from None
    try:
        yield
    finally:
        os.close(descriptor)
