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
from avskrift.ingest.ocr.lstm.word_boxes import word_boxes
from avskrift.ingest.ocr.lstm.word_confidence import WordEvidence, confidence_of
from avskrift.ingest.words import OcrWord
from avskrift.language.spelling import is_known, spelling_cost
from avskrift.models.geometry import BoundingBox

_Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Settings:
    """Probabilities of 0 to 1, scores as natural logarithms, lengths in frames."""

    clear: float = 0.6  # mean probability of a line's likeliest letters, below which it is no text
    unsure: float = 0.95  # probability of its least sure letter below which a word is unsure
    weak_space: float = 0.8  # probability of a space below which two words may be one
    longest: int = 5  # words that may be one at most
    spelling: float = 0.7  # what the cost of a spelling counts against the score of what networks see
    candidates: int = 3  # texts that each reading proposes
    page: int = 30  # words that tell how doubtful a page is; fewer are a crop
    context: float = 1.5  # heights of the line around unsure words that are read with them
    around: int = 1  # frames around a word that are looked at too
    worst: float = 15.0  # how far below its best a reading ranks a text at most: one reading alone rules nothing out
    asked: float = 1.9  # by how much a known word is likelier than others, below which the second reader is asked,
    sure: float = 0.87  # unless the first reading had it with a probability above this
    second: float = 2.5  # what its score counts against that of the readings together


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Look:
    """A way of looking at a line: by which recogniser, with how many pixels of the page around the line."""

    recogniser: LineRecogniser
    padding: int


@dataclass(frozen=True, slots=True)
class LineReading:
    """What a recogniser gave of a line or a part of one: frames x codes; the frames begin at `left` and are `frame`
    pixels wide."""

    recogniser: LineRecogniser
    frames: FloatImage
    left: float
    frame: float

    def covers(self, x0: float, x1: float) -> bool:
        """Whether the frames show all that stands between `x0` and `x1` on the page, but for a frame's rest."""
        return self.left <= x0 + self.frame and x1 - self.frame <= self.left + len(self.frames) * self.frame


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word as it was decided on, where it stands on the page and in which line (from 1), and what tells how sure it
    is."""

    text: str
    box: BoundingBox
    line: int
    evidence: WordEvidence


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A word as it was decided on, and what tells how sure it is."""

    word: DecodedWord
    evidence: WordEvidence


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


def ocr_word(word: ReadWord) -> OcrWord:
    """The word with its confidence."""
    return OcrWord(word.text, word.box, confidence_of(word.evidence), word.line)


def words_of_lines(
    picture: Grey,
    ink: Grey,
    lines: Sequence[BoundingBox],
    looks: Sequence[Look],
    go_on: Callable[[], None],
    second: SecondReader | None = None,
) -> list[ReadWord]:
    """The words of `lines`, whose boxes are in pixels of `picture`; `ink` is the picture's (not 0).

    All lines are read in the first of `looks`, those with an unsure word in the others too, words that stay unsure by
    the `second` reader. `go_on` is called between batches and may raise.
    """
    first = _readings(picture, lines, looks[0], go_on)
    words = [_words(reading) for reading in first]
    readings = [[reading] for reading in first]
    parts = [
        (number, part)
        for number, line in enumerate(lines)
        for part in _unsure_parts(words[number], first[number], line)
    ]
    for look in looks[1:]:
        again = _readings(picture, [part for _, part in parts], look, go_on)
        for (number, _), reading in zip(parts, again, strict=True):
            readings[number].append(reading)
    doubts = sum(map(_is_unsure, itertools.chain(*words))) / max(SETTINGS.page, sum(map(len, words)))
    found: list[ReadWord] = []
    for number, line in enumerate(lines):
        go_on()
        place = _Place(picture, ink, line, readings[number])
        chosen = [word for group in _groups(words[number]) for word in _chosen(group, place, second)]
        found += [
            ReadWord(c.word.text, box, number + 1, replace(c.evidence, doubts=doubts))
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


def _unsure_parts(words: Sequence[DecodedWord], reading: LineReading, line: BoundingBox) -> list[BoundingBox]:
    """The parts of a line that hold its unsure words, with what stands around them."""
    around = SETTINGS.context * line.height
    parts: list[BoundingBox] = []
    for group in filter(_is_in_doubt, _groups(words)):
        x0 = max(line.x0, reading.left + group[0].begin * reading.frame - around)
        x1 = min(line.x1, reading.left + group[-1].end * reading.frame + around)
        if parts and x0 <= parts[-1].x1:
            x0 = parts.pop().x0
        parts.append(BoundingBox(x0, line.top, max(x0, x1), line.bottom))
    return parts


def _is_in_doubt(group: Sequence[DecodedWord]) -> bool:
    """Whether words need a closer look; single letters gain nothing from one."""
    return sum(len(word.letters) for word in group) > 1 and any(map(_is_unsure, group))


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
    return not any("§" in c.word.text for c in chosen) and any(map(_is_doubtful, (c.evidence for c in chosen)))


def _is_doubtful(evidence: WordEvidence) -> bool:
    """Whether a word is unknown, or others are nearly as likely and the first reading was not sure of it."""
    if not evidence.known or evidence.margin is None:
        return not evidence.known
    sure = not evidence.changed and evidence.lowest > SETTINGS.sure
    return evidence.margin < SETTINGS.asked and not sure


def _as_read(group: Sequence[DecodedWord], margin: float | None = None, *, changed: bool = False) -> list[_Chosen]:
    return [
        _Chosen(
            word,
            WordEvidence(
                word.lowest,
                is_known(word.text),
                len(word.letters),
                any(c.isdigit() for c in word.text),
                margin if _is_unsure(word) or changed else None,
                changed,
            ),
        )
        for word in group
    ]


def _doubt(group: Sequence[DecodedWord], readings: Sequence[LineReading]) -> _Doubt | None:
    """What unsure words may be; None for sure ones."""
    if not _is_in_doubt(group):
        return None
    first = readings[0]
    x0, x1 = first.left + group[0].begin * first.frame, first.left + group[-1].end * first.frame
    covering = [reading for reading in readings if reading.covers(x0, x1)]
    stretches = [(reading.recogniser, _scores(reading, x0, x1)) for reading in covering]
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
    if best == doubt.text:
        return _as_read(doubt.words, margin)
    return _as_read(_set_on_frames(best, *doubt.stretches[0], doubt.begin), margin, changed=True)


def _likeliest(doubt: _Doubt, opinion: SecondReading | None) -> tuple[str, float]:
    """The likeliest of some texts, and by how much it is likelier than the next."""
    texts = doubt.texts
    shown = np.sum([_shown(texts, *stretch) for stretch in doubt.stretches], axis=0)
    # Of several words the least likely counts: a sum would reward every space that is dropped.
    spelling = np.array([max(map(spelling_cost, text.split())) for text in texts])
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
