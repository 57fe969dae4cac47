"""Blocks: the lines that belong together, folded from what each line was found to be (`line_kinds`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from avskrift.parsing.structure.heading_line import Heading
from avskrift.parsing.structure.line_kinds import ClassifiedLine
from avskrift.parsing.structure.open_block import LineKind
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan


class BlockKind(StrEnum):
    """What the lines of a block make up together."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    COLUMNS = "columns"
    CELL = "cell"


_KINDS = {
    LineKind.HEADING: BlockKind.HEADING,
    LineKind.PARAGRAPH: BlockKind.PARAGRAPH,
    LineKind.ITEM: BlockKind.ITEM,
    LineKind.COLUMNS: BlockKind.COLUMNS,
    LineKind.CELL: BlockKind.CELL,
}
"""The kind of the block that a line begins."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together. `marker` is an item's bullet or number; `passage` is without it.

    `heading` is set on headings.
    """

    kind: BlockKind
    passage: TextSpan
    lines: tuple[LocatedLine, ...]
    marker: str = ""
    heading: Heading | None = None

    @property
    def text(self) -> str:
        """The words, without an item's marker."""
        return self.passage.text

    @property
    def page(self) -> int:
        """The page on which the block begins."""
        return self.lines[0].page


def blocks_of(lines: Iterable[ClassifiedLine]) -> list[Block]:
    """The blocks of classified lines, in reading order: a continuation joins the block before it."""
    groups: list[tuple[ClassifiedLine, list[LocatedLine]]] = []
    for one in lines:
        if one.found.kind is LineKind.CONTINUATION:
            groups[-1][1].extend(one.lines)
        else:
            groups.append((one, list(one.lines)))
    return [_block(first, used) for first, used in groups]


def _block(first: ClassifiedLine, lines: Sequence[LocatedLine]) -> Block:
    kind, marker = _KINDS[first.found.kind], first.found.marker
    passage = TextSpan.join(lines)
    if kind is BlockKind.ITEM and marker:
        passage = passage.cut(passage.text.index(marker) + len(marker))
    return Block(kind, passage, tuple(lines), marker, first.found.heading)
