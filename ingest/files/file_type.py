"""What kind of file this is, by its content and not by its name."""

import re
from enum import StrEnum
from pathlib import Path

from avskrift.errors import BrokenInputError, UnsupportedFormatError
from avskrift.ingest.files.encoding import narrowed
from avskrift.ingest.files.packed_kind import COMPOUND_MAGIC, in_compound_file, is_outlook_message, packed_kind


class FileType(StrEnum):
    """The kinds of files that are read."""

    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"
    DOCX = "docx"
    ODT = "odt"
    PAGE_XML = "page"
    ALTO = "alto"
    HOCR = "hocr"
    MAIL = "mail"
    """A message, whose attachments are the documents."""
    ARCHIVE = "archive"
    """A zip archive that is no document itself."""


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
    b"{\\rtf": "an RTF document; save it as .docx or PDF first",
    b"\x1f\x8b": "a compressed archive; unpack it first",
    b"7z\xbc\xaf": "a compressed archive; unpack it first",
    b"Rar!": "a compressed archive; unpack it first",
}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE = (".docx", ".docm", ".odt")
_HEAD = 16384
"""Bytes in which the kind of a text that is marked up shows."""
_MARKUP = {
    "html": "a web page; print it to PDF first",
    "svg": "an SVG drawing; save it as PDF first",
}
_ROOT = re.compile(
    rb"\A\s*+(?:<\?xml(?>.*?\?>)\s*+)?"
    rb"(?:<!--(?>.*?-->)\s*+|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\]\s*+)?+>\s*+)*+"
    rb"<(?:\w{1,20}:)?([A-Za-z]\w{0,30})[\s/>]",
    re.S,
)
"""The first element of a text that is marked up; nothing before it is looked at twice."""
_HOCR = re.compile(rb"ocr-system|ocr-capabilities|class\s*=\s*[\"']ocr_(?:page|document)\b")
_HEADER_LINE = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):(?:\s|$)")
_WRITTEN_BY_PEOPLE = {b"from", b"to", b"subject", b"date"}
_WRITTEN_BY_PROGRAMS = {b"mime-version", b"message-id", b"received", b"content-type", b"return-path"}
_NAMED = (".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".heic", ".heif", ".jp2", ".gif", ".webp", ".avif", ".bmp")
_PDF_OBJECT = re.compile(rb"\d\s+\d{1,5}\s+obj\b")


def file_type_of(data: bytes, path: Path) -> FileType:
    """What `data` is. Raises `UnsupportedFormatError` for what can't be read, `EncryptedInputError` or
    `BrokenInputError` for an office document that is encrypted or no whole archive."""
    if data.startswith((*_ZIP, COMPOUND_MAGIC)):  # a PDF may lie in it as it is
        return _packed(data, path)
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and _PDF_OBJECT.search(data)):
        return FileType.PDF
    if _is_image(data):
        return FileType.IMAGE
    head = narrowed(data[:_HEAD]).lstrip(b"\xef\xbb\xbf \t\r\n")
    if (known := _other_engine_of(head)) is not None:
        return known
    other = next((what for sign, what in _OTHERS.items() if data.startswith(sign) or head.startswith(sign)), None)
    if other is not None:
        raise UnsupportedFormatError(f"{path}: this is {other}")
    if (markup := _markup_of(head)) is not None:
        raise UnsupportedFormatError(f"{path}: this is {markup}")
    return _of_text(head, path)


def _of_text(head: bytes, path: Path) -> FileType:
    """What a file is that begins as nothing else does."""
    if _is_message(head, path):
        return FileType.MAIL
    if path.suffix.lower() in _NAMED:
        raise UnsupportedFormatError(f"{path}: the file is no PDF or image, whatever its name says")
    if path.suffix.lower() in (".txt", ".text", "") or b"\0" not in head:
        return FileType.TEXT
    raise UnsupportedFormatError(
        f"{path}: the format is not supported (PDF, TIFF, PNG, JPEG, HEIF, .docx, .odt or text are)"
    )


def _packed(data: bytes, path: Path) -> FileType:
    if data.startswith(COMPOUND_MAGIC):
        if is_outlook_message(data):
            return FileType.MAIL
        raise in_compound_file(data, path)
    kind = packed_kind(data)
    if kind == "docx":
        return FileType.DOCX
    if kind == "odt":
        return FileType.ODT
    if kind:
        raise UnsupportedFormatError(f"{path}: this is {kind}")
    if path.suffix.lower() in _OFFICE:
        raise BrokenInputError(f"{path}: the office document is damaged or cut off")
    return FileType.ARCHIVE


def _is_image(data: bytes) -> bool:
    if data.startswith(_IMAGES) or (data.startswith(b"RIFF") and data[8:15] == b"WEBPVP8"):
        return True
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        return True
    return data.startswith(_IMAGES_IN_LETTERS) and any(b < 9 or 13 < b < 27 for b in data[:32])


def _other_engine_of(head: bytes) -> FileType | None:
    """The form in which another engine wrote what it read; None where a text begins otherwise."""
    if not head.startswith(b"<"):
        return None
    name = _root_of(head)
    if name == "pcgts":
        return FileType.PAGE_XML
    if name == "alto":
        return FileType.ALTO
    return FileType.HOCR if _HOCR.search(head) is not None and b"<html" in head.lower() else None


def _is_message(head: bytes, path: Path) -> bool:
    """Whether a text begins as a message does: with lines `Name: value`, some of which every message has."""
    lines = re.split(rb"\r\n|\r|\n", head.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0])
    names = {found[1].lower() for line in lines if (found := _HEADER_LINE.match(line)) is not None}
    if not lines or _HEADER_LINE.match(lines[0]) is None:
        return False
    if path.suffix.lower() == ".eml":
        return bool(names & (_WRITTEN_BY_PEOPLE | _WRITTEN_BY_PROGRAMS))
    return b"from" in names and bool(names & _WRITTEN_BY_PROGRAMS)


def _root_of(head: bytes) -> str:
    """The name of the first element, in small letters; empty where there is none."""
    root = _ROOT.match(head)
    return root[1].decode().lower() if root is not None else ""


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
