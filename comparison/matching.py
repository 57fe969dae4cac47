"""Which object of one side is which of the other, and what was split or merged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

_GAIN = 0.15
"""What a second part must add to the share of a whole's name that its parts tell."""
_PART = 0.35
"""Share of a part's own name that the whole must hold."""


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
    """One-to-one pairs, the surest first; ties fall to those nearest each other in their lists. Then the rest."""
    found = []
    for i, one in enumerate(old):
        for j, other in enumerate(new):
            how = score(one, other)
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


def with_parts(matches: Sequence[Match], cover: Callable[[int, int], tuple[float, float]]) -> list[Match]:
    """Pairs joined by what is left over: an old object that became two, two that became one.

    `cover(i, j)` gives the shares of old i's and new j's names that the other tells. A left-over part joins the whole
    whose name it helps to tell.
    """
    found = list(matches)
    for lone in [m for m in matches if len(m.old) + len(m.new) == 1]:
        best: tuple[float, int] | None = None
        for at, match in enumerate(found):
            if not match.old or not match.new:
                continue
            gain = _gain(lone, match, cover)
            if gain is not None and (best is None or gain > best[0]):
                best = gain, at
        if best is not None:
            match = found[best[1]]
            found[best[1]] = Match((*match.old, *lone.old), (*match.new, *lone.new), match.score)
            found.remove(lone)
    return found


def _gain(lone: Match, match: Match, cover: Callable[[int, int], tuple[float, float]]) -> float | None:
    """What the left-over object adds to a pair; None where it is no part of it."""
    if lone.new and len(match.old) == 1:
        shares = [cover(match.old[0], j)[0] for j in match.new]
        of_whole, of_part = cover(match.old[0], lone.new[0])
    elif lone.old and len(match.new) == 1:
        shares = [cover(i, match.new[0])[1] for i in match.old]
        of_part, of_whole = cover(lone.old[0], match.new[0])
    else:
        return None
    # what the pair tells already cannot be told again: a name kept as it was has no second part
    if of_part < _PART or of_whole < _GAIN or sum(shares) + of_whole > 1.25:
        return None
    return of_whole
