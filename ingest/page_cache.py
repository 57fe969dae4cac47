"""Pages that were read before, kept on disk: the same file read again with the same engine and settings costs nothing.

One small file a page, named after a digest of what the page's reading depends on: the bytes of its file and its
number in it, the engine with its data, the settings, and the modules that read. Nothing is ever changed in place, so
that several processes may share a folder.
"""

import hashlib
import os
import tempfile
import zlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from avskrift.models.document import Page

_PRUNE_EVERY = 64
_PAGE = TypeAdapter(Page)


class PageCache:
    """The pages of one file in a folder of kept pages.

    A folder that cannot be written, and a kept page that is damaged, count as nothing kept: no error is raised. The
    folder holds `most_bytes` at most (None: no limit); the pages that were asked for longest ago go first.
    """

    def __init__(self, folder: Path, file_sha256: str, settings: Sequence[str], most_bytes: int | None) -> None:
        self._folder, self._most_bytes = folder, most_bytes
        self._of = hashlib.sha256("\0".join((file_sha256, _reader(), *settings)).encode()).hexdigest()
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
            kept = _PAGE.validate_json(zlib.decompress(path.read_bytes()))
            os.utime(path)  # asked for now: it goes last
        except (OSError, zlib.error, ValidationError):
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
            with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
                part.write(zlib.compress(_PAGE.dump_json(page), 1))
            Path(part.name).replace(path)
        except OSError:
            return
        self._kept += 1
        if self._most_bytes is not None and self._kept % _PRUNE_EVERY == 1:
            self._prune(self._most_bytes)

    def _prune(self, most_bytes: int) -> None:
        found = []
        for path in self._folder.glob("*/*.page"):
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


@cache
def _reader() -> str:
    """A digest of the modules that read: a page read by others is another page."""
    digest = hashlib.sha256()
    for module in sorted(files("avskrift.ingest").iterdir(), key=lambda m: m.name):
        if module.name.endswith((".py", ".json")):
            digest.update(module.read_bytes())
    return digest.hexdigest()
