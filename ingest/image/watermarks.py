"""A watermark in a picture: large pale letters of one tone under or over the print. It is divided out, and print stays.

What is of one tone and no watermark keeps it: shaded cells and bars are rectangles, logos are small, photographs have
many tones.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from avskrift.ingest.image.connected_components import components_of
from avskrift.ingest.image.picture import Grey, grown, halved, opened, paper_of
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """What is a watermark. Pixels are those of a picture of 100 dots an inch, greys of 255."""

    paler: int = 10  # greys that a watermark is darker than the paper at least,
    lighter: float = 0.25  # of the way from ink to paper that it is lighter than ink at least
    ink: float = 1.0  # percentage of a page that is as dark as its ink
    halved_from: int = 180  # dots an inch
    stroke: int = 3  # pixels that its strokes are wide at least: the edges of print are thinner
    bridge: int = 13  # pixels of print over which its pieces belong together
    least_area: int = 250  # pixels of a piece
    least_share: float = 0.004  # of the page that all of it covers,
    most_share: float = 0.3  # and at most
    one_tone: float = 9.0  # greys by which half of it differs from the rest at most
    least_reach: float = 0.3  # of the page's shorter side that it reaches over
    most_filled: float = 0.8  # share of the smallest rectangle around a piece, in any direction, that it fills
    thickest: float = 0.05  # of the page's longer side that a stroke is thick


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Watermark:
    """A watermark that was taken out: its box in pixels, and its letters, black on white, at half the size."""

    box: BoundingBox
    letters: Grey


def without_watermark(grey: Grey, dpi: float) -> tuple[Grey, Watermark | None]:
    """The picture `grey` of `dpi` dots an inch without its watermark, and what was taken out; the picture itself where
    it bears none."""
    times, small = 1, grey
    while dpi / times >= SETTINGS.halved_from and min(small.shape) >= 2:
        small, times = halved(small), 2 * times
    paper = paper_of(small)
    found = _letters_in(small, paper)
    if found is None:
        return grey, None
    letters, tone = found
    reach = np.repeat(np.repeat(grown(letters, 5), times, axis=0), times, axis=1)
    reach = reach[: grey.shape[0], : grey.shape[1]]
    within = np.zeros(grey.shape, np.bool_)
    within[: reach.shape[0], : reach.shape[1]] = reach > 0
    lighter = np.clip(np.arange(256) * paper / tone, 0, paper).astype(np.uint8)
    cleaned = np.where(within, np.minimum(lighter[grey], np.maximum(grey, paper)), grey)
    x, y, wide, tall = cv2.boundingRect(letters)
    box = BoundingBox(x, y, x + wide, y + tall).scaled(times)
    return np.asarray(cleaned, np.uint8), Watermark(
        box, np.asarray(255 - letters[y : y + tall, x : x + wide], np.uint8)
    )


def _letters_in(small: Grey, paper: int) -> tuple[Grey, float] | None:
    """The letters of a watermark, white on black, and its tone; None without one."""
    ink = float(np.percentile(small[::4, ::4], SETTINGS.ink))
    darkest = ink + SETTINGS.lighter * (paper - ink)
    pale = np.asarray(cv2.inRange(small, int(darkest), paper - SETTINGS.paler), np.uint8)
    strokes = opened(pale, SETTINGS.stroke, SETTINGS.stroke)
    if not SETTINGS.least_share * strokes.size <= cv2.countNonZero(strokes) <= SETTINGS.most_share * strokes.size:
        return None
    side = SETTINGS.bridge
    bridged = np.asarray(cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)), np.uint8)
    pieces = components_of(bridged)
    large = np.isin(pieces.labels, np.flatnonzero(pieces.areas >= SETTINGS.least_area)) & (pieces.labels > 0)
    letters = np.asarray(large * np.uint8(255), np.uint8)
    core = small[(cv2.erode(strokes, np.ones((3, 3), np.uint8)) > 0) & large]
    if core.size == 0 or not _is_watermark(letters, core, small.shape):
        return None
    return letters, float(np.median(core))


def _is_watermark(letters: Grey, core: Grey, page: tuple[int, ...]) -> bool:
    low, high = np.percentile(core, (15, 85))
    _, _, wide, tall = cv2.boundingRect(letters)
    if high - low > 2 * SETTINGS.one_tone or max(wide, tall) < SETTINGS.least_reach * min(page):
        return False
    if cv2.countNonZero(letters) < SETTINGS.least_share * letters.size:
        return False
    thick = 2 * float(cv2.distanceTransform(letters, cv2.DIST_L2, 3).max())
    return thick <= SETTINGS.thickest * max(page) and _share_filled(letters) <= SETTINGS.most_filled


def _share_filled(letters: Grey) -> float:
    """How much of the smallest rectangles around its pieces a mask fills."""
    outlines, _ = cv2.findContours(letters, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    around = sum(wide * tall for _, (wide, tall), _ in map(cv2.minAreaRect, outlines))
    return cv2.countNonZero(letters) / max(1.0, around)


def levelled(watermark: Watermark, height: int) -> Grey:
    """The letters of a watermark set level, from left to right, black on white, of some `height` in pixels."""
    ink = 255 - watermark.letters
    (x, y), (wide, tall), angle = cv2.minAreaRect(cv2.findNonZero(ink))
    if wide < tall:
        wide, tall, angle = tall, wide, angle - 90
    if angle < -90:
        angle += 180
    scale = height / max(1.0, tall)
    turn = cv2.getRotationMatrix2D((x, y), angle, scale)
    edge = height // 2
    size = round(wide * scale) + 2 * edge, round(tall * scale) + 2 * edge
    turn[:, 2] += np.array([size[0] / 2 - x, size[1] / 2 - y])
    return np.asarray(255 - cv2.warpAffine(ink, turn, size, flags=cv2.INTER_AREA), np.uint8)
