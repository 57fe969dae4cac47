"""The words of a page's text layer as PDFium gives them: many times faster than pdfplumber, but without tables.

Used for pages without drawn rules. PDFium hands out a page's text at once; boxes are asked for the first and the last
sign of each word only.
"""

import ctypes
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from avskrift.ingest.text_layer.double_printing import PlacedLetter, doubled_in, may_be_doubled
from avskrift.ingest.text_layer.word_text import box_sign, composed, is_bold
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

_HYPHENS = str.maketrans("\x02\ufffe", "--")
"""What PDFium gives for a hyphen at the end of a line."""
_SAME_SIZE = 0.5
"""Points by which the size that a page shows may differ from that of its box."""


def words_on(pdf_page: Any, layer: Any, aside: Collection[int] = frozenset()) -> list[OcrWord]:
    """The words of a page (a pypdfium2 page, with its text page) with boxes in points from the top left, and type; none
    where PDFium does not tell enough. Words that begin at the places `aside` are left out; what is drawn twice is there
    once."""
    width, height = pdf_page.get_size()
    left, bottom, right, top = pdf_page.get_cropbox()
    if pdf_page.get_rotation() or max(abs(right - left - width), abs(top - bottom - height)) > _SAME_SIZE:
        return []
    text = layer.get_text_range()
    if layer.count_chars() != len(text):
        return []  # signs outside the basic plane: places in the text are not those of the page
    letters = _Letters(layer.raw, left, top)
    words = _words(text, letters, range(len(text)), aside)
    if not may_be_doubled(words):
        return words
    placed = [_placed(letters, text, place) for place in range(len(text))]
    doubled = doubled_in(placed)
    kept = [place for place in range(len(text)) if place not in doubled]
    words = _words("".join(text[place] for place in kept), letters, kept, aside)
    return _bold_where_doubled(words, doubled, placed)


def _words(text: str, letters: "_Letters", places: Sequence[int], aside: Collection[int]) -> list[OcrWord]:
    """The words of a text whose signs stand at `places` of the layer; none where PDFium does not tell enough."""
    words = []
    for start, end, line in word_spans(text):
        if places[start] in aside:
            continue
        word = composed(text[start:end].translate(_HYPHENS))
        first, last = letters.box(places[start]), letters.box(places[end - 1])
        if first is None or last is None:
            return []
        if not word.strip():
            continue
        size = first.height
        if last.x0 < first.x0 - 1 or abs(last.top - first.top) > size or size <= 0:
            return []  # a word over two lines, or turned: pdfplumber knows better
        box = BoundingBox(first.x0, min(first.top, last.top), last.x1, max(first.bottom, last.bottom))
        font = letters.font(places[start])
        words.append(OcrWord(box_sign(word, font), box, 1.0, line, stated_size=size, bold=is_bold(font)))
    return words


def _placed(letters: "_Letters", text: str, place: int) -> PlacedLetter | None:
    box = None if text[place].isspace() else letters.box(place)
    return None if box is None else PlacedLetter(text[place], box)


def _bold_where_doubled(
    words: list[OcrWord], doubled: Mapping[int, int], placed: Sequence[PlacedLetter | None]
) -> list[OcrWord]:
    """The words, those bold that are made bold by being drawn twice: no more than half of a page is."""
    firsts = [letter.box for place in doubled.values() if (letter := placed[place]) is not None]
    corners = {(box.x0, box.top) for box in firsts}
    bold = [(word.box.x0, word.box.top) in corners for word in words]
    if 2 * sum(bold) >= len(words):
        return words
    return [replace(word, bold=word.bold or made) for word, made in zip(words, bold, strict=True)]


class _Letters:
    """Boxes and fonts of the letters of a text page, of which `left` and `top` are the page's edges as stored."""

    def __init__(self, layer: Any, left: float, top: float) -> None:
        import pypdfium2.raw as pdfium

        self._layer, self._left, self._top = layer, left, top
        self._rect = pdfium.FS_RECTF()
        self._name, self._flags = ctypes.create_string_buffer(128), ctypes.c_int()

    def box(self, index: int) -> BoundingBox | None:
        """In points from the top left."""
        import pypdfium2.raw as pdfium

        rect = self._rect
        if not pdfium.FPDFText_GetLooseCharBox(self._layer, index, ctypes.byref(rect)):
            return None
        return BoundingBox(
            rect.left - self._left, self._top - rect.top, rect.right - self._left, self._top - rect.bottom
        )

    def font(self, index: int) -> str:
        """The name of the font, empty where it has none."""
        import pypdfium2.raw as pdfium

        name = self._name
        length = pdfium.FPDFText_GetFontInfo(self._layer, index, name, len(name), ctypes.byref(self._flags))
        return name.raw[: max(0, length - 1)].decode("utf-8", "replace")


def word_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Where each word begins and ends, and the number of its line: a hyphen at the end of a line ends a word."""
    line, at = 1, 0
    for match in re.finditer(r"[^\s\x00-\x1f\ufffe]+[\x02\ufffe]?", text):
        start, end = match.span()
        if "\n" in text[at:start] or (at and text[at - 1] in "\x02\ufffe"):
            line += 1
        yield start, end, line
        at = end
