"""What an office document holds, in the order of its text, and the pages of lines that are made of it.

A paragraph is a line, and so is what a line break parts from it. Pages are parted where the document says so.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from avskrift.language.bullets import BULLET_OR_DASH
from avskrift.models.document import (
    WIDE_GAP,
    CellReference,
    Footnote,
    HiddenText,
    Line,
    LineRole,
    Page,
    PageSource,
    Word,
)


@dataclass(frozen=True, slots=True)
class Settings:
    """How lines without boxes are measured."""

    usual_size: float = 11.0
    """Points of type whose size is not stated."""
    line_height: float = 1.2
    """Times the size of the type."""
    letter_width: float = 0.5
    """Times the size of the type, on the mean."""
    printed_line: int = 85
    """Signs from which a paragraph takes more than one printed line."""
    apart: float = 0.5
    """Line heights that count as white space at least where a paragraph of several printed lines ends or begins: its
    last line shows that it ended."""
    least_indent: float = 9.0
    """Points from which a line is set in."""
    tab_stop: float = 36.0
    """Points between two tab stops where none are stated."""


SETTINGS = Settings()
TAB, LINE_BREAK, PAGE_BREAK = "\t", "\n", "\f"
"""How the text of a paragraph shows what parts it."""
WHITE_SPACE = str.maketrans("\t\r\n\f", "    ")
"""White space in XML parts words and nothing else."""
_AFTER_MARKER = re.compile(rf"\s*(?:\(?\d{{1,3}}(?:\.\d{{1,3}})*[.)]?|§\s?\d+|\(?[A-Za-z][.)]|{BULLET_OR_DASH})\t+")
"""A number or a bullet that was typed, and the tab after it."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its mark, and its text."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, its text with `TAB`, `LINE_BREAK` and `PAGE_BREAK` in it. All measures are in points; `before` and
    `after` are the white space around it. `notes` are those that its text bears the marks of, `hidden` is what it holds
    and does not show."""

    text: str
    role: LineRole = LineRole.BODY
    cell: CellReference | None = None
    heading_level: int | None = None
    font_size: float | None = None
    bold: bool = False
    indent: float = 0.0
    before: float = 0.0
    after: float = 0.0
    tab_stops: tuple[float, ...] = ()
    notes: tuple[Note, ...] = ()
    hidden: tuple[HiddenText, ...] = ()


@dataclass(slots=True)
class _FlowPage:
    headers: list[Paragraph] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    footers: list[Paragraph] = field(default_factory=list)

    def holds_text(self) -> bool:
        """Whether anything stands in its text."""
        return any(paragraph.text.strip() for paragraph in self.body)

    def hidden(self) -> tuple[HiddenText, ...]:
        """What its paragraphs hold and do not show."""
        return tuple(hidden for part in (self.headers, self.body, self.footers) for p in part for hidden in p.hidden)


class Flow:
    """The pages of a document as its text fills them."""

    def __init__(self) -> None:
        self._pages = [_FlowPage()]
        self._tables = 0

    def add(self, paragraph: Paragraph) -> None:
        """Takes the next paragraph of the text: the page breaks in it begin pages."""
        *parts, last = paragraph.text.split(PAGE_BREAK)
        for part in parts:
            self._pages[-1].body.append(replace(paragraph, text=part, notes=(), hidden=()))
            self.begin_page()
        self._pages[-1].body.append(replace(paragraph, text=last))

    def add_table(self, rows: Sequence[Sequence[Sequence[Paragraph]]]) -> None:
        """Takes a table: rows of cells of paragraphs, whose page breaks part rows. One of a single row or column is
        running text in a frame."""
        number = self._tables
        if len(rows) < 2 or max(map(len, rows)) < 2:
            number = -1
        else:
            self._tables += 1
        for row, cells in enumerate(rows):
            begins, ends = _breaks_of(cells)
            if begins:
                self.begin_page()
            for column, paragraphs in enumerate(cells):
                for paragraph in paragraphs:
                    cell = None if number < 0 else CellReference(number, row, column)
                    text = paragraph.text.replace(PAGE_BREAK, LINE_BREAK)
                    self._pages[-1].body.append(replace(paragraph, text=text, cell=cell))
            if ends:
                self.begin_page()

    def begin_page(self) -> None:
        """Begins a page, unless nothing stands on the last yet."""
        if self._pages[-1].holds_text():
            self._pages.append(_FlowPage())

    def add_around(self, paragraphs: Iterable[Paragraph], role: LineRole) -> None:
        """Takes what stands above (`HEADER`) or below (`FOOTER`) the text of this page and those that follow: it is
        set on this one. What stands there already is not set again."""
        place = self._pages[-1].headers if role is LineRole.HEADER else self._pages[-1].footers
        known = {paragraph.text for paragraph in place}
        place.extend(replace(p, role=role) for p in paragraphs if p.text not in known)

    def pages(self) -> tuple[Page, ...]:
        """The pages: those that hold any line, or anything hidden."""
        made = (_page(number, page) for number, page in enumerate(self._pages, 1))
        return tuple(page for page in made if page.lines or page.hidden_text)


def _breaks_of(cells: Sequence[Sequence[Paragraph]]) -> tuple[bool, bool]:
    """Whether a row of a table begins a page, and whether the row after it does: a break within a row counts behind
    it."""
    begins = within = False
    for paragraphs in cells:
        whole = LINE_BREAK.join(paragraph.text for paragraph in paragraphs)
        head, found, _ = whole.partition(PAGE_BREAK)
        begins |= bool(found) and not head.strip()
        within |= bool(found) and bool(head.strip())
    return begins, within and not begins


def _page(number: int, page: _FlowPage) -> Page:
    text = _Lines()
    for paragraph in (*page.headers, *page.body):
        text.add(paragraph)
    tied = [text.add_note(note, line) for note, line in text.notes]
    for paragraph in page.footers:
        text.add(paragraph)
    lines = tuple(text.lines)
    return Page(number, PageSource.TEXT_LAYER, lines, footnotes=tuple(tied), hidden_text=page.hidden())


class _Lines:
    """The lines of a page so far. `notes` are those that they bear the marks of, each with the number of its line."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.notes: list[tuple[Note, int | None]] = []
        self._blank = 0
        self._above: Paragraph | None = None

    def add(self, paragraph: Paragraph) -> None:
        """Takes the rows of a paragraph; empty ones are white space."""
        text = unicodedata.normalize("NFC", paragraph.text)
        if paragraph.heading_level is not None:
            text = text.replace(LINE_BREAK, " ")
        for place, row in enumerate(text.split(LINE_BREAK)):
            if not row.strip():
                self._blank += 1
                continue
            space = self._blank + (0.0 if place else _space_between(self._above, paragraph))
            self.lines.append(_line(len(self.lines) + 1, row, paragraph, space if self.lines else 0.0))
            self._blank, self._above = 0, paragraph
        self.notes += [(note, self.lines[-1].number if self.lines else None) for note in paragraph.notes]

    def add_note(self, note: Note, marked: int | None) -> Footnote:
        """Takes a note, whose mark stands in the line of that number."""
        before = len(self.lines)
        self.add(Paragraph(f"{note.mark} {note.text}", LineRole.FOOTNOTE))
        return Footnote(note.mark, tuple(line.number for line in self.lines[before:]), marked)


