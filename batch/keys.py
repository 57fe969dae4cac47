"""Keys: what each document of an output folder is called, for good.

An output folder knows the input folders that it was filled from, each with what the keys of its documents begin with.
The key of a document is that beginning and its path below the innermost folder that is known: of the document's own
path alone, whatever else a command names, in whatever order and however it is typed. The first folder's keys begin
with nothing; folders that come together for the first time begin with their names; a later one, or one whose name is
taken, with its name and a digest of its path. A folder below a known one is no new one, so that no key ever changes.
"""

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from avskrift.errors import InputError, OutputError
from avskrift.output.atomic_write import write
from avskrift.runtime.input_files import read_file

INPUTS = ".manifest.inputs"
"""The file in an output folder that lists the input folders it knows."""
_MOST_BYTES = 64 << 20
_DIGESTS = (8, 16, 64)
"""Letters of a digest in a beginning: more where fewer are taken."""
_WITH_DIGEST = re.compile(rb".+~[0-9a-f]{8,64}_*", re.DOTALL)
_SAMPLE = 32


@dataclass(frozen=True, slots=True)
class KnownFolders:
    """The input folders of an output folder: what the keys of each one's documents begin with, empty or ending in
    `/`, by its absolute path."""

    beginnings: dict[bytes, bytes]

    def around(self, path: bytes) -> bytes | None:
        """The innermost known folder that is `path` or holds it; None where there is none."""
        folder = path
        while folder not in self.beginnings:
            above = _above(folder)
            if above == folder:
                return None
            folder = above
        return folder

    def beginning(self, folder: bytes) -> bytes:
        """What the keys of the files in a folder begin with. The folder is known, or below one that is."""
        known = self.around(folder)
        assert known is not None
        stated = self.beginnings[known]
        for part in filter(None, folder[len(known) :].split(b"/")):
            stated = below(stated, part)
        return stated

    def with_new(self, folders: Iterable[bytes]) -> "KnownFolders":
        """These folders and new ones: those of `folders` that no other one holds."""
        new = {folder for folder in folders if self.around(folder) is None}
        new = {folder for folder in new if KnownFolders(dict.fromkeys(new - {folder}, b"")).around(folder) is None}
        if not self.beginnings and len(new) == 1:
            return KnownFolders(dict.fromkeys(new, b""))
        names = Counter(map(_name, new))
        all_ = dict(self.beginnings)
        taken = set(all_.values())
        for folder in sorted(new):
            name = _name(folder)
            plain = b"" not in taken and names[name] == 1 and not _WITH_DIGEST.fullmatch(name)
            digest = hashlib.sha256(folder).hexdigest().encode()
            ends = [b"/"] * plain + [b"~%s/" % digest[:n] for n in _DIGESTS]
            all_[folder] = next(name + end for end in ends if name + end not in taken)
            taken.add(all_[folder])
        return KnownFolders(all_)

    def moved(self, old: bytes, new: bytes) -> "KnownFolders":
        """These folders where `old` stands at `new` by now."""
        return KnownFolders({new if folder == old else folder: stated for folder, stated in self.beginnings.items()})


def below(beginning: bytes, folder: bytes) -> bytes:
    """What keys begin with one folder deeper."""
    if not beginning and _WITH_DIGEST.fullmatch(folder):
        folder += b"_"  # never the beginning of another known folder
    return beginning + folder + b"/"


def by_digest(path: bytes) -> bytes:
    """The key of a document whose own key is another one's, as where an older version gave it: of its path alone."""
    return b"%s~%s/%s" % (
        _name(_above(path)),
        hashlib.sha256(path).hexdigest().encode(),
        os.path.basename(path),  # noqa: PTH119 - names of bytes
    )


def _above(path: bytes) -> bytes:
    return os.path.dirname(path)  # noqa: PTH120 - names of bytes


def _name(folder: bytes) -> bytes:
    return os.path.basename(folder) or b"root"  # noqa: PTH119 - names of bytes


def folder_of_row(key: bytes, path: bytes) -> tuple[bytes, bytes] | None:
    """The input folder that a document was found in, and what its key begins with; None where the two do not agree."""
    if path.endswith(b"/" + key):
        return path[: -len(key) - 1] or b"/", b""
    first, slash, rest = key.partition(b"/")
    if slash and path.endswith(b"/" + rest):
        return path[: -len(rest) - 1] or b"/", first + b"/"
    return None


def folders_of_rows(rows: Iterable[tuple[bytes, bytes]]) -> KnownFolders:
    """The input folders that keys and paths of documents tell of, where an older version wrote them."""
    counts = Counter(filter(None, (folder_of_row(key, path) for key, path in rows)))
    found: dict[bytes, bytes] = {}
    for (folder, beginning), _ in sorted(counts.items(), key=lambda c: (-c[1], c[0])):
        real = os.path.realpath(folder)
        found.setdefault(real if os.path.isdir(real) else folder, beginning)  # noqa: PTH112 - names of bytes
    return KnownFolders(found)


def read_folders(output: Path) -> KnownFolders | None:
    """What an output folder says that it knows; None where it says nothing that can be understood."""
    try:
        stated = json.loads(read_file(output / INPUTS, _MOST_BYTES))
        found = {os.fsencode(folder): os.fsencode(beginning) for folder, beginning in stated["folders"].items()}
    except (InputError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    valid = all(f.startswith(b"/") and _is_beginning(b) for f, b in found.items())
    return KnownFolders(found) if valid else None


def _is_beginning(stated: bytes) -> bool:
    parts = stated.split(b"/")
    return stated == b"" or (
        len(parts) == 2 and parts[1] == b"" and parts[0] not in (b"", b".", b"..") and b"\0" not in stated
    )


def write_folders(output: Path, known: KnownFolders) -> None:
    """Keeps what an output folder knows, by an atomic write. Raises `OutputError`."""
    stated = {os.fsdecode(folder): os.fsdecode(beginning) for folder, beginning in sorted(known.beginnings.items())}
    path = output / INPUTS
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise OutputError(f"{path} cannot be written: it is no regular file")
    write(path, json.dumps({"folders": stated}, indent=1) + "\n")  # names that are no UTF-8 stand as \udc.. escapes


def with_moved(
    known: KnownFolders, given: Iterable[bytes], rows_below: Callable[[bytes, int], list[tuple[bytes, int]]]
) -> KnownFolders:
    """The folders where each one that is gone stands where it is now, if that is among the `given` ones.

    An archive that moved to another place is known by its documents: most of a sample of those that were read lie below
    the new folder, as large as they were. `rows_below` gives so many documents of an old folder: paths below it, sizes.
    """
    for folder in sorted(set(given)):
        if known.around(folder) is not None:
            continue
        gone = [f for f in known.beginnings if not os.path.isdir(f)]  # noqa: PTH112 - names of bytes
        for old in sorted(gone, key=lambda f: (_name(f) != _name(folder), f)):
            if _lies_at(folder, rows_below(old, _SAMPLE)):
                known = known.moved(old, folder)
                break
    return known


def _lies_at(folder: bytes, sample: list[tuple[bytes, int]]) -> bool:
    there = 0
    for below_, size in sample:
        try:
            there += os.stat(os.path.join(folder, below_)).st_size == size  # noqa: PTH116, PTH118 - names of bytes
        except (OSError, ValueError):
            continue
    return bool(sample) and there * 2 > len(sample)
