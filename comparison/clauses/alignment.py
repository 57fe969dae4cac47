"""Which clause of the old document is which of the new: by titles and words, across renumbering and moves.

Texts are compared as vectors of letter sequences (four letters within and across words, weighted by how few clauses
have them), which broken letters hardly move; the measure is the cosine between them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
from rapidfuzz import fuzz, process

from avskrift.comparison.clauses.letter_sequences import TELLING, Scores, cosines_of, sequences_of
from avskrift.comparison.clauses.word_diff import increasing
from avskrift.comparison.objects.candidates import Index
from avskrift.comparison.objects.name_similarity import likeness_of
from avskrift.comparison.ocr_equivalence import key_of
from avskrift.comparison.vocabulary import words
from avskrift.models.agreement import Section
from avskrift.parsing.structure.title_roles import roles_of

_MOST_PAIRS = 20_000
"""Pairs of left-over sections up to which it is looked which stands within which."""
_KIN = 0.4
"""Kinship of two headings from which clauses between the same neighbours are one."""
_ENOUGH = 0.42
"""Score from which two sections are one clause."""
_SAME_TITLE, _ALIKE_TITLE = 92.0, 85.0
"""Likeness of titles (rapidfuzz's ratio) from which they are the same, and from which they tell where text is none."""
_TOLD = 0.45
"""What it adds to a score, as a share of what that lacks, that something else says two sections are one."""
_CONTAINED = 0.6
"""Share of a section's letter sequences that another must hold for it to be a part of it."""
_UNDER_ONE, _REPEATED = np.float32(0.1), np.float32(0.25)
"""What it adds to a score that clauses of one title stand under one heading; what it takes from it that they stand
under different ones: Mål of one area and another."""
_NONE = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
_LONGEST_TITLE = 300
"""Letters of a title that are looked at."""
_MOST_SECTIONS = 2_000
"""Sections of a document that are compared each with each of the other."""
_MOST_LETTERS = 20_000_000
"""Letter sequences of left-over sections, times sections they are looked for in, up to which it is looked."""


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
    old: Sequence[Section], new: Sequence[Section], told: frozenset[tuple[int, int]], remarks: list[str]
) -> list[ClausePair]:
    """Every section of both sides in one pair, in the order of the new document; removed ones where they stood.

    `told` are places of sections that something else says are one clause: they describe the same body. `remarks` takes
    what could not be compared in full. Documents of more than `_MOST_SECTIONS` are compared part by part.
    """
    parts = -(-max(len(old), len(new)) // _MOST_SECTIONS)
    if parts <= 1:
        return _pairs_of(old, new, told, remarks)
    remarks.append(
        f"too many sections to be compared each with each, {len(old):,} and {len(new):,}: the documents were compared "
        f"in {parts} parts, and what moved from one part to another is told as removed and added"
    )
    found: list[ClausePair] = []
    cuts = _cuts(old, new, parts)
    for (i0, j0), (i1, j1) in pairwise(cuts):
        here = frozenset((i - i0, j - j0) for i, j in told if i0 <= i < i1 and j0 <= j < j1)
        for pair in _pairs_of(old[i0:i1], new[j0:j1], here, remarks):
            places = tuple(i + i0 for i in pair.old), tuple(j + j0 for j in pair.new)
            found.append(replace(pair, old=places[0], new=places[1]))
    return found


def _cuts(old: Sequence[Section], new: Sequence[Section], parts: int) -> list[tuple[int, int]]:
    """Places where both documents are cut into parts: before sections that stand once in each, where there are some."""

    def alone(sections: Sequence[Section]) -> dict[tuple[str | None, str], int]:
        often = Counter((s.title, s.text) for s in sections)
        return {key: i for i, s in enumerate(sections) if often[key := (s.title, s.text)] == 1}

    there = alone(new)
    anchors = increasing([(i, there[key]) for key, i in alone(old).items() if key in there])
    found = [(0, 0)]
    for part in range(1, parts):
        i, j = len(old) * part // parts, len(new) * part // parts
        reach = max(len(old), len(new)) // (4 * parts)
        near = [a for a in anchors if abs(a[0] - i) <= reach and abs(a[1] - j) <= reach]
        i, j = min(near, key=lambda a: abs(a[0] - i), default=(i, j))
        found.append((max(i, found[-1][0]), max(j, found[-1][1])))
    return [*found, (len(old), len(new))]


def _pairs_of(
    old: Sequence[Section], new: Sequence[Section], told: frozenset[tuple[int, int]], remarks: list[str]
) -> list[ClausePair]:
    grams_old, grams_new = sequences_of(old, remarks), sequences_of(new, remarks)
    scores = _scores(old, new, grams_old, grams_new)
    for i, j in told:
        scores[i, j] += _TOLD * (1 - scores[i, j])
    matched = _assigned(scores)
    _by_parents(scores, old, new, dict(matched))
    matched = _assigned(scores)
    matched += _between(dict(matched), old, new, remarks)
    by_old, by_new = dict(matched), {j: i for i, j in matched}
    joined_old = _joined(len(old), by_old, grams_old, grams_new)
    joined_new = _joined(len(new), by_new, grams_new, grams_old)
    alone_old, alone_new = _alone(len(old), by_old, joined_old), _alone(len(new), by_new, joined_new)
    held = _held(alone_old, alone_new, grams_old, grams_new, remarks)
    staying = set(increasing(sorted(matched)))
    pairs = [
        ClausePair((i, *joined_old.get(i, ())), (j, *joined_new.get(j, ())), float(scores[i, j]), (i, j) not in staying)
        for i, j in matched
    ]
    pairs = [ClausePair(tuple(sorted(p.old)), tuple(sorted(p.new)), p.score, p.moved) for p in pairs]
    pairs += held
    used_old, used_new = {i for p in pairs for i in p.old}, {j for p in pairs for j in p.new}
    pairs += [ClausePair((), (j,), None) for j in range(len(new)) if j not in used_new]
    gone = [ClausePair((i,), (), None) for i in range(len(old)) if i not in used_old]
    return _ordered(pairs, gone)


def _alone(count: int, matched: dict[int, int], joined: dict[int, tuple[int, ...]]) -> list[int]:
    """Sections that belong to none of the other side yet."""
    taken = {i for some in joined.values() for i in some}
    return [i for i in range(count) if i not in matched and i not in taken]


def _held(
    alone_old: Sequence[int],
    alone_new: Sequence[int],
    grams_old: Sequence[Counter[str]],
    grams_new: Sequence[Counter[str]],
    remarks: list[str],
) -> list[ClausePair]:
    """Sections left over that stand together in one left-over section of the other side, whose headings were lost."""
    found: list[ClausePair] = []
    left_old, left_new = list(alone_old), list(alone_new)
    if not left_old or not left_new:
        return []
    letters = sum(len(grams_old[i]) for i in left_old) * len(left_new)
    letters += sum(len(grams_new[j]) for j in left_new) * len(left_old)
    if len(left_old) * len(left_new) > _MOST_PAIRS or letters > _MOST_LETTERS:
        remarks.append(
            f"too many sections without a counterpart, {len(left_old):,} and {len(left_new):,}: it was not looked "
            "which of them stand within which"
        )
        return []
    for j in alone_new:
        parts = [i for i in left_old if _within(grams_old[i], grams_new[j])]
        share = sum(grams_old[i].total() for i in parts) / max(1, grams_new[j].total())
        if share >= _CONTAINED:
            found.append(ClausePair(tuple(parts), (j,), min(1.0, share)))
            left_old = [i for i in left_old if i not in parts]
            left_new.remove(j)
    for i in left_old:
        parts = [j for j in left_new if _within(grams_new[j], grams_old[i])]
        share = sum(grams_new[j].total() for j in parts) / max(1, grams_old[i].total())
        if share >= _CONTAINED:
            found.append(ClausePair((i,), tuple(parts), min(1.0, share)))
            left_new = [j for j in left_new if j not in parts]
    return found


def _within(part: Counter[str], whole: Counter[str]) -> bool:
    return part.total() >= TELLING and (part & whole).total() >= _CONTAINED * part.total()


def _ordered(pairs: Sequence[ClausePair], gone: Sequence[ClausePair]) -> list[ClausePair]:
    """In the new document's order; what went stands after what stood before it."""
    kept = sorted(pairs, key=lambda p: p.new[0])
    staying = sorted((p.old[-1], k) for k, p in enumerate(kept) if p.old and not p.moved)
    after: dict[int, list[ClausePair]] = {}
    at, place = 0, -1
    for pair in gone:  # in the order of the old document
        while at < len(staying) and staying[at][0] < pair.old[0]:
            place = max(place, staying[at][1])
            at += 1
        after.setdefault(place, []).append(pair)
    found = after.get(-1, [])
    for k, pair in enumerate(kept):
        found += [pair, *after.get(k, ())]
    return found


def _scores(
    old: Sequence[Section],
    new: Sequence[Section],
    grams_old: Sequence[Counter[str]],
    grams_new: Sequence[Counter[str]],
) -> Scores:
    if not old or not new:
        return np.zeros((len(old), len(new)), dtype=np.float32)
    cosines = cosines_of(grams_old, grams_new)
    titles_old, titles_new = [_title(s) for s in old], [_title(s) for s in new]
    named = np.array([bool(t) for t in titles_old])[:, None] & np.array([bool(t) for t in titles_new])[None, :]
    bare = ~np.array([bool(t) for t in titles_old])[:, None] & ~np.array([bool(t) for t in titles_new])[None, :]
    alike = np.where(named, process.cdist(titles_old, titles_new, scorer=fuzz.ratio), 0.0)
    texts = np.array([bool(g) for g in grams_old])[:, None] & np.array([bool(g) for g in grams_new])[None, :]
    with_text = 0.25 * alike / 100 + 0.75 * cosines
    with_text = np.where((alike >= _SAME_TITLE) | bare, np.maximum(with_text, 0.5 + 0.4 * cosines), with_text)
    without = np.where(alike >= _ALIKE_TITLE, 0.8 * alike / 100, 0.0)
    found = np.where(texts, with_text, without)
    apart = np.abs(np.arange(len(old))[:, None] / len(old) - np.arange(len(new))[None, :] / len(new))
    found = np.where(found > 0, found + 0.05 * (1 - apart), found)
    return np.minimum(found, 1.0).astype(np.float32)


def _between(
    matched: dict[int, int], old: Sequence[Section], new: Sequence[Section], remarks: list[str]
) -> list[tuple[int, int]]:
    """Clauses left over between the same neighbours that bear the same number, matter or words in their titles.

    Their texts were written anew; place and heading say that one took the other's place.
    """
    found: list[tuple[int, int]] = []
    taken = set(matched.values())
    befores, afters = _neighbours(len(old), matched)
    windows = [
        (i, matched.get(befores[i], -1) + 1, matched.get(afters[i], len(new)))
        for i, section in enumerate(old)
        if i not in matched and section.title
    ]
    index: Index | None = None
    if sum(max(0, end - start) for _, start, end in windows) > _MOST_PAIRS:
        headings = [_heading(s) for s in new]
        index = Index(headings)
        remarks.append(
            f"too many sections without a counterpart, {len(windows):,}: those written anew were looked for among the "
            "few with words of their headings only"
        )
    for i, start, end in windows:
        section = old[i]
        places: Iterable[int] = range(start, end)
        if index is not None:
            places = [j for j in index.candidates(_heading(section), i, len(old)) if start <= j < end]
        alike = [(_kinship(section, new[j]), -j) for j in places if j not in taken]
        if alike and max(alike)[0] >= _KIN:
            j = -max(alike)[1]
            found.append((i, j))
            taken.add(j)
    return found


def _heading(section: Section) -> list[str]:
    """What a heading is found by: its words and its matter."""
    return [section.title or "", *roles_of(section.title or "")]


def _neighbours(count: int, matched: Mapping[int, int]) -> tuple[list[int], list[int]]:
    """For each section the nearest before and after it that has a counterpart; -1 and `count` where there is none."""
    before, after = [-1] * count, [count] * count
    for i in range(1, count):
        before[i] = i - 1 if i - 1 in matched else before[i - 1]
    for i in range(count - 2, -1, -1):
        after[i] = i + 1 if i + 1 in matched else after[i + 1]
    return before, after


def _kinship(old: Section, new: Section) -> float:
    """How far two headings speak of one thing: shared words and matter, and the same number."""
    if not old.title or not new.title:
        return 0.0
    shared = set(roles_of(old.title)) & set(roles_of(new.title))
    roles = [role for role in shared if not role.startswith("group:")]  # which body is which is known by more than this
    number = bool(old.number) and old.number == new.number
    return likeness_of(old.title, new.title).both + (0.5 if roles else 0.0) + (0.2 if number else 0.0)


def _by_parents(scores: Scores, old: Sequence[Section], new: Sequence[Section], matched: dict[int, int]) -> None:
    """Clauses whose titles stand several times belong under the headings that belong together."""
    above_old, above_new = _parents(old), _parents(new)
    places: dict[str, list[int]] = {}
    for j, section in enumerate(new):
        places.setdefault(_title(section), []).append(j)
    below = {
        title: (np.array(some), np.array([above_new[j] for j in some]))
        for title, every in places.items()
        if (some := [j for j in every if above_new[j] is not None])
    }
    often = Counter(_title(s) for s in old)
    for i, section in enumerate(old):
        title, above = _title(section), above_old[i]
        if above is None or not title or often[title] < 2:
            continue
        columns, tops = below.get(title, _NONE)
        alike = tops == matched.get(above, -1)
        there = scores[i, columns]
        scores[i, columns] = np.where(alike, np.minimum(1.0, there + _UNDER_ONE), there - _REPEATED)


def _parents(sections: Sequence[Section]) -> list[int | None]:
    """The place of the section above each: by levels, or the nearest title that stands once, whichever is nearer."""
    titles = [_title(s) for s in sections]
    often = Counter(titles)
    found: list[int | None] = []
    open_levels: list[tuple[int, int]] = []
    alone: int | None = None
    for i, section in enumerate(sections):
        while open_levels and open_levels[-1][0] >= section.level:
            open_levels.pop()
        above = open_levels[-1][1] if open_levels else None
        found.append(alone if above is None or (alone is not None and alone > above) else above)
        open_levels.append((section.level, i))
        if often[titles[i]] == 1:
            alone = i
    return found


def _title(section: Section) -> str:
    return _telling((section.title or "")[:_LONGEST_TITLE])


@lru_cache(maxsize=20_000)
def _telling(title: str) -> str:
    """A title's telling words: "Lokal styrgrupp" and "Styrgrupp" are one."""
    keys = [key for word in title.split() if (key := key_of(word))]
    return " ".join([key for key in keys if key not in words("names", "empty")] or keys)


def _assigned(scores: Scores) -> list[tuple[int, int]]:
    """The best pairs first, each section in one at most."""
    rows, columns = np.nonzero(scores >= _ENOUGH)
    order = np.argsort(-scores[rows, columns], kind="stable")
    used_old: set[int] = set()
    used_new: set[int] = set()
    found = []
    for i, j in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            found.append((i, j))
    return found


def _joined(
    count: int, matched: dict[int, int], own: Sequence[Counter[str]], others: Sequence[Counter[str]]
) -> dict[int, tuple[int, ...]]:
    """Sections without a counterpart whose text stands in the counterpart of the section before or after them."""
    found: dict[int, tuple[int, ...]] = {}
    befores, afters = _neighbours(count, matched)
    left_of: dict[int, Counter[str]] = {}
    for i in range(count):
        if i in matched or not own[i]:
            continue
        for beside in (befores[i], afters[i]):
            if beside not in matched:
                continue
            if beside not in left_of:  # sections in a row have the same neighbours
                left_of = {k: left for k, left in left_of.items() if k in (befores[i], afters[i])}
                left_of[beside] = others[matched[beside]] - own[beside]
            left = left_of[beside]
            if sum((own[i] & left).values()) >= _CONTAINED * own[i].total():
                found[beside] = (*found.get(beside, ()), i)
                break
    return found
