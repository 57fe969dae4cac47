"""Whether a PDF may be a bomb, told from its bytes: what a page will cost when it is loaded, and nobody can stop it.

PDFium parses a page in one call that cannot be interrupted, and a form that shows a form ten times, eight levels deep,
is a page of a hundred million pieces in two thousand bytes. This looks at the streams of the file without following
anything: how long each becomes when it is unpacked (no further than a bound), how often forms are shown, how often an
array names the same stream. It may call a sane file heavy, and costs some milliseconds: what is heavy is tried in a
process of its own first (`pdf_trial`).
"""

import base64
import re
import zlib
from dataclasses import dataclass

_LONGEST_STREAM, _LONGEST_FONT = 3 << 20, 64 << 20
"""Bytes of a stream, unpacked: a page of 200,000 letters, each placed by itself, stays below."""
_MOST_BYTES = 16 << 20
"""Of all streams but fonts and pictures."""
_MOST_BYTES_SHOWN = 16 << 20
"""Of the forms of a page, each counted as often as it may be shown."""
_MOST_SHOWN = 20_000
_LONGEST_DICTIONARY = 4000
_BLOCK = 1 << 16
_MANY_REFERENCES = 300

_BEGINS = re.compile(rb"(?<!end)stream\r?\n")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_IMAGE, _FORM = re.compile(rb"/Subtype\s*/Image\b"), re.compile(rb"/Subtype\s*/Form\b|/PatternType\b")
_FONT = re.compile(rb"/Length1\b|/Subtype\s*/(?:Type1C|CIDFontType0C|OpenType)\b")
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_FILTER = re.compile(rb"/Filter\s*(?:\[([^\]]*)\]|(/\w+))")
_SHOWN = re.compile(rb"(?<![A-Za-z0-9])Do(?![A-Za-z0-9])")
_REFERENCE = re.compile(rb"\d{1,9}\s+\d{1,5}\s+R")
_REFERENCES = re.compile(rb"\[(?>\s*%b){%d,}\s*\]" % (_REFERENCE.pattern, _MANY_REFERENCES))


@dataclass(slots=True)
class _Shown:
    """What was seen of contents and forms: how often one form, and one page, shows others; the longest form."""

    by_a_form: int = 0
    by_a_page: int = 0
    longest_form: int = 0

    @property
    def too_often(self) -> bool:
        """A form that shows two others may be the root of a tree without end; one that shows one, of a short chain."""
        return (
            self.by_a_form > 1 or self.by_a_page > _MOST_SHOWN or self.by_a_page * self.longest_form > _MOST_BYTES_SHOWN
        )


def looks_heavy(data: bytes) -> bool:
    """Whether a page of the PDF in `data` may take long or much memory to load. True too for what cannot be looked
    into: encrypted files, rare packings, damaged streams."""
    if b"/Encrypt" in data or _repeats(data):
        return True
    shown, at, length = _Shown(), 0, 0
    while match := _BEGINS.search(data, at):
        begin = match.end()
        dictionary = _dictionary(data, at, match.start())
        at = _end_of(data, begin, dictionary)
        if _IMAGE.search(dictionary):
            continue
        most = _LONGEST_FONT if _FONT.search(dictionary) else _LONGEST_STREAM
        unpacked = _unpacked(memoryview(data)[begin:at], dictionary, most)
        if unpacked is None or len(unpacked) > most:
            return True
        if most == _LONGEST_FONT:
            continue
        length += len(unpacked)
        if length > _MOST_BYTES:
            return True
        if b"/ObjStm" in dictionary and _repeats(unpacked):
            return True
        times = len(_SHOWN.findall(unpacked))
        if _FORM.search(dictionary):
            shown.by_a_form = max(shown.by_a_form, times)
            shown.longest_form = max(shown.longest_form, len(unpacked))
        else:
            shown.by_a_page = max(shown.by_a_page, times)
        if shown.too_often:
            return True
    return False


def _dictionary(data: bytes, since: int, end: int) -> bytes:
    """What stands between `obj` and `stream`, escapes in names put right."""
    begin = max(since, end - _LONGEST_DICTIONARY)
    begin = max(begin, data.rfind(b"obj", begin, end))
    found = data[begin:end]
    return _ESCAPED.sub(lambda m: bytes([int(m[1], 16)]), found) if b"#" in found else found


def _end_of(data: bytes, begin: int, dictionary: bytes) -> int:
    length = _LENGTH.search(dictionary)
    if length is not None:
        end = begin + int(length[1])
        if data[end : end + 12].lstrip().startswith(b"endstream"):
            return end
    end = data.find(b"endstream", begin)
    return end if end >= 0 else len(data)


def _unpacked(packed: memoryview, dictionary: bytes, most: int) -> bytes | None:
    """The stream as the page sees it, no longer than a little over `most` bytes; None where that cannot be told."""
    told = _FILTER.search(dictionary)
    packings = (told[1] or told[2]).replace(b"/", b" /").split() if told is not None else []
    if told is None and b"/Filter" in dictionary:
        return None
    if packings and packings[0] in (b"/ASCII85Decode", b"/A85"):
        try:
            packed = memoryview(base64.a85decode(b"<~" + bytes(packed).strip().removeprefix(b"<~"), adobe=True))
        except ValueError:
            return None
        packings = packings[1:]
    if not packings:
        return bytes(packed[: most + 1])
    return _inflated(packed, most) if packings in ([b"/FlateDecode"], [b"/Fl"]) else None


def _inflated(packed: memoryview, most: int) -> bytes | None:
    unpacker, parts, length = zlib.decompressobj(), [], 0
    try:
        for start in range(0, len(packed), _BLOCK):
            part = unpacker.decompress(packed[start : start + _BLOCK], most + 1)
            parts.append(part)
            length += len(part)
            if length > most or unpacker.eof:
                break
    except zlib.error:
        return None
    return b"".join(parts)


def _repeats(objects: bytes) -> bool:
    """Whether a long array names few objects, each many times."""
    for array in _REFERENCES.finditer(objects):
        named = _REFERENCE.findall(array[0])
        if len(set(named)) * 4 < len(named):
            return True
    return False
