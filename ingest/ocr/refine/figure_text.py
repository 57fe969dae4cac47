"""Words that belong to a drawing and not to the running text: told apart after an engine has read the page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import cv2
import numpy as np

from avskrift.ingest.image.figures import Graphic
from avskrift.ingest.image.preprocessing import Grey, cut
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

_LOGO_ROWS = 3
_TRANSMISSION = re.compile(
    r"\b\d{1,2}[:.]\d{2}\b.{0,200}\b(?:FRÅN|FRAN|FROM|TILL|TO|FAX|TEL|AV|NR|NO)\b"
    r"|\b(?:FRÅN|FRAN|FROM|FAX|TEL)\b.{0,200}\b(?:S|P|SID|SIDA|PAGE)\W{0,2}\d{1,3}\s*(?:/|AV)\s*\d{1,3}"
    r"|\b(?:FRÅN|FROM|FAX)\b.{3,60}\b(?:TILL|TO)\b\W"
)
"""What a fax machine prints above a page: `2001-05-07 13:40 FRÅN: KOMMUNEN TILL: 08-1234 S. 2/5`"""
_HIGHEST = 0.05
"""The share of the page's height within which such a line stands."""
_SLANTED = 6.0
"""The slant of letters, in degrees, from which words on a rule are handwriting: upright type has 0."""
_PLAIN_TEXT_WORDS = 12
"""So many words read surely inside a picture are text on a tinted ground."""


@dataclass(frozen=True, slots=True)
class Depicted:
    """A drawing with the words that belong to it, in pixels."""

    kind: str
    box: BoundingBox
    words: tuple[OcrWord, ...]


def told_apart(
    seen: Sequence[OcrWord], graphics: Sequence[Graphic], rules: Sequence[BoundingBox], picture: Grey
) -> tuple[list[OcrWord], list[Depicted]]:
    """The words of the running text, and the drawings with theirs. `rules` are single rules in the picture."""
    left, sent = _transmission(seen, picture.shape[0])
    usual = median([w.bottom - w.top for w in left]) if left else 1.0
    depicted = [sent] if sent is not None else []
    for graphic in graphics:
        if graphic.kind == "logo":
            taken = _beside_logo(graphic.box, left)
        elif graphic.kind == "chart":
            taken = _of_chart(graphic.box, left, usual)
        elif graphic.kind == "signature":
            taken = [w for w in left if _inside(w, graphic.box) or (w.confidence < 0.6 and _meets(w, graphic.box))]
        else:
            taken = [w for w in left if _inside(w, graphic.box)]
            if sum(w.confidence > 0.8 and len(w.text) > 2 for w in taken) > _PLAIN_TEXT_WORDS:
                taken = []
        chosen = {id(w) for w in taken}
        left = [w for w in left if id(w) not in chosen]
        box = BoundingBox.around([graphic.box, *(_box(w) for w in taken)])
        assert box is not None
        depicted.append(Depicted(graphic.kind, box, tuple(taken)))
    for rule in rules:
        written = _on_rule(rule, left, usual)
        if written and _slant(picture, written) > _SLANTED:
            chosen = {id(w) for w in written}
            left = [w for w in left if id(w) not in chosen]
            box = BoundingBox.around(_box(w) for w in written)
            assert box is not None
            depicted.append(Depicted("handwriting", box, tuple(written)))
    return left, depicted


def _transmission(seen: Sequence[OcrWord], height: int) -> tuple[list[OcrWord], Depicted | None]:
    """The words without the line of a fax machine, and that line."""
    words = list(seen)
    for row in _rows([w for w in seen if w.bottom < _HIGHEST * height])[:2]:
        if _TRANSMISSION.search(" ".join(w.text for w in row).upper()):
            chosen = {id(w) for w in row}
            box = BoundingBox.around(_box(w) for w in row)
            assert box is not None
            return [w for w in words if id(w) not in chosen], Depicted("transmission", box, tuple(row))
    return words, None


def _box(word: OcrWord) -> BoundingBox:
    return BoundingBox(word.x0, word.top, word.x1, word.bottom)


def _inside(word: OcrWord, box: BoundingBox) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _meets(word: OcrWord, box: BoundingBox) -> bool:
    """Whether a word stands on a drawing or right beside it, at its height."""
    near = word.bottom - word.top
    return (
        min(word.bottom, box.bottom) - max(word.top, box.top) > 0.5 * (word.bottom - word.top)
        and word.x0 < box.x1 + 2 * near
        and word.x1 > box.x0 - 2 * near
    )


def _rows(words: Sequence[OcrWord]) -> list[list[OcrWord]]:
    """Words whose middles lie within each other's height, from left to right; rows from top to bottom."""
    rows: list[list[OcrWord]] = []
    for word in sorted(words, key=lambda w: w.top + w.bottom):
        middle = (word.top + word.bottom) / 2
        home = next((r for r in rows if r[-1].top < middle < r[-1].bottom), None)
        if home is None:
            rows.append([word])
        else:
            home.append(word)
    for row in rows:
        row.sort(key=lambda w: w.x0)
    return rows


