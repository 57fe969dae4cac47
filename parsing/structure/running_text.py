"""Which lines are running text, and which stand around it: page headers, footers, page numbers, footnotes."""

from dataclasses import dataclass, field, replace

from avskrift.models.document import Document, Line, LineRole, Page
from avskrift.parsing.structure.long_lines import pieces_of
from avskrift.parsing.structure.text_span import LocatedLine
from avskrift.parsing.structure.title_roles import line_rule
from avskrift.parsing.vocabulary import Vocabulary

_NEW_PAGE = 1.0
"""Line heights of white space that a line has at least above it that follows a page's number within a text."""


def body_lines(document: Document, vocabulary: Vocabulary) -> list[LocatedLine]:
    """The running text's lines: no page headers, footers, page numbers or footnotes.

    A header that names an annex is kept where it first stands: the annex begins there. After a page's number that
    stands in the midst of a text without pages, the next line begins a page.
    """
    body = _Body(vocabulary)
    for page, line in document.lines():
        if not line.text.strip():
            continue
        if line.role is LineRole.BODY:
            body.add(page, line)
        elif line.role is LineRole.HEADER:
            body.add_annex(page, line)
    return [LocatedLine(page, line, number) for number, (page, line) in enumerate(body.lines)]


@dataclass(slots=True)
class _Body:
    """The lines of the running text so far, with their pages."""

    vocabulary: Vocabulary
    lines: list[tuple[int, Line]] = field(default_factory=list)
    annexes: set[str] = field(default_factory=set)
    after_number: bool = False

    def add(self, page: Page, line: Line) -> None:
        """Takes in a line of the page's body, unless it is the page's number."""
        if is_page_number(line, self.vocabulary):
            self.after_number = True
            return
        if self.after_number and line.space_before < _NEW_PAGE and self.lines and self.lines[-1][0] == page.number:
            line = replace(line, space_before=_NEW_PAGE)
        self.after_number = False
        self.lines += [(page.number, part) for part in pieces_of(line)]

    def add_annex(self, page: Page, line: Line) -> None:
        """Takes in a page header that is the first to name an annex."""
        named = line_rule("annex", self.vocabulary).match(line.text.strip())
        if named is not None and named["number"] and named["number"] not in self.annexes:
            self.annexes.add(named["number"])
            self.lines.append((page.number, line))


def is_page_number(line: Line, vocabulary: Vocabulary) -> bool:
    """Whether a line of the body, in no table, is a page's number."""
    return line.cell is None and line_rule("page number", vocabulary).fullmatch(line.text.strip()) is not None


def margin_lines(document: Document) -> list[LocatedLine]:
    """What stands around the running text: headers repeat what a register needs, footnotes may hold dates."""
    around = [(p.number, line) for p, line in document.lines() if line.role is not LineRole.BODY and line.text.strip()]
    return [LocatedLine(page, part, -1) for page, line in around for part in pieces_of(line)]
