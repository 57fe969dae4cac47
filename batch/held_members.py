"""Documents in messages and archives: unpacked into the output folder, where they are files as all others.

What lies in a file stands in a folder of its own, with an index that says of which file, as large and as old, it was
unpacked; it is unpacked again only when that changes. What has not changed in it stays as it was, and is not read
again.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from avskrift.batch.locks import locked
from avskrift.batch.sources import SourceDocument
from avskrift.errors import InputError, OutputError
from avskrift.output.atomic_write import write, write_bytes
from avskrift.output.own_names import MEMBERS
from avskrift.runtime.input_files import read_file

_INDEX = "index.json"
_MOST_INDEX_BYTES = 16 << 20
_LOCK = ".manifest.members.lock"
_MESSAGES, _ARCHIVES = (".eml", ".msg"), (".zip",)


@dataclass(frozen=True, slots=True)
class _Index:
    """What was unpacked: of which file, and the names of the documents in it; or why it could not be."""

    path: str
    size: int
    mtime_ns: int
    unpack: bool
    names: tuple[str, ...] = ()
    problem: str = ""


class HeldMembers:
    """The documents in messages, and with `unpack` in archives, below an output folder, which is there."""

    def __init__(self, output: Path, *, unpack: bool) -> None:
        self._output, self._folder, self._unpack = output, output / MEMBERS, unpack

    def holds_documents(self, document: SourceDocument) -> bool:
        """Whether a file is gone through for what lies in it."""
        if document.problem:
            return False
        ending = document.path.suffix.lower()
        return ending in _MESSAGES or (self._unpack and ending in _ARCHIVES)

    def documents_in(self, document: SourceDocument) -> Iterator[SourceDocument]:
        """The documents in a message or an archive, each under its key: that of what it lies in, and its own name. One
        that cannot be opened, or that holds none, is given itself. Raises `OutputError`."""
        try:
            status = document.path.stat()
        except OSError:
            yield document
            return
        place = self._folder / hashlib.sha256(document.key).hexdigest()[:32]
        wanted = _Index(os.fspath(document.path.absolute()), status.st_size, status.st_mtime_ns, self._unpack)
        index = self._known(place, wanted)
        if index is None:
            index = self._unpacked(document, place, wanted)
        if index.problem:
            yield replace(document, problem=index.problem)
        elif not index.names:
            yield replace(document, by_name=False)
        for number, name in enumerate(index.names):
            yield SourceDocument(_place_of(place, number, name), document.key + b"/" + os.fsencode(name))

    def forget_gone(self) -> None:
        """Takes away what was unpacked of files that are no longer there."""
        with contextlib.suppress(OSError):
            for place in sorted(self._folder.iterdir()):
                index = _index_in(place)
                if index is None or not os.path.lexists(index.path):
                    shutil.rmtree(place, ignore_errors=True)

    def _known(self, place: Path, wanted: _Index) -> _Index | None:
        """What was unpacked before, where it is that of the same file, and whole."""
        index = _index_in(place)
        if index is None or replace(index, path=wanted.path, names=(), problem="") != wanted:
            return None
        whole = all(_place_of(place, number, name).is_file() for number, name in enumerate(index.names))
        if whole and index.path != wanted.path:  # the archive moved
            self._keep(place, replace(index, path=wanted.path))
        return index if whole else None

    def _unpacked(self, document: SourceDocument, place: Path, wanted: _Index) -> _Index:
        """Unpacks what lies in a file."""
        with locked(self._output / _LOCK, fcntl.LOCK_EX, wait=True):  # shards may come to it at the same time
            index = self._known(place, wanted)
            if index is not None:
                return index
            names: list[str] = []
            try:
                for name, data in _documents_in(document.path, unpack=self._unpack):
                    _write(_place_of(place, len(names), name), data, wanted.mtime_ns)
                    names.append(name)
                index = replace(wanted, names=tuple(names))
            except InputError as error:
                index = replace(wanted, problem=_named(document.path, str(error)))
            except MemoryError:
                index = replace(wanted, problem=_named(document.path, "unpacking it needs more memory than there is"))
            _remove_others(place, [_place_of(place, number, name) for number, name in enumerate(index.names)])
            self._keep(place, index)
        return index

    def _keep(self, place: Path, index: _Index) -> None:
        values = {
            "path": index.path,
            "size": index.size,
            "mtime_ns": index.mtime_ns,
            "unpack": index.unpack,
            "names": list(index.names),
            "problem": index.problem,
        }
        _made_folder(place)
        write(place / _INDEX, json.dumps(values, indent=1) + "\n")


def with_members(members: HeldMembers | None) -> Callable[[SourceDocument], Iterator[SourceDocument]]:
    """What a walk gives for each file: itself, or the documents in it."""

    def given(document: SourceDocument) -> Iterator[SourceDocument]:
        if members is not None and members.holds_documents(document):
            yield from members.documents_in(document)
        else:
            yield document

    return given


def _documents_in(path: Path, *, unpack: bool) -> Iterator[tuple[str, bytes]]:
    """The names and bytes of the documents in a file. Raises `InputError`."""
    from avskrift.errors import UnsupportedFormatError
    from avskrift.ingest.files.containers.held_documents import documents_in
    from avskrift.ingest.files.file_type import FileType, file_type_of

    data = read_file(path)
    kind = file_type_of(data, path)
    if kind not in (FileType.MAIL, FileType.ARCHIVE):
        raise UnsupportedFormatError("the file is no message or archive, whatever its name says")
    for document in documents_in(data, kind, unpack=unpack):
        yield document.name, document.data


def _named(path: Path, problem: str) -> str:
    """What is wrong with a file, with its name in front."""
    text = problem if problem.startswith(f"{path}:") else f"{path}: {problem}"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _place_of(place: Path, number: int, name: str) -> Path:
    """Where a document stands: its own name in a folder of its number, so that no two meet."""
    return place / str(number) / name.rpartition("/")[2]


def _made_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made: {error.strerror or error}") from None


def _write(path: Path, data: bytes, mtime_ns: int) -> None:
    """Writes a document, as old as what it lies in; one of the same bytes stays as it is."""
    with contextlib.suppress(InputError):
        if path.is_file() and path.stat().st_size == len(data) and read_file(path) == data:
            return
    _made_folder(path.parent)
    write_bytes(path, data, suffix=".part")
    with contextlib.suppress(OSError):
        os.utime(path, ns=(mtime_ns, mtime_ns))


def _remove_others(place: Path, kept: list[Path]) -> None:
    """Takes away what lies there no longer."""
    with contextlib.suppress(OSError):
        for folder in place.iterdir():
            for path in folder.iterdir() if folder.is_dir() else ():
                if path not in kept:
                    path.unlink()
            with contextlib.suppress(OSError):
                folder.rmdir()  # which is refused where something stands in it


def _index_in(place: Path) -> _Index | None:
    try:
        stated = json.loads(read_file(place / _INDEX, _MOST_INDEX_BYTES))
        index = _Index(**{**stated, "names": tuple(stated["names"])})
    except (InputError, ValueError, KeyError, TypeError, RecursionError):
        return None
    sane = all(isinstance(name, str) and _leads_inwards(name) for name in index.names)
    return index if sane and isinstance(index.path, str) and isinstance(index.problem, str) else None


def _leads_inwards(name: str) -> bool:
    return "\0" not in name and all(part not in ("", ".", "..") for part in name.split("/"))
