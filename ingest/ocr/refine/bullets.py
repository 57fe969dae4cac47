"""Bullets and numbers that hang left of a list's lines, as the picture shows them.

The engine's Swedish data lack `•` and `▪`, and a mark that stands apart is often not read at all or read as a letter.
Marks are told by their shape: a small solid spot is a bullet, a short bar a dash; what else stands there is set close
to the words of its line and read again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np

from avskrift.ingest.image.preprocessing import Grey, cut
from avskrift.ingest.words import OcrWord
from avskrift.ingest.words import baseline_of as foot_of
from avskrift.ingest.words import estimated_font_size as type_size
from avskrift.models.geometry import BoundingBox

_FARTHEST, _NEAREST = 3.4, 0.45
"""How far from its line a mark hangs, in type sizes."""
_LEAST_SPOT, _LARGEST_SPOT = 0.13, 0.6
_NUMBER = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z])[.):]?")
"""`1.`, `12)`, `a)`, `(2)`, `4.1`"""
_SURE = 0.6
_SIGNS = re.compile(r"^([^\w\s§(\"”“'’–—-]{1,2}|[-–—])(?=[A-ZÅÄÖa-zåäö]{2})")
"""A mark that the engine took for part of the word: `«Andel`, `*Skola`"""
_BY = "list mark"
_TALL = 2.1


@dataclass(frozen=True, slots=True)
class _Hanging:
    """Ink left of a line: the place of the line's first word in the reading, and of the word that the ink was read
    as (None where it was not read)."""

    first: int
    read: int | None
    box: BoundingBox
    size: float


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a page: the words with those told by their shape, and strips to read the others from."""

    seen: tuple[OcrWord, ...]
    unread: tuple[_Hanging, ...]
    strips: tuple[Grey, ...]
    dotted: tuple[bool, ...]


def marks_on(picture: Grey, ink: Grey, seen: Sequence[OcrWord]) -> Marks:
    """The marks that hang left of the lines of a page; `ink` is the picture's ink, white on black."""
    kept = _without_runs(seen)
    found = list(kept)
    unread: list[_Hanging] = []
    for hanging in _hanging(ink, kept):
        mark = _shape(ink, hanging)
        if mark:
            found = _marked(found, hanging, mark, 0.95)
        elif hanging.read is None or not _known(kept[hanging.read]):
            unread.append(hanging)
    strips = tuple(_strip(picture, kept[h.first], h) for h in unread)
    return Marks(tuple(found), tuple(unread), strips, tuple(_dotted(picture, h) for h in unread))


def with_marks(marks: Marks, readings: Sequence[Sequence[OcrWord]]) -> list[OcrWord]:
    """The words with the marks of lists, as `printed`; `readings` are what the strips were read as."""
    found = list(marks.seen)
    for hanging, dotted, line in zip(marks.unread, marks.dotted, readings, strict=True):
        if len(line) > 1 and line[0].confidence >= _SURE:
            text = re.sub(r"^(\d{1,2}),$", r"\1.", line[0].text)  # no list is numbered `4,`
            if text.isdigit() and dotted:
                text += "."
            if _NUMBER.fullmatch(text) and (text[-1] in ".)" or text[0].isdigit()):
                found = _marked(found, hanging, text, line[0].confidence)
    return found


def _without_runs(seen: Sequence[OcrWord]) -> list[OcrWord]:
    """The words without marks of several lines that were read as one tall word."""
    usual = median(w.bottom - w.top for w in seen) if seen else 0.0
    return [w for w in seen if len(w.text) > 3 or w.confidence > 0.5 or w.bottom - w.top < _TALL * usual]


def _known(word: OcrWord) -> bool:
    return word.confidence >= _SURE and _NUMBER.fullmatch(word.text) is not None and word.text[-1] in ".)"


def _marked(seen: list[OcrWord], hanging: _Hanging, mark: str, confidence: float) -> list[OcrWord]:
    if hanging.read is None:
        first = seen[hanging.first]
        if first.corrected:
            return seen
        seen[hanging.first] = replace(first, corrected=f"{mark} {first.text}", corrected_by=_BY)
    elif seen[hanging.read].text != mark and not seen[hanging.read].corrected:
        word = seen[hanging.read]
        if hanging.read == hanging.first:
            seen[hanging.read] = replace(word, corrected=_SIGNS.sub(f"{mark} ", word.text), corrected_by=_BY)
        else:
            seen[hanging.read] = replace(
                word, corrected=mark, corrected_by=_BY, confidence=max(word.confidence, confidence)
            )
    return seen


