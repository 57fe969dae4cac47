"""Notes that run up or down beside the text of a picture: read turned, as lines of their own.

An engine reads them as scattered letters. Where such letters stand beside the text in a narrow strip, the strip is
turned either way and read again; what is read surely takes their place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from avskrift.ingest.image.picture import Grey, runs_of
from avskrift.ingest.image.preprocessing import quarter_turned
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord, estimated_font_size
from avskrift.models.document import Line, LineRole, Word
from avskrift.models.geometry import BoundingBox
from avskrift.models.page_frame import PageFrame


@dataclass(frozen=True, slots=True)
class Settings:
    """What is a turned note. Widths and heights are in inches."""

    sure: float = 0.75  # confidence of a word of the text,
    long: int = 4  # letters of one,
    fewest: int = 10  # and how many there are, for there to be something to stand beside
    apart: float = 0.06  # between the text and a note
    fewest_scattered: int = 3  # words that the engine made of a note,
    scattered: float = 0.6  # share of them that are short or unsure
    short: int = 2  # letters
    widest: float = 0.6  # of a note
    tall: float = 2.0  # times as high as wide that a note is at least
    least_height: float = 0.6
    lowest_row: float = 0.03  # of a row of a note
    read: float = 0.7  # mean confidence of what is believed,
    fewest_letters: int = 5  # and its letters


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class TurnedNotes:
    """The page's text without what was read of turned notes, and these, with boxes in pixels."""

    text: PageText
    notes: tuple[tuple[OcrWord, ...], ...] = ()

    def with_all_words(self) -> PageText:
        """The text with the words of the notes behind its own."""
        return self.text.with_words((*self.text.words, *(word for row in self.notes for word in row)))


def turned_notes(page: OcrPage, text: PageText) -> TurnedNotes:
    """The turned notes beside the text of a page. Raises `EngineFailedError`."""
    edges = _text_edges(text, page.image.dpi)
    if edges is None:
        return TurnedNotes(text)
    left, right = edges
    sides = [w for w in text.words if w.box.x1 < left], [w for w in text.words if w.box.x0 > right]
    found: list[tuple[OcrWord, ...]] = []
    read_anew: list[OcrWord] = []
    for beside in filter(_are_scattered, sides):
        strip = BoundingBox.enclosing(word.box for word in beside)
        if rows := _read(page, _grown(strip, page, left, right)):
            found += rows
            read_anew += beside
    if not found:
        return TurnedNotes(text)
    replaced = {id(word) for word in read_anew}
    return TurnedNotes(text.with_words(w for w in text.words if id(w) not in replaced), tuple(found))


def _text_edges(text: PageText, dpi: int) -> tuple[float, float] | None:
    """What lies left of the first and right of the second stands beside the text; None where there is too little."""
    body = [w for w in text.words if w.confidence >= SETTINGS.sure and len(w.text) >= SETTINGS.long]
    if len(body) < SETTINGS.fewest:
        return None
    apart = SETTINGS.apart * dpi
    return min(w.box.x0 for w in body) - apart, max(w.box.x1 for w in body) + apart


def _are_scattered(words: Sequence[OcrWord]) -> bool:
    odd = sum(len(word.text) <= SETTINGS.short or word.confidence < SETTINGS.sure for word in words)
    return len(words) >= SETTINGS.fewest_scattered and odd >= SETTINGS.scattered * len(words)


def _grown(strip: BoundingBox, page: OcrPage, left: float, right: float) -> BoundingBox:
    """The strip with all ink that goes on from it, up to the text and the edges of the page."""
    tall = page.image.picture.shape[0]
    x0, x1 = (0.0, left) if strip.x1 <= left else (right, float(page.image.picture.shape[1]))
    inch = page.image.dpi
    band = BoundingBox(max(x0, strip.x0 - 0.2 * inch), 0.0, min(x1, strip.x1 + 0.2 * inch), float(tall))
    ink = page.image.ink(band)
    columns = np.flatnonzero(ink[int(strip.top) : int(strip.bottom)].any(axis=0))
    rows = np.flatnonzero(ink.any(axis=1))
    if not len(columns) or not len(rows):
        return strip
    return BoundingBox(
        band.x0 + float(columns[0]), float(rows[0]), band.x0 + float(columns[-1]) + 1, float(rows[-1]) + 1
    )


def _read(page: OcrPage, strip: BoundingBox) -> list[tuple[OcrWord, ...]]:
    """The rows of a strip, read turned whichever way is read more surely; none where neither is."""
    inch = page.image.dpi
    is_note = strip.width <= SETTINGS.widest * inch and strip.height >= SETTINGS.least_height * inch
    if not is_note or strip.height < SETTINGS.tall * strip.width:
        return []
    crop = page.image.crop(strip)
    ink = page.image.ink(strip)
    readings = [_rows(page, (crop, ink), strip, turn) for turn in (90, 270)]
    best = max(readings, key=lambda rows: _confidence([word for row in rows for word in row]))
    words = [word for row in best for word in row]
    letters = sum(len(word.text) for word in words)
    return best if letters >= SETTINGS.fewest_letters and _confidence(words) >= SETTINGS.read else []


def _rows(page: OcrPage, drawn: tuple[Grey, Grey], strip: BoundingBox, turn: int) -> list[tuple[OcrWord, ...]]:
    """What is read in a strip, `drawn` as picture and ink, turned by so many degrees clockwise, row by row, with boxes
    on the page."""
    turned, ink = (np.ascontiguousarray(quarter_turned(picture, turn)) for picture in drawn)
    filled = ink.any(axis=1)
    edge = 6
    lowest = SETTINGS.lowest_row * page.image.dpi
    runs = [(top, bottom) for top, bottom in runs_of(np.asarray(filled)) if bottom - top >= lowest]
    paper = int(np.median(turned)) if turned.size else 255
    crops = [np.pad(turned[top:bottom], edge, constant_values=paper) for top, bottom in runs]
    rows = []
    for (top, _), words in zip(runs, page.read_lines(crops) if crops else [], strict=True):
        placed = (_placed(word, word.box.moved(-edge, top - edge), strip, turn) for word in words)
        rows.append(tuple(placed))
    return [row for row in rows if row]


def _placed(word: OcrWord, box: BoundingBox, strip: BoundingBox, turn: int) -> OcrWord:
    """A word of the turned strip on the page, with the size that it is set in."""
    there = PageFrame(strip.width, strip.height, turn).box_in_file(box)
    size = estimated_font_size(word.text, box.height)
    return OcrWord(word.text, there.moved(strip.x0, strip.top), word.confidence, stated_size=size)


def _confidence(words: Sequence[OcrWord]) -> float:
    """By letters: a long word that was read surely weighs more."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def note_lines(notes: Sequence[Sequence[OcrWord]], scale: float) -> list[Line]:
    """Turned notes as lines, to be numbered on their page; their boxes are multiplied by `scale` to be in points."""
    found = []
    for row in notes:
        raw, words = "", []
        for word in row:
            raw += " " if raw else ""
            words.append(Word(word.text, len(raw), word.box.scaled(scale).rounded(), word.confidence))
            raw += word.text
        around = BoundingBox.enclosing(word.bbox for word in words if word.bbox is not None)
        size = round(float(np.median([word.font_size for word in row])) * scale, 1)
        found.append(Line(0, raw, raw, tuple(words), around, role=LineRole.MARGIN, font_size=size))
    return found
