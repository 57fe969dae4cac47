"""A second reader of words that stay unsure: PP-OCRv6, a recogniser of another build, taught on other pictures.

It comes with the package `rapidocr` (the extra `second`), of which nothing but the network's file is used. It loses
spaces and marks over letters in Swedish, so that it has no say on either (docs/reading.md).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from avskrift.errors import EngineDataError, EngineMissingError
from avskrift.ingest.image.picture import Grey, crop
from avskrift.ingest.ocr.lstm.candidates import code_scores
from avskrift.ingest.ocr.lstm.decoding import PRINTED
from avskrift.models.geometry import BoundingBox
from avskrift.runtime.fingerprints import digest_of_data

if TYPE_CHECKING:
    from avskrift.runtime.inference import InferenceSession

_INSTALL = "install the package with its extra: pip install 'avskrift[second]'"
_MODEL = "PP-OCRv6_rec_small.onnx"
_ALIKE = str.maketrans("åäàáëéèöóøüÅÄÖÉÜ”“„»«’‘–—§", 'aaaaeeeooouAAOEU"""""\'\'--S')
"""Letters with and without their marks, and signs that stand for each other: the second reader mistakes them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Lengths in pixels, scores as natural logarithms."""

    height: int = 48  # of a word as the network takes it
    narrowest: int = 48
    step: int = 8  # widths are multiples of it
    padding: int = 3  # pixels of the page around a word
    least: float = 1e-6  # probability that every letter has at least
    worst: float = -20.0  # score that it gives a text at least: it rules nothing out


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What the second reader saw of some words: their `text` as it read it, and the scores of letters (`codes`, without
    marks) in each of its frames; the first column is the blank."""

    text: str
    codes: dict[str, int]
    scores: npt.NDArray[np.float64]

    def proposals(self, texts: Sequence[str]) -> set[str]:
        """What it read, with the spaces and marks that each of some other readings has."""
        return {merged for text in texts if (merged := with_marks_of(self.text, text))}

    def scores_of(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """How likely each of some texts is, spaces and marks left out."""
        plain = [text.replace(" ", "").translate(_ALIKE) for text in texts]
        found = np.full(len(texts), SETTINGS.worst)
        known = [number for number, text in enumerate(plain) if text and all(letter in self.codes for letter in text)]
        if known and len(self.scores):
            codes = [[self.codes[letter] for letter in plain[number]] for number in known]
            found[known] = np.maximum(code_scores(self.scores, codes, 0), SETTINGS.worst)
        return found


def with_marks_of(read: str, other: str) -> str:
    """What was `read`, with the spaces of another reading, and its marks where both have the same letter."""
    compact = read.replace(" ", "")
    steps = Levenshtein.opcodes(other.translate(_ALIKE), compact.translate(_ALIKE))
    merged = []
    for alike, part in itertools.groupby(steps, lambda step: step.tag == "equal"):
        found = list(part)
        mine = other[found[0].src_start : found[-1].src_end]
        its = compact[found[0].dest_start : found[-1].dest_end]
        merged.append(mine if alike else " " * mine.startswith(" ") + its + " " * mine.endswith(" "))
    return " ".join("".join(merged).split())


class SecondReader:
    """The network, ready to read; several threads may use it at once."""

    def __init__(self, session: "InferenceSession", letters: Sequence[str]) -> None:
        """`letters` has the text of each output code, the first of which is the blank."""
        self._session = session
        kept = [code for code, letter in enumerate(letters) if code == 0 or letter in PRINTED]
        self._kept = np.array(kept)
        self._letters = ["" if code == 0 else letters[code] for code in kept]
        plain = ["" if letter == " " else letter.translate(_ALIKE) for letter in self._letters]
        self._codes = {letter: number for number, letter in enumerate(dict.fromkeys(plain))}
        self._merging = np.zeros((len(kept), len(self._codes)), np.float32)
        self._merging[np.arange(len(kept)), [self._codes[letter] for letter in plain]] = 1.0

    def read(self, picture: Grey, box: BoundingBox) -> SecondReading:
        """The words in a box of a page, in pixels of `picture`."""
        frames = self._frames(crop(picture, box.grown(*[SETTINGS.padding] * 4)))
        best = frames.argmax(axis=1).tolist()
        text = "".join(self._letters[c] for c, before in zip(best, [0, *best], strict=False) if c != before)
        shown = np.maximum(frames @ self._merging, SETTINGS.least)
        return SecondReading(text.strip(), self._codes, np.log(shown.astype(np.float64)))

    def _frames(self, word: Grey) -> npt.NDArray[np.float32]:
        """The probabilities of the kept letters in each frame of a word's picture."""
        tall, wide = word.shape
        if tall == 0 or wide == 0:
            return np.zeros((0, len(self._kept)), np.float32)
        width = max(2 * SETTINGS.step, round(wide * SETTINGS.height / tall))
        way = cv2.INTER_AREA if tall > SETTINGS.height else cv2.INTER_LINEAR
        scaled = cv2.resize(word, (width, SETTINGS.height), interpolation=way)
        whole = max(SETTINGS.narrowest, -(-width // SETTINGS.step) * SETTINGS.step)
        given = np.ones((1, 3, SETTINGS.height, whole), np.float32)
        given[..., :width] = scaled.astype(np.float32) / 127.5 - 1
        (read,) = self._session.run(None, {"x": given})
        return np.asarray(read[0][:, self._kept], np.float32)


def is_installed() -> bool:
    """Whether the second reader can be had."""
    return _model() is not None


def check() -> None:
    """Raises `EngineMissingError` where it is not installed."""
    if not is_installed():
        raise EngineMissingError(f"the second reader is not installed: {_INSTALL}")


@cache
def second_reader() -> SecondReader:
    """The second reader, loaded once for each process. Raises `EngineMissingError` where it is not installed, and
    `EngineDataError` for a network of another build."""
    from avskrift.runtime.inference import session  # takes long to import

    check()
    loaded = session(_model() or Path(), keep_memory=False)
    signs = loaded.get_modelmeta().custom_metadata_map.get("character", "").split("\n")
    letters = ["", *signs, " "]
    (lines,), (read,) = loaded.get_inputs(), loaded.get_outputs()
    if lines.name != "x" or read.shape[-1] != len(letters):
        raise EngineDataError(f"{_MODEL}: a network of this build is not supported")
    return SecondReader(loaded, letters)


@cache
def fingerprint() -> str:
    """The name of the network and a digest of it."""
    path = _model()
    return f"{_MODEL} {digest_of_data(path) if path else ''}"


@cache
def _model() -> Path | None:
    """The network's file, None where there is none. The package that holds it is not imported."""
    package = find_spec("rapidocr")
    folders = package.submodule_search_locations if package else None
    found = [path for folder in folders or () if (path := Path(folder) / "models" / _MODEL).is_file()]
    return found[0] if found else None
