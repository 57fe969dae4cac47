"""What a line of the running text is, and why: a heading, a list item, the rest of what stands above it.

`classified` goes through the lines. Each is judged by what any reader sees (white space above, indentation, type size,
a bullet or number, how the line before ended) and by the block that is open where it stands. The rules are tried in the
order of `_RULES`; the first that fits decides, and says why. The vocabulary of headings only tips the scale.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from avskrift.language.sentences import ends_sentence
from avskrift.models.document import WIDE_GAP, Line
from avskrift.parsing.structure.contents_list import contents_lines
from avskrift.parsing.structure.heading_line import LineContext
from avskrift.parsing.structure.headings import heading_of
from avskrift.parsing.structure.learned_headings import judged_heading
from avskrift.parsing.structure.list_markers import BULLET, NUMBERED, begins_list, follows, roman_marker
from avskrift.parsing.structure.open_block import LineClass, LineKind, OpenBlock
from avskrift.parsing.structure.page_measures import PageMeasures, body_size, extent, measures_of
from avskrift.parsing.structure.styled_headings import styled_heading
from avskrift.parsing.structure.text_span import LocatedLine
from avskrift.parsing.structure.title_roles import label_of, line_rule
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """Found by trial on the invented agreements, as text and as office scans of 200 dots an inch."""

    space: float = 0.17
    """Line heights more than usual that are white space above a printed line."""
    space_of_text: float = 0.4
    """The same in plain text, and above the first line of a page."""
    lost_bullet: float = 6.0
    """Points that plain text is indented by where one space is left of a bullet."""
    set_in: float = 9.0
    """Points from the left edge of the text from which a line is set in."""
    larger_type: float = 1.1
    """How many times the usual size type must have to stand out."""
    full_line: float = 0.8
    """Share of a full line from which a line is full: it may go on in the next."""
    short_item: float = 0.75
    """Share of a full line below which the last line of an item of plain text is."""
    most_listed: int = 15
    """Lines of a list without bullets that are looked at together."""


SETTINGS = Settings()
_ANY_SIZE = 99.0
"""Points: a type size that none is larger than, where the usual one is not known."""


@dataclass(frozen=True)
class _LineInContext:
    """A line where it stands, and what the rules ask about it: `index` is its place in `lines`, `size` the usual type
    size in points, `in_contents` tells that it is of a table of contents."""

    lines: Sequence[LocatedLine]
    index: int
    measures: PageMeasures
    size: float | None
    open: OpenBlock
    vocabulary: Vocabulary
    in_contents: bool = False

    @property
    def line(self) -> Line:
        return self.lines[self.index].line

    @cached_property
    def text(self) -> str:
        return self.line.text.strip()

    @cached_property
    def new_page(self) -> bool:
        return self.index == 0 or _page_of(self.lines[self.index - 1]) != _page_of(self.lines[self.index])

    @cached_property
    def space(self) -> bool:
        """Whether there is white space above the line."""
        more = SETTINGS.space_of_text if self.line.bbox is None else SETTINGS.space
        above = self.line.space_before
        return above > self.measures.gap + more or (self.new_page and above > SETTINGS.space_of_text)

    @cached_property
    def goes_on(self) -> str:
        """Why the line can only be the rest of the sentence that the open line began; "" where it need not be."""
        before = self.open.text
        if not before or ends_sentence(before, also=":;"):
            return ""
        if self.text[0].islower():
            return "a sentence is open, and the line begins in lower case"
        if self.text[0] in "(”":
            return f"a sentence is open, and the line begins with {self.text[0]}"
        if self.text[0].isdigit() and line_rule("asks for a number", self.vocabulary).search(before) is not None:
            return f"a number, as {before.split()[-1]!r} above asks for"
        end = line_rule("open end", self.vocabulary).search(before)
        return "" if end is None else f"the line above ends in {end.group().strip()!r}"

    @cached_property
    def follows_marker(self) -> bool:
        """Whether the line begins with the number or letter after the last item's."""
        return follows(self.open.marker, self.line.text)

    @cached_property
    def marker(self) -> re.Match[str] | None:
        """The bullet, number or numeral that the line begins with."""
        bullet = BULLET.match(self.line.text)
        fresh = not self.goes_on or self.space or self.follows_marker or begins_list(self.lines, self.index)
        if bullet is not None or not fresh:
            return bullet
        return NUMBERED.match(self.line.text) or roman_marker(self.lines, self.index)

    @cached_property
    def hanging(self) -> bool:
        """Whether the line is set in as lines of a list are, where one may be."""
        return (
            self.marker is None
            and WIDE_GAP not in self.text
            and _is_set_in(self.line, self.measures)
            and self.open.above_items != ""
        )

    @cached_property
    def label(self) -> re.Match[str] | None:
        """The label that the line begins with: not where a sentence goes on ("I gruppen", and below it "ingår:")."""
        return None if self.goes_on and self.text[0].islower() else label_of(self.text, self.vocabulary)


