"""What every field module is given: the document cut into lines, blocks, parts and action plans."""

from collections.abc import Sequence
from dataclasses import dataclass

from avskrift.language.sentences import sentence_spans
from avskrift.models.document import Document
from avskrift.parsing.structure.action_plans import Plan, plan_lines, plans_of
from avskrift.parsing.structure.blocks import Block, BlockKind, blocks_of
from avskrift.parsing.structure.line_kinds import classified
from avskrift.parsing.structure.running_text import body_lines, margin_lines
from avskrift.parsing.structure.sections import Part, parts_of
from avskrift.parsing.structure.tables import Table, tables_of
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan
from avskrift.parsing.vocabulary import Vocabulary
from avskrift.runtime.failures import Failures

_ALL_LINES = "headers and footers stand among the text"
_LINES = "each line is one"
_NO_PLANS: tuple[set[int], list[Plan]] = (set(), [])


@dataclass(frozen=True, slots=True)
class DocumentStructure:
    """`lines` are the running text, `margins` page headers and footers; lines of action plans are in `plans`, those of
    tables in `tables`, and not in `blocks`. `parts` hold all blocks, in order.
    """

    document: Document
    vocabulary: Vocabulary
    lines: tuple[LocatedLine, ...]
    margins: tuple[LocatedLine, ...]
    blocks: tuple[Block, ...]
    parts: tuple[Part, ...]
    plans: tuple[Plan, ...]
    tables: tuple[Table, ...] = ()

    @property
    def main_parts(self) -> tuple[Part, ...]:
        """The parts of the agreement itself, without its annexes."""
        return tuple(p for p in self.parts if p.annex is None)

    @property
    def cover(self) -> tuple[LocatedLine, ...]:
        """The lines before the first heading of a section, at most twenty-five, first two pages."""
        first = next((p.heading for p in self.parts if p.heading is not None and (p.roles or p.number)), None)
        stop = first.lines[0].number if first is not None else len(self.lines)
        return tuple(p for p in self.lines[: min(stop, 25)] if p.page <= 2)

    def parts_with(self, role: str) -> list[Part]:
        return [p for p in self.main_parts if p.has(role)]


def outline_of(document: Document, vocabulary: Vocabulary, failures: Failures) -> DocumentStructure:
    """The outline of a mended document. What fails is replaced by the simplest structure that holds all lines: no
    plans, no tables, each line a paragraph, one part without a heading."""
    lines = failures.attempt(
        "telling running text from margins", lambda: body_lines(document, vocabulary), None, _ALL_LINES
    )
    if lines is None:
        written = ((page.number, line) for page, line in document.lines() if line.text.strip())
        lines = [LocatedLine(page, line, number) for number, (page, line) in enumerate(written)]
    margins: list[LocatedLine] = failures.attempt(
        "looking at the margins", lambda: margin_lines(document), [], "they were not looked at"
    )
    members, plans = failures.attempt(
        "looking for action plans", lambda: _plans(lines, vocabulary), _NO_PLANS, "they were read as running text"
    )
    tables: list[Table] = failures.attempt(
        "looking for tables",
        lambda: tables_of([p for p in lines if p.number not in members], vocabulary),
        [],
        "they were read as running text",
    )
    in_tables = {number for table in tables for number in table.numbers}
    running = [p for p in lines if p.number not in members and p.number not in in_tables]
    blocks = failures.attempt(
        "cutting the text into paragraphs", lambda: blocks_of(classified(running, vocabulary)), None, _LINES
    )
    if blocks is None:
        blocks = [Block(BlockKind.PARAGRAPH, TextSpan.join([placed]), (placed,)) for placed in running]
    one_part = [Part(None, tuple(blocks), 1, None)] if blocks else []
    parts = failures.attempt("telling the sections", lambda: parts_of(blocks), one_part, "there are none")
    return DocumentStructure(
        document, vocabulary, tuple(lines), tuple(margins), tuple(blocks), tuple(parts), tuple(plans), tuple(tables)
    )


def _plans(lines: Sequence[LocatedLine], vocabulary: Vocabulary) -> tuple[set[int], list[Plan]]:
    members = plan_lines(lines, vocabulary)
    return members, plans_of(lines, members, vocabulary)


def sentences_of(passage: TextSpan) -> list[TextSpan]:
    """The sentences of a passage. Abbreviations (t.o.m., dnr., bl.a.) and numbers do not end one."""
    found = (passage.cut(start, end) for start, end in sentence_spans(passage.text))
    return [sentence for sentence in found if sentence]


def passages_of(parts: Sequence[Part]) -> list[TextSpan]:
    """The passages of all blocks of some parts, headings left out."""
    return [block.passage for part in parts for block in part.blocks]
