"""`§ % @` that were read as what looks like them: `S 2`, `(8 126)`, `9,2 H0`, `anna.bergQpolisen.se`.

Beside a number the picture tells: of all that is mistaken for it, `§` alone encloses one small white spot at half its
height, and `%` alone two, left above and right below; an `8` encloses two above each other, an `S` none. Inside an
e-mail address nothing else than `@` stands for a capital or a sign.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

Shares = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Settings:
    """Where signs stand and what they enclose. Places and sizes of spots are shares of the sign's box."""

    beside: float = 1.0  # font sizes between a sign and its number at most
    around: int = 2  # pixels of paper around a sign
    enlarged: int = 4  # times that a sign is enlarged
    levels: Shares = (1.0, 0.75)  # times the usual grey that parts ink from paper: bold signs have grey spots
    speck: float = 0.004  # area up to which what a sign encloses is no spot
    section: Shares = (0.42, 0.56)  # height at which the spot of `§` stands
    section_area: float = 0.1  # area of it at most: a `0` encloses more
    section_height: float = 0.53  # height of it at most
    percent_left: Shares = (0.05, 0.3)  # where the spots of `%` stand from left to right
    percent_right: Shares = (0.6, 0.95)
    percent_above: Shares = (0.2, 0.38)  # and from top to bottom
    percent_below: Shares = (0.58, 0.78)
    percent_area: float = 0.08  # area of each at most
    percent_wide: Shares = (0.8, 1.5)  # width to height of the sign


SETTINGS = Settings()
RULE = "sign in the picture"
_TWICE = re.compile(r"[§$S8]{2}")
"""`§§`, or one sign that was read as two."""
_SECTION = re.compile(r"(\(?)[S$&8B53s]([.,;:)]?)")
_SECTION_AND_NUMBER = re.compile(r"(\(?)[S$&](\d{1,3}[.,;:)]?)")
_PERCENT = re.compile(r"(?!%)[^\s.,;:()]{1,4}")
_NUMBER = re.compile(r"\(?\d{1,3}(?:[a-z]|[–-]\d{1,3})?[.,;:)]*")
_AMOUNT = re.compile(r"\(?[-–—+±]*\d{1,3}(?:[.,]\d+)?")
_ADDRESS = re.compile(
    r"([a-z0-9][\w.-]*[a-zåäö0-9])[QOÖ&©€]([a-zåäö0-9][a-zåäö0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,}[.,;:)]*)"
)
_FILE = re.compile(r"\.(?:pdf|docx?|odt|xlsx?|ods|csv|pptx?|txt|rtf|html?|xml|json|zip|dwg|jpe?g|png|tiff?|gif)\W*$")
"""The names of files have capitals inside words too."""


class _Spot(NamedTuple):
    """A white spot that a sign encloses: its middle from the left and from the top, its height, its area."""

    x: float
    y: float
    height: float
    area: float


def correct_signs(page: OcrPage, text: PageText) -> PageText:
    """Corrects what the picture, or its place in an address, shows to be one of the signs."""
    words = list(text.words)
    for place, word in enumerate(words):
        if not word.corrected and (printed := _printed(page.image, words, place)):
            words[place] = word.with_correction(printed, RULE)
    percent = {word.text for word in words if word.corrected == "%" and not word.text.isdigit()}
    return text.with_words(_alike(words, place, percent) for place in range(len(words)))


def _alike(words: Sequence[OcrWord], place: int, percent: set[str]) -> OcrWord:
    """The word at a place, a percent sign where it stands like one and was read as others that are."""
    word = words[place]
    if word.corrected or word.text not in percent:
        return word
    return word.with_correction("%", RULE) if _follows_amount(words, place) else word


def _printed(image: PageImage, words: Sequence[OcrWord], place: int) -> str:
    """What a word reads with its sign; empty where it has none."""
    text = words[place].text
    if _TWICE.fullmatch(text) and any(c in "§$" for c in text):
        shapes = _tall_shapes(image, words[place])
        return "§" * len(shapes) if shapes and all(_is_section_sign(image, shape) for shape in shapes[:3]) else ""
    if (found := _ADDRESS.fullmatch(text)) and not _FILE.search(text):
        return f"{found[1]}@{found[2]}"
    return _with_section_sign(image, words, place) or _with_percent_sign(image, words, place)


