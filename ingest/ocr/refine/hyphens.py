"""Hyphens at the ends of lines that an engine passed over: thin strokes fade first in a bad scan."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from avskrift.ingest.image.connected_components import components_in
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord, baseline_of
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """What a hyphen looks like. Sizes are font sizes of the word before it."""

    faint: int = 25  # greys of 255 that a stroke is darker than white; the paper of a preprocessed page is nearly white
    reach: float = 0.6  # sizes right of a word within which a hyphen ends
    above: float = 0.8  # sizes above the baseline where nothing else stands
    below: float = 0.1
    speck: float = 0.004  # area of a speck at most, in squares of the size
    width: tuple[float, float] = (0.14, 0.5)  # sizes
    thickest: float = 0.2  # sizes
    aspect: float = 1.4  # width to height
    middle: tuple[float, float] = (0.12, 0.42)  # sizes above the baseline


SETTINGS = Settings()
RULE = "hyphen in the picture"


def correct_hyphens(page: OcrPage, text: PageText) -> PageText:
    """Corrects the last words of lines after which the picture shows a hyphen."""
    words = list(text.words)
    for place in _ends_of_lines(words):
        word, last = words[place], words[place].text[-1:]
        if last.isalpha() and last.islower() and not word.corrected and _has_hyphen_after(page.image, word):
            words[place] = word.with_correction(f"{word.text}-", RULE)
    return text.with_words(words)


def _ends_of_lines(words: Sequence[OcrWord]) -> list[int]:
    """The place of the word farthest right in each line."""
    last: dict[int, int] = {}
    for place, word in enumerate(words):
        if word.line not in last or word.box.x1 > words[last[word.line]].box.x1:
            last[word.line] = place
    return list(last.values())


def _has_hyphen_after(image: PageImage, word: OcrWord) -> bool:
    """Whether a single short bar, and nothing else, stands right of a word."""
    size = word.font_size
    baseline = baseline_of(word.text, word.box.bottom, size)
    left, top = int(word.box.x1) + 1, max(0, int(baseline - SETTINGS.above * size))
    part = image.crop(BoundingBox(left, top, word.box.x1 + SETTINGS.reach * size, baseline + SETTINGS.below * size))
    if part.size == 0:
        return False
    _, ink = cv2.threshold(part, 255 - SETTINGS.faint, 255, cv2.THRESH_BINARY_INV)
    found = components_in(np.asarray(ink, dtype=np.uint8))
    shapes = [shape.box for shape in found if shape.area > SETTINGS.speck * size * size]
    if len(shapes) != 1 or shapes[0].x1 >= part.shape[1]:
        return False
    return _is_hyphen(shapes[0], (baseline - (top + shapes[0].middle)) / size, size)


def _is_hyphen(box: BoundingBox, middle: float, size: float) -> bool:
    """Whether a shape is a short bar whose middle stands so many sizes above the baseline."""
    shortest, longest = SETTINGS.width
    lowest, highest = SETTINGS.middle
    flat = box.height <= SETTINGS.thickest * size and box.width > SETTINGS.aspect * box.height
    return flat and shortest * size <= box.width <= longest * size and lowest <= middle <= highest
