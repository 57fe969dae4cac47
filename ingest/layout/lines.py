"""From words with boxes to lines in reading order: cells of tables, columns in a line, spaces between lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from avskrift.ingest.layout.columns import in_columns, margin_notes
from avskrift.ingest.layout.rows import rows_from_top
from avskrift.ingest.words import OcrWord
from avskrift.models.document import WIDE_GAP, CellReference, Line, LineRole, Word
from avskrift.models.edits import Edit, apply
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """Gaps in and between lines. Sizes are font sizes."""

    wide_gap: float = 2.2  # sizes between two words from which a gap is kept as one
    smallest_size: float = 7.0  # points that the size counts as at least when gaps are measured
    largest_step: float = 40.0  # points from one line to the next, beyond which they are not of one text
    default_step: float = 14.0  # points, where no two lines follow each other
    line_spacing: float = 1.45  # sizes from one line to the next at most, beyond which there is space before a line
    most_confident: float = 0.99  # of an edit that a closer look at the picture made


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Cell:
    """A ruled cell of a table, in the unit of the words that stand in it."""

    bbox: BoundingBox
    reference: CellReference


@dataclass(frozen=True, slots=True)
class _Row:
    words: list[OcrWord]
    cell: CellReference | None

    @property
    def top(self) -> float:
        return median(w.box.top for w in self.words)


def lines_of(words: Sequence[OcrWord], cells: Sequence[Cell] = ()) -> tuple[Line, ...]:
    """The lines of a page in reading order.

    Words inside ruled cells are read cell by cell, row by row, where the table stands; all others from top to
    bottom, each printed line from left to right, wide gaps kept; columns of running text one after the other; notes
    in the margin last.
    """
    inside, outside = _by_cell(words, cells)
    noted = margin_notes(outside)
    notes = [w for i, w in enumerate(outside) if i in noted]
    running = in_columns(rows_from_top([w for i, w in enumerate(outside) if i not in noted]))
    body = list(_with_tables([_Row(row, None) for row in running], inside))
    return _lines(body, [_Row(row, None) for row in rows_from_top(notes)])


def _by_cell(
    words: Sequence[OcrWord], cells: Sequence[Cell]
) -> tuple[dict[CellReference, list[OcrWord]], list[OcrWord]]:
    """The words inside each cell, and those outside."""
    inside: dict[CellReference, list[OcrWord]] = {}
    outside: list[OcrWord] = []
    for word in words:
        cell = next((c for c in cells if c.bbox.contains_centre(word.box)), None)
        (outside if cell is None else inside.setdefault(cell.reference, [])).append(word)
    return inside, outside


def lines_as_read(words: Sequence[OcrWord]) -> tuple[Line, ...]:
    """The lines of a page as an engine read them, in its order: tables and columns are not looked for."""
    lines: dict[int, list[OcrWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return _lines([_Row(row, None) for row in lines.values()], [])


def _with_tables(rows: Sequence[_Row], inside: Mapping[CellReference, list[OcrWord]]) -> Iterator[_Row]:
    """The rows, each table before the first row that begins below the table's top."""
    tables: dict[int, list[CellReference]] = {}
    for reference in inside:
        tables.setdefault(reference.table, []).append(reference)
    tops = {table: min(w.box.top for r in cells for w in inside[r]) for table, cells in tables.items()}
    waiting = sorted(tables, key=lambda table: tops[table])
    for row in rows:
        while waiting and tops[waiting[0]] < row.top:
            yield from _table_rows(tables[waiting.pop(0)], inside)
        yield row
    for table in waiting:
        yield from _table_rows(tables[table], inside)


def _table_rows(cells: Sequence[CellReference], inside: Mapping[CellReference, list[OcrWord]]) -> Iterator[_Row]:
    """The rows of a table, cell by cell."""
    for reference in sorted(cells, key=lambda r: (r.row, r.column)):
        yield from (_Row(words, reference) for words in rows_from_top(inside[reference]))


def _lines(body: Sequence[_Row], notes: Sequence[_Row]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for rows, role in ((body, LineRole.BODY), (notes, LineRole.MARGIN)):
        left = min((w.box.x0 for row in rows for w in row.words), default=0.0)
        step = _usual_step(rows)
        for before, row in pairwise([None, *rows]):
            assert row is not None
            gap = 0.0 if before is None else _space_before(row, before, step)
            lines.append(_line(len(lines) + 1, row, left, round(gap, 2), role))
    return tuple(lines)


def _usual_step(rows: Sequence[_Row]) -> float:
    steps = [b.top - a.top for a, b in pairwise(rows) if a.cell == b.cell and 0 < b.top - a.top < SETTINGS.largest_step]
    return median(steps) if steps else SETTINGS.default_step


def _space_before(row: _Row, before: _Row, step: float) -> float:
    """The white space between two rows beyond that between lines of one paragraph, in usual steps."""
    if row.top <= before.top:
        return 0.0
    usual = min(step, SETTINGS.line_spacing * max(_font_size(before.words), _font_size(row.words)))
    return max(0.0, (row.top - before.top - max(usual, 0.1)) / max(step, 1.0))


def _font_size(words: Sequence[OcrWord]) -> float:
    """The font size of a line; signs at its head, which may be anything, do not count."""
    return median([w.font_size for w in words if len(w.text) > 2] or [w.font_size for w in words])


def _line(number: int, row: _Row, left: float, gap: float, role: LineRole) -> Line:
    raw = ""
    words: list[Word] = []
    size = _font_size(row.words)
    wide = SETTINGS.wide_gap * max(size, SETTINGS.smallest_size)
    for before, word in zip([None, *row.words], row.words, strict=False):
        if before is not None:
            raw += WIDE_GAP if word.box.x0 - before.box.x1 > wide else " "
        words.append(Word(word.text, len(raw), word.box, word.confidence, word.printed))
        raw += word.text
    box = BoundingBox.enclosing(w.box for w in row.words)
    edits = _corrected(words, row.words)
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
        indent=round(box.x0 - left, 1),
        font_size=round(size, 1),
        bold=sum(w.bold for w in row.words) > len(row.words) / 2,
    )


def _corrected(words: Sequence[Word], read: Sequence[OcrWord]) -> tuple[Edit, ...]:
    """The edits of a line to what refinements corrected."""
    return tuple(
        Edit(
            word.start,
            word.end,
            ocr.corrected,
            ocr.corrected_by,
            round(min(SETTINGS.most_confident, ocr.confidence), 3),
        )
        for word, ocr in zip(words, read, strict=True)
        if ocr.corrected and ocr.corrected != ocr.text
    )
