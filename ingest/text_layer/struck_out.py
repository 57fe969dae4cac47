"""Words that are struck out: a drawn line, a thin filled box or an annotation runs through the middle of their letters.

Such words no longer hold. Rules under words, borders of tables and lines to write on are no strike-outs: they run at
the baseline or below it, or far beyond the words.
"""

import ctypes
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from avskrift.ingest.text_layer.drawn_paths import DrawnPiece
from avskrift.ingest.text_layer.layer_words import LayerWord, words_of_layer
from avskrift.ingest.text_layer.page_geometry import StoredBox, as_shown
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """What is a strike-out. Heights are shares of the height of a letter's box, from the top of the highest to the foot
    of the lowest letters of its font, which is 1.1 to 1.3 times the font's size."""

    thickest: float = 2.6
    """Points of a rule that strikes out."""
    shortest: float = 3.0
    """Points."""
    most_slope: float = 2.5
    """Points by which the two ends of such a rule may differ in height."""
    lowest: float = 0.12
    """From the baseline up: a quarter of a small letter's height, below which a rule is an underline ..."""
    highest: float = 0.52
    """... and above which it runs over the letters."""
    same_height: float = 0.6
    """Points between two pieces of one rule in height ..."""
    piece_gap: float = 2.0
    """... and along it."""
    most_beyond: float = 1.6
    """Heights by which the rule may run on beyond the words at either end."""
    widest_gap: float = 1.6
    """Heights between two words that one rule strikes out."""
    least_covered: float = 0.6
    """Share of the rule's length under which words stand."""
    fewest_letters: int = 2
    """Of a word that is struck out in part: fewer are a mark on a letter."""
    least_whole: float = 0.85
    """Share of a word's width from which the word is struck out as a whole."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class StruckWord:
    """Letters of one word that are struck out, and their stored box; `rule` numbers what strikes them out."""

    box: StoredBox
    text: str
    rule: int


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    stored: StoredBox
    box: BoundingBox
    baseline: float


def struck_words_on(
    layer: Any, pieces: Sequence[DrawnPiece], marked: Sequence[StoredBox], frame: StoredBox, rotation: int
) -> tuple[StruckWord, ...]:
    """The struck-out words of a page with the text page `layer` (pypdfium2's).

    `pieces` are what is drawn on it, and `marked` the boxes that StrikeOut annotations mark. `frame` is what is shown
    of it, and `rotation` by how many degrees clockwise it is turned so that its letters stand upright.
    """
    rules = _joined([*_drawn_rules(pieces, frame, rotation), *_marked_rules(marked, frame, rotation)])
    if not rules:
        return ()
    rules.sort(key=lambda rule: rule.middle)
    found = []
    for number, words in enumerate(_words_at(rules, layer, frame, rotation)):
        rule = rules[number]
        struck = [list(_struck(layer, word, rule, frame, rotation)) for word in words]
        struck = [letters for letters in struck if letters]
        if struck and _fits(rule, [BoundingBox.enclosing(letter.box for letter in letters) for letters in struck]):
            found += [_struck_word(letters, number) for letters in struck]
    return tuple(_once(found))


def without_struck(
    words: Sequence[OcrWord], struck: Sequence[StruckWord], frame: StoredBox, rotation: int
) -> list[OcrWord]:
    """`words` without the letters that are `struck` out. Boxes are in points from the top left of `frame`, which is
    shown turned by `rotation` degrees clockwise."""
    left = list(words)
    for one in struck:
        box = as_shown(one.box, frame, rotation)
        left = [
            kept
            for word in left
            for kept in (_cut(word, one.text, box) if word.box.grown(1, 1, 1, 1).contains_centre(box) else (word,))
        ]
    return left


def _words_at(rules: Sequence[BoundingBox], layer: Any, frame: StoredBox, rotation: int) -> list[list[LayerWord]]:
    """For each of the `rules`, which come from top to bottom, the words that it may run through."""
    found: list[list[LayerWord]] = [[] for _ in rules]
    middles = [rule.middle for rule in rules]
    for word in words_of_layer(layer):
        box = as_shown(word.box, frame, rotation)
        for number in range(bisect_left(middles, box.top), bisect_left(middles, box.bottom)):
            if rules[number].shared_width(box) > 0:
                found[number].append(word)
    return found


def _drawn_rules(pieces: Sequence[DrawnPiece], frame: StoredBox, rotation: int) -> Iterator[BoundingBox]:
    for piece in pieces:
        box = as_shown(piece.box, frame, rotation)
        half = piece.thickness / 2
        if not piece.straight or box.width < SETTINGS.shortest or piece.thickness > SETTINGS.thickest:
            continue
        if piece.thickness and not piece.filled and len(piece.points) == 2:
            if box.height <= SETTINGS.most_slope:
                yield BoundingBox(box.x0, box.top - half, box.x1, box.bottom + half)
        elif box.height + piece.thickness <= SETTINGS.thickest:
            yield BoundingBox(box.x0, box.top - half, box.x1, box.bottom + half)


def _marked_rules(marked: Sequence[StoredBox], frame: StoredBox, rotation: int) -> Iterator[BoundingBox]:
    for stored in marked:
        box = as_shown(stored, frame, rotation)
        yield BoundingBox(box.x0, box.middle - 0.5, box.x1, box.middle + 0.5)


def _joined(rules: Sequence[BoundingBox]) -> list[BoundingBox]:
    """Rules that go on from each other as one."""
    joined: list[BoundingBox] = []
    for rule in sorted(rules, key=lambda r: (round(r.middle), r.x0)):
        before = next((r for r in reversed(joined[-8:]) if _goes_on(r, rule)), None)
        if before is None:
            joined.append(rule)
        else:
            joined[joined.index(before)] = BoundingBox.enclosing((before, rule))
    return joined


def _goes_on(before: BoundingBox, rule: BoundingBox) -> bool:
    return (
        abs(before.middle - rule.middle) <= SETTINGS.same_height
        and before.x0 <= rule.x0 <= before.x1 + SETTINGS.piece_gap
    )


def _struck(layer: Any, word: LayerWord, rule: BoundingBox, frame: StoredBox, rotation: int) -> Iterator[_Letter]:
    """The letters of a word that a rule runs through; none where they are too few."""
    letters = [letter for n in range(len(word.text)) if (letter := _letter(layer, word, n, frame, rotation))]
    struck = [
        letter
        for letter in letters
        if rule.x0 - 0.5 <= (letter.box.x0 + letter.box.x1) / 2 <= rule.x1 + 0.5
        and SETTINGS.lowest * letter.box.height <= letter.baseline - rule.middle <= SETTINGS.highest * letter.box.height
    ]
    if len(struck) >= min(SETTINGS.fewest_letters, len(letters)):
        yield from struck


def _letter(layer: Any, word: LayerWord, place: int, frame: StoredBox, rotation: int) -> _Letter | None:
    import pypdfium2.raw as pdfium

    rect, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    index = word.first + place
    if not pdfium.FPDFText_GetLooseCharBox(layer, index, ctypes.byref(rect)):
        return None
    if not pdfium.FPDFText_GetCharOrigin(layer, index, ctypes.byref(x), ctypes.byref(y)):
        return None
    stored = (rect.left, rect.bottom, rect.right, rect.top)
    origin = as_shown((x.value, y.value, x.value, y.value), frame, rotation)
    return _Letter(word.text[place], stored, as_shown(stored, frame, rotation), origin.top)


def _fits(rule: BoundingBox, struck: Sequence[BoundingBox]) -> bool:
    """Whether a rule is about as long as the words that it runs through, without a wide gap between them."""
    boxes = sorted(struck, key=lambda box: box.x0)
    height = max(box.height for box in boxes)
    beyond = max(boxes[0].x0 - rule.x0, rule.x1 - max(box.x1 for box in boxes))
    gaps = [after.x0 - before.x1 for before, after in pairwise(boxes)]
    covered = sum(min(box.x1, rule.x1) - max(box.x0, rule.x0) for box in boxes)
    return (
        beyond <= SETTINGS.most_beyond * height
        and max(gaps, default=0.0) <= SETTINGS.widest_gap * height
        and covered >= SETTINGS.least_covered * rule.width
    )


def _struck_word(letters: Sequence[_Letter], rule: int) -> StruckWord:
    lefts, bottoms, rights, tops = zip(*(letter.stored for letter in letters), strict=True)
    box = (min(lefts), min(bottoms), max(rights), max(tops))
    return StruckWord(box, "".join(letter.text for letter in letters), rule)


def _once(found: Sequence[StruckWord]) -> Iterator[StruckWord]:
    """Each struck-out word once: two lines may run through it."""
    kept: list[StruckWord] = []
    for one in found:
        x, y = (one.box[0] + one.box[2]) / 2, (one.box[1] + one.box[3]) / 2
        if not any(k.box[0] <= x <= k.box[2] and k.box[1] <= y <= k.box[3] for k in kept[-400:]):
            kept.append(one)
            yield one


def _cut(word: OcrWord, letters: str, struck: BoundingBox) -> Iterator[OcrWord]:
    """What is left of a word without the letters that are struck out: nothing, one piece or two."""
    width = struck.width
    if width >= SETTINGS.least_whole * word.box.width and word.text[-1:].isalnum():
        return
    at = word.text.find(letters)
    if at < 0 or word.corrected:
        if width < SETTINGS.least_whole * word.box.width:
            yield word
        return
    before, after = word.text[:at], word.text[at + len(letters) :]
    box = word.box
    if before:
        yield replace(word, text=before, box=BoundingBox(box.x0, box.top, max(box.x0, struck.x0), box.bottom))
    if after:
        yield replace(word, text=after, box=BoundingBox(min(box.x1, struck.x1), box.top, box.x1, box.bottom))
