"""Two readings of one document, word for word beside each other, however their lines are broken.

Words are compared by what is left when marks, case and the commonest confusions are taken away; rare words that
both readings hold once are the fixed points, and what lies between them is aligned sign by sign.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq, Levenshtein

from avskrift.corrections.tokens import Token
from avskrift.language.common_order import longest_rising
from avskrift.language.confusions import shape_key


@dataclass(frozen=True, slots=True)
class Settings:
    """How far apart two readings may be and still be aligned."""

    most_pairs: int = 4_000_000
    """Word pairs (one from each reading) up to which a gap between fixed points is aligned at once."""
    longest_gap: int = 600  # signs of a gap that are still aligned one by one
    least_similarity: float = 0.4  # normalised Levenshtein similarity from which a gap's signs are aligned
    least_shared_words: int = 3  # one in so many of the longer words of the shorter text must stand in both
    fixed_point_length: int = 5  # signs of a word that may be a fixed point


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one line of the other reading."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A token of line `line` with its key of comparison."""

    line: int
    token: Token
    key: str


Spans = dict[tuple[int, int, int], Place]
"""By line, start and end of a stretch of the first reading (a token, or several that are one word in the other)."""


def aligned(one: Sequence[Sequence[Token]], other: Sequence[Sequence[Token]]) -> Spans:
    """Where each token of `one` (tokens by line) stands in `other`; tokens without a counterpart are left out."""
    a, b = _keyed(one), _keyed(other)
    found: Spans = {}
    for i, i_end, j, j_end in _blocks([t.key for t in a], [t.key for t in b]):
        left, right = a[i:i_end], b[j:j_end]
        if [t.key for t in left] == [t.key for t in right]:
            for x, y in zip(left, right, strict=True):
                found[x.line, x.token.start, x.token.end] = Place(y.line, y.token.start, y.token.end)
        else:
            found.update(_sign_by_sign(left, right))
    return found


def _keyed(rows: Sequence[Sequence[Token]]) -> list[_Keyed]:
    return [_Keyed(number, token, shape_key(token.text)) for number, row in enumerate(rows) for token in row]


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
    if (i_end - i) * (j_end - j) > SETTINGS.most_pairs:
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
    pairs = [
        (i, where[key])
        for i, key in enumerate(a)
        if len(key) >= SETTINGS.fixed_point_length and times_a[key] == 1 and key in where
    ]
    return longest_rising(pairs)


def equal_places(one: str, other: str, tags: tuple[str, ...] = ("equal",)) -> list[int]:
    """For every sign of `one` the place of its counterpart in `other`, by the cheapest edits with one of `tags`; -1
    where it has none."""
    places = [-1] * len(one)
    for step in Levenshtein.opcodes(one, other):
        if step.tag in tags:
            places[step.src_start : step.src_end] = range(step.dest_start, step.dest_end)
    return places


def _sign_by_sign(a: Sequence[_Keyed], b: Sequence[_Keyed]) -> Spans:
    """The counterparts of words that are not alike, by the signs they are made of."""
    one, other = _joined_keys(a), _joined_keys(b)
    if not _are_similar(one, other):
        return {}
    counterparts = _counterparts(a, b, equal_places(one, other, ("equal", "replace")))
    found: Spans = {}
    at = 0
    while at < len(a):
        end, touched = _run_of_one(a, counterparts, at)
        place = _place_of(b, touched)
        shared = any(touched & c for n, c in enumerate(counterparts) if not at <= n < end)
        if place is not None and not shared:
            found[a[at].line, a[at].token.start, a[end - 1].token.end] = place
        at = end
    return found


def _are_similar(one: str, other: str) -> bool:
    """Whether two stretches are short and alike enough to be aligned sign by sign."""
    if not one or not other or max(len(one), len(other)) > SETTINGS.longest_gap:
        return False
    return Levenshtein.normalized_similarity(one, other) >= SETTINGS.least_similarity


def _counterparts(a: Sequence[_Keyed], b: Sequence[_Keyed], places: Sequence[int]) -> list[set[int]]:
    """For each of `a` the numbers of those of `b` that at least half of its signs, or of theirs, stand beside."""
    owner = {p: n for n, (start, end) in enumerate(_key_spans(b)) for p in range(start, end)}
    found: list[set[int]] = []
    for word, (start, end) in zip(a, _key_spans(a), strict=True):
        shared = Counter(owner[place] for place in places[start:end] if place in owner)
        found.append({n for n, signs in shared.items() if signs * 2 >= min(len(word.key), len(b[n].key))})
    return found


def _run_of_one(a: Sequence[_Keyed], counterparts: Sequence[set[int]], first: int) -> tuple[int, set[int]]:
    """The end of the words from `first` on, in one line, that share counterparts, and these."""
    end, touched = first + 1, set(counterparts[first])
    while end < len(a) and touched & counterparts[end] and a[end].line == a[first].line:
        touched |= counterparts[end]
        end += 1
    return end, touched


def _place_of(b: Sequence[_Keyed], numbers: set[int]) -> Place | None:
    """Where the words with these numbers stand; None where they do not follow each other in one line."""
    if not numbers or len(numbers) != max(numbers) - min(numbers) + 1:
        return None
    first, last = b[min(numbers)], b[max(numbers)]
    return Place(first.line, first.token.start, last.token.end) if first.line == last.line else None


def _joined_keys(words: Sequence[_Keyed]) -> str:
    return " ".join(word.key for word in words)


def _key_spans(words: Sequence[_Keyed]) -> Iterator[tuple[int, int]]:
    """Where the key of each word stands among the joined keys."""
    at = 0
    for word in words:
        yield at, at + len(word.key)
        at += len(word.key) + 1


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two texts are readings of one document: a third of the longer words of the shorter stand in both."""
    words_a, words_b = (
        Counter(shape_key(w) for line in lines for w in re.findall(r"\w{5,}", line)) for lines in (one, other)
    )
    shared = (words_a & words_b).total()
    return shared * SETTINGS.least_shared_words >= min(words_a.total(), words_b.total()) > 0
