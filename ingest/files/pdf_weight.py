"""Whether a PDF may be a bomb, by its bytes alone: what a page will cost when it is loaded, and nobody can stop it.

PDFium parses a page in one call that cannot be interrupted, and a form that shows a form ten times, eight levels deep,
is a page of a hundred million pieces in two thousand bytes. This looks at the streams of the file without following
anything: how long each becomes when it is unpacked (no further than a bound), how often forms are shown, how often an
array names the same stream. It may call a sane file heavy, and costs some milliseconds: what is heavy is tried in a
process of its own first (`pdf_trial`).
"""

import base64
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Settings:
    """Beyond what a PDF is heavy. Lengths are in bytes, of what is unpacked."""

    longest_stream: int = 3 << 20
    """A page of 200,000 letters, each placed by itself, stays below."""
    longest_font: int = 64 << 20
    most_bytes: int = 16 << 20
    """Of all streams but fonts and pictures."""
    most_bytes_shown: int = 16 << 20
    """Of the forms of a page, each counted as often as it may be shown."""
    most_shown: int = 20_000
    """Forms and pictures that a page shows."""
    longest_dictionary: int = 4000
    fewest_references: int = 300
    """Of an array that is looked at ..."""
    times_named: int = 4
    """... and names each object more often than this."""
    deepest_marks: int = 500
    """Marked contents open at the same time: PDFium copies all of them for each that is opened."""
    written: float = 0.9
    """So much of a page's contents are signs that can be printed; of a font or a picture less."""


SETTINGS = Settings()

_BEGINS = re.compile(rb"(?<!end)stream[^\r\n]{0,200}(?:\r\n|\n|\r)")
_OBJECT = re.compile(rb"\d\s+\d{1,5}\s+obj")
_MARKS = re.compile(rb"(?<![A-Za-z0-9])(?:(B(?:DC|MC))|EMC)(?![A-Za-z0-9])")
_BINARY = bytes(n for n in range(256) if not 32 <= n < 127 and n not in b"\t\n\r\f")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_IMAGE, _FORM = re.compile(rb"/Subtype\s*/Image\b"), re.compile(rb"/Subtype\s*/Form\b|/PatternType\b")
_FONT = re.compile(rb"/Length1\b|/Subtype\s*/(?:Type1C|CIDFontType0C|OpenType)\b")
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_FILTER = re.compile(rb"/Filter\s*(?:\[([^\]]{0,400})\]|(/\w+))")


def _name(name: str) -> bytes:
    """A pattern for a name, any of whose letters may be written as an escape."""
    return b"/" + b"".join(b"(?:%b|#(?i:%02x))" % (letter.encode(), ord(letter)) for letter in name)


_KIDS = re.compile(_name("Kids") + rb"(?![A-Za-z])(\s*\[[\sR\d]*\])?")
_FIELDS = re.compile(_name("AcroForm"))
_SHOWN = re.compile(rb"(?<![A-Za-z0-9])Do(?![A-Za-z0-9])")
_REFERENCE = re.compile(rb"\d{1,9}\s+\d{1,5}\s+R")
_REFERENCES = re.compile(rb"\[(?>\s*%b){%d,}\s*\]" % (_REFERENCE.pattern, SETTINGS.fewest_references))


class _Stream(NamedTuple):
    """A stream as it stands in the file, and its dictionary; None where that is too long."""

    packed: memoryview
    dictionary: bytes | None


@dataclass(slots=True)
class _Contents:
    """What the contents of pages and forms amount to so far: their bytes; how often one form, and one page, shows
    others; the longest form; how many marked contents are open, of those that follow each other; and which objects
    stand below another in a tree, whether any does twice, and whether there is a form."""

    length: int = 0
    by_a_form: int = 0
    by_a_page: int = 0
    longest_form: int = 0
    open_marks: int = 0
    most_open_marks: int = 0
    kids: set[bytes] = field(default_factory=set)
    shares_kids: bool = False
    has_form: bool = False

    def add(self, contents: bytes, *, is_form: bool) -> None:
        """Takes a stream into account; its marked contents may be closed in a later one."""
        self.length += len(contents)
        for mark in _MARKS.finditer(contents):
            self.open_marks = self.open_marks + 1 if mark[1] else max(0, self.open_marks - 1)
            self.most_open_marks = max(self.most_open_marks, self.open_marks)
        times = len(_SHOWN.findall(contents))
        if is_form:
            self.by_a_form = max(self.by_a_form, times)
            self.longest_form = max(self.longest_form, len(contents))
        else:
            self.by_a_page = max(self.by_a_page, times)

    @property
    def too_much(self) -> bool:
        """A form that shows two others may be the root of a tree without end; one that shows one, of a short chain."""
        return (
            self.length > SETTINGS.most_bytes
            or self.by_a_form > 1
            or self.by_a_page > SETTINGS.most_shown
            or self.by_a_page * self.longest_form > SETTINGS.most_bytes_shown
            or self.most_open_marks > SETTINGS.deepest_marks
        )


