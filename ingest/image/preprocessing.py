"""A page as a picture: what state it is in, and what is done before an engine reads it.

A clean page is only straightened. Skew is found from the profile of the rows. Specks and uneven light are measured,
and only a page that shows them is cleaned: specks taken out, light evened, what shines through from the back and the
grain of the paper faded, all at the resolution that the page was scanned at and only then made larger.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]

cv2.setNumThreads(1)  # pages are made ready side by side; threads of its own would only stand in each other's way

_STEEPEST = 6.0
_SMALLEST_SKEW = 0.15
_LONGEST = 8
"""How many times as long as wide a picture is at most when its slope is looked for: a strip of a few pixels across
would become a picture of gigabytes."""
_PAPER = 245
_LARGEST_SPECK, _SMALLEST_DOT, _CLOSE = 8, 2, 15
"""Areas in pixels at 200 dots an inch: what stands alone is a speck up to the first, what stands close to letters up
to the second (dots and stops are larger); how close that is, in pixels. Tried on five faxes: the fewest lost words."""
_BAD_DPI = 300
"""The resolution that a bad page is made ready for."""
_ISOLATED = 35
"""How much (of 255) a pixel differs from the median of its surroundings that is a speck of a grey scan."""
_BLUR = 1.2
_BLACK, _WHITE = 60, 220
"""Evened light runs from ink to paper between these; what shines through from the back is lighter. Of 190 to 230 tried
on eight bad pages, 218 to 222 lost the fewest words (benchmarks/README.md)."""


@dataclass(frozen=True, slots=True)
class State:
    """What a picture shows: `specks` for each letter-sized shape, `unevenness` of the light (0 to 255), whether it has
    only black and white."""

    specks: float
    unevenness: float
    two_toned: bool = False

    @property
    def bad(self) -> bool:
        return self.speckled or self.uneven

    @property
    def speckled(self) -> bool:
        return self.specks > 0.3

    @property
    def uneven(self) -> bool:
        return self.unevenness > 10.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be read, its dots an inch, and by how many degrees (clockwise) it was straightened.

    `smoother` is the same picture with less grain and less detail, for a second reading; None where one is enough.
    """

    picture: Grey
    dpi: int
    skew: float
    smoother: Grey | None = None


