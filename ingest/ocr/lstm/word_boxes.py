"""Where a word that was read from a line stands on the page: its letters' frames say roughly, its ink exactly."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.lstm.decoding import DecodedWord
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """Lengths are in frames: a letter's frame may be the first or the last that shows it."""

    before: int = 6  # from where ink of a word's first letter may begin to its frame
    after: int = 7  # from a word's last letter to where its ink may end


SETTINGS = Settings()


def word_boxes(
    words: Sequence[DecodedWord], ink: Grey, line: BoundingBox, left: float, frame: float
) -> list[BoundingBox]:
    """The boxes of a line's words on the page.

    `ink` is that of the whole page (not 0), `line` the line's box. The line's frames begin at `left` and are `frame`
    pixels wide each.
    """
    top, bottom = max(0, int(line.top)), int(np.ceil(line.bottom))
    return [_box(word, ink, top, bottom, left, frame) for word in words]


def _box(word: DecodedWord, ink: Grey, top: int, bottom: int, left: float, frame: float) -> BoundingBox:
    first, last = word.letters[0], word.letters[-1]
    begin = max(left + word.begin * frame, left + (first.first - SETTINGS.before) * frame)
    end = min(left + word.end * frame, left + (last.last + SETTINGS.after) * frame)
    x0, x1 = max(0, int(begin)), int(end) + 1
    part = ink[top:bottom, x0:x1] > 0
    columns, rows = np.flatnonzero(part.any(axis=0)), np.flatnonzero(part.any(axis=1))
    if len(columns) == 0:
        shown = left + first.first * frame, left + (last.last + 1) * frame
        return BoundingBox(float(int(shown[0])), float(top), float(int(shown[1]) + 1), float(bottom))
    return BoundingBox(
        float(x0 + columns[0]), float(top + rows[0]), float(x0 + columns[-1] + 1), float(top + rows[-1] + 1)
    )
