"""Which documents a batch is made of.

Folders are walked to the end; files named one by one are taken whatever they are called. Every document has a key,
which no other has: its results stand under it below the output folder (`keys`). What is wrong with one entry is that
entry's.
"""

import contextlib
import glob
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from avskrift.batch.keys import KnownFolders, below
from avskrift.errors import UsageError

SUFFIXES = frozenset(
    (
        *(".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".jp2", ".bmp", ".gif", ".heic", ".heif", ".avif", ".txt"),
        *(".docx", ".odt", ".eml", ".msg"),
    )
)
"""How the names of files end that a walk takes for documents, in small letters."""
_NOBODYS = re.compile(rb"\..*|~\$.*|thumbs\.db|desktop\.ini", re.DOTALL | re.IGNORECASE)
"""Names of what programs leave in folders, which nobody misses: hidden files, locks of office programs, views."""


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document: where it is, and its key, a path of bytes as names on disk are. `by_name` is whether its name or the
    user says that it is a document. `problem` is why it cannot be looked at, empty where it can."""

    path: Path
    key: bytes
    by_name: bool = True
    problem: str = ""

    @property
    def name(self) -> str:
        """The key for people: what is no UTF-8 in it is shown as an escape."""
        return shown(self.key)


def shown(name: bytes) -> str:
    """A name of bytes as text on one line."""
    text = name.decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class Documents:
    """The documents of folders, files and patterns (`scans/**/*.pdf`), each once: files named one by one, then those of
    each folder in the order of their names, then those behind links to folders.

    They are looked for anew each time they are gone through, so that an archive of any size takes no memory. Folders
    are entered once however many links lead there; the output folder never, nor one that `is_results` says is that
    of another batch. `known` gives the keys; `listed` are names that were read from a list, of which one that is not
    there fails alone; `held` gives the documents in a message or an archive in its place. Raises `UsageError` for an
    input that is not there.
    """

    def __init__(
        self,
        inputs: Iterable[str],
        output: Path,
        known: KnownFolders | None = None,
        *,
        listed: Iterable[str] = (),
        is_results: Callable[[Path], bool] = lambda folder: False,
        held: "Callable[[SourceDocument], Iterable[SourceDocument]]" = lambda document: (document,),
    ) -> None:
        self._output, self._is_results, self._held = output, is_results, held
        named = _named(inputs, listed)
        folders = {path for path, _ in named if os.path.isdir(path)}  # noqa: PTH112 - names of bytes
        for folder in folders:
            self._check(folder)
        known = known or KnownFolders({})
        self._folders = sorted({_canonical(folder, known) for folder in folders})
        known = known.with_new(self._folders)
        files = {_canonical(path, known): _canonical(head, known) for path, head in named if path not in folders}
        self.known = known.with_new(_folders_of_new(files, known))
        self._files = [SourceDocument(Path(os.fsdecode(p)), self._key(p)) for p in files]
        self._named = {document.key for document in self._files}

    def _check(self, folder: bytes) -> None:
        path, same = Path(os.fsdecode(folder)), False
        with contextlib.suppress(OSError):
            same = path.samefile(self._output)
        if same:
            raise UsageError(f"{path} is the output folder too; give a folder of its own to write to")
        if self._is_results(path):
            raise UsageError(f"{path} is the output folder of another batch; give the folder of the documents")

    @property
    def folders(self) -> list[bytes]:
        """The absolute paths of the folders that are walked."""
        return self._folders

    def stand(self) -> bool:
        """Whether the folders that are walked are there now: a share may go while a batch runs."""
        return all(os.path.isdir(folder) for folder in self._folders)  # noqa: PTH112 - names of bytes

    def _key(self, path: bytes) -> bytes:
        folder, name = os.path.split(path)
        return self.known.beginning(folder) + name

    def __iter__(self) -> Iterator[SourceDocument]:
        for document in self._found():
            yield from self._held(document)

    def _found(self) -> Iterator[SourceDocument]:
        """The files, whatever lies in them."""
        yield from self._files
        visited: set[tuple[int, int]] = set()
        with contextlib.suppress(OSError):
            status = self._output.stat()
            visited.add((status.st_dev, status.st_ino))
        links: list[_Folder] = []
        for place in self._folders:
            yield from self._walked(_Folder(place, self.known.beginning(place)), visited, links)
        while links:  # behind them may be more
            links, now = [], sorted(links, key=lambda link: link.path)
            for link in now:
                yield from self._walked(link, visited, links)

    def _walked(
        self, top: "_Folder", visited: set[tuple[int, int]], links: "list[_Folder]"
    ) -> Iterator[SourceDocument]:
        """The documents of a folder, without recursion: folders may lie in folders by the thousand."""
        waiting: list[Iterator[_Folder | SourceDocument]] = [iter([top])]
        while waiting:
            entry = next(waiting[-1], None)
            if entry is None:
                waiting.pop()
            elif isinstance(entry, SourceDocument):
                if entry.key not in self._named:
                    yield entry
            elif entry.link:
                links.append(_Folder(entry.path, entry.beginning))
            else:
                waiting.append(self._entered(entry, visited))

    def _entered(self, folder: "_Folder", visited: set[tuple[int, int]]) -> "Iterator[_Folder | SourceDocument]":
        try:
            status = os.stat(folder.path)  # noqa: PTH116 - names of bytes
            if (status.st_dev, status.st_ino) in visited:
                return
            visited.add((status.st_dev, status.st_ino))
            with os.scandir(folder.path) as scan:
                entries = sorted(scan, key=lambda e: e.name)
        except FileNotFoundError:
            return  # a folder that went holds no documents
        except OSError as error:
            yield self._failed(folder, f"the folder cannot be entered: {error.strerror or error}")
            return
        if any(e.name.startswith(b"manifest") for e in entries) and self._is_results(Path(os.fsdecode(folder.path))):
            return
        for entry in entries:
            if not _NOBODYS.fullmatch(entry.name):
                yield self._looked_at(entry, folder)

    def _looked_at(self, entry: "os.DirEntry[bytes]", folder: "_Folder") -> "_Folder | SourceDocument":
        try:
            if entry.is_dir():
                known = self.known.beginnings.get(entry.path)
                beginning = below(folder.beginning, entry.name) if known is None else known
                return _Folder(entry.path, beginning, entry.is_symlink())
        except OSError as error:
            problem = f"cannot be looked at: {error.strerror or error}"
            return SourceDocument(Path(os.fsdecode(entry.path)), folder.beginning + entry.name, problem=problem)
        by_name = os.path.splitext(entry.name)[1].lower().decode("latin-1") in SUFFIXES  # noqa: PTH122
        return SourceDocument(Path(os.fsdecode(entry.path)), folder.beginning + entry.name, by_name)

    def _failed(self, folder: "_Folder", problem: str) -> SourceDocument:
        key = folder.beginning.rstrip(b"/") or os.path.basename(folder.path) or b"root"  # noqa: PTH119
        return SourceDocument(Path(os.fsdecode(folder.path)), key, problem=problem)


@dataclass(frozen=True, slots=True)
class _Folder:
    path: bytes
    beginning: bytes
    link: bool = False


def _named(inputs: Iterable[str], listed: Iterable[str]) -> list[tuple[bytes, bytes]]:
    """The absolute paths that inputs and lists name, each with the folder that it is looked for in."""
    named = [path for given in inputs for path in _expanded(given)]
    return named + [(path, os.path.dirname(path)) for path in map(_absolute, listed)]  # noqa: PTH120 - names of bytes


def _folders_of_new(files: Mapping[bytes, bytes], known: KnownFolders) -> list[bytes]:
    """The folder that the keys of `files` (with the folders that they were looked for in) begin below, of those that no
    known folder holds."""
    new = {path: head for path, head in files.items() if known.around(path) is None}
    return _common(head if path.startswith(head + b"/") else os.path.split(path)[0] for path, head in new.items())


def _expanded(given: str) -> list[tuple[bytes, bytes]]:
    """The absolute paths that an input names, each with the folder that it is looked for in."""
    if os.path.lexists(given):
        path = _absolute(given)
        return [(path, os.path.dirname(path))]  # noqa: PTH120 - names of bytes
    if any(sign in given for sign in "*?["):
        fixed = re.split(r"[*?\[]", given, maxsplit=1)[0].rpartition("/")
        head = _absolute(fixed[0] + fixed[1] or ".")
        found = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - patterns may be absolute
        return [(_absolute(name), head) for name in found]
    raise UsageError(f"{given}: there is no such file or folder")


def _absolute(given: str) -> bytes:
    """A path as it was given, absolute: a link keeps the name that it was given by."""
    return os.path.abspath(os.fsencode(given))  # noqa: PTH100 - names of bytes


def _canonical(path: bytes, known: KnownFolders) -> bytes:
    """The one path of an entry: what leads to its folder without links, unless a known folder lies on the way."""
    if os.path.isdir(path):  # noqa: PTH112 - names of bytes
        real = os.path.realpath(path)
    else:
        folder, name = os.path.split(path)
        real = os.path.join(os.path.realpath(folder), name)  # noqa: PTH118 - names of bytes
    return path if known.around(real) is None and known.around(path) is not None else real


def _common(folders: Iterable[bytes]) -> list[bytes]:
    """The innermost folder that holds all of some folders; none where there are none."""
    found = sorted(set(folders), key=lambda folder: folder.split(b"/"))
    return [os.path.commonpath([found[0], found[-1]])] if found else []


def is_of_shard(key: bytes, shard: tuple[int, int] | None) -> bool:
    """Whether a document belongs to shard (i, n), from 1: by its key alone, so that the rest may come and go."""
    if shard is None:
        return True
    return int.from_bytes(hashlib.sha256(key).digest()[:8], "big") % shard[1] == shard[0] - 1


def names_in(text: bytes) -> list[str]:
    """The names of a list: one a line, or parted by NUL bytes where there is one (`find -print0`)."""
    parts = text.split(b"\0") if b"\0" in text else text.splitlines()
    return [os.fsdecode(p) for p in parts if p.strip()]
