"""What opening a file gives of each page: a page as it stands, one that needs OCR, or why it cannot be read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from avskrift.errors import InputError
from avskrift.models.document import HiddenText, Line, Page, Region

if TYPE_CHECKING:
    from avskrift.ingest.image.picture import Colour, Grey
    from avskrift.ingest.words import OcrWord


@dataclass(frozen=True, slots=True)
class PageToOcr:
    """A page that must be read as a picture. `width` and `height` are in points.

    `render` draws it in grey at a resolution in dots an inch, `render_colour` in colour where it was scanned so.
    `reason` is why it has no text of its own; `distrusted_text` what a text layer says that is not trusted, line by
    line. `scanned_at` is the resolution of its largest picture in dots an inch, 0 where there is none. `hidden_text`,
    `regions`, `turned` (lines that run in another direction), `warnings` and `incomplete` go to the page that comes of
    it.

    `printed` are words of its own text, with boxes in points as the page is shown, that `render` leaves out so that an
    engine reads the rest alone: they join what is read. `layer_page` is the page that they make by themselves, for the
    case that nothing else is read. `turn` is by how many degrees clockwise the page must be turned where they tell, and
    that its lines are level then; None where its picture tells.
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
    turned: tuple[Line, ...] = ()
    warnings: tuple[str, ...] = ()
    incomplete: bool = False
    printed: "tuple[OcrWord, ...]" = ()
    layer_page: Page | None = None
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class UnreadablePage:
    """A page that cannot be read, and why."""

    number: int
    error: InputError


OpenedPage = Page | PageToOcr | UnreadablePage


def nothing_cached(number: int) -> Page | None:
    """The answer of a cache that is not there."""
    return None