def state_of(grey: Grey, dpi: int) -> State:
    """The state of a picture of `dpi` dots an inch."""
    light = _light(grey)
    inner = light[light.shape[0] // 12 : -light.shape[0] // 12, light.shape[1] // 12 : -light.shape[1] // 12]
    if inner.size == 0:  # a picture of a few pixels is all edge
        inner = light
    unevenness = float(np.percentile(inner, 95) - np.percentile(inner, 5))
    tall = grey.shape[0]
    level, _ = cv2.threshold(np.ascontiguousarray(grey[::2, ::2]), 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    part = grey[tall // 8 : max(5 * tall // 8, tall // 8 + 1)]  # half is enough
    _, ink = cv2.threshold(part, level, 255, cv2.THRESH_BINARY_INV)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    areas, heights = stats[1:, cv2.CC_STAT_AREA], stats[1:, cv2.CC_STAT_HEIGHT]
    unit = dpi / 200
    letters = int(np.sum((heights > 9 * unit) & (heights < 60 * unit)))
    specks = int(np.sum(areas <= 4 * unit * unit))
    part = grey[::4, ::4]
    two_toned = float(np.mean((part < 8) | (part > 247))) > 0.93
    return State(specks / max(letters, 60), unevenness, two_toned)


def _light(grey: Grey) -> Grey:
    """The paper without the ink: the brightness of the surroundings of each point, at a tenth of the size."""
    if min(grey.shape) < 10:
        tenth = (max(1, grey.shape[1] // 10), max(1, grey.shape[0] // 10))
        small = cv2.resize(grey, tenth, interpolation=cv2.INTER_AREA)
    else:
        small = cv2.resize(grey, None, fx=0.1, fy=0.1, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 21), dtype=np.uint8)


def cut(picture: Grey, x0: float, top: float, x1: float, bottom: float) -> Grey:
    """The part of a picture between whole pixels, x1 and bottom left out; empty where it lies outside the picture."""
    return picture[max(0, int(top)) : max(0, int(bottom)), max(0, int(x0)) : max(0, int(x1))]


def ink_of(grey: Grey) -> float:
    """The share of the picture that is dark."""
    return float(np.mean(grey < 128))


def paper_of(grey: Grey) -> int:
    """The grey of the paper, of 255: most of a page is paper."""
    return int(np.median(grey[::8, ::8]))


def skew_of(grey: Grey) -> float:
    """The angle (degrees, counted clockwise) by which lines of text slope."""
    ink = _ink(grey, 700)
    best = _sharpest(ink, np.arange(-_STEEPEST, _STEEPEST + 0.1, 1.0))
    for step in (0.25, 0.08):
        best = _sharpest(ink, np.arange(best[1] - 4 * step, best[1] + 4.01 * step, step))
    return best[1]


def _ink(grey: Grey, width: int) -> Grey:
    """The ink of a picture scaled to `width` pixels: what is darker than its surroundings, without the page's edges,
    where shadows and punch holes are."""
    tall, wide = grey.shape
    inner = grey[tall // 20 : tall - tall // 20, wide // 20 : wide - wide // 20]
    height = max(1, round(inner.shape[0] * width / inner.shape[1]))
    size = (width, min(height, _LONGEST * width))
    small = cv2.resize(inner, size, interpolation=cv2.INTER_AREA)
    darker = cv2.subtract(cv2.blur(small, (21, 21)), small)
    return np.asarray(cv2.threshold(darker, 20, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def _sharpest(ink: Grey, angles: npt.NDArray[np.float64]) -> tuple[float, float]:
    """How sharp rows are at the best of `angles`, and that angle."""
    return max((_sharpness(ink, float(angle)), float(angle)) for angle in angles)


def _sharpness(ink: Grey, angle: float) -> float:
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_NEAREST).sum(axis=1, dtype=np.float64)
    return float(np.sum(np.diff(rows) ** 2) / (np.sum(rows) ** 2 / len(rows) + 1.0))


def lies_on_its_side(grey: Grey) -> bool:
    """Whether the lines of text run from top to bottom: columns are then sharper than rows."""
    ink = _ink(grey, 450)
    angles = np.arange(-_STEEPEST, _STEEPEST + 0.1, 1.0)
    upright, _ = _sharpest(ink, angles)
    turned, _ = _sharpest(np.ascontiguousarray(np.rot90(ink)), angles)
    return turned > 1.6 * upright


def prepared(grey: Grey, dpi: int, state: State) -> Prepared:
    """The picture made ready: straightened where it slopes, cleaned and made larger where it is bad."""
    skew = skew_of(grey)
    if abs(skew) < _SMALLEST_SKEW:
        skew = 0.0
    if not state.bad:
        return Prepared(_turned(grey, skew, 1.0, 255), dpi, skew)
    if state.two_toned:
        picture = _turned(_even_light(grey), skew, _BAD_DPI / dpi, _PAPER)
        if state.speckled:
            picture = _without_specks(picture, _BAD_DPI)
        return Prepared(_contrasted(picture), _BAD_DPI, skew)
    cleaned = (_without_isolated(grey), np.asarray(cv2.medianBlur(grey, 3), dtype=np.uint8))
    sharper, smoother = (_contrasted(_turned(_even_light(g), skew, _BAD_DPI / dpi, _PAPER)) for g in cleaned)
    return Prepared(sharper, _BAD_DPI, skew, smoother)


def _contrasted(picture: Grey) -> Grey:
    """The picture a little blurred, from black ink to white paper."""
    blurred = cv2.GaussianBlur(picture, (0, 0), _BLUR)
    steps = np.clip((np.arange(256, dtype=np.float32) - _BLACK) * 255 / (_WHITE - _BLACK), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(blurred, steps), dtype=np.uint8)


def _turned(grey: Grey, degrees: float, scale: float, ground: int) -> Grey:
    """The picture turned about its middle and made larger, at once so that it is sampled only once."""
    if degrees == 0.0 and scale == 1.0:
        return grey
    height, width = grey.shape
    tall, wide = round(height * scale), round(width * scale)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale)
    turn[0, 2] += (wide - width) / 2
    turn[1, 2] += (tall - height) / 2
    return np.asarray(
        cv2.warpAffine(grey, turn, (wide, tall), flags=cv2.INTER_CUBIC, borderValue=ground), dtype=np.uint8
    )


def straightened(grey: Grey, rotation: int, skew: float) -> Grey:
    """A page's picture as it was read: turned by `rotation` degrees clockwise (0, 90, 180, 270), then by `skew` about
    its middle."""
    upright = np.ascontiguousarray(np.rot90(grey, k=-(rotation // 90))) if rotation else grey
    return _turned(upright, skew, 1.0, _PAPER)


def _without_isolated(grey: Grey) -> Grey:
    """Single pixels, or two, that differ much from all around them take the grey of their surroundings."""
    around = cv2.medianBlur(grey, 3)
    apart = cv2.absdiff(grey, around) > _ISOLATED
    beside = cv2.filter2D(apart.astype(np.uint8), -1, np.ones((3, 3), np.uint8))
    return np.where(apart & (beside <= 2), around, grey)


def _even_light(grey: Grey) -> Grey:
    light = cv2.resize(_light(grey), (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(grey.astype(np.float32) / np.maximum(light, 40) * _PAPER, 0, 255), dtype=np.uint8)


def _without_specks(grey: Grey, dpi: int) -> Grey:
    """Specks are painted over with paper: small shapes that stand alone, and the smallest anywhere.

    Dots and stops stand close to letters, and are larger than the smallest specks.
    """
    unit = (dpi / 200) ** 2
    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    areas = stats[:, cv2.CC_STAT_AREA]
    large = areas > _LARGEST_SPECK * unit
    large[0] = False
    reach = int(_CLOSE * dpi / 200) | 1
    near = cv2.dilate(large[labels].astype(np.uint8), np.ones((reach, reach), np.uint8))
    close = np.zeros(len(areas), bool)
    close[np.unique(labels[near > 0])] = True
    small = np.where(close, areas <= _SMALLEST_DOT * unit, areas <= _LARGEST_SPECK * unit)
    small[0] = False
    specks = cv2.dilate(small[labels].astype(np.uint8), np.ones((3, 3), np.uint8))
    out = grey.copy()
    out[(specks > 0) & ~large[labels]] = _PAPER
    return np.asarray(out, dtype=np.uint8)
