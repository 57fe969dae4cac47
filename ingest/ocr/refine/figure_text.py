"""Words that belong to a figure and not to the running text: separated after an engine has read the page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from statistics import median
from types import MappingProxyType

import cv2
import numpy as np

from avskrift.ingest.grouping import rows_by_middle
from avskrift.ingest.image.picture import opened
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import FigureText, OcrPage, PageText
from avskrift.ingest.words import OcrWord
from avskrift.language.phrases import phrase
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """Which words are of a figure. Heights are those of the word asked about, or the usual height of the page's."""

    fax_head: float = 0.05  # share of the page's height within which a fax machine prints its line,
    fax_rows: int = 2  # in one of so many rows
    unsure: float = 0.6  # confidence below which a word that touches a signature is of it
    beside_signature: float = 2.0  # heights
    level: float = 0.5  # share of a word's height at which it stands beside a signature
    sure: float = 0.8  # confidence from which a word of three letters is text:
    text_words: int = 12  # more of them inside a picture are text on a tinted ground
    # Names beside logos.
    logo_rows: int = 3
    logo_reach: float = 0.15  # share of the logo's height above and below it where its name stands
    crown: tuple[float, float] = (5, 0.4)  # pixels beside, and share of the logo's height above it, of its small parts
    crown_letters: int = 4  # characters that small parts are read as
    crown_right: int = 10  # pixels right of the logo that they reach
    name_gap: tuple[float, float] = (1.2, 1.6)  # logo heights, or word heights, between a logo and its name
    name_space: float = 0.9  # heights between two words of a name
    # Charts.
    digits: float = 0.5  # share of digits in a word that is a figure
    axis: float = 8.0  # heights left of a chart where the figures of its axis stand
    title_reach: float = 4.0  # heights above a chart
    title_centre: float = 0.12  # share of the chart's width that the middle of its title is off the chart's,
    title_indent: float = 0.06  # and that the title begins right of it
    axis_row: float = 0.6  # share of figures in a row below a chart that is an axis
    # Handwriting on rules.
    on_rule: tuple[float, float] = (1.3, 0.8)  # heights above a rule within which middle and foot of a word stand
    shorter: float = 0.85  # share of the rule: an underlined heading is as long as its rule
    slanted: float = 6.0  # degrees from which letters are handwriting: upright type has 0
    underline: int = 60  # pixels from which a stroke is no part of a letter


SETTINGS = Settings()
Words = Sequence[OcrWord]


def separate_figure_text(page: OcrPage, text: PageText) -> PageText:
    """Takes the words of figures, of a fax machine's line and of handwriting on rules out of the running text."""
    left, figures = list(text.words), list(text.figures)

    def take(kind: str, words: Words, box: BoundingBox | None = None) -> None:
        boxes = [*([] if box is None else [box]), *(w.box for w in words)]
        figures.append(FigureText(kind, BoundingBox.enclosing(boxes), tuple(words)))
        taken = {id(w) for w in words}
        left[:] = [w for w in left if id(w) not in taken]

    if sent := _fax_line(left, page.image.picture.shape[0]):
        take("transmission", sent)
    usual = median(w.box.height for w in left) if left else 1.0
    for figure in page.image.figures:
        words_of = _WORDS_OF.get(figure.kind, _words_inside)
        take(figure.kind, words_of(figure.box, left, usual), figure.box)
    for rule in page.image.single_rulings:
        written = _on_rule(rule, left, usual)
        if written and _slant(page.image, written) > SETTINGS.slanted:
            take("handwriting", written)
    return replace(text, words=tuple(left), figures=tuple(figures))


def _fax_line(words: Words, height: int) -> Words:
    """The line that a fax machine printed at the head of a page, if any."""
    rows = rows_by_middle([w for w in words if w.box.bottom < SETTINGS.fax_head * height])
    fax_header = phrase("fax header")
    sent = (row for row in rows[: SETTINGS.fax_rows] if fax_header.search(" ".join(w.text for w in row).upper()))
    return next(sent, [])


