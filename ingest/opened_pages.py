"""What opening a file gives of each page: a page as it stands, one that needs OCR, or why it cannot be read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from avskrift.errors import InputError
from avskrift.models.document import HiddenText, Page, Region

if TYPE_CHECKING:
    from avskrift.ingest.image.picture import Colour, Grey


@dataclass(frozen=True, slots=True)
class PageToOcr:
    """A page that must be read as a picture. `width` and `height` are in points.

    `render` draws it in grey at a resolution in dots an inch, `render_colour` in colour where it was scanned so.
    `reason` is why it has no text of its own; `distrusted_text` what a text layer says that is not trusted, line by
    line. `scanned_at` is the resolution of its largest picture in dots an inch, 0 where there is none. `hidden_text`,
    `regions`, `warnings` and `incomplete` go to the page that comes of it.
    """

    number: int
    width: float
    height: float
    render: "Callable[[float], Grey]"
    reason: str
    distrusted_text: tuple[str, ...] = ()
    scanned_at: float = 0.0
    render_colour: "Callable[[float], Colour] | None" = None
    hidden_text: tuple[HiddenText, ...] = ()
    regions: tuple[Region, ...] = ()
    warnings: tuple[str, ...] = ()
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class UnreadablePage:
    """A page that cannot be read, and why."""

    number: int
    error: InputError


OpenedPage = Page | PageToOcr | UnreadablePage


def nothing_cached(number: int) -> Page | None:
    """The answer of a cache that is not there."""
    return None
