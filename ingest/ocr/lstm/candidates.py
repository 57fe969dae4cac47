"""What a stretch of frames may read: its likeliest texts by beam search, and how likely each of several texts is.

Both are the usual sums over alignments of connectionist temporal classification (Graves et al., ICML 2006; prefix beam
search: Hannun et al., 2014). Scores are natural logarithms of probabilities.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from avskrift.ingest.ocr.lstm.decoding import printed_codes
from avskrift.ingest.ocr.lstm.line_image import FloatImage
from avskrift.ingest.ocr.lstm.recogniser import LineRecogniser

UNKNOWN_SIGNS = "§%@•–üÜëè"
"""What one network knows and another does not, and agreements hold."""
_NEVER = -1e9
_Floats = npt.NDArray[np.float64]
_Beam = tuple[float, float]
"""The scores of a text whose last frame is blank, and of one whose last frame shows its last letter."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How wide the search is. Scores are natural logarithms."""

    width: int = 4  # texts that are kept after each frame
    unlikely: float = -3.0  # score of a letter in a frame below which it is not tried
    blank: float = -1e-3  # score of a blank from which nothing else is tried
    least: float = 1e-7  # probability that every letter has at least
    unknown: float = -1.0  # score of a sign that the recogniser has no code of, against that of the likeliest letter


SETTINGS = Settings()


def scores_of(recogniser: LineRecogniser, frames: FloatImage) -> _Floats:
    """The scores of letters in each of some frames (frames x codes), those that no Swedish text has left out.

    The last column, which is no code, is for signs that the recogniser has no code of: it takes each for some letter.
    """
    shown = np.maximum(frames * printed_codes(recogniser), SETTINGS.least)
    scores = np.log(shown.astype(np.float64))
    letters = np.delete(scores, [recogniser.blank, recogniser.letters.index(" ")], axis=1)
    return np.column_stack([scores, letters.max(axis=1) + SETTINGS.unknown])


def without_outer_spaces(recogniser: LineRecogniser, scores: _Floats) -> _Floats:
    """The scores with the spaces before the first letter and after the last one taken for blanks."""
    space = codes_by_letter(recogniser)[" "]
    best = scores.argmax(axis=1)
    letters = np.flatnonzero((best != space) & (best != recogniser.blank))
    if len(letters) == 0:
        return scores
    outside = np.ones(len(scores), bool)
    outside[letters[0] : letters[-1] + 1] = False
    found = scores.copy()
    found[outside, recogniser.blank] = np.logaddexp(scores[outside, recogniser.blank], scores[outside, space])
    found[outside, space] = math.log(SETTINGS.least)
    return found


@lru_cache(maxsize=8)
def codes_by_letter(recogniser: LineRecogniser) -> dict[str, int]:
    """The output code of each letter; that of each sign that has none is the column that `scores_of` adds."""
    unknown = len(recogniser.letters)
    return dict.fromkeys(UNKNOWN_SIGNS, unknown) | {c: code for code, c in enumerate(recogniser.letters) if c}


def likely_texts(recogniser: LineRecogniser, scores: _Floats, most: int) -> list[str]:
    """The likeliest texts of some frames, the likeliest first."""
    codes = codes_by_letter(recogniser)
    beams: dict[str, _Beam] = {"": (0.0, _NEVER)}
    for row, blank, letters in zip(
        scores, scores[:, recogniser.blank].tolist(), _tried(recogniser, scores), strict=True
    ):
        if not letters and blank > SETTINGS.blank:
            beams = {text: (_sum(*beam) + blank, _NEVER) for text, beam in beams.items()}
            continue
        grown = _grown(beams, blank, letters, {c: float(row[codes[c]]) for c in {text[-1:] for text in beams} if c})
        beams = dict(sorted(grown.items(), key=lambda item: -max(item[1]))[: SETTINGS.width])
    ranked = sorted(((_sum(*beam), text) for text, beam in beams.items()), reverse=True)
    stripped = dict.fromkeys(" ".join(text.split()) for _, text in ranked)
    return [text for text in stripped if text][:most]


def _tried(recogniser: LineRecogniser, scores: _Floats) -> list[list[tuple[str, float]]]:
    """For each frame the letters that are likely enough to be tried, with their scores."""
    tried: list[list[tuple[str, float]]] = [[] for _ in scores]
    frames, codes = np.nonzero(scores[:, : len(recogniser.letters)] > SETTINGS.unlikely)
    for frame, code, score in zip(frames.tolist(), codes.tolist(), scores[frames, codes].tolist(), strict=True):
        if code != recogniser.blank:
            tried[frame].append((recogniser.letters[code], score))
    return tried


