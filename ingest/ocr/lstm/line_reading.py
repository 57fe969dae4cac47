"""Lines of text read: by one network, and where it is unsure by others and in other cuts too, whose findings are
weighed together with how likely each spelling is."""

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.lstm.candidates import (
    aligned,
    codes_by_letter,
    likely_texts,
    scores_of,
    text_scores,
    without_outer_spaces,
)
from avskrift.ingest.ocr.lstm.decoding import DecodedLetter, DecodedWord, words_in
from avskrift.ingest.ocr.lstm.line_image import FloatImage, prepared_line
from avskrift.ingest.ocr.lstm.recogniser import LineRecogniser
from avskrift.ingest.ocr.lstm.spelling import is_known, spelling_cost
from avskrift.ingest.ocr.lstm.word_boxes import word_boxes
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

_Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Settings:
    """Probabilities of 0 to 1, scores as natural logarithms, lengths in frames."""

    clear: float = 0.6  # mean probability of a line's likeliest letters, below which it is no text
    unsure: float = 0.97  # probability of its least sure letter below which a word is unsure
    weak_space: float = 0.8  # probability of a space below which two words may be one
    longest: int = 5  # words that may be one at most
    spelling: float = 0.7  # what the cost of a spelling counts against the score of what networks see
    candidates: int = 4  # texts that each reading proposes
    around: int = 1  # frames around a word that are looked at too
    worst: float = 15.0  # how far below its best a reading ranks a text at most: one reading alone rules nothing out,
    abstains: float = 1.0  # and one with a letter that its network does not know


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Look:
    """A way of looking at a line: by which recogniser, with how many pixels of the page around the line."""

    recogniser: LineRecogniser
    padding: int


