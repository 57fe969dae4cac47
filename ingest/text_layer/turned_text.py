"""Words of a text layer that stand apart from the page's own: turned against it, or a watermark over or under it.

A few words of another direction (a note along the margin, a stamp, a heading of a narrow column) become lines of their
own; among the lines of the page they would be scattered letters. Large slanting or pale letters are a watermark: a
region of the page and none of its text.
"""

import ctypes
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from avskrift.ingest.grouping import chained
from avskrift.ingest.text_layer.page_geometry import StoredBox, as_shown
from avskrift.ingest.text_layer.pdfium_words import word_spans
from avskrift.ingest.text_layer.word_text import composed
from avskrift.models.document import WIDE_GAP, Line, LineRole, Region, Word
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """What stands apart, and what of it is a watermark. Sizes are times the usual size of the page's words."""

    most_slope: float = 20.0
    """Degrees by which a word may slope and be of the page's own lines."""
    slanting: float = 8.0
    """Degrees from the next quarter turn from which letters slant."""
    same_direction: float = 4.0
    """Degrees within which words have one direction,"""
    one_size: float = 1.25
    """and times the size of another that a word's is at most, to be of one text."""
    large: float = 1.7
    """Of slanting letters that are a watermark."""
    larger: float = 2.2
    """Of letters that are a watermark by being pale and over others, whatever their direction,"""
    huge: float = 5.0
    """or pale alone: no heading is so large."""
    pale: int = 140
    """Grey, of 255 and on white paper, from which letters are pale."""
    usual_size: float = 11.0
    """Points, where no words tell."""
    one_row: float = 0.5
    """Of a size: words whose feet differ by less stand in one row."""
    wide_gap: float = 2.2
    """Of a size: a wider gap is kept as one."""
    most_notes: float = 0.3
    """Share of a page's words: where more stand apart, they are no notes but text of the page."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class SetAside:
    """What stands apart on a page: where its words begin in the layer, its letters with their stored boxes, the
    watermarks, and the lines of the rest; boxes of these in points as the page is shown."""

    starts: frozenset[int] = frozenset()
    letters: tuple[tuple[str, StoredBox], ...] = ()
    watermarks: tuple[Region, ...] = ()
    lines: tuple[Line, ...] = ()


NOTHING = SetAside()


@dataclass(frozen=True, slots=True)
class _Found:
    """A word that stands apart: its places in the layer, its direction (degrees clockwise from the page's own lines),
    its size in points, whether it is pale, its box as stored, and the place of its first and last letters' feet along
    and across its direction."""

    start: int
    end: int
    text: str
    direction: float
    size: float
    pale: bool
    box: StoredBox
    along: tuple[float, float]
    across: float


def set_aside(pdf_page: Any, layer: Any, turn: int) -> SetAside:
    """What stands apart on a page (pypdfium2's, with its text page), which must be turned by `turn` degrees clockwise
    to stand upright."""
    text = layer.get_text_range()
    if layer.count_chars() != len(text):
        return NOTHING  # places in the text are not those of the page
    look = _Look(layer, (pdf_page.get_rotation() + turn) % 360)
    words = _Words.of(look, [(start, end) for start, end, _ in word_spans(text)])
    found = [word for start, end in words.apart(look) if (word := look.word(text, start, end)) is not None]
    if not found:
        return NOTHING
    frame = pdf_page.get_bbox()
    sorted_out = _sorted_out(found, words, look, lambda box: as_shown(box, frame, look.rotation))
    apart = [word for row in (*sorted_out.watermarks, *sorted_out.lines) for word in row.words]
    letters = [letter for word in apart for letter in look.letters(text, word)]
    watermarks = tuple(Region("watermark", row.box, row.line.raw) for row in sorted_out.watermarks)
    return SetAside(
        frozenset(w.start for w in apart), tuple(letters), watermarks, tuple(row.line for row in sorted_out.lines)
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """Where the words of a layer begin and end: those of the page's direction with the heights of their first letters
    and by how many degrees they slope, and those of another."""

    own: tuple[tuple[int, int], ...]
    heights: tuple[float, ...]
    slopes: tuple[float, ...]
    turned: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, look: "_Look", spans: Sequence[tuple[int, int]]) -> "_Words":
        """Sorts the words at `spans`."""
        sloped = [(span, abs(look.direction(span[0]))) for span in spans]
        own = [(span, slope) for span, slope in sloped if slope <= SETTINGS.most_slope]
        heights = tuple(look.height(start) for (start, _), _ in own)
        turned = tuple(span for span, slope in sloped if slope > SETTINGS.most_slope)
        return cls(tuple(span for span, _ in own), heights, tuple(slope for _, slope in own), turned)

    @property
    def usual(self) -> float:
        """The usual size of a word, in points."""
        return median(self.heights) if self.heights else SETTINGS.usual_size

    @property
    def role(self) -> LineRole:
        """What the turned words are: notes, where they are few."""
        few = len(self.turned) <= SETTINGS.most_notes * (len(self.own) + len(self.turned))
        return LineRole.MARGIN if few else LineRole.BODY

    def apart(self, look: "_Look") -> list[tuple[int, int]]:
        """The words that are turned, and those that may be a watermark: large, and slanting or pale."""
        least, usual = SETTINGS.larger * self.usual, self.usual
        found = list(self.turned)
        for span, height, slope in zip(self.own, self.heights, self.slopes, strict=True):
            slants = slope > SETTINGS.slanting and height > SETTINGS.large * usual
            if slants or (height > least and look.is_pale(span[0])):
                found.append(span)
        return found


def with_turned(lines: Sequence[Line], turned: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a page, and behind them those that stand apart."""
    return (*lines, *(replace(line, number=number) for number, line in enumerate(turned, len(lines) + 1)))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of words that stand apart, as a line."""

    words: tuple[_Found, ...]
    line: Line
    box: BoundingBox


@dataclass(frozen=True, slots=True)
class _SortedOut:
    """The watermarks among words that stand apart, and the lines of turned words; others are words of the page."""

    watermarks: tuple[_Row, ...]
    lines: tuple[_Row, ...]


def _sorted_out(
    found: Sequence[_Found], words: _Words, look: "_Look", shown: Callable[[StoredBox], BoundingBox]
) -> _SortedOut:
    watermarks: list[_Row] = []
    lines: list[_Row] = []
    for row in (row for group in _by_direction(found) for row in _rows(group)):
        boxes = [shown(word.box) for word in row]
        made = _Row(tuple(row), _line(row, boxes, words.role), BoundingBox.enclosing(boxes))
        if _is_watermark(made, words, look, shown):
            watermarks.append(made)
        elif abs(row[0].direction) > SETTINGS.most_slope:
            lines.append(made)
    return _SortedOut(tuple(watermarks), tuple(lines))


def _is_watermark(row: _Row, words: _Words, look: "_Look", shown: Callable[[StoredBox], BoundingBox]) -> bool:
    """Whether words are a watermark: large ones that slant, or pale ones that are huge, or stand over or under the
    words of the page. Other pale words are a heading, or white on a dark ground."""
    size = median(word.size for word in row.words)
    if all(_slant(word.direction) > SETTINGS.slanting for word in row.words):
        return size > SETTINGS.large * words.usual
    if size <= SETTINGS.larger * words.usual or not all(word.pale for word in row.words):
        return False
    return size > SETTINGS.huge * words.usual or _lies_over(row, words, look, shown)


def _slant(direction: float) -> float:
    """Degrees from the next quarter turn."""
    return abs(direction / 90 - round(direction / 90)) * 90


def _lies_over(row: _Row, words: _Words, look: "_Look", shown: Callable[[StoredBox], BoundingBox]) -> bool:
    """Whether words of the page stand in the box of a row."""
    own = {word.start for word in row.words}
    corners = ((look.box(start), look.box(end - 1)) for (start, end) in words.own if start not in own)
    boxes = (BoundingBox.enclosing([shown(a), shown(b)]) for a, b in corners if a is not None and b is not None)
    return any(row.box.contains_centre(box) for box in boxes)


def _by_direction(found: Sequence[_Found]) -> list[list[_Found]]:
    """Words of one direction and about one size."""

    def follows(group: list[_Found], word: _Found) -> bool:
        turned = abs((group[0].direction - word.direction + 180) % 360 - 180)
        larger = max(group[0].size, word.size) / max(0.1, min(group[0].size, word.size))
        return turned <= SETTINGS.same_direction and larger < SETTINGS.one_size

    return chained(found, follows)


def _rows(words: Sequence[_Found]) -> list[list[_Found]]:
    """Words of one direction as rows, the first above the second as their reader turns the page."""

    def follows(row: list[_Found], word: _Found) -> bool:
        return abs(row[-1].across - word.across) < SETTINGS.one_row * word.size

    rows = chained(sorted(words, key=lambda w: w.across), follows)
    return [sorted(row, key=lambda w: w.along) for row in rows]


def _line(row: Sequence[_Found], boxes: Sequence[BoundingBox], role: LineRole) -> Line:
    """A row as a line, to be numbered on its page. Letters that each stand alone are one word."""
    apart = 0.0 if all(len(word.text) == 1 for word in row) else SETTINGS.wide_gap
    raw = ""
    words: list[Word] = []
    for before, word, box in zip([None, *row], row, boxes, strict=False):
        if before is not None and apart:
            raw += WIDE_GAP if word.along[0] - before.along[1] > (1 + apart) * word.size else " "
        words.append(Word(word.text, len(raw), box))
        raw += word.text
    size = round(median(word.size for word in row), 1)
    return Line(0, raw, raw, tuple(words), BoundingBox.enclosing(boxes), role=role, font_size=size)


class _Look:
    """What a layer says of its letters; `rotation` is by how many degrees clockwise its page is shown turned."""

    def __init__(self, layer: Any, rotation: int) -> None:
        import pypdfium2.raw as pdfium

        self._layer, self.rotation = layer.raw, rotation
        self._rect, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._colour = [ctypes.c_uint() for _ in range(4)]

    def direction(self, index: int) -> float:
        """Degrees clockwise from upright, -180 to 180; 0 where the layer does not tell."""
        import pypdfium2.raw as pdfium

        angle = pdfium.FPDFText_GetCharAngle(self._layer, index)  # quick, but of a letter's stem, which may lean
        quick = 0.0 if angle < 0 else (math.degrees(angle) + self.rotation + 180) % 360 - 180
        if abs(quick) <= SETTINGS.most_slope or not pdfium.FPDFText_GetMatrix(self._layer, index, self._matrix):
            return quick
        a, b = self._matrix.a, self._matrix.b
        if not (math.isfinite(a) and math.isfinite(b)) or (a == 0 and b == 0):
            return 0.0
        return (self.rotation - math.degrees(math.atan2(b, a)) + 180) % 360 - 180

    def box(self, index: int) -> StoredBox | None:
        """The box of a letter as stored."""
        import pypdfium2.raw as pdfium

        rect = self._rect
        if not pdfium.FPDFText_GetLooseCharBox(self._layer, index, ctypes.byref(rect)):
            return None
        return rect.left, rect.bottom, rect.right, rect.top

    def height(self, index: int) -> float:
        """The height of an upright letter's box, which is its size; 0 where the layer does not tell."""
        box = self.box(index)
        if box is None:
            return 0.0
        return box[2] - box[0] if self.rotation in (90, 270) else box[3] - box[1]

    def is_pale(self, index: int) -> bool:
        """Whether a letter is pale on white paper."""
        import pypdfium2.raw as pdfium

        if not pdfium.FPDFText_GetFillColor(self._layer, index, *self._colour):
            return False
        red, green, blue, alpha = (part.value for part in self._colour)
        grey = 0.3 * red + 0.59 * green + 0.11 * blue
        return 255 - (255 - grey) * alpha / 255 >= SETTINGS.pale

    def letters(self, text: str, word: _Found) -> list[tuple[str, StoredBox]]:
        """The letters of a word with their boxes as stored."""
        boxes = ((text[index], self.box(index)) for index in range(word.start, word.end))
        return [(letter, box) for letter, box in boxes if box is not None]

    def word(self, text: str, start: int, end: int) -> _Found | None:
        """The word from `start` to before `end`; None where the layer does not tell enough."""
        boxes = [box for index in range(start, end) if (box := self.box(index)) is not None]
        first, last = self._origin(start), self._origin(end - 1)
        letters = composed(text[start:end])
        if not boxes or first is None or last is None or not letters.strip():
            return None
        direction = self.direction(start)
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        # Along the direction in which the word runs on the stored page, and across it, downwards for its reader.
        angle = math.radians(self.rotation - direction)
        run, fall = (math.cos(angle), math.sin(angle)), (math.sin(angle), -math.cos(angle))
        along = [x * run[0] + y * run[1] for x, y in (first, last)]
        return _Found(
            start,
            end,
            letters,
            direction,
            self._size(start),
            self.is_pale(start),
            (min(lefts), min(bottoms), max(rights), max(tops)),
            (min(along), max(along)),
            first[0] * fall[0] + first[1] * fall[1],
        )

    def _origin(self, index: int) -> tuple[float, float] | None:
        import pypdfium2.raw as pdfium

        found = pdfium.FPDFText_GetCharOrigin(self._layer, index, ctypes.byref(self._x), ctypes.byref(self._y))
        return (self._x.value, self._y.value) if found else None

    def _size(self, index: int) -> float:
        """The size of a letter of any direction, in points."""
        import pypdfium2.raw as pdfium

        size = float(pdfium.FPDFText_GetFontSize(self._layer, index))
        if not pdfium.FPDFText_GetMatrix(self._layer, index, self._matrix):
            return size
        return size * math.hypot(self._matrix.c, self._matrix.d)
