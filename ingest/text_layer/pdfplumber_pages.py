"""The pages of a PDF as pdfplumber sees them: slower than PDFium by far, but with the cells of tables.

pdfminer, below it, raises many kinds of errors for odd files, and warns of what is odd in them, which is not for the
user. Calls of the two are wrapped one by one, so that an error of our own stays one.
"""

import io
import logging
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

from avskrift.ingest.quiet_logger import QuietLogger
from avskrift.ingest.text_layer.double_printing import PlacedLetter, doubled_in, may_be_doubled
from avskrift.ingest.text_layer.glyph_ids import shift_of, unshifted
from avskrift.ingest.text_layer.word_text import box_sign, composed, is_bold
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

if TYPE_CHECKING:
    import pdfplumber.page
    import pdfplumber.pdf

_LOG = logging.getLogger(__name__)
_WIDEST_SPACE = 0.28
"""Of a font's size: with a wider gap it is two words."""
_LINE_TOLERANCE = 2.0
"""Points by which the letters of a line may stand higher or lower."""
_SAME_SIZE = 1.7
"""Times as large as the box of a letter that another program's box of it is at most."""


class UnreadableLayerError(Exception):
    """pdfplumber cannot make anything of a page."""


PDFMINER = QuietLogger("pdfminer")
"""The library below pdfplumber, which whoever else asks it keeps quiet too."""


@contextmanager
def _pdfplumber_errors(number: int) -> Iterator[None]:
    """Around calls of pdfplumber alone. Raises `UnreadableLayerError`."""
    try:
        with PDFMINER.quiet():
            yield
    except Exception:
        _LOG.info("pdfplumber cannot read page %d", number, exc_info=True)
        raise UnreadableLayerError from None


class PdfplumberPages:
    """The PDF in `data` of so many `pages`, opened when the first page that has text asks for it. `costly` are the
    numbers of pages that are not asked for."""

    def __init__(self, data: bytes, password: str | None, pages: int, costly: frozenset[int]) -> None:
        self._data, self._password, self._pages, self._costly = data, password, pages, costly
        self._flattened: dict[int, Callable[[], bytes]] = {}

    @cached_property
    def _pdf(self) -> "pdfplumber.pdf.PDF | None":
        import pdfplumber

        with suppress(UnreadableLayerError), _pdfplumber_errors(1):
            return pdfplumber.open(io.BytesIO(self._data), password=self._password or "")
        return None

    def page(self, number: int, turn: int) -> "PdfplumberPage | None":
        """The page, turned by so many degrees clockwise beyond what it says; None where pdfplumber cannot read it."""
        if number in self._costly or self._pdf is None:
            return None
        with suppress(UnreadableLayerError), _pdfplumber_errors(number):
            if len(self._pdf.pages) == self._pages:
                flattened = self._flattened.get(number)
                return PdfplumberPage(_turned(self._pdf.pages[number - 1], turn), number, turn, flattened)
        return None

    def words_from(self, number: int, flattened: Callable[[], bytes]) -> None:
        """The words of that page are those of another PDF, of one page, that `flattened` gives when they are asked for;
        its cells stay those of the file."""
        self._flattened[number] = flattened

    def close(self) -> None:
        """Closes the PDF, if it was opened."""
        if pdf := self.__dict__.pop("_pdf", None):
            with suppress(UnreadableLayerError), _pdfplumber_errors(1):  # it asks for all pages once more
                pdf.close()


