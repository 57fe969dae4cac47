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
from avskrift.ingest.ocr.lstm.second_reader import SecondReader, SecondReading
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
    worst: float = 15.0  # how far below its best a reading ranks a text at most: one reading alone rules nothing out
    asked: float = 0.95  # confidence below which the second reader is asked
    second: float = 2.5  # what its score counts against that of the readings together


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


@dataclass(frozen=True, slots=True)
class _Place:
    """A line's place on a picture with its ink, and how it was read."""

    picture: Grey
    ink: Grey
    line: BoundingBox
    readings: Sequence[LineReading]

    def boxes(self, chosen: Sequence[_Chosen]) -> list[BoundingBox]:
        """The boxes of words of the line."""
        first = self.readings[0]
        return word_boxes([c.word for c in chosen], self.ink, self.line, first.left, first.frame)

    def box(self, chosen: Sequence[_Chosen]) -> BoundingBox:
        """From the first of some words to the last, as high as the line."""
        words = BoundingBox.enclosing(self.boxes(chosen))
        return BoundingBox(words.x0, self.line.top, words.x1, self.line.bottom)


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Words that were read unsurely: as first read, what each reading shows of them (the first one from frame `begin`
    on), and what they may be."""

    words: Sequence[DecodedWord]
    begin: int
    stretches: Sequence[tuple[LineRecogniser, _Scores]]
    texts: Sequence[str]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def read_lines(
    picture: Grey,
    ink: Grey,
    lines: Sequence[BoundingBox],
    looks: Sequence[Look],
    go_on: Callable[[], None],
    second: SecondReader | None = None,
) -> list[OcrWord]:
    """The words of `lines`, whose boxes are in pixels of `picture`; `ink` is the picture's (not 0).

    All lines are read in the first of `looks`, those with an unsure word in the others too, words that stay unsure by
    the `second` reader. `go_on` is called between batches and may raise.
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
        go_on()
        place = _Place(picture, ink, line, readings[number])
        chosen = [word for group in _groups(words[number]) for word in _chosen(group, place, second)]
        found += [
            OcrWord(c.word.text, box, c.confidence, number + 1)
            for c, box in zip(chosen, place.boxes(chosen), strict=True)
        ]
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


def _chosen(group: Sequence[DecodedWord], place: _Place, second: SecondReader | None) -> list[_Chosen]:
    """What words read, and how sure that is: as first read, or, where that is unsure, the text that all readings and
    its spelling make likeliest, and the second reader where it stays unsure."""
    doubt = _doubt(group, place.readings)
    if doubt is None:
        return _as_read(group)
    chosen = _decided(doubt)
    if second is None or not _stays_unsure(chosen):
        return chosen
    opinion = second.read(place.picture, place.box(chosen))
    text = " ".join(c.word.text for c in chosen)
    return _decided(_with_texts(doubt, opinion.proposals([text, doubt.text])), opinion)


def _stays_unsure(chosen: Sequence[_Chosen]) -> bool:
    """Whether the second reader is asked: about unsure words, but not about section signs, which it takes for letters
    and digits."""
    unsure = any(c.confidence < SETTINGS.asked or not is_known(c.word.text) for c in chosen)
    return unsure and not any("§" in c.word.text for c in chosen)


def _as_read(group: Sequence[DecodedWord]) -> list[_Chosen]:
    return [_Chosen(word, _confidence(word.lowest)) for word in group]


def _doubt(group: Sequence[DecodedWord], readings: Sequence[LineReading]) -> _Doubt | None:
    """What unsure words may be; None for sure ones."""
    if sum(len(word.letters) for word in group) < 2 or not any(map(_is_unsure, group)):
        return None
    first = readings[0]
    x0, x1 = first.left + group[0].begin * first.frame, first.left + group[-1].end * first.frame
    stretches = [(reading.recogniser, _scores(reading, x0, x1)) for reading in readings]
    doubt = _Doubt(group, _begin(first, x0), stretches, ())
    return _with_texts(
        doubt, {doubt.text}.union(*(likely_texts(*stretch, SETTINGS.candidates) for stretch in stretches))
    )


def _with_texts(doubt: _Doubt, texts: set[str]) -> _Doubt:
    """The doubt with those of more texts that the readings can have shown."""
    fitting = {text for text in texts if all(_fits(text, *stretch) for stretch in doubt.stretches)}
    return replace(doubt, texts=sorted(fitting.union(doubt.texts)))


def _decided(doubt: _Doubt, opinion: SecondReading | None = None) -> list[_Chosen]:
    """The likeliest text of unsure words."""
    if not doubt.texts:
        return _as_read(doubt.words)
    best, margin = _likeliest(doubt, opinion)
    sure = _confidence(1 / (1 + math.exp(-margin)))
    if best == doubt.text:
        read = _as_read(doubt.words)
        return [_Chosen(c.word, max(c.confidence, sure if is_known(c.word.text) else 0.0)) for c in read]
    words = _set_on_frames(best, *doubt.stretches[0], doubt.begin)
    return [_Chosen(word, sure if is_known(word.text) else _confidence(word.lowest)) for word in words]


def _likeliest(doubt: _Doubt, opinion: SecondReading | None) -> tuple[str, float]:
    """The likeliest of some texts, and by how much it is likelier than the next."""
    texts = doubt.texts
    shown = np.sum([_shown(texts, *stretch) for stretch in doubt.stretches], axis=0)
    spelling = np.array([sum(map(spelling_cost, text.split())) for text in texts])
    total = shown / math.sqrt(len(doubt.stretches)) - SETTINGS.spelling * spelling
    if opinion is not None:
        total = total + SETTINGS.second * opinion.scores_of(texts)
    best = int(total.argmax())
    rivals = np.delete(total, best)
    return texts[best], float(total[best] - rivals.max()) if len(rivals) else SETTINGS.worst


def _shown(texts: Sequence[str], recogniser: LineRecogniser, scores: _Scores) -> _Scores:
    """How likely some frames make each of some texts, against their likeliest."""
    found = text_scores(recogniser, scores, texts)
    return np.asarray(np.maximum(found - found.max(), -SETTINGS.worst), np.float64)


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


def _confidence(probability: float) -> float:
    """How sure a word is whose least sure letter has a probability."""
    return max(0.0, min(1.0, 1 + 0.35 * math.log(max(probability, 1e-6))))
