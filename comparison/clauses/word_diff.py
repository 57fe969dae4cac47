"""Two wordings, word by word: what stands in both, what was read in two ways, what only one of them has.

The alignment is the longest common subsequence of the words' keys (rapidfuzz's indel alignment), found between
anchors: stretches that stand once in each (the idea of patience diff). What then differs is aligned again with an ear
for OCR: a word against one to four words that spell it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from avskrift.comparison.clauses.words import Token
from avskrift.comparison.ocr_equivalence import may_be_one, same_reading
from avskrift.comparison.vocabulary import words
from avskrift.models.comparison import RunKind

_ANCHOR = 4
"""Words in an anchor."""
_PLAIN = 400
"""Words from which anchors are looked for."""
_LARGEST_HUNK = 80
"""Words on either side up to which a difference is aligned again, word against words."""
_LARGEST_TABLE = 1_000_000_000
"""Words of one side times words of the other up to which they are aligned as a whole (in 125 MB); beyond it in parts
that follow each other."""
_UNEVEN = 4
"""Letters by which one spelling of the same words may be longer than another."""
_JOINED = 4
"""Words that may be one on the other side: "Nati one Ila", "sam verkan"."""

Renumbered = Callable[[Token, Token], bool]
"""Whether two numbers of clauses or annexes point to the same clause or annex, that has another number now."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """old[old_start:old_end] became new[new_start:new_end]."""

    kind: RunKind
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def stretches_of(old: Sequence[Token], new: Sequence[Token], renumbered: Renumbered) -> list[Stretch]:
    """The two wordings as stretches in order, which together cover both."""
    rough: list[Stretch] = []
    at_old = at_new = 0
    for first, second, length in [*_anchors(old, new), (len(old), len(new), 0)]:
        rough.extend(_aligned(old, new, at_old, first, at_new, second))
        if length:
            rough.append(Stretch(RunKind.EQUAL, first, first + length, second, second + length))
        at_old, at_new = first + length, second + length
    fine: list[Stretch] = []
    for stretch in _joined(rough):
        fine.extend([stretch] if stretch.kind is RunKind.EQUAL else _read_again(old, new, stretch, renumbered))
    return _without_islands(_joined(fine), old)


def _anchors(old: Sequence[Token], new: Sequence[Token]) -> list[tuple[int, int, int]]:
    """Stretches that stand once on each side, in the same order on both: places and length."""
    if max(len(old), len(new)) < _PLAIN:
        return []

    def places(tokens: Sequence[Token]) -> dict[tuple[str, ...], int]:
        grams = [tuple(t.key for t in tokens[i : i + _ANCHOR]) for i in range(len(tokens) - _ANCHOR + 1)]
        often = Counter(grams)
        return {gram: i for i, gram in enumerate(grams) if often[gram] == 1}

    there = places(new)
    pairs = [(i, there[gram]) for gram, i in places(old).items() if gram in there]
    found: list[tuple[int, int, int]] = []
    for first, second in increasing(pairs):
        if found and first < found[-1][0] + found[-1][2]:
            start, other, _ = found[-1]
            if second - other == first - start:
                found[-1] = (start, other, first + _ANCHOR - start)
            continue
        if found and second < found[-1][1] + found[-1][2]:
            continue
        found.append((first, second, _ANCHOR))
    return found


def increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of pairs (sorted by their first) whose seconds rise (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for i, (_, second) in enumerate(pairs):
        at = bisect_left(tails, second)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(second)
            ends.append(i)
        else:
            tails[at], ends[at] = second, i
    found = []
    i = ends[-1] if ends else -1
    while i >= 0:
        found.append(pairs[i])
        i = before[i]
    return found[::-1]


def _aligned(old: Sequence[Token], new: Sequence[Token], i0: int, i1: int, j0: int, j1: int) -> list[Stretch]:
    found: list[Stretch] = []
    if is_too_long(i1 - i0, j1 - j0):
        middle = (i0 + i1) // 2, (j0 + j1) // 2
        return [
            *_aligned(old, new, i0, middle[0], j0, middle[1]),
            *_aligned(old, new, middle[0], i1, middle[1], j1),
        ]
    codes = Indel.opcodes([t.key for t in old[i0:i1]], [t.key for t in new[j0:j1]])
    for code in codes:
        kind = RunKind.EQUAL if code.tag == "equal" else RunKind.REPLACED
        found.append(Stretch(kind, i0 + code.src_start, i0 + code.src_end, j0 + code.dest_start, j0 + code.dest_end))
    return found


def is_too_long(old: int, new: int) -> bool:
    """Whether wordings of so many words are aligned in parts, where no stretch of them stands once in each."""
    return old * new > _LARGEST_TABLE


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Neighbours of one kind as one; those of differences are named by what they have."""
    found: list[Stretch] = []
    for one in stretches:
        if one.old_start == one.old_end and one.new_start == one.new_end:
            continue
        last = found[-1] if found else None
        differs = one.kind not in _SAME
        if last is not None and (last.kind is one.kind or (differs and last.kind not in _SAME)):
            one = Stretch(one.kind, last.old_start, one.old_end, last.new_start, one.new_end)
            found.pop()
        if differs:
            one = _named(one)
        found.append(one)
    return found


