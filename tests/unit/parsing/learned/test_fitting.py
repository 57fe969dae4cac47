"""What tokens of verified documents teach the last layer."""

import numpy as np
import pytest

from avskrift.parsing.learned.adapter import OUTPUTS, WIDTH
from avskrift.parsing.learned.fitting import PENALTIES, Lessons, fitted, lessons_of
from avskrift.parsing.learned.labels import MAY_BE, NOT_HELD, UNSAID

AREA = int(np.flatnonzero(~MAY_BE)[0])
"""An output of a tag that records hold."""
LITTLE = PENALTIES[0]


def lessons(count: int, seed: int) -> Lessons:
    """A document in which every token whose vector begins with a positive number is a value, which the network does not
    see."""
    hidden = np.random.default_rng(seed).normal(size=(count, WIDTH)).astype(np.float32)
    hidden[:, 0] = np.where(hidden[:, 0] > 0, 6, -6)
    labels = np.where(hidden[:, 0] > 0, AREA, NOT_HELD)
    logits = np.zeros((count, OUTPUTS), np.float32)
    logits[:, 0] = 3
    return lessons_of(hidden, logits, labels)


def test_a_mark_that_the_vectors_bear_is_learned_for_tokens_that_were_not_seen() -> None:
    one, other = lessons(900, 1), lessons(900, 2)
    both = Lessons.of([one, other])
    found = fitted(both, LITTLE, {1}).logits(both.logits, both.hidden).argmax(-1)[both.documents == 1]
    assert ((found == AREA) == (both.labels[both.documents == 1] == AREA)).mean() > 0.9


def test_the_same_documents_give_the_same_numbers() -> None:
    first, second = (fitted(Lessons.of([lessons(600, 1), lessons(600, 2)]), LITTLE) for _ in range(2))
    assert first.packed() == second.packed()


def test_documents_that_are_left_out_teach_nothing() -> None:
    one, two = lessons(600, 1), lessons(600, 2)
    assert fitted(Lessons.of([one, two]), LITTLE, {1}).packed() == fitted(Lessons.of([one]), LITTLE).packed()


def test_what_the_network_knows_changes_little() -> None:
    hidden = np.random.default_rng(3).normal(size=(500, WIDTH)).astype(np.float32)
    logits = np.zeros((500, OUTPUTS), np.float32)
    logits[:, 0] = 12
    made = Lessons.of([lessons_of(hidden, logits, np.full(500, NOT_HELD))])
    assert np.abs(fitted(made, LITTLE).weights).max() < 0.02


def test_tokens_of_which_nothing_is_said_and_most_easy_ones_are_left_out() -> None:
    logits = np.zeros((8, OUTPUTS), np.float32)
    logits[:, 0] = 20
    labels = np.array([*[NOT_HELD] * 6, UNSAID, AREA])
    made = lessons_of(np.zeros((8, WIDTH), np.float32), logits, labels)
    assert made.labels.tolist() == [NOT_HELD, NOT_HELD, AREA]
    assert made.weights.tolist() == pytest.approx([1.2, 1.2, 1])


def test_a_greater_penalty_keeps_the_answers_nearer_to_the_shipped_ones() -> None:
    made = Lessons.of([lessons(600, 1)])
    sizes = [float(np.square(fitted(made, penalty).weights).sum()) for penalty in PENALTIES]
    assert sizes == sorted(sizes, reverse=True)


def test_without_a_token_nothing_is_learned() -> None:
    assert not fitted(Lessons.of([]), LITTLE).weights.any()
