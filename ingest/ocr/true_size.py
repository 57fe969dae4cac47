"""A page of a PDF that claims to be much larger, or smaller, than any sheet: read as the sheet that its picture shows.

Its boxes are those of the page as it lies in the file all the same.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from avskrift.ingest.image.resolution import is_odd_sheet, measured, not_believed
from avskrift.ingest.opened_pages import PageToOcr
from avskrift.models.document import Line, Page
from avskrift.models.geometry import BoundingBox

if TYPE_CHECKING:
    from avskrift.ingest.image.picture import Colour, Grey

_LONGEST_SIDE = 2340
"""Pixels of the picture that letters are measured in: A4 at 200 dots an inch."""


def of_true_size(pending: PageToOcr) -> tuple[PageToOcr, float]:
    """The page as large as its picture shows it to be, and how many times larger it claims to be; 1 where its claim is
    believed. Raises as `pending.render`."""
    width, height = pending.width / 72, pending.height / 72
    if pending.scanned_at <= 0 or pending.printed or not is_odd_sheet(width, height):
        return pending, 1.0
    dpi = _LONGEST_SIDE / max(width, height)
    found = measured(pending.render(dpi), dpi, dpi)
    if found.times == 1:
        return pending, 1.0
    times, colour = found.times, pending.render_colour
    smaller = replace(
        pending,
        width=pending.width / times,
        height=pending.height / times,
        render=_enlarged(pending.render, times),
        render_colour=None if colour is None else _enlarged_colour(colour, times),
        scanned_at=pending.scanned_at * times,
        printed_lines=tuple(line.placed(lambda box: box.scaled(1 / times)) for line in pending.printed_lines),
        warnings=(*pending.warnings, f"page {pending.number} {not_believed(found, pending.scanned_at)}"),
    )
    return smaller, times


def _enlarged(render: "Callable[[float], Grey]", times: float) -> "Callable[[float], Grey]":
    return lambda dpi: render(dpi / times)


def _enlarged_colour(render: "Callable[[float], Colour]", times: float) -> "Callable[[float], Colour]":
    return lambda dpi: render(dpi / times)


def as_in_file(page: Page, times: float) -> Page:
    """A page that was read as one so many `times` smaller, with its boxes as they lie in the file."""
    if times == 1:
        return page

    def box(found: BoundingBox) -> BoundingBox:
        return found.scaled(times).rounded()

    def line(found: Line) -> Line:
        return replace(found.placed(box), page_left=round(found.page_left * times, 2))

    return replace(
        page,
        width=round(page.width * times, 2) if page.width is not None else None,
        height=round(page.height * times, 2) if page.height is not None else None,
        lines=tuple(map(line, page.lines)),
        regions=tuple(replace(region, bbox=box(region.bbox)) for region in page.regions),
    )