class PdfplumberPage:
    """One page. All methods raise `UnreadableLayerError`; boxes are in points from the top left of /MediaBox."""

    def __init__(
        self, page: "pdfplumber.page.Page", number: int, turn: int = 0, flattened: Callable[[], bytes] | None = None
    ) -> None:
        """`page` is turned already; `flattened` gives a PDF of it alone that has its words, which is not."""
        self._page, self._number, self._turn, self._flattened = page, number, turn, flattened

    def words(self, aside: Sequence[PlacedLetter] = ()) -> list[OcrWord]:
        """The words with boxes and type, composed (NFC); those of fonts that hold the numbers of glyphs with the
        letters that they stand for. Letters that are set `aside` are left out, and what is drawn twice is there
        once."""
        with _pdfplumber_errors(self._number), self._with_words() as whole:
            x0, top = _corner(whole)
            page = _without(whole, [letter._replace(box=letter.box.moved(x0, top)) for letter in aside])
            placed = _placed_words(page)
            if may_be_doubled([OcrWord(text, box, 1.0) for text, _, _, box in placed]):
                placed = _placed_words(_drawn_once(page))
        placed = [(text, font, size, box.moved(-x0, -top)) for text, font, size, box in placed]
        of_fonts: dict[str, list[str]] = {}
        for text, font, _, _ in placed:
            of_fonts.setdefault(font, []).append(text)
        shifts = {font: shift_of(texts) for font, texts in of_fonts.items()}
        words = []
        for text, font, size, box in placed:
            if not composed(text).strip():
                continue
            word = OcrWord(box_sign(composed(text), font), box, 1.0, stated_size=size, bold=is_bold(font))
            shift = shifts[font]
            letters = unshifted(text, shift) if shift is not None else ""
            words.append(word.with_correction(letters, "shifted letters") if letters else word)
        return words

    @contextmanager
    def _with_words(self) -> "Iterator[pdfplumber.page.Page]":
        """The page that has all words."""
        if self._flattened is None:
            yield self._page
            return
        import pdfplumber

        with pdfplumber.open(io.BytesIO(self._flattened())) as alone:
            yield _turned(alone.pages[0], self._turn)

    def cells(self) -> list[BoundingBox]:
        """The cells of its tables."""
        with _pdfplumber_errors(self._number):
            tables = self._page.find_tables()
            x0, top = _corner(self._page)
            cells = (BoundingBox(*(float(v) for v in cell)) for table in tables for cell in table.cells)
            return [cell.moved(-x0, -top) for cell in cells]

    def pictures(self) -> list[BoundingBox]:
        """The boxes of its pictures."""
        with _pdfplumber_errors(self._number):
            x0, top = _corner(self._page)
            return [_box_of(image).moved(-x0, -top) for image in self._page.images]

    def close(self) -> None:
        """Lets go of what was read of the page."""
        self._page.close()


def _placed_words(page: "pdfplumber.page.Page") -> list[tuple[str, str, float, BoundingBox]]:
    """Text, font, size and box of each word."""
    found = page.extract_words(
        x_tolerance_ratio=_WIDEST_SPACE,
        y_tolerance=_LINE_TOLERANCE,
        keep_blank_chars=False,
        use_text_flow=False,
        extra_attrs=["size", "fontname"],
        split_at_punctuation=False,
    )
    return [(str(w["text"]), str(w["fontname"]), float(w["size"]), _box_of(w)) for w in found]


def _drawn_once(page: "pdfplumber.page.Page") -> "pdfplumber.page.Page":
    """The page without letters that repeat others."""
    letters = list(page.chars)
    doubled = doubled_in([_letter_of(letter) for letter in letters])
    return _without_some(page, {id(letters[place]) for place in doubled})


def _without(page: "pdfplumber.page.Page", aside: Sequence[PlacedLetter]) -> "pdfplumber.page.Page":
    """The page without the letters that are set `aside`."""
    if not aside:
        return page
    by_letter: dict[str, list[BoundingBox]] = {}
    for letter in aside:
        by_letter.setdefault(letter.letter, []).append(letter.box)

    def is_aside(found: dict[str, Any]) -> bool:
        box = _box_of(found)
        return any(_is_about(box, other) for other in by_letter.get(str(found["text"]), ()))

    return _without_some(page, {id(letter) for letter in page.chars if is_aside(letter)})


def _without_some(page: "pdfplumber.page.Page", left_out: AbstractSet[int]) -> "pdfplumber.page.Page":
    return page.filter(lambda found: id(found) not in left_out) if left_out else page


def _is_about(one: BoundingBox, other: BoundingBox) -> bool:
    """Whether two programs mean the same letter by these boxes."""
    size = max(other.width, other.height)
    apart = abs(one.x0 + one.x1 - other.x0 - other.x1) + abs(2 * one.middle - 2 * other.middle)
    return apart < size and size < _SAME_SIZE * max(one.width, one.height) < _SAME_SIZE**2 * size


def _letter_of(found: dict[str, Any]) -> PlacedLetter:
    return PlacedLetter(str(found["text"]), _box_of(found))


def _corner(page: "pdfplumber.page.Page") -> tuple[float, float]:
    """Where pdfplumber has the top left corner of /MediaBox: it measures from the corner of the stored page."""
    return float(page.mediabox[0]), float(page.mediabox[1])


def _box_of(found: dict[str, Any]) -> BoundingBox:
    return BoundingBox(float(found["x0"]), float(found["top"]), float(found["x1"]), float(found["bottom"]))


def _turned(page: "pdfplumber.page.Page", turn: int) -> "pdfplumber.page.Page":
    import pdfplumber.page

    if not turn:
        return page
    stored = page.page_obj
    stored.rotate = (stored.rotate + turn) % 360
    stored.attrs = {**stored.attrs, "Rotate": stored.rotate}
    return pdfplumber.page.Page(page.pdf, stored, page.page_number)
