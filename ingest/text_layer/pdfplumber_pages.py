"""The pages of a PDF as pdfplumber sees them: slower than PDFium by far, but with the cells of tables."""

import io
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pdfplumber.page
    import pdfplumber.pdf

_LOG = logging.getLogger(__name__)


class PdfplumberPages:
    """The PDF as pdfplumber sees it, opened when the first page that has text asks for it. `costly` are the numbers of
    pages that it is not asked for."""

    def __init__(self, data: bytes, password: str | None, pages: int, costly: frozenset[int]) -> None:
        self._data, self._password, self._pages, self._costly = data, password, pages, costly
        self._opened = False
        self._pdf: pdfplumber.pdf.PDF | None = None

    def page(self, number: int, turn: int) -> "pdfplumber.page.Page | None":
        """The page, turned by so many degrees clockwise beyond what it says; None where pdfplumber cannot read it."""
        if number in self._costly:
            return None
        try:
            pdf = self._document()
            if pdf is None or len(pdf.pages) != self._pages:
                return None
            return _turned(pdf.pages[number - 1], turn) if turn else pdf.pages[number - 1]
        except Exception:  # pdfminer raises many kinds for odd files; the picture can still be read
            _LOG.info("pdfplumber cannot read page %d", number, exc_info=True)
            return None

    def _document(self) -> "pdfplumber.pdf.PDF | None":
        if not self._opened:
            import pdfplumber

            self._opened = True
            logging.getLogger("pdfminer").setLevel(logging.ERROR)
            self._pdf = pdfplumber.open(io.BytesIO(self._data), password=self._password or "")
        return self._pdf

    def close(self) -> None:
        if self._pdf is not None:
            with suppress(Exception):  # it asks for all pages once more
                self._pdf.close()


def _turned(page: "pdfplumber.page.Page", turn: int) -> "pdfplumber.page.Page":
    import pdfplumber.page

    sheet = page.page_obj
    sheet.rotate = (sheet.rotate + turn) % 360
    sheet.attrs = {**sheet.attrs, "Rotate": sheet.rotate}
    return pdfplumber.page.Page(page.pdf, sheet, page.page_number)
