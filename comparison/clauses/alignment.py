"""Which clause of the old document is which of the new: by titles and words, across renumbering and moves."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np

from avskrift.comparison.assignment import best_first
from avskrift.comparison.clauses.left_over import between_neighbours, joined_to_neighbours, standing_within
from avskrift.comparison.clauses.letter_sequences import Scores, sequences_of
from avskrift.comparison.clauses.section_scores import scores_of, weigh_parents
from avskrift.language.common_order import longest_rising
from avskrift.models.agreement import Section

_MOST_SECTIONS = 2_000
"""Sections of a document that are compared each with each of the other."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Tuned on the pairs of agreements of `benchmarks/comparing.py`."""

    enough: float = 0.42
    """Score (0 to 1) from which two sections are one clause."""
    same_matter: float = 0.45
    """What it adds to a score, as a share of what that lacks, that two sections are about one matter."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class ClausePair:
    """Sections (by their place in the record) that are one clause; several where the other side has no heading there.

    `score` is 0 to 1, None where one side is empty; `moved` tells that it stands in another order.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    score: float | None
    moved: bool = False


def pairs_of(
    old: Sequence[Section], new: Sequence[Section], one_matter: frozenset[tuple[int, int]], remarks: list[str]
) -> list[ClausePair]:
    """Every section of both sides in one pair, in the order of the new document; removed ones where they stood.

    `one_matter` are places of sections in `old` and `new` that are about the same: they describe the same group.
    `remarks` takes what could not be compared in full. Documents of more than `_MOST_SECTIONS` are compared part by
    part.
    """
    parts = -(-max(len(old), len(new)) // _MOST_SECTIONS)
    if parts <= 1:
        return _pairs_of(old, new, one_matter, remarks)
    remarks.append(
        f"too many sections to be compared each with each, {len(old):,} and {len(new):,}: the documents were compared "
        f"in {parts} parts, and what moved from one part to another is told as removed and added"
    )
    found: list[ClausePair] = []
    for (i0, j0), (i1, j1) in pairwise(_cuts(old, new, parts)):
        here = frozenset((i - i0, j - j0) for i, j in one_matter if i0 <= i < i1 and j0 <= j < j1)
        for pair in _pairs_of(old[i0:i1], new[j0:j1], here, remarks):
            places = tuple(i + i0 for i in pair.old), tuple(j + j0 for j in pair.new)
            found.append(replace(pair, old=places[0], new=places[1]))
    return found


def _cuts(old: Sequence[Section], new: Sequence[Section], parts: int) -> list[tuple[int, int]]:
    """Places where both documents are cut into parts: before sections that stand once in each, where there are some."""
    there = _single_sections(new)
    anchors = longest_rising([(i, there[key]) for key, i in _single_sections(old).items() if key in there])
    found = [(0, 0)]
    for part in range(1, parts):
        i, j = len(old) * part // parts, len(new) * part // parts
        reach = max(len(old), len(new)) // (4 * parts)
        near = [a for a in anchors if abs(a[0] - i) <= reach and abs(a[1] - j) <= reach]
        i, j = min(near, key=lambda a: abs(a[0] - i), default=(i, j))
        found.append((max(i, found[-1][0]), max(j, found[-1][1])))
    return [*found, (len(old), len(new))]


def _single_sections(sections: Sequence[Section]) -> dict[tuple[str | None, str], int]:
    """The places of sections whose title and text no other has."""
    often = Counter((s.title, s.text) for s in sections)
    return {key: i for i, s in enumerate(sections) if often[key := (s.title, s.text)] == 1}


def _pairs_of(
    old: Sequence[Section], new: Sequence[Section], one_matter: frozenset[tuple[int, int]], remarks: list[str]
) -> list[ClausePair]:
    grams_old, grams_new = sequences_of(old, remarks), sequences_of(new, remarks)
    scores = scores_of(old, new, grams_old, grams_new)
    for i, j in one_matter:
        scores[i, j] += SETTINGS.same_matter * (1 - scores[i, j])
    weigh_parents(scores, old, new, dict(_assigned(scores)))
    matched = _assigned(scores)
    matched += between_neighbours(dict(matched), old, new, remarks)
    by_old, by_new = dict(matched), {j: i for i, j in matched}
    joined_old = joined_to_neighbours(by_old, grams_old, grams_new)
    joined_new = joined_to_neighbours(by_new, grams_new, grams_old)
    alone_old, alone_new = _alone(len(old), by_old, joined_old), _alone(len(new), by_new, joined_new)
    held = standing_within(alone_old, alone_new, grams_old, grams_new, remarks)
    staying = set(longest_rising(sorted(matched)))
    pairs = [
        ClausePair(
            tuple(sorted((i, *joined_old.get(i, ())))),
            tuple(sorted((j, *joined_new.get(j, ())))),
            float(scores[i, j]),
            (i, j) not in staying,
        )
        for i, j in matched
    ]
    return _ordered([*pairs, *(ClausePair(*one) for one in held)], len(old), len(new))


def _assigned(scores: Scores) -> list[tuple[int, int]]:
    """The best pairs first, each section in one at most."""
    rows, columns = np.nonzero(scores >= SETTINGS.enough)
    order = np.argsort(-scores[rows, columns], kind="stable")
    return list(best_first(zip(rows[order].tolist(), columns[order].tolist(), strict=True)))


def _alone(count: int, matched: dict[int, int], joined: dict[int, tuple[int, ...]]) -> list[int]:
    """Sections that belong to none of the other side yet."""
    taken = {i for some in joined.values() for i in some}
    return [i for i in range(count) if i not in matched and i not in taken]


def _ordered(pairs: list[ClausePair], count_old: int, count_new: int) -> list[ClausePair]:
    """All sections in the new document's order, with those that are in no pair; what went stands after what stood
    before it."""
    came = [ClausePair((), (j,), None) for j in _left_out(count_new, [p.new for p in pairs])]
    gone = _left_out(count_old, [p.old for p in pairs])
    kept = sorted([*pairs, *came], key=lambda p: p.new[0])
    staying = sorted((p.old[-1], k) for k, p in enumerate(kept) if p.old and not p.moved)
    lasts = list(accumulate((k for _, k in staying), max))
    after: dict[int, list[ClausePair]] = {}
    for i in gone:
        before = bisect_left(staying, (i,))
        after.setdefault(lasts[before - 1] if before else -1, []).append(ClausePair((i,), (), None))
    return [*after.get(-1, ()), *(one for k, pair in enumerate(kept) for one in (pair, *after.get(k, ())))]


def _left_out(count: int, used: Iterable[Sequence[int]]) -> list[int]:
    """Places below `count` that are not used."""
    return sorted(set(range(count)).difference(*used))
