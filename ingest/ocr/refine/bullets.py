"""Bullets and numbers that hang left of a list's lines, as the picture shows them.

The engine's Swedish data lack `•` and `▪`, and a mark that stands apart is often not read at all or read as a letter.
Marks are recognised by their shape: a small solid spot is a bullet, a short bar a dash; what else stands
there is set close to the words of its line and read again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
import numpy.typing as npt

from avskrift.ingest.image.connected_components import Component, components_in
from avskrift.ingest.image.picture import Grey, crop, ink_in
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import Mark, OcrPage, PageText
from avskrift.ingest.words import OcrWord, baseline_of
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the marks of lists stand and what they look like. Sizes are font sizes of the line's first word."""

    farthest: float = 3.4  # sizes between a mark and its line at most
    nearest: float = 0.45  # sizes between a mark and its line at least, where nothing else tells that it is one
    nearest_read: float = 0.3  # sizes, of what was read as a word,
    nearest_shape: float = 0.15  # and of what was read as a sign and has the shape of a mark
    cut: float = 0.3  # sizes that a mark may reach out of the box of what it was read as
    gap: float = 0.08  # sizes right of a mark that was not read
    word_gap: float = 1.5  # sizes up to which a word follows the one before in a line
    longest: int = 4  # characters that a mark was read as
    widest: float = 2.2  # sizes
    glued: float = 0.9  # sizes of a word's beginning in which a mark may stand that was read as part of it
    above: float = 0.85  # sizes above the baseline where marks are looked for
    below: float = 0.3  # sizes below the baseline
    speck: float = 0.12  # sizes of the side of a square, of which
    speck_fill: float = 0.6  # a shape fills such a share at least
    shortest: float = 0.095  # sizes of the longer side of a shape
    next_line: float = 0.8  # share of the height from where a shape that is cut off is of the line below
    spot: tuple[float, float] = (0.13, 0.6)  # sizes of the sides of a bullet
    spot_fill: float = 0.62  # share of its box that a bullet fills at least
    spot_aspect: tuple[float, float] = (0.6, 1.6)  # width to height
    dash_width: tuple[float, float] = (0.25, 1.1)  # sizes
    dash_height: float = 0.16  # sizes at most
    dash_aspect: float = 2.2  # width to height at least
    dash_fill: float = 0.6
    dot: float = 0.25  # sizes of the sides of the dot after a number
    confident: float = 0.6  # confidence from which a number is taken as read
    sure: float = 0.85  # and something else
    shape_confidence: float = 0.95  # of a mark that is recognised by its shape
    rubbish: float = 0.5  # confidence below which a short tall word is several lines' marks run together
    tall: float = 2.1  # times the usual height of a word
    crop_above: float = 0.95  # sizes above the baseline that are read again
    crop_below: float = 0.32
    crop_length: float = 14.0  # sizes of the line that are read with its mark
    crop_space: float = 0.3  # sizes between mark and line


SETTINGS = Settings()
RULE = "list mark"
_NUMBER = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z])[.):]?")
"""`1.`, `12)`, `a)`, `(2)`, `4.1`"""
_GLUED = re.compile(r"^([^\w\s§(\"”“'’–—-]{1,2}|[-–—])(?=[A-ZÅÄÖa-zåäö]{2})")
"""A mark that the engine took for part of the word: `«Andel`, `*Skola`"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet(Mark):
    """Ink left of the first word of a line, to be read: the place of the word that it was read as (None where it was
    not read), and whether its last shape is a dot."""

    read_as: int | None
    dotted: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Ink left of a line: the places of the line's first word and of the word that the ink was read as, if any."""

    first: int
    read_as: int | None
    box: BoundingBox
    size: float


def mark_by_shape(page: OcrPage, text: PageText) -> PageText:
    """Marks lines with the bullets and dashes that are recognised by their shape; the others are kept to be read."""
    read = _without_runs(text.words)
    words = list(read)
    unread: list[Bullet] = []
    for candidate in _candidates(page.image, read):
        sign = _sign_of_shape(page.image, candidate)
        if sign:
            place, word = _marked(words, candidate.first, candidate.read_as, sign, SETTINGS.shape_confidence)
            words[place] = word
        elif candidate.read_as is None or not _is_surely_read(read[candidate.read_as]):
            unread.append(_bullet(page.image, read[candidate.first], candidate))
    return replace(text, words=tuple(words), marks=(*text.marks, *unread))


def mark_as_read(page: OcrPage, text: PageText) -> PageText:
    """Marks lines with the numbers that an engine read in the crops of their marks."""
    words = list(text.words)
    for mark in text.marks:
        if isinstance(mark, Bullet) and (number := _number_read(mark)):
            place, word = _marked(words, mark.word, mark.read_as, number, mark.reading[0].confidence)
            words[place] = word
    return text.with_words(words)


