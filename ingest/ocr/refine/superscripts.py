"""Superscript figures that mark footnotes, which the engine takes for quotation or exclamation marks.

A figure that stands high and small at the end of a word (`arbetsgrupp'`), or before the text of a note at the foot of
the page (`! För`), is set in the size of its line and read again.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import Mark, OcrPage, PageText
from avskrift.ingest.words import OcrWord, baseline_of, estimated_font_size
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """Where superscripts stand and how they are read. Sizes are font sizes of the line."""

    height: tuple[float, float] = (0.3, 0.55)  # sizes: quotation marks are lower, figures on the line higher
    raised: float = 0.22  # sizes above the baseline at least
    speck: int = 6  # pixels of area up to which a shape is none
    over_letters: float = 0.56  # sizes above the baseline that a superscript reaches at least, which touches a letter
    narrowest: float = 0.12  # sizes that such a one is wide at least
    unsure: float = 0.97  # confidence of a word below which a figure may have been left out at its end
    apart: float = 0.35  # sizes between a word and its figure that was read as a word of its own, at most
    over: float = -0.15  # sizes: so much the boxes of both may overlap
    end_of_word: float = 0.9  # word heights from a word's end in which a superscript stands
    note_gap: float = 2.0  # word heights between the figure of a note and its text at most
    mark: float = 0.45  # sizes from a word's end in which a quotation mark stands
    confident: float = 0.5  # confidence from which a figure is taken as read
    inferred_confidence: float = 0.8  # at most, of a figure that the order of its neighbours tells
    crop_above: float = 0.95  # sizes above the baseline that are read again
    crop_below: float = 0.3
    crop_length: float = 5.0  # sizes of the line that are read after a note's figure
    figure_height: float = 0.7  # sizes that the figure is enlarged to
    space: float = 0.35  # sizes between figure and line


SETTINGS = Settings()
RULE = "footnote mark"
_ENDS = re.compile(r"(?<=[^\W\d]|[.,)”\"])\d(?=[.,;:)]{0,2}$)|(?<=[\w.,)”\"])['’‘”“\"*!?°²³¹]{1,2}(?=[.,;:)]{0,2}$)")
"""What the figure of a footnote is read as, before the stops at the end of a word."""
_ALONE = re.compile(r"['’‘”“\"*!?°²³¹|]|\d{1,2}")
Boxes = npt.NDArray[np.float64]
_QUOTES = frozenset("'’‘”“\"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Superscript(Mark):
    """A figure at the end of a word, whose text before it is `head` and after it `tail`, or alone before a note, with
    an empty `head`. `apart` is the place of the word that the figure was read as, None where it was part of its word.
    """

    head: str
    tail: str = ""
    apart: int | None = None


def find_superscripts(page: OcrPage, text: PageText) -> PageText:
    """Keeps the superscripts after words, and alone before words, to be read."""
    boxes = np.array([word.box for word in text.words]).reshape(-1, 4)
    found = [_superscript(page.image, text.words, boxes, place) for place in range(len(text.words))]
    return replace(text, marks=(*text.marks, *(mark for mark in found if mark is not None)))


def set_superscripts(page: OcrPage, text: PageText) -> PageText:
    """Sets the figures of footnotes that an engine read in the crops of their marks, and those that only one word
    between two of them can bear."""
    words = list(text.words)
    marks = [mark for mark in text.marks if isinstance(mark, Superscript)]
    figures: dict[int, str] = {}
    taken: set[int] = set()
    for mark in marks:
        word = words[mark.word]
        if not (figure := _figure_read(mark)):
            continue
        figures[mark.word] = figure
        if word.corrected:
            continue
        if mark.apart is not None:
            word = _joined(word, words[mark.apart])
            taken.add(mark.apart)
        printed = mark.head + figure + mark.tail
        if printed != word.text:
            words[mark.word] = word.with_correction(printed, RULE)
    notes = {mark.word for mark in marks if not mark.head}
    words = _with_missed_marks(page.image, words, figures, notes)
    return text.with_words(word for place, word in enumerate(words) if place not in taken)


def _joined(word: OcrWord, figure: OcrWord) -> OcrWord:
    """A word and its figure as one."""
    box = BoundingBox.enclosing([word.box, figure.box])
    confidence = min(word.confidence, figure.confidence)
    return replace(word, text=f"{word.text} {figure.text}", box=box, confidence=confidence)


def _figure_read(mark: Superscript) -> str:
    """The figure that was surely read in a crop, at its end or, before a note, at its beginning; empty for others."""
    confident = [w.text for w in mark.reading if w.confidence > SETTINGS.confident] or [""]
    figure = confident[-1] if mark.head else confident[0]
    return figure if re.fullmatch(r"\d{1,2}", figure) else ""


def _with_missed_marks(
    image: PageImage, words: list[OcrWord], figures: Mapping[int, str], notes: set[int]
) -> list[OcrWord]:
    """The words with the mark of a note that no word was read to have, where only one word can bear it.

    `figures` are the figures that were read, by the place of their word; those at the places in `notes` stand before
    notes.
    """
    marked = {int(figure): place for place, figure in figures.items() if place not in notes}
    for figure in sorted(int(f) for place, f in figures.items() if place in notes):
        if figure in marked:
            continue
        places = _between_marks(figure, marked, notes, words)
        candidates = [p for p in places if _may_bear_mark(words, p) and _shows_one_mark(image, words[p])]
        if len(candidates) == 1:
            (place,) = candidates
            word = words[place]
            confidence = min(word.confidence, SETTINGS.inferred_confidence)
            words[place] = replace(word.with_correction(f"{word.text[:-1]}{figure}", RULE), confidence=confidence)
            marked[figure] = place
    return words


def _between_marks(figure: int, marked: Mapping[int, int], notes: set[int], words: Sequence[OcrWord]) -> list[int]:
    """The places of the words that stand between the marks before and after a figure. Where no mark and no note stands
    after it, the page's end is the bound."""
    before = [words[place] for other, place in marked.items() if other < figure]
    later = [words[place] for other, place in marked.items() if other > figure] + [words[place] for place in notes]
    later = [word for word in later if all(_stands_before(one, word) for one in before)]
    return [
        place
        for place, word in enumerate(words)
        if all(_stands_before(one, word) for one in before) and all(_stands_before(word, one) for one in later)
    ]


