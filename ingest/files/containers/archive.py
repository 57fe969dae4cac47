"""Zip archives of documents: their members, none of which leads out of the archive."""

import contextlib
import re
from collections.abc import Iterator

from avskrift.errors import BrokenInputError
from avskrift.ingest.files.containers.held_file import HeldFile, made_unique, safe_name
from avskrift.ingest.files.zip_package import ZipPackage

_NOBODYS = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
"""What programs leave in archives, and nobody misses."""
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\x00")
_MOST_BYTES = 512 << 20
"""Bytes of one member."""


def files_in(data: bytes) -> Iterator[HeldFile]:
    """The members of a zip archive, unpacked one after the other. Raises `BrokenInputError` (also for a member that
    would lie outside), `EncryptedInputError` or `LimitExceededError`."""
    package = ZipPackage(data)
    stored = [member.name for member in package.members]
    for name in stored:
        if _OUTSIDE.search(name):
            raise BrokenInputError(f"the archive names a file outside of itself ({safe_name(name)})")
    wanted = [name for name in stored if not _NOBODYS.search(name)]
    shown = made_unique([_shown(name) for name in wanted])
    for name, own in zip(wanted, shown, strict=True):
        content = package.read(name, _MOST_BYTES)
        if content:
            yield HeldFile(own, content)


def _shown(name: str) -> str:
    """The name of a member, its parts fit for a file system. Names in UTF-8 that are not marked as such are known by
    their bytes."""
    if not name.isascii():
        with contextlib.suppress(UnicodeEncodeError, UnicodeDecodeError):
            name = name.encode("cp437").decode("utf-8")
    return "/".join(safe_name(part) for part in re.split(r"[/\\]", name) if part)
