"""PAGE XML, as Transkribus, eScriptorium and OCR-D write it, in any version of its schema."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from avskrift.errors import BrokenInputError
from avskrift.ingest.files.recognised.other_reading import (
    ReadLine,
    ReadPage,
    ReadWord,
    box_of_points,
    number_in,
    pages_of,
    share,
)
from avskrift.ingest.files.whole_file import WholeReading
from avskrift.ingest.files.xml_tree import child, children, parsed_xml
from avskrift.models.document import CellReference, LineRole
from avskrift.models.geometry import BoundingBox

_ROLES = {
    "header": LineRole.HEADER,
    "footer": LineRole.FOOTER,
    "page-number": LineRole.FOOTER,
    "footnote": LineRole.FOOTNOTE,
    "marginalia": LineRole.MARGIN,
}
"""Types of regions that tell what their lines are to the page."""
_FIGURES = {
    "ImageRegion": "picture",
    "LineDrawingRegion": "drawing",
    "GraphicRegion": "drawing",
    "ChartRegion": "chart",
    "MapRegion": "picture",
}
_PER_INCH = {"PPI": 1.0, "PPCM": 2.54}
_CUSTOM_ORDER = re.compile(r"readingOrder\s*\{\s*index\s*:\s*(\d{1,6})")
_CUSTOM_TYPE = re.compile(r"structure\s*\{[^}]*type\s*:\s*([\w-]+)")
_POINT = re.compile(r"\s*(-?\d{1,9}(?:\.\d{1,9})?)\s*,\s*(-?\d{1,9}(?:\.\d{1,9})?)\s*")


def read_page_xml(data: bytes) -> WholeReading:
    """The pages of a PAGE XML. Raises `BrokenInputError`, `UnsupportedFormatError` or `LimitExceededError`."""
    root = parsed_xml(data)
    pages = children(root, "Page")
    if not pages:
        raise BrokenInputError("the PAGE XML has no page")
    creator = child(root, "Metadata/Creator")
    name = " ".join(((creator.text if creator is not None else "") or "").split())
    return WholeReading(pages_of(map(_page, pages)), read_by=name or "another engine (PAGE XML)")


@dataclass(slots=True)
class _Found:
    """What was found on a page so far."""

    lines: list[ReadLine] = field(default_factory=list)
    figures: list[tuple[str, BoundingBox]] = field(default_factory=list)
    tables: int = 0


def _page(page: Element) -> ReadPage:
    found = _Found()
    order = _reading_order(page)
    regions = [element for element in page if element.tag.endswith("Region")]
    for region in sorted(regions, key=lambda region: order.get(region.get("id", ""), len(order))):
        _take(region, found, order, LineRole.BODY, None)
    width, height = number_in(page.get("imageWidth")) or 0.0, number_in(page.get("imageHeight")) or 0.0
    stated = number_in(page.get("imageXResolution")) or 0.0
    unit = _PER_INCH.get(page.get("imageResolutionUnit", "PPI"), 0.0)
    return ReadPage(max(0.0, width), max(0.0, height), stated * unit or None, tuple(found.lines), tuple(found.figures))


def _reading_order(page: Element) -> dict[str, int]:
    """The places of regions, by their identifiers, as the file orders them."""
    order: dict[str, int] = {}
    group = child(page, "ReadingOrder")
    for element in group.iter() if group is not None else ():
        reference = element.get("regionRef")
        if reference is not None:
            order.setdefault(reference, len(order))
    return order


def _take(region: Element, found: _Found, order: dict[str, int], role: LineRole, cell: CellReference | None) -> None:
    """Takes the lines of a region and of those in it."""
    box = _box_of(region)
    if region.tag in _FIGURES and box is not None:
        found.figures.append((_FIGURES[region.tag], box))
    role = _role_of(region, role)
    if region.tag == "TableRegion":
        found.tables += 1
    inside = [element for element in region if element.tag.endswith("Region") or element.tag == "TableCell"]
    lines = _ordered(children(region, "TextLine"))
    read = [line for element in lines for line in _line(element, role, cell)]
    if not read and not inside:
        read = list(_rows_of(region, box, role, cell))
    found.lines += read
    for element in sorted(inside, key=lambda element: order.get(element.get("id", ""), len(order))):
        in_table = region.tag == "TableRegion"
        _take(element, found, order, role, _cell_of(element, found.tables - 1) if in_table else cell)


def _role_of(region: Element, role: LineRole) -> LineRole:
    custom = _CUSTOM_TYPE.search(region.get("custom", ""))
    kind = region.get("type") or (custom[1] if custom is not None else "")
    return _ROLES.get(kind, role)


def _cell_of(element: Element, table: int) -> CellReference | None:
    """The cell of a table that a region is; None where it does not say which."""
    place = next(iter(element.iter("TableCellRole")), None)
    row, column = (element.get("row"), element.get("col"))
    if place is not None:
        row, column = place.get("rowIndex"), place.get("columnIndex")
    if row is None or column is None or not (row.isdecimal() and column.isdecimal()):
        return None
    return CellReference(table, min(int(row), 9999), min(int(column), 9999))


def _ordered(lines: list[Element]) -> list[Element]:
    """Lines in the order that they state, where all of them do."""
    stated = [_CUSTOM_ORDER.search(line.get("custom", "")) for line in lines]
    places = [int(found[1]) for found in stated if found is not None]
    if len(places) < len(lines):
        return lines
    return [line for _, line in sorted(zip(places, lines, strict=True), key=lambda pair: pair[0])]


def _line(element: Element, role: LineRole, cell: CellReference | None) -> Iterator[ReadLine]:
    """The line, by its words where they say the same as it does; several where its text has line breaks."""
    text, confidence = _text_of(element)
    words = tuple(word for part in children(element, "Word") if (word := _word(part)).text)
    box = _box_of(element)
    joined = "".join("".join(word.text for word in words).split())
    if words and (not text or joined == "".join(text.split())):
        yield ReadLine(words, "", box, confidence, role, cell)
        return
    yield from (replace(row, confidence=confidence) for row in _rows(text, box, role, cell))


def _rows_of(
    region: Element, box: BoundingBox | None, role: LineRole, cell: CellReference | None
) -> Iterator[ReadLine]:
    """The lines of a region that has none told apart."""
    text, confidence = _text_of(region)
    yield from (replace(row, confidence=confidence) for row in _rows(text, box, role, cell))


def _rows(text: str, box: BoundingBox | None, role: LineRole, cell: CellReference | None) -> Iterator[ReadLine]:
    """The rows of a text, each with its share of a box."""
    rows = [row for row in text.splitlines() if row.strip()]
    for place, row in enumerate(rows):
        own = box
        if box is not None and len(rows) > 1:
            step = box.height / len(rows)
            own = BoundingBox(box.x0, box.top + step * place, box.x1, box.top + step * (place + 1))
        yield ReadLine((), row, own, role=role, cell=cell)


def _word(element: Element) -> ReadWord:
    text, confidence = _text_of(element)
    if not text:
        text = "".join(_text_of(glyph)[0] for glyph in children(element, "Glyph"))
    style = child(element, "TextStyle")
    bold = style is not None and style.get("bold") in ("true", "1")
    size = number_in(style.get("fontSize")) if style is not None else None
    return ReadWord(text, _box_of(element), confidence, bold, size if size and size > 0 else None)


def _text_of(element: Element) -> tuple[str, float | None]:
    """What an element says, and how surely: of several readings the first by their numbers."""
    readings = children(element, "TextEquiv")
    if not readings:
        return "", None
    best = min(readings, key=lambda reading: number_in(reading.get("index")) or 0.0)
    text = child(best, "Unicode")
    if text is None:
        text = child(best, "PlainText")
    return (text.text or "").strip() if text is not None else "", share(number_in(best.get("conf")))


def _box_of(element: Element) -> BoundingBox | None:
    """The box around the outline of an element."""
    coordinates = child(element, "Coords")
    if coordinates is None:
        return None
    stated = coordinates.get("points")
    if stated is not None:
        found = [_POINT.fullmatch(point) for point in stated.split()]
        return box_of_points([(float(p[1]), float(p[2])) for p in found if p is not None])
    points = [(number_in(p.get("x")), number_in(p.get("y"))) for p in children(coordinates, "Point")]
    return box_of_points([(x, y) for x, y in points if x is not None and y is not None])
