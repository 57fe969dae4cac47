"""Where the frames of a TIFF stand in the file, found without reading what they say of themselves."""

import io
import struct
from dataclasses import dataclass

_CLASSIC, _BIG = 42, 43


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a TIFF writes its directories: formats of the place of the first (and where that stands), of the number of
    entries and of the place of the next; bytes of an entry."""

    place: str
    first: int
    count: str
    entry: int


def _layout_of(data: bytes) -> _Layout | None:
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 16:
        return None
    version = struct.unpack(order + "H", data[2:4])[0]
    if version == _CLASSIC:
        return _Layout(order + "I", 4, order + "H", 12)
    return _Layout(order + "Q", 8, order + "Q", 20) if version == _BIG else None


def offsets_of(data: bytes, most: int) -> tuple[int, ...]:
    """The places of the frames in order, no more than `most`; none of what is no TIFF. A chain that leads into itself
    ends there; one that leads out of the file ends with the place where it does."""
    layout = _layout_of(data)
    if layout is None:
        return ()
    found: dict[int, None] = {}
    at = _number(data, layout.first, layout.place)
    while at and at not in found and len(found) < most:
        found[at] = None
        entries = _number(data, at, layout.count)
        at = _number(data, at + struct.calcsize(layout.count) + entries * layout.entry, layout.place)
    return tuple(found)


def _number(data: bytes, at: int, how: str) -> int:
    part = data[at : at + struct.calcsize(how)]
    return int(struct.unpack(how, part)[0]) if len(part) == struct.calcsize(how) else 0


def point_to(file: io.BytesIO, offset: int) -> None:
    """Makes the frame at `offset` the first of the TIFF in `file`."""
    file.seek(0)
    layout = _layout_of(file.read(16))
    if layout is not None:
        file.seek(layout.first)
        file.write(struct.pack(layout.place, offset))
