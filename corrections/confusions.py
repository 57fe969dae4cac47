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


@dataclass(frozen=True, slots=True)
class Settings:
    """How far a damaged word is followed."""

    most_changes: int = 3  # confusions in one word
    most_variants: int = 90
    most_cost: float = 15.0


SETTINGS = Settings()


def variants_of(
    text: str,
    change_cost: float,
    marks: bool,
    most: int = SETTINGS.most_variants,
    limit: float = SETTINGS.most_cost,
) -> list[Variant]:
    """What `text` may have been, cheapest first, itself left out.

    `change_cost` is what any change costs at the document's level of damage; `marks` allows letters read for
    å ä ö. There are at most `most` variants, of a cost of at most `limit` each.
    """
    queue: list[tuple[float, int, str, int]] = [(0.0, 0, text, 0)]
    queued = {text}
    found: list[Variant] = []
    while queue and len(found) < most:
        cost, changes, current, first = heapq.heappop(queue)
        if changes:
            found.append(Variant(current, cost, changes))
        if changes == SETTINGS.most_changes:
            continue
        for confusion in _table(marks):
            total = cost + confusion.cost + change_cost
            if total > limit or confusion.read not in current:
                continue
            for at in _places(confusion, current, first):
                corrected = current[:at] + confusion.printed + current[at + len(confusion.read) :]
                if corrected not in queued:
                    queued.add(corrected)
                    heapq.heappush(queue, (total, changes + 1, corrected, at + len(confusion.printed)))
    return found


@cache
def _table(marks: bool) -> tuple[Confusion, ...]:
    """The table with the letters read for å ä ö, or without them."""
    return tuple(c for c in confusions() if marks or not c.mark)


def _places(confusion: Confusion, text: str, first: int) -> Iterator[int]:
    """Where a confusion fits in a word, at or after `first`."""
    at = text.find(confusion.read, first)
    while at >= 0:
        start, inside = at == 0, 0 < at < len(text) - len(confusion.read)
        if confusion.where == "any" or (start if confusion.where == "start" else inside):
            yield at
        at = text.find(confusion.read, at + 1)
