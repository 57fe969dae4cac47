"""Letters that an engine passed over: the end of a line that it cut off, a page number that stands alone.

Shapes as large as letters that lie under no word are cut out, with the word that they seem to go on, and read again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
from rapidfuzz.distance import Levenshtein

from avskrift.ingest.grouping import chained
from avskrift.ingest.image.connected_components import components_of
from avskrift.ingest.image.picture import halved, up_to
from avskrift.ingest.image.ruling import without_rules
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.line_crops import read_boxes
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """What is a letter, and which letters are of one line. Heights are the usual height of the page's words."""

    most: int = 24  # places of a page: with more the picture is of something else than text
    confident: float = 0.72  # confidence from which all words of a new reading are taken
    margin: int = 6  # pixels around letters that are read again
    around_word: tuple[int, int] = (2, 3)  # pixels beside and above a word that are its own
    around_rule: int = 5  # pixels
    height: tuple[float, float] = (0.45, 1.7)  # heights of a letter
    width: tuple[float, float] = (0.12, 4.0)
    fill: float = 0.15  # share of its box that a letter fills at least
    page_edge: float = 0.02  # share of the page's width where shadows stand
    gap: float = 0.9  # heights between two letters of one line at most,
    level: float = 0.4  # which overlap by such a share of the lower one
    word_gap: tuple[float, float] = (-0.5, 0.8)  # heights between a word and what goes on it,
    word_level: float = 0.5  # which overlap by such a share of the lower one
    bullet_gap: float = 4.0  # heights between the mark of a list and its line
    single: float = 0.6  # heights of a single shape at least
    shapes_a_letter: int = 3  # shapes to a letter that was read, at most
    misread: int = 3  # one letter in so many may be read otherwise in the word that goes on


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class _Missed:
    """Unread letters of one line: their box, how many shapes, and the place of the word they go on (None: of none)."""

    box: BoundingBox
    shapes: int
    word: int | None


def read_missed_text(page: OcrPage, text: PageText) -> PageText:
    """Adds the words that the first reading passed over, and replaces those that it cut off."""
    words = text.words
    missed = list(_missed(page.image, words)) if words else []
    if not missed or len(missed) > SETTINGS.most:
        return text
    boxes = [_with_word(place, words) for place in missed]
    newest = max(w.line for w in words)
    kept: dict[int | None, OcrWord] = dict(enumerate(words))
    added: list[OcrWord] = []
    for place, found in zip(missed, read_boxes(page.image, boxes, page.read_lines), strict=True):
        newest += 1
        before = kept.get(place.word)
        was_replaced = before is None and place.word is not None
        if not was_replaced and _is_believed(found, before, place.shapes):
            kept.pop(place.word, None)
            added += [replace(w, line=newest if before is None else before.line) for w in found]
    return text.with_words([*kept.values(), *added])


def _is_believed(found: Sequence[OcrWord], before: OcrWord | None, shapes: int) -> bool:
    """Whether what was read of so many shapes is text that was missed, going on a word before them if any."""
    if not found or any(w.confidence < SETTINGS.confident for w in found):
        return False
    return _are_words(found, shapes) if before is None else _goes_on(before, found)


def _with_word(missed: _Missed, words: Sequence[OcrWord]) -> BoundingBox:
    """What is read again: the letters and the word they go on, with a margin."""
    boxes = [missed.box] if missed.word is None else [missed.box, words[missed.word].box]
    return BoundingBox.enclosing(boxes).grown(*[SETTINGS.margin] * 4)


def _are_words(found: Sequence[OcrWord], shapes: int) -> bool:
    """Whether what was read of so many shapes may be words of their own."""
    letters = sum(len(w.text) for w in found)
    return any(c.isalnum() for w in found for c in w.text) and shapes <= SETTINGS.shapes_a_letter * letters


