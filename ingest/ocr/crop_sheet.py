"""Parts of lines set one under the other on a white sheet, for an engine that takes long to start."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.words import OcrWord


@dataclass(frozen=True, slots=True)
class Settings:
    """The sheet that crops are set on, in pixels."""

    margin: int = 28  # white left and right of the crops
    gap: int = 28  # white between two crops, above the first and below the last


SETTINGS = Settings()


def words_on_sheet(crops: Sequence[Grey], read: Callable[[Grey], list[OcrWord]]) -> list[list[OcrWord]]:
    """The words of each crop from left to right, their boxes in pixels of the crop; `read` reads a sheet."""
    if not crops:
        return []
    width = max(crop.shape[1] for crop in crops) + 2 * SETTINGS.margin
    height = sum(crop.shape[0] + SETTINGS.gap for crop in crops) + SETTINGS.gap
    sheet = np.full((height, width), 255, np.uint8)
    tops, top = [], SETTINGS.gap
    for crop in crops:
        tall, wide = crop.shape
        sheet[top : top + tall, SETTINGS.margin : SETTINGS.margin + wide] = crop
        tops.append(top)
        top += tall + SETTINGS.gap
    words = read(sheet)
    return [_words_of(words, top, crop.shape[0]) for crop, top in zip(crops, tops, strict=True)]


def _words_of(words: Sequence[OcrWord], top: int, height: int) -> list[OcrWord]:
    inside = [w for w in words if top <= w.box.middle <= top + height]
    return sorted((replace(w, box=w.box.moved(-SETTINGS.margin, -top)) for w in inside), key=lambda w: w.box.x0)
