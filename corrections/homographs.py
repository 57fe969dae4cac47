"""Words that only their marks tell apart (*har*, *här*), decided by the words around them.

A log-linear model: each form of such a word has a weight for each feature of its context, and the weights are kept in
one table by hash (weights/homographs.bin, made by training/train_homographs.py). Contexts are compared without marks,
so that they are the same before and after correction.
"""

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from mmap import ACCESS_READ, mmap
from zlib import crc32

from avskrift.language.fold import without_marks
from avskrift.language.lexicon import Lexicon

SLOTS = 1 << 20
"""Entries of the table, a byte each; a power of two."""
STEP = 1 / 16
"""What one unit of a byte stands for (natural logarithm)."""
_SPREAD = 0x9E3779B1
TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,:]\d+)*|[.!?]+|[,;:]|[(”\"]|/")
_EDGE = ("<", "<", "<")


class Context:
    """The tokens of a text, without marks, by line and column."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._tokens: list[str] = [*_EDGE]
        self._place: dict[tuple[int, int], int] = {}
        for number, line in enumerate(lines):
            if not line.strip():
                if self._tokens[-1] != ".":
                    self._tokens.append(".")
                continue
            for match in TOKEN.finditer(line):
                self._place[number, match.start()] = len(self._tokens)
                self._tokens.append(plain_token(match.group()))
        self._tokens += _EDGE

    def features(self, line: int, start: int) -> list[int] | None:
        """The features of the word at a place, None where no word begins there."""
        at = self._place.get((line, start))
        return None if at is None else list(features(self._tokens, at))


def plain_token(token: str) -> str:
    """A token as contexts show it: no marks, no case, all numbers alike, a slash as *per*."""
    if token[0].isdigit():
        return "#"
    if token[0] in ".!?":
        return "."
    if token == "/":
        return "per"
    low = token.lower()
    return low if low.isascii() else without_marks(low)


def features(tokens: Sequence[str], at: int) -> Iterator[int]:
    """The features of tokens[at] as hashes; at least three tokens stand on either side."""
    word = tokens[at]
    l3, l2, l1 = tokens[at - 3 : at]
    r1, r2, r3 = tokens[at + 1 : at + 4]
    for part in (
        "",
        f"a{l1}",
        f"b{r1}",
        f"c{l2}",
        f"d{r2}",
        f"e{l1} {r1}",
        f"f{l2} {l1}",
        f"g{r1} {r2}",
        f"h{l3}",
        f"i{r3}",
        f"j{l1[-3:]}",
        f"k{r1[-3:]}",
        f"l{l1[-2:]} {r1[-2:]}",
        f"m{l2[-2:]} {l1[-2:]}",
        f"n{r1[-2:]} {r2[-2:]}",
    ):
        yield crc32(f"{word}|{part}".encode())


def slot(feature: int, form: str) -> int:
    """Where the weight of a feature for a form is kept."""
    return (feature ^ (crc32(form.encode()) * _SPREAD)) & (SLOTS - 1)


class Homographs:
    """The model over one lexicon. Raises ValueError where its table is not of the size that the hashes need."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        with (
            as_file(files("avskrift.corrections").joinpath("weights/homographs.bin")) as path,
            path.open("rb") as handle,
        ):
            self._weights = memoryview(mmap(handle.fileno(), 0, access=ACCESS_READ)).cast("b")
        if len(self._weights) != SLOTS:
            raise ValueError(f"weights/homographs.bin holds {len(self._weights):,} weights, not {SLOTS:,}")

    def log_probabilities(self, forms: Sequence[str], features: Sequence[int]) -> dict[str, float]:
        """The log-probability of each of `forms`, which differ only by marks, in the context of `features`."""
        scores: dict[str, float] = {}
        weights = self._weights
        for form in forms:
            turned = crc32(form.encode()) * _SPREAD  # as in slot(), but once for all features
            total = 0
            for feature in features:
                total += weights[(feature ^ turned) & (SLOTS - 1)]
            scores[form] = total * STEP - self._lexicon.cost(form)
        top = max(scores.values())
        norm = top + math.log(sum(math.exp(s - top) for s in scores.values()))
        return {form: score - norm for form, score in scores.items()}


@lru_cache(maxsize=4)
def homographs(lexicon: Lexicon) -> Homographs:
    """The model for a lexicon, opened when first asked for."""
    return Homographs(lexicon)
