"""The lines of minutes as rows of cells, without the heads and feet that pages repeat."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from avskrift.language.fold import fold
from avskrift.models.document import WIDE_GAP, Line, LineRole
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, between, columns_of
from avskrift.parsing.structure.values import Value
from avskrift.parsing.vocabulary import Vocabulary

_POINTS_PER_SIGN = 6.0
"""As wide as a sign is taken to be where no boxes tell."""
_APART = 0.4
"""White space above a row that stands apart from the one before, in line heights."""
_HEAD = 6
"""Rows at the top of the first page that later pages may repeat."""
_FIRST_PAGE = 12
"""Rows that are none of a later page's head."""
_SHORTEST_HEAD = 8
"""Letters of a row that is known again at least."""
_HYPHEN = re.compile(r"[^\W\d_][-\u00ad]$")
_LOWER_WORD = re.compile(r"(?!och\b|eller\b|samt\b)[a-zåäöé]")


@dataclass(frozen=True, slots=True)
class Cell:
    """Words between wide gaps, and where they begin, in points from the left."""

    span: TextSpan
    start: float

    @property
    def text(self) -> str:
        """The words."""
        return self.span.text

    def after(self, place: int) -> "Cell | None":
        """What stands behind a place in the words, None where nothing does."""
        rest = self.span.cut(place)
        return Cell(rest, self.start + _POINTS_PER_SIGN * place) if rest else None


@dataclass(frozen=True)
class Row:
    """A line of minutes; `apart` tells that there is white space above it."""

    line: LocatedLine
    apart: bool

    @cached_property
    def span(self) -> TextSpan:
        """The whole line."""
        return TextSpan.join([self.line])

    @cached_property
    def text(self) -> str:
        """The whole line without white space around it."""
        return self.line.text.strip()

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """What stands side by side, from the left."""
        return tuple(_cells(self.line.line, self.span))

    @property
    def start(self) -> float:
        """Where the line begins, in points from the left."""
        return self.cells[0].start if self.cells else 0.0


def rows_of(structure: DocumentStructure) -> list[Row]:
    """The rows of a document from the head of its first page on."""
    heads = (p for p in structure.margins if p.page == 1 and p.line.role is LineRole.HEADER)
    lines = sorted([*heads, *structure.lines], key=lambda p: (p.page, p.line.number))
    first = {_key(cell) for line in lines[:_HEAD] for cell in line.text.split(WIDE_GAP)}
    rows: list[Row] = []
    for place, line in enumerate(lines):
        if (place >= _FIRST_PAGE and _repeats(line.text, first)) or _is_foot(line.text, structure.vocabulary):
            continue
        rows.append(Row(line, _is_apart(line, rows)))
    return rows


def _is_apart(line: LocatedLine, before: Sequence[Row]) -> bool:
    """Whether a line stands apart from those before it. A page's end parts nothing by itself."""
    if not before:
        return True
    return line.line.space_before >= _APART


def _repeats(text: str, head: Container[str]) -> bool:
    """Whether all that stands in a line stands in the `head` of the first page, figures aside."""
    keys = [key for cell in text.split(WIDE_GAP) if (key := _key(cell))]
    return any(len(key) >= _SHORTEST_HEAD for key in keys) and all(key in head for key in keys)


def _key(text: str) -> str:
    """What is left of a line where figures, signs and case do not count."""
    return fold(re.sub(r"\d+", " ", text))


def _is_foot(text: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.pattern("minutes", "foot", "part").search(text.strip()) is not None


def _cells(line: Line, span: TextSpan) -> Iterator[Cell]:
    if span.text.startswith("|") or " | " in span.text:
        yield from _between_bars(span)
        return
    columns = [column for column in columns_of(span) if column]
    known = line.cell_starts if len(line.cell_starts) == len(columns) else ()
    for number, column in enumerate(columns):
        yield Cell(column, known[number] if known else _start(column, line))


def _between_bars(span: TextSpan) -> Iterator[Cell]:
    """The cells of a row of a table that is drawn with bars."""
    for found in re.finditer(r"[^|]+", span.text):
        cell = span.cut(*found.span())
        if cell:
            yield Cell(cell, _POINTS_PER_SIGN * found.start())


def _start(column: TextSpan, line: Line) -> float:
    piece = column.pieces[0]
    boxes = [w.bbox for w in line.words_of(piece.line_start, piece.line_start + piece.length) if w.bbox is not None]
    return boxes[0].x0 if boxes else line.indent + _POINTS_PER_SIGN * piece.line_start


def joined(spans: Sequence[TextSpan]) -> TextSpan:
    """One passage of several that stand below each other; a word that a hyphen parts at a line's end is one again."""
    words: list[list[TextSpan]] = []
    for span in spans:
        if words and _HYPHEN.search(words[-1][-1].text) and _LOWER_WORD.match(span.text):
            words[-1][-1] = words[-1][-1].cut(0, len(words[-1][-1].text) - 1)
            words[-1].append(span)
        elif words and _HYPHEN.search(words[-1][-1].text) and span.text[:1].isupper():
            words[-1].append(span)
        elif span:
            words.append([span])
    return between([between(parts, "") for parts in words])


def value_of(span: TextSpan, rule: str) -> Value[str]:
    """The words of a span that `rule` found, with single spaces where they stand in columns."""
    text = " ".join(span.text.split())
    return Value(text, span, rule, "" if text == span.text else "wide gaps are single spaces")
