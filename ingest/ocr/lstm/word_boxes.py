"""Where a word that was read from a line stands on the page: its letters' frames say roughly, its ink exactly."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avskrift.ingest.image.picture import Grey, runs_of
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
    """The boxes of a line's `words` on the page.

    `ink` is that of the whole page (not 0), `line` the line's box. The line's frames begin at `left` and are `frame`
    pixels wide each.
    """
    top, bottom = max(0, int(line.top)), int(np.ceil(line.bottom))
    white = np.logical_not((ink[top:bottom] > 0).any(axis=0))
    edges = _edges(words, np.asarray(white, bool), line, left, frame)
    return [_box(word, ink, top, bottom, left, frame, edge) for word, edge in zip(words, edges, strict=True)]


def _edges(
    words: Sequence[DecodedWord], white: npt.NDArray[np.bool_], line: BoundingBox, left: float, frame: float
) -> list[tuple[float, float]]:
    """Between what each word stands: the ends of the line and, between two words, the widest white between the letters
    around their space, for the frame that shows it may lie on one of them; that frame where nothing is white.

    `white` tells which columns of the page have no ink.
    """
    parted = [line.x0]
    for one, other in itertools.pairwise(words):
        x0, x1 = left + one.letters[-1].first * frame, left + other.letters[0].last * frame
        gap = _widest_run(white, max(0, int(x0)), int(x1) + 1)
        parted.append(left + one.end * frame if gap is None else gap)
    return list(itertools.pairwise([*parted, line.x1]))[: len(words)]


def _widest_run(white: npt.NDArray[np.bool_], x0: int, x1: int) -> float | None:
    """The middle of the widest white between two places, None without any."""
    begin, end = max(runs_of(white[x0:x1]), key=lambda run: run[1] - run[0], default=(0, 0))
    return x0 + (begin + end) / 2 if end > begin else None


def _box(
    word: DecodedWord, ink: Grey, top: int, bottom: int, left: float, frame: float, edge: tuple[float, float]
) -> BoundingBox:
    first, last = word.letters[0], word.letters[-1]
    begin = max(edge[0], left + (first.first - SETTINGS.before) * frame)
    end = min(edge[1], left + (last.last + SETTINGS.after) * frame)
    x0, x1 = max(0, int(begin)), int(end) + 1
    part = ink[top:bottom, x0:x1] > 0
    columns, rows = np.flatnonzero(part.any(axis=0)), np.flatnonzero(part.any(axis=1))
    if len(columns) == 0:
        shown = left + first.first * frame, left + (last.last + 1) * frame
        return BoundingBox(float(int(shown[0])), float(top), float(int(shown[1]) + 1), float(bottom))
    return BoundingBox(
        float(x0 + columns[0]), float(top + rows[0]), float(x0 + columns[-1] + 1), float(top + rows[-1] + 1)
    )
