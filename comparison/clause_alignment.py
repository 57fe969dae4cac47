"""Which clause of the old document is which of the new: by titles and words, across renumbering and moves.

Texts are compared as vectors of letter sequences (four letters within and across words, weighted by how few clauses
have them), which broken letters hardly move; the measure is the cosine between them.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from avskrift.comparison.naming import likeness_of
from avskrift.comparison.spelling import key_of
from avskrift.comparison.vocabulary import words
from avskrift.comparison.word_difference import increasing
from avskrift.models.agreement import Section
from avskrift.parsing.headings import roles_of

Scores = npt.NDArray[np.float32]
"""How surely old section i is new section j, by row and column."""
_MOST_PAIRS = 20_000
"""Pairs of left-over sections up to which it is looked which stands within which."""
_KIN = 0.4
"""Kinship of two headings from which clauses between the same neighbours are one."""
_GRAM = 4
_ENOUGH = 0.42
"""Score from which two sections are one clause."""
_SAME_TITLE, _ALIKE_TITLE = 92.0, 85.0
"""Likeness of titles (rapidfuzz's ratio) from which they are the same, and from which they tell where text is none."""
_TOLD = 0.45
"""What it adds to a score, as a share of what that lacks, that something else says two sections are one."""
_CONTAINED = 0.6
"""Share of a section's letter sequences that another must hold for it to be a part of it."""
_TELLING = 40
"""Letter sequences from which a text is long enough to share something."""
_REPEATED = 0.25
"""What it takes from a score that clauses of one title stand under different headings: Mål of one area and another."""
_LONGEST = 200_000
"""Letters of a section that are looked at."""


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
    old: Sequence[Section], new: Sequence[Section], told: frozenset[tuple[int, int]] = frozenset()
) -> list[ClausePair]:
    """Every section of both sides in one pair, in the order of the new document; removed ones where they stood.

    `told` are places of sections that something else says are one clause: they describe the same body.
    """
    grams_old, grams_new = [_grams(s) for s in old], [_grams(s) for s in new]
    scores = _scores(old, new, grams_old, grams_new)
    for i, j in told:
        scores[i, j] += _TOLD * (1 - scores[i, j])
    matched = _assigned(scores)
    _by_parents(scores, old, new, dict(matched))
    matched = _assigned(scores)
    matched += _between(dict(matched), old, new)
    by_old, by_new = dict(matched), {j: i for i, j in matched}
    joined_old = _joined(len(old), by_old, grams_old, grams_new)
    joined_new = _joined(len(new), by_new, grams_new, grams_old)
    alone_old, alone_new = _alone(len(old), by_old, joined_old), _alone(len(new), by_new, joined_new)
    held = [*_held(alone_old, alone_new, grams_old, grams_new)]
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
) -> list[ClausePair]:
    """Sections left over that stand together in one left-over section of the other side, whose headings were lost."""
    found: list[ClausePair] = []
    left_old, left_new = list(alone_old), list(alone_new)
    if len(left_old) * len(left_new) > _MOST_PAIRS:
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
    return part.total() >= _TELLING and (part & whole).total() >= _CONTAINED * part.total()


def _ordered(pairs: Sequence[ClausePair], gone: Sequence[ClausePair]) -> list[ClausePair]:
    """In the new document's order; what went stands after what stood before it."""
    found = sorted(pairs, key=lambda p: p.new[0])
    for pair in gone:
        before = [k for k, p in enumerate(found) if p.old and p.old[-1] < pair.old[0] and not p.moved]
        found.insert(max(before) + 1 if before else 0, pair)
    return found


def likeness(one: str, other: str) -> float:
    """The cosine between the letter sequences of two texts, 0 to 1."""
    a, b = _grams_of(one), _grams_of(other)
    if not a or not b:
        return 0.0
    dot = sum(n * b[g] for g, n in a.items())
    return dot / math.sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))


def shares_of(one: str, other: str) -> tuple[float, float]:
    """The shares of two texts' letter sequences that the other has; 0 for texts too short to tell."""
    a, b = _grams_of(one), _grams_of(other)
    if min(a.total(), b.total()) < _TELLING:
        return 0.0, 0.0
    both = (a & b).total()
    return both / a.total(), both / b.total()


