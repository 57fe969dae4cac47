"""What kind of file this is, by its content and not by its name."""

import re
from enum import StrEnum
from pathlib import Path

from avskrift.errors import UnsupportedFormatError
from avskrift.ingest.files.encoding import narrowed


class FileType(StrEnum):
    """The kinds of files that are read."""

    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"


_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
_IMAGES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"II*\0",
    b"MM\0*",
    b"II+\0",
    b"MM\0+",
    b"\0\0\0\x0cjP  \r\n\x87\n",  # JPEG 2000
    b"\xff\x4f\xff\x51",  # its codestream by itself
)
_IMAGES_IN_LETTERS = (b"GIF87a", b"GIF89a", b"BM")
"""How a text may begin too; the bytes after these are no text in an image."""
_OTHERS = {
    b"PK\x03\x04": "a zip archive or an office document; save it as PDF first",
    b"\xd0\xcf\x11\xe0": "an old office document; save it as PDF first",
    b"{\\rtf": "an RTF document; save it as PDF first",
    b"\x1f\x8b": "a compressed archive; unpack it first",
    b"7z\xbc\xaf": "a compressed archive; unpack it first",
    b"Rar!": "a compressed archive; unpack it first",
}
_MARKUP = {
    "html": "a web page; print it to PDF first",
    "svg": "an SVG drawing; save it as PDF first",
}
_ROOT = re.compile(
    rb"\A\s*+(?:<\?xml(?>.*?\?>)\s*+)?"
    rb"(?:<!--(?>.*?-->)\s*+|<!DOCTYPE[^>]*+>\s*+)*+"
    rb"<(?:\w{1,20}:)?([A-Za-z]\w{0,30})[\s/>]",
    re.S,
)
"""The first element of a text that is marked up; nothing before it is looked at twice."""
_NAMED = (".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".heic", ".heif", ".jp2", ".gif", ".webp", ".avif", ".bmp")
_PDF_OBJECT = re.compile(rb"\d\s+\d{1,5}\s+obj\b")


def file_type_of(data: bytes, path: Path) -> FileType:
    """What `data` is. Raises `UnsupportedFormatError` for what can't be read."""
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and _PDF_OBJECT.search(data)):
        return FileType.PDF
    if _is_image(data):
        return FileType.IMAGE
    head = narrowed(data[:4096]).lstrip(b"\xef\xbb\xbf \t\r\n")
    for sign, what in _OTHERS.items():
        if data.startswith(sign) or head.startswith(sign):
            raise UnsupportedFormatError(f"{path}: this is {what}")
    if (markup := _markup_of(head)) is not None:
        raise UnsupportedFormatError(f"{path}: this is {markup}")
    if path.suffix.lower() in _NAMED:
        raise UnsupportedFormatError(f"{path}: the file is no PDF or image, whatever its name says")
    if path.suffix.lower() in (".txt", ".text", "") or b"\0" not in head:
        return FileType.TEXT
    raise UnsupportedFormatError(f"{path}: the format is not supported (PDF, TIFF, PNG, JPEG, HEIF or text are)")


def _is_image(data: bytes) -> bool:
    if data.startswith(_IMAGES) or (data.startswith(b"RIFF") and data[8:15] == b"WEBPVP8"):
        return True
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        return True
    return data.startswith(_IMAGES_IN_LETTERS) and any(b < 9 or 13 < b < 27 for b in data[:32])


def _markup_of(head: bytes) -> str | None:
    """What a text that is marked up is; None for one that is not."""
    if not head.startswith(b"<"):
        return None
    if head[:14].lower() == b"<!doctype html":
        return _MARKUP["html"]
    root = _ROOT.match(head)
    name = root[1].decode().lower() if root is not None else ""
    if name in _MARKUP:
        return _MARKUP[name]
    if head.startswith(b"<?xml"):
        inside = f" ({root[1].decode()})" if root is not None else ""
        return f"an XML file{inside}, which is not read"
    return None