def _stands_before(one: OcrWord, other: OcrWord) -> bool:
    """Whether a word stands in an earlier line of the page than another, or farther left in the same."""
    if one.box.shared_height(other.box) > 0:
        return one.box.x0 < other.box.x0
    return one.box.middle < other.box.middle


def _may_bear_mark(words: Sequence[OcrWord], place: int) -> bool:
    """Whether a word ends in an asterisk, or in a quotation mark that nothing on its line opens."""
    word = words[place]
    if not word.corrected and re.search(r"\w\w\*$", word.text):
        return True
    if word.corrected or len(word.text) <= 3 or word.text[-1] not in _QUOTES:
        return False
    return sum(c in _QUOTES for w in words if w.line == word.line for c in w.text) == 1


def _shows_one_mark(image: PageImage, word: OcrWord) -> bool:
    """Whether a word ends in one raised shape: a quotation mark has two."""
    size = estimated_font_size(word.text[:-1], word.box.height)
    window = BoundingBox(word.box.x1 - SETTINGS.mark * size, word.box.top, word.box.x1 + 1, word.box.bottom)
    middle = window.middle
    return sum(shape.box.bottom <= middle and shape.area > SETTINGS.speck for shape in image.components(window)) <= 1


def _superscript(image: PageImage, words: Sequence[OcrWord], boxes: Boxes, place: int) -> Superscript | None:
    """The superscript at the end of a word, right after it, or alone before a word; `boxes` are the words'."""
    word = words[place]
    if word.corrected:
        return None
    if parts := _parts(word):
        reach = SETTINGS.end_of_word * word.box.height
        window = BoundingBox(word.box.x1 - reach, word.box.top, word.box.x1 + 1, word.box.bottom)
        return _raised(image, place, parts, word, window)
    if not _ALONE.fullmatch(word.text):
        return None
    before = _ends_before(words, boxes, word.box)
    if before is None:
        return _before_note(image, words, place)
    found = _raised(image, before, (words[before].text, ""), words[before], word.box.grown(1, 0, 1, 1))
    return None if found is None else replace(found, apart=place)


def _ends_before(words: Sequence[OcrWord], boxes: Boxes, figure: BoundingBox) -> int | None:
    """The place of the word that ends right before what may be its figure, read as a word of its own."""
    near = np.abs(figure.x0 - boxes[:, 2]) < figure.height
    for place in np.flatnonzero(near & (boxes[:, 1] < figure.bottom) & (boxes[:, 3] > figure.bottom)).tolist():
        word = words[place]
        size, apart = word.font_size, figure.x0 - word.box.x1
        if (
            SETTINGS.over * size <= apart < SETTINGS.apart * size
            and figure.bottom < word.box.bottom - SETTINGS.raised * size / 2
            and word.text[-1:].isalpha()
            and not word.corrected
        ):
            return int(place)
    return None


def _parts(word: OcrWord) -> tuple[str, str] | None:
    """The text of a word before and after what may be a superscript, None where there is none."""
    found = _ENDS.search(word.text)
    if found is not None and found.start() > 1:
        return word.text[: found.start()], word.text[found.end() :]
    left_out = word.confidence < SETTINGS.unsure and len(word.text) > 2 and word.text[-1].isalpha()
    return (word.text, "") if left_out else None


