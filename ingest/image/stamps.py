"""Stamps and handwriting in coloured ink across black print: taken out of the picture, so that the print can be read.

Coloured letters that stand by themselves (a heading, a stamp beside the text) are print like any other and stay.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from avskrift.ingest.image.connected_components import Component, Components, components_of
from avskrift.ingest.image.picture import Colour, Grey, grown, paper_of, up_to
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """What is coloured ink over print. Greys and chroma (the strongest of red, green and blue less the weakest) are of
    255."""

    chroma: int = 60  # of coloured ink at least
    neutral: int = 40  # chroma of black print at most: the fringes of scanned letters reach some 30
    lightest: int = 235  # grey of coloured ink
    dark: int = 130  # grey of black print at most
    smallest: float = 0.3  # inches of the longer side of a stamp or of handwriting
    together: float = 0.12  # inches between the strokes of one hand or stamp at most
    letters: tuple[float, float] = (0.04, 0.3)  # inches that letters are high
    crossed: int = 2  # black letters, at least, that what lies over print crosses
    ring: float = 0.12  # a stamp has a frame: in so narrow a ring along the edges of its box, as a share of its sides,
    framed: float = 0.4  # lies such a share of its ink
    smallest_frame: int = 8  # pixels


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class CrossedPrint:
    """The grey picture without ink over print, and what was taken out: `stamp` or `handwriting`, boxes in pixels."""

    grey: Grey
    taken: tuple[tuple[str, BoundingBox], ...]


@dataclass(frozen=True, slots=True)
class _Inks:
    """The inks of a page in colour: its coloured ink (0 or 1), its black letters, and where they touch."""

    strongest: Grey
    coloured: Grey
    letters: Components
    touched: npt.NDArray[np.integer]


def without_ink_over_print(colour: Colour, dpi: int) -> CrossedPrint:
    """The page in grey, coloured ink that crosses black letters faded to paper."""
    grey = np.asarray(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    red, green, blue = cv2.split(colour)
    strongest = np.asarray(cv2.max(cv2.max(red, green), blue), dtype=np.uint8)
    chroma = np.asarray(cv2.subtract(strongest, cv2.min(cv2.min(red, green), blue)), dtype=np.uint8)
    strong = cv2.threshold(chroma, SETTINGS.chroma, 1, cv2.THRESH_BINARY)[1]
    coloured = np.asarray(cv2.bitwise_and(strong, up_to(grey, SETTINGS.lightest - 1)), dtype=np.uint8)
    if cv2.countNonZero(coloured) < SETTINGS.smallest * dpi:
        return CrossedPrint(grey, ())
    reach = max(3, int(SETTINGS.together * dpi)) | 1
    hands = components_of(grown(coloured, reach))
    black = cv2.bitwise_and(up_to(grey, SETTINGS.dark - 1), up_to(chroma, SETTINGS.neutral - 1))
    letters = components_of(np.asarray(black, dtype=np.uint8))
    inks = _Inks(strongest, coloured, letters, np.where(grown(coloured, 5) > 0, letters.labels, 0))
    paper = paper_of(grey)
    taken = []
    for hand in hands.chosen():
        large = max(hand.box.width, hand.box.height) - reach >= SETTINGS.smallest * dpi
        if large and _crosses_print(hand, hands, inks, dpi):
            is_framed = _fade(grey, hand, hands, inks, paper, reach // 2)
            half = -(reach // 2)
            taken.append(("stamp" if is_framed else "handwriting", hand.box.grown(half, half, half, half)))
    return CrossedPrint(grey, tuple(taken))


def _place(component: Component) -> tuple[slice, slice]:
    x0, top, x1, bottom = map(int, component.box)
    return slice(top, bottom), slice(x0, x1)


def _crosses_print(hand: Component, hands: Components, inks: _Inks, dpi: int) -> bool:
    place = _place(hand)
    least, most = (inches * dpi for inches in SETTINGS.letters)
    touched = np.unique(inks.touched[place][hands.labels[place] == hand.label])
    return sum(bool(n and least < inks.letters.heights[n] < most) for n in touched) >= SETTINGS.crossed


def _fade(grey: Grey, hand: Component, hands: Components, inks: _Inks, paper: int, margin: int) -> bool:
    """Fades the strokes of a hand in the picture; tells whether they form a frame. The hand's box reaches `margin`
    pixels beyond its strokes.

    The strongest of red, green and blue passes through the ink almost as through paper; black stops all three.
    """
    place = _place(hand)
    own = hands.labels[place] == hand.label
    strokes = (inks.coloured[place] > 0) & own
    strongest = inks.strongest[place]
    through = strongest.astype(np.float32) * (paper / max(float(np.median(strongest[strokes])), 1.0))
    wet = (grown(strokes.astype(np.uint8), 3) > 0) & own
    grey[place][wet] = np.clip(through, 0, paper)[wet].astype(np.uint8)
    return _is_framed(strokes[margin:-margin, margin:-margin])


def _is_framed(strokes: npt.NDArray[np.bool_]) -> bool:
    tall, wide = strokes.shape
    if min(tall, wide) < SETTINGS.smallest_frame:
        return False
    down, across = max(2, int(SETTINGS.ring * tall)), max(2, int(SETTINGS.ring * wide))
    return float(strokes[down:-down, across:-across].sum()) < (1 - SETTINGS.framed) * float(strokes.sum())
