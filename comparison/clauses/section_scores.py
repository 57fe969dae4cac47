"""How surely two sections are one clause, by their titles, their words, their order and the headings above them.

Texts are compared as vectors of letter sequences (`letter_sequences`), which broken letters hardly move; the measure is
the cosine between them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process

from avskrift.comparison.clauses.letter_sequences import Scores, cosines_of
from avskrift.comparison.vocabulary import words
from avskrift.language.fold import fold_word
from avskrift.models.agreement import Section

_LONGEST_TITLE = 300
"""Letters of a title that are looked at."""
_NONE = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Settings:
    """Shares of a score (0 to 1) unless another unit is named; tuned on the agreements of `benchmarks/comparing.py`."""

    same_title: float = 92.0
    """Likeness of titles (rapidfuzz's ratio, 0 to 100) from which they are the same."""
    alike_title: float = 85.0
    """Likeness of titles from which they tell where text is none."""
    title: float = 0.25
    """Weight of the titles' likeness; the words' is the rest."""
    same_title_base: float = 0.5
    """The least score of two sections with the same title, or with none."""
    same_title_words: float = 0.4
    """What the words add to that."""
    title_alone: float = 0.8
    """Weight of the titles' likeness where text is none."""
    order: float = 0.05
    """What it adds that two sections stand at the same place of their documents."""
    under_one: float = 0.1
    """What it adds that clauses of one title stand under one heading."""
    repeated: float = 0.25
    """What it takes that they stand under different ones: Mål of one area and of another."""


SETTINGS = Settings()


def scores_of(
    old: Sequence[Section], new: Sequence[Section], grams_old: Sequence[Counter[str]], grams_new: Sequence[Counter[str]]
) -> Scores:
    """The scores of the sections `old` (rows) with those of `new` (columns), 0 to 1.

    `grams_old` and `grams_new` are their letter sequences.
    """
    if not old or not new:
        return np.zeros((len(old), len(new)), dtype=np.float32)
    cosines = cosines_of(grams_old, grams_new)
    titles_old, titles_new = [_title(s) for s in old], [_title(s) for s in new]
    titled_old, titled_new = (np.array(list(map(bool, titles))) for titles in (titles_old, titles_new))
    both_titled, both_bare = np.logical_and.outer(titled_old, titled_new), ~np.logical_or.outer(titled_old, titled_new)
    alike = np.where(both_titled, process.cdist(titles_old, titles_new, scorer=fuzz.ratio), 0.0)
    both_texts = np.logical_and.outer(*(np.array(list(map(bool, grams))) for grams in (grams_old, grams_new)))
    with_text = SETTINGS.title * alike / 100 + (1 - SETTINGS.title) * cosines
    named_alike = SETTINGS.same_title_base + SETTINGS.same_title_words * cosines
    with_text = np.where((alike >= SETTINGS.same_title) | both_bare, np.maximum(with_text, named_alike), with_text)
    without = np.where(alike >= SETTINGS.alike_title, SETTINGS.title_alone * alike / 100, 0.0)
    found = np.where(both_texts, with_text, without)
    apart = np.abs(np.arange(len(old))[:, None] / len(old) - np.arange(len(new))[None, :] / len(new))
    found = np.where(found > 0, found + SETTINGS.order * (1 - apart), found)
    return np.minimum(found, 1.0).astype(np.float32)


def weigh_parents(scores: Scores, old: Sequence[Section], new: Sequence[Section], matched: dict[int, int]) -> None:
    """Changes the scores of clauses whose titles stand several times: they belong under headings that belong together.

    `scores` are those of `scores_of`, `matched` the places in `old` and `new` of sections that they make one.
    """
    above_old, titles = _parents(old), [_title(s) for s in old]
    below = _sections_below(new)
    often = Counter(titles)
    for i, (title, above) in enumerate(zip(titles, above_old, strict=True)):
        if above is None or not title or often[title] < 2:
            continue
        columns, parents = below.get(title, _NONE)
        alike = parents == matched.get(above, -1)
        there = scores[i, columns]
        more, less = np.minimum(1.0, there + np.float32(SETTINGS.under_one)), there - np.float32(SETTINGS.repeated)
        scores[i, columns] = np.where(alike, more, less)


def _sections_below(sections: Sequence[Section]) -> dict[str, tuple["np.ndarray", "np.ndarray"]]:
    """By title: the places of the sections that have it and stand below another, and the places of those others."""
    found: dict[str, list[tuple[int, int]]] = {}
    for j, (section, above) in enumerate(zip(sections, _parents(sections), strict=True)):
        if above is not None:
            found.setdefault(_title(section), []).append((j, above))
    return {title: (np.array([j for j, _ in some]), np.array([a for _, a in some])) for title, some in found.items()}


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
    return _significant_words((section.title or "")[:_LONGEST_TITLE])


@lru_cache(maxsize=20_000)
def _significant_words(title: str) -> str:
    """A title's significant words: "Lokal styrgrupp" and "Styrgrupp" are one."""
    keys = [key for word in title.split() if (key := fold_word(word))]
    return " ".join([key for key in keys if key not in words("names", "empty")] or keys)
