"""Hyphens and en dashes told apart by how long their bar is: `2022–2025`, `kl. 18–02`, `–3,4 %`.

A recogniser that hardly saw en dashes reads them as hyphens. A hyphen's bar is a quarter to a third of the font size
long, an en dash's half of it or more; how long hyphens are in the page's own fonts is measured where only they can
stand. A spot that stands alone between words and was read as a bar is a middle dot.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from avskrift.ingest.image.picture import crop, runs_of
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord, baseline_of
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """What bars look like. Sizes are the font size of the line."""

    above: float = 0.9  # sizes above the baseline where the ink of signs is looked at
    below: float = 0.2
    middle: tuple[float, float] = (0.1, 0.5)  # sizes above the baseline between which a bar lies
    thickest: float = 0.19  # sizes
    shortest: float = 0.17  # sizes
    hyphen: float = 0.28  # sizes that a hyphen is long, where the page has too few
    fewest: int = 3  # hyphens that tell how long they are on a page,
    hyphens: tuple[float, float] = (0.2, 0.34)  # and how long they may be found to be
    # Times as long as a hyphen that an en dash is at least. On twenty scans of office printers and fax machines hyphens
    # were up to 1.28 times as long beside figures and 1.25 between letters, en dashes from 1.37 and 1.69 on.
    longer: float = 1.33
    longer_alone: float = 1.2  # between spaces, where a hyphen hardly stands
    longer_in_word: float = 1.45  # between letters
    longer_at_end: float = 1.9  # at the end of a word, which is divided there
    em_dash: float = 0.85  # sizes from which what was read as an em dash is one
    spot: tuple[float, float] = (0.06, 0.3)  # sizes of the sides of a middle dot
    spot_aspect: float = 1.4  # width to height of it at most
    cut: float = 0.2  # sizes that it may reach out of the box of what it was read as


SETTINGS = Settings()
RULE = "dash in the picture"
_DASHES = re.compile(r"[-–—]+")
_HYPHEN_ONLY = re.compile(r"\w*[a-zåäö]-|\d{4}-\d\d-\d\d\W?|\d{6}-\d{4}\W?")
"""A word divided at the end of its line, a date, a number of a person or an organisation."""

_NUMBERS = re.compile(r"\W*(?:\d{4}-\d\d-\d\d|\d{6}-\d{4})\W*")
"""Dates and numbers of organisations, which have hyphens whatever their length in a bad scan."""
_BETWEEN_FIGURES = re.compile(r"(?<=\d)—(?=\d)")
"""What was read as an em dash, which Swedish prints in no such place."""


class _Line(NamedTuple):
    """The font size of a line, in pixels, and where it stands at places along it."""

    size: float
    baselines: tuple[tuple[float, float], ...]

    def baseline(self, x: float) -> float:
        """Where the line stands near `x`."""
        return min(self.baselines, key=lambda place: abs(place[0] - x))[1]


class _Bar(NamedTuple):
    """A bar in the picture: where it begins and ends, in pixels, and its length in sizes."""

    x0: int
    x1: int
    length: float


def correct_dashes(page: OcrPage, text: PageText) -> PageText:
    """Corrects hyphens that the picture shows to be en dashes or middle dots, and the reverse."""
    lines = _lines(text.words)
    bars = {
        place: _bars(page.image, word, lines[word.line], len(_DASHES.findall(word.text)))
        for place, word in enumerate(text.words)
        if word.line in lines and _DASHES.search(word.text)
    }
    hyphen = _hyphen([bars[place] for place in bars if _HYPHEN_ONLY.fullmatch(text.words[place].text)])
    words = list(text.words)
    for place, found in bars.items():
        word = words[place]
        if word.final_text in ("-", "–") and _is_dot(page.image, word, lines[word.line]):
            words[place] = word.with_correction("·", RULE)
        else:
            words[place] = _with_dashes(word, found, hyphen)
    return text.with_words(words)


def _lines(words: Sequence[OcrWord]) -> Mapping[int, _Line]:
    """The lines by number, of which some words tell the size."""
    by_line: dict[int, list[OcrWord]] = {}
    for word in words:
        if sum(c.isalnum() for c in word.text) >= 2:
            by_line.setdefault(word.line, []).append(word)
    return {
        number: _Line(
            median(w.font_size for w in line),
            tuple(((w.box.x0 + w.box.x1) / 2, baseline_of(w.text, w.box.bottom, w.font_size)) for w in line),
        )
        for number, line in by_line.items()
    }


def _bars(image: PageImage, word: OcrWord, line: _Line, count: int) -> list[_Bar]:
    """The `count` longest bars in a word, from left to right; none where there are fewer."""
    size, baseline = line.size, line.baseline((word.box.x0 + word.box.x1) / 2)
    top = max(0, int(baseline - SETTINGS.above * size))
    x0 = max(0, int(word.box.x0) - 2)
    part = crop(image.page_ink, BoundingBox(x0, top, word.box.x1 + 3, baseline + SETTINGS.below * size)) > 0
    lowest, highest = (round(baseline - times * size) - top for times in SETTINGS.middle)
    filled: npt.NDArray[np.bool_] = np.asarray(part.any(axis=0))
    level = part[max(0, highest) : max(0, lowest)].sum(axis=0)
    flat: npt.NDArray[np.bool_] = (
        (level > 0) & (level <= max(2.0, SETTINGS.thickest * size)) & (part.sum(axis=0) == level)
    )
    runs = [(a, b) for a, b in runs_of(flat) if b - a >= SETTINGS.shortest * size]
    if "H" in word.text:  # its bar is touched on both sides
        runs = [(a, b) for a, b in runs if not (a and filled[a - 1] and b < len(filled) and filled[b])]
    longest = sorted(runs, key=lambda run: run[0] - run[1])[:count]
    return [_Bar(x0 + a, x0 + b, (b - a) / size) for a, b in sorted(longest)] if len(longest) == count else []


def _hyphen(surely: Sequence[Sequence[_Bar]]) -> float:
    """How long hyphens are, in sizes."""
    lengths = [bar.length for bars in surely for bar in bars]
    shortest, longest = SETTINGS.hyphens
    if len(lengths) < SETTINGS.fewest:
        return SETTINGS.hyphen
    return min(longest, max(shortest, median(lengths)))


def _with_dashes(word: OcrWord, bars: Sequence[_Bar], hyphen: float) -> OcrWord:
    """The word with each dash as its bar shows it to be; as it is where another look changed its dashes."""
    text = word.final_text
    if _NUMBERS.fullmatch(text):
        return word
    places = list(_DASHES.finditer(text))
    if len(places) != len(bars):
        found = _BETWEEN_FIGURES.sub("–", text)
        return word if found == text else word.with_correction(found, word.corrected_by or RULE)
    found = text
    for place, bar in reversed(list(zip(places, bars, strict=True))):
        dash = _dash(place.group(), text[: place.start()], text[place.end() :], bar.length, hyphen)
        found = found[: place.start()] + dash + found[place.end() :]
    return word if found == text else word.with_correction(found, word.corrected_by or RULE)


def _dash(read: str, before: str, after: str, length: float, hyphen: float) -> str:
    """The sign for a bar so long, between what stands before and after it in its word."""
    longer = SETTINGS.longer if before or after else SETTINGS.longer_alone
    if before[-1:].isalpha() and (after[:1].isalpha() or not after):
        longer = SETTINGS.longer_in_word if after else SETTINGS.longer_at_end
    if length >= longer * hyphen:
        return "—" if read == "—" and length >= SETTINGS.em_dash else "–"
    return "-"


def _is_dot(image: PageImage, word: OcrWord, line: _Line) -> bool:
    """Whether what a word shows at the height of a bar is a small spot."""
    size, baseline = line.size, line.baseline(word.box.x0)
    lowest, highest = (baseline - times * size for times in SETTINGS.middle)
    beside = SETTINGS.cut * size
    shapes = [shape.box for shape in image.components(word.box.grown(beside, 2, beside, 2), of_page=True)]
    level = [box for box in shapes if highest <= box.middle <= lowest and box.height <= SETTINGS.spot[1] * size]
    if len(level) != 1:
        return False
    (box,) = level
    least, most = (times * size for times in SETTINGS.spot)
    return least <= box.height <= most and least <= box.width <= min(most, SETTINGS.spot_aspect * box.height)
