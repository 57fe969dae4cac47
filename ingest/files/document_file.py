"""A file that holds a document: its bytes, read once, and what PDFs, images and texts have in common."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from avskrift.ingest.opened_pages import OpenedPage
from avskrift.models.document import DigitalSignature, Page

if TYPE_CHECKING:
    from avskrift.ingest.image.picture import Grey


@dataclass(frozen=True)
class FileBytes:
    """The bytes of the file at `path`."""

    path: Path
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 digest of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


class PagePicture(NamedTuple):
    """A page drawn in grey, as its file turns it. `width` and `height` are in points."""

    number: int
    grey: "Grey"
    width: float
    height: float


class DocumentFile(Protocol):
    """A file whose pages are opened one after the other. It is opened itself when it is first asked for something, and
    then once; all methods raise `InputError` for what is damaged, encrypted, empty or beyond the limits."""

    @property
    def source(self) -> FileBytes:
        """The bytes, their digest, and where they come from."""

    @property
    def cacheable(self) -> bool:
        """Whether its pages may be kept to be read faster the next time."""

    @property
    def read_by(self) -> str | None:
        """What read its pages, where the file itself says so; None where it holds none that another engine read."""

    def count_pages(self) -> int:
        """How many pages there are, the damaged ones with them."""

    def pages(self, cached: Callable[[int], Page | None], wanted: range | None = None) -> Iterator[OpenedPage]:
        """The pages in order, those that `cached` has (by their number, from 1) as it gives them; only those whose
        numbers are `wanted` (None: all)."""

    def warnings(self) -> tuple[str, ...]:
        """What a person should know of the file that its pages do not show."""

    def digital_signatures(self) -> tuple[DigitalSignature, ...]:
        """The digital signatures in the file."""

    def pictures(self, numbers: Sequence[int], dpi: int) -> Iterator[PagePicture]:
        """The pages of these numbers, drawn at `dpi` dots an inch; those that cannot be drawn are left out."""

    def close(self) -> None:
        """Lets go of what is open; done twice it does no harm."""