def _words_inside(box: BoundingBox, words: Words, usual: float) -> Words:
    inside = [w for w in words if box.contains_centre(w.box)]
    sure = sum(w.confidence > SETTINGS.sure and len(w.text) > 2 for w in inside)
    return inside if sure <= SETTINGS.text_words else []


def _words_of_signature(box: BoundingBox, words: Words, usual: float) -> Words:
    return [w for w in words if box.contains_centre(w.box) or (w.confidence < SETTINGS.unsure and _touches(w.box, box))]


def _touches(word: BoundingBox, box: BoundingBox) -> bool:
    """Whether a word stands on a figure or right beside it, at its height."""
    near = SETTINGS.beside_signature * word.height
    level = word.shared_height(box) > SETTINGS.level * word.height
    return level and word.x0 < box.x1 + near and word.x1 > box.x0 - near


def _words_of_logo(box: BoundingBox, words: Words, usual: float) -> Words:
    """The name that stands right of a logo: one to three rows without figures, as high as the logo."""
    small = _words_in_crown(box, words)
    of_crown = {id(w) for w in small}
    near = [w for w in _right_of(box, words) if id(w) not in of_crown]
    rows = [name for row in rows_by_middle(near) if (name := _name_in_row(row, box))]
    name = list(chain.from_iterable(rows))
    if len(rows) > SETTINGS.logo_rows or any(c.isdigit() for w in name for c in w.text):
        return small
    return [*small, *name]


def _right_of(logo: BoundingBox, words: Words) -> Words:
    """The words right of the middle of a logo, at its height."""
    reach = SETTINGS.logo_reach * logo.height
    level = [w for w in words if logo.top - reach < w.box.middle < logo.bottom + reach]
    return [w for w in level if w.box.x0 > logo.x0 + 0.5 * logo.width]


def _words_in_crown(logo: BoundingBox, words: Words) -> Words:
    """What small parts of a logo, such as a crown, were read as."""
    beside, above = SETTINGS.crown[0], SETTINGS.crown[1] * logo.height
    around = logo.grown(beside, above, beside, above)
    short = [w for w in words if len(w.text) <= SETTINGS.crown_letters and w.box.x1 < logo.x1 + SETTINGS.crown_right]
    return [w for w in short if around.contains_centre(w.box)]


def _name_in_row(row: Words, logo: BoundingBox) -> Words:
    """The words of a row that follow a logo, and each other, closely."""
    name: list[OcrWord] = []
    edge = logo.x1
    first_gap, height_gap = SETTINGS.name_gap
    for word in row:
        if not any(c.isalnum() for c in word.text):
            continue
        height = word.box.height
        most = SETTINGS.name_space * height if name else max(first_gap * logo.height, height_gap * height)
        if word.box.x0 - edge > most:
            break
        name.append(word)
        edge = word.box.x1
    return name


def _words_of_chart(box: BoundingBox, words: Words, usual: float) -> Words:
    """The words in a chart, the figures along its axes, its legend and its title."""
    inside = [w for w in words if box.contains_centre(w.box)]
    scale = _scale_of_chart(box, words, usual)
    with_scale, with_words = (BoundingBox.enclosing([box, *(w.box for w in taken)]) for taken in (scale, inside))
    whole = BoundingBox(with_scale.x0, with_scale.top, box.x1, with_words.bottom)
    rows = rows_by_middle(words)
    below = chain.from_iterable(row for row in rows if _is_axis_below(row, whole, usual))
    taken = {id(w) for w in (*_title_of_chart(whole, rows, usual), *scale, *inside, *below)}
    return [w for w in words if id(w) in taken]


def _scale_of_chart(box: BoundingBox, words: Words, usual: float) -> Words:
    """The figures left of a chart, and those above them that are aligned with them and no farther than a step."""
    figures = [w for w in words if _is_figure(w) and w.box.top < box.bottom + usual]
    level = [w for w in figures if box.top - usual < w.box.top]
    scale = [w for w in level if box.x0 - SETTINGS.axis * usual < w.box.x1 <= box.x0]
    return [*scale, *_scale_above(scale, figures, box.bottom, usual)] if scale else []