@dataclass(frozen=True, slots=True)
class ClassifiedLine:
    """A line (a heading's one or two) with what it is."""

    lines: tuple[LocatedLine, ...]
    found: LineClass


def classified(lines: Sequence[LocatedLine], vocabulary: Vocabulary) -> Iterator[ClassifiedLine]:
    """Each line of the running text, in order, with what it is and why."""
    measures = _measures_by_page(lines)
    size = body_size(lines)
    contents = contents_lines(lines)
    block = OpenBlock()
    index = 0
    while index < len(lines):
        block = block.before(lines[index], index)
        line = lines[index]
        at = _LineInContext(lines, index, measures[_page_of(line)], size, block, vocabulary, line.number in contents)
        found = _class_of(at)
        used = tuple(lines[index : index + found.line_count])
        yield ClassifiedLine(used, found)
        block = block.after(found, used[-1], index)
        index += len(used)


def _page_of(line: LocatedLine) -> tuple[int, float]:
    """The page of a line: two on one sheet are two."""
    return line.page, line.line.page_left


def _measures_by_page(lines: Sequence[LocatedLine]) -> dict[tuple[int, float], PageMeasures]:
    by_page: dict[tuple[int, float], list[LocatedLine]] = {}
    for located in lines:
        by_page.setdefault(_page_of(located), []).append(located)
    return {page: measures_of(own) for page, own in by_page.items()}


def _class_of(at: _LineInContext) -> LineClass:
    return next(found for rule in _RULES if (found := rule(at)) is not None)


def _cell(at: _LineInContext) -> LineClass | None:
    cell = at.line.cell
    if cell is None:
        return None
    last = at.open.last
    same = last is not None and at.open.kind is LineKind.CELL and last.line.cell == cell
    if same and not at.new_page:
        return LineClass(LineKind.CONTINUATION, "in the same cell of a ruled table")
    return LineClass(LineKind.CELL, f"in a cell of a ruled table (row {cell.row + 1}, column {cell.column + 1})")


def _contents(at: _LineInContext) -> LineClass | None:
    return LineClass(LineKind.PARAGRAPH, "of a table of contents") if at.in_contents else None


def _heading(at: _LineInContext) -> LineClass | None:
    styled = at.line.heading_level is not None
    goes_on = at.goes_on and not at.space and not styled
    found = None
    if not (goes_on or _lost_its_bullet(at.line) or _is_set_as_item(at)):
        found = heading_of(at.lines, at.index, _surroundings(at), at.vocabulary)
    if styled:
        found = styled_heading(found, at.lines[at.index], at.vocabulary)
    else:
        found = judged_heading(found, at.lines, at.index, at.vocabulary)
    return None if found is None else LineClass(LineKind.HEADING, found.reason, found.number or "", found)


def _is_set_as_item(at: _LineInContext) -> bool:
    """Whether a line is set in below an item, in plain type of the usual size."""
    size = at.line.font_size or 0.0
    plain = not at.line.bold and size <= SETTINGS.larger_type * (at.size or _ANY_SIZE)
    return plain and at.hanging and at.open.kind is LineKind.ITEM


def _surroundings(at: _LineInContext) -> LineContext:
    """What the rules of headings are told of what stands around a line."""
    block = at.open
    return LineContext(
        at.space or at.new_page,
        block.text,
        at.measures.width,
        at.size,
        at.measures.gap,
        block.listing,
        "" if at.follows_marker else block.last_number,
        block.heading is not None and "annexes" in block.heading.roles,
    )


def _columns(at: _LineInContext) -> LineClass | None:
    if WIDE_GAP not in at.text or at.marker is not None:
        return None
    if at.label is not None and WIDE_GAP not in at.text[at.label.end() :].strip():
        return None
    return LineClass(LineKind.COLUMNS, "a wide gap parts columns")


def _marked_item(at: _LineInContext) -> LineClass | None:
    if at.marker is None or WIDE_GAP in at.line.text[at.marker.end() :]:
        return None
    marker = at.marker["marker"]
    return LineClass(LineKind.ITEM, f"begins with {marker!r}", marker)


def _hanging_item(at: _LineInContext) -> LineClass | None:
    if not at.hanging:
        return None
    if at.open.is_list and not at.space and _wraps(at):
        return LineClass(LineKind.CONTINUATION, "set in, below a full line of an item")
    return LineClass(LineKind.ITEM, f"set in from the left edge, below {at.open.above_items}")


def _item_without_bullet(at: _LineInContext) -> LineClass | None:
    if not _lost_its_bullet(at.line):
        return None
    return LineClass(LineKind.ITEM, "one space before it is left of a bullet")


