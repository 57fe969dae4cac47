"""What a document is before anyone asks what it says: pages of lines of words, as read and as corrected.

All types are frozen; a stage answers with new ones. Corrections never overwrite the raw reading: a line holds
`raw`, `text` and the edits that lead from one to the other, so that any piece of corrected text can be followed
back to what was read and to the boxes it was read from.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from avskrift.models.edits import Edit, raw_span
from avskrift.models.geometry import BoundingBox
from avskrift.models.page_frame import PageFrame

WIDE_GAP = "   "
"""Three spaces: how `raw` and `text` of a line show a gap between words that is wide enough to part columns."""


class PageSource(StrEnum):
    """Where the words of a page come from."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    PLAIN_TEXT = "plain_text"


class LineRole(StrEnum):
    """What a line is to its page."""

    BODY = "body"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    MARGIN = "margin"


class Quality(StrEnum):
    """How well an engine read a page: most words surely, a few unsurely, many unsurely, none at all."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was read.

    `start` is the offset of the word in its line's `raw`; `confidence` is the engine's, 0 to 1, and 1 where
    the reading is exact (text layers, plain text). `printed` tells of a page that an engine read that the word comes
    from its text layer.
    """

    raw: str
    start: int
    bbox: BoundingBox | None = None
    confidence: float = 1.0
    printed: bool = False

    @property
    def end(self) -> int:
        """The offset behind its last sign."""
        return self.start + len(self.raw)


@dataclass(frozen=True, slots=True)
class CellReference:
    """The table cell a line stands in: numbers from 0, tables counted within the page."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line.

    `number` counts from 1 on the page, in reading order (in plain text: the line of the page's text, blank
    ones counted). `raw` holds the words with one space between, `WIDE_GAP` where columns part. `edits` are
    sorted, do not overlap, and lead from `raw` to `text`; `suggestions` are edits of `raw` that were not made.
    `space_before` is the white space above the line in
    line heights beyond the normal line step, 0 where the line follows closely (in plain text: the number of
    blank lines). `indent` is the distance from the left edge of the page's text, in points (plain text: six
    points for each space). `font_size` is in points and None where unknown. `cell_starts` tells of plain text, which
    has no boxes, where each part between wide gaps begins, measured as `indent` is. `page_left` is where the page that
    the line stands on begins, in points from the left of the sheet: 0 but for the right one of two pages on a sheet.
    `heading_level` is the level, from 1, that the file itself gives a heading (the style of an office document), None
    for all that it calls none.
    """

    number: int
    raw: str
    text: str
    words: tuple[Word, ...] = ()
    bbox: BoundingBox | None = None
    edits: tuple[Edit, ...] = ()
    role: LineRole = LineRole.BODY
    cell: CellReference | None = None
    space_before: float = 0.0
    indent: float = 0.0
    font_size: float | None = None
    bold: bool = False
    suggestions: tuple[Edit, ...] = ()
    cell_starts: tuple[float, ...] = ()
    page_left: float = 0.0
    heading_level: int | None = None

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest span of `raw` that text[start:end] was made of, an edit that is touched counted whole; all of
        `raw` for all of the text."""
        if start <= 0 and end >= len(self.text):
            return 0, len(self.raw)
        return raw_span(self.edits, start, end)

    def placed(self, place: Callable[[BoundingBox], BoundingBox]) -> "Line":
        """The line with its boxes where `place` puts them."""
        words = tuple(w if w.bbox is None else replace(w, bbox=place(w.bbox)) for w in self.words)
        return replace(self, words=words, bbox=None if self.bbox is None else place(self.bbox))

    def words_of(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that text[start:end] was read from."""
        raw_start, raw_end = self.raw_span(start, end)
        return tuple(w for w in self.words if w.start < raw_end and w.end > raw_start)


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page that is no running text, with what could be read in it, if anything.

    Kinds: `logo`, `chart`, `picture`, `signature`, `handwriting`, `stamp`, `drawing`, `watermark`, `transmission` (what
    a fax machine printed above the page), `unread` (print that no word stands for), `comment` (what somebody noted on
    the page of a PDF), `struck_out` (wording that is crossed out and no longer holds).
    """

    kind: str
    bbox: BoundingBox
    text: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of a page: its mark, the numbers of its lines, and of the line that bears the mark (None
    where no line was read to bear it)."""

    mark: str
    lines: tuple[int, ...]
    marked_line: int | None


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Words that the page does not show, and why: of a text layer `white`, `invisible`, `covered`, `off-page`, or `not
    drawn`; of an office document `deleted` (a tracked change), `struck out` (a line goes through), `hidden`, or
    `placeholder` (what a field shows until it is filled in). `bbox` is around them on the page as it lies in the
    file, in points."""

    text: str
    reason: str
    bbox: BoundingBox | None = None


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    """A digital signature in the file: whose it is by its certificate, and when it says that it was made (ISO 8601 with
    the distance from UTC); None where that is not told.

    `intact` tells that the file is what was signed, and that nothing but signatures was added afterwards; None where
    it cannot be told. `covers_whole_file` tells that nothing at all was added.
    """

    name: str | None
    time: str | None
    intact: bool | None
    covers_whole_file: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `width` and `height` are in points as the reader sees the page; None for plain text and office
    documents.

    Its lines lie on the upright, straightened page, which `frame` relates to the page in the file.
    `rotation` is how far the picture was turned to stand upright (degrees clockwise: 0, 90, 180, 270), `skew`
    how far it was straightened beyond that (degrees). `confidence` is the mean of its words'. `warnings` are
    for people: what went wrong here and what it means for the reading. `witness` is another reading of the page,
    line by line: what a text layer says that was not trusted. `quality` grades the reading of an engine; None for
    text layers, plain text and blank pages. `given_up` tells that the page could not be read at all: damaged, too
    large, or the engine failed; `cause` is then the class of the error. `incomplete` tells that a step of its reading
    failed and was left out. `hidden_text` is what its text layer holds and the page does not show; none of it stands
    in `lines`. `ink_read` is what share of the page's print its words account for, None where that is not known.
    """

    number: int
    source: PageSource
    lines: tuple[Line, ...]
    width: float | None = None
    height: float | None = None
    rotation: int = 0
    skew: float = 0.0
    confidence: float = 1.0
    regions: tuple[Region, ...] = ()
    warnings: tuple[str, ...] = ()
    witness: tuple[str, ...] = ()
    quality: Quality | None = None
    given_up: bool = False
    cause: str = ""
    incomplete: bool = False
    footnotes: tuple[Footnote, ...] = ()
    hidden_text: tuple[HiddenText, ...] = ()
    ink_read: float | None = None

    @property
    def frame(self) -> PageFrame | None:
        """How the page lies in its file; None in plain text and office documents."""
        if self.width is None or self.height is None:
            return None
        turned = self.rotation % 180 != 0
        size = (self.height, self.width) if turned else (self.width, self.height)
        return PageFrame(*size, self.rotation % 360, self.skew)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `file` is the name without its folder; `sha256` is of the file's bytes, in hex.

    `engine` names the OCR engine with its version, None when no page needed one. `digital_signatures` are those of the
    file, which is not proof of who signed.
    """

    file: str
    sha256: str
    pages: tuple[Page, ...]
    engine: str | None = None
    warnings: tuple[str, ...] = field(default=())
    digital_signatures: tuple[DigitalSignature, ...] = ()

    def lines(self) -> Iterator[tuple[Page, Line]]:
        """Every line with its page, in reading order."""
        for page in self.pages:
            for line in page.lines:
                yield page, line
