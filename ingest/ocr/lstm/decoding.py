"""From the probabilities of a line's frames to its words: the likeliest letter of each frame, blanks and repeats left
out (greedy decoding of connectionist temporal classification; Graves et al., ICML 2006)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from avskrift.ingest.ocr.lstm.line_image import FloatImage
from avskrift.ingest.ocr.lstm.recogniser import LineRecogniser

PRINTED = frozenset(
    " abcdefghijklmnopqrstuvwxyzåäöABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ0123456789éÉèüÜàáëóæøÆØ"
    ".,:;!?'\"()[]/\\&%@§+-–—=<>*#$€_|°½•·”“’‘»~"
)
"""What Swedish documents hold: networks of Latin script know letters that none does."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Probabilities of 0 to 1, lengths in frames."""

    space: float = 0.15  # probability of a space between two letters from which there is one, though no frame's best
    before: int = 3  # frames before the first letter of a line that belong to it
    after: int = 4  # and after the last one


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class DecodedLetter:
    """A letter with the first and the last frame that show it, and its highest probability there."""

    text: str
    first: int
    last: int
    probability: float


@dataclass(frozen=True, slots=True)
class DecodedWord:
    """The letters of a word, and the frames between the spaces around it: from `begin` up to before `end`.

    `space_before` is the probability of the space before it, 1 at the head of a line.
    """

    letters: tuple[DecodedLetter, ...]
    begin: int
    end: int
    space_before: float = 1.0

    @property
    def text(self) -> str:
        """The word."""
        return "".join(letter.text for letter in self.letters)

    @property
    def lowest(self) -> float:
        """The probability of its least sure letter."""
        return min(letter.probability for letter in self.letters)


@lru_cache(maxsize=8)
def printed_codes(recogniser: LineRecogniser) -> npt.NDArray[np.float32]:
    """1 for each output code that a Swedish document may show, 0 for the others."""
    codes = [code == recogniser.blank or letter in PRINTED for code, letter in enumerate(recogniser.letters)]
    return np.array(codes, np.float32)


def words_in(recogniser: LineRecogniser, frames: FloatImage) -> list[DecodedWord]:
    """The words of a line whose `frames` (frames x codes, probabilities) a recogniser gave."""
    letters = _with_spaces(recogniser, frames, _letters(recogniser, frames))
    words: list[DecodedWord] = []
    word: list[DecodedLetter] = []
    begin, space = 0, 1.0
    for letter in letters:
        if letter.text != " ":
            word.append(letter)
            continue
        middle = (letter.first + letter.last) // 2
        if word:
            words.append(DecodedWord(tuple(word), begin, max(middle, word[-1].last + 1), space))
        word, begin, space = [], middle + 1, letter.probability if words else 1.0
    if word:
        words.append(DecodedWord(tuple(word), begin, len(frames), space))
    return [_without_margins(place, word, len(words)) for place, word in enumerate(words)]


def _without_margins(place: int, word: DecodedWord, count: int) -> DecodedWord:
    """The word without the white before a line's first word and after its last."""
    begin = max(word.begin, word.letters[0].first - SETTINGS.before) if place == 0 else word.begin
    end = min(word.end, word.letters[-1].last + SETTINGS.after) if place == count - 1 else word.end
    return replace(word, begin=min(begin, word.letters[0].first), end=end)


def _letters(recogniser: LineRecogniser, frames: FloatImage) -> list[DecodedLetter]:
    if len(frames) == 0:
        return []
    best = (frames * printed_codes(recogniser)).argmax(axis=1)
    begins = np.flatnonzero(np.diff(best, prepend=-1))
    highest = np.maximum.reduceat(frames[np.arange(len(frames)), best], begins).tolist()
    ends = [*begins[1:].tolist(), len(frames)]
    return [
        DecodedLetter(recogniser.letters[code], begin, end - 1, probability)
        for code, begin, end, probability in zip(best[begins].tolist(), begins.tolist(), ends, highest, strict=True)
        if code != recogniser.blank
    ]


def _with_spaces(
    recogniser: LineRecogniser, frames: FloatImage, letters: Sequence[DecodedLetter]
) -> list[DecodedLetter]:
    """The letters with the spaces that no frame shows as likeliest, but some show as likely."""
    space = recogniser.letters.index(" ")
    found: list[DecodedLetter] = []
    for letter in letters:
        before = found[-1] if found else None
        if before is not None and " " not in (before.text, letter.text) and letter.first - before.last > 1:
            between = frames[before.last + 1 : letter.first, space]
            frame = int(between.argmax())
            if between[frame] > SETTINGS.space:
                at = before.last + 1 + frame
                found.append(DecodedLetter(" ", at, at, float(between[frame])))
        found.append(letter)
    return found
