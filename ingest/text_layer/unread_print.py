"""Print on a page that none of its words stands for: lines of letters in the drawn page under no word's box."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from avskrift.ingest.image.picture import ink_level, up_to
from avskrift.ingest.image.text_lines import TextLine, text_lines_of
from avskrift.models.geometry import BoundingBox

if TYPE_CHECKING:
    from avskrift.ingest.image.picture import Grey


@dataclass(frozen=True, slots=True)
class Settings:
    """What is a line of print, and when words stand for it."""

    fewest_shapes: int = 4
    """A line of fewer shapes is a sign or a speck."""
    sizes: tuple[float, float] = (2.5, 30.0)
    """Points from the baseline to the tops of small letters."""
    least_contrast: int = 40
    """Of 255: a page whose ink differs by less from its paper shows none."""
    shared_height: float = 0.4
    """Share of the lower of line and word that both share in height, for the word to stand for a part of the line."""
    covered: float = 0.5
    """Share of a line's width under words from which it is read."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of print: its box in points, how many shapes it has, and whether words stand for it."""

    box: BoundingBox
    shapes: int
    read: bool


def printed_lines(picture: "Grey", dpi: float, words: Sequence[BoundingBox]) -> list[PrintedLine]:
    """The lines of print in `picture`, a page in grey of `dpi` dots an inch, and whether any of `words`, boxes in
    points from the page's top left, stand for them."""
    level = ink_level(picture)
    if picture.size == 0 or int(picture.max()) - int(picture.min()) < SETTINGS.least_contrast:
        return []
    scale = 72 / dpi
    found = text_lines_of(up_to(picture, level), dpi, lambda x0, x1, y: False)
    boxes = np.array(words, dtype=np.float64).reshape(-1, 4)
    return [
        PrintedLine(box, line.shapes, _covered(box, boxes) >= SETTINGS.covered)
        for line in found
        if _is_print(line, scale)
        for box in [line.box.scaled(scale)]
    ]


def _is_print(line: TextLine, scale: float) -> bool:
    smallest, largest = SETTINGS.sizes
    return line.shapes >= SETTINGS.fewest_shapes and smallest <= (line.baseline - line.x_top) * scale <= largest


def _covered(line: BoundingBox, words: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> float:
    """The share of a line's width under words at its height."""
    if not len(words) or line.width <= 0:
        return 0.0
    shared = np.minimum(words[:, 3], line.bottom) - np.maximum(words[:, 1], line.top)
    lower = np.minimum(words[:, 3] - words[:, 1], line.height)
    beside = words[shared >= SETTINGS.shared_height * np.maximum(lower, 0.1)]
    covered, end = 0.0, line.x0
    for x0, _, x1, _ in beside[np.argsort(beside[:, 0])].tolist():
        start, stop = max(x0, end), min(x1, line.x1)
        if stop > start:
            covered, end = covered + stop - start, stop
    return covered / line.width
