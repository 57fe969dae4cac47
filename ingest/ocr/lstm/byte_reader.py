"""Little-endian values out of bytes, each read checked against what is left of them."""

import struct

import numpy as np
import numpy.typing as npt

from avskrift.errors import EngineDataError


class ByteReader:
    """Reads values one after another, and never past the end."""

    def __init__(self, data: bytes, source: str) -> None:
        """`source` is what errors call the data, such as a file's name and part."""
        self.source = source
        self._data, self._at = data, 0

    @property
    def left(self) -> int:
        """How many bytes have not been read."""
        return len(self._data) - self._at

    def error(self, reason: str) -> EngineDataError:
        """The error to raise for what is wrong at this place."""
        return EngineDataError(f"{self.source}: {reason} (at byte {self._at})")

    def take(self, count: int) -> bytes:
        """The next `count` bytes. Raises `EngineDataError` where fewer are left, as all readers here do."""
        if not 0 <= count <= self.left:
            raise self.error(f"{count} bytes are announced where {self.left} are left")
        self._at += count
        return self._data[self._at - count : self._at]

    def _number(self, kind: str) -> int:
        (value,) = struct.unpack(f"<{kind}", self.take(struct.calcsize(f"<{kind}")))
        return int(value)

    def uint8(self) -> int:
        """The next byte as a number."""
        return self._number("B")

    def int32(self) -> int:
        """The next four bytes as a number with a sign."""
        return self._number("i")

    def uint32(self) -> int:
        """The next four bytes as a number."""
        return self._number("I")

    def int64(self) -> int:
        """The next eight bytes as a number with a sign."""
        return self._number("q")

    def count(self, most: int) -> int:
        """A number of things (uint32), of which there may be `most`."""
        number = self.uint32()
        if number > most:
            raise self.error(f"{number} entries are announced where {most} are the most there may be")
        return number

    def text(self) -> str:
        """A string: its number of bytes (uint32), and those in UTF-8."""
        try:
            return self.take(self.uint32()).decode("utf-8")
        except UnicodeDecodeError:
            raise self.error("a name is no UTF-8") from None

    def int8s(self, rows: int, columns: int) -> npt.NDArray[np.int8]:
        """A matrix of bytes with a sign, row by row."""
        return np.frombuffer(self.take(rows * columns), np.int8).reshape(rows, columns)

    def doubles(self, count: int) -> npt.NDArray[np.float64]:
        """So many floating-point numbers of eight bytes."""
        return np.frombuffer(self.take(8 * count), "<f8").astype(np.float64)
