"""Print that a page of a PDF shows beside its text layer, in pictures or drawn as curves, and whether it must be read.

A page is drawn without the text that it draws itself: what is left and is under no word's box, no word stands for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from avskrift.ingest.files.pdf_page import PageObjects, is_drawn, texts_on, without_text
from avskrift.ingest.grouping import grouped
from avskrift.ingest.opened_pages import PageToOcr
from avskrift.ingest.text_layer.page_geometry import as_shown
from avskrift.ingest.words import OcrWord
from avskrift.models.document import Line, Page, Region
from avskrift.models.geometry import BoundingBox
from avskrift.models.page_frame import PageFrame

if TYPE_CHECKING:
    from avskrift.ingest.image.picture import Grey
    from avskrift.ingest.text_layer.unread_print import PrintedLine


@dataclass(frozen=True, slots=True)
class Settings:
    """When print beside a text layer is so much that the page must be read."""

    dpi: int = 100
    """Dots an inch at which the page is drawn."""
    head: float = 0.14
    foot: float = 0.94
    """Shares of the page's height: above the first and below the second stand logos, whose words are few."""
    fewest: int = 24
    """Shapes of letters between head and foot ..."""
    fewest_anywhere: int = 100
    """... or on the whole page."""
    least_share: float = 0.25
    """Of a page whose text layer is the reading of its picture: share of the letters that it leaves out."""
    near: float = 12.0
    """Points between lines of print that are told as one region."""
    most_paths: int = 8
    """More paths on a page may be letters drawn as curves."""
    least_picture: float = 900.0
    """Square points of a picture that may hold words."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class LayerPage:
    """A page as its text layer has it, the words that it was made of, and lines of its that stand apart from them."""

    page: Page
    words: Sequence[OcrWord]
    apart: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintBesideText:
    """Lines of print that no word stands for, with boxes in points as the page is shown, how many shapes they have, and
    how many of these are between the page's head and foot; `must_be_read` where they are more than a logo's."""

    unread: tuple["PrintedLine", ...]
    shapes: int
    between: int
    must_be_read: bool


def may_hold_print(objects: PageObjects) -> bool:
    """Whether anything is on a page but text and a few rules: a picture, many paths."""
    pictured = any(box.width * box.height >= SETTINGS.least_picture for box in objects.pictures)
    return pictured or objects.paths > SETTINGS.most_paths


def with_print_beside(
    pdf_page: Any, found: LayerPage, objects: PageObjects, bare: "Callable[[int], Grey]", to_ocr: PageToOcr
) -> Page | PageToOcr:
    """The page `found` in the text layer of `pdf_page` (pypdfium2's), on which there are `objects` and which `bare`
    draws without its text; or, where that shows more print beside its words than a logo, `to_ocr` with what an engine
    must know to read the rest. Raises `BrokenInputError`."""
    page, words = found.page, found.words
    if not words:
        return page
    if not may_hold_print(objects):
        return replace(page, ink_read=1.0)
    frame = PageFrame(to_ocr.width, to_ocr.height, page.rotation)
    shown = [replace(word, box=frame.box_in_file(word.box)) for word in words]
    boxes = [word.box for word in shown]
    beside = print_beside(bare(SETTINGS.dpi), to_ocr.height, boxes, of_picture=objects.reads_a_picture)
    letters = sum(len(word.text) for word in words)
    page = replace(page, ink_read=round(letters / max(1, letters + beside.between), 3))
    if beside.must_be_read:
        lines = tuple(line.placed(frame.box_in_file) for line in found.apart)
        invisible = _boxes_of_invisible(pdf_page) if objects.reads_a_picture else None
        return _to_read(
            pdf_page, replace(found, page=page, words=shown), invisible, beside, replace(to_ocr, printed_lines=lines)
        )
    unread = [Region("unread", frame.upright_box(box)) for box in _together(beside.unread)]
    return replace(page, regions=(*page.regions, *unread))


def _to_read(
    pdf_page: Any,
    found: LayerPage,
    invisible: Sequence[BoundingBox] | None,
    beside: PrintBesideText,
    to_ocr: PageToOcr,
) -> PageToOcr:
    """The page for an engine that reads what is printed beside the words that the page itself draws; where they are an
    `invisible` reading of its picture, a witness is all that is left of them. Boxes are those of the page as shown."""
    page = found.page
    drawn = (word for word in found.words if not any(box.contains_centre(word.box) for box in invisible or ()))
    printed = tuple(drawn)
    return replace(
        to_ocr,
        reason="print beside the text layer",
        render=without_text(pdf_page, to_ocr.render),
        render_colour=to_ocr.render_colour and without_text(pdf_page, to_ocr.render_colour),
        distrusted_text=() if invisible is None else tuple(line.text for line in page.lines),
        printed=printed,
        printed_turn=page.rotation,
        layer_page=replace(page, regions=_but_watermarks(page)) if invisible is None else None,
        turn=page.rotation if _letters_between(printed, to_ocr.height) >= beside.shapes else None,
    )


def _but_watermarks(page: Page) -> tuple[Region, ...]:
    """The regions of a page that do not go to whatever becomes of it."""
    return tuple(region for region in page.regions if region.kind != "watermark")


def _letters_between(words: Sequence[OcrWord], height: float) -> int:
    """How many letters stand between head and foot: what a service prints there says nothing of how a scan lies."""
    return sum(len(word.text) for word in words if _is_between(word.box, height))


def _is_between(box: BoundingBox, height: float) -> bool:
    return SETTINGS.head < box.middle / height < SETTINGS.foot


def print_beside(picture: "Grey", height: float, words: Sequence[BoundingBox], *, of_picture: bool) -> PrintBesideText:
    """The print in the `picture` of a page without its text that none of `words` stands for, boxes in points as the
    page is shown, `height` points high. `of_picture` tells that the words are the invisible reading of a picture."""
    from avskrift.ingest.text_layer.unread_print import printed_lines

    height = max(1.0, height)
    lines = printed_lines(picture, picture.shape[0] * 72 / height, words)
    unread = tuple(line for line in lines if not line.read)
    within = sum(line.shapes for line in unread if _is_between(line.box, height))
    shapes = sum(line.shapes for line in unread)
    many = within >= SETTINGS.fewest or shapes >= SETTINGS.fewest_anywhere
    if of_picture:
        many = many and within >= SETTINGS.least_share * sum(line.shapes for line in lines)
    return PrintBesideText(unread, shapes, within, many)


def _together(lines: Sequence["PrintedLine"]) -> list[BoundingBox]:
    """A box around each group of lines that stand close to each other."""
    boxes = [line.box for line in lines]
    groups = grouped(boxes, lambda one, other: _are_near(one, other))
    return [BoundingBox.enclosing(group) for group in groups]


def _are_near(one: BoundingBox, other: BoundingBox) -> bool:
    reach = SETTINGS.near
    return one.shared_width(other) > -reach and one.shared_height(other) > -reach


def _boxes_of_invisible(pdf_page: Any) -> list[BoundingBox]:
    crop, rotation = pdf_page.get_bbox(), pdf_page.get_rotation()
    return [as_shown(text.get_bounds(), crop, rotation) for text in texts_on(pdf_page) if not is_drawn(text)]
