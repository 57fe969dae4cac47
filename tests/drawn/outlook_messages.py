"""Messages of Outlook made stream by stream, as tests need them: the container of MS-CFB around named streams."""

import struct
from collections.abc import Mapping
from typing import Union

Tree = Mapping[str, Union[bytes, "Tree"]]
"""Streams and folders by their names."""
_NONE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096


def message(subject: str, attached: Mapping[str, bytes | Tree], sender: str = "Åsa Ek") -> Tree:
    """The streams of a message; an attachment that is a tree is a message itself."""
    tree: dict[str, bytes | Tree] = {
        "__properties_version1.0": bytes(32) + struct.pack("<IIQ", 0x00390040, 6, 132_590_700_000_000_000),
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_0C1A001F": sender.encode("utf-16-le"),
    }
    for number, (name, data) in enumerate(attached.items()):
        kind = "3701000D" if not isinstance(data, bytes) else "37010102"
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            f"__substg1.0_{kind}": data,
        }
    return tree


def compound(tree: Tree) -> bytes:
    """The container with a tree of streams in it."""
    entries: list[tuple[str, int, int, int, int, int]] = []  # name, kind, right, below, start, size
    sectors: list[bytes] = []
    following: list[int] = []
    small = bytearray()
    small_following: list[int] = []

    def stored(data: bytes) -> int:
        first = len(sectors)
        parts = [data[n : n + _SECTOR].ljust(_SECTOR, b"\0") for n in range(0, len(data), _SECTOR)]
        sectors.extend(parts)
        following.extend([*range(first + 1, first + len(parts)), _END] if parts else [])
        return first if parts else _END

    def stored_small(data: bytes) -> int:
        first, count = len(small) // _SMALL, -(-len(data) // _SMALL)
        small.extend(data.ljust(count * _SMALL, b"\0"))
        small_following.extend([*range(first + 1, first + count), _END] if count else [])
        return first if count else _END

    def laid_out(inside: Tree) -> int:
        first = _NONE
        for name, content in reversed(list(inside.items())):
            below, start, size, kind = _NONE, 0, 0, 1
            if isinstance(content, bytes):
                start = stored(content) if len(content) >= _CUTOFF else stored_small(content)
                size, kind = len(content), 2
            else:
                below = laid_out(content)
            entries.append((name, kind, first, below, start, size))
            first = len(entries)  # the root comes before all
        return first

    below = laid_out(tree)
    small_start = stored(bytes(small))
    directory = b"".join(
        _entry(*entry) for entry in [("Root Entry", 5, _NONE, below, small_start, len(small)), *entries]
    )
    directory_start = stored(directory)
    small_fat = struct.pack(f"<{len(small_following)}I", *small_following)
    small_fat = small_fat.ljust(-(-len(small_fat) // _SECTOR) * _SECTOR, b"\xff")
    small_fat_start = stored(small_fat)
    fats = 1
    while fats * _SECTOR // 4 < len(sectors) + fats:
        fats += 1
    table = [*following, *[_FAT] * fats]
    packed = struct.pack(f"<{len(table)}I", *table).ljust(fats * _SECTOR, b"\xff")
    places = [*range(len(sectors), len(sectors) + fats)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, fats, directory_start, 0, _CUTOFF, small_fat_start, 1, _END, 0)
    head += struct.pack("<109I", *places, *[_NONE] * (109 - fats))
    return head + b"".join(sectors) + packed


def _entry(name: str, kind: int, right: int, below: int, start: int, size: int) -> bytes:
    coded = name.encode("utf-16-le")
    head = coded.ljust(64, b"\0") + struct.pack("<HBB", len(coded) + 2, kind, 1)
    return head + struct.pack("<3I", _NONE, right, below) + bytes(36) + struct.pack("<II", start, size) + bytes(4)
