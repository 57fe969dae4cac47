"""Texts as bags of letter sequences: how alike two texts are, and how much of one stands in the other.

Sequences are of four letters, within and across words, which broken letters hardly move.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self
from zlib import crc32

import numpy as np
import numpy.typing as npt

from avskrift.language.fold import fold_word
from avskrift.models.agreement import Section

Scores = npt.NDArray[np.float32]
"""A number for old section i and new section j, by row and column."""
LEAST_SEQUENCES = 40
"""Letter sequences from which a text is long enough to share something."""
_GRAM = 4
_LONGEST, _LONGEST_SAID = 200_000, 10_000
"""Letters that are looked at of a section, and of what a field says."""
_MOST_TEXT, _LEAST_TEXT = 2_000_000, 1_000
"""Letters of all sections from which fewer of each are looked at, and how many at least."""
_MOST_TABLE, _HASHED = 50_000_000, 8_192
"""Numbers in the table of sections and letter sequences, and the columns that a larger one is folded into."""


def likeness(one: str, other: str) -> float:
    """The cosine between the letter sequences of two texts, 0 to 1."""
    a, b = _grams_of(one[:_LONGEST_SAID]), _grams_of(other[:_LONGEST_SAID])
    if not a or not b:
        return 0.0
    dot = sum(n * b[g] for g, n in a.items())
    return dot / math.sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))


def shares_of(one: str, other: str) -> tuple[float, float]:
    """The shares of two texts' letter sequences that the other has; 0 for texts too short to tell."""
    a, b = _grams_of(one[:_LONGEST_SAID]), _grams_of(other[:_LONGEST_SAID])
    if min(a.total(), b.total()) < LEAST_SEQUENCES:
        return 0.0, 0.0
    both = (a & b).total()
    return both / a.total(), both / b.total()


def sequences_of(sections: Sequence[Section], remarks: list[str]) -> list[Counter[str]]:
    """The letter sequences of each section."""
    longest = _LONGEST
    if sum(len(s.text) for s in sections) > _MOST_TEXT:
        longest = min(_LONGEST, max(_MOST_TEXT // len(sections), _LEAST_TEXT))
    if any(len(s.text) > longest for s in sections):
        remarks.append(f"long sections were told apart by their first {longest:,} letters")
    return [_counted(s.text[:longest]) for s in sections]


@lru_cache(maxsize=500)
def _grams_of(text: str) -> Counter[str]:
    return _counted(text)


def _counted(text: str) -> Counter[str]:
    letters = " ".join(filter(None, map(fold_word, text.split())))
    return Counter(letters[i : i + _GRAM] for i in range(len(letters) - _GRAM + 1))


def cosines_of(grams_old: Sequence[Counter[str]], grams_new: Sequence[Counter[str]]) -> Scores:
    """The cosines between old sections (rows) and new ones (columns), given by their letter sequences."""
    every = [*grams_old, *grams_new]
    columns = _Columns.of(every)
    rows = np.zeros((len(every), columns.count), dtype=np.float32)
    for row, grams in zip(rows, every, strict=True):
        row /= columns.fill(row, grams)
    cosines: Scores = rows[: len(grams_old)] @ rows[len(grams_old) :].T
    return cosines


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table of sections (rows) and letter sequences that several of them have.

    `place` gives a sequence's number, by which `weights` and `columns` are known; `lone` is the weight of those that
    one section has.
    """

    place: dict[str, int]
    weights: npt.NDArray[np.float32]
    columns: npt.NDArray[np.int64]
    count: int
    lone: float
    folded: bool

    @classmethod
    def of(cls, every: Sequence[Counter[str]]) -> Self:
        """A table that is too large is folded: sequences that fall on one column, with a sign of their own each, cancel
        out on the whole (the hashing trick)."""
        spread = Counter(gram for grams in every for gram in grams)
        shared = sorted(gram for gram, n in spread.items() if n > 1)
        weights = np.array([math.log(1 + len(every) / spread[gram]) for gram in shared], dtype=np.float32)
        columns = np.arange(len(shared), dtype=np.int64)
        folded = len(every) * len(shared) > _MOST_TABLE
        if folded:
            marks = np.array([crc32(gram.encode()) for gram in shared], dtype=np.int64)
            weights *= np.where(marks // _HASHED % 2, np.float32(-1), np.float32(1))
            columns = marks % _HASHED
        place = {gram: k for k, gram in enumerate(shared)}
        count = _HASHED if folded else len(shared)
        return cls(place, weights, columns, count, math.log(1 + len(every)), folded)

    def fill(self, row: npt.NDArray[np.float32], grams: Counter[str]) -> float:
        """Puts a section's letter sequences into its row; gives the length of the vector, 1 for an empty one."""
        alone = sum((((1 + math.log(n)) * self.lone) ** 2 for gram, n in grams.items() if gram not in self.place), 0.0)
        common = [(self.place[gram], 1 + math.log(n)) for gram, n in grams.items() if gram in self.place]
        places = np.array([k for k, _ in common], dtype=np.int64)
        values = np.array([value for _, value in common], dtype=np.float32) * self.weights[places]
        np.add.at(row, self.columns[places], values)
        squares = values**2 if self.folded else row**2
        return math.sqrt(float(squares.sum()) + alone) or 1.0
