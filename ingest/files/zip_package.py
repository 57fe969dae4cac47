"""Zip archives that anybody may have made, office documents among them: how much they may hold and unpack to."""

import io
import logging
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from avskrift.errors import BrokenInputError, EncryptedInputError, InputError, LimitExceededError

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """What an archive may be."""

    most_members: int = 10_000
    most_bytes: int = 1 << 30
    """Bytes that all members that are read unpack to, together."""
    most_ratio: int = 300
    """Times that a member may grow as it is unpacked ..."""
    grows_freely: int = 8 << 20
    """... once it is so large: text shrinks to a twentieth, an empty page of a scan to a hundredth."""


SETTINGS = Settings()
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 1
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name as it stands there, and the bytes that it says it unpacks to."""

    name: str
    size: int


class ZipPackage:
    """The zip archive in `data`. Raises `BrokenInputError` for a damaged one, `LimitExceededError` for one of too many
    members."""

    def __init__(self, data: bytes) -> None:
        if data.count(_ENTRY) > SETTINGS.most_members:  # before the list of them is made
            raise LimitExceededError(f"the archive has more than {SETTINGS.most_members:,} members")
        with _zip_errors("it cannot be opened"):
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._left = SETTINGS.most_bytes

    @property
    def members(self) -> tuple[Member, ...]:
        """The files, without folders, in the order of the archive; of several of one name the last."""
        files = (info for info in self._zip.infolist() if info.filename and not info.filename.endswith("/"))
        last = {info.filename: info for info in files}
        return tuple(Member(name, info.file_size) for name, info in last.items())

    def holds(self, name: str) -> bool:
        """Whether there is a member of that name."""
        return name in self._zip.NameToInfo

    def read(self, name: str, most_bytes: int = SETTINGS.most_bytes) -> bytes:
        """The bytes of a member. Raises `BrokenInputError` where it is not there or damaged, `EncryptedInputError`, and
        `LimitExceededError` where it, or all that were read, are too large."""
        info = self._zip.NameToInfo.get(name)
        shown = "".join(sign if sign.isprintable() else " " for sign in name)
        if info is None:
            raise BrokenInputError(f"{shown} is missing in it")
        if info.flag_bits & _ENCRYPTED:
            raise EncryptedInputError(f"{shown} in it is encrypted")
        most = min(most_bytes, self._left)
        blocks: list[bytes] = []
        size = 0
        with _zip_errors(f"{shown} cannot be unpacked"), self._zip.open(info) as member:
            while block := member.read(_BLOCK):
                size += len(block)
                if size > most or (size > SETTINGS.grows_freely and size > SETTINGS.most_ratio * info.compress_size):
                    raise LimitExceededError(f"{shown} in it unpacks to more than is read")
                blocks.append(block)
        self._left -= size
        return b"".join(blocks)


@contextmanager
def _zip_errors(what: str) -> Iterator[None]:
    """Around calls of zipfile alone, which raises what it stumbles on (BadZipFile, zlib.error, struct.error and more).
    Raises `BrokenInputError`; our own errors and `MemoryError` as they are."""
    try:
        yield
    except (InputError, MemoryError):
        raise
    except Exception:
        _LOG.info("a zip archive: %s", what, exc_info=True)
        raise BrokenInputError(f"it is damaged or cut off: {what}") from None
