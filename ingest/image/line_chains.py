"""Letters set one after the other: shapes of ink chained from left to right into the lines that they stand on."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median_low

from avskrift.models.geometry import BoundingBox

Parted = Callable[[float, float, float], bool]
"""Whether something parts what stands at the height `y` left of `x0` from what stands right of `x1`: (x0, x1, y)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """When a letter goes on a line. Heights are those of the line's last letters, or of the page's usual letter."""

    level: float = 0.5  # share of the lower of letter and line that they overlap in height at least
    gap: float = 2.6  # heights between two letters of one line at most: wider gaps part columns,
    small: float = 0.6  # where no letter counts as lower than so many usual heights,
    large: float = 2.5  # and none as higher
    uneven: float = 1.3  # times its own height that a letter's line may count as high when gaps are measured
    recent: int = 9  # last letters of a line that tell how high it stands
    nearness: float = 0.1  # what a pixel from side to side counts against one from top to bottom
    stripe: float = 1.5  # usual heights of the stripes that lines are looked up in


SETTINGS = Settings()


@dataclass(slots=True, eq=False)
class _Chain:
    """A line while it grows: the places of its letters, where it ends, and between what heights its last ones stand."""

    members: list[int]
    end: float
    top: float
    bottom: float
    tops: list[float] = field(default_factory=list)
    bottoms: list[float] = field(default_factory=list)

    def add(self, place: int, box: BoundingBox) -> None:
        """Takes a letter in."""
        self.members.append(place)
        self.end = max(self.end, box.x1)
        self.tops.append(box.top)
        self.bottoms.append(box.bottom)
        self.top = median_low(self.tops[-SETTINGS.recent :])
        self.bottom = median_low(self.bottoms[-SETTINGS.recent :])


def chained_letters(letters: Sequence[tuple[int, BoundingBox]], usual: float, parted: Parted) -> list[list[int]]:
    """The places of `letters`, which come from left to right, by the lines that they stand on.

    `usual` is the height of the page's usual letter in pixels. Of several lines that a letter may go on, it goes on the
    one whose middle is nearest.
    """
    stripes: dict[int, list[_Chain]] = {}
    height = max(8, int(usual * SETTINGS.stripe))
    chains: list[_Chain] = []
    for place, box in letters:
        open_lines = {id(c): c for stripe in _stripes(box.top, box.bottom, height) for c in stripes.get(stripe, ())}
        chain = _nearest(open_lines.values(), box, usual)
        if chain is None or parted(chain.end, box.x0, (max(box.top, chain.top) + min(box.bottom, chain.bottom)) / 2):
            chain = _Chain([], box.x1, box.top, box.bottom)
            chains.append(chain)
            entered: set[int] = set()
        else:
            entered = set(_stripes(chain.top, chain.bottom, height))
        chain.add(place, box)
        for stripe in _stripes(chain.top, chain.bottom, height):
            if stripe not in entered:
                stripes.setdefault(stripe, []).append(chain)
    return [chain.members for chain in chains]


def _stripes(top: float, bottom: float, height: int) -> Iterator[int]:
    return iter(range(int(top) // height, int(bottom) // height + 1))


def _nearest(chains: Iterable[_Chain], box: BoundingBox, usual: float) -> _Chain | None:
    """The line that a letter goes on."""
    best, least = None, float("inf")
    for chain in chains:
        high = chain.bottom - chain.top
        shared = min(box.bottom, chain.bottom) - max(box.top, chain.top)
        gap = box.x0 - chain.end
        if shared < SETTINGS.level * min(box.height, high) or gap > widest_gap(high, box.height, usual):
            continue
        away = abs(box.middle - (chain.top + chain.bottom) / 2) + SETTINGS.nearness * max(0.0, gap)
        if away < least:
            best, least = chain, away
    return best


def widest_gap(high: float, other: float, usual: float) -> float:
    """The widest gap that two pieces of one line may leave, by the heights of both and of the page's usual letter."""
    least = SETTINGS.small * usual
    counted = min(max(high, least), SETTINGS.uneven * max(other, least), SETTINGS.large * usual)
    return SETTINGS.gap * counted
