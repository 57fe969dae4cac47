"""Which object of one side is which of the other, and what was split or merged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from avskrift.comparison.objects.candidates import MOST_PAIRS, Index

T = TypeVar("T")

_GAIN = 0.15
"""What a second part must add to the share of a whole's name, or text, that its parts tell."""
_PART = 0.35
"""Share of a part's own name that the whole must hold."""
_TEXT, _TEXTS = 0.45, 1.3
"""Share of a part's text that the whole must hold; how much of the whole's the parts may hold together."""


@dataclass(frozen=True, slots=True)
class Score:
    """How surely two objects belong together (0 to 1), and what says so."""

    value: float
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Objects, by their places, that belong together; one side is empty for what came or went."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    score: Score | None = None


def matched(old: Sequence[T], new: Sequence[T], score: Callable[[T, T], Score], enough: float) -> list[Match]:
    """One-to-one pairs, the surest first; ties fall to those nearest each other in their lists. Then the rest.

    Each is scored with each up to `MOST_PAIRS`; beyond that with those of which the index of their words tells.
    """
    found = []
    index = Index(new) if len(old) * len(new) > MOST_PAIRS else None
    for i, one in enumerate(old):
        for j in range(len(new)) if index is None else index.candidates(one, i, len(old)):
            how = score(one, new[j])
            if how.value >= enough:
                found.append((-how.value, abs(i - j), i, j, how))
    found.sort(key=lambda entry: entry[:4])
    by_old: dict[int, Match] = {}
    taken: set[int] = set()
    for _, _, i, j, how in found:
        if i not in by_old and j not in taken:
            by_old[i] = Match((i,), (j,), how)
            taken.add(j)
    rest_old = [Match((i,), ()) for i in range(len(old)) if i not in by_old]
    rest_new = [Match((), (j,)) for j in range(len(new)) if j not in taken]
    return [*sorted(by_old.values(), key=lambda m: m.new), *rest_new, *rest_old]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two names, or what is said under them, tell of each other.

    `of_old` and `of_new` are the words of either that the other has, with their weights as shares of the whole name;
    `text_old` and `text_new` the shares of what is said; `longer` tells that the new name is the old one and more, or
    the other way round.
    """

    of_old: dict[str, float]
    of_new: dict[str, float]
    text_old: float = 0.0
    text_new: float = 0.0
    longer: bool = False


def with_parts(
    matches: Sequence[Match], old: Sequence[T], new: Sequence[T], cover: Callable[[T, T], Overlap]
) -> list[Match]:
    """Pairs joined by what is left over: an old object that became two, two that became one.

    `cover` says what an old object and a new one tell of each other. A left-over part joins the whole whose name it
    helps to tell, whose text it shares, or whose name it specifies as its other part does. Each part is looked at with
    each pair up to `MOST_PAIRS`; beyond that with those of which the index of their words tells.
    """
    found: list[Match | None] = list(matches)
    pairs = [at for at, m in enumerate(matches) if m.old and m.new]
    lone = [at for at, m in enumerate(matches) if len(m.old) + len(m.new) == 1]
    many = len(pairs) * len(lone) > MOST_PAIRS
    by_old = {i: at for at in pairs for i in matches[at].old}
    by_new = {j: at for at in pairs for j in matches[at].new}
    index_old, index_new = (Index(old), Index(new)) if many else (None, None)

    def near(part: Match) -> list[int]:
        if index_old is None or index_new is None:
            return pairs
        if part.new:
            places = index_old.candidates(new[part.new[0]], part.new[0], len(new))
            return sorted({by_old[i] for i in places if i in by_old})
        places = index_new.candidates(old[part.old[0]], part.old[0], len(old))
        return sorted({by_new[j] for j in places if j in by_new})

    for place in lone:
        part = matches[place]
        best: tuple[float, int] | None = None
        for at in near(part):
            match = found[at]
            gain = _gain(part, match, lambda i, j: cover(old[i], new[j])) if match is not None else None
            if gain is not None and (best is None or gain > best[0]):
                best = gain, at
        whole = found[best[1]] if best is not None else None
        if best is not None and whole is not None:
            found[best[1]] = Match((*whole.old, *part.old), (*whole.new, *part.new), whole.score)
            found[place] = None
    return [match for match in found if match is not None]


def _gain(lone: Match, match: Match, cover: Callable[[int, int], Overlap]) -> float | None:
    """What the left-over object adds to a pair; None where it is no part of it."""
    if lone.new and len(match.old) == 1:
        others = [cover(match.old[0], j) for j in match.new]
        own = cover(match.old[0], lone.new[0])
        told, part, texts = own.of_old, own.of_new, [c.text_old for c in others]
        told_before = {stem for c in others for stem in c.of_old}
        text, text_part = own.text_old, own.text_new
    elif lone.old and len(match.new) == 1:
        others = [cover(i, match.new[0]) for i in match.old]
        own = cover(lone.old[0], match.new[0])
        told, part, texts = own.of_new, own.of_old, [c.text_new for c in others]
        told_before = {stem for c in others for stem in c.of_new}
        text, text_part = own.text_new, own.text_old
    else:
        return None
    if own.longer and all(c.longer for c in others):
        return 1.0
    gain = sum(weight for stem, weight in told.items() if stem not in told_before)
    if gain >= _GAIN and sum(part.values()) >= _PART:
        return gain
    # a text that the pair shares already cannot be shared again
    if text_part >= _TEXT and text >= _GAIN and sum(texts) + text <= _TEXTS:
        return text
    return None
