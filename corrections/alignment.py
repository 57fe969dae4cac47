"""Two readings of one document, word for word beside each other, however their lines are broken.

Words are compared by what is left when marks, case and the commonest confusions are taken away; rare words that
both readings hold once are the fixed points, and what lies between them is aligned sign by sign.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq, Levenshtein

from avskrift.corrections.tokens import Chunk
from avskrift.language.common_order import longest_rising
from avskrift.language.lexicon import STRIP

_LARGEST = 4_000_000
"""Word pairs (one from each reading) up to which a gap between fixed points is aligned at once."""
_LONGEST_GAP = 600
"""Signs of a gap that are still aligned one by one."""
_ALIKE = 0.4
_LOOKS = (("rn", "m"), ("ii", "a"), ("<l", "d"), ("cl", "d"), ("vv", "w"))
_SIGNS = str.maketrans("01568!|ij", "olsbblLll".lower())


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one line of the other reading."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    line: int
    chunk: Chunk
    key: str


Spans = dict[tuple[int, int, int], Place]
"""By line, start and end of a stretch of the first reading (a chunk, or several that are one word in the other)."""


def aligned(one: Sequence[Sequence[Chunk]], other: Sequence[Sequence[Chunk]]) -> Spans:
    """Where each chunk of `one` (chunks by line) stands in `other`; chunks without a counterpart are left out."""
    a, b = _tokens(one), _tokens(other)
    found: Spans = {}
    for i, i_end, j, j_end in _blocks([t.key for t in a], [t.key for t in b]):
        if i_end - i == j_end - j and all(x.key == y.key for x, y in zip(a[i:i_end], b[j:j_end], strict=True)):
            for x, y in zip(a[i:i_end], b[j:j_end], strict=True):
                found[x.line, x.chunk.start, x.chunk.end] = Place(y.line, y.chunk.start, y.chunk.end)
        else:
            found.update(_sign_by_sign(a[i:i_end], b[j:j_end]))
    return found


def _tokens(rows: Sequence[Sequence[Chunk]]) -> list[_Token]:
    return [_Token(number, chunk, key_of(chunk.text)) for number, row in enumerate(rows) for chunk in row]


def key_of(text: str) -> str:
    """What a word shows when marks, case and the commonest confusions are taken away."""
    low = text.lower().translate(STRIP)
    for read, printed in _LOOKS:
        low = low.replace(read, printed)
    return low.translate(_SIGNS)


def _blocks(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Pairs of stretches a[i:i_end], b[j:j_end], in order: alike word for word, or between such."""
    done_a = done_b = 0
    for i, j in [*_fixed_points(a, b), (len(a), len(b))]:
        yield from _near(a, b, done_a, i, done_b, j)
        if i < len(a):
            yield i, i + 1, j, j + 1
        done_a, done_b = i + 1, j + 1


def _near(
    a: Sequence[str], b: Sequence[str], i: int, i_end: int, j: int, j_end: int
) -> Iterator[tuple[int, int, int, int]]:
    if i >= i_end or j >= j_end:
        return
    if (i_end - i) * (j_end - j) > _LARGEST:
        return  # nothing in common over thousands of words: two different texts
    yield from _grouped(a[i:i_end], b[j:j_end], i, j)


def _grouped(a: Sequence[str], b: Sequence[str], i: int, j: int) -> Iterator[tuple[int, int, int, int]]:
    """The equal runs and, between them, what is not equal as one stretch."""
    equal: list[tuple[int, int]] = []
    for step in LCSseq.opcodes(a, b):
        if step.tag == "equal":
            equal += zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True)
    at_a = at_b = 0
    for x, y in [*equal, (len(a), len(b))]:
        if x > at_a and y > at_b:
            yield i + at_a, i + x, j + at_b, j + y
        if x < len(a):
            yield i + x, i + x + 1, j + y, j + y + 1
        at_a, at_b = x + 1, y + 1


def _fixed_points(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Words of five letters and more that both readings hold exactly once, in the same order in both."""
    times_a, times_b = Counter(a), Counter(b)
    where = {key: j for j, key in enumerate(b) if times_b[key] == 1}
    pairs = [(i, where[key]) for i, key in enumerate(a) if len(key) >= 5 and times_a[key] == 1 and key in where]
    return longest_rising(pairs)


def _sign_by_sign(a: Sequence[_Token], b: Sequence[_Token]) -> Spans:
    """The counterparts of words that are not alike, by the signs they are made of."""
    one, starts_a = _laid_out(a)
    other, starts_b = _laid_out(b)
    if not one or not other or max(len(one), len(other)) > _LONGEST_GAP:
        return {}
    if Levenshtein.normalized_similarity(one, other) < _ALIKE:
        return {}
    # for every sign of `one`, the sign of `other` it lies beside; -1 where it has none
    beside = [-1] * len(one)
    for step in Levenshtein.opcodes(one, other):
        if step.tag in ("equal", "replace"):
            for x, y in zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True):
                beside[x] = y
    owner = {
        p: n
        for n, (start, token) in enumerate(zip(starts_b, b, strict=True))
        for p in range(start, start + len(token.key))
    }
    touched: list[set[int]] = []
    for start, token in zip(starts_a, a, strict=True):
        told = Counter(owner[beside[p]] for p in range(start, start + len(token.key)) if beside[p] in owner)
        touched.append({n for n, times in told.items() if times * 2 >= min(len(token.key), len(b[n].key))})
    found: Spans = {}
    at = 0
    while at < len(a):
        end = at + 1
        mine = set(touched[at])
        while end < len(a) and mine & touched[end] and a[end].line == a[at].line:
            mine |= touched[end]
            end += 1
        shared = any(mine & t for n, t in enumerate(touched) if not at <= n < end)
        if mine and not shared:
            first, last = b[min(mine)], b[max(mine)]
            if first.line == last.line and len(mine) == max(mine) - min(mine) + 1:
                span = (a[at].line, a[at].chunk.start, a[end - 1].chunk.end)
                found[span] = Place(first.line, first.chunk.start, last.chunk.end)
        at = end
    return found


def _laid_out(tokens: Sequence[_Token]) -> tuple[str, list[int]]:
    starts, parts, at = [], [], 0
    for token in tokens:
        starts.append(at)
        parts.append(token.key)
        at += len(token.key) + 1
    return " ".join(parts), starts


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two texts are readings of one document: a third of the longer words of the shorter stand in both."""
    words_a, words_b = (
        Counter(key_of(w) for line in lines for w in re.findall(r"\w{5,}", line)) for lines in (one, other)
    )
    shared = sum((words_a & words_b).values())
    return shared * 3 >= min(words_a.total(), words_b.total()) > 0
