"""What every field module is given: the document cut into lines, blocks, sections, tables and action plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from avskrift.models.document import Document
from avskrift.parsing.structure.action_plans import Plan, plan_lines, plans_of
from avskrift.parsing.structure.blocks import Block, BlockKind, blocks_of
from avskrift.parsing.structure.line_kinds import ClassifiedLine, classified
from avskrift.parsing.structure.open_block import LineClass, LineKind
from avskrift.parsing.structure.running_text import body_lines, margin_lines
from avskrift.parsing.structure.sections import DocumentSection, sections_of
from avskrift.parsing.structure.tables import Table, tables_of
from avskrift.parsing.structure.text_span import HeadingOdds, LocatedLine, TextSpan
from avskrift.parsing.vocabulary import Vocabulary
from avskrift.runtime.failures import Failures

_COVER_LINES, _COVER_PAGES = 25, 2
"""Lines and pages that the cover of a document takes at most."""


@dataclass(frozen=True, slots=True)
class DocumentStructure:
    """A document cut into parts, and the `vocabulary` that it is read with.

    `lines` are the running text, `margins` page headers and footers; lines of action plans are in `plans`, those of
    tables in `tables`, all others in `classified` (with what they are and why) and in `blocks`. The
    `sections` hold all blocks, in order. `signing_sheets` are the lines of the pages on which a service for electronic
    signing tells who signed: they are no text. `written` are the sections with the alternatives that are not ticked,
    empty where there are none; `joined_from` is the page from which on a plan or a list of its own stands.
    """

    document: Document
    vocabulary: Vocabulary
    lines: tuple[LocatedLine, ...]
    margins: tuple[LocatedLine, ...]
    classified: tuple[ClassifiedLine, ...]
    blocks: tuple[Block, ...]
    sections: tuple[DocumentSection, ...]
    plans: tuple[Plan, ...]
    tables: tuple[Table, ...] = ()
    signing_sheets: tuple[LocatedLine, ...] = ()
    written: tuple[DocumentSection, ...] = ()
    joined_from: int | None = None

    @property
    def main_sections(self) -> tuple[DocumentSection, ...]:
        """The sections of the agreement itself, without its annexes."""
        return tuple(p for p in self.sections if p.annex is None)

    @property
    def cover(self) -> tuple[LocatedLine, ...]:
        """The lines before the first heading of a section, at most twenty-five, on the first two pages."""
        headings = (p.heading.lines[0].number for p in self.sections if p.heading is not None and (p.roles or p.number))
        stop = min(next(headings, _COVER_LINES), _COVER_LINES)
        return tuple(p for p in self.lines[:stop] if p.page <= _COVER_PAGES)

    def sections_with(self, role: str) -> list[DocumentSection]:
        """The sections of the agreement itself that are about something."""
        return [p for p in self.main_sections if p.has(role)]


def structure_of(
    document: Document,
    vocabulary: Vocabulary,
    failures: Failures,
    odds: Mapping[tuple[int, int], HeadingOdds] | None = None,
) -> DocumentStructure:
    """The structure of a corrected `document`, read with a `vocabulary`; `odds` are what the learned reader says of
    lines, by page and number.

    What fails is noted in `failures` and replaced by the simplest structure that holds all lines: no plans, no tables,
    each line a paragraph, one section without a heading.
    """
    lines = _with_odds(_running_lines(document, vocabulary, failures), odds)
    margins = failures.attempt(
        "looking at the margins", lambda: margin_lines(document), list[LocatedLine](), "they were not looked at"
    )
    members, plans = failures.attempt(
        "looking for action plans",
        lambda: _plans(lines, vocabulary),
        (set[int](), list[Plan]()),
        "they were read as running text",
    )
    tables = failures.attempt(
        "looking for tables",
        lambda: tables_of([p for p in lines if p.number not in members], vocabulary),
        list[Table](),
        "they were read as running text",
    )
    elsewhere = members.union(*(table.numbers for table in tables))
    running = [p for p in lines if p.number not in elsewhere]
    found, blocks = failures.attempt(
        "cutting the text into paragraphs",
        lambda: _blocks(running, vocabulary),
        _one_by_one(running),
        "each line is one",
    )
    sections = _sections(blocks, failures)
    return DocumentStructure(
        document,
        vocabulary,
        tuple(lines),
        tuple(margins),
        tuple(found),
        tuple(blocks),
        tuple(sections),
        tuple(plans),
        tuple(tables),
    )


def _running_lines(document: Document, vocabulary: Vocabulary, failures: Failures) -> Sequence[LocatedLine]:
    return failures.attempt(
        "telling running text from margins",
        lambda: body_lines(document, vocabulary),
        _all_lines(document),
        "headers and footers stand among the text",
    )


def _sections(blocks: Sequence[Block], failures: Failures) -> Sequence[DocumentSection]:
    whole = [DocumentSection(None, tuple(blocks), 1, None)] if blocks else []
    return failures.attempt("telling the sections", lambda: sections_of(blocks), whole, "there are none")


def _with_odds(
    lines: Sequence[LocatedLine], odds: Mapping[tuple[int, int], HeadingOdds] | None
) -> Sequence[LocatedLine]:
    if odds is None:
        return lines
    return [replace(line, odds=odds.get((line.page, line.line.number))) for line in lines]


def _all_lines(document: Document) -> list[LocatedLine]:
    written = ((page.number, line) for page, line in document.lines() if line.text.strip())
    return [LocatedLine(page, line, number) for number, (page, line) in enumerate(written)]


def _plans(lines: Sequence[LocatedLine], vocabulary: Vocabulary) -> tuple[set[int], list[Plan]]:
    members = plan_lines(lines, vocabulary)
    return members, plans_of(lines, members, vocabulary)


def _blocks(lines: Sequence[LocatedLine], vocabulary: Vocabulary) -> tuple[list[ClassifiedLine], list[Block]]:
    found = list(classified(lines, vocabulary))
    return found, blocks_of(found)


def _one_by_one(lines: Sequence[LocatedLine]) -> tuple[list[ClassifiedLine], list[Block]]:
    """Each line as a paragraph."""
    plain = LineClass(LineKind.PARAGRAPH, "the rules failed")
    blocks = [Block(BlockKind.PARAGRAPH, TextSpan.join([located]), (located,)) for located in lines]
    return [ClassifiedLine((located,), plain) for located in lines], blocks


def passages_of(parts: Sequence[DocumentSection]) -> list[TextSpan]:
    """The passages of all blocks of some sections, headings left out."""
    return [block.passage for part in parts for block in part.blocks]
