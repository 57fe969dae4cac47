"""Two wordings, word by word: what stands in both, what was read in two ways, what only one of them has.

The alignment is the longest common subsequence of the words' keys (rapidfuzz's indel alignment), found between
anchors: stretches that stand once in each (the idea of patience diff). What then differs is aligned again with an ear
for OCR: a word against one to four words that spell it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from rapidfuzz.distance import Indel

from avskrift.comparison.clauses.words import Token
from avskrift.comparison.ocr_equivalence import may_be_one, same_reading
from avskrift.comparison.vocabulary import words
from avskrift.language.common_order import longest_rising
from avskrift.models.comparison import RunKind

_LARGEST_TABLE = 1_000_000_000
"""Words of one side times words of the other up to which they are aligned as a whole (in 125 MB); beyond it in parts
that follow each other."""


@dataclass(frozen=True, slots=True)
class Settings:
    """In words of a clause, unless another unit is named; found on scans of the same agreement by several engines."""

    anchor: int = 4
    """Words in an anchor."""
    least_for_anchors: int = 400
    """Words from which anchors are looked for."""
    largest_hunk: int = 80
    """Words on either side up to which a difference is aligned again, word against words."""
    most_uneven: int = 4
    """Letters by which one spelling of the same words may be longer than another."""
    most_joined: int = 4
    """Words that may be one on the other side: "Nati one Ila", "sam verkan"."""
    small_island: int = 2
    """Empty words that two rewritten sentences may happen to share."""
    island_ratio: int = 3
    """How many times longer the differences on both sides of a shared stretch are if it is chance."""


SETTINGS = Settings()

Renumbered = Callable[[Token, Token], bool]
"""Whether two numbers of clauses or annexes point to the same clause or annex, that has another number now."""


_SAME = (RunKind.EQUAL, RunKind.SAME_READING)


@dataclass(frozen=True, slots=True)
class Stretch:
    """old[old_start:old_end] became new[new_start:new_end]."""

    kind: RunKind
    old_start: int
    old_end: int
    new_start: int
    new_end: int

    @property
    def differs(self) -> bool:
        """Whether the wordings differ here, and not only their spelling."""
        return self.kind not in _SAME

    @property
    def size(self) -> int:
        """Words of the shorter side."""
        return min(self.old_end - self.old_start, self.new_end - self.new_start)

    def named(self) -> "Stretch":
        """A difference, called by what it has: words of both sides, of the old or of the new."""
        gone, came = self.old_start < self.old_end, self.new_start < self.new_end
        kind = RunKind.REPLACED if gone and came else RunKind.REMOVED if gone else RunKind.ADDED
        return replace(self, kind=kind)


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
    if max(len(old), len(new)) < SETTINGS.least_for_anchors:
        return []
    length = SETTINGS.anchor
    there = _single_grams(new)
    pairs = [(i, there[gram]) for gram, i in _single_grams(old).items() if gram in there]
    found: list[tuple[int, int, int]] = []
    end_old = end_new = 0
    for first, second in longest_rising(pairs):
        if first >= end_old and second >= end_new:
            found.append((first, second, length))
        elif first < end_old and second - first == found[-1][1] - found[-1][0]:
            found[-1] = (*found[-1][:2], first + length - found[-1][0])
        end_old, end_new = (found[-1][side] + found[-1][2] for side in (0, 1))
    return found


def _single_grams(tokens: Sequence[Token]) -> dict[tuple[str, ...], int]:
    """Where the stretches of an anchor's length begin that stand once."""
    keys = [token.key for token in tokens]
    grams = [tuple(keys[i : i + SETTINGS.anchor]) for i in range(len(keys) - SETTINGS.anchor + 1)]
    often = Counter(grams)
    return {gram: i for i, gram in enumerate(grams) if often[gram] == 1}


def _aligned(old: Sequence[Token], new: Sequence[Token], i0: int, i1: int, j0: int, j1: int) -> list[Stretch]:
    """old[i0:i1] and new[j0:j1] as stretches that are equal or not."""
    if is_too_long(i1 - i0, j1 - j0):
        i, j = (i0 + i1) // 2, (j0 + j1) // 2
        return [*_aligned(old, new, i0, i, j0, j), *_aligned(old, new, i, i1, j, j1)]
    codes = Indel.opcodes([t.key for t in old[i0:i1]], [t.key for t in new[j0:j1]])
    kinds = {True: RunKind.EQUAL, False: RunKind.REPLACED}
    return [
        Stretch(kinds[c.tag == "equal"], i0 + c.src_start, i0 + c.src_end, j0 + c.dest_start, j0 + c.dest_end)
        for c in codes
    ]


