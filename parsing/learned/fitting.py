"""Trains what is added to the network's last layer of values, on tokens of verified documents.

The loss is the cross-entropy of what verified records say of tokens, and a penalty on the square of what is added, so
that where documents say little the shipped answers stay. The seed is fixed: the same documents give the same numbers.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from avskrift.parsing.learned.adapter import OUTPUTS, WIDTH, Adapter
from avskrift.parsing.learned.labels import MAY_BE, NOT_HELD, UNSAID
from avskrift.parsing.learned.spans import Numbers, softmax

_STEPS, _WARM_STEPS, _BATCH, _RATE = 150, 15, 1024, 0.013
PENALTIES = (20.0, 100.0, 500.0)
"""How much the square of what is added may cost, in tokens. Archives whose documents are written alike learn most with
the least, those whose documents differ with the greatest: documents that are left out decide."""
_MOMENTUM, _SCALE, _LEAST = 0.9, 0.99, 1e-8
_EASY, _EVERY = 0.98, 4
"""Tokens without a value of which the network is as sure as this: one of four is learned from, four times as much."""
_NOT_HELD_WEIGHT = 0.3
"""How much a token counts that is no value of the record, beside one that is: the judge, who is not trained anew, drops
what the network becomes less sure of."""
_SEED = 20


@dataclass(frozen=True, eq=False)
class Lessons:
    """Tokens to learn from: the vector of each, its shipped logits, the verified output, how much it counts, and the
    number of its document."""

    hidden: Numbers
    logits: Numbers
    labels: NDArray[np.int64]
    weights: Numbers
    documents: NDArray[np.int64]

    @staticmethod
    def of(documents: Iterable["Lessons"]) -> "Lessons":
        """Those of several documents, which get the numbers 0, 1, 2 ..."""
        given = list(documents)
        numbers = [np.full(len(one.labels), i, np.int64) for i, one in enumerate(given)]
        return Lessons(
            np.concatenate([np.zeros((0, WIDTH), np.float32), *(one.hidden for one in given)]),
            np.concatenate([np.zeros((0, OUTPUTS), np.float32), *(one.logits for one in given)]),
            np.concatenate([np.zeros(0, np.int64), *(one.labels for one in given)]),
            np.concatenate([np.zeros(0, np.float32), *(one.weights for one in given)]),
            np.concatenate([np.zeros(0, np.int64), *numbers]),
        )


def lessons_of(hidden: Numbers, logits: Numbers, labels: NDArray[np.int64]) -> Lessons:
    """What is to be learned of one document: the vectors of its tokens, their shipped logits and verified outputs."""
    sure = softmax(logits)[:, MAY_BE].sum(1) >= _EASY
    easy = np.flatnonzero((labels == NOT_HELD) & sure)
    weights = np.where(labels == UNSAID, 0, np.where(labels == NOT_HELD, _NOT_HELD_WEIGHT, 1)).astype(np.float32)
    weights[easy] = 0
    weights[easy[::_EVERY]] = _EVERY * _NOT_HELD_WEIGHT
    used = np.flatnonzero(weights)
    return Lessons(hidden[used], logits[used], labels[used], weights[used], np.zeros(len(used), np.int64))


def fitted(lessons: Lessons, penalty: float, left_out: Collection[int] = ()) -> Adapter:
    """The adapter that some documents teach, all but those with the numbers `left_out`; the greater the `penalty`, the
    nearer are its answers to the shipped ones."""
    used = np.flatnonzero(~np.isin(lessons.documents, list(left_out)))
    if not len(used):
        return Adapter.untrained()
    total = float(lessons.weights[used].sum())
    added = np.zeros((WIDTH + 1, OUTPUTS), np.float32)
    first, second = np.zeros_like(added), np.zeros_like(added)
    random = np.random.default_rng(_SEED)
    waiting = np.zeros(0, np.int64)
    for step in range(1, _STEPS + 1):
        if len(waiting) < min(_BATCH, len(used)):
            waiting = random.permutation(used)
        batch, waiting = waiting[:_BATCH], waiting[_BATCH:]
        gradient = _gradient(added, lessons, batch) + penalty / total * added
        first += (1 - _MOMENTUM) * (gradient - first)
        second += (1 - _SCALE) * (gradient**2 - second)
        rate = _RATE * min(1, step / _WARM_STEPS) * (1 - step / _STEPS)
        size = np.sqrt(second / (1 - _SCALE**step)) + _LEAST
        added -= (rate * (first / (1 - _MOMENTUM**step)) / size).astype(np.float32)
    return Adapter(added[:-1].copy(), added[-1].copy())


def _gradient(added: Numbers, lessons: Lessons, batch: NDArray[np.int64]) -> Numbers:
    """The gradient of the mean cross-entropy of some tokens; the last row of `added` is the bias."""
    hidden, weights = lessons.hidden[batch], lessons.weights[batch]
    shipped = lessons.logits[batch]
    wrong = softmax(shipped + hidden @ added[:-1] + added[-1]) - _wanted(softmax(shipped), lessons.labels[batch])
    wrong *= (weights / weights.sum())[:, None]
    return np.concatenate([hidden.T @ wrong, wrong.sum(0, keepdims=True)])


def _wanted(odds: Numbers, labels: NDArray[np.int64]) -> Numbers:
    """What the odds should be: all for the verified output; where that is only known not to be one that records hold,
    as the shipped network has them among the others."""
    wanted: Numbers = odds * MAY_BE
    wanted /= wanted.sum(-1, keepdims=True)
    known = np.flatnonzero(labels != NOT_HELD)
    wanted[known] = 0
    wanted[known, labels[known]] = 1
    return wanted
