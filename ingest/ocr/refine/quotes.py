"""Quotation marks: all of a page as the most of them, those that an engine lost beside a word, and those that it
set apart from theirs.

Typographic marks (`”`) and straight ones (`\"`) look alike in a scan, but no page has both.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from avskrift.ingest.image.connected_components import components_of
from avskrift.ingest.image.picture import crop
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord, baseline_of
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """What a quotation mark looks like. Sizes are font sizes of its word."""

    reach: float = 0.55  # sizes from the end of a word within which a mark stands
    stroke: tuple[float, float] = (0.14, 0.34)  # sizes of the height of one of its two strokes
    widest: float = 0.22  # sizes of the width of one
    above: float = 0.4  # sizes above the baseline that it stands
    slim: float = 1.1  # height to width of one at least
    level: float = 0.07  # sizes that one stroke may stand or reach higher than the other
    step: float = 0.3  # sizes from one stroke to the other
    most: int = 400  # strokes of a page: with more the picture is speckled
    apart: float = 0.22  # sizes between a word and its mark that was read as a word of its own, at most,
    apart_unread: float = 0.4  # and one that was not read


SETTINGS = Settings()
RULE = "quotation mark in the picture"
_TYPOGRAPHIC, _STRAIGHT = "”", '"'
_QUOTES = "”“\"'’‘»«„"
_TWICE = re.compile(r"[”\"]{2,}")


def correct_quotes(page: OcrPage, text: PageText) -> PageText:
    """Corrects quotation marks as the page's others and its picture show them."""
    marks = "".join(c for word in text.words for c in word.final_text if c in (_TYPOGRAPHIC, _STRAIGHT))
    if not marks:
        return text
    typographic = marks.count(_TYPOGRAPHIC) >= marks.count(_STRAIGHT)
    usual = _TYPOGRAPHIC if typographic else _STRAIGHT
    words = _with_close_marks(text.words)
    words = _with_lost_marks(page.image, words, usual)
    return text.with_words(_with_usual_marks(word, usual) for word in words)


def _with_usual_marks(word: OcrWord, usual: str) -> OcrWord:
    text = word.final_text
    found = _TWICE.sub(usual, text).replace(_STRAIGHT, usual).replace(_TYPOGRAPHIC, usual)
    return word if found == text else word.with_correction(found, word.corrected_by or RULE)


def _with_close_marks(words: Sequence[OcrWord]) -> list[OcrWord]:
    """The words, a mark that stands right after one as part of it."""
    found: list[OcrWord] = []
    for word in words:
        before = found[-1] if found else None
        if before is not None and _follows_closely(before, word):
            box = BoundingBox.enclosing([before.box, word.box])
            joined = replace(before, text=f"{before.text} {word.text}", box=box)
            found[-1] = joined.with_correction(before.final_text + word.final_text, before.corrected_by or RULE)
        else:
            found.append(word)
    return found


def _follows_closely(before: OcrWord, mark: OcrWord) -> bool:
    """Whether a word is a quotation mark, alone or with stops, that stands right after the word before it."""
    is_mark = mark.text[:1] in (_TYPOGRAPHIC, _STRAIGHT) and not any(c.isalnum() for c in mark.text)
    apart = mark.box.x0 - before.box.x1
    return is_mark and before.line == mark.line and apart < SETTINGS.apart * before.font_size


def _with_lost_marks(image: PageImage, words: list[OcrWord], usual: str) -> list[OcrWord]:
    """The words with the marks that the picture shows right before or after them."""
    if not words:
        return words
    boxes = np.array([word.box for word in words])
    for pair in _pairs(image, median(word.font_size for word in words)):
        level = (boxes[:, 1] - pair.height < pair.top) & (boxes[:, 3] > pair.bottom)
        apart = np.maximum(boxes[:, 0] - pair.x1, pair.x0 - boxes[:, 2])
        apart[~level] = np.inf
        place = int(apart.argmin())
        if not np.isfinite(apart[place]):
            continue
        words[place] = _with_mark(image, words[place], pair, usual)
    return words


def _pairs(image: PageImage, size: float) -> list[BoundingBox]:
    """The boxes of pairs of small strokes beside each other, as large as the strokes of marks of about such a size."""
    shapes = components_of(image.page_ink)
    least, most = (times * size for times in SETTINGS.stroke)
    fits = (shapes.heights >= least) & (shapes.heights <= most) & (shapes.widths <= SETTINGS.widest * size)
    fits &= shapes.heights >= SETTINGS.slim * shapes.widths
    strokes = sorted(shape.box for shape in shapes.chosen(fits))
    if len(strokes) > SETTINGS.most:
        return []
    return [
        BoundingBox.enclosing([one, other])
        for place, one in enumerate(strokes)
        for other in strokes[place + 1 : place + 6]
        if abs(one.top - other.top) <= SETTINGS.level * size
        and abs(one.height - other.height) <= SETTINGS.level * size
        and 0 < other.x0 - one.x0 <= SETTINGS.step * size
    ]


def _with_mark(image: PageImage, word: OcrWord, pair: BoundingBox, usual: str) -> OcrWord:
    """The word with a mark where a pair of strokes stands before or after it, unless it was read there."""
    text, size = word.final_text, word.font_size
    baseline = baseline_of(word.text, word.box.bottom, size)
    apart = max(word.box.x0 - pair.x1, pair.x0 - word.box.x1)
    if word.corrected or baseline - pair.bottom < SETTINGS.above * size or apart > SETTINGS.apart_unread * size:
        return word
    if pair.x1 < word.box.x0 + SETTINGS.reach * size and _is_free(image, word, pair, before=True):
        return word if any(c in _QUOTES for c in text[:2]) else word.with_correction(usual + text, RULE)
    if pair.x0 > word.box.x1 - SETTINGS.reach * size and _is_free(image, word, pair, before=False):
        return word if any(c in _QUOTES for c in text[-3:]) else word.with_correction(text + usual, RULE)
    return word


def _is_free(image: PageImage, word: OcrWord, pair: BoundingBox, *, before: bool) -> bool:
    """Whether nothing of a word stands below a pair or on its far side."""
    window = BoundingBox(
        min(word.box.x0, pair.x0) if before else pair.x0 + 1,
        pair.bottom + 1,
        pair.x1 - 1 if before else max(word.box.x1, pair.x1),
        word.box.bottom,
    )
    part = crop(image.page_ink, window)
    return part.size == 0 or not bool(part.any())