def _hanging(ink: Grey, seen: Sequence[OcrWord]) -> list[_Hanging]:
    """What hangs left of lines."""
    if not seen:
        return []
    boxes = np.array([(w.x0, w.top, w.x1, w.bottom) for w in seen])
    found = []
    for place, word in enumerate(seen):
        if sum(c.isalpha() for c in word.text) < 2:
            continue
        size = type_size(word.text, word.bottom - word.top)
        middle = (word.top + word.bottom) / 2
        same = (boxes[:, 1] < middle) & (boxes[:, 3] > middle) & (boxes[:, 0] < word.x0)
        left = [int(i) for i in np.flatnonzero(same)]
        near = [i for i in left if seen[i].x1 > word.x0 - _FARTHEST * size]
        if len(near) > 1 or (near and len(left) > 1 and _close(seen, left, near[0], size)):
            continue
        if near:
            other = seen[near[0]]
            apart = word.x0 - other.x1
            if len(other.text) > 4 or apart < 0.3 * size or other.x1 - other.x0 > 2.2 * size:
                continue
            box = _ink_box(ink, other.x0 - 2, other.x1 + 2, word, size)
            if box is not None and (apart >= _NEAREST * size or sum(c.isalnum() for c in other.text) == 0):
                found.append(_Hanging(place, near[0], box, size))
        elif _SIGNS.match(word.text):
            box = _ink_box(ink, word.x0 - 2, word.x0 + 0.9 * size, word, size, first_only=True)
            if box is not None:
                found.append(_Hanging(place, place, box, size))
        else:
            box = _ink_box(ink, word.x0 - _FARTHEST * size, word.x0 - 0.08 * size, word, size)
            if box is not None:
                hanging = _Hanging(place, None, box, size)
                if word.x0 - box.x1 >= _NEAREST * size or _shape(ink, hanging):
                    found.append(hanging)
    return found


def _close(seen: Sequence[OcrWord], left: Sequence[int], near: int, size: float) -> bool:
    """Whether the candidate itself follows other words of its line closely."""
    return any(i != near and seen[near].x0 - seen[i].x1 < 1.5 * size for i in left)


def _ink_box(
    ink: Grey, x0: float, x1: float, word: OcrWord, size: float, *, first_only: bool = False
) -> BoundingBox | None:
    """The box of the shapes of ink between x0 and x1 at the height of `word`, without specks; None without any.

    Only what stands right of the last shape that reaches out of that window, as rules of tables do, is counted.
    """
    foot = foot_of(word.text, word.bottom, size)
    top, bottom = max(0, int(foot - 0.85 * size)), int(foot + 0.3 * size)
    left = max(0, int(x0))
    part = cut(ink, left, top, x1, bottom)
    if part.size == 0:
        return None
    count, _, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    kept: list[BoundingBox] = []
    for x, y, w, h, area in sorted(stats[1:count].tolist()):
        if area < (0.12 * size) ** 2 * 0.6 or max(w, h) < 0.095 * size:
            continue
        if h >= bottom - top - 1 or (x == 0 and left > 0 and not first_only):
            kept = []  # a rule of a table, or something that begins farther left
            continue
        if y + h >= bottom - top and y > 0.8 * (bottom - top):
            continue  # of the line below
        kept.append(BoundingBox(left + x, top + y, left + x + w, top + y + h))
        if first_only:
            break
    return BoundingBox.around(kept)


def _shape(ink: Grey, hanging: _Hanging) -> str:
    """`•` or `–` for a spot or a bar at half the height of letters, nothing for what else it may be."""
    box, size = hanging.box, hanging.size
    part = ink[int(box.top) : int(box.bottom), int(box.x0) : int(box.x1)]
    if part.size == 0:
        return ""
    fill = float(np.mean(part > 0))
    wide, tall = box.width / size, box.height / size
    return _told(wide, tall, fill)


def _told(wide: float, tall: float, fill: float) -> str:
    spot = _LEAST_SPOT <= wide <= _LARGEST_SPOT and _LEAST_SPOT <= tall <= _LARGEST_SPOT
    if spot and fill > 0.62 and 0.6 < wide / tall < 1.6:
        return "•"
    if 0.25 <= wide <= 1.1 and tall <= 0.16 and wide > 2.2 * tall and fill > 0.6:
        return "–"
    return ""


def _strip(picture: Grey, word: OcrWord, hanging: _Hanging) -> Grey:
    """A mark with the words of its line set close to it."""
    size = hanging.size
    foot = foot_of(word.text, word.bottom, size)
    top, bottom = max(0, int(foot - 0.95 * size)), int(foot + 0.32 * size)
    mark = cut(picture, int(hanging.box.x0) - 2, top, int(hanging.box.x1) + 2, bottom)
    line = cut(picture, int(word.x0) - 2, top, word.x0 + 14 * size, bottom)
    space = np.full((mark.shape[0], int(0.3 * size)), 255, np.uint8)
    return np.hstack([mark, space, line])


def _dotted(picture: Grey, hanging: _Hanging) -> bool:
    """Whether the last shape of a mark is a small dot at its foot."""
    box = hanging.box
    part = picture[int(box.top) : int(box.bottom), int(box.x0) : int(box.x1)]
    _, ink = cv2.threshold(part, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count < 3:
        return False
    _, y, w, h, _ = max(stats[1:count].tolist(), key=lambda s: s[0])
    return bool(w < 0.25 * hanging.size and h < 0.25 * hanging.size and y + h > 0.8 * part.shape[0])
