"""Notes in the margin and columns of running text: what must be read apart from what stands beside it."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from avskrift.ingest.layout.rows import Row, rows_from_top
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

Gap = tuple[float, float]
"""Where white space in a row begins and ends, from side to side."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What marks a note in the margin, and the white space (gutter) between two columns. Sizes are font sizes."""

    note_size: float = 0.84  # share of the running text's size that a note is set in at most
    text_size: float = 0.9  # share of the usual size from which a word is of the running text
    fewest_words: int = 30  # words of a page below which nothing is told from the margin
    fewest_note_words: int = 3
    same_start: float = 0.4  # sizes within which words begin below each other
    margin: float = 0.3  # sizes left of the running text from where the margin is
    beside: float = 0.4  # share of the lower of two words' height that words beside each other share
    row: float = 0.6  # sizes that a row of a note is high
    fewest_rows: int = 6  # rows of a column
    gutter: float = 1.1  # sizes
    straggler: float = 2.0  # sizes beyond the middle of the gutter that a word of one side may reach
    fewest_characters: int = 18  # characters of a line of a column, on average: labels of a table hold less


SETTINGS = Settings()


def margin_notes(words: Sequence[OcrWord]) -> set[int]:
    """The places of the words that stand in the margin, left or right of the running text, in smaller type."""
    long = [w for w in words if len(w.text) > 3]
    if len(long) < SETTINGS.fewest_words:
        return set()
    size = median(w.font_size for w in long)
    left, right = _text_edges([w for w in long if w.font_size > SETTINGS.text_size * size], size)
    found = _small_in_margin(words, left, right, size)
    rows = {round(words[i].box.bottom / (SETTINGS.row * size)) for i in found}
    return found if len(found) >= SETTINGS.fewest_note_words and len(rows) > 1 else set()


def _small_in_margin(words: Sequence[OcrWord], left: float, right: float, size: float) -> set[int]:
    """The places of the small words beside the running text, which reaches from left to right, and of the figures and
    signs among them, whatever their size. `size` is the running text's."""
    small = [place for place, word in enumerate(words) if word.font_size < SETTINGS.note_size * size]
    found = {p for p in small if words[p].box.x1 < left - SETTINGS.margin * size or words[p].box.x0 > right}
    for place, word in enumerate(words):
        if place not in found and word.box.x1 < left and any(_beside(word, words[i]) for i in found):
            found.add(place)
    return found


def _text_edges(words: Sequence[OcrWord], size: float) -> tuple[float, float]:
    """Where the running text begins on the left and ends on the right.

    It begins where several words begin below each other; a single one may be a note whose box came out too tall.
    """
    starts = sorted(w.box.x0 for w in words)
    aligned = (a for a, b in zip(starts, starts[2:], strict=False) if b - a < SETTINGS.same_start * size)
    right = sorted((w.box.x1 for w in words), reverse=True)[len(words) // 50]
    return next(aligned, starts[0]), right


def _beside(word: OcrWord, other: OcrWord) -> bool:
    shared = word.box.shared_height(other.box)
    level = shared > SETTINGS.beside * min(word.box.height, other.box.height)
    return level and -word.box.shared_width(other.box) < other.font_size


def in_columns(rows: list[Row]) -> list[Row]:
    """The rows with columns of running text one after the other: all of the left column, then all of the right.

    Tables without rules and signatures side by side are no columns: their lines are short.
    """
    gutter = _gutter(rows)
    if gutter is None:
        return rows
    first, last, x = gutter
    inside = [w for row in rows[first:last] for w in row]
    left = [w for w in inside if (w.box.x0 + w.box.x1) / 2 < x]
    right = [w for w in inside if (w.box.x0 + w.box.x1) / 2 >= x]
    return [*rows[:first], *rows_from_top(left), *rows_from_top(right), *rows[last:]]


def _gutter(rows: list[Row]) -> tuple[int, int, float] | None:
    """The longest run of rows, from first to before last, that leave the same gap free, and the gap's middle."""
    best: tuple[int, int, float] | None = None
    start = 0
    while start < len(rows):
        found = _run(rows, start)
        if found is not None and (best is None or found[1] - found[0] > best[1] - best[0]):
            best = found
        start = max(start + 1, found[1] if found is not None else 0)
    return best


def _run(rows: list[Row], start: int) -> tuple[int, int, float] | None:
    """The run of rows from `start` on that share a gap, None when it is too short or no running text."""
    gap = _widest(rows[start])
    if gap is None:
        return None
    end = start
    while end < len(rows) and (narrowed := _narrowed(rows[end], gap)) is not None:
        gap, end = narrowed, end + 1
    x = sum(gap) / 2
    if end - start < SETTINGS.fewest_rows or not _is_running_text(rows[start:end], x):
        return None
    return start, end, x


def _narrowed(row: Row, gap: Gap) -> Gap | None:
    """What the row leaves free of a gap; None where it crosses the gap or leaves too little."""
    low, high = gap
    size = median(w.font_size for w in row)
    reach = SETTINGS.straggler * size
    middle = (low + high) / 2
    inner = _within(row, gap)
    new_low = max([low, *(b.x1 for b in inner if b.x0 < low and b.x1 < middle + reach)])
    new_high = min([high, *(b.x0 for b in inner if b.x1 > high and b.x0 > middle - reach)])
    crossed = _within(row, (new_low, new_high))
    return None if crossed or new_high - new_low < SETTINGS.gutter * size else (new_low, new_high)


def _within(row: Row, gap: Gap) -> list[BoundingBox]:
    """The boxes of the words that reach into a gap by more than a point."""
    return [w.box for w in row if w.box.x1 > gap[0] + 1 and w.box.x0 < gap[1] - 1]


def _is_running_text(rows: list[Row], x: float) -> bool:
    """Whether what stands on either side of `x` is lines of text: enough of them, and long enough."""
    left = [" ".join(w.text for w in row if w.box.x1 <= x + 1) for row in rows]
    right = [" ".join(w.text for w in row if w.box.x0 >= x - 1) for row in rows]
    return _are_lines(left) and _are_lines(right)


def _are_lines(texts: Sequence[str]) -> bool:
    lines = [text for text in texts if text]
    long = sum(map(len, lines)) >= SETTINGS.fewest_characters * len(lines)
    return len(lines) >= SETTINGS.fewest_rows and long


def _widest(row: Row) -> Gap | None:
    """The widest gap between two words of a row, None when it is no wider than a space."""
    gaps = [(b.box.x0 - a.box.x1, a.box.x1, b.box.x0) for a, b in itertools.pairwise(row)]
    if not gaps:
        return None
    wide, low, high = max(gaps)
    return (low, high) if wide > SETTINGS.gutter * median(w.font_size for w in row) else None