def looks_heavy(data: bytes) -> bool:
    """Whether a page of the PDF in `data` may take long or much memory to load. True too for what cannot be looked
    into: encrypted files, rare packings, damaged streams."""
    contents = _Contents()
    return (
        b"/Encrypt" in data
        or _repeats(data)
        or any(_is_heavy(stream, contents) for stream in _streams(data))
        or _is_wild_form(data, contents)
    )


def _streams(data: bytes) -> Iterator[_Stream]:
    at = 0
    while match := _BEGINS.search(data, at):
        at = match.end()  # a stream may be said to reach over the next ones
        dictionary = _dictionary(data, match.start())
        end = at if dictionary is None else _end_of(data, at, dictionary)
        yield _Stream(memoryview(data)[at:end], dictionary)


def _is_heavy(stream: _Stream, contents: _Contents) -> bool:
    """Whether a stream is too much, by itself or with the `contents` before it, to which it is added."""
    packed, dictionary = stream
    if dictionary is None:
        return True
    is_image = _IMAGE.search(dictionary) is not None
    if (is_image or _FONT.search(dictionary)) and not _is_written(_unpacked(packed, dictionary, _BLOCK)):
        font = b"" if is_image else _unpacked(packed, dictionary, SETTINGS.longest_font)
        return font is None or len(font) > SETTINGS.longest_font
    unpacked = _unpacked(packed, dictionary, SETTINGS.longest_stream)
    if unpacked is None or len(unpacked) > SETTINGS.longest_stream:
        return True
    contents.add(unpacked, is_form=_FORM.search(dictionary) is not None)
    return contents.too_much or (b"/ObjStm" in dictionary and (_repeats(unpacked) or _is_wild_form(unpacked, contents)))


def _dictionary(data: bytes, end: int) -> bytes | None:
    """What stands between `obj` and `stream`, escapes in names put right; None where it is too long to be known."""
    found = data[max(0, end - SETTINGS.longest_dictionary) : end]
    begins = [match.end() for match in _OBJECT.finditer(found)]
    if not begins and end > SETTINGS.longest_dictionary and found.rstrip().endswith(b">>"):
        return None
    found = found[begins[-1] if begins else 0 :]
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
    """The stream as the page sees it, no longer than a little over `most` bytes; None where that cannot be known."""
    filters = _FILTER.search(dictionary)
    packings = (filters[1] or filters[2]).replace(b"/", b" /").split() if filters is not None else []
    if filters is None and b"/Filter" in dictionary:
        return None
    if packings and packings[0] in (b"/ASCII85Decode", b"/A85"):
        try:
            packed = memoryview(base64.a85decode(b"<~" + bytes(packed).strip().removeprefix(b"<~"), adobe=True))
        except ValueError:
            return None
        packings = packings[1:]
    if not packings:
        plain = bytes(packed[: most + 1])
        inflated = _inflated(packed, most) if _begins_packed(plain) else None  # what says so may be out of sight
        return plain if inflated is None or len(inflated) < len(plain) else inflated
    return _inflated(packed, most) if packings in ([b"/FlateDecode"], [b"/Fl"]) else None


def _begins_packed(data: bytes) -> bool:
    return len(data) > 2 and data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0


def _is_written(unpacked: bytes | None) -> bool:
    """Whether a stream begins as the contents of a page do, whatever it is said to be."""
    head = (unpacked or b"")[:_BLOCK]
    return len(head.translate(None, _BINARY)) > SETTINGS.written * len(head)


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


def _is_wild_form(objects: bytes, contents: _Contents) -> bool:
    """Whether there is a form, and an object stands twice below others in a tree: PDFium walks through the fields of a
    form without a count, and they are then as many as a file likes. `contents` is what was found before."""
    contents.has_form = contents.has_form or _FIELDS.search(objects) is not None
    for listed in _KIDS.finditer(objects):
        kids = _REFERENCE.findall(listed[1] or b"")
        known = len(contents.kids)
        contents.kids.update(kids)
        # a list that stands elsewhere, or holds what is no reference, is not looked into
        contents.shares_kids |= listed[1] is None or len(contents.kids) < known + len(kids)
    return contents.has_form and contents.shares_kids


def _repeats(objects: bytes) -> bool:
    """Whether a long array names few objects, each many times."""
    for array in _REFERENCES.finditer(objects):
        named = _REFERENCE.findall(array[0])
        if len(set(named)) * SETTINGS.times_named < len(named):
            return True
    return False
