"""Frames as the recogniser of Latin script gives them, written down letter by letter."""

from collections.abc import Mapping

import numpy as np

from avskrift.ingest.ocr.lstm.line_image import FloatImage
from avskrift.ingest.ocr.lstm.recogniser import recogniser

BLANK = "·"
"""How a frame without a letter is written."""


def shown(letters: str, probability: float = 0.9, also: Mapping[int, tuple[str, float]] | None = None) -> FloatImage:
    """The frames of a line that show these letters, one each; `also` has what some frames show beside."""
    latin = recogniser("Latin")
    frames = np.full((len(letters), len(latin.letters)), 1e-6, np.float32)
    for frame, letter in enumerate(letters):
        frames[frame, latin.blank if letter == BLANK else latin.letters.index(letter)] = probability
    for frame, (letter, beside) in (also or {}).items():
        frames[frame, latin.letters.index(letter)] = beside
    return frames
