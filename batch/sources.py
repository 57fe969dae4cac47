"""Which documents a batch is made of, and what their results are called.

Folders are walked whole; files named one by one are taken whatever they are called. Every document has a key, its path
below the folder it was found in, which no other has: its results stand under the key below the output folder.
"""

import glob
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from avskrift.errors import UsageError

SUFFIXES = frozenset(
    (".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".jp2", ".bmp", ".gif", ".heic", ".heif", ".avif", ".txt")
)
"""How the names of files end that a walk takes for documents, in small letters."""


@dataclass(frozen=True, slots=True)
class Found:
    """A document: where it is, and its key, a path of bytes as names on disk are."""

    path: Path
    key: bytes

    @property
    def name(self) -> str:
        """The key for people: what is no UTF-8 in it is shown as an escape."""
        return shown(self.key)


def shown(name: bytes) -> str:
    """A name of bytes as text on one line."""
    text = name.decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class Documents:
    """The documents of folders, files and patterns (`scans/**/*.pdf`), each once, in the order of their names.

    They are looked for anew each time they are gone through, so that an archive of any size takes no memory. Folders
    are entered once however many links lead there, the output folder never. Files that a walk meets and that are no
    documents by their names are left out. Raises `UsageError` for an input that is not there.
    """

    def __init__(self, inputs: Iterable[str], output: Path) -> None:
        self._output = output.resolve()
        self._roots = [path for given in inputs for path in _expanded(given)]
        self._prefixes = _prefixes([p for p in self._roots if p.is_dir()])
        for root in self._prefixes:
            if root.resolve() == self._output:
                raise UsageError(f"{root} is the output folder too; give a folder of its own to write to")

    def __iter__(self) -> Iterator[Found]:
        visited: set[tuple[int, int]] = set()
        seen: set[bytes] = set()
        for root in self._roots:
            walk = root in self._prefixes
            found = _walked(root, self._prefixes[root], self._output, visited) if walk else _alone(root)
            for document in found:
                if len(self._roots) == 1:
                    yield document  # one walk meets nothing twice
                elif document.key not in seen:
                    seen.add(document.key)
                    yield document


def _alone(path: Path) -> Iterator[Found]:
    yield Found(path, _key_of_file(path))


def _expanded(given: str) -> list[Path]:
    path = Path(given)
    if os.path.lexists(given):
        return [path]
    if any(sign in given for sign in "*?["):
        return [Path(p) for p in sorted(glob.glob(given, recursive=True))]  # noqa: PTH207 - patterns may be absolute
    raise UsageError(f"{given}: there is no such file or folder")


def _prefixes(folders: list[Path]) -> dict[Path, bytes]:
    """What the keys of each folder begin with: nothing where there is one folder, else its name, told apart."""
    distinct = list(dict.fromkeys(folders))
    if len(distinct) <= 1:
        return dict.fromkeys(distinct, b"")
    prefixes: dict[Path, bytes] = {}
    for folder in distinct:
        name = os.fsencode(folder.resolve().name or "root")
        again = sum(p.rstrip(b"/").split(b"~")[0] == name for p in prefixes.values())
        prefixes[folder] = name + (b"~%d" % (again + 1) if again else b"") + b"/"
    return prefixes


def _key_of_file(path: Path) -> bytes:
    """The path of a file named by itself, from the folder where the program stands if it is below that."""
    whole = os.path.abspath(path)  # noqa: PTH100 - a link keeps the name that it was given by
    below = os.path.relpath(whole)
    return os.fsencode(whole.lstrip("/") if below.startswith("..") else below)


def _walked(root: Path, prefix: bytes, output: Path, visited: set[tuple[int, int]]) -> Iterator[Found]:
    def enter(folder: str, below: bytes) -> Iterator[Found]:
        try:
            status = Path(folder).stat()
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda e: os.fsencode(e.name))
        except PermissionError:
            yield Found(Path(folder), prefix + below.rstrip(b"/"))  # it fails, so that somebody hears of it
            return
        except OSError:
            return  # a folder that went holds no documents
        if (status.st_dev, status.st_ino) in visited or Path(folder).resolve() == output:
            return
        visited.add((status.st_dev, status.st_ino))
        for entry in entries:
            name = os.fsencode(entry.name)
            if name.startswith(b"."):
                continue
            if entry.is_dir():
                yield from enter(entry.path, below + name + b"/")
            elif Path(entry.name).suffix.lower() in SUFFIXES:
                yield Found(Path(entry.path), prefix + below + name)

    yield from enter(str(root), b"")


def of_shard(key: bytes, shard: tuple[int, int] | None) -> bool:
    """Whether a document belongs to shard (i, n), from 1: by its key alone, so that the rest may come and go."""
    if shard is None:
        return True
    return int.from_bytes(hashlib.sha256(key).digest()[:8], "big") % shard[1] == shard[0] - 1


def names_in(text: bytes) -> list[str]:
    """The names of a list: one a line, or parted by NUL bytes where there is one (`find -print0`)."""
    parts = text.split(b"\0") if b"\0" in text else text.splitlines()
    return [os.fsdecode(p) for p in parts if p.strip()]