def _number_read(mark: Bullet) -> str:
    """The number that was surely read before the words of a line; empty where there is none."""
    if len(mark.reading) < 2 or mark.reading[0].confidence < SETTINGS.confident:
        return ""
    number = re.sub(r"^(\d{1,2}),$", r"\1.", mark.reading[0].text)  # no list is numbered `4,`
    if number.isdigit() and mark.dotted:
        number += "."
    return number if _NUMBER.fullmatch(number) and (number[-1] in ".)" or number[0].isdigit()) else ""


def _without_runs(words: Sequence[OcrWord]) -> list[OcrWord]:
    """The words without marks of several lines that were read as one tall word."""
    usual = median(w.box.height for w in words) if words else 0.0
    return [
        w for w in words if len(w.text) > 3 or w.confidence > SETTINGS.rubbish or w.box.height < SETTINGS.tall * usual
    ]


def _is_surely_read(word: OcrWord) -> bool:
    """Whether another reading of a mark has nothing to mend."""
    is_number = bool(_NUMBER.fullmatch(word.text)) and word.text[-1] in ".)"
    return word.confidence >= (SETTINGS.confident if is_number else SETTINGS.sure)


def _marked(
    words: Sequence[OcrWord], first: int, read_as: int | None, sign: str, confidence: float
) -> tuple[int, OcrWord]:
    """The word that bears a line's mark, with its place; as it is where something was corrected in it before."""
    place = first if read_as is None else read_as
    word = words[place]
    if word.corrected:
        return place, word
    if read_as is not None and word.text == sign:
        return place, replace(word, confidence=max(word.confidence, confidence))
    if read_as is None:
        return place, word.with_correction(f"{sign} {word.text}", RULE)
    if read_as == first:
        return place, word.with_correction(_GLUED.sub(f"{sign} ", word.text), RULE)
    return place, replace(word.with_correction(sign, RULE), confidence=max(word.confidence, confidence))


def _candidates(image: PageImage, words: Sequence[OcrWord]) -> Iterator[_Candidate]:
    """What hangs left of lines."""
    left_of = _words_left_of(words)
    for place, word in enumerate(words):
        if sum(c.isalpha() for c in word.text) >= 2:
            found = _candidate(image, words, place, np.flatnonzero(left_of[place]).tolist())
            if found is not None:
                yield found


def _words_left_of(words: Sequence[OcrWord]) -> npt.NDArray[np.bool_]:
    """Of each word (row), which words of the same line begin farther left."""
    x0, top, _, bottom = np.array([w.box for w in words]).reshape(-1, 4).T
    middles = (top + bottom) / 2
    level = (top < middles[:, None]) & (bottom > middles[:, None])
    level |= (middles > top[:, None]) & (middles < bottom[:, None])  # a dash is low itself
    return np.asarray(level & (x0 < x0[:, None]))


def _candidate(image: PageImage, words: Sequence[OcrWord], place: int, left: Sequence[int]) -> _Candidate | None:
    word = words[place]
    size = word.font_size
    near = [i for i in left if words[i].box.x1 > word.box.x0 - SETTINGS.farthest * size]
    if near:
        nearest = max(near, key=lambda i: words[i].box.x1)
        if _in_line(words, left, nearest, size):
            return None
        found = _as_read(image, words, place, nearest)
        alone = len(near) == 1 or (found is not None and _sign_of_shape(image, found))
        return found if alone else None
    if _GLUED.match(word.text):
        box = _ink_box(image, word.box.x0 - 2, word.box.x0 + SETTINGS.glued * size, word, glued=True)
        return None if box is None else _Candidate(place, place, box, size)
    box = _ink_box(image, word.box.x0 - SETTINGS.farthest * size, word.box.x0 - SETTINGS.gap * size, word)
    if box is None:
        return None
    found = _Candidate(place, None, box, size)
    stands_off = word.box.x0 - box.x1 >= SETTINGS.nearest * size
    return found if stands_off or _sign_of_shape(image, found) else None


def _as_read(image: PageImage, words: Sequence[OcrWord], place: int, read_as: int) -> _Candidate | None:
    """The candidate that was read as a word of its own."""
    word, other = words[place], words[read_as]
    size = word.font_size
    gap = word.box.x0 - other.box.x1
    is_mark = len(other.text) <= SETTINGS.longest and other.box.width <= SETTINGS.widest * size
    is_sign = not any(c.isalnum() for c in other.text)
    if not is_mark or gap < (SETTINGS.nearest_shape if is_sign else SETTINGS.nearest_read) * size:
        return None
    box = _ink_box(image, other.box.x0 - SETTINGS.cut * size, other.box.x1 + 2, word)
    if box is None:
        return None
    found = _Candidate(place, read_as, box, size)
    stands_off = gap >= SETTINGS.nearest * size or (is_sign and gap >= SETTINGS.nearest_read * size)
    return found if stands_off or _sign_of_shape(image, found) else None


