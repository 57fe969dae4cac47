"""Text that some other OCR left behind: pages, lines and words without boxes."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from avskrift.errors import InputError
from avskrift.ingest.failed_pages import too_much_text
from avskrift.ingest.files import encoding
from avskrift.ingest.files.document_file import FileBytes, PagePicture
from avskrift.language.bullets import BULLET_OR_DASH, FROM_SYMBOL_FONTS
from avskrift.models.document import WIDE_GAP, Line, Page, PageSource, Word
from avskrift.models.options import MOST_SIGNS

_PRINTED = str.maketrans({**FROM_SYMBOL_FONTS, "\u00a0": " "})
_POINTS_PER_SPACE = 6.0
"""As wide as a character of Courier is at 10 points."""
_MOST_BYTES_OF_A_CHARACTER = 4
"""In any encoding."""
_PAGE_BEGINS = re.compile(r" (?:\d{1,2}(?:\.\d{1,2})*\.?\s|Bilaga\b|§)")
_LOST_BULLET_REACH = 5
"""Lines that begin with one space and stand this close are a list whose bullets were lost, not pages."""


class TextFile:
    """A text as a `DocumentFile`. Raises `EmptyInputError`, `UnsupportedFormatError` for what is no text, and
    `LimitExceededError` for too much, as it is decoded."""

    cacheable = False

    def __init__(self, source: FileBytes) -> None:
        self.source = source

    @cached_property
    def _decoded(self) -> tuple[str, tuple[str, ...]]:
        path, data = self.source.path, self.source.data
        if len(data) > _MOST_BYTES_OF_A_CHARACTER * MOST_SIGNS:
            raise too_much_text(path)
        try:
            text, warnings = encoding.decode(data)
        except InputError as error:
            raise type(error)(f"{path}: {error}") from None
        if len(text) > MOST_SIGNS:
            raise too_much_text(path)
        return text, warnings

    @cached_property
    def _pages(self) -> tuple[Page, ...]:
        return pages_of(self._decoded[0])

    def count_pages(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def pages(self, cached: Callable[[int], Page | None], wanted: range | None = None) -> Iterator[Page]:
        """As `DocumentFile.pages`; nothing is cached. The text is laid out now, so that want of memory is the whole
        document's and not a page's."""
        return iter([page for page in self._pages if wanted is None or page.number in wanted])

    def warnings(self) -> tuple[str, ...]:
        """How the text had to be decoded."""
        return self._decoded[1]

    def pictures(self, numbers: Sequence[int], dpi: int) -> Iterator[PagePicture]:
        """None: a text shows nothing but its lines."""
        return iter(())

    def close(self) -> None:
        """Nothing is open."""


def pages_of(text: str) -> tuple[Page, ...]:
    """The pages of `text`: they begin at form feeds, or at lines that start with exactly one space.

    Where such lines stand in a row they are list items that lost their bullets; where a bullet follows the
    space, or many lines are indented, the space is layout.
    """
    chunks = text.split("\f") if "\f" in text else _at_single_spaces(text)
    numbered = [chunk for chunk in chunks if chunk.strip()]
    return tuple(_page(number, chunk) for number, chunk in enumerate(numbered, 1))


def _at_single_spaces(text: str) -> list[str]:
    lines = text.split("\n")
    starts = {i for i, line in enumerate(lines) if re.match(r" \S", line)}
    indented = sum(1 for line in lines if line.startswith("  ") and line.strip())
    filled = sum(1 for line in lines if line.strip())
    if indented > 0.1 * filled and len(starts) > 3:
        starts = {i for i in starts if i == 0}
    in_a_row: set[int] = set()
    ordered = sorted(starts)
    for one, other in pairwise(ordered):
        between = sum(1 for line in lines[one + 1 : other] if line.strip())
        if any(_PAGE_BEGINS.match(lines[i]) for i in (one, other)):
            continue
        if between < _LOST_BULLET_REACH - 3 and not _bare_header(lines[one]):
            in_a_row.update((one, other))
    if not any(re.match(rf"{BULLET_OR_DASH}\s", line) for line in lines):
        starts = {i for i in starts if not re.match(rf" {BULLET_OR_DASH}\s", lines[i])}
    chunks: list[str] = []
    current: list[str] = []
    for i, line in enumerate(lines):
        if i in starts and i not in in_a_row and any(x.strip() for x in current):
            chunks.append("\n".join(current))
            current = []
        current.append(line[1:] if i in starts and i not in in_a_row else line)
    chunks.append("\n".join(current))
    return chunks


def _bare_header(line: str) -> bool:
    """Whether a line is all that a page of pictures left: its header."""
    return re.fullmatch(r"\s*(?:Bilaga|Sida|Figur|\d)[\w .:-]{0,12}\s*", line) is not None


def _page(number: int, chunk: str) -> Page:
    lines: list[Line] = []
    blank = 0
    for place, row in enumerate(chunk.split("\n"), 1):
        row = row.translate(_PRINTED).replace("\t", "    ")
        row = re.sub(r"\u00ad(?=\s*$)", "-", row)  # where the line breaks it is printed; elsewhere it is not
        if not row.strip():
            blank += 1
            continue
        indent = (len(row) - len(row.lstrip())) * _POINTS_PER_SPACE
        lines.append(line_of(place, row, space_before=float(blank), indent=indent))
        blank = 0
    return Page(number, PageSource.PLAIN_TEXT, tuple(lines))


def line_of(number: int, row: str, space_before: float = 0.0, indent: float = 0.0) -> Line:
    """A line of plain text: three spaces or more part columns, all other white space is one space."""
    cells = [" ".join(cell.split()) for cell in re.split(r"\s{3,}", row.strip())]
    raw = WIDE_GAP.join(cells)
    words = tuple(Word(m.group(), m.start()) for m in re.finditer(r"\S+", raw))
    starts = tuple(m.start() * _POINTS_PER_SPACE for m in re.finditer(r"\S+(?:\s{1,2}\S+)*", row))
    return Line(number, raw, raw, words, space_before=space_before, indent=indent, cell_starts=starts)
