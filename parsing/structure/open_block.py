"""What a line was found to be, and the block that stands open after it: what the next line is judged by."""

from dataclasses import dataclass, replace
from enum import StrEnum

from avskrift.parsing.structure.heading_line import Heading
from avskrift.parsing.structure.text_span import LocatedLine

_LONGEST_BLOCK = 10_000
"""Signs of a paragraph, item or cell: longer ones go on as another, so that no rule looks at more at once."""


class LineKind(StrEnum):
    """What a line of the running text is. The last goes on with the block of the line before."""

    HEADING = "heading"
    PARAGRAPH = "paragraph start"
    ITEM = "list item"
    COLUMNS = "line in columns"
    CELL = "table cell"
    CONTINUATION = "continuation"


@dataclass(frozen=True, slots=True)
class LineClass:
    """What a line is and the reason. `heading` is set for headings, `marker` is an item's bullet or number.

    `listed_until` is the line before which the list without bullets ends that the line stands in (None: as before).
    """

    kind: LineKind
    reason: str
    marker: str = ""
    heading: Heading | None = None
    listed_until: int | None = None

    @property
    def line_count(self) -> int:
        """The lines that the class is of: a heading may have two."""
        return 1 if self.heading is None else self.heading.line_count


@dataclass(frozen=True, slots=True)
class OpenBlock:
    """What stands open above a line: the kind of the block, its first and last line (None: nothing is open), its
    length in signs.

    `marker` is the last item's, `heading` the heading right above, `last_number` that of the last heading. `listing`
    tells whether a list without bullets goes on; it ends before the line at `listed_until`.
    """

    kind: LineKind = LineKind.PARAGRAPH
    marker: str = ""
    first: LocatedLine | None = None
    last: LocatedLine | None = None
    length: int = 0
    heading: Heading | None = None
    last_number: str = ""
    listing: bool = False
    listed_until: int = 0

    @property
    def text(self) -> str:
        """The text of the last line, without white space at its end; "" where nothing is open."""
        return "" if self.last is None else self.last.text.rstrip()

    @property
    def is_list(self) -> bool:
        """Whether an item is open."""
        return self.last is not None and self.kind is LineKind.ITEM

    @property
    def is_introduction(self) -> bool:
        """Whether a paragraph is open that ends in a colon or semicolon."""
        return self.last is not None and self.kind is LineKind.PARAGRAPH and self.text.endswith((":", ";"))

    @property
    def above_items(self) -> str:
        """What items may stand below: a list, a colon, or a heading; "" where none may."""
        if self.kind is LineKind.ITEM:
            return "a list"
        return "a colon" if self.text.endswith(":") else "a heading" if self.heading is not None else ""

    def before(self, located: LocatedLine, index: int) -> "OpenBlock":
        """What is open when a line at `index` comes: a block that would grow too long is closed."""
        listing = self.listing and index < self.listed_until
        block = self if listing == self.listing else replace(self, listing=listing)
        too_long = block.length + len(located.text.strip()) > _LONGEST_BLOCK
        below_table = block.kind is LineKind.CELL and located.line.cell is None
        return block._closed() if too_long or below_table else block

    def _closed(self) -> "OpenBlock":
        return replace(self, first=None, last=None, length=0, heading=None)

    def after(self, found: LineClass, located: LocatedLine, index: int) -> "OpenBlock":
        """What is open after the line (of a heading the last) that was found to be `found`."""
        length = len(located.text.strip())
        if found.kind is LineKind.CONTINUATION:
            return replace(self, last=located, length=self.length + length)
        if found.heading is not None:
            number = found.heading.number or ""
            return OpenBlock(heading=found.heading, last_number=number, listed_until=self.listed_until)
        if found.kind is LineKind.COLUMNS:
            return self._closed()
        until = self.listed_until if found.listed_until is None else found.listed_until
        listing = self.listing if found.listed_until is None else index < until
        return OpenBlock(found.kind, found.marker, located, located, length, None, self.last_number, listing, until)