def _in_line(words: Sequence[OcrWord], left: Sequence[int], place: int, size: float) -> bool:
    """Whether what may be a mark itself follows other words of its line closely."""
    x0 = words[place].box.x0
    return any(i != place and x0 - words[i].box.x1 < SETTINGS.word_gap * size for i in left)


def _ink_box(image: PageImage, x0: float, x1: float, word: OcrWord, *, glued: bool = False) -> BoundingBox | None:
    """The box of the shapes of ink between x0 and x1 at the height of `word`, without specks; None without any.

    Only what stands right of the last shape that reaches out of that window, as rules of tables do, is counted; of a
    `glued` mark, only the first shape.
    """
    size = word.font_size
    baseline = baseline_of(word.text, word.box.bottom, size)
    top, bottom = max(0, int(baseline - SETTINGS.above * size)), int(baseline + SETTINGS.below * size)
    window = BoundingBox(max(0, int(x0)), top, x1, bottom)
    shapes = image.components(window, of_page=True)
    kept: list[BoundingBox] = []
    for shape in sorted(shapes, key=lambda s: (s.box, s.area)):
        if _is_speck(shape, size):
            continue
        cut_off = shape.box.x0 == window.x0 > 0 and not glued
        if shape.box.height >= window.height - 1 or cut_off:
            kept = []  # a rule of a table, or something that begins farther left
        elif not _is_of_next_line(shape.box, window):
            kept.append(shape.box)
            if glued:
                break
    return BoundingBox.around(kept)


def _is_speck(shape: Component, size: float) -> bool:
    small = shape.area < (SETTINGS.speck * size) ** 2 * SETTINGS.speck_fill
    return small or max(shape.box.width, shape.box.height) < SETTINGS.shortest * size


def _is_of_next_line(box: BoundingBox, window: BoundingBox) -> bool:
    return box.bottom >= window.bottom and box.top - window.top > SETTINGS.next_line * window.height


def _sign_of_shape(image: PageImage, candidate: _Candidate) -> str:
    """`•` or `–` for a spot or a bar at half the height of letters, nothing for what else it may be."""
    part = crop(image.page_ink, candidate.box)
    if part.size == 0:
        return ""
    fill = float(np.mean(part > 0))
    wide, tall = candidate.box.width / candidate.size, candidate.box.height / candidate.size
    return "•" if _is_spot(wide, tall, fill) else "–" if _is_dash(wide, tall, fill) else ""


def _is_spot(wide: float, tall: float, fill: float) -> bool:
    least, most = SETTINGS.spot
    narrowest, widest = SETTINGS.spot_aspect
    small = least <= wide <= most and least <= tall <= most
    return small and fill > SETTINGS.spot_fill and narrowest < wide / tall < widest


def _is_dash(wide: float, tall: float, fill: float) -> bool:
    shortest, longest = SETTINGS.dash_width
    flat = tall <= SETTINGS.dash_height and wide > SETTINGS.dash_aspect * tall
    return flat and shortest <= wide <= longest and fill > SETTINGS.dash_fill


def _bullet(image: PageImage, word: OcrWord, candidate: _Candidate) -> Bullet:
    return Bullet(
        word=candidate.first,
        read_as=candidate.read_as,
        box=candidate.box,
        size=candidate.size,
        crop=_crop_with_line(image, word, candidate),
        dotted=_is_dotted(image.crop(candidate.box), candidate.size),
    )


def _crop_with_line(image: PageImage, word: OcrWord, candidate: _Candidate) -> Grey:
    """A mark with the words of its line set close to it."""
    size, box = candidate.size, candidate.box
    baseline = baseline_of(word.text, word.box.bottom, size)
    top, bottom = max(0, int(baseline - SETTINGS.crop_above * size)), int(baseline + SETTINGS.crop_below * size)
    mark = image.crop(BoundingBox(box.x0 - 2, top, box.x1 + 2, bottom))
    line = image.crop(BoundingBox(word.box.x0 - 2, top, word.box.x0 + SETTINGS.crop_length * size, bottom))
    space = np.full((mark.shape[0], int(SETTINGS.crop_space * size)), 255, np.uint8)
    return np.hstack([mark, space, line])


def _is_dotted(part: Grey, size: float) -> bool:
    """Whether the last shape of a mark is a small dot at its foot."""
    shapes = components_in(ink_in(part))
    if len(shapes) < 2:
        return False
    last = max((shape.box for shape in shapes), key=lambda box: box.x0)
    dot = SETTINGS.dot * size
    return last.width < dot and last.height < dot and last.bottom > 0.8 * part.shape[0]
