"""From words with boxes to lines in reading order: cells of tables, columns in a line, spaces between lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from avskrift.ingest.layout.columns import in_columns, margin_notes
from avskrift.models.document import WIDE_GAP, CellReference, Line, LineRole, Word
from avskrift.models.edits import Edit, apply
from avskrift.models.geometry import BoundingBox

_GAP_IN_HEIGHTS = 2.2
_OVERLAP = 0.5
_TALL = 1.7


@dataclass(frozen=True, slots=True)
class LayoutWord:
    """A word on an upright page, in points; `size` is the type size in points.

    `line` numbers the printed line that an engine saw it in, 0 where none told.
    `printed` is what a closer look showed it to be, where that differs from `text`, and `printed_by` which look.
    """

    text: str
    bbox: BoundingBox
    confidence: float
    size: float
    bold: bool = False
    line: int = 0
    printed: str = ""
    printed_by: str = "second look"


@dataclass(frozen=True, slots=True)
class Cell:
    """A ruled cell of a table, in points."""

    bbox: BoundingBox
    reference: CellReference


@dataclass(frozen=True, slots=True)
class _Row:
    words: list[LayoutWord]
    cell: CellReference | None

    @property
    def top(self) -> float:
        return median(w.bbox.top for w in self.words)

    @property
    def bottom(self) -> float:
        return median(w.bbox.bottom for w in self.words)


def lines_of(words: Sequence[LayoutWord], cells: Sequence[Cell] = ()) -> tuple[Line, ...]:
    """The lines of a page in reading order.

    Words inside ruled cells are read cell by cell, row by row, where the table stands; all others from top to
    bottom, each printed line from left to right, wide gaps kept; columns of running text one after the other; notes
    in the margin last.
    """
    inside: dict[CellReference, list[LayoutWord]] = {}
    outside: list[LayoutWord] = []
    for word in words:
        cell = _cell_of(word, cells)
        if cell is None:
            outside.append(word)
        else:
            inside.setdefault(cell.reference, []).append(word)
    noted = margin_notes(outside)
    notes = [w for i, w in enumerate(outside) if i in noted]
    running = _from_top([w for i, w in enumerate(outside) if i not in noted])
    rows = [_Row(group, None) for group in in_columns(running, _from_top)]
    tops: dict[int, float] = {}
    for reference, group in inside.items():
        tops[reference.table] = min([tops.get(reference.table, 1e9), *(w.bbox.top for w in group)])
    ordered: list[_Row] = []
    pending = sorted(tops, key=lambda t: tops[t])
    for row in [*rows, None]:
        while pending and (row is None or tops[pending[0]] < row.top):
            table = pending.pop(0)
            for reference in sorted((r for r in inside if r.table == table), key=lambda r: (r.row, r.column)):
                ordered.extend(_Row(g, reference) for g in _from_top(inside[reference]))
        if row is not None:
            ordered.append(row)
    return _lines(ordered, [_Row(group, None) for group in _from_top(notes)])


def lines_as_seen(words: Sequence[LayoutWord]) -> tuple[Line, ...]:
    """The lines of a page as an engine saw them, in its order: tables and columns are not looked for."""
    seen: dict[int, list[LayoutWord]] = {}
    for word in words:
        seen.setdefault(word.line, []).append(word)
    return _lines([_Row(row, None) for row in seen.values()], [])


def _from_top(words: Sequence[LayoutWord]) -> list[list[LayoutWord]]:
    return sorted(_rows(words), key=lambda row: median(w.bbox.top for w in row))


def _cell_of(word: LayoutWord, cells: Sequence[Cell]) -> Cell | None:
    x = (word.bbox.x0 + word.bbox.x1) / 2
    y = (word.bbox.top + word.bbox.bottom) / 2
    return next((c for c in cells if c.bbox.x0 <= x <= c.bbox.x1 and c.bbox.top <= y <= c.bbox.bottom), None)


def _rows(words: Sequence[LayoutWord]) -> list[list[LayoutWord]]:
    """Words grouped into printed lines: what the engine saw as one line, and pieces beside each other whose boxes
    overlap in height by half of the smaller."""
    rows: list[list[LayoutWord]] = []
    usual = median(w.bbox.height for w in words) if words else 0.0

    def order(piece: list[LayoutWord]) -> tuple[bool, float]:
        # What is taller than a line (bullets run together, a stamp) must not pull two lines into one.
        tall = len(piece) == 1 and piece[0].bbox.height > _TALL * usual and len(piece[0].text) <= 3
        return tall, median((w.bbox.top + w.bbox.bottom) / 2 for w in piece)

    for piece in sorted(_pieces(words), key=order):
        home = None
        for row in rows if order(piece)[0] else rows[-6:]:
            one, other = min(
                ((w, v) for w in row for v in (piece[0], piece[-1])),
                key=lambda p: abs((p[0].bbox.x0 + p[0].bbox.x1) - (p[1].bbox.x0 + p[1].bbox.x1)),
            )
            if _overlap(one.bbox, other.bbox) >= _OVERLAP and all(_fits(row, word) for word in piece):
                home = row
        if home is None:
            rows.append(list(piece))
        else:
            home.extend(piece)
    for row in rows:
        row.sort(key=lambda w: w.bbox.x0)
    return rows


def _pieces(words: Sequence[LayoutWord]) -> list[list[LayoutWord]]:
    """The words by the line that the engine saw them in, from left to right; each by itself where it told none."""
    lines: dict[int, list[LayoutWord]] = {}
    alone: list[list[LayoutWord]] = []
    for word in words:
        if word.line:
            lines.setdefault(word.line, []).append(word)
        else:
            alone.append([word])
    for line in lines.values():
        line.sort(key=lambda w: w.bbox.x0)
        piece = [line[0]]
        for word in line[1:]:
            if _overlap(piece[-1].bbox, word.bbox) < 0.2:
                alone.append(piece)
                piece = []
            piece.append(word)
        alone.append(piece)
    return alone


def _fits(row: Sequence[LayoutWord], word: LayoutWord) -> bool:
    """Whether `word` can stand on the line: it covers no word that is already there."""
    return all(
        min(w.bbox.x1, word.bbox.x1) - max(w.bbox.x0, word.bbox.x0) < 0.6 * min(w.bbox.width, word.bbox.width) + 0.5
        for w in row
    )


def _overlap(one: BoundingBox, other: BoundingBox) -> float:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared / max(0.1, min(one.height, other.height))


def _lines(rows: Sequence[_Row], notes: Sequence[_Row]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for group, role in ((rows, LineRole.BODY), (notes, LineRole.MARGIN)):
        if not group:
            continue
        left = min(w.bbox.x0 for r in group for w in r.words)
        steps = [b.top - a.top for a, b in pairwise(group) if a.cell == b.cell and 0 < b.top - a.top < 40]
        step = median(steps) if steps else 14.0
        before: _Row | None = None
        for row in group:
            gap = 0.0
            if before is not None and row.top > before.top:
                usual = min(step, 1.45 * max(_size(before.words), _size(row.words)))
                gap = max(0.0, (row.top - before.top - max(usual, 0.1)) / max(step, 1.0))
            lines.append(_line(len(lines) + 1, row, left, round(gap, 2), role))
            before = row
    return tuple(lines)


def _size(words: Sequence[LayoutWord]) -> float:
    """The type size of a line; signs at its head, which may be anything, do not count."""
    return median([w.size for w in words if len(w.text) > 2] or [w.size for w in words])


def _line(number: int, row: _Row, left: float, gap: float, role: LineRole) -> Line:
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
    edits = _with_signs(words, row.words)
    return Line(
        number,
        raw,
        apply(raw, edits),
        tuple(words),
        box,
        edits,
        role,
        cell=row.cell,
        space_before=gap,
        indent=0.0 if box is None else round(box.x0 - left, 1),
        font_size=round(size, 1),
        bold=bold,
    )


def _with_signs(words: Sequence[Word], placed: Sequence[LayoutWord]) -> tuple[Edit, ...]:
    """The edits of a line to the signs that a closer look showed."""
    return tuple(
        Edit(word.start, word.end, seen.printed, seen.printed_by, round(min(0.99, seen.confidence), 3))
        for word, seen in zip(words, placed, strict=True)
        if seen.printed and seen.printed != seen.text
    )
