"""One-to-one assignment: which of one side is which of the other."""

from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T", bound=tuple[Hashable, ...])


def best_first(candidates: Iterable[T]) -> Iterator[T]:
    """The candidates (old, new, …), the best of which come first, of which each old and each new is in one at most.

    This is greedy assignment: a better pair is never given up so that two others fit together.
    """
    used_old: set[Hashable] = set()
    used_new: set[Hashable] = set()
    for candidate in candidates:
        old, new = candidate[:2]
        if old not in used_old and new not in used_new:
            used_old.add(old)
            used_new.add(new)
            yield candidate