def _with_section_sign(image: PageImage, words: Sequence[OcrWord], place: int) -> str:
    word = words[place]
    if found := _SECTION_AND_NUMBER.fullmatch(word.text):
        return f"{found[1]}§ {found[2]}" if _is_section_sign(image, _shape(image, word, first=True)) else ""
    found = _SECTION.fullmatch(word.text)
    if found is None or not any(_NUMBER.fullmatch(other.text) for other in _neighbours(words, place)):
        return ""
    return f"{found[1]}§{found[2]}" if _is_section_sign(image, _shape(image, word, first=not found[1])) else ""


def _with_percent_sign(image: PageImage, words: Sequence[OcrWord], place: int) -> str:
    word = words[place]
    is_candidate = _PERCENT.fullmatch(word.text) and _follows_amount(words, place)
    return "%" if is_candidate and _is_percent_sign(image, word.box) else ""


def _follows_amount(words: Sequence[OcrWord], place: int) -> bool:
    before = [other for other in _neighbours(words, place) if other.box.x0 < words[place].box.x0]
    return bool(before) and _AMOUNT.fullmatch(before[0].text) is not None


def _neighbours(words: Sequence[OcrWord], place: int) -> Iterator[OcrWord]:
    """The words right before and after one in its line."""
    word = words[place]
    for other in words[max(0, place - 1) : place + 2]:
        apart = max(other.box.x0 - word.box.x1, word.box.x0 - other.box.x1)
        if other is not word and other.line == word.line and apart < SETTINGS.beside * other.font_size:
            yield other


def _shape(image: PageImage, word: OcrWord, *, first: bool) -> BoundingBox | None:
    """The box of the first of a word's tall shapes, or of the last one."""
    tall = _tall_shapes(image, word)
    return None if not tall else tall[0 if first else -1]


def _tall_shapes(image: PageImage, word: OcrWord) -> list[BoundingBox]:
    """The boxes of a word's tall shapes from left to right."""
    shapes = [shape.box for shape in image.components(word.box.grown(2, 3, 2, 3), of_page=True)]
    return sorted(box for box in shapes if box.height > word.box.height / 2)


def _is_section_sign(image: PageImage, box: BoundingBox | None) -> bool:
    """Whether a sign encloses one small spot at half its height."""
    lowest, highest = SETTINGS.section
    return box is not None and any(
        len(spots) == 1
        and lowest <= spots[0].y <= highest
        and spots[0].area <= SETTINGS.section_area
        and spots[0].height <= SETTINGS.section_height
        for spots in _spots(image, box)
    )


def _is_percent_sign(image: PageImage, box: BoundingBox) -> bool:
    """Whether a sign encloses two small spots, left above and right below."""
    narrowest, widest = SETTINGS.percent_wide
    if not narrowest * box.height <= box.width <= widest * box.height:
        return False
    return any(len(spots) == 2 and _are_of_percent_sign(*sorted(spots)) for spots in _spots(image, box))


def _are_of_percent_sign(left: _Spot, right: _Spot) -> bool:
    across = _is_within(left.x, SETTINGS.percent_left) and _is_within(right.x, SETTINGS.percent_right)
    down = _is_within(left.y, SETTINGS.percent_above) and _is_within(right.y, SETTINGS.percent_below)
    return across and down and max(left.area, right.area) <= SETTINGS.percent_area


def _is_within(value: float, bounds: Shares) -> bool:
    return bounds[0] <= value <= bounds[1]


def _spots(image: PageImage, box: BoundingBox) -> Iterator[list[_Spot]]:
    """The spots that the ink of a sign encloses, its ink told from the paper around it at each of the levels."""
    around = SETTINGS.around
    part = image.crop(box.grown(around, around, around, around))
    if part.size == 0:
        return
    times = SETTINGS.enlarged
    large = np.asarray(cv2.resize(part, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC), np.uint8)
    usual, _ = cv2.threshold(large, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    height, width = large.shape
    for share in SETTINGS.levels:
        _, paper = cv2.threshold(large, share * usual, 255, cv2.THRESH_BINARY)
        framed = cv2.copyMakeBorder(paper, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=255)
        _, labels, table, centres = cv2.connectedComponentsWithStats(np.asarray(framed), connectivity=4)
        outside = labels[0, 0]
        yield [
            _Spot(x / width, y / height, row[cv2.CC_STAT_HEIGHT] / height, row[cv2.CC_STAT_AREA] / large.size)
            for label, (row, (x, y)) in enumerate(zip(table, centres, strict=True))
            if label not in (0, outside) and row[cv2.CC_STAT_AREA] > SETTINGS.speck * large.size
        ]
