"""Pages that were read before, kept on disk: the same file read again with the same engine and settings costs nothing.

One small file a page, named after a digest of what the page's reading depends on: the bytes of its file and its
number in it, the engine with its data, the settings, and the modules that read. Nothing is ever changed in place, so
that several processes may share a folder.
"""

import contextlib
import hashlib
import os
import re
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from avskrift.errors import InputError
from avskrift.models.document import Page
from avskrift.runtime import fingerprints
from avskrift.runtime.input_files import read_file

_PRUNE_EVERY = 64
_MOST_BYTES = 64 << 20
"""Bytes of a kept page, packed or unpacked: what is larger was not written here."""
_PART = ".part"
_FOLDER = "[0-9a-f][0-9a-f]"
_OWN_PART = re.compile(r"tmp[a-z0-9_]{8}\.part")
_OWN_PAGE = re.compile(r"[0-9a-f]{64}\.page")
"""Names that are given here: others in the folder are somebody else's."""
_STALE_SECONDS = 3600.0
"""A page is written in an instant: a part of one that is as old as this was left by a process that died."""
_PAGE = TypeAdapter(Page)


class PageCache:
    """The pages of one file in a folder of kept pages.

    A folder that cannot be written, and a kept page that is damaged, count as nothing kept: no error is raised. The
    folder holds `most_bytes` at most (None: no limit); the pages that were asked for longest ago go first.
    """

    def __init__(self, folder: Path, file_sha256: str, settings: Sequence[str], most_bytes: int | None) -> None:
        self._folder, self._most_bytes = folder, most_bytes
        self._of = hashlib.sha256("\0".join((file_sha256, fingerprints.reading(), *settings)).encode()).hexdigest()
        self._kept = 0
        self._known: set[int] = set()

    def _path(self, number: int) -> Path:
        name = hashlib.sha256(f"{self._of} {number}".encode()).hexdigest()
        return self._folder / name[:2] / f"{name}.page"

    def holds(self, number: int) -> bool:
        """Whether a page is kept, without looking into it."""
        return self._path(number).exists()

    def page(self, number: int) -> Page | None:
        """The page of that number as it was read before; None when it was not."""
        path = self._path(number)
        try:
            kept = _PAGE.validate_json(_unpacked(read_file(path, _MOST_BYTES)))
            os.utime(path)  # asked for now: it goes last
        except (OSError, InputError, zlib.error, ValidationError):
            return None
        self._known.add(number)
        return kept

    def keep(self, page: Page) -> None:
        """Keeps a page, unless something went wrong when it was read."""
        if page.given_up or page.incomplete or page.number in self._known:
            return
        path = self._path(page.number)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.NamedTemporaryFile(dir=path.parent, suffix=_PART, delete=False) as part:
                try:
                    part.write(zlib.compress(_PAGE.dump_json(page), 1))
                    part.close()  # a disk that is full may tell only now
                    Path(part.name).replace(path)
                except BaseException:
                    with contextlib.suppress(OSError):
                        Path(part.name).unlink()
                    raise
        except OSError:
            return
        self._kept += 1
        if self._most_bytes is not None and self._kept % _PRUNE_EVERY == 1:
            self._prune(self._most_bytes)

    def _prune(self, most_bytes: int) -> None:
        remove_stale_parts(self._folder)
        found = []
        for path in _own_files(self._folder, _OWN_PAGE):
            try:
                status = path.stat()
            except OSError:
                continue  # another process was faster
            found.append((status.st_mtime, status.st_size, path))
        left = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if left <= most_bytes:
                break
            path.unlink(missing_ok=True)
            left -= size


def remove_stale_parts(folder: Path) -> None:
    """Takes the unfinished pages away that processes left in a folder of kept pages when they died."""
    for part in _own_files(folder, _OWN_PART):
        with contextlib.suppress(OSError):
            if time.time() - part.stat().st_mtime > _STALE_SECONDS:
                part.unlink()


def _own_files(folder: Path, name: re.Pattern[str]) -> Iterator[Path]:
    """The files of such names below a folder of kept pages, behind no links."""
    for below in folder.glob(_FOLDER):
        if not below.is_symlink():
            yield from (path for path in below.glob("*") if name.fullmatch(path.name) and not path.is_symlink())


def _unpacked(data: bytes) -> bytes:
    """Raises `zlib.error` for what is damaged or too large: some bytes can hold gigabytes."""
    unpacking = zlib.decompressobj()
    found = unpacking.decompress(data, _MOST_BYTES)
    if not unpacking.eof:
        raise zlib.error("the kept page is cut off or too large")
    return found