@dataclass(frozen=True, slots=True)
class LineReading:
    """What a recogniser gave of a line: frames x codes; the frames begin at `left` and are `frame` pixels wide."""

    recogniser: LineRecogniser
    frames: FloatImage
    left: float
    frame: float


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A word as it was decided on, and how sure that is."""

    word: DecodedWord
    confidence: float


def read_lines(
    picture: Grey, ink: Grey, lines: Sequence[BoundingBox], looks: Sequence[Look], go_on: Callable[[], None]
) -> list[OcrWord]:
    """The words of `lines`, whose boxes are in pixels of `picture`; `ink` is the picture's (not 0).

    All lines are read in the first of `looks`, those with an unsure word in the others too. `go_on` is called
    between batches and may raise.
    """
    first = _readings(picture, lines, looks[0], go_on)
    words = [_words(reading) for reading in first]
    unsure = [number for number, found in enumerate(words) if any(map(_is_unsure, found))]
    readings = [[reading] for reading in first]
    for look in looks[1:]:
        again = _readings(picture, [lines[number] for number in unsure], look, go_on)
        for number, reading in zip(unsure, again, strict=True):
            readings[number].append(reading)
    found: list[OcrWord] = []
    for number, line in enumerate(lines):
        chosen = [word for group in _groups(words[number]) for word in _chosen(group, readings[number])]
        reading = first[number]
        boxes = word_boxes([c.word for c in chosen], ink, line, reading.left, reading.frame)
        found += [OcrWord(c.word.text, box, c.confidence, number + 1) for c, box in zip(chosen, boxes, strict=True)]
    return found


def _readings(picture: Grey, lines: Sequence[BoundingBox], look: Look, go_on: Callable[[], None]) -> list[LineReading]:
    prepared = [prepared_line(picture, line, look.recogniser.height, look.padding) for line in lines]
    frames = look.recogniser.probabilities([line.pixels for line in prepared], go_on)
    wide = look.recogniser.frame
    return [
        LineReading(look.recogniser, shown, line.box.x0, line.scale * wide)
        for line, shown in zip(prepared, frames, strict=True)
    ]


def _words(reading: LineReading) -> list[DecodedWord]:
    """The words of a line, none where it shows no text."""
    if len(reading.frames) == 0 or float(reading.frames.max(axis=1).mean()) < SETTINGS.clear:
        return []
    return words_in(reading.recogniser, reading.frames)


def _is_unsure(word: DecodedWord) -> bool:
    return word.lowest < SETTINGS.unsure or word.space_before < SETTINGS.weak_space


def _groups(words: Sequence[DecodedWord]) -> Iterator[list[DecodedWord]]:
    """The words, those together that a weak space parts."""
    group: list[DecodedWord] = []
    for word in words:
        if group and (word.space_before >= SETTINGS.weak_space or len(group) == SETTINGS.longest):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _chosen(group: Sequence[DecodedWord], readings: Sequence[LineReading]) -> list[_Chosen]:
    """What words read, and how sure that is: as the first of `readings` has it, or, where that is unsure, the text that
    all readings and its spelling make likeliest."""
    as_read = [_Chosen(word, _confidence(word.lowest)) for word in group]
    text = " ".join(word.text for word in group)
    if len(text) < 2 or not any(map(_is_unsure, group)):
        return as_read
    first = readings[0]
    x0, x1 = first.left + group[0].begin * first.frame, first.left + group[-1].end * first.frame
    stretches = [(reading.recogniser, _scores(reading, x0, x1)) for reading in readings]
    fitting = _fitting_texts(text, stretches)
    if not fitting:
        return as_read
    best, margin = _likeliest(fitting, stretches)
    sure = _confidence(1 / (1 + math.exp(-margin)))
    if best == text:
        return [_Chosen(c.word, max(c.confidence, sure if is_known(c.word.text) else 0.0)) for c in as_read]
    able = next(number for number, stretch in enumerate(stretches) if _fits(best, *stretch))
    words = _as_frames_of(first, readings[able], _set_on_frames(best, *stretches[able], _begin(readings[able], x0)))
    return [_Chosen(word, sure if is_known(word.text) else _confidence(word.lowest)) for word in words]


def _fitting_texts(text: str, stretches: Sequence[tuple[LineRecogniser, _Scores]]) -> list[str]:
    """A text and what readings propose in its place, of which some reading may be asked."""
    texts = {text}.union(*(likely_texts(*stretch, SETTINGS.candidates) for stretch in stretches))
    return [text for text in sorted(texts) if any(_fits(text, *stretch) for stretch in stretches)]


def _likeliest(texts: Sequence[str], stretches: Sequence[tuple[LineRecogniser, _Scores]]) -> tuple[str, float]:
    """The likeliest of some texts, and by how much it is likelier than the next."""
    shown = np.sum([_shown(texts, *stretch) for stretch in stretches], axis=0)
    spelling = np.array([sum(map(spelling_cost, text.split())) for text in texts])
    total = shown / math.sqrt(len(stretches)) - SETTINGS.spelling * spelling
    best = int(total.argmax())
    rivals = np.delete(total, best)
    return texts[best], float(total[best] - rivals.max()) if len(rivals) else SETTINGS.worst


def _shown(texts: Sequence[str], recogniser: LineRecogniser, scores: _Scores) -> _Scores:
    """How likely some frames make each of some texts, against their likeliest."""
    able = [number for number, text in enumerate(texts) if _fits(text, recogniser, scores)]
    if not able:
        return np.zeros(len(texts))
    found = text_scores(recogniser, scores, [texts[number] for number in able])
    shown = np.full(len(texts), -SETTINGS.abstains)
    shown[able] = np.maximum(found - found.max(), -SETTINGS.worst)
    return shown


def _begin(reading: LineReading, x0: float) -> int:
    """The frame from which what stands from `x0` on the page is looked at."""
    return max(0, round((x0 - reading.left) / reading.frame) - SETTINGS.around)


def _scores(reading: LineReading, x0: float, x1: float) -> _Scores:
    """The scores of the frames that show what stands between `x0` and `x1` on the page."""
    end = math.ceil((x1 - reading.left) / reading.frame) + SETTINGS.around
    scores = scores_of(reading.recogniser, reading.frames[_begin(reading, x0) : end])
    return without_outer_spaces(reading.recogniser, scores)


def _fits(text: str, recogniser: LineRecogniser, scores: _Scores) -> bool:
    """Whether a recogniser has all letters of a text, and there are frames enough to show it."""
    codes = codes_by_letter(recogniser)
    doubled = sum(one == other for one, other in itertools.pairwise(text))
    return len(text) + doubled <= len(scores) and all(letter in codes for letter in text)


def _set_on_frames(text: str, recogniser: LineRecogniser, scores: _Scores, begin: int) -> list[DecodedWord]:
    """The words of a text where a line's frames from `begin` on show them."""
    codes = codes_by_letter(recogniser)
    letters = [
        DecodedLetter(letter, begin + a, begin + b, float(np.exp(scores[a : b + 1, codes[letter]].max())))
        for letter, (a, b) in zip(text, aligned(recogniser, scores, text), strict=True)
    ]
    words: list[DecodedWord] = []
    at, start = 0, begin
    for part in text.split(" "):
        inside = letters[at : at + len(part)]
        at += len(part) + 1
        end = letters[at - 1].first if at <= len(letters) else begin + len(scores)
        words.append(DecodedWord(tuple(inside), start, max(end, inside[-1].last + 1)))
        start = end + 1
    return words


def _as_frames_of(reading: LineReading, other: LineReading, words: Sequence[DecodedWord]) -> list[DecodedWord]:
    """Words on the frames of another reading, on the frames of `reading`."""
    if reading is other:
        return list(words)

    def frame(number: int) -> int:
        return max(0, round((other.left + number * other.frame - reading.left) / reading.frame))

    return [
        DecodedWord(
            tuple(replace(letter, first=frame(letter.first), last=frame(letter.last)) for letter in word.letters),
            frame(word.begin),
            frame(word.end),
            word.space_before,
        )
        for word in words
    ]


def _confidence(probability: float) -> float:
    """How sure a word is whose least sure letter has a probability."""
    return max(0.0, min(1.0, 1 + 0.35 * math.log(max(probability, 1e-6))))
