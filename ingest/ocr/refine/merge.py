"""Two readings of one bad page, of pictures made ready in two ways, as one: of each word the surer reading.

An engine misreads a blurred letter in one picture and not in the other. Both pictures lie alike, so that words are
readings of the same print where their boxes lie over each other.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from avskrift.ingest.words import OcrWord

_UNSURE, _FEW = 0.8, 0.02
"""A page is read once where no more than this share of its words is read less surely than that."""
_SURER = 0.03
"""By how much a second reading must be surer than the first, which is of the sharper picture. Of -0.03 to 0.08 tried on
sixteen bad pages, all lost as many words, within one in five hundred."""
_STOPS = ".:,;"


def wanted(seen: Sequence[OcrWord]) -> bool:
    """Whether a page was read so unsurely that a second reading is worth its time."""
    long = [w for w in seen if len(w.text) >= 2]
    return sum(w.confidence < _UNSURE for w in long) > _FEW * len(long)


def merged(first: Sequence[OcrWord], second: Sequence[OcrWord]) -> list[OcrWord]:
    """The words of the first reading, each as the surer of the two readings has it; what only the second reading
    has is left out. Boxes of both are pixels of pictures that lie alike."""
    out: list[OcrWord] = []
    for mine, other in _beside(first, second):
        if not other or len({w.line for w in mine}) > 1 or len({w.line for w in other}) > 1:
            out += mine
        elif [w.text for w in mine] == [w.text for w in other]:
            both = zip(mine, other, strict=True)
            out += [replace(a, confidence=max(a.confidence, b.confidence)) for a, b in both]
        elif _better(other, mine):
            out += [replace(w, line=mine[0].line) for w in other]
        else:
            out += mine
    return out


def _better(other: Sequence[OcrWord], mine: Sequence[OcrWord]) -> bool:
    a, b = (" ".join(w.text for w in words) for words in (mine, other))
    if a.rstrip(_STOPS) == b.rstrip(_STOPS) and len(a) != len(b):
        return len(b) > len(a)  # a stop fades sooner than it is seen where none is
    if _marks(b) < _marks(a):
        return False  # so do the dots over letters
    return _sureness(other) > _sureness(mine) + _SURER


def _marks(text: str) -> int:
    return sum(c in "åäöÅÄÖ" for c in text)


def _sureness(words: Sequence[OcrWord]) -> float:
    """The mean confidence of the words, long ones counting more."""
    return sum(w.confidence * len(w.text) for w in words) / max(1, sum(len(w.text) for w in words))


def _beside(first: Sequence[OcrWord], second: Sequence[OcrWord]) -> list[tuple[list[OcrWord], list[OcrWord]]]:
    """The words of the first reading, in groups that stand on the same print as a group of the second."""
    if not first or not second:
        return [([w], []) for w in first]
    home = list(range(len(first) + len(second)))

    def root(place: int) -> int:
        while home[place] != place:
            place = home[place]
        return place

    for a, b in _over_each_other(first, second):
        home[root(len(first) + b)] = root(a)
    groups: dict[int, tuple[list[OcrWord], list[OcrWord]]] = {}
    for place, word in enumerate(first):
        groups.setdefault(root(place), ([], []))[0].append(word)
    for place, word in enumerate(second, len(first)):
        groups.setdefault(root(place), ([], []))[1].append(word)
    return [(mine, other) for mine, other in groups.values() if mine]


def _over_each_other(first: Sequence[OcrWord], second: Sequence[OcrWord]) -> list[tuple[int, int]]:
    """The places of pairs of words whose boxes share four tenths of the narrower and half of the lower one."""
    a, b = (np.array([(w.x0, w.top, w.x1, w.bottom) for w in words]) for words in (first, second))
    a = a[:, None, :]
    shared = np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    least = np.minimum(a[..., 2:] - a[..., :2], b[..., 2:] - b[..., :2])
    over = (shared[..., 0] > 0.4 * least[..., 0]) & (shared[..., 1] > 0.5 * least[..., 1])
    return [(int(i), int(j)) for i, j in np.argwhere(over)]
