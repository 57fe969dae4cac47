"""Which object of one side is which of the other, and what was split or merged."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

from avskrift.comparison.assignment import best_first
from avskrift.comparison.candidates import MOST_PAIRS, Index

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settings:
    """Shares, 0 to 1, of a name's weight or a text's letter sequences; tuned on `benchmarks/comparing.py`."""

    least_gain: float = 0.15
    """What a second part must add to the share of a whole's name, or text, that its parts tell."""
    least_part: float = 0.35
    """Share of a part's own name that the whole must hold."""
    least_text: float = 0.45
    """Share of a part's text that the whole must hold."""
    most_texts: float = 1.3
    """How much of the whole's text its parts may hold together."""


SETTINGS = Settings()


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
    """One-to-one pairs of `old` and `new`, the surest first, then the rest.

    `score` says how surely two belong together, and they are a pair from `enough` on; ties fall to those nearest each
    other in their lists. Each is scored with each up to `MOST_PAIRS`; beyond that with those of which the index of
    their words tells.
    """
    scored = [(i, j, how) for i, j in _looked_at(old, new) if (how := score(old[i], new[j])).value >= enough]
    scored.sort(key=lambda entry: (-entry[2].value, abs(entry[0] - entry[1]), *entry[:2]))
    pairs = {(i, j): how for i, j, how in best_first(scored)}
    used_old, used_new = {i for i, _ in pairs}, {j for _, j in pairs}
    found = [Match((i,), (j,), how) for (i, j), how in sorted(pairs.items(), key=lambda entry: entry[0][1])]
    found += [Match((), (j,)) for j in range(len(new)) if j not in used_new]
    return found + [Match((i,), ()) for i in range(len(old)) if i not in used_old]


def _looked_at(old: Sequence[T], new: Sequence[T]) -> Iterator[tuple[int, int]]:
    """The places of objects that are scored with each other."""
    if len(old) * len(new) <= MOST_PAIRS:
        yield from product(range(len(old)), range(len(new)))
        return
    index = Index(new)
    for i, one in enumerate(old):
        yield from ((i, j) for j in index.candidates(one, i, len(old)))


@dataclass(frozen=True, slots=True)
class NameOverlap:
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

    @property
    def swapped(self) -> "NameOverlap":
        """The same with old and new for each other."""
        return NameOverlap(self.of_new, self.of_old, self.text_new, self.text_old, self.longer)


def with_parts(
    matches: Sequence[Match], old: Sequence[T], new: Sequence[T], overlap: Callable[[T, T], NameOverlap]
) -> list[Match]:
    """Pairs joined by what is left over: an old object that became two, two that became one.

    `matches` are those of `matched` on `old` and `new`; `overlap` says what an old object and a new one tell of each
    other. A left-over part joins the whole whose name it helps to tell, whose text it shares, or whose name it
    specifies as its other part does.
    """
    found: list[Match | None] = list(matches)
    near = _wholes_near(matches, old, new)
    for place, part in enumerate(matches):
        if part.old and part.new:
            continue
        gains = [
            (gain, -at)
            for at in near(part)
            if (whole := found[at]) is not None
            and (gain := _gain(part, whole, lambda i, j: overlap(old[i], new[j]))) is not None
        ]
        if gains:
            at = -max(gains)[1]
            whole = found[at] or part
            found[at] = Match((*whole.old, *part.old), (*whole.new, *part.new), whole.score)
            found[place] = None
    return [match for match in found if match is not None]


def _wholes_near(matches: Sequence[Match], old: Sequence[T], new: Sequence[T]) -> Callable[[Match], Sequence[int]]:
    """Which pairs, by their places in `matches`, a left-over part is looked at with: each up to `MOST_PAIRS`; beyond
    that those of which the index of their words tells."""
    pairs = [at for at, m in enumerate(matches) if m.old and m.new]
    if len(pairs) * (len(matches) - len(pairs)) <= MOST_PAIRS:
        return lambda part: pairs
    by_old, by_new = ({(matches[at].old, matches[at].new)[side][0]: at for at in pairs} for side in (0, 1))
    index_old, index_new = Index(old), Index(new)

    def near(part: Match) -> list[int]:
        if part.new:
            places, by_place = index_old.candidates(new[part.new[0]], part.new[0], len(new)), by_old
        else:
            places, by_place = index_new.candidates(old[part.old[0]], part.old[0], len(old)), by_new
        return sorted({by_place[place] for place in places if place in by_place})

    return near


def _gain(part: Match, whole: Match, overlap: Callable[[int, int], NameOverlap]) -> float | None:
    """What the left-over object adds to a pair; None where it is no part of it. `overlap` takes an old and a new
    place."""
    if part.new and len(whole.old) == 1:
        own, *others = (overlap(whole.old[0], j) for j in (*part.new, *whole.new))
    elif part.old and len(whole.new) == 1:
        own, *others = (overlap(i, whole.new[0]).swapped for i in (*part.old, *whole.old))
    else:
        return None
    return _gain_beside(own, others)


def _gain_beside(own: NameOverlap, others: Sequence[NameOverlap]) -> float | None:
    """What a part adds, of which `own` tells, to the `others` of its whole, which is the old object of each."""
    if own.longer and all(other.longer for other in others):
        return 1.0
    before = {stem for other in others for stem in other.of_old}
    gain = sum(weight for stem, weight in own.of_old.items() if stem not in before)
    if gain >= SETTINGS.least_gain and sum(own.of_new.values()) >= SETTINGS.least_part:
        return gain
    # a text that the pair shares already cannot be shared again
    together = sum(other.text_old for other in others) + own.text_old
    enough = own.text_new >= SETTINGS.least_text and own.text_old >= SETTINGS.least_gain
    return own.text_old if enough and together <= SETTINGS.most_texts else None