def _scale_above(scale: Words, figures: Words, bottom: float, usual: float) -> Words:
    """The figures that go on a scale upwards: aligned with it, and no farther from the last than its largest step."""
    edge = median(w.box.x1 for w in scale)
    step = _largest_step([w.box.top for w in scale], usual)
    top = min(w.box.top for w in scale)
    aligned = [w for w in figures if abs(w.box.x1 - edge) < usual and w.box.bottom <= bottom + usual]
    above: list[OcrWord] = []
    for word in sorted(aligned, key=lambda w: -w.box.top):
        if top - 1.5 * step < word.box.top and not any(word is w for w in scale):
            above.append(word)
            top = min(top, word.box.top)
    return above


def _largest_step(tops: Sequence[float], usual: float) -> float:
    """From one figure of an axis to the next; two words of one figure stand closer than half of the usual height."""
    steps = (b - a for a, b in pairwise(sorted(tops)))
    return max((step for step in steps if step > usual / 2), default=2 * usual)


def _is_axis_below(row: Words, chart: BoundingBox, usual: float) -> bool:
    """Whether a row right below a chart, no wider than it, holds figures for the most part."""
    below = chart.bottom < row[0].box.top + usual / 2 < chart.bottom + 2 * usual
    within = all(chart.x0 - usual < w.box.x0 < chart.x1 + usual for w in row)
    return below and within and sum(map(_is_figure, row)) > SETTINGS.axis_row * len(row)


def _title_of_chart(chart: BoundingBox, rows: Sequence[Words], usual: float) -> Words:
    """The last row above a chart, where it is centred over it."""
    above = [r for r in rows if chart.top - SETTINGS.title_reach * usual < r[0].box.middle < chart.top]
    if not above:
        return []
    row = above[-1]
    middle = (row[0].box.x0 + row[-1].box.x1) / 2
    centred = abs(middle - (chart.x0 + chart.x1) / 2) < SETTINGS.title_centre * chart.width
    return row if centred and row[0].box.x0 > chart.x0 + SETTINGS.title_indent * chart.width else []


def _is_figure(word: OcrWord) -> bool:
    digits = sum(c.isdigit() for c in word.text)
    return digits >= SETTINGS.digits * len(word.text) or word.text.strip("%|-.").lower() in ("", "o", "oo")


_WORDS_OF: Mapping[str, Callable[[BoundingBox, Words, float], Words]] = MappingProxyType(
    {"logo": _words_of_logo, "chart": _words_of_chart, "signature": _words_of_signature}
)
"""The words of a figure by its kind, from its box, the words of the page and their usual height in pixels."""


def _on_rule(rule: BoundingBox, words: Words, usual: float) -> Words:
    """The words that stand on a rule longer than they are."""
    middle, foot = (heights * usual for heights in SETTINGS.on_rule)
    along = [w for w in words if rule.x0 - usual < w.box.x0 and w.box.x1 < rule.x1 + usual]
    level = [w for w in along if rule.top - middle < w.box.middle < rule.bottom]
    found = [w for w in level if w.box.bottom > rule.top - foot]
    box = BoundingBox.around(w.box for w in found)
    return [] if box is None or box.width > SETTINGS.shorter * rule.width else found


def _slant(image: PageImage, words: Words) -> float:
    """How far letters lean to the right, in degrees: the shear that makes their columns sharpest."""
    ink = image.ink(BoundingBox.enclosing(w.box for w in words))
    if ink.size == 0:
        return 0.0
    ink = np.asarray(cv2.subtract(ink, opened(ink, 1, SETTINGS.underline)), dtype=np.uint8)
    height, width = ink.shape
    best = (-1.0, 0.0)
    for degrees in range(-9, 31, 3):
        lean = np.tan(np.radians(degrees))
        shear = np.array([[1.0, lean, 0.0], [0.0, 1.0, 0.0]])
        columns = cv2.warpAffine(ink, shear, (int(width + abs(lean) * height), height)).sum(axis=0, dtype=np.float64)
        best = max(best, (float(np.sum(columns**2)), float(degrees)))
    return best[1]