def _beside_logo(box: BoundingBox, words: Sequence[OcrWord]) -> list[OcrWord]:
    """The name that stands right of a logo: one to three rows without figures, as high as the logo."""
    reach = 0.15 * box.height
    around = BoundingBox(box.x0 - 5, box.top - 0.4 * box.height, box.x1 + 5, box.bottom + 0.4 * box.height)
    over = [w for w in words if _inside(w, around) and len(w.text) <= 4 and w.x1 < box.x1 + 10]
    near = [
        w
        for w in words
        if w.x0 > box.x0 + 0.5 * box.width
        and box.top - reach < (w.top + w.bottom) / 2 < box.bottom + reach
        and not any(w is o for o in over)
    ]
    name: list[list[OcrWord]] = []
    for row in _rows(near):
        chosen: list[OcrWord] = []
        edge = box.x1
        for word in row:
            height = word.bottom - word.top
            if not any(c.isalnum() for c in word.text):
                continue
            if word.x0 - edge > (max(1.2 * box.height, 1.6 * height) if not chosen else 0.9 * height):
                break
            chosen.append(word)
            edge = word.x1
        if chosen:
            name.append(chosen)
    flat = [w for row in name for w in row]
    if len(name) > _LOGO_ROWS or any(c.isdigit() for w in flat for c in w.text):
        return over
    return [*over, *flat]


def _of_chart(box: BoundingBox, words: Sequence[OcrWord], usual: float) -> list[OcrWord]:
    """The words in a chart, the figures along its axes, its legend and its title."""
    rows = _rows(words)
    inside = [w for w in words if _inside(w, box)]
    scale = [
        w
        for w in words
        if _figure(w) and box.x0 - 8 * usual < w.x1 <= box.x0 and box.top - usual < w.top < box.bottom + usual
    ]
    if scale:
        edge = median(w.x1 for w in scale)
        steps = [b.top - a.top for a, b in pairwise(sorted(scale, key=lambda w: w.top)) if b.top - a.top > usual / 2]
        step = max(steps, default=2 * usual)
        aligned = [w for w in words if _figure(w) and abs(w.x1 - edge) < usual and w.bottom <= box.bottom + usual]
        for word in sorted(aligned, key=lambda w: -w.top):
            if min(s.top for s in scale) - 1.5 * step < word.top and not any(word is s for s in scale):
                scale.append(word)
    x0 = min([box.x0, *(w.x0 for w in scale)])
    top = min([box.top, *(w.top for w in scale)])
    bottom = max([box.bottom, *(w.bottom for w in inside)])
    below = []
    for row in rows:
        if bottom < row[0].top + usual / 2 < bottom + 2 * usual and all(
            x0 - usual < w.x0 < box.x1 + usual for w in row
        ):
            figures = sum(_figure(w) for w in row)
            if figures > 0.6 * len(row):
                below += row
    title = []
    above = [r for r in rows if top - 4 * usual < (r[0].top + r[0].bottom) / 2 < top]
    if above:
        row = above[-1]
        middle = (row[0].x0 + row[-1].x1) / 2
        wide = box.x1 - x0
        if abs(middle - (x0 + box.x1) / 2) < 0.12 * wide and row[0].x0 > x0 + 0.06 * wide:
            title = row
    chosen = {id(w) for w in (*title, *scale, *inside, *below)}
    return [w for w in words if id(w) in chosen]


def _figure(word: OcrWord) -> bool:
    return sum(c.isdigit() for c in word.text) >= 0.5 * len(word.text) or word.text.strip("%|-.").lower() in (
        "",
        "o",
        "oo",
    )


def _on_rule(rule: BoundingBox, words: Sequence[OcrWord], usual: float) -> list[OcrWord]:
    """The words that stand on a rule longer than they are; an underlined heading is as long as its rule."""
    found = [
        w
        for w in words
        if rule.x0 - usual < w.x0
        and w.x1 < rule.x1 + usual
        and rule.top - 1.3 * usual < (w.top + w.bottom) / 2 < rule.bottom
        and w.bottom > rule.top - 0.8 * usual
    ]
    if not found or max(w.x1 for w in found) - min(w.x0 for w in found) > 0.85 * rule.width:
        return []
    return found


def _slant(picture: Grey, words: Sequence[OcrWord]) -> float:
    """How far letters lean to the right, in degrees: the shear that makes their columns sharpest."""
    box = BoundingBox.around(_box(w) for w in words)
    assert box is not None
    part = cut(picture, box.x0, box.top, box.x1, box.bottom)
    if part.size == 0:
        return 0.0
    _, ink = cv2.threshold(part, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    ink = np.asarray(
        cv2.subtract(ink, cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 60), np.uint8))), dtype=np.uint8
    )
    height, width = ink.shape
    best = (-1.0, 0.0)
    for degrees in range(-9, 31, 3):
        lean = np.tan(np.radians(degrees))
        shear = np.array([[1.0, lean, 0.0], [0.0, 1.0, 0.0]])
        columns = cv2.warpAffine(ink, shear, (int(width + abs(lean) * height), height)).sum(axis=0, dtype=np.float64)
        best = max(best, (float(np.sum(columns**2)), float(degrees)))
    return best[1]
