"""Notes in the margin and columns of running text: what must be read apart from what stands beside it."""

import itertools
from collections.abc import Callable, Sequence
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from avskrift.ingest.layout.lines import LayoutWord

Rows = list[list["LayoutWord"]]

_SMALL = 0.84
"""Notes in the margin are set in type at most so large, as a share of the running text's."""
_LEAST_NOTE_WORDS = 3
_LEAST_ROWS = 6
_LEAST_GUTTER = 1.1
_LEAST_CHARACTERS = 18
"""What a line of a column holds at least, on average: labels of a table hold less."""


def margin_notes(words: Sequence["LayoutWord"]) -> set[int]:
    """The places of the words that stand in the margin, left or right of the running text, in smaller type."""
    long = [w for w in words if len(w.text) > 3]
    if len(long) < 30:
        return set()
    size = median(w.size for w in long)
    large = [w for w in long if w.size > 0.9 * size]
    starts = sorted(w.bbox.x0 for w in large)
    # Where several words begin below each other; a single one may be a note whose box came out too tall.
    left = next((a for a, b in zip(starts, starts[2:], strict=False) if b - a < 0.4 * size), starts[0])
    right = sorted((w.bbox.x1 for w in large), reverse=True)[len(large) // 50]
    found = {
        place
        for place, word in enumerate(words)
        if word.size < _SMALL * size and (word.bbox.x1 < left - 0.3 * size or word.bbox.x0 > right)
    }
    for place, word in enumerate(words):  # figures and signs among the words of a note, whatever their size
        if place not in found and word.bbox.x1 < left and any(_beside(word, words[i]) for i in found):
            found.add(place)
    rows = {round(words[i].bbox.bottom / (0.6 * size)) for i in found}
    return found if len(found) >= _LEAST_NOTE_WORDS and len(rows) > 1 else set()


def _beside(word: "LayoutWord", other: "LayoutWord") -> bool:
    shared = min(word.bbox.bottom, other.bbox.bottom) - max(word.bbox.top, other.bbox.top)
    apart = max(word.bbox.x0, other.bbox.x0) - min(word.bbox.x1, other.bbox.x1)
    return shared > 0.4 * min(word.bbox.height, other.bbox.height) and apart < other.size


def in_columns(rows: Rows, regroup: Callable[[Sequence["LayoutWord"]], Rows]) -> Rows:
    """The rows with columns of running text one after the other: all of the left column, then all of the right.

    `regroup` makes rows of the words of one column. Tables without rules and signatures side by side are no columns:
    their lines are short.
    """
    gutter = _gutter(rows)
    if gutter is None:
        return rows
    first, last, x = gutter
    inside = [w for row in rows[first:last] for w in row]
    left = [w for w in inside if (w.bbox.x0 + w.bbox.x1) / 2 < x]
    right = [w for w in inside if (w.bbox.x0 + w.bbox.x1) / 2 >= x]
    return [*rows[:first], *regroup(left), *regroup(right), *rows[last:]]


def _gutter(rows: Rows) -> tuple[int, int, float] | None:
    """The longest run of rows, from first to before last, that leave the same gap free, and the gap's middle."""
    best: tuple[int, int, float] | None = None
    start = 0
    while start < len(rows):
        found = _run(rows, start)
        if found is not None and (best is None or found[1] - found[0] > best[1] - best[0]):
            best = found
        start = max(start + 1, found[1] if found is not None else 0)
    return best


def _run(rows: Rows, start: int) -> tuple[int, int, float] | None:
    """The run of rows from `start` on that share a gap, None when it is too short or no running text."""
    gap = _widest(rows[start])
    if gap is None:
        return None
    low, high = gap
    end = start
    for end in range(start, len(rows)):
        row = rows[end]
        size = median(w.size for w in row)
        inner = [w for w in row if w.bbox.x1 > low + 1 and w.bbox.x0 < high - 1]
        narrower = (
            max([low, *(w.bbox.x1 for w in inner if w.bbox.x1 < (low + high) / 2 + 2 * size and w.bbox.x0 < low)]),
            min([high, *(w.bbox.x0 for w in inner if w.bbox.x0 > (low + high) / 2 - 2 * size and w.bbox.x1 > high)]),
        )
        crossed = any(w.bbox.x0 < narrower[1] - 1 and w.bbox.x1 > narrower[0] + 1 for w in row)
        if crossed or narrower[1] - narrower[0] < _LEAST_GUTTER * size:
            break
        low, high = narrower
    else:
        end = len(rows)
    if end - start < _LEAST_ROWS:
        return None
    x = (low + high) / 2
    for side in (
        [" ".join(w.text for w in row if w.bbox.x1 <= x + 1) for row in rows[start:end]],
        [" ".join(w.text for w in row if w.bbox.x0 >= x - 1) for row in rows[start:end]],
    ):
        lines = [text for text in side if text]
        if len(lines) < _LEAST_ROWS or sum(map(len, lines)) / len(lines) < _LEAST_CHARACTERS:
            return None
    return start, end, x


def _widest(row: list["LayoutWord"]) -> tuple[float, float] | None:
    """The widest gap between two words of a row, None when it is no wider than a space."""
    gaps = [(b.bbox.x0 - a.bbox.x1, a.bbox.x1, b.bbox.x0) for a, b in itertools.pairwise(row)]
    if not gaps:
        return None
    wide, low, high = max(gaps)
    return (low, high) if wide > _LEAST_GUTTER * median(w.size for w in row) else None