def _space_between(above: Paragraph | None, below: Paragraph) -> float:
    """The white space between two paragraphs, in line heights."""
    if above is None:
        return 0.0
    height = SETTINGS.line_height * (below.font_size or SETTINGS.usual_size)
    stated = max(above.after, below.before) / height
    long = max(len(above.text), len(below.text)) > SETTINGS.printed_line
    return round(max(stated, SETTINGS.apart) if long and above.cell == below.cell else stated, 2)


def _line(number: int, row: str, paragraph: Paragraph, space: float) -> Line:
    marker = _AFTER_MARKER.match(row)
    if marker is not None:
        row = row[: marker.end()].rstrip(TAB) + " " + row[marker.end() :]
    cells = [" ".join(cell.split()) for cell in row.split(TAB)]
    raw = WIDE_GAP.join(cell for cell in cells if cell)
    indent = paragraph.indent if paragraph.indent >= SETTINGS.least_indent else 0.0
    return Line(
        number,
        raw,
        raw,
        tuple(Word(m.group(), m.start()) for m in re.finditer(r"\S+", raw)),
        role=paragraph.role,
        cell=paragraph.cell,
        space_before=round(space, 2),
        indent=round(indent, 1),
        font_size=paragraph.font_size,
        bold=paragraph.bold,
        cell_starts=_starts_of(cells, paragraph, indent),
        heading_level=paragraph.heading_level if paragraph.cell is None else None,
    )


def _starts_of(cells: Sequence[str], paragraph: Paragraph, indent: float) -> tuple[float, ...]:
    """About where each part between tabs begins, in points from the left: at the next tab stop behind the part before
    it."""
    width = SETTINGS.letter_width * (paragraph.font_size or SETTINGS.usual_size)
    starts = []
    place = indent
    for number, cell in enumerate(cells):
        if number:
            stop = next((stop for stop in paragraph.tab_stops if stop > place), None)
            place = (place // SETTINGS.tab_stop + 1) * SETTINGS.tab_stop if stop is None else stop
        if cell:
            starts.append(round(place, 1))
        place += width * len(cell)
    return tuple(starts)
