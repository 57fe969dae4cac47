"""Two readings of one bad page, of pictures made ready in two ways, as one: of each word the surer reading.

An engine misreads a blurred letter in one picture and not in the other. Both pictures lie alike, so that words are
readings of the same print where their boxes lie over each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from avskrift.ingest.grouping import connected
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord


@dataclass(frozen=True, slots=True)
class Settings:
    """When a page is read twice, and which reading of a word is taken."""

    unsure: float = 0.8  # confidence below which a word is unsure
    few: float = 0.02  # share of unsure words up to which a page is read once
    # By how much a second reading must be surer than the first, which is of the sharper picture. Of -0.03 to 0.08
    # tried on sixteen bad pages, all lost as many words, within one in five hundred.
    surer: float = 0.03
    shared_width: float = 0.4  # of the narrower of two boxes that are readings of the same print
    shared_height: float = 0.5  # of the lower one


SETTINGS = Settings()
_STOPS = ".:,;"


def read_twice(page: OcrPage, text: PageText) -> PageText:
    """Reads a second, smoother picture of a page that was read unsurely, and merges both readings."""
    if page.image.smoother is None or not needs_second_reading(text.words):
        return text
    return text.with_words(merged(text.words, page.read_page(replace(page.image, picture=page.image.smoother))))


def needs_second_reading(words: Sequence[OcrWord]) -> bool:
    """Whether a page was read so unsurely that a second reading is worth its time."""
    long = [w for w in words if len(w.text) >= 2]
    return sum(w.confidence < SETTINGS.unsure for w in long) > SETTINGS.few * len(long)


def merged(first: Sequence[OcrWord], second: Sequence[OcrWord]) -> list[OcrWord]:
    """The words of the first reading, each as the surer of the two readings has it; what only the second reading
    has is left out. Boxes of both are pixels of pictures that lie alike."""
    return [word for mine, other in _same_print(first, second) for word in _surer(mine, other)]


def _surer(mine: list[OcrWord], other: list[OcrWord]) -> list[OcrWord]:
    """The surer of two readings of the same print; where both agree, the higher confidence of each word."""
    if not other or not _is_one_line(mine) or not _is_one_line(other):
        return mine
    if _text(mine) == _text(other) and len(mine) == len(other):
        both = zip(mine, other, strict=True)
        return [replace(a, confidence=max(a.confidence, b.confidence)) for a, b in both]
    return [replace(w, line=mine[0].line) for w in other] if _is_better(other, mine) else mine


def _is_one_line(words: Sequence[OcrWord]) -> bool:
    return len({w.line for w in words}) <= 1


def _text(words: Sequence[OcrWord]) -> str:
    return " ".join(w.text for w in words)


def _is_better(other: Sequence[OcrWord], mine: Sequence[OcrWord]) -> bool:
    a, b = _text(mine), _text(other)
    if a.rstrip(_STOPS) == b.rstrip(_STOPS) and len(a) != len(b):
        return len(b) > len(a)  # a stop fades sooner than it is seen where none is
    if _diacritics(b) < _diacritics(a):
        return False  # so do the dots over letters
    return _mean_confidence(other) > _mean_confidence(mine) + SETTINGS.surer


def _diacritics(text: str) -> int:
    return sum(c in "åäöÅÄÖ" for c in text)


def _mean_confidence(words: Sequence[OcrWord]) -> float:
    """The mean confidence of the words, long ones counting more."""
    return sum(w.confidence * len(w.text) for w in words) / max(1, sum(len(w.text) for w in words))


def _same_print(first: Sequence[OcrWord], second: Sequence[OcrWord]) -> list[tuple[list[OcrWord], list[OcrWord]]]:
    """The words of the first reading, in groups that stand on the same print as a group of the second."""
    groups = connected(len(first) + len(second), [(a, len(first) + b) for a, b in _overlapping(first, second)])
    return [
        ([first[i] for i in group if i < len(first)], [second[i - len(first)] for i in group if i >= len(first)])
        for group in groups
        if group[0] < len(first)
    ]


def _overlapping(first: Sequence[OcrWord], second: Sequence[OcrWord]) -> list[tuple[int, int]]:
    """The places of pairs of words whose boxes lie over each other."""
    a, b = (np.array([w.box for w in words]).reshape(-1, 4) for words in (first, second))
    a = a[:, None, :]
    shared = np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    least = np.minimum(a[..., 2:] - a[..., :2], b[..., 2:] - b[..., :2])
    over = (shared > np.array([SETTINGS.shared_width, SETTINGS.shared_height]) * least).all(axis=-1)
    return [(int(i), int(j)) for i, j in np.argwhere(over)]
