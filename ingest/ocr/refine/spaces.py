"""Spaces that an engine missed, as the picture shows them: `Plan3`, `§22`, `24500` for `24 500`, `Torgimitten`.

A word is split only where its signs are shapes of their own, so that the place of the space among them is certain, and
never where it is known as one word: the thin letters `i` and `l` stand far from others in some fonts.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord
from avskrift.language.lexicon import ONE_LETTER_WORDS
from avskrift.language.spelling import is_known

Run = tuple[int, int]
"""Where a run of columns with ink begins and ends, in pixels."""


@dataclass(frozen=True, slots=True)
class Settings:
    """When a gap between two signs is a space."""

    shortest: int = 5  # letters of a word that may hold a space
    digits: tuple[int, int] = (4, 9)  # of a number that may hold spaces
    space: float = 0.17  # font sizes that a space is wide at least,
    wider: float = 2.4  # times as wide as the usual gap between the word's letters,
    widest_rest: float = 1.5  # and as the widest of those that are none
    most: int = 3  # spaces in a word
    pitch: float = 1.22  # times as far apart two figures stand with a thin space between them: figures are all as wide
    even: float = 1.25  # times the usual pitch of figures at most
    touching: tuple[float, float] = (1.6, 2.8)  # times as wide as others are two figures that touch
    beside_number: float = 2.0  # times as wide as the others is a space between a number and what stands with it


SETTINGS = Settings()
RULE = "space in the picture"
_NUMBER_WITH = re.compile(r"(§)(\d{1,3}[a-z]?[.,]?)|(\(?[-–—+]?\d+(?:[.,]\d+)?)(%[.,;:)]*)|([^\W\d_]{2,}\.?)(\d{1,4})")
"""`§22`, `73%`, `Bilaga3`: two parts between which a space may stand."""


def correct_spaces(page: OcrPage, text: PageText) -> PageText:
    """Corrects words in which the picture shows spaces."""
    return text.with_words(_split(page.image, word) for word in text.words)


def _split(image: PageImage, word: OcrWord) -> OcrWord:
    text = word.text
    places = [] if word.corrected else _spaces(image, word)
    parts = [text[a:b] for a, b in itertools.pairwise([0, *places, len(text)])]
    lone = any(len(part) == 1 and part.isalpha() and part.lower() not in ONE_LETTER_WORDS for part in parts)
    one_word = len(parts) == 1 or lone or (text.isalpha() and is_known(text))
    return word if one_word else word.with_correction(" ".join(parts), RULE)


def _spaces(image: PageImage, word: OcrWord) -> list[int]:
    """The places in a word's text before which spaces stand."""
    text = word.text
    parts = _NUMBER_WITH.fullmatch(text)
    if parts is not None:
        return _beside_number(image, word, [part for part in parts.groups() if part])
    is_number = text.isdigit() and SETTINGS.digits[0] <= len(text) <= SETTINGS.digits[1]
    if not is_number and (len(text) < SETTINGS.shortest or not text.isalnum()):
        return []
    runs = image.run_edges(word.box.grown(1, 0, 1, 0))
    if is_number:
        runs = _halved(runs)
    if len(runs) != len(text):
        return []
    return _thousands(text, runs) if is_number else _wide_gaps(word, runs)


def _beside_number(image: PageImage, word: OcrWord, parts: Sequence[str]) -> list[int]:
    """The place of the second of a word's two parts, where the widest gap by far stands between them."""
    runs = image.run_edges(word.box.grown(1, 0, 1, 0))
    gaps = [b[0] - a[1] for a, b in itertools.pairwise(runs)]
    if not gaps:
        return []
    widest = max(gaps)
    after = gaps.index(widest) + 1
    # a percent sign may be several shapes, and letters may touch: one of both parts is as many shapes as signs
    is_between = after == len(parts[0]) or len(runs) - after == len(parts[1])
    others = [gap for gap in gaps if gap != widest] or [1]
    wide = widest >= max(SETTINGS.space * word.font_size, SETTINGS.beside_number * max(1.0, median(others)))
    return [len(parts[0])] if is_between and wide and gaps.count(widest) == 1 else []


def _halved(runs: Sequence[Run]) -> list[Run]:
    """The runs with those that are twice as wide as others, two figures that touch, as two."""
    usual = median([b - a for a, b in runs] or [1])
    least, most = (times * usual for times in SETTINGS.touching)
    out: list[Run] = []
    for a, b in runs:
        out += [(a, (a + b) // 2), ((a + b) // 2, b)] if least < b - a < most else [(a, b)]
    return out


def _thousands(text: str, runs: Sequence[Run]) -> list[int]:
    """Where figures stand in groups of three: the places of all spaces, or none."""
    steps = [b - a for a, b in itertools.pairwise((a + b) / 2 for a, b in runs)]
    places = [i for i in range(1, len(text)) if (len(text) - i) % 3 == 0]
    within = [s for i, s in enumerate(steps, 1) if i not in places]
    if not within or max(within) >= SETTINGS.even * median(within):
        return []
    return places if all(steps[i - 1] > SETTINGS.pitch * max(median(within), 1.0) for i in places) else []


def _wide_gaps(word: OcrWord, runs: Sequence[Run]) -> list[int]:
    gaps = {place: b[0] - a[1] for place, (a, b) in enumerate(itertools.pairwise(runs), 1)}
    wider = SETTINGS.wider * max(median(gaps.values()), 1.0)
    wide = {place: gap for place, gap in gaps.items() if gap >= SETTINGS.space * word.font_size and gap > wider}
    rest = [gap for place, gap in gaps.items() if place not in wide]
    few = 0 < len(wide) <= SETTINGS.most
    return list(wide) if few and rest and min(wide.values()) >= SETTINGS.widest_rest * max(rest) else []
