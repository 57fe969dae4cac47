"""From words with boxes to lines in reading order: cells of tables, columns in a line, spaces between lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from avskrift.models.document import WIDE_GAP, CellReference, Edit, Line, Word
from avskrift.models.geometry import BoundingBox

_GAP_IN_HEIGHTS = 2.2
_OVERLAP = 0.5
_APART, _APART_SIGN = 0.75, 0.5
_TALL = 1.7


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word on an upright page, in points; `size` is the type size in points.

    `printed` is what a second look showed it to be, where that differs from `text`.
    """

    text: str
    bbox: BoundingBox
    confidence: float
    size: float
    bold: bool = False
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A ruled cell of a table, in points."""

    bbox: BoundingBox
    reference: CellReference


@dataclass(frozen=True, slots=True)
class _Row:
    words: list[PlacedWord]
    cell: CellReference | None

    @property
    def top(self) -> float:
        return median(w.bbox.top for w in self.words)

    @property
    def bottom(self) -> float:
        return median(w.bbox.bottom for w in self.words)


def lines_of(words: Sequence[PlacedWord], cells: Sequence[Cell] = ()) -> tuple[Line, ...]:
    """The lines of a page in reading order.

    Words inside ruled cells are read cell by cell, row by row, where the table stands; all others from top to
    bottom, each printed line from left to right, wide gaps kept.
    """
    inside: dict[CellReference, list[PlacedWord]] = {}
    outside: list[PlacedWord] = []
    for word in words:
        cell = _cell_of(word, cells)
        if cell is None:
            outside.append(word)
        else:
            inside.setdefault(cell.reference, []).append(word)
    rows = [_Row(group, None) for group in _rows(outside)]
    tops: dict[int, float] = {}
    for reference, group in inside.items():
        tops[reference.table] = min([tops.get(reference.table, 1e9), *(w.bbox.top for w in group)])
    rows.sort(key=lambda r: r.top)
    ordered: list[_Row] = []
    pending = sorted(tops, key=lambda t: tops[t])
    for row in [*rows, None]:
        while pending and (row is None or tops[pending[0]] < row.top):
            table = pending.pop(0)
            for reference in sorted((r for r in inside if r.table == table), key=lambda r: (r.row, r.column)):
                ordered.extend(sorted((_Row(g, reference) for g in _rows(inside[reference])), key=lambda r: r.top))
        if row is not None:
            ordered.append(row)
    return _lines(ordered)


def _cell_of(word: PlacedWord, cells: Sequence[Cell]) -> Cell | None:
    x = (word.bbox.x0 + word.bbox.x1) / 2
    y = (word.bbox.top + word.bbox.bottom) / 2
    return next((c for c in cells if c.bbox.x0 <= x <= c.bbox.x1 and c.bbox.top <= y <= c.bbox.bottom), None)


def _rows(words: Sequence[PlacedWord]) -> list[list[PlacedWord]]:
    """Words grouped into printed lines: those whose boxes overlap in height by half of the smaller."""
    rows: list[list[PlacedWord]] = []
    usual = median(w.bbox.height for w in words) if words else 0.0

    def order(word: PlacedWord) -> tuple[bool, float]:
        # What is taller than a line (bullets run together, a stamp) must not pull two lines into one.
        return word.bbox.height > _TALL * usual and len(word.text) <= 3, (word.bbox.top + word.bbox.bottom) / 2

    for word in sorted(words, key=order):
        home = None
        for row in rows if order(word)[0] else rows[-6:]:
            last = min(
                row,
                key=lambda w: (
                    abs(w.bbox.x0 - word.bbox.x1) if w.bbox.x0 > word.bbox.x0 else abs(word.bbox.x0 - w.bbox.x1)
                ),
            )
            if _overlap(last.bbox, word.bbox) >= _OVERLAP and _fits(row, word):
                home = row
        if home is None:
            rows.append([word])
        else:
            home.append(word)
    for row in rows:
        row.sort(key=lambda w: w.bbox.x0)
    return rows


def _fits(row: Sequence[PlacedWord], word: PlacedWord) -> bool:
    """Whether `word` can stand on the line: it covers no word that is already there."""
    return all(
        min(w.bbox.x1, word.bbox.x1) - max(w.bbox.x0, word.bbox.x0) < 0.6 * min(w.bbox.width, word.bbox.width) + 0.5
        for w in row
    )


def _overlap(one: BoundingBox, other: BoundingBox) -> float:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared / max(0.1, min(one.height, other.height))


def _lines(rows: Sequence[_Row]) -> tuple[Line, ...]:
    if not rows:
        return ()
    left = min(w.bbox.x0 for r in rows for w in r.words)
    steps = [b.top - a.top for a, b in pairwise(rows) if a.cell == b.cell and 0 < b.top - a.top < 40]
    step = median(steps) if steps else 14.0
    lines: list[Line] = []
    for number, row in enumerate(rows, 1):
        before = rows[number - 2] if number > 1 else None
        gap = 0.0
        if before is not None and row.top > before.top:
            usual = min(step, 1.45 * max(_size(before.words), _size(row.words)))
            gap = max(0.0, (row.top - before.top - max(usual, 0.1)) / max(step, 1.0))
        lines.append(_line(number, row, left, round(gap, 2)))
    return tuple(lines)


def _size(words: Sequence[PlacedWord]) -> float:
    """The type size of a line; signs at its head, which may be anything, do not count."""
    return median([w.size for w in words if len(w.text) > 2] or [w.size for w in words])


def _line(number: int, row: _Row, left: float, gap: float) -> Line:
    raw = ""
    words: list[Word] = []
    size = _size(row.words)
    for i, word in enumerate(row.words):
        if i:
            space = word.bbox.x0 - row.words[i - 1].bbox.x1
            raw += WIDE_GAP if space > _GAP_IN_HEIGHTS * max(size, 7.0) else " "
        words.append(Word(word.text, len(raw), word.bbox, word.confidence))
        raw += word.text
    box = BoundingBox.around(w.bbox for w in row.words)
    bold = sum(w.bold for w in row.words) > len(row.words) / 2
    text, edits = _with_signs(raw, words, row.words)
    text, edits = _with_bullet(text, edits, row.words)
    return Line(
        number,
        raw,
        text,
        tuple(words),
        box,
        edits,
        cell=row.cell,
        space_before=gap,
        indent=0.0 if box is None else round(box.x0 - left, 1),
        font_size=round(size, 1),
        bold=bold,
    )


def _with_signs(raw: str, words: Sequence[Word], placed: Sequence[PlacedWord]) -> tuple[str, tuple[Edit, ...]]:
    """The line with the signs that a second look showed."""
    text, edits, at = "", [], 0
    for word, seen in zip(words, placed, strict=True):
        if seen.printed and seen.printed != seen.text:
            text += raw[at : word.start]
            start = len(text)
            text += seen.printed
            at = word.end
            edits.append(Edit(word.start, at, start, len(text), "second look", round(min(0.99, seen.confidence), 3)))
    return text + raw[at:], tuple(edits)


def _with_bullet(text: str, edits: tuple[Edit, ...], words: Sequence[PlacedWord]) -> tuple[str, tuple[Edit, ...]]:
    """A first sign that stands for a bullet, which the Swedish data lack: short, and set apart from the text.

    Between words of running text there is a third of the type size, after a bullet nearly all of it.
    """
    if len(words) < 2 or len(words[0].text) > 2 or words[0].confidence >= 1.0 or words[0].printed:
        return text, edits
    first, second = words[0], words[1]
    if re.fullmatch(r"§|\d{1,2}[.)]?|[A-Za-z][.)]|[•▪–-]", first.text) or not re.match(r"\w", second.text):
        return text, edits
    word = len(first.text) == 2 or first.text in "IiÅåÖö"
    apart = (second.bbox.x0 - first.bbox.x1) / second.size
    if apart < (_APART if word else _APART_SIGN) or second.bbox.x0 - first.bbox.x0 > 3 * second.size:
        return text, edits
    start = words[0].text
    after = len(start) + (len(WIDE_GAP) if text[len(start) :].startswith(WIDE_GAP) else 1)
    moved = (replace(e, start=e.start + 2 - after, end=e.end + 2 - after) for e in edits)
    return f"• {text[after:]}", (Edit(0, after, 0, 2, "bullet", 0.85), *moved)