def _before_note(image: PageImage, words: Sequence[OcrWord], place: int) -> Superscript | None:
    """The superscript that stands alone before the word after it."""
    word = words[place]
    if place + 1 == len(words):
        return None
    note = words[place + 1]
    if not note.text or not 0 < note.box.x0 - word.box.x1 < SETTINGS.note_gap * note.box.height:
        return None
    top = min(word.box.top, note.box.top)
    window = BoundingBox(word.box.x0 - 1, top, word.box.x1 + 1, note.box.bottom)
    return _raised(image, place, ("", ""), note, window)


def _raised(
    image: PageImage, place: int, parts: tuple[str, str], word: OcrWord, window: BoundingBox
) -> Superscript | None:
    """The figure in a window, where it stands high and small beside a word; `parts` are the text before and after."""
    head, tail = parts
    letters = re.sub(r"\W", "", head or word.text)
    size = estimated_font_size((letters or "x") + tail, word.box.height)
    baseline = baseline_of(word.text, word.box.bottom, size)
    box = _raised_shape(image, window, size, baseline, alone=not head, last=bool(head) and not tail)
    if box is None and head and len(head) + len(tail) < len(word.text):
        box = _raised_columns(image, window, size, baseline)
    if box is None:
        return None
    crop = _crop_on_line(image, box, word, size, baseline, after=bool(head))
    return None if crop is None else Superscript(word=place, box=box, size=size, crop=crop, head=head, tail=tail)


def _raised_shape(
    image: PageImage, window: BoundingBox, size: float, baseline: float, *, alone: bool, last: bool
) -> BoundingBox | None:
    """The box of the last small shape that stands high in a part of the picture, with nothing below it; what stands
    `alone` has two shapes at most, and what is `last` nothing on its right."""
    shapes = [shape.box for shape in image.components(window.grown(0, 0, 1, 1)) if shape.area > SETTINGS.speck]
    if alone and len(shapes) > 2:
        return None
    least, most = SETTINGS.height
    raised = [
        box
        for box in shapes
        if least * size <= box.height <= most * size
        and baseline - box.bottom >= SETTINGS.raised * size
        and not any(other.top >= box.middle and other.shared_width(box) > 0 for other in shapes)
    ]
    found = max(raised, key=lambda box: box.x1, default=None)
    is_last = found is not None and found.x1 >= max(box.x1 for box in shapes) - 1
    return found if is_last or not last else None


def _raised_columns(image: PageImage, window: BoundingBox, size: float, baseline: float) -> BoundingBox | None:
    """The box of the ink at the end of a part of the picture that stands high, where it touches the letter before."""
    x0, top = max(0, int(window.x0)), max(0, int(window.top))
    ink = image.ink(window) > 0
    if ink.size == 0:
        return None
    tops = top + ink.argmax(axis=0)
    bottoms = top + len(ink) - ink[::-1].argmax(axis=0)
    high = ink.any(axis=0) & (baseline - bottoms >= SETTINGS.raised * size)
    high &= baseline - tops >= SETTINGS.over_letters * size
    columns = np.flatnonzero(high)
    if len(columns) == 0:
        return None
    begin, end = int(columns[-1]), int(columns[-1]) + 1
    while begin and high[begin - 1]:
        begin -= 1
    found = BoundingBox(x0 + begin, float(tops[begin:end].min()), x0 + end, float(bottoms[begin:end].max()))
    least, most = SETTINGS.height
    return found if least * size <= found.height <= most * size and end - begin > SETTINGS.narrowest * size else None


def _crop_on_line(
    image: PageImage, box: BoundingBox, word: OcrWord, size: float, baseline: float, *, after: bool
) -> Grey | None:
    """The figure in a box set on the line, as large as the line's figures, `after` or before its word; None where the
    line lies outside the picture. `size` is the line's font size, `baseline` where it stands."""
    top, bottom = max(0, int(baseline - SETTINGS.crop_above * size)), int(baseline + SETTINGS.crop_below * size)
    end = box.x0 - 1 if after else word.box.x0 + SETTINGS.crop_length * size
    line = image.crop(BoundingBox(word.box.x0 - 2, top, end, bottom))
    shape = image.crop(box.grown(1, 1, 1, 1))
    foot = min(line.shape[0], round(baseline - top) + 1)
    tall = min(round(SETTINGS.figure_height * size), foot)  # less where the line stands at the very top of the page
    if tall < 1:
        return None
    wide = max(3, round(shape.shape[1] * tall / shape.shape[0]))
    figure = np.full((line.shape[0], wide + 2), 255, np.uint8)
    figure[foot - tall : foot, 1 : 1 + wide] = cv2.resize(shape, (wide, tall), interpolation=cv2.INTER_CUBIC)
    space = np.full((line.shape[0], round(SETTINGS.space * size)), 255, np.uint8)
    return np.hstack([line, space, figure] if after else [figure, space, line])
