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
        for confusion, confusion_cost in correctable():
            total = cost + confusion_cost + change_cost
            if total > limit:
                break  # the cheapest come first
            if confusion.read in current and (marks or not confusion.needs_lost_marks):
                for at in _places(confusion, current, first):
                    corrected = current[:at] + confusion.printed + current[at + len(confusion.read) :]
                    if corrected not in queued:
                        queued.add(corrected)
                        heapq.heappush(queue, (total, changes + 1, corrected, at + len(confusion.printed)))
    return found


def _places(confusion: Confusion, text: str, first: int) -> Iterator[int]:
    """Where a confusion fits in a word, at or after `first`."""
    at = text.find(confusion.read, first)
    while at >= 0:
        start, inside = at == 0, 0 < at < len(text) - len(confusion.read)
        if confusion.where == "any" or (start if confusion.where == "start" else inside):
            yield at
        at = text.find(confusion.read, at + 1)
