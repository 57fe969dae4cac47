"""The picture of a page with nothing but print: dark on light, without coloured ink over it and without a watermark."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from avskrift.ingest.image.negatives import positive_of
from avskrift.ingest.image.picture import Grey
from avskrift.ingest.image.preprocessing import quarter_turned
from avskrift.ingest.image.stamps import CrossedPrint, without_ink_over_print
from avskrift.ingest.image.watermarks import Watermark, levelled, without_watermark
from avskrift.ingest.ocr.refine.refinement import ReadCrops
from avskrift.ingest.opened_pages import PageToOcr
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox
from avskrift.runtime.failures import Failures

_LETTER_HEIGHT = 0.15
"""Of the dots of an inch: how high the letters of a watermark are set to be read."""
_LEAST_SURE = 0.5
"""Mean confidence below which what was read of a watermark is not believed."""


@dataclass(frozen=True, slots=True)
class CleanPrint:
    """The picture, and what was taken out of it: kinds and boxes in pixels, and the watermark."""

    grey: Grey
    taken: tuple[tuple[str, BoundingBox], ...] = ()
    watermark: Watermark | None = None


def clean_print(pending: PageToOcr, dpi: int, failures: Failures) -> CleanPrint:
    """The page drawn at `dpi` dots an inch and cleaned; a step that fails is left out. Raises as `pending.render`."""
    colour = None if pending.render_colour is None else pending.render_colour(dpi)
    grey = pending.render(dpi) if colour is None else np.asarray(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY), np.uint8)
    stands = "light and dark stand as they came"
    positive = failures.attempt("telling a negative", lambda: positive_of(grey), grey, stands)
    as_it_is: tuple[Grey, Watermark | None] = (positive, None)
    without, watermark = failures.attempt(
        "looking for a watermark",
        lambda: without_watermark(positive, dpi),
        as_it_is,
        "words may have been read into it",
    )
    if colour is None or watermark is not None or positive is not grey:
        return CleanPrint(without, (), watermark)
    found = failures.attempt(
        "looking for coloured ink over print",
        lambda: without_ink_over_print(colour, dpi),
        CrossedPrint(grey, ()),
        "it stays in the picture",
    )
    return CleanPrint(found.grey, found.taken)


def words_of_watermark(watermark: Watermark, angle: int, dpi: int, read_lines: ReadCrops) -> tuple[OcrWord, ...]:
    """The words of a `watermark` on a page of `dpi` dots an inch that was turned by `angle` degrees clockwise to stand
    upright; none where they are not read surely. Raises as `read_lines`."""
    turned = Watermark(watermark.box, quarter_turned(watermark.letters, angle))
    (words,) = read_lines([levelled(turned, round(_LETTER_HEIGHT * dpi))])
    if not words or sum(word.confidence for word in words) < _LEAST_SURE * len(words):
        return ()
    return _joined(words)


def _joined(words: Sequence[OcrWord]) -> tuple[OcrWord, ...]:
    """The words; letters that each stand alone are one."""
    if len(words) < 2 or any(len(word.text) > 1 for word in words):
        return tuple(words)
    box = BoundingBox.enclosing(word.box for word in words)
    return (OcrWord("".join(word.text for word in words), box, min(word.confidence for word in words)),)
