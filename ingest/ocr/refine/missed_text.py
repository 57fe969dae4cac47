"""Letters that an engine passed over: the end of a line that it cut off, a page number that stands alone.

Shapes as large as letters that lie under no word are cut out, with the word that they seem to go on, and read again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from avskrift.ingest.image.connected_components import shapes_in
from avskrift.ingest.image.preprocessing import Grey, cut
from avskrift.ingest.image.ruling import Ruling
from avskrift.ingest.ocr.refine.line_crops import Look, read_strips
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

_MOST = 24
"""On a page with more such strips the picture is of something else than text."""
_SURE = 0.72
_AROUND = 6


@dataclass(frozen=True, slots=True)
class _Strip:
    """Unread letters of one line: their box, how many shapes, and the place of the word they go on (None: of none)."""

    box: BoundingBox
    shapes: int
    word: int | None


def with_unread(
    picture: Grey, ink: Grey, ruling: Ruling, seen: Sequence[OcrWord], look: Look, *, many: bool
) -> list[OcrWord]:
    """The words with those that the first reading passed over; `look` reads a picture of a few lines.

    `ink` is the picture's ink, white on black; `many` tells that it may hold 65,000 shapes.
    """
    if not seen:
        return list(seen)
    strips = _strips(ink, ruling, seen, many)
    if not strips or len(strips) > _MOST:
        return list(seen)
    boxes = []
    for strip in strips:
        box = strip.box
        if strip.word is not None:
            word = seen[strip.word]
            box = BoundingBox(
                min(box.x0, word.x0), min(box.top, word.top), max(box.x1, word.x1), max(box.bottom, word.bottom)
            )
        boxes.append(box)
    out = list(seen)
    dropped: set[int] = set()
    newest = max(w.line for w in seen)
    for number, (strip, words) in enumerate(zip(strips, _read(picture, boxes, look), strict=True), 1):
        good = [w for w in words if w.confidence >= _SURE]
        if not good or len(good) < len(words):
            continue
        if strip.word is None:
            if any(c.isalnum() for w in good for c in w.text) and strip.shapes <= 3 * sum(len(w.text) for w in good):
                out += [replace(w, line=newest + number) for w in good]
        elif strip.word not in dropped and _goes_on(seen[strip.word], good):
            dropped.add(strip.word)
            out += [replace(w, line=seen[strip.word].line) for w in good]
    return [w for i, w in enumerate(out) if i not in dropped]


def _goes_on(cut: OcrWord, words: Sequence[OcrWord]) -> bool:
    """Whether a new reading holds the word that was cut off, and more."""
    text = " ".join(w.text for w in words)
    if len(text) <= len(cut.text) or cut.text[-1:].isdigit():
        return False  # what goes on a number may well be a sign (`second_look`)
    head = text[: len(cut.text)]
    return Levenshtein.distance(head, cut.text) <= max(1, len(cut.text) // 3)


def _strips(ink: Grey, ruling: Ruling, seen: Sequence[OcrWord], many: bool) -> list[_Strip]:
    usual = median(w.bottom - w.top for w in seen)
    free = cv2.subtract(ink, cv2.dilate(ruling.both, np.ones((5, 5), np.uint8)))
    for w in seen:
        cv2.rectangle(free, (int(w.x0) - 2, int(w.top) - 3), (int(w.x1) + 2, int(w.bottom) + 3), 0, -1)
    _, stats = shapes_in(np.asarray(free, dtype=np.uint8), many=many)
    width = ink.shape[1]
    letters = [
        BoundingBox(float(x), float(y), float(x + w), float(y + h))
        for x, y, w, h, area in stats[1:].tolist()
        if 0.45 * usual < h < 1.7 * usual
        and 0.12 * usual < w < 4 * usual
        and area > 0.15 * w * h
        and 0.02 * width < x
        and x + w < 0.98 * width
    ]
    groups: list[list[BoundingBox]] = []
    for box in sorted(letters):
        home = next(
            (
                g
                for g in groups
                if box.x0 - max(b.x1 for b in g) < 0.9 * usual
                and min(box.bottom, g[-1].bottom) - max(box.top, g[-1].top) > 0.4 * min(box.height, g[-1].height)
            ),
            None,
        )
        if home is None:
            groups.append([box])
        else:
            home.append(box)
    strips = []
    for group in groups:
        around = BoundingBox.around(group)
        assert around is not None
        if any(_touches(w, around) for w in seen):
            continue  # read, though its box came out too small
        word = _cut_word(around, seen, usual)
        if word is None and len(group) < 3 and _hangs(around, seen, usual):
            continue  # the mark of a list (`list_marks`)
        if word is not None or len(group) > 1 or around.height > 0.6 * usual:
            strips.append(_Strip(around, len(group), word))
    return strips


def _touches(word: OcrWord, box: BoundingBox) -> bool:
    shared = min(word.x1, box.x1) - max(word.x0, box.x0)
    return shared > 2 and word.top < (box.top + box.bottom) / 2 < word.bottom


def _hangs(box: BoundingBox, seen: Sequence[OcrWord], usual: float) -> bool:
    """Whether a line of words begins right of the shapes, not far away."""
    return any(
        0 < w.x0 - box.x1 < 4 * usual and w.top < (box.top + box.bottom) / 2 < w.bottom and len(w.text) > 1
        for w in seen
    )


def _cut_word(box: BoundingBox, seen: Sequence[OcrWord], usual: float) -> int | None:
    """The place of the word that ends right before the letters, on their line."""
    near = [
        (box.x0 - w.x1, i)
        for i, w in enumerate(seen)
        if -0.5 * usual < box.x0 - w.x1 < 0.8 * usual
        and min(w.bottom, box.bottom) - max(w.top, box.top) > 0.5 * min(w.bottom - w.top, box.height)
    ]
    return min(near)[1] if near else None


def _read(picture: Grey, boxes: Sequence[BoundingBox], look: Look) -> list[list[OcrWord]]:
    """What stands in each box, with boxes in the page's picture."""
    corners = [(max(0, int(b.x0) - _AROUND), max(0, int(b.top) - _AROUND)) for b in boxes]
    strips = [
        cut(picture, left, top, int(b.x1) + _AROUND, int(b.bottom) + _AROUND)
        for b, (left, top) in zip(boxes, corners, strict=True)
    ]
    return [
        [replace(w, box=w.box.moved(left, top)) for w in words]
        for words, (left, top) in zip(read_strips(strips, look), corners, strict=True)
    ]
