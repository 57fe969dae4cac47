"""PDF files: every page judged by itself, read from its text layer or as a picture."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING

from avskrift.errors import BrokenInputError, InputError, LimitExceededError
from avskrift.ingest.failed_pages import failed_page
from avskrift.ingest.files.digital_signatures import digital_signatures_in, warnings_of_signatures
from avskrift.ingest.files.document_file import FileBytes, PagePicture
from avskrift.ingest.files.pdf_annotations import flattened_bytes, with_annotations, with_comments
from avskrift.ingest.files.pdf_document import opened, pages_there, warnings_of
from avskrift.ingest.files.pdf_page import rendered
from avskrift.ingest.files.pdf_pages import open_page
from avskrift.ingest.files.pdf_trial import Trial, tried
from avskrift.ingest.files.pdf_weight import looks_heavy
from avskrift.ingest.opened_pages import OpenedPage, UnreadablePage
from avskrift.ingest.text_layer.pdfplumber_pages import PdfplumberPages
from avskrift.models.document import DigitalSignature, Page

if TYPE_CHECKING:
    import pypdfium2


class PdfFile:
    """A PDF as a `DocumentFile`. `password` opens an encrypted one; more than `most_pages` pages are refused.

    Raises `EncryptedInputError`, `BrokenInputError`, `EmptyInputError` or `LimitExceededError`, as it is opened.
    """

    cacheable = True
    read_by: str | None = None

    def __init__(self, source: FileBytes, password: str | None, most_pages: int) -> None:
        self.source = source
        self._password, self._most_pages = password, most_pages

    @cached_property
    def _document(self) -> "pypdfium2.PdfDocument":
        return opened(self.source.data, self.source.path, self._password)

    @cached_property
    def _count(self) -> int:
        return pages_there(self._document, self.source.path, self._most_pages)

    def count_pages(self) -> int:
        """How many pages there are: all that the PDF claims, but for those at its end that cannot be opened."""
        return self._count

    def pages(self, cached: Callable[[int], Page | None], wanted: range | None = None) -> Iterator[OpenedPage]:
        """As `DocumentFile.pages`. What a page costs that looks heavy is tried in a process of its own first."""
        data, count = self.source.data, self.count_pages()
        if count == 0:
            raise BrokenInputError(f"{self.source.path}: none of the PDF's pages can be opened")
        before = {n: cached(n) for n in range(1, count + 1) if wanted is None or n in wanted}
        trial = Trial({}, frozenset())
        if looks_heavy(data):
            trial = tried(data, self._password, [n for n, page in before.items() if page is None])
        with closing(PdfplumberPages(data, self._password, count, trial.costly)) as tables:
            for number, page in before.items():
                yield page if page is not None else self._opened_page(number, tables, trial)

    def _opened_page(self, number: int, tables: PdfplumberPages, trial: Trial) -> OpenedPage:
        import pypdfium2

        if number in trial.refused:
            return UnreadablePage(number, LimitExceededError(trial.refused[number]))
        try:
            pdf_page, annotations = with_annotations(self._document, number)
            if annotations.flattened:
                tables.words_from(number, lambda: flattened_bytes(pdf_page, number))
            return with_comments(open_page(number, pdf_page, tables, annotations), pdf_page, annotations)
        except InputError as error:
            return UnreadablePage(number, error)
        except pypdfium2.PdfiumError:
            return UnreadablePage(number, BrokenInputError("it is damaged"))
        except Exception as error:  # a fault of the program: it goes to the log and costs this page
            return failed_page(number, error)

    def warnings(self) -> tuple[str, ...]:
        """Files inside the PDF, pages that it claims and does not have, digital signatures that do not hold."""
        return (
            *warnings_of(self._document, self.count_pages()),
            *warnings_of_signatures(self.digital_signatures()),
        )

    def digital_signatures(self) -> tuple[DigitalSignature, ...]:
        """The digital signatures in the PDF, each checked once."""
        return self._signatures

    @cached_property
    def _signatures(self) -> tuple[DigitalSignature, ...]:
        if b"/ByteRange" not in self.source.data:  # which never stands in a packed object
            return ()
        # opened anew: what became part of pages is no field any more
        with closing(opened(self.source.data, self.source.path, self._password)) as document:
            return digital_signatures_in(document, self.source.data)

    def pictures(self, numbers: Sequence[int], dpi: int) -> Iterator[PagePicture]:
        """As `DocumentFile.pictures`; as their flags turn them."""
        import pypdfium2

        for number in numbers:
            if number > len(self._document):
                continue
            try:
                with closing(self._document[number - 1]) as pdf_page:
                    yield PagePicture(number, rendered(pdf_page, dpi), *pdf_page.get_size())
            except (pypdfium2.PdfiumError, BrokenInputError):
                continue

    def close(self) -> None:
        """Closes the PDF, if it was opened."""
        if document := self.__dict__.pop("_document", None):
            document.close()
