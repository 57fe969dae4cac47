"""The engine of our own: lines found on the page's picture, read by Tesseract's networks on ONNX Runtime.

It needs nothing installed, starts no process, and writes no file. With a second reader (`second_reader`) it asks that
about words of bad pages that it is unsure of.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import cv2
import numpy as np

from avskrift.errors import EngineFailedError
from avskrift.ingest.image.line_chains import Parted
from avskrift.ingest.image.picture import Grey, grown, ink_in, paper_of
from avskrift.ingest.image.preprocessing import ScanCondition
from avskrift.ingest.image.ruling import Ruling, parting_rules, rules_in
from avskrift.ingest.image.text_lines import text_lines_of, usual_letter
from avskrift.ingest.ocr.lstm import second_reader
from avskrift.ingest.ocr.lstm.line_reading import Look, ReadWord, ocr_word, words_of_lines
from avskrift.ingest.ocr.lstm.recogniser import recogniser
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox
from avskrift.runtime.fingerprints import digest_of_data

_LATIN, _SWEDISH = "Latin", "swe"
VERSION = 2
"""Counts up whenever the engine reads otherwise than before."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The pixels of the page around a line that the networks are shown."""

    tight: int = 2
    usual: int = 4
    wide: int = 7
    around_rule: int = 3
    lowest_crop: int = 5  # pixels of ink from top to bottom below which a crop shows nothing to read


SETTINGS = Settings()


class LstmEngine:
    """Tesseract's networks for Latin script and for Swedish, and a second reader if asked for."""

    def __init__(self, *, second: bool = False) -> None:
        """With the `second` reader or without."""
        self._second = second

    @property
    def name(self) -> str:
        """`lstm` with its version and the networks."""
        return f"lstm {VERSION} {_LATIN} {_SWEDISH}{' second' if self._second else ''}"

    @property
    def fingerprint(self) -> str:
        """The name, with a digest of each network and of the weights of confidence."""
        return f"{self.name} {_digests()}{' ' + second_reader.fingerprint() if self._second else ''}"

    @property
    def gains_from_second_picture(self) -> bool:
        """Unsure lines are read in other cuts of the same picture, which gains as much."""
        return False

    def check(self) -> None:
        """The networks are part of the package. Raises `EngineDataError` for damaged ones, `EngineMissingError` where
        the second reader is wanted and not installed."""
        recogniser(_LATIN)
        if self._second:
            second_reader.check()

    def read_page(self, image: PageImage, timeout_seconds: float) -> list[OcrWord]:
        """Clean pages by the network for Latin script, unsure lines of it anew in another cut; bad ones by both."""
        return [ocr_word(word) for word in self.words_of_page(image, timeout_seconds)]

    def words_of_page(self, image: PageImage, timeout_seconds: float) -> list[ReadWord]:
        """The words of a page with what tells how sure they are. Raises as `read_page`."""
        times = image.reduction
        ruling = image.ruling
        if not image.bad and times == 1:  # faint rules are no ink
            ruling = rules_in(ruling, image.page_ink)
        letter = usual_letter(image.page_ink, image.dpi) if ruling.down.any() or ruling.across.any() else 0.0
        rules = parting_rules(ruling, image.dpi / times, letter / times)
        ink, picture = _without_rules(image, rules)
        lines = text_lines_of(ink, image.dpi, _parted_by(rules, times))
        boxes = [line.box for line in lines]
        second = second_reader.second_reader() if self._second and image.bad else None
        return words_of_lines(picture, ink, boxes, _looks(image.condition), _until(timeout_seconds), second)

    def read_lines(self, crops: Sequence[Grey], dpi: int, timeout_seconds: float) -> list[list[OcrWord]]:
        """Each picture is taken for one line."""
        go_on = _until(timeout_seconds)
        return [_read_crop(crop, go_on) for crop in crops]

    def read_symbols(self, crops: Sequence[Grey], dpi: int, timeout_seconds: float) -> list[list[OcrWord]]:
        """No words: the first reading knows all signs."""
        return [[] for _ in crops]


def _looks(condition: ScanCondition) -> tuple[Look, ...]:
    """How a page in some condition is looked at, by trial."""
    latin, swedish = recogniser(_LATIN), recogniser(_SWEDISH)
    if not condition.bad:
        return Look(latin, SETTINGS.tight), Look(latin, SETTINGS.usual)
    if condition.two_toned:
        return Look(latin, SETTINGS.usual), Look(swedish, SETTINGS.usual)
    return Look(swedish, SETTINGS.wide), Look(swedish, SETTINGS.usual), Look(latin, SETTINGS.wide)


def _read_crop(crop: Grey, go_on: Callable[[], None]) -> list[OcrWord]:
    ink = ink_in(crop)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if len(rows) == 0 or rows[-1] - rows[0] < SETTINGS.lowest_crop:
        return []
    box = BoundingBox(float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1))
    looks = Look(recogniser(_LATIN), SETTINGS.usual), Look(recogniser(_SWEDISH), SETTINGS.usual)
    return [ocr_word(word) for word in words_of_lines(crop, ink, [box], looks, go_on)]


def _without_rules(image: PageImage, rules: Ruling) -> tuple[Grey, Grey]:
    """The page's ink and its picture without rules and what lies close around them."""
    if not (rules.across.any() or rules.down.any()):
        return image.page_ink, image.picture
    around = grown(rules.as_large_as(image.picture), SETTINGS.around_rule)
    picture = image.picture.copy()
    picture[around > 0] = paper_of(picture)
    return np.asarray(cv2.subtract(image.page_ink, around), dtype=np.uint8), picture


def _parted_by(rules: Ruling, times: int) -> Parted:
    """Whether a rule that runs down parts what stands beside it; the page is so many `times` as large as its rules."""
    if not rules.down.any():
        return lambda x0, x1, y: False

    def parted(x0: float, x1: float, y: float) -> bool:
        if x1 - x0 < 2:
            return False
        row = max(0, int(y)) // times
        return bool(rules.down[max(0, row - 2) : row + 3, max(0, int(x0)) // times : int(x1) // times].any())

    return parted


def _until(seconds: float) -> Callable[[], None]:
    """What ends a reading that takes too long, where it is called."""
    end = time.monotonic() + seconds

    def go_on() -> None:
        if time.monotonic() > end:
            raise EngineFailedError(f"the page was given up: it took longer than {seconds:.0f} seconds")

    return go_on


@cache
def _digests() -> str:
    found = []
    for name in (f"{_LATIN}.traineddata", f"{_SWEDISH}.traineddata", "confidence.json"):
        with as_file(files("avskrift.ingest.ocr.lstm").joinpath("data", name)) as path:
            found.append(digest_of_data(Path(path)) or "")
    return " ".join(found)
