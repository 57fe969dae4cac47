"""How boxes, or what has boxes, are grouped: by nearness, by pairs that belong together, one after the other."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from avskrift.ingest.words import OcrWord

_T = TypeVar("_T")


def grouped(items: Iterable[_T], near: Callable[[_T, _T], bool]) -> list[list[_T]]:
    """The items in groups: what is `near` another is of its group. Groups are in the order of their last item."""
    groups: list[list[_T]] = []
    for item in items:
        close: list[list[_T]] = []
        rest: list[list[_T]] = []
        for group in groups:
            (close if any(near(item, other) for other in group) else rest).append(group)
        groups = [*rest, [item, *(other for group in close for other in group)]]
    return groups


def chained(items: Iterable[_T], follows: Callable[[list[_T], _T], bool]) -> list[list[_T]]:
    """The items in groups: each joins the first group that it `follows`, or begins one."""
    groups: list[list[_T]] = []
    for item in items:
        home = next((group for group in groups if follows(group, item)), None)
        if home is None:
            groups.append([item])
        else:
            home.append(item)
    return groups


def connected(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The numbers from 0 to before `count` in groups: both of a pair are of one group. Groups and numbers ascend."""
    parent = list(range(count))

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    for one, other in pairs:
        parent[root(other)] = root(one)
    groups: dict[int, list[int]] = {}
    for number in range(count):
        groups.setdefault(root(number), []).append(number)
    return list(groups.values())


def rows_by_middle(words: Sequence[OcrWord]) -> list[list[OcrWord]]:
    """Words whose middles lie within each other's height, from left to right; rows from top to bottom."""

    def follows(row: list[OcrWord], word: OcrWord) -> bool:
        return row[-1].box.top < word.box.middle < row[-1].box.bottom

    rows = chained(sorted(words, key=lambda w: w.box.top + w.box.bottom), follows)
    return [sorted(row, key=lambda w: w.box.x0) for row in rows]
