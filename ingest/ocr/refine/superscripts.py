"""Raised figures that mark footnotes, which the engine takes for quotation or exclamation marks.

A figure that stands high and small at the end of a word (`arbetsgrupp'`), or before the text of a note at the foot of
the page (`! För`), is set in the size of its line and read again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from avskrift.ingest.image.preprocessing import Grey, cut
from avskrift.ingest.words import OcrWord
from avskrift.ingest.words import baseline_of as foot_of
from avskrift.ingest.words import estimated_font_size as type_size
from avskrift.models.geometry import BoundingBox

_BY = "footnote mark"
_ENDS = re.compile(r"(?<=[^\W\d]|[.,)”\"])(['’‘”“\"*!?°²³¹]|\d)$")
_ALONE = re.compile(r"['’‘”“\"*!?°²³¹|]|\d{1,2}")
_LOW, _HIGH = 0.3, 0.55
"""The height of a raised figure, in type sizes: quotation marks are lower, figures on the line higher."""
_RAISED = 0.22
"""How far a raised figure stands above the line at least, in type sizes."""
_SURE = 0.5
_INFERRED = 0.8


@dataclass(frozen=True, slots=True)
class _Raised:
    place: int
    box: BoundingBox
    size: float
    foot: float
    head: str
    beside: OcrWord


@dataclass(frozen=True, slots=True)
class RaisedMarks:
    """The raised figures of a page, and strips to read them from."""

    found: tuple[_Raised, ...]
    strips: tuple[Grey, ...]


def raised_on(picture: Grey, seen: Sequence[OcrWord]) -> RaisedMarks:
    """The raised figures after words, and alone before words."""
    found = [r for r in (_raised(picture, seen, place) for place in range(len(seen))) if r is not None]
    strips = [(raised, _on_line(picture, raised)) for raised in found]
    shown = [(raised, strip) for raised, strip in strips if strip is not None]
    return RaisedMarks(tuple(raised for raised, _ in shown), tuple(strip for _, strip in shown))


def with_raised(raised: RaisedMarks, seen: Sequence[OcrWord], readings: Sequence[Sequence[OcrWord]]) -> list[OcrWord]:
    """The words with the figures of footnote marks, as `printed`; `readings` are what the strips were read as."""
    out = list(seen)
    figures: dict[int, str] = {}
    for mark, line in zip(raised.found, readings, strict=True):
        sure = [w for w in line if w.confidence > _SURE]
        figure = "" if not sure else sure[-1].text if mark.head else sure[0].text
        if not re.fullmatch(r"\d{1,2}", figure):
            continue
        figures[mark.place] = figure
        word = out[mark.place]
        if mark.head + figure != word.text and not word.corrected:
            out[mark.place] = replace(word, corrected=mark.head + figure, corrected_by=_BY)
    return _by_order(out, figures, {r.place for r in raised.found if not r.head})


def _by_order(seen: list[OcrWord], figures: dict[int, str], notes: set[int]) -> list[OcrWord]:
    """The words with the mark of a note that no word was read to have, where only one word can bear it.

    Such a word ends in a quotation mark that nothing opens, between the words with the marks before and after. Where
    no mark and no note stands after it, the page's end is the bound.
    """
    marked = {int(figure): place for place, figure in figures.items() if place not in notes}
    for figure in sorted(int(f) for place, f in figures.items() if place in notes):
        if figure in marked:
            continue
        first = max((p for n, p in marked.items() if n < figure), default=-1)
        after = [*(p for n, p in marked.items() if n > figure), *(p for p in notes if p > first)]
        last = min(after, default=len(seen))
        able = [
            place
            for place in range(first + 1, last)
            if not seen[place].corrected and len(seen[place].text) > 3 and _unopened(seen, place)
        ]
        if len(able) == 1:
            word = seen[able[0]]
            seen[able[0]] = replace(
                word,
                corrected=f"{word.text[:-1]}{figure}",
                corrected_by=_BY,
                confidence=min(word.confidence, _INFERRED),
            )
            marked[figure] = able[0]
    return seen


def _unopened(seen: Sequence[OcrWord], place: int) -> bool:
    word = seen[place]
    quotes = set("'’‘”“\"")
    line = "".join(w.text for w in seen if w.line == word.line)
    return word.text[-1] in quotes and sum(c in quotes for c in line) == 1


def _raised(picture: Grey, seen: Sequence[OcrWord], place: int) -> _Raised | None:
    """The raised figure at the end of a word, or alone before a word."""
    word = seen[place]
    if word.corrected:
        return None
    if len(word.text) > 3 and _ENDS.search(word.text):
        head, beside = word.text[:-1], word
        reach = BoundingBox(word.x1 - 0.9 * (word.bottom - word.top), word.top, word.x1 + 1, word.bottom)
    elif _ALONE.fullmatch(word.text) and place + 1 < len(seen):
        head, beside = "", seen[place + 1]
        if not 0 < beside.x0 - word.x1 < 2 * (beside.bottom - beside.top) or len(beside.text) < 1:
            return None
        reach = BoundingBox(word.x0 - 1, min(word.top, beside.top), word.x1 + 1, beside.bottom)
    else:
        return None
    letters = re.sub(r"\W", "", head or beside.text)
    size = type_size(letters or "x", beside.bottom - beside.top)
    foot = foot_of(beside.text, beside.bottom, size)
    box = _last_shape(picture, reach, last=bool(head))
    if box is None or not _LOW * size <= box.height <= _HIGH * size or foot - box.bottom < _RAISED * size:
        return None
    return _Raised(place, box, size, foot, head, beside)


def _last_shape(picture: Grey, reach: BoundingBox, *, last: bool) -> BoundingBox | None:
    """The box of the last (or only) shape of ink in a part of the picture."""
    left, top = max(0, int(reach.x0)), max(0, int(reach.top))
    part = cut(picture, left, top, int(reach.x1) + 1, int(reach.bottom) + 1)
    if part.size == 0:
        return None
    _, ink = cv2.threshold(part, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    shapes = sorted((s for s in stats[1:count].tolist() if s[4] > 6), key=lambda s: s[0] + s[2])
    if not shapes or (not last and len(shapes) > 2):
        return None
    x, y, w, h, _ = shapes[-1]
    return BoundingBox(left + x, top + y, left + x + w, top + y + h)


def _on_line(picture: Grey, raised: _Raised) -> Grey | None:
    """The raised figure set on the line, as large as the line's figures, after or before its word; None where the line
    lies outside the picture."""
    word, box, size = raised.beside, raised.box, raised.size
    top, bottom = max(0, int(raised.foot - 0.95 * size)), int(raised.foot + 0.3 * size)
    end = box.x0 - 1 if raised.head else word.x0 + 9 * size
    line = cut(picture, int(word.x0) - 2, top, end, bottom)
    shape = cut(picture, int(box.x0) - 1, int(box.top) - 1, int(box.x1) + 1, int(box.bottom) + 1)
    foot = min(line.shape[0], round(raised.foot - top) + 1)
    tall = min(round(0.7 * size), foot)  # less where the line stands at the very top of the page
    if tall < 1:
        return None
    wide = max(3, round(shape.shape[1] * tall / shape.shape[0]))
    figure = np.full((line.shape[0], wide + 2), 255, np.uint8)
    figure[foot - tall : foot, 1 : 1 + wide] = cv2.resize(shape, (wide, tall), interpolation=cv2.INTER_CUBIC)
    space = np.full((line.shape[0], round(0.35 * size)), 255, np.uint8)
    return np.hstack([line, space, figure] if raised.head else [figure, space, line])
