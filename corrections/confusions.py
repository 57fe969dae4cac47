"""Glyph confusions: the table in rules/confusions.toml, and what a damaged word may have been."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from avskrift.corrections.rules import load


@dataclass(frozen=True, slots=True)
class Confusion:
    """`read` stands for `printed` at `cost`; `mark` says that it is a lost å ä ö; `where` limits its place."""

    read: str
    printed: str
    cost: float
    mark: bool
    where: str


@dataclass(frozen=True, slots=True)
class Variant:
    """What a word may have been: its text and the cost of the confusions that lead to what was read."""

    text: str
    cost: float
    changes: int


@cache
def confusions() -> tuple[Confusion, ...]:
    """The table."""
    data = load("confusions")
    return tuple(
        Confusion(e["read"], e["printed"], float(e["cost"]), e.get("mark", False), e.get("where", "any"))
        for e in data["confusion"]
    )


def variants_of(text: str, per_change: float, marks: bool, most: int = 90, limit: float = 15.0) -> list[Variant]:
    """What `text` may have been, cheapest first, itself left out.

    `per_change` is what any change costs at the document's level of damage; `marks` allows letters read for
    å ä ö. At most three changes, `most` variants, `limit` of cost in all.
    """
    queue: list[tuple[float, int, str, int]] = [(0.0, 0, text, 0)]
    seen = {text}
    found: list[Variant] = []
    while queue and len(found) < most:
        cost, changes, current, first = heapq.heappop(queue)
        if changes:
            found.append(Variant(current, cost, changes))
        if changes == 3:
            continue
        for confusion, at in _places(current, first, marks):
            mended = current[:at] + confusion.printed + current[at + len(confusion.read) :]
            total = cost + confusion.cost + per_change
            if mended not in seen and total <= limit:
                seen.add(mended)
                heapq.heappush(queue, (total, changes + 1, mended, at + len(confusion.printed)))
    return found


def _places(text: str, first: int, marks: bool) -> Iterator[tuple[Confusion, int]]:
    """Each confusion with each place at or after `first` where it fits."""
    for confusion in confusions():
        if confusion.mark and not marks:
            continue
        at = text.find(confusion.read, first)
        while at >= 0:
            inside = 0 < at < len(text) - len(confusion.read)
            if (
                confusion.where == "any"
                or (confusion.where == "start" and at == 0)
                or (confusion.where == "inside" and inside)
            ):
                yield confusion, at
            at = text.find(confusion.read, at + 1)
