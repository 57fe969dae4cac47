"""Pictures of lines as a line recogniser takes them: of its height, and stretched from black to white."""

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from avskrift.ingest.image.picture import Grey
from avskrift.models.geometry import BoundingBox

FloatImage = npt.NDArray[np.float32]
"""Rows and columns of a picture, -1 black to 1 white."""
_Levels = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Settings:
    """As Tesseract has them (`kImagePadding`, `ComputeBlackWhite`)."""

    padding: int = 4  # pixels of the page around the box of a line that belong to it, where nothing else is asked for
    black: float = 0.25  # the quantile of the local minima of grey that is taken for black
    white: float = 0.75  # the quantile of the local maxima that is taken for white
    narrowest: int = 3  # pixels


SETTINGS = Settings()


class PreparedLine(NamedTuple):
    """A line to be read: its `pixels` (height x width, -1 black to 1 white), how many pixels of the page one of them
    covers from side to side (`scale`), and the part of the page that it shows (`box`, whole pixels)."""

    pixels: FloatImage
    scale: float
    box: BoundingBox


def prepared_line(grey: Grey, box: BoundingBox, height: int = 48, padding: int = SETTINGS.padding) -> PreparedLine:
    """The line in a box of a page, with `padding` pixels around it, scaled to `height` pixels. `box` is in pixels of
    `grey`, which tells 0 black to 255 white. A box without a pixel on the page gives a line of no width."""
    tall, wide = grey.shape
    x0, top = (max(0, int(value) - padding) for value in (box.x0, box.top))
    x1, bottom = min(wide, int(box.x1) + padding), min(tall, int(box.bottom) + padding)
    used = BoundingBox(x0, top, x1, bottom)
    if x1 <= x0 or bottom <= top:
        return PreparedLine(np.zeros((height, 0), np.float32), 1.0, used)
    factor = height / (bottom - top)
    width = max(SETTINGS.narrowest, round((x1 - x0) * factor))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    scaled = np.asarray(cv2.resize(grey[top:bottom, x0:x1], (width, height), interpolation=way), np.uint8)
    black, white = grey_levels(scaled[height // 2])
    contrast = (white - black) / 2 if white > black else 1.0
    # one value for each grey, looked up
    table = np.clip((np.arange(256) - black) / contrast - 1, -1, 1).astype(np.float32)
    return PreparedLine(table[scaled], (x1 - x0) / width, used)


def grey_levels(row: Grey) -> _Levels:
    """What is black and what is white in a line, by a row of pixels through its middle: a quantile of its local minima
    and one of its maxima; 0 and 255 where there are none."""
    before, here, after = (row[start : len(row) - 2 + start].astype(np.int16) for start in range(3))
    down, up = here - before, here - after
    minima = here[(down <= 0) & (up <= 0) & (down + up < 0)]
    maxima = here[(down >= 0) & (up >= 0) & (down + up > 0)]
    return (
        _quantile(minima, SETTINGS.black) if len(minima) else 0.0,
        _quantile(maxima, SETTINGS.white) if len(maxima) else 255.0,
    )


def _quantile(values: npt.NDArray[np.int16], share: float) -> float:
    """Where in a histogram with bins of one grey `share` of the values lie below, as Tesseract counts it
    (`STATS::ile`): values are spread evenly over their bin."""
    counts = np.bincount(values, minlength=256)
    below = np.cumsum(counts)
    wanted = max(1.0, share * len(values))
    at = int(np.searchsorted(below, wanted))
    return at + 1 - float(below[at] - wanted) / float(counts[at])
