"""Files whose pages are made all at once: office documents, and what another engine read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from avskrift.errors import EmptyInputError, InputError, LimitExceededError
from avskrift.ingest.files.document_file import FileBytes, PagePicture
from avskrift.models.document import DigitalSignature, Page


@dataclass(frozen=True, slots=True)
class WholeReading:
    """The pages of a file, what a person should know of it, and by what it says that it was read (None: it says
    nothing, or nobody had to read it)."""

    pages: tuple[Page, ...]
    warnings: tuple[str, ...] = ()
    read_by: str | None = None


class WholeFile:
    """A `DocumentFile` that `reader` makes the pages of, as they are first asked for; more than `most_pages` are
    refused. Whatever `reader` raises as `InputError` is raised with the name of the file."""

    cacheable = False

    def __init__(self, source: FileBytes, reader: Callable[[bytes], WholeReading], most_pages: int) -> None:
        self.source = source
        self._reader, self._most_pages = reader, most_pages

    @cached_property
    def _reading(self) -> WholeReading:
        path = self.source.path
        try:
            reading = self._reader(self.source.data)
        except InputError as error:
            raise type(error)(f"{path}: {error}") from None
        if not reading.pages:
            raise EmptyInputError(f"{path}: there is no text in it")
        if len(reading.pages) > self._most_pages:
            raise LimitExceededError(f"{path}: the file has more than {self._most_pages:,} pages, which is the limit")
        return reading

    @property
    def read_by(self) -> str | None:
        """As `DocumentFile.read_by`."""
        return self._reading.read_by

    def count_pages(self) -> int:
        """How many pages there are."""
        return len(self._reading.pages)

    def pages(self, cached: Callable[[int], Page | None], wanted: range | None = None) -> Iterator[Page]:
        """As `DocumentFile.pages`; nothing is cached."""
        return iter([page for page in self._reading.pages if wanted is None or page.number in wanted])

    def warnings(self) -> tuple[str, ...]:
        """As `DocumentFile.warnings`."""
        return self._reading.warnings

    def digital_signatures(self) -> tuple[DigitalSignature, ...]:
        """None: such files bear none that are known here."""
        return ()

    def pictures(self, numbers: Sequence[int], dpi: int) -> Iterator[PagePicture]:
        """None: such a file shows nothing but its words."""
        return iter(())

    def close(self) -> None:
        """Nothing is open."""