def _fresh_paragraph(at: _LineInContext) -> LineClass | None:
    """A paragraph whatever stood open: back at the left edge after a list, with a label, or as the next of annexes."""
    if at.label is not None:
        return LineClass(LineKind.PARAGRAPH, f"begins with the label {at.label.group().strip()!r}")
    if _names_next_annex(at):
        return LineClass(LineKind.PARAGRAPH, "names the next annex of a list")
    return LineClass(LineKind.PARAGRAPH, "back at the left edge after an item") if _ends_list(at) else None


def _names_next_annex(at: _LineInContext) -> bool:
    """Whether a line begins as an annex with a number and a title, and the block above it does too."""
    first = at.open.first
    lines = (at.text, "" if first is None else first.text.strip())
    annexes = [line_rule("annex", at.vocabulary).fullmatch(line) for line in lines]
    return at.text[0].isupper() and all(m and m["number"] and m["title"][:1].isupper() for m in annexes)


def _ends_list(at: _LineInContext) -> bool:
    """Whether a line that begins with a capital stands back at the left edge after an item."""
    first = at.open.first
    after_item = at.open.is_list and at.index >= at.open.listed_until
    return after_item and first is not None and at.text[0].isupper() and _is_set_back(first.line, at)


def _continuation(at: _LineInContext) -> LineClass | None:
    if at.goes_on:
        return LineClass(LineKind.CONTINUATION, at.goes_on)
    last = at.open.last
    if last is None or at.space or at.new_page or _ends_paragraph(last, at):
        return None
    return LineClass(LineKind.CONTINUATION, "close below a line that does not end its paragraph")


def _paragraph(at: _LineInContext) -> LineClass:
    """A paragraph, or an item of a list without bullets that a colon introduced."""
    block = at.open
    until = block.listed_until
    if block.is_introduction:
        until = at.index + _listed_lines(at.lines, at.index, at.measures)
    if at.index < until:
        return LineClass(LineKind.ITEM, "one of the short lines below a colon", listed_until=until)
    return LineClass(LineKind.PARAGRAPH, _why_not_continued(at), listed_until=until)


def _why_not_continued(at: _LineInContext) -> str:
    """Why a line does not go on with the block above it."""
    if at.open.last is None:
        return "nothing is open above it"
    if at.space:
        return "white space above"
    return "the first line of a page" if at.new_page else "the line above ends its paragraph"


_RULES = (
    _cell,
    _contents,
    _heading,
    _columns,
    _marked_item,
    _hanging_item,
    _item_without_bullet,
    _fresh_paragraph,
    _continuation,
    _paragraph,
)


def _is_set_in(line: Line, measures: PageMeasures) -> bool:
    """Whether a line is set in from the left edge of the text, as the lines of a list are."""
    return line.bbox is not None and line.bbox.x0 - measures.left > SETTINGS.set_in


def _is_set_back(item: Line, at: _LineInContext) -> bool:
    """Whether a line stands back at the left edge after an item that did not."""
    if item.bbox is None:
        short = extent(item) < SETTINGS.short_item * at.measures.width
        return _lost_its_bullet(item) or (at.line.indent <= item.indent and short)
    return _is_set_in(item, at.measures) and at.line.bbox is not None and not _is_set_in(at.line, at.measures)


def _wraps(at: _LineInContext) -> bool:
    """Whether a line goes on with the item that the line before left open: that one is full, this one lower case."""
    last = at.open.last
    full = last is not None and extent(last.line) >= SETTINGS.full_line * at.measures.width
    return full and (at.text[0].islower() or at.text[0] in "(”" or at.open.text.endswith("-"))


def _lost_its_bullet(line: Line) -> bool:
    """A line of plain text that begins with one space: what is left of a list item whose bullet was lost."""
    return line.bbox is None and line.indent == SETTINGS.lost_bullet


def _ends_paragraph(last: LocatedLine, at: _LineInContext) -> bool:
    text = at.open.text
    if text.endswith(":") or at.open.listing:
        return True
    return ends_sentence(text, also=":;") and extent(last.line) < SETTINGS.full_line * at.measures.width


def _listed_lines(lines: Sequence[LocatedLine], index: int, measures: PageMeasures) -> int:
    """How many short lines without bullets follow, each an item: at least two, none a sentence; else 0."""
    run = 0
    for located in lines[index : index + SETTINGS.most_listed]:
        spaced = located.line.space_before > measures.gap + SETTINGS.space_of_text
        if located.line.cell is not None or not _may_be_listed(located, measures, first=not run, spaced=spaced):
            if not (spaced and run):
                return 0
            break
        run += 1
    return run if run >= 2 else 0


def _may_be_listed(located: LocatedLine, measures: PageMeasures, *, first: bool, spaced: bool) -> bool:
    text = located.text.strip()
    short = extent(located.line) <= SETTINGS.full_line * measures.width
    wrapped = not first and not spaced and text[0].islower()
    return wrapped or (short and text[0].isupper() and not text.endswith((".", ":")))
