"""Headers and footers that stand on every page, read best where most pages agree.

Each page is read by itself, so that the same header comes out a little different each time; where most of the
readings agree on a sign, the others take it. What differs from page to page, such as page numbers, stays as read.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein, Opcodes

from avskrift.corrections.lines import CorrectedLine
from avskrift.models.document import LineRole, Page, PageSource
from avskrift.models.edits import Replacement, apply

RULE = "repeated line"
_ALIKE = 72
"""How alike (0 to 100) two readings of one header are at least."""
_MOST_TEXTS, _MOST_READINGS = 2_000, 200
"""Texts, the last ones, that a line is compared with; readings of one header, the commonest, that vote."""
_FEWEST = 3
_MOST, _MOST_FIGURES = 0.5, 0.66
"""The share of readings that must agree on a sign, and on a figure: figures may differ from page to page."""
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A line: the place of its page among the pages, and its own among the page's lines."""

    page: int
    line: int


def agreed(pages: Sequence[Page], known: Callable[[str], bool]) -> dict[Place, CorrectedLine]:
    """The headers and footers that change when they are read as most pages have them; edits are of the lines' text.

    `known` tells of a word in small letters whether it is one: no word is changed to what is none, and where any of
    the readings has a word, those that come close to it take it.
    """
    found: dict[Place, CorrectedLine] = {}
    for group in _groups(pages):
        texts = [pages[p.page].lines[p.line].text for p in group]
        if len(group) < _FEWEST or len(set(texts)) == 1:
            continue
        words = Counter(w for text in texts for w in text.split())
        vocabulary = Counter({w: times for w, times in words.items() if _bare(w).isalpha() and known(_bare(w).lower())})
        readings = dict(Counter(texts).most_common(_MOST_READINGS))
        voted = {text: _voted(text, readings) for text in set(texts)}
        for place, text in zip(group, texts, strict=True):
            mended = _mended(text, voted[text], words, vocabulary, len(texts))
            if mended is not None:
                found[place] = mended
    return found


def _bare(word: str) -> str:
    return word.strip(".,;:()\"”'")


def _mended(
    text: str, voted: str, words: Counter[str], vocabulary: Counter[str], readings: int
) -> CorrectedLine | None:
    """The line with the words of `voted` where they are better, as edits of whole words; None when nothing changes."""
    old, new = list(re.finditer(r"\S+", text)), voted.split()
    better_words: list[Replacement] = []
    for tag, a, b, c, d in SequenceMatcher(None, [m.group() for m in old], new, autojunk=False).get_opcodes():
        if tag == "insert":
            continue  # a word that most pages have and this one lacks may not be printed here
        for first, last, now in _pairs(a, b, new[c:d]) if tag != "equal" else [(i, i + 1, None) for i in range(a, b)]:
            was = " ".join(m.group() for m in old[first:last])
            better = was if now is None else now
            if vocabulary[was] and not vocabulary[better]:
                better = was
            elif _bare(better).isalpha() and not vocabulary[better]:
                better = _closest(better, vocabulary)
            if better == was:
                continue
            start, end = old[first].start(), old[last - 1].end()
            if not better and first:  # with the space before it
                start = old[first - 1].end()
            sure = min(0.99, max(0.6, words[better] / readings)) if better else 0.8
            better_words.append(Replacement(start, end, better, RULE, round(sure, 3)))
    return CorrectedLine(*apply(text, better_words)) if better_words else None


def _pairs(first: int, last: int, words: Sequence[str]) -> list[tuple[int, int, str | None]]:
    """Which words stand for which: one for one where as many, else all for all."""
    if last - first == len(words):
        return [(first + i, first + i + 1, word) for i, word in enumerate(words)]
    return [(first, last, " ".join(words))]


def _closest(word: str, vocabulary: Counter[str]) -> str:
    """The word that a reading comes close to; the reading itself where there is none."""
    near = [(Levenshtein.distance(word, w), -times, w) for w, times in vocabulary.items()]
    best = min(near, default=(99, 0, word))
    return best[2] if best[0] <= max(1, len(word) // 5) else word


def _groups(pages: Sequence[Page]) -> list[list[Place]]:
    """Readings of the same header, one of a page at most."""
    groups: list[list[Place]] = []
    texts: dict[LineRole, dict[tuple[str, int], None]] = {LineRole.HEADER: {}, LineRole.FOOTER: {}}
    for number, page in enumerate(pages):
        if page.source is not PageSource.OCR:
            continue
        here: set[int] = set()  # groups that have a line of this page
        for at, line in enumerate(page.lines):
            if line.role not in (LineRole.HEADER, LineRole.FOOTER) or len(line.text) < _SHORTEST:
                continue
            known = texts[line.role]
            place = Place(number, at)
            group = _group_of(line.text, known, here)
            if group is None:
                group = len(groups)
                groups.append([place])
            else:
                groups[group].append(place)
            here.add(group)
            known.pop((line.text, group), None)
            known[line.text, group] = None
    return groups


def _group_of(text: str, known: dict[tuple[str, int], None], taken: Collection[int]) -> int | None:
    """The first of the groups, none of those `taken`, that hold the text likest to `text`; None where none is like it.

    Of texts that differ, with their groups, the last `_MOST_TEXTS` are looked at.
    """
    recent = list(islice(reversed(known), _MOST_TEXTS))
    if not recent:
        return None
    ratios = process.cdist([text], [t for t, _ in recent], scorer=fuzz.ratio, score_cutoff=_ALIKE, dtype=np.float64)[0]
    like = [(-ratios[k], recent[k][1]) for k in np.nonzero(ratios >= _ALIKE)[0] if recent[k][1] not in taken]
    return min(like)[1] if like else None


def _voted(text: str, readings: Mapping[str, int]) -> str:
    """`text` with the signs that most of the readings, counted, agree on."""
    voices = sum(readings.values())
    votes: list[Counter[str]] = [Counter() for _ in text]
    before: list[Counter[str]] = [Counter() for _ in range(len(text) + 1)]
    for other, times in readings.items():
        _count(Levenshtein.opcodes(text, other), other, times, votes, before)
    out: list[str] = []
    for at in range(len(text) + 1):
        sign, share = _winner(before[at], voices)
        if sign and share > _MOST and not any(c.isdigit() for c in sign):
            out.append(sign)
        if at == len(text):
            break
        sign, share = _winner(votes[at], voices)
        figure = text[at].isdigit() or sign.isdigit()
        out.append(sign if share > (_MOST_FIGURES if figure else _MOST) else text[at])
    return "".join(out)


def _count(opcodes: Opcodes, other: str, times: int, votes: list[Counter[str]], before: list[Counter[str]]) -> None:
    """What another reading, which so many pages have, has for each sign of the text, and before each."""
    for op in opcodes:
        if op.tag == "equal" or (op.tag == "replace" and op.src_end - op.src_start == op.dest_end - op.dest_start):
            for a, b in zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True):
                votes[a][other[b]] += times
        elif op.tag == "insert":
            before[op.src_start][other[op.dest_start : op.dest_end]] += times
        else:
            for a in range(op.src_start, op.src_end):
                votes[a][""] += times


def _winner(votes: Counter[str], readings: int) -> tuple[str, float]:
    if not votes:
        return "", 0.0
    sign, times = votes.most_common(1)[0]
    return sign, times / readings