def is_too_long(old: int, new: int) -> bool:
    """Whether wordings of so many words are aligned in parts, where no stretch of them stands once in each."""
    return old * new > _LARGEST_TABLE


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Neighbours of one kind as one; those of differences are named by what they have."""
    found: list[Stretch] = []
    for one in stretches:
        if one.old_start == one.old_end and one.new_start == one.new_end:
            continue
        if found and (found[-1].kind is one.kind or (one.differs and found[-1].differs)):
            last = found.pop()
            one = Stretch(one.kind, last.old_start, one.old_end, last.new_start, one.new_end)
        found.append(one.named() if one.differs else one)
    return found


def _read_again(old: Sequence[Token], new: Sequence[Token], hunk: Stretch, renumbered: Renumbered) -> list[Stretch]:
    """A difference cut where words on both sides are one reading."""
    if hunk.size == 0 or max(hunk.old_end - hunk.old_start, hunk.new_end - hunk.new_start) > SETTINGS.largest_hunk:
        return [hunk]
    a, b = old[hunk.old_start : hunk.old_end], new[hunk.new_start : hunk.new_end]
    steps = _cheapest_steps(a, b, renumbered)
    found: list[Stretch] = []
    i, j = len(a), len(b)
    while i or j:
        down, right = steps[i][j]
        kind = RunKind.SAME_READING if down and right else RunKind.REPLACED
        start_old, start_new = hunk.old_start + i - down, hunk.new_start + j - right
        found.append(Stretch(kind, start_old, start_old + down, start_new, start_new + right))
        i, j = i - down, j - right
    return _joined(found[::-1])


_Step = tuple[int, int]
"""Words of the old side, and of the new, that are taken together; 0 of one of them: words that stand alone."""
_STEPS: tuple[_Step, ...] = (
    (1, 1),
    *((1, n) for n in range(2, SETTINGS.most_joined + 1)),
    *((n, 1) for n in range(2, SETTINGS.most_joined + 1)),
    (2, 2),
    (1, 0),
    (0, 1),
)


def _cheapest_steps(old: Sequence[Token], new: Sequence[Token], renumbered: Renumbered) -> list[list[_Step]]:
    """For each pair of places the last step on the cheapest way to it: a word that stands alone costs 1."""
    rows, columns = len(old), len(new)
    possible = _possible(old, new)
    cost = [[rows + columns + 1] * (columns + 1) for _ in range(rows + 1)]
    steps: list[list[_Step]] = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    cost[0][0] = 0
    for i, j in product(range(rows + 1), range(columns + 1)):
        for down, right in _STEPS:
            if i + down > rows or j + right > columns:
                continue
            paired = bool(down and right)
            price = cost[i][j] + (0 if paired else 1)
            if price >= cost[i + down][j + right]:
                continue
            if paired and not possible[down, right][i][j]:
                continue
            if paired and not _one_reading(old[i : i + down], new[j : j + right], renumbered):
                continue
            cost[i + down][j + right] = price
            steps[i + down][j + right] = (down, right)
    return steps


def _possible(old: Sequence[Token], new: Sequence[Token]) -> dict[_Step, list[list[bool]]]:
    """For each step that takes words of both sides, where it may begin: most words are too far from each other."""
    return {
        (down, right): may_be_one(before, after) if before and after else []
        for down, right in _STEPS
        if down and right
        for before, after in [(_runs(old, down), _runs(new, right))]
    }


def _runs(tokens: Sequence[Token], length: int) -> list[str]:
    """So many words in a row, run together, by where they begin."""
    return ["".join(t.word for t in tokens[i : i + length]) for i in range(len(tokens) - length + 1)]


def _one_reading(old: Sequence[Token], new: Sequence[Token], renumbered: Renumbered) -> bool:
    """Whether words of both sides are the same, read in two ways."""
    if len(old) == len(new) == 1:
        if old[0].refers and old[0].refers == new[0].refers:
            return renumbered(old[0], new[0])
        return same_reading(old[0].word, new[0].word)
    keys_old, keys_new = ("".join(token.key for token in tokens) for tokens in (old, new))
    if abs(len(keys_old) - len(keys_new)) > SETTINGS.most_uneven:
        return False
    # "vill kor" against "vil lkor"; numbers are never joined by OCR
    if len(old) == len(new) or any(token.key.isdigit() for token in (*old, *new)):
        return keys_old == keys_new
    return same_reading("".join(t.word for t in old), "".join(t.word for t in new))


def _without_islands(stretches: Sequence[Stretch], old: Sequence[Token]) -> list[Stretch]:
    """Small words that two rewritten sentences happen to share do not cut a difference in two."""
    found = list(stretches)
    for i, (before, one, after) in enumerate(zip(stretches, stretches[1:], stretches[2:], strict=False), 1):
        between = not one.differs and before.kind is after.kind is RunKind.REPLACED
        if between and _is_chance(old[one.old_start : one.old_end], min(before.size, after.size)):
            found[i] = replace(one, kind=RunKind.REPLACED)
    return _joined(found)


def _is_chance(shared: Sequence[Token], around: int) -> bool:
    """Whether two sentences of which `around` words differ may share these words by chance."""
    if len(shared) * SETTINGS.island_ratio <= around:
        return True
    return len(shared) <= SETTINGS.small_island and all(t.key in words("names", "empty") for t in shared)
