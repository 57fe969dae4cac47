"""Text that some other OCR left behind: pages, lines and words without boxes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from avskrift.errors import InputError
from avskrift.ingest.failed_pages import too_much_text
from avskrift.ingest.files import encoding
from avskrift.ingest.files.document_file import FileBytes, PagePicture
from avskrift.language.bullets import BULLET_OR_DASH, FROM_SYMBOL_FONTS
from avskrift.models.document import WIDE_GAP, DigitalSignature, Line, Page, PageSource, Word
from avskrift.models.options import MOST_SIGNS

_PRINTED = str.maketrans({**FROM_SYMBOL_FONTS, "\u00a0": " "})
_POINTS_PER_SPACE = 6.0
"""As wide as a character of Courier is at 10 points."""
_MOST_BYTES_OF_A_CHARACTER = 4
"""In any encoding."""
_PAGE_BEGINS = re.compile(r" (?:\d{1,2}(?:\.\d{1,2})*\.?\s|Bilaga\b|§)")
_BULLET = re.compile(rf"{BULLET_OR_DASH}\s")


@dataclass(frozen=True, slots=True)
class Settings:
    """When a line that begins with one space begins a page."""

    most_indented: float = 0.1
    """Share of lines that are indented further, above which one space is layout too ..."""
    most_starts_among_indented: int = 3
    """... unless no more lines than this begin with one."""
    most_lines_between_items: int = 1
    """Lines that begin with one space and have no more than so many between them are a list whose bullets were lost."""


SETTINGS = Settings()


class TextFile:
    """A text as a `DocumentFile`. Raises `EmptyInputError`, `UnsupportedFormatError` for what is no text, and
    `LimitExceededError` for too much, as it is decoded."""

    cacheable = False
    read_by: str | None = None

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
        """As `DocumentFile.pages`; nothing is cached. The text is laid out now, so that a lack of memory fails the
        document and not a page."""
        return iter([page for page in self._pages if wanted is None or page.number in wanted])

    def warnings(self) -> tuple[str, ...]:
        """How the text had to be decoded."""
        return self._decoded[1]

    def digital_signatures(self) -> tuple[DigitalSignature, ...]:
        """None: such a file holds none."""
        return ()

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
    starts = _page_starts(lines)
    chunks: list[list[str]] = [[]]
    for place, line in enumerate(lines):
        if place in starts and any(before.strip() for before in chunks[-1]):
            chunks.append([])
        chunks[-1].append(line[1:] if place in starts else line)
    return ["\n".join(chunk) for chunk in chunks]


def _page_starts(lines: Sequence[str]) -> set[int]:
    """The places of the lines that begin a page."""
    starts = [place for place, line in enumerate(lines) if re.match(r" \S", line)]
    filled = sum(bool(line.strip()) for line in lines)
    indented = sum(line.startswith("  ") and bool(line.strip()) for line in lines)
    if indented > SETTINGS.most_indented * filled and len(starts) > SETTINGS.most_starts_among_indented:
        starts = starts[:1] if starts[0] == 0 else []
    items = _list_items(lines, starts)
    if not any(_BULLET.match(line) for line in lines):
        starts = [place for place in starts if not _BULLET.match(lines[place][1:])]
    return set(starts) - items


def _list_items(lines: Sequence[str], starts: Sequence[int]) -> set[int]:
    """Those of the lines at `starts` that stand so close to another that both are items of a list."""
    items: set[int] = set()
    for one, other in pairwise(starts):
        if any(_PAGE_BEGINS.match(lines[place]) for place in (one, other)) or _is_bare_header(lines[one]):
            continue
        if sum(bool(line.strip()) for line in lines[one + 1 : other]) <= SETTINGS.most_lines_between_items:
            items.update((one, other))
    return items


def _is_bare_header(line: str) -> bool:
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
    """The line `number` (from 1) of a page of plain text: in `row` three spaces or more part columns, all other white
    space is one space. `space_before` is in empty lines, `indent` in points."""
    cells = [" ".join(cell.split()) for cell in re.split(r"\s{3,}", row.strip())]
    raw = WIDE_GAP.join(cells)
    words = tuple(Word(m.group(), m.start()) for m in re.finditer(r"\S+", raw))
    starts = tuple(m.start() * _POINTS_PER_SPACE for m in re.finditer(r"\S+(?:\s{1,2}\S+)*", row))
    return Line(number, raw, raw, words, space_before=space_before, indent=indent, cell_starts=starts)
