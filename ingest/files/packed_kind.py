"""What lies in a container that many programs use: a zip archive, or the one in which Office kept its files before."""

import io
import zipfile
from pathlib import Path

from avskrift.errors import EncryptedInputError, InputError, UnsupportedFormatError

_HEAD = 4096
"""Bytes in which the first names of an archive show that cannot be opened."""
_MOST_NAMES = 10_000
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
_SAVE = "save it as .docx or PDF first"
_BY_NAME = (
    ("word/", "docx"),
    ("xl/", "an Excel workbook; save it as PDF first"),
    ("ppt/", "a PowerPoint presentation; save it as PDF first"),
)
COMPOUND_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the container begins in which Office kept its files until 2007, and Outlook keeps messages."""
_IN_COMPOUND = (
    ("EncryptedPackage", "an encrypted office document; save it without its password first"),
    ("WordDocument", f"an old Word document (.doc); {_SAVE}"),
    ("Workbook", "an old Excel workbook; save it as PDF first"),
    ("PowerPoint Document", "an old PowerPoint presentation; save it as PDF first"),
)
"""What names of streams tell; they stand in UTF-16."""


def packed_kind(data: bytes) -> str:
    """`docx` or `odt`, what to tell of an office document of another kind, or "" for an archive of other files. `data`
    may be the beginning of the file alone."""
    opened = data[30:].startswith(_OPEN_DOCUMENT) and data[30 + len(_OPEN_DOCUMENT) :]
    if opened:
        other = f"an OpenDocument file of a kind that is not read; {_SAVE}"
        return "odt" if opened.startswith(b"text") and not opened.startswith(b"text-master") else other
    names = _names_in(data)
    if "[Content_Types].xml" in names:
        return next((kind for folder, kind in _BY_NAME if any(n.startswith(folder) for n in names)), "")
    if any(name.endswith(".iwa") for name in names):
        return f"a document of Apple Pages, Numbers or Keynote; {_SAVE}"
    return ""


def _names_in(data: bytes) -> set[str]:
    """The names of an archive's members; of one that cannot be opened those that show in its beginning."""
    if data.count(b"PK\x01\x02") <= _MOST_NAMES:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return set(archive.namelist())
        except Exception:  # zipfile raises what it stumbles on
            pass
    head = data[:_HEAD]
    known = (b"[Content_Types].xml", *(folder.encode() for folder, _ in _BY_NAME))
    return {name.decode() for name in known if name in head}


def is_outlook_message(data: bytes) -> bool:
    """Whether the container of Office before 2007 holds a message."""
    return "__properties_version1.0".encode("utf-16-le") in data


def in_compound_file(data: bytes, path: Path) -> InputError:
    """The error for a file in the container of Office before 2007: it says what to do."""
    what = next((what for name, what in _IN_COMPOUND if name.encode("utf-16-le") in data), None)
    text = f"{path}: this is {what or f'an old office document; {_SAVE}'}"
    return EncryptedInputError(text) if what is _IN_COMPOUND[0][1] else UnsupportedFormatError(text)