def _grams(section: Section) -> Counter[str]:
    return _grams_of(section.text)


@lru_cache(maxsize=5_000)
def _grams_of(text: str) -> Counter[str]:
    letters = " ".join(filter(None, map(key_of, text[:_LONGEST].split())))
    return Counter(letters[i : i + _GRAM] for i in range(len(letters) - _GRAM + 1))


def _scores(
    old: Sequence[Section],
    new: Sequence[Section],
    grams_old: Sequence[Counter[str]],
    grams_new: Sequence[Counter[str]],
) -> Scores:
    if not old or not new:
        return np.zeros((len(old), len(new)), dtype=np.float32)
    cosines = _cosines(grams_old, grams_new)
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


def _between(matched: dict[int, int], old: Sequence[Section], new: Sequence[Section]) -> list[tuple[int, int]]:
    """Clauses left over between the same neighbours that bear the same number, matter or words in their titles.

    Their texts were written anew; place and heading say that one took the other's place.
    """
    found: list[tuple[int, int]] = []
    taken = set(matched.values())
    for i, section in enumerate(old):
        if i in matched or not section.title:
            continue
        before = next((matched[k] for k in range(i - 1, -1, -1) if k in matched), -1)
        after = next((matched[k] for k in range(i + 1, len(old)) if k in matched), len(new))
        alike = [(_kinship(section, new[j]), -j) for j in range(before + 1, after) if j not in taken]
        if alike and max(alike)[0] >= _KIN:
            j = -max(alike)[1]
            found.append((i, j))
            taken.add(j)
    return found


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
    often = Counter(_title(s) for s in old)
    for i, section in enumerate(old):
        title, above = _title(section), above_old[i]
        if above is None or not title or often[title] < 2:
            continue
        for j in places.get(title, ()):
            if above_new[j] is not None:
                alike = matched.get(above) == above_new[j]
                scores[i, j] = min(1.0, scores[i, j] + 0.1) if alike else scores[i, j] - _REPEATED


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
    return _telling(section.title or "")


@lru_cache(maxsize=20_000)
def _telling(title: str) -> str:
    """A title's telling words: "Lokal styrgrupp" and "Styrgrupp" are one."""
    keys = [key for word in title.split() if (key := key_of(word))]
    return " ".join([key for key in keys if key not in words("names", "empty")] or keys)


def _cosines(grams_old: Sequence[Counter[str]], grams_new: Sequence[Counter[str]]) -> Scores:
    every = [*grams_old, *grams_new]
    spread = Counter(gram for grams in every for gram in grams)
    shared = sorted(gram for gram, n in spread.items() if n > 1)
    place = {gram: k for k, gram in enumerate(shared)}
    weight = np.array([math.log(1 + len(every) / spread[gram]) for gram in shared], dtype=np.float32)
    lone = math.log(1 + len(every))
    rows = np.zeros((len(every), len(shared)), dtype=np.float32)
    norms = np.ones(len(every), dtype=np.float32)
    for row, grams in enumerate(every):
        alone = 0.0
        for gram, n in grams.items():
            value = 1 + math.log(n)
            if gram in place:
                rows[row, place[gram]] = value * weight[place[gram]]
            else:
                alone += (value * lone) ** 2
        norms[row] = math.sqrt(float((rows[row] ** 2).sum()) + alone) or 1.0
    rows /= norms[:, None]
    cosines: Scores = rows[: len(grams_old)] @ rows[len(grams_old) :].T
    return cosines


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
    for i in range(count):
        if i in matched or not own[i]:
            continue
        before = next((k for k in range(i - 1, -1, -1) if k in matched), None)
        after = next((k for k in range(i + 1, count) if k in matched), None)
        for beside in (before, after):
            if beside is None:
                continue
            left = others[matched[beside]] - own[beside]
            if sum((own[i] & left).values()) >= _CONTAINED * own[i].total():
                found[beside] = (*found.get(beside, ()), i)
                break
    return found
