"""Headers and footers that stand on every page, read best where most pages agree.

Each page is read by itself, so that the same header comes out a little different each time; where most of the
readings agree on a sign, the others take it. What differs from page to page, such as page numbers, stays as read.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, islice, zip_longest

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein, Opcodes

from avskrift.models.document import LineRole, Page, PageSource
from avskrift.models.edits import CorrectedLine, Edit

RULE = "repeated line"


@dataclass(frozen=True, slots=True)
class Settings:
    """When readings are of one header, and when they agree; shares are 0 to 1."""

    alike: float = 72.0  # how alike (0 to 100) two readings of one header are at least
    most_texts: int = 2_000  # texts, the last ones, that a line is compared with
    most_readings: int = 200  # readings of one header, the commonest, that vote
    fewest: int = 3  # readings of a header that is repeated
    shortest: int = 6  # signs of a header that tells anything
    most: float = 0.5
    most_figures: float = 0.66
    """The share of readings that must agree on a sign, and on a figure: figures may differ from page to page."""
    least_sure: float = 0.6
    most_sure: float = 0.99
    """The bounds of the probability that a word is right, else the share of the readings that have it."""
    dropped: float = 0.8  # the probability that a word is none that most readings lack
    one_sign_in: int = 5  # words differ from the one that they are read as by one sign in so many, and by one at least


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Place:
    """A line: the place of its page among the pages, and its own among the page's lines."""

    page: int
    line: int


@dataclass(frozen=True, slots=True)
class _Words:
    """What all readings of a header hold with how often, those of it that are words, and how many readings there
    are."""

    all: Counter[str]
    known: Counter[str]
    readings: int


def agreed(pages: Sequence[Page], known: Callable[[str], bool]) -> dict[Place, CorrectedLine]:
    """The headers and footers that change when they are read as most pages have them; edits are of the lines' text.

    `known` tells of a word in small letters whether it is one: no word is changed to what is none, and where any of
    the readings has a word, those that come close to it take it.
    """
    found: dict[Place, CorrectedLine] = {}
    for group in _groups(pages):
        texts = [pages[p.page].lines[p.line].text for p in group]
        if len(group) < SETTINGS.fewest or len(set(texts)) == 1:
            continue
        readings = dict(Counter(texts).most_common(SETTINGS.most_readings))
        words = _words_of(texts, known)
        edits = {text: tuple(_edits(text, _voted(text, readings), words)) for text in set(texts)}
        found |= {p: CorrectedLine(t, edits[t]) for p, t in zip(group, texts, strict=True) if edits[t]}
    return found


def _words_of(texts: Sequence[str], known: Callable[[str], bool]) -> _Words:
    words = Counter(word for text in texts for word in text.split())
    are_known = {w: times for w, times in words.items() if _bare(w).isalpha() and known(_bare(w).lower())}
    return _Words(words, Counter(are_known), len(texts))


def _bare(word: str) -> str:
    """A word without the signs around it."""
    return word.strip(".,;:()\"”'")


def _edits(text: str, voted: str, words: _Words) -> Iterator[Edit]:
    """The words of `voted` where they are better, as edits of whole words of `text`."""
    old = list(re.finditer(r"\S+", text))
    for first, last, now in _counterparts([m.group() for m in old], voted.split()):
        was = " ".join(m.group() for m in old[first:last])
        better = _better(was, was if now is None else now, words)
        if better == was:
            continue
        start, end = old[first].start(), old[last - 1].end()
        if not better and first:  # with the space before it
            start = old[first - 1].end()
        share = min(SETTINGS.most_sure, max(SETTINGS.least_sure, words.all[better] / words.readings))
        yield Edit(start, end, better, RULE, round(share if better else SETTINGS.dropped, 3))


def _better(was: str, now: str, words: _Words) -> str:
    """What a word is read as that most readings have as `now`."""
    if words.known[was] and not words.known[now]:
        return was
    if _bare(now).isalpha() and not words.known[now]:
        return _closest(now, words.known)
    return now


def _counterparts(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, str | None]]:
    """The words old[first:last] and what stands for them in `new`, None where it is the same: one for one where as
    many, else all for all."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((i, i + 1, None) for i in range(a, b))
        elif b - a == d - c:
            yield from ((a + i, a + i + 1, word) for i, word in enumerate(new[c:d]))
        elif tag != "insert":  # a word that most pages have and this one lacks may not be printed here
            yield a, b, " ".join(new[c:d])


def _closest(word: str, vocabulary: Counter[str]) -> str:
    """The word that a reading comes close to; the reading itself where there is none."""
    near = [(Levenshtein.distance(word, w), -times, w) for w, times in vocabulary.items()]
    distance, _, best = min(near, default=(len(word) + 2, 0, word))
    return best if distance <= max(1, len(word) // SETTINGS.one_sign_in) else word


def _groups(pages: Sequence[Page]) -> list[list[Place]]:
    """Readings of the same header, one of a page at most."""
    groups: list[list[Place]] = []
    texts: dict[LineRole, dict[tuple[str, int], None]] = {LineRole.HEADER: {}, LineRole.FOOTER: {}}
    for number, page in enumerate(pages):
        if page.source is not PageSource.OCR:
            continue
        here: set[int] = set()  # groups that have a line of this page
        for at, line in enumerate(page.lines):
            if line.role not in (LineRole.HEADER, LineRole.FOOTER) or len(line.text) < SETTINGS.shortest:
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

    Of texts that differ, with their groups, the last `Settings.most_texts` are looked at.
    """
    import numpy as np  # takes long; most texts have no lines to compare

    recent = list(islice(reversed(known), SETTINGS.most_texts))
    if not recent:
        return None
    ratios = process.cdist(
        [text], [t for t, _ in recent], scorer=fuzz.ratio, score_cutoff=SETTINGS.alike, dtype=np.float64
    )[0]
    like = [(-ratios[k], recent[k][1]) for k in np.nonzero(ratios >= SETTINGS.alike)[0] if recent[k][1] not in taken]
    return min(like)[1] if like else None


def _voted(text: str, readings: Mapping[str, int]) -> str:
    """`text` with the signs that most of the readings, counted, agree on."""
    voices = sum(readings.values())
    votes: list[Counter[str]] = [Counter() for _ in text]
    before: list[Counter[str]] = [Counter() for _ in range(len(text) + 1)]
    for other, times in readings.items():
        _count(Levenshtein.opcodes(text, other), other, times, votes, before)
    inserted = (_inserted(of_place, voices) for of_place in before)
    signs = (_agreed_sign(sign, of_sign, voices) for sign, of_sign in zip(text, votes, strict=True))
    return "".join(chain.from_iterable(zip_longest(inserted, signs, fillvalue="")))


def _inserted(votes: Counter[str], voices: int) -> str:
    """What most readings have before a sign; figures may differ from page to page."""
    signs, share = _winner(votes, voices)
    return signs if share > SETTINGS.most and not any(c.isdigit() for c in signs) else ""


def _agreed_sign(read: str, votes: Counter[str], voices: int) -> str:
    """What enough readings have for a sign; the sign as it was read where they do not agree."""
    sign, share = _winner(votes, voices)
    figure = read.isdigit() or sign.isdigit()
    return sign if share > (SETTINGS.most_figures if figure else SETTINGS.most) else read


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
    """The sign with the most votes, and their share of the readings."""
    if not votes:
        return "", 0.0
    sign, times = votes.most_common(1)[0]
    return sign, times / readings
