"""The container in which Office kept files before 2007, and Outlook keeps messages: folders and streams (MS-CFB)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from avskrift.errors import BrokenInputError, LimitExceededError
from avskrift.ingest.files.packed_kind import COMPOUND_MAGIC

_END = 0xFFFFFFFA
"""Sector numbers from here on are none."""
_NO_ENTRY = 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_ENTRY_BYTES = 128
_HEADER_BYTES = 512
_FATS_IN_HEADER = 109


@dataclass(frozen=True, slots=True)
class Settings:
    """What a container may be."""

    most_entries: int = 20_000
    deepest: int = 12


SETTINGS = Settings()
_DAMAGED = "it is damaged or cut off"


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    below: int
    start: int
    size: int


@dataclass(slots=True)
class Storage:
    """A folder of a container: its folders and its streams by their names."""

    storages: dict[str, "Storage"] = field(default_factory=dict)
    streams: dict[str, bytes] = field(default_factory=dict)


def opened_compound(data: bytes) -> Storage:
    """All that a container holds. Raises `BrokenInputError` or `LimitExceededError`."""
    try:
        return _Compound(data).root()
    except (struct.error, IndexError, ValueError, OverflowError):
        raise BrokenInputError(_DAMAGED) from None


class _Compound:
    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER_BYTES or not data.startswith(COMPOUND_MAGIC):
            raise BrokenInputError(_DAMAGED)
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise BrokenInputError(_DAMAGED)
        self._data, self._sector, self._small = data, 1 << shift, 1 << small_shift
        self._most = len(data) // self._sector + 1
        first_entry, _, self._cutoff, first_small, _, first_more, _ = struct.unpack_from("<7I", data, 48)
        self._next = self._fat(first_more)
        self._entries = list(self._directory(first_entry))
        self._small_next = self._numbers(self._chained(first_small))
        root = self._entries[0]
        self._small_data = self._chained(root.start)[: root.size]
        self._left = len(data)

    def root(self) -> Storage:
        """The folder that holds all others."""
        return self._storage(self._entries[0], 0, set())

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        return self._data[start : start + self._sector]

    def _fat(self, first_more: int) -> list[int]:
        """The sector after each sector."""
        places = list(struct.unpack_from(f"<{_FATS_IN_HEADER}I", self._data, 76))
        for _ in range(self._most):
            if first_more >= _END:
                break
            *more, first_more = self._numbers(self._at(first_more))
            places += more
        return [number for place in places[: self._most] if place < _END for number in self._numbers(self._at(place))]

    @staticmethod
    def _numbers(data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))

    def _chained(self, first: int) -> bytes:
        """The bytes of a chain of sectors. Raises `BrokenInputError` for one that leads back to itself."""
        return b"".join(self._at(number) for number in self._chain(first, self._next, self._most))

    def _chain(self, number: int, following: list[int], most: int) -> Iterator[int]:
        for _ in range(most + 1):
            if number >= _END:
                return
            yield number
            number = following[number]
        raise BrokenInputError(_DAMAGED)

    def _directory(self, first: int) -> Iterator[_Entry]:
        stored = self._chained(first)
        if len(stored) // _ENTRY_BYTES > SETTINGS.most_entries:
            raise LimitExceededError(f"it has more than {SETTINGS.most_entries:,} entries")
        for place in range(0, len(stored) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", stored, place + 64)
            left, right, below = struct.unpack_from("<3I", stored, place + 68)
            start, size = struct.unpack_from("<II", stored, place + 116)
            name = stored[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            yield _Entry(name, kind, left, right, below, start, size)

    def _storage(self, entry: _Entry, depth: int, visited: set[int]) -> Storage:
        if depth > SETTINGS.deepest:
            raise LimitExceededError("its folders lie in each other deeper than is read")
        storage = Storage()
        waiting = [entry.below]
        while waiting:
            number = waiting.pop()
            if number == _NO_ENTRY or number in visited:
                continue
            visited.add(number)
            found = self._entries[number]
            waiting += [found.right, found.left]
            if found.kind == _STREAM:
                storage.streams[found.name] = self._stream(found)
            elif found.kind in (_STORAGE, _ROOT):
                storage.storages[found.name] = self._storage(found, depth + 1, visited)
        return storage

    def _stream(self, entry: _Entry) -> bytes:
        if entry.size >= self._cutoff:
            made = self._chained(entry.start)[: entry.size]
        else:
            numbers = self._chain(entry.start, self._small_next, self._most * self._sector // self._small)
            small = (self._small_data[n * self._small : (n + 1) * self._small] for n in numbers) if entry.size else ()
            made = b"".join(small)[: entry.size]
        self._left -= len(made)
        if self._left < 0 or len(made) < entry.size:  # streams that share their sectors
            raise BrokenInputError(_DAMAGED)
        return made
