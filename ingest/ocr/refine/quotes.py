"""Quotation marks: all of a page as the most of them, those that an engine lost at the end of a word, and those that it
set apart from theirs.

Typographic marks (`”`) and straight ones (`\"`) look alike in a scan, but no page has both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

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
    level: float = 0.08  # sizes that one stroke may stand higher than the other
    apart: float = 0.22  # sizes between a word and its mark at most


SETTINGS = Settings()
RULE = "quotation mark in the picture"
_TYPOGRAPHIC, _STRAIGHT = "”", '"'


def correct_quotes(page: OcrPage, text: PageText) -> PageText:
    """Corrects quotation marks as the page's others and its picture show them."""
    marks = "".join(c for word in text.words for c in word.final_text if c in (_TYPOGRAPHIC, _STRAIGHT))
    if not marks:
        return text
    typographic = marks.count(_TYPOGRAPHIC) >= marks.count(_STRAIGHT)
    usual = _TYPOGRAPHIC if typographic else _STRAIGHT
    words = _with_close_marks(text.words)
    if len(marks) % 2:
        words = [_with_lost_mark(page.image, word, usual) for word in words]
    return text.with_words(_with_usual_marks(word, usual) for word in words)


def _with_usual_marks(word: OcrWord, usual: str) -> OcrWord:
    text = word.final_text
    found = text.replace(_STRAIGHT, usual).replace(_TYPOGRAPHIC, usual)
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


def _with_lost_mark(image: PageImage, word: OcrWord, usual: str) -> OcrWord:
    """The word with the mark that the picture shows at its end; only where its last sign cannot be one."""
    if word.corrected or not (word.text[-1:].isalpha() or word.text[-1:] in ".,?!") or len(word.text) < 2:
        return word
    size = word.font_size
    baseline = baseline_of(word.text, word.box.bottom, size)
    end = word.box.x1
    window = BoundingBox(end - SETTINGS.reach * size, word.box.top - 2, end + SETTINGS.reach * size, word.box.bottom)
    strokes = [
        shape.box for shape in image.components(window, of_page=True) if _is_stroke(shape.box, size, baseline, window)
    ]
    if len(strokes) != 2 or abs(strokes[0].top - strokes[1].top) > SETTINGS.level * size:
        return word
    beside = [shape.box for shape in image.components(window, of_page=True)]
    left = min(box.x0 for box in strokes)
    after = median([box.x0 for box in strokes])
    nothing_below = not any(box.bottom > baseline - size * SETTINGS.above and box.x1 > after for box in beside)
    return word.with_correction(word.text + usual, RULE) if nothing_below and left < end + size else word


def _is_stroke(box: BoundingBox, size: float, baseline: float, window: BoundingBox) -> bool:
    """Whether a shape is high, small and narrow."""
    least, most = SETTINGS.stroke
    high = baseline - box.bottom >= SETTINGS.above * size and box.top > window.top
    return high and least * size <= box.height <= most * size and box.width <= SETTINGS.widest * size
