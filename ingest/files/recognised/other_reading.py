"""Pages that another engine read: regions of lines of words, in pixels or in the unit of its file, made pages of lines.

The order of regions and lines is the engine's: it saw the page.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import mean, median

from avskrift.ingest.layout.lines import SETTINGS as LAYOUT
from avskrift.ingest.ocr.scan_quality import quality_of, warnings_for
from avskrift.ingest.words import estimated_font_size
from avskrift.models.document import WIDE_GAP, CellReference, Line, LineRole, Page, PageSource, Quality, Region, Word
from avskrift.models.edits import Edit, apply
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """How pages are measured whose file does not say it."""

    longer_side: float = 842.0
    """Points of a page whose resolution is not stated: as if it were A4."""
    longest_side: float = 14_400.0
    """Points of a page at most: 200 inches, as in a PDF."""
    line_height: float = 0.75
    """The size of the type as a share of the height of a line's box, where words have no boxes of their own."""
    unsure: float = 0.9
    """The confidence of words of which the engine states none."""


SETTINGS = Settings()
_PARTED = "\u00ad¬"
"""Signs that engines and people who transcribe write at a line's end for the hyphen of a parted word."""


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word, its box in the unit of its page (None: not stated), and how sure the engine was (0 to 1; None: not
    stated)."""

    text: str
    box: BoundingBox | None = None
    confidence: float | None = None
    bold: bool = False
    size: float | None = None
    """Of its type, in points, where it is stated."""
    measured: bool = True
    """Whether its box was seen, and is no share of a longer one."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line: its words, or its text where the words are not told apart; its box, and the cell that it stands in."""

    words: tuple[ReadWord, ...] = ()
    text: str = ""
    box: BoundingBox | None = None
    confidence: float | None = None
    role: LineRole = LineRole.BODY
    cell: CellReference | None = None


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as another engine read it. `width` and `height` are in its unit, of which there are `per_inch` (None: not
    stated); `figures` are its regions without text: kind and box."""

    width: float
    height: float
    per_inch: float | None
    lines: tuple[ReadLine, ...]
    figures: tuple[tuple[str, BoundingBox], ...] = ()


def pages_of(pages: Iterable[ReadPage]) -> tuple[Page, ...]:
    """The pages, numbered as they come. A page without any word is a blank one."""
    return tuple(_page(number, page) for number, page in enumerate(pages, 1))


def box_of_points(points: Sequence[tuple[float, float]]) -> BoundingBox | None:
    """The box around points; None where there are none, or where one cannot be."""
    if not points or not all(math.isfinite(value) for point in points for value in point):
        return None
    across, down = zip(*points, strict=True)
    return BoundingBox(min(across), min(down), max(across), max(down))


def number_in(text: str | None) -> float | None:
    """The number that a text is; None where it is none, or none that can be measured."""
    if text is None or re.fullmatch(r"\s*[+-]?\d{1,9}(?:\.\d{0,12})?(?:[eE][+-]?\d)?\s*", text) is None:
        return None
    return float(text)


def share(confidence: float | None) -> float | None:
    """A confidence as 0 to 1; None where it is none."""
    return confidence if confidence is not None and 0.0 <= confidence <= 1.0 else None


def _page(number: int, page: ReadPage) -> Page:
    scale = _points_per_unit(page)
    lines: list[Line] = []
    for line in page.lines:
        made = _line(len(lines) + 1, line, scale)
        if made is not None:
            lines.append(made)
    spaced = _with_space(lines)
    graded = quality_of(spaced)
    quality = None if graded is Quality.UNREADABLE else graded  # of a blank page, or one of a number alone
    confidences = [word.confidence for line in spaced for word in line.words]
    return Page(
        number,
        PageSource.OCR,
        tuple(spaced),
        round(page.width * scale, 2) or None,
        round(page.height * scale, 2) or None,
        confidence=round(mean(confidences), 3) if confidences else 0.0,
        regions=tuple(Region(kind, _rounded(box.scaled(scale))) for kind, box in page.figures),
        warnings=() if quality is None else warnings_for(number, quality),
        quality=quality,
    )


def _points_per_unit(page: ReadPage) -> float:
    """How many points a unit of the page is."""
    longer = max(page.width, page.height)
    if page.per_inch:
        stated = 72 / page.per_inch
        if longer * stated <= SETTINGS.longest_side:
            return stated
    if longer > 0:
        return SETTINGS.longer_side / longer
    ends = [max(line.box.x1, line.box.bottom) for line in page.lines if line.box is not None]
    return SETTINGS.longer_side / max(ends) if ends and max(ends) > 0 else 1.0


def _line(number: int, line: ReadLine, scale: float) -> Line | None:
    """A line in points; None for one without a word."""
    words = [_scaled(word, scale) for word in _words_of(line) if word.text]
    if not words:
        return None
    box = None if line.box is None else _rounded(line.box.scaled(scale))
    box = BoundingBox.around(word.box for word in words if word.box is not None) or box
    size = _size_of(words, box)
    raw, made = _set(words, line.confidence, size)
    edits = _with_hyphen(raw)
    return Line(
        number,
        raw,
        apply(raw, edits),
        made,
        box,
        edits,
        role=line.role,
        cell=line.cell,
        font_size=None if size is None else round(size, 1),
        bold=2 * sum(word.bold for word in words) > len(words),
    )


def _scaled(word: ReadWord, scale: float) -> ReadWord:
    return word if word.box is None else replace(word, box=_rounded(word.box.scaled(scale)))


def _set(words: Sequence[ReadWord], confidence: float | None, size: float | None) -> tuple[str, tuple[Word, ...]]:
    """Words set beside each other; `confidence` is their line's, `size` that of its type in points."""
    raw, made = "", []
    for before, word in pairwise([None, *words]):
        assert word is not None
        if before is not None:
            raw += WIDE_GAP if _is_wide(before, word, size) else " "
        sure = word.confidence if word.confidence is not None else confidence
        made.append(Word(word.text, len(raw), word.box, SETTINGS.unsure if sure is None else round(sure, 3)))
        raw += word.text
    return raw, tuple(made)


