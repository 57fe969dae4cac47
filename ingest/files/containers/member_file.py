"""A document that lies in a message or an archive, read as if it were a file of its own."""

from collections.abc import Callable, Iterator, Sequence

from avskrift.ingest.files.document_file import DocumentFile, FileBytes, PagePicture
from avskrift.ingest.opened_pages import OpenedPage
from avskrift.models.document import DigitalSignature, Page


class MemberFile:
    """A `DocumentFile` that is another one, with a warning that says of its `origin`."""

    def __init__(self, file: DocumentFile, origin: str) -> None:
        self._file, self._origin = file, origin

    @property
    def source(self) -> FileBytes:
        """The bytes of the document itself; its path has the name of what it lies in, as a folder's."""
        return self._file.source

    @property
    def cacheable(self) -> bool:
        """As `DocumentFile.cacheable`."""
        return self._file.cacheable

    @property
    def read_by(self) -> str | None:
        """As `DocumentFile.read_by`."""
        return self._file.read_by

    def count_pages(self) -> int:
        """As `DocumentFile.count_pages`."""
        return self._file.count_pages()

    def pages(self, cached: Callable[[int], Page | None], wanted: range | None = None) -> Iterator[OpenedPage]:
        """As `DocumentFile.pages`."""
        return self._file.pages(cached, wanted)

    def warnings(self) -> tuple[str, ...]:
        """What is to be known of the document, and where it lay."""
        return (self._origin, *self._file.warnings())

    def digital_signatures(self) -> tuple[DigitalSignature, ...]:
        """As `DocumentFile.digital_signatures`."""
        return self._file.digital_signatures()

    def pictures(self, numbers: Sequence[int], dpi: int) -> Iterator[PagePicture]:
        """As `DocumentFile.pictures`."""
        return self._file.pictures(numbers, dpi)

    def close(self) -> None:
        """As `DocumentFile.close`."""
        self._file.close()