def _goes_on(cut_off: OcrWord, words: Sequence[OcrWord]) -> bool:
    """Whether a new reading holds the word that was cut off, and more."""
    text = " ".join(w.text for w in words)
    if len(text) <= len(cut_off.text) or cut_off.text[-1:].isdigit():
        return False  # what goes on a number may well be a symbol (`symbols`)
    head = text[: len(cut_off.text)]
    return Levenshtein.distance(head, cut_off.text) <= max(1, len(cut_off.text) // SETTINGS.misread)


def _missed(image: PageImage, words: Sequence[OcrWord]) -> Iterator[_Missed]:
    """The places of a page where letters stand that lie under no word."""
    usual = median(w.box.height for w in words)

    def follows(line: list[BoundingBox], box: BoundingBox) -> bool:
        near = box.x0 - max(b.x1 for b in line) < SETTINGS.gap * usual
        return near and box.shared_height(line[-1]) > SETTINGS.level * min(box.height, line[-1].height)

    for letters in chained(sorted(_unread_letters(image, words, usual)), follows):
        box = BoundingBox.enclosing(letters)
        if any(_is_read_in(word, box) for word in words):
            continue  # read, though its box came out too small
        word = _cut_off_word(box, words, usual)
        if word is not None or _may_stand_alone(box, len(letters), words, usual):
            yield _Missed(box, len(letters), word)


def _may_stand_alone(box: BoundingBox, letters: int, words: Sequence[OcrWord], usual: float) -> bool:
    """Whether letters may be a line of their own: large enough, and no mark of a list (`bullets`)."""
    large = letters > 1 or box.height > SETTINGS.single * usual
    return large and not (letters < 3 and _stands_before_line(box, words, usual))


def _unread_letters(image: PageImage, words: Sequence[OcrWord], usual: float) -> list[BoundingBox]:
    """The boxes of shapes as large as letters that lie under no word."""
    times = image.reduction  # letters are looked for at the size that rules were
    ink = image.page_ink if times == 1 else up_to(255 - halved(image.page_ink), 127)
    free = without_rules(ink, image.ruling, SETTINGS.around_rule)
    beside, above = SETTINGS.around_word
    for word in words:
        x0, top, x1, bottom = map(int, word.box.grown(beside, above, beside, above).scaled(1 / times))
        cv2.rectangle(free, (x0, top), (x1, bottom), 0, -1)
    shapes = components_of(free)
    usual /= times
    heights, widths = shapes.heights, shapes.widths
    lefts, wide = shapes.table[:, 0], free.shape[1]
    is_letter = (
        (heights > SETTINGS.height[0] * usual)
        & (heights < SETTINGS.height[1] * usual)
        & (widths > SETTINGS.width[0] * usual)
        & (widths < SETTINGS.width[1] * usual)
        & (shapes.areas > SETTINGS.fill * widths * heights)
        & (lefts > SETTINGS.page_edge * wide)
        & (lefts + widths < (1 - SETTINGS.page_edge) * wide)
    )
    return [shape.box.scaled(times) for shape in shapes.chosen(is_letter)]


def _is_read_in(word: OcrWord, box: BoundingBox) -> bool:
    return word.box.shared_width(box) > 2 and word.box.top < box.middle < word.box.bottom


def _stands_before_line(box: BoundingBox, words: Sequence[OcrWord], usual: float) -> bool:
    """Whether a line of words begins right of the shapes, not far away."""
    return any(
        0 < w.box.x0 - box.x1 < SETTINGS.bullet_gap * usual
        and w.box.top < box.middle < w.box.bottom
        and len(w.text) > 1
        for w in words
    )


def _cut_off_word(box: BoundingBox, words: Sequence[OcrWord], usual: float) -> int | None:
    """The place of the word that ends right before the letters, on their line."""
    least, most = (times * usual for times in SETTINGS.word_gap)
    near = [
        (box.x0 - w.box.x1, place)
        for place, w in enumerate(words)
        if least < box.x0 - w.box.x1 < most
        and w.box.shared_height(box) > SETTINGS.word_level * min(w.box.height, box.height)
    ]
    return min(near)[1] if near else None