_SAME = (RunKind.EQUAL, RunKind.SAME_READING)


def _named(one: Stretch) -> Stretch:
    gone, came = one.old_start < one.old_end, one.new_start < one.new_end
    kind = RunKind.REPLACED if gone and came else RunKind.REMOVED if gone else RunKind.ADDED
    return Stretch(kind, one.old_start, one.old_end, one.new_start, one.new_end)


def _read_again(old: Sequence[Token], new: Sequence[Token], hunk: Stretch, renumbered: Renumbered) -> list[Stretch]:
    """A difference cut where words on both sides are one reading."""
    rows, columns = hunk.old_end - hunk.old_start, hunk.new_end - hunk.new_start
    if not rows or not columns or max(rows, columns) > _LARGEST_HUNK:
        return [hunk]
    may_be = _possible(old[hunk.old_start : hunk.old_end], new[hunk.new_start : hunk.new_end])
    far = rows + columns + 1
    cost = [[far] * (columns + 1) for _ in range(rows + 1)]
    step: list[list[tuple[int, int]]] = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    cost[0][0] = 0
    for i in range(rows + 1):
        for j in range(columns + 1):
            here = cost[i][j]
            for down, right in _STEPS:
                if i + down > rows or j + right > columns:
                    continue
                if down and right:
                    if not may_be[down, right][i][j]:
                        continue
                    words_old = old[hunk.old_start + i : hunk.old_start + i + down]
                    words_new = new[hunk.new_start + j : hunk.new_start + j + right]
                    if not _one_reading(words_old, words_new, renumbered):
                        continue
                    price = 0
                else:
                    price = 1
                if here + price < cost[i + down][j + right]:
                    cost[i + down][j + right] = here + price
                    step[i + down][j + right] = (down, right)
    found: list[Stretch] = []
    i, j = rows, columns
    while i or j:
        down, right = step[i][j]
        kind = RunKind.SAME_READING if down and right else RunKind.REPLACED
        start_old, start_new = hunk.old_start + i - down, hunk.new_start + j - right
        found.append(Stretch(kind, start_old, start_old + down, start_new, start_new + right))
        i, j = i - down, j - right
    return _joined(found[::-1])


_STEPS = [
    (1, 1),
    *((1, n) for n in range(2, _JOINED + 1)),
    *((n, 1) for n in range(2, _JOINED + 1)),
    (2, 2),
    (1, 0),
    (0, 1),
]


def _possible(old: Sequence[Token], new: Sequence[Token]) -> dict[tuple[int, int], list[list[bool]]]:
    """For each step that takes words of both sides, where it may begin: most words are too far from each other."""

    def runs(tokens: Sequence[Token], length: int) -> list[str]:
        return ["".join(t.word for t in tokens[i : i + length]) for i in range(len(tokens) - length + 1)]

    found = {}
    for down, right in _STEPS:
        if down and right:
            before, after = runs(old, down), runs(new, right)
            found[down, right] = may_be_one(before, after) if before and after else []
    return found


def _one_reading(old: Sequence[Token], new: Sequence[Token], renumbered: Renumbered) -> bool:
    if len(old) == len(new) == 1:
        if old[0].refers and old[0].refers == new[0].refers:
            return renumbered(old[0], new[0])
        return same_reading(old[0].word, new[0].word)
    if abs(sum(len(t.key) for t in old) - sum(len(t.key) for t in new)) > _UNEVEN:
        return False
    if any(t.key.isdigit() for t in (*old, *new)):
        return "".join(t.key for t in old) == "".join(t.key for t in new)
    if len(old) == len(new):  # "vill kor" against "vil lkor"
        return "".join(t.key for t in old) == "".join(t.key for t in new)
    return same_reading("".join(t.word for t in old), "".join(t.word for t in new))


def _without_islands(stretches: Sequence[Stretch], old: Sequence[Token]) -> list[Stretch]:
    """Small words that two rewritten sentences happen to share do not cut a difference in two."""
    found: list[Stretch] = []
    for i, one in enumerate(stretches):
        between = 0 < i < len(stretches) - 1 and one.kind in _SAME
        if between and all(stretches[i + s].kind is RunKind.REPLACED for s in (-1, 1)):
            size = one.old_end - one.old_start
            around = min(_size(stretches[i - 1]), _size(stretches[i + 1]))
            empty = all(t.key in words("names", "empty") for t in old[one.old_start : one.old_end])
            if (empty and size <= 2) or size * 3 <= around:
                one = Stretch(RunKind.REPLACED, one.old_start, one.old_end, one.new_start, one.new_end)
        found.append(one)
    return _joined(found)


def _size(one: Stretch) -> int:
    return min(one.old_end - one.old_start, one.new_end - one.new_start)
