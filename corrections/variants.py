"""What a damaged word may have been, by the table of confusions."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from avskrift.language.confusions import Confusion, correctable


@dataclass(frozen=True, slots=True)
class Variant:
    """What a word may have been: its text and the cost of the confusions that lead to what was read."""

    text: str
    cost: float
    changes: int


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
        for confusion, confusion_cost, at in _places(current, first, marks):
            corrected = current[:at] + confusion.printed + current[at + len(confusion.read) :]
            total = cost + confusion_cost + change_cost
            if corrected not in queued and total <= limit:
                queued.add(corrected)
                heapq.heappush(queue, (total, changes + 1, corrected, at + len(confusion.printed)))
    return found


def _places(text: str, first: int, marks: bool) -> Iterator[tuple[Confusion, float, int]]:
    """Each confusion with its cost and each place at or after `first` where it fits."""
    for confusion, cost in correctable():
        if confusion.needs_lost_marks and not marks:
            continue
        at = text.find(confusion.read, first)
        while at >= 0:
            if _fits(confusion, at, len(text)):
                yield confusion, cost, at
            at = text.find(confusion.read, at + 1)


def _fits(confusion: Confusion, at: int, length: int) -> bool:
    """Whether a confusion may stand at a place of a word of `length` signs."""
    if confusion.where == "any":
        return True
    return at == 0 if confusion.where == "start" else 0 < at < length - len(confusion.read)