def _grown(
    beams: dict[str, _Beam], blank: float, letters: Sequence[tuple[str, float]], repeated: dict[str, float]
) -> dict[str, _Beam]:
    """The texts after one more frame, with its scores of the blank, of likely letters, and of texts' last letters."""
    grown: dict[str, _Beam] = {}
    for text, (ends_blank, ends_letter) in beams.items():
        total = _sum(ends_blank, ends_letter)
        last = text[-1:]
        stays = ends_letter + repeated[last] if last else _NEVER
        old = grown.get(text, (_NEVER, _NEVER))
        grown[text] = (_sum(old[0], total + blank), _sum(old[1], stays))
        for letter, score in letters:
            added = (ends_blank if letter == last else total) + score
            longer = text + letter
            old = grown.get(longer, (_NEVER, _NEVER))
            grown[longer] = (old[0], _sum(old[1], added))
    return grown


def _sum(one: float, other: float) -> float:
    """The logarithm of the sum of two probabilities given by theirs."""
    low, high = (one, other) if one < other else (other, one)
    return high if high - low > 30 else high + math.log1p(math.exp(low - high))


def text_scores(recogniser: LineRecogniser, scores: _Floats, texts: Sequence[str]) -> _Floats:
    """The score of each of some texts, all of letters that the recogniser has, for the whole of some frames."""
    codes = codes_by_letter(recogniser)
    return code_scores(scores, [[codes[letter] for letter in text] for text in texts], recogniser.blank)


def code_scores(scores: _Floats, texts: Sequence[Sequence[int]], blank: int) -> _Floats:
    """The score of each of some texts, given as codes, for the whole of some frames (frames x codes)."""
    longest = max(map(len, texts))
    states = np.full((len(texts), 2 * longest + 1), blank)
    skips = np.full(states.shape, _NEVER)
    for number, places in enumerate(texts):
        states[number, 1 : 2 * len(places) : 2] = places
        free = [2 * i + 1 for i in range(1, len(places)) if places[i] != places[i - 1]]
        skips[number, free] = 0.0
    emitted = scores[:, states]
    forward = np.full(states.shape, _NEVER)
    forward[:, :2] = emitted[0, :, :2]
    for frame in emitted[1:]:
        forward = _stepped(forward, skips) + frame
    numbers, ends = np.arange(len(texts)), np.array([2 * len(text) for text in texts])
    return np.asarray(np.logaddexp(forward[numbers, ends], forward[numbers, ends - 1]), np.float64)


def _stepped(forward: _Floats, skips: _Floats) -> _Floats:
    """The score of being in each state after one more frame, what the frame shows left out."""
    one, two = np.full(forward.shape, _NEVER), np.full(forward.shape, _NEVER)
    one[:, 1:] = forward[:, :-1]
    two[:, 2:] = forward[:, :-2]
    two += skips
    best = np.maximum(np.maximum(forward, one), two)
    return np.asarray(best + np.log(np.exp(forward - best) + np.exp(one - best) + np.exp(two - best)), np.float64)


def aligned(recogniser: LineRecogniser, scores: _Floats, text: str) -> list[tuple[int, int]]:
    """The first and the last frame of each letter of a text on its likeliest alignment to some frames (Viterbi).

    There must be as many frames as letters, and one more for each that is repeated.
    """
    codes = codes_by_letter(recogniser)
    places = [codes[letter] for letter in text]
    states = np.full(2 * len(places) + 1, recogniser.blank)
    states[1::2] = places
    skips = np.zeros(len(states), bool)
    skips[3::2] = [one != other for one, other in itertools.pairwise(places)]
    best = np.full(len(states), _NEVER)
    best[:2] = scores[0, states[:2]]
    steps = np.zeros((len(scores), len(states)), np.int8)
    for frame in range(1, len(scores)):
        one, two = np.full(best.shape, _NEVER), np.full(best.shape, _NEVER)
        one[1:] = best[:-1]
        two[2:] = np.where(skips[2:], best[:-2], _NEVER)
        ways = np.stack([best, one, two])
        steps[frame] = ways.argmax(axis=0)
        best = ways.max(axis=0) + scores[frame, states]
    state = len(states) - 1 if best[-1] >= best[-2] else len(states) - 2
    shown: list[list[int]] = [[] for _ in places]
    for frame in range(len(scores) - 1, -1, -1):
        if state % 2:
            shown[state // 2].append(frame)
        state -= int(steps[frame, state])
    return [(frames[-1], frames[0]) if frames else (0, 0) for frames in shown]
