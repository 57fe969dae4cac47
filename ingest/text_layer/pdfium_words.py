"""The words of a page's text layer as PDFium gives them: many times faster than pdfplumber, but without tables.

Used for pages without drawn rules. PDFium hands out a page's text at once; boxes are asked for the first and the last
sign of each word only.
"""

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from avskrift.ingest.text_layer.word_text import composed, is_bold
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

_HYPHENS = str.maketrans("\x02\ufffe", "--")
"""What PDFium gives for a hyphen at the end of a line."""
_MOST_PATHS = 3
"""Paths of a page without a table: an underlined heading, a rule above the footer."""


def words_on(pdf_page: Any, layer: Any) -> list[OcrWord]:
    """The words of a page (a pypdfium2 page, with its text page) with boxes in points from the top left, and type; none
    where PDFium does not tell enough."""
    import pypdfium2.raw as pdfium

    width, height = pdf_page.get_size()
    left, bottom, right, top = pdf_page.get_cropbox()
    if pdf_page.get_rotation() or abs(right - left - width) > 0.5 or abs(top - bottom - height) > 0.5:
        return []
    text = layer.get_text_range()
    if layer.count_chars() != len(text):
        return []  # signs outside the basic plane: places in the text are not those of the page
    raw = layer.raw
    rect = pdfium.FS_RECTF()
    where = ctypes.byref(rect)
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()

    def box(index: int) -> tuple[float, float, float, float] | None:
        if not pdfium.FPDFText_GetLooseCharBox(raw, index, where):
            return None
        return rect.left - left, top - rect.top, rect.right - left, top - rect.bottom

    words = []
    for start, end, line in _word_spans(text):
        first, last = box(start), box(end - 1)
        if first is None or last is None:
            return []
        length = pdfium.FPDFText_GetFontInfo(raw, start, name, len(name), ctypes.byref(flags))
        font = name.raw[: max(0, length - 1)].decode("utf-8", "replace")
        word = composed(text[start:end].translate(_HYPHENS))
        if not word.strip():
            continue
        size = first[3] - first[1]
        if last[0] < first[0] - 1 or abs(last[1] - first[1]) > size or size <= 0:
            return []  # a word over two lines, or turned: pdfplumber knows better
        words.append(
            OcrWord(
                word,
                BoundingBox(first[0], min(first[1], last[1]), last[2], max(first[3], last[3])),
                1.0,
                line,
                stated_size=size,
                bold=is_bold(font),
            )
        )
    return words


def _word_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Where each word begins and ends, and the number of its line: a hyphen at the end of a line ends a word."""
    line, at = 1, 0
    for match in re.finditer(r"[^\s\x00-\x1f\ufffe]+[\x02\ufffe]?", text):
        start, end = match.span()
        if "\n" in text[at:start] or (at and text[at - 1] in "\x02\ufffe"):
            line += 1
        yield start, end, line
        at = end


def has_rules(pdf_page: Any) -> bool:
    """Whether anything is drawn on the page but text and pictures, as the rules of a table are."""
    import pypdfium2.raw as pdfium

    kinds = [pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING]
    return sum(1 for _ in pdf_page.get_objects(filter=kinds, max_depth=3)) > _MOST_PATHS
