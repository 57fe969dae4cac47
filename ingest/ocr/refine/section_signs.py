"""Section signs that were read as what looks like them: `S 2`, `(8 126)`, `12 $`.

Beside a number the picture tells: of all that is mistaken for it, `§` alone encloses one small white spot at half its
height; an `8` encloses two, an `S` none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a section sign stands and what it encloses. Shares are of the height or the area of its box."""

    beside: float = 1.0  # font sizes between a sign and its number at most
    enlarged: int = 4  # times that a sign is enlarged
    levels: tuple[float, ...] = (1.0, 0.75)  # times the usual grey that parts ink from paper: bold signs have grey spots
    speck: float = 0.004  # share of its area up to which what a sign encloses is none
    middle: tuple[float, float] = (0.42, 0.56)  # share of its height where the middle of the spot stands
    largest: float = 0.1  # share of its area that the spot has at most: a `0` encloses more
    highest: float = 0.53  # share of its height


SETTINGS = Settings()
RULE = "section sign in the picture"
_TWICE = re.compile(r"§[$S]|[$S]§")
_ALONE = re.compile(r"(\(?)[S$&8B53s]([.,;:)]?)")
_BEFORE_NUMBER = re.compile(r"(\(?)[S$&](\d{1,3}[.,;:)]?)")
_NUMBER = re.compile(r"\(?\d{1,3}(?:[a-z]|[–-]\d{1,3})?[.,;:)]*")


def correct_section_signs(page: OcrPage, text: PageText) -> PageText:
    """Corrects what the picture shows to be section signs."""
    words = list(text.words)
    for place, word in enumerate(words):
        if not word.corrected and (printed := _printed(page.image, words, place)):
            words[place] = word.with_correction(printed, RULE)
    return text.with_words(words)


def _printed(image: PageImage, words: Sequence[OcrWord], place: int) -> str:
    """What a word reads with its section sign; empty where it has none."""
    text = words[place].text
    if _TWICE.search(text):
        return _TWICE.sub("§", text)
    if found := _BEFORE_NUMBER.fullmatch(text):
        sign = _shape(image, words[place], first=True)
        return f"{found[1]}§ {found[2]}" if sign is not None and _is_section_sign(image, sign) else ""
    found = _ALONE.fullmatch(text)
    if found is None or not any(_NUMBER.fullmatch(word.text) for word in _neighbours(words, place)):
        return ""
    sign = _shape(image, words[place], first=not found[1])
    return f"{found[1]}§{found[2]}" if sign is not None and _is_section_sign(image, sign) else ""


def _neighbours(words: Sequence[OcrWord], place: int) -> Iterator[OcrWord]:
    """The words right before and after one in its line."""
    word = words[place]
    for other in words[max(0, place - 1) : place + 2]:
        apart = max(other.box.x0 - word.box.x1, word.box.x0 - other.box.x1)
        if other is not word and other.line == word.line and apart < SETTINGS.beside * other.font_size:
            yield other


def _shape(image: PageImage, word: OcrWord, *, first: bool) -> BoundingBox | None:
    """The box of the first of a word's tall shapes, or of the last one."""
    shapes = [shape.box for shape in image.components(word.box.grown(2, 3, 2, 3), of_page=True)]
    tall = sorted(box for box in shapes if box.height > word.box.height / 2)
    return None if not tall else tall[0 if first else -1]


def _is_section_sign(image: PageImage, box: BoundingBox) -> bool:
    """Whether a shape encloses one small spot at half its height, its ink told from the paper at some of the levels."""
    part = image.crop(box)
    if part.size == 0:
        return False
    times = SETTINGS.enlarged
    large = np.asarray(cv2.resize(part, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC), np.uint8)
    usual, _ = cv2.threshold(large, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return any(_encloses_spot(large, share * usual) for share in SETTINGS.levels)


def _encloses_spot(sign: Grey, level: float) -> bool:
    """Whether what is darker than `level` encloses one small spot at half its height."""
    _, paper = cv2.threshold(sign, level, 255, cv2.THRESH_BINARY)
    framed = cv2.copyMakeBorder(paper, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=255)
    _, labels, table, centres = cv2.connectedComponentsWithStats(np.asarray(framed), connectivity=4)
    height, area = sign.shape[0], sign.size
    enclosed = [
        label
        for label in range(1, len(table))
        if label != labels[0, 0] and table[label, cv2.CC_STAT_AREA] > SETTINGS.speck * area
    ]
    if len(enclosed) != 1:
        return False
    (spot,) = enclosed
    lowest, highest = SETTINGS.middle
    at_half = lowest <= centres[spot][1] / height <= highest
    small = table[spot, cv2.CC_STAT_AREA] <= SETTINGS.largest * area
    return bool(at_half and small and table[spot, cv2.CC_STAT_HEIGHT] <= SETTINGS.highest * height)
