"""What frames may read: scores of texts against the sum over all alignments, searches against all texts."""

import itertools
import math
from collections import defaultdict
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from shown_frames import BLANK, shown

from avskrift.ingest.ocr.lstm import candidates
from avskrift.ingest.ocr.lstm.candidates import (
    aligned,
    codes_by_letter,
    likely_texts,
    scores_of,
    text_scores,
    without_outer_spaces,
)
from avskrift.ingest.ocr.lstm.decoding import words_in
from avskrift.ingest.ocr.lstm.recogniser import LineRecogniser

LETTERS = "aåÖ"
Weights = npt.NDArray[np.float64]


def weights(most: int) -> st.SearchStrategy[Weights]:
    """What the blank and each of `LETTERS` count in some frames."""
    sizes = st.tuples(st.integers(1, most), st.just(len(LETTERS) + 1))
    return sizes.flatmap(lambda size: arrays(np.float64, size, elements=st.floats(0.02, 1.0)))


def frames_with(latin: LineRecogniser, counted: Weights) -> Weights:
    """Scores of frames that show the blank and `LETTERS` with such weights, and hardly any other letter."""
    frames = np.full((len(counted), len(latin.letters)), 1e-9, np.float32)
    codes = codes_by_letter(latin)
    frames[:, [latin.blank, *(codes[letter] for letter in LETTERS)]] = counted / counted.sum(axis=1, keepdims=True)
    return scores_of(latin, frames)


def all_texts(latin: LineRecogniser, scores: Weights) -> dict[str, float]:
    """The probability of every text of `LETTERS`, summed over all alignments one by one."""
    codes = codes_by_letter(latin) | {BLANK: latin.blank}
    found: dict[str, float] = defaultdict(float)
    for path in itertools.product(BLANK + LETTERS, repeat=len(scores)):
        text = "".join(letter for letter, _ in itertools.groupby(path) if letter != BLANK)
        found[text] += math.exp(sum(scores[frame, codes[letter]] for frame, letter in enumerate(path)))
    return found


@settings(max_examples=40)
@given(weights(5))
def test_the_score_of_a_text_is_the_sum_over_its_alignments(latin: LineRecogniser, counted: Weights) -> None:
    scores = frames_with(latin, counted)
    expected = all_texts(latin, scores)
    texts = [text for text in expected if text]
    found = text_scores(latin, scores, texts)
    assert found == pytest.approx([math.log(expected[text]) for text in texts], abs=1e-6)
    one_by_one = [float(text_scores(latin, scores, [text])[0]) for text in texts[:6]]
    assert found[:6] == pytest.approx(one_by_one, abs=1e-9)


@settings(max_examples=40)
@given(weights(5))
def test_a_search_that_keeps_all_finds_the_likeliest_texts(latin: LineRecogniser, counted: Weights) -> None:
    scores = frames_with(latin, counted)
    expected = {text: p for text, p in all_texts(latin, scores).items() if text}
    ranked = sorted(expected.values(), reverse=True)
    assume(len(ranked) < 2 or ranked[0] > ranked[1] * 1.001)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "SETTINGS", replace(candidates.SETTINGS, width=10_000, unlikely=-15.0))
        found = likely_texts(latin, scores, 3)
    assert found[0] == max(expected, key=expected.__getitem__)
    assert [expected[text] for text in found] == pytest.approx(ranked[: len(found)])


@settings(max_examples=60)
@given(weights(8), st.text(LETTERS, min_size=1, max_size=5))
def test_letters_are_set_on_frames_in_their_order(latin: LineRecogniser, counted: Weights, text: str) -> None:
    needed = len(text) + sum(a == b for a, b in itertools.pairwise(text))
    assume(needed <= len(counted))
    scores = frames_with(latin, counted)
    spans = aligned(latin, scores, text)
    assert len(spans) == len(text)
    ends = [frame for span in spans for frame in span]
    assert ends == sorted(ends) and ends[0] >= 0 and ends[-1] < len(scores)
    for (letter, (_, last)), (following, (first, _)) in itertools.pairwise(zip(text, spans, strict=True)):
        assert first - last >= (2 if letter == following else 1)
    assert along(latin, scores, text, spans) == pytest.approx(best_alignment(latin, scores, text), abs=1e-6)


def along(latin: LineRecogniser, scores: Weights, text: str, spans: list[tuple[int, int]]) -> float:
    """The score of the alignment that has a text's letters on such frames and blanks elsewhere."""
    codes = np.full(len(scores), latin.blank)
    for letter, (first, last) in zip(text, spans, strict=True):
        codes[first : last + 1] = codes_by_letter(latin)[letter]
    return float(scores[np.arange(len(scores)), codes].sum())


def best_alignment(latin: LineRecogniser, scores: Weights, text: str) -> float:
    """The highest score of any alignment of a text, all tried that differ in where letters begin and end."""
    best = -math.inf
    for places in itertools.combinations_with_replacement(range(len(scores) + 1), 2 * len(text)):
        spans = [(a, b - 1) for a, b in zip(places[::2], places[1::2], strict=True)]
        if all(a <= b for a, b in spans) and all(
            following[0] - before[1] >= (2 if one == other else 1)
            for (one, before), (other, following) in itertools.pairwise(zip(text, spans, strict=True))
        ):
            best = max(best, along(latin, scores, text, spans))
    return best


def test_what_two_letters_may_be_is_proposed(latin: LineRecogniser) -> None:
    scores = scores_of(latin, shown("·k·o·m·", also={3: ("ö", 0.08)}))
    assert likely_texts(latin, scores, 2) == ["kom", "köm"]
    assert likely_texts(latin, scores, 1) == ["kom"]


def test_frames_without_letters_propose_nothing(latin: LineRecogniser) -> None:
    assert likely_texts(latin, scores_of(latin, shown("·····", 1.0)), 4) == []
    assert likely_texts(latin, scores_of(latin, shown("  ")), 4) == []


def test_the_likeliest_text_is_that_of_the_likeliest_letters_where_all_are_sure(latin: LineRecogniser) -> None:
    frames = shown("··V·i·k·b·o··  ·å·å··", 0.99)
    assert likely_texts(latin, scores_of(latin, frames), 1) == [" ".join(w.text for w in words_in(latin, frames))]


def test_spaces_around_a_word_are_no_part_of_it(latin: LineRecogniser) -> None:
    scores = scores_of(latin, shown(" ·en· o·  "))
    freed = without_outer_spaces(latin, scores)
    space = codes_by_letter(latin)[" "]
    assert (freed[[0, 8, 9]].argmax(axis=1) == latin.blank).all()
    assert freed[5].argmax() == space  # between two letters it stays
    assert float(text_scores(latin, freed, ["en o"])[0]) > float(text_scores(latin, scores, ["en o"])[0]) + 20
    only_spaces = scores_of(latin, shown("   "))
    assert np.array_equal(without_outer_spaces(latin, only_spaces), only_spaces)
