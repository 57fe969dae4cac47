"""What kind of file this is, by its content and not by its name."""

from enum import StrEnum
from pathlib import Path

from avskrift.errors import UnsupportedFormatError


class Container(StrEnum):
    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"


_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"GIF8", b"BM")
_OTHERS = {
    b"PK\x03\x04": "a zip archive or an office document; save it as PDF first",
    b"\xd0\xcf\x11\xe0": "an old office document; save it as PDF first",
    b"{\\rtf": "an RTF document; save it as PDF first",
    b"\x1f\x8b": "a compressed archive; unpack it first",
    b"7z\xbc\xaf": "a compressed archive; unpack it first",
    b"Rar!": "a compressed archive; unpack it first",
    b"<!DOCTYPE": "a web page; print it to PDF first",
    b"<html": "a web page; print it to PDF first",
}


def container_of(data: bytes, path: Path) -> Container:
    """What `data` is. Raises `UnsupportedFormatError` for what can't be read."""
    head = data[:1024].lstrip()
    if b"%PDF-" in data[:1024]:
        return Container.PDF
    if data.startswith(_IMAGES) or data[8:12] == b"WEBP" or (data[4:8] == b"ftyp" and data[8:12] in _HEIF):
        return Container.IMAGE
    for sign, what in _OTHERS.items():
        if head.lower().startswith(sign.lower()):
            raise UnsupportedFormatError(f"{path}: this is {what}")
    if path.suffix.lower() in (".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".heic", ".heif"):
        raise UnsupportedFormatError(f"{path}: the file is no PDF or image, whatever its name says")
    if path.suffix.lower() in (".txt", ".text", "") or b"\0" not in data[:4096]:
        return Container.TEXT
    raise UnsupportedFormatError(f"{path}: the format is not supported (PDF, TIFF, PNG, JPEG, HEIF or text are)")
