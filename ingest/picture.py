"""A page as a picture: what state it is in, and what is done before an engine reads it.

A clean page goes through untouched. Skew is found from the profile of the rows; specks and uneven light are
measured, and only a page that shows them is cleaned: light evened, specks painted over.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]

_STEEPEST = 6.0
_SMALLEST_SKEW = 0.15
_PAPER = 245
_LARGEST_SPECK = 12
"""In pixels at 200 dots an inch: of 5 to 18 tried on two noisy scans, 10 to 14 lost the fewest letters."""


@dataclass(frozen=True, slots=True)
class State:
    """What a picture shows: `specks` for each letter-sized shape, `unevenness` of the light (0 to 255)."""

    specks: float
    unevenness: float

    @property
    def bad(self) -> bool:
        return self.speckled or self.uneven

    @property
    def speckled(self) -> bool:
        return self.specks > 0.5 and self.uneven

    @property
    def uneven(self) -> bool:
        return self.unevenness > 10.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be read, and by how many degrees (clockwise) it was straightened."""

    picture: Grey
    skew: float


def state_of(grey: Grey, dpi: int) -> State:
    """The state of a picture of `dpi` dots an inch."""
    light = _light(grey)
    inner = light[light.shape[0] // 12 : -light.shape[0] // 12, light.shape[1] // 12 : -light.shape[1] // 12]
    unevenness = float(np.percentile(inner, 95) - np.percentile(inner, 5))
    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    areas, heights = stats[1:, cv2.CC_STAT_AREA], stats[1:, cv2.CC_STAT_HEIGHT]
    unit = dpi / 200
    letters = int(np.sum((heights > 9 * unit) & (heights < 60 * unit)))
    specks = int(np.sum(areas <= 4 * unit * unit))
    return State(specks / max(letters, 60), unevenness)


def _light(grey: Grey) -> Grey:
    """The paper without the ink: the brightness of the surroundings of each point, at a tenth of the size."""
    small = cv2.resize(grey, None, fx=0.1, fy=0.1, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 21), dtype=np.uint8)


def ink_of(grey: Grey) -> float:
    """The share of the picture that is dark."""
    return float(np.mean(grey < 128))


def skew_of(grey: Grey) -> float:
    """The angle (degrees, counted clockwise) by which lines of text slope."""
    ink = _ink(grey, 700)
    best = _sharpest(ink, np.arange(-_STEEPEST, _STEEPEST + 0.1, 1.0))
    for step in (0.25, 0.08):
        best = _sharpest(ink, np.arange(best[1] - 4 * step, best[1] + 4.01 * step, step))
    return best[1]


def _ink(grey: Grey, width: int) -> Grey:
    """The ink of a picture scaled to `width` pixels: what is darker than its surroundings."""
    size = (width, max(1, round(grey.shape[0] * width / grey.shape[1])))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    edge = cv2.absdiff(small, cv2.medianBlur(small, 15))
    return np.where(edge > 25, 255, 0).astype(np.uint8)


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
    """The picture made ready: straightened where it slopes, cleaned where it is bad."""
    skew = skew_of(grey)
    height, width = grey.shape
    picture = grey
    if state.uneven:
        picture = _even_light(picture)
    if state.speckled:
        picture = _without_specks(picture, dpi)
    if abs(skew) >= _SMALLEST_SKEW:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
        picture = np.asarray(
            cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255), dtype=np.uint8
        )
    else:
        skew = 0.0
    return Prepared(picture, skew)


def _even_light(grey: Grey) -> Grey:
    light = cv2.resize(_light(grey), (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(grey.astype(np.float32) / np.maximum(light, 40) * _PAPER, 0, 255), dtype=np.uint8)


def _without_specks(grey: Grey, dpi: int) -> Grey:
    """Specks smaller than the dots of ä and ö in small type are painted over with paper."""
    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    small = stats[:, cv2.CC_STAT_AREA] <= _LARGEST_SPECK * (dpi / 200) ** 2
    small[0] = False
    specks = cv2.dilate(small[labels].astype(np.uint8), np.ones((3, 3), np.uint8))
    out = grey.copy()
    out[specks > 0] = _PAPER
    return np.asarray(out, dtype=np.uint8)