def _with_hyphen(raw: str) -> tuple[Edit, ...]:
    """The edit of a line that ends in a sign for a parted word which prints as a hyphen."""
    parted = len(raw) > 1 and raw[-1] in _PARTED and raw[-2].isalpha()
    return (Edit(len(raw) - 1, len(raw), "-", "sign for a parted word", 1.0),) if parted else ()


def _words_of(line: ReadLine) -> list[ReadWord]:
    """The words of a line, without white space in them; those that are not told apart have each its share of the
    line's box."""
    if line.words:
        return [part for word in line.words for part in _parted(word.text, word.box, word)]
    return list(_parted(line.text, line.box, ReadWord("", None, line.confidence)))


def _parted(text: str, box: BoundingBox | None, like: ReadWord) -> Iterable[ReadWord]:
    """The words in a text, each with its share of a box by its signs."""
    text = " ".join(text.split())
    for found in re.finditer(r"\S+", text):
        own = None
        if box is not None:
            step = box.width / len(text)
            own = BoundingBox(box.x0 + step * found.start(), box.top, box.x0 + step * found.end(), box.bottom)
        yield replace(like, text=found.group(), box=own, measured=like.measured and found.group() == text)


def _size_of(words: Sequence[ReadWord], line: BoundingBox | None) -> float | None:
    """The size of the type in points: as stated, or by the boxes of words, or by that of the line."""
    stated = [word.size for word in words if word.size]
    if stated:
        return median(stated)
    heights = [(word.text, word.box.height) for word in words if word.box is not None]
    if len({height for _, height in heights}) > 1:
        return median(estimated_font_size(text, height) for text, height in heights)
    return None if line is None else SETTINGS.line_height * line.height


def _is_wide(before: ReadWord, word: ReadWord, size: float | None) -> bool:
    """Whether the gap between two words parts columns."""
    if before.box is None or word.box is None or not (before.measured and word.measured):
        return False
    return word.box.x0 - before.box.x1 > LAYOUT.wide_gap * max(size or 0.0, LAYOUT.smallest_size)


def _with_space(lines: Sequence[Line]) -> list[Line]:
    """The lines with the white space above them and how far they are set in."""
    boxes = [line.bbox for line in lines if line.bbox is not None]
    steps = [b.top - a.top for a, b in pairwise(boxes) if 0 < b.top - a.top < LAYOUT.largest_step]
    step = median(steps) if steps else LAYOUT.default_step
    left = min((box.x0 for box in boxes), default=0.0)
    spaced: list[Line] = []
    for line in lines:
        above = spaced[-1].bbox if spaced else None
        indent = 0.0 if line.bbox is None else round(line.bbox.x0 - left, 1)
        spaced.append(replace(line, space_before=_space_between(above, line, step), indent=indent))
    return spaced


def _space_between(above: BoundingBox | None, line: Line, step: float) -> float:
    """The white space above a line beyond that between lines of one paragraph, in usual steps."""
    if above is None or line.bbox is None or line.bbox.top <= above.top:
        return 0.0
    usual = min(step, LAYOUT.line_spacing * (line.font_size or step))
    return round(max(0.0, (line.bbox.top - above.top - max(usual, 0.1)) / max(step, 1.0)), 2)


def _rounded(box: BoundingBox) -> BoundingBox:
    return box.rounded()
