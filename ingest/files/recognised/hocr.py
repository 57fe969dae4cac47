"""hOCR: what an engine read as a web page, with boxes in the titles of its elements."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from avskrift.errors import BrokenInputError, LimitExceededError
from avskrift.ingest.files.encoding import decode
from avskrift.ingest.files.recognised.other_reading import ReadLine, ReadPage, ReadWord, box_of_points, pages_of, share
from avskrift.ingest.files.whole_file import WholeReading
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """What a file may be."""

    most_elements: int = 1_500_000
    deepest: int = 1_000
    """Elements that are open at once: what is deeper is taken as closed."""
    longest_tag: int = 10_000
    """Signs of a tag whose attributes are read."""


SETTINGS = Settings()
_PAGES = {"ocr_page"}
_LINES = {"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat", "ocr_title"}
_WORDS = {"ocrx_word", "ocr_word"}
_AREAS = {"ocr_carea", "ocr_par", "ocrx_block"}
_FIGURES = {"ocr_photo": "picture", "ocr_image": "picture", "ocr_linedrawing": "drawing"}
_NEVER_CLOSED = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"))
_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][\w:-]{0,60}+)(?P<inside>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>")
_ATTRIBUTE = re.compile(r"(?P<name>[\w:-]{1,60}+)\s*+=\s*+(?P<value>\"[^\"]*+\"|'[^']*+'|[^\s\"'>]++)")
_NUMBER = r"\s+(-?\d{1,9}(?:\.\d{1,9})?)"
_BOX = re.compile(rf"\bbbox{_NUMBER * 4}")
_CONFIDENCE = re.compile(rf"\bx_wconf{_NUMBER}")
_RESOLUTION = re.compile(rf"\bscan_res{_NUMBER}")
_SIZE = re.compile(rf"\bx_fsize{_NUMBER}")


def read_hocr(data: bytes) -> WholeReading:
    """The pages of an hOCR file. Raises `BrokenInputError`, `LimitExceededError`, or as `encoding.decode`."""
    text, warnings = decode(data)
    reader = _Reader()
    reader.read(text)
    if not reader.pages:
        raise BrokenInputError("the hOCR file has no page")
    pages = pages_of(_page(page) for page in reader.pages)
    return WholeReading(pages, warnings, reader.system or "another engine (hOCR)")


@dataclass(slots=True)
class _Word:
    title: str
    pieces: list[str] = field(default_factory=list)
    bold: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip()


@dataclass(slots=True)
class _OpenLine:
    """A line as it is read: its words, and the text that stands between them."""

    title: str
    words: list[_Word] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _OpenPage:
    title: str
    lines: list[_OpenLine] = field(default_factory=list)
    figures: list[tuple[str, BoundingBox]] = field(default_factory=list)


class _Reader:
    """What is read of a file, tag by tag. Each sign of it is looked at a few times at most, whatever it holds."""

    def __init__(self) -> None:
        self.pages: list[_OpenPage] = []
        self.system = ""
        self._open: list[tuple[str, str, str]] = []  # of each element: its tag, what it is, its title
        self._kinds: Counter[str] = Counter()  # how many of each are open, and of tags that set in bold
        self._count = 0

    def read(self, text: str) -> None:
        """Reads a whole file. Raises `LimitExceededError`."""
        place = 0
        ends = {"-->": True, ">": True}  # whether one may still come
        while (start := text.find("<", place)) >= 0:
            self._data(text[place:start])
            end = "-->" if text.startswith("<!--", start) else ">" if text[start + 1 : start + 2] in ("!", "?") else ""
            if end:
                found = text.find(end, start) if ends[end] else -1
                ends[end] = found >= 0
                place = found + len(end) if found >= 0 else start + 2
                continue
            tag = _TAG.match(text, start)
            if tag is None:
                self._data("<")
                place = start + 1
                continue
            self._tag(tag)
            place = tag.end()
        self._data(text[place:])

    def _tag(self, tag: re.Match[str]) -> None:
        name, inside = tag["name"].lower(), tag["inside"]
        if tag["slash"]:
            self._ended(name)
            return
        self._count += 1
        if self._count > SETTINGS.most_elements:
            raise LimitExceededError(f"the hOCR file has more than {SETTINGS.most_elements:,} elements")
        named: dict[str, str] = {}
        for found in _ATTRIBUTE.finditer(inside if len(inside) <= SETTINGS.longest_tag else ""):
            named[found["name"].lower()] = unescape(found["value"].strip("\"'"))
        self._begin(name, named)
        if inside.rstrip().endswith("/") and name not in _NEVER_CLOSED:
            self._ended(name)

    def _begin(self, tag: str, named: dict[str, str]) -> None:
        if tag == "meta" and named.get("name", "").lower() == "ocr-system":
            self.system = " ".join(named.get("content", "").split())
        if tag in _NEVER_CLOSED:
            if tag == "br":
                self._data("\n")
            return
        classes, title = set(named.get("class", "").split()), named.get("title", "")
        if len(self._open) < SETTINGS.deepest:
            kind = self._begun(classes, title)
            self._open.append((tag, kind, title))
            self._kinds.update((kind, f"<{tag}>"))

    def _begun(self, classes: set[str], title: str) -> str:
        """What an element is; a page, line or word is taken in."""
        if classes & _PAGES:
            self.pages.append(_OpenPage(title))
            return "page"
        if not self.pages:
            return ""
        if classes & _LINES:
            self.pages[-1].lines.append(_OpenLine(title))
            return "line"
        if classes & _WORDS:
            self._line().words.append(_Word(title))
            return "word"
        for name in classes & _FIGURES.keys():
            if (box := _box_in(title)) is not None:
                self.pages[-1].figures.append((_FIGURES[name], box))
        return "area" if classes & _AREAS else ""

    def _ended(self, tag: str) -> None:
        if not any(name == tag for name, _, _ in self._open[-20:]):
            return
        while self._open:
            name, kind, _ = self._open.pop()
            self._kinds.subtract((kind, f"<{name}>"))
            if kind in ("line", "area", "page") and self.pages and not self._kinds["line"]:
                self.pages[-1].lines.append(_OpenLine(self._area_title()))  # for what stands outside of lines
            if name == tag:
                return

    def _data(self, data: str) -> None:
        if not data or not self._kinds["page"] or self._kinds["<script>"] or self._kinds["<style>"]:
            return
        data = unescape(data)
        if self._kinds["word"]:
            word = self._line().words[-1]
            word.pieces.append(data)
            word.bold |= self._kinds["<strong>"] + self._kinds["<b>"] > 0
        elif data.strip() or (self.pages[-1].lines and self.pages[-1].lines[-1].loose):
            self._line().loose.append(data)

    def _area_title(self) -> str:
        inner = reversed(self._open[-20:])
        return next((title for _, kind, title in inner if kind in ("area", "page")), "")

    def _line(self) -> _OpenLine:
        """The line that is open, or one for what stands outside of lines."""
        lines = self.pages[-1].lines
        if not lines:
            lines.append(_OpenLine(self._area_title()))
        return lines[-1]


def _page(page: _OpenPage) -> ReadPage:
    box = _box_in(page.title)
    resolution = _number(_RESOLUTION, page.title)
    lines = tuple(read for line in page.lines if (read := _line(line)) is not None)
    width, height = (0.0, 0.0) if box is None else (max(0.0, box.x1), max(0.0, box.bottom))
    return ReadPage(width, height, resolution if resolution and resolution > 0 else None, lines, tuple(page.figures))


def _line(line: _OpenLine) -> ReadLine | None:
    words = tuple(_word(word) for word in line.words if word.text)
    loose = "".join(line.loose)
    if loose.strip():  # words that are not marked as such stand after those that are
        text = " ".join([*(word.text for word in words), loose])
        return ReadLine((), text, _box_in(line.title))
    return ReadLine(words, "", _box_in(line.title)) if words else None


def _word(word: _Word) -> ReadWord:
    confidence = _number(_CONFIDENCE, word.title)
    size = _number(_SIZE, word.title)
    return ReadWord(
        word.text,
        _box_in(word.title),
        None if confidence is None else share(confidence / 100),
        word.bold,
        size if size and size > 0 else None,
    )


def _box_in(title: str) -> BoundingBox | None:
    found = _BOX.search(title)
    if found is None:
        return None
    x0, top, x1, bottom = map(float, found.groups())
    return box_of_points([(x0, top), (x1, bottom)])


def _number(pattern: re.Pattern[str], title: str) -> float | None:
    found = pattern.search(title)
    return None if found is None else float(found[1])
