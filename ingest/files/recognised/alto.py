"""ALTO, as libraries keep it: versions 2, 3 and 4."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from avskrift.errors import BrokenInputError
from avskrift.ingest.files.recognised.other_reading import ReadLine, ReadPage, ReadWord, number_in, pages_of, share
from avskrift.ingest.files.whole_file import WholeReading
from avskrift.ingest.files.xml_tree import child, children, parsed_xml
from avskrift.models.document import LineRole
from avskrift.models.geometry import BoundingBox

_SPACES = {
    "TopMargin": LineRole.HEADER,
    "PrintSpace": LineRole.BODY,
    "LeftMargin": LineRole.MARGIN,
    "RightMargin": LineRole.MARGIN,
    "BottomMargin": LineRole.FOOTER,
}
"""The parts of a page, in the order in which they are read, and what their lines are to it."""
_FIGURES = {"Illustration": "picture", "GraphicalElement": "drawing"}
_PER_INCH = {"mm10": 254.0, "inch1200": 1200.0}
"""Units of measure by their names; of pixels the file does not say how many an inch has."""


def read_alto(data: bytes) -> WholeReading:
    """The pages of an ALTO file. Raises `BrokenInputError`, `UnsupportedFormatError` or `LimitExceededError`."""
    root = parsed_xml(data)
    pages = [page for layout in children(root, "Layout") for page in children(layout, "Page")]
    if not pages:
        raise BrokenInputError("the ALTO file has no page")
    unit = child(root, "Description/MeasurementUnit")
    per_inch = _PER_INCH.get(((unit.text if unit is not None else "") or "").strip().lower())
    styles = {style.get("ID", ""): style for style in root.iter("TextStyle")}
    order = _reading_order(root)
    made = (_page(page, per_inch, styles, order) for page in pages)
    return WholeReading(pages_of(made), read_by=_software_of(root) or "another engine (ALTO)")


def _software_of(root: Element) -> str:
    """The engine by its name and version, where the file says it: of several programs the last that read."""
    description = child(root, "Description")
    steps = list(description.iter("processingSoftware")) if description is not None else []
    named = []
    for step in steps:
        parts = (child(step, "softwareName"), child(step, "softwareVersion"))
        named.append(" ".join(" ".join((part.text or "").split()) for part in parts if part is not None).strip())
    return next((name for name in reversed(named) if name), "")


def _reading_order(root: Element) -> Mapping[str, int]:
    """The places of blocks, by their identifiers, where the file orders them (version 4.3 and later)."""
    order: dict[str, int] = {}
    group = child(root, "ReadingOrder")
    for reference in group.iter("ElementRef") if group is not None else ():
        order.setdefault(reference.get("REF", ""), len(order))
    return order


@dataclass(slots=True)
class _Found:
    """What was found on a page so far."""

    lines: list[ReadLine] = field(default_factory=list)
    figures: list[tuple[str, BoundingBox]] = field(default_factory=list)


def _page(page: Element, per_inch: float | None, styles: Mapping[str, Element], order: Mapping[str, int]) -> ReadPage:
    found = _Found()
    for name, role in _SPACES.items():
        for space in children(page, name):
            _take(space, found, styles, order, role)
    _take(page, found, styles, order, LineRole.BODY)  # blocks right below the page, which some programs write
    width, height = number_in(page.get("WIDTH")) or 0.0, number_in(page.get("HEIGHT")) or 0.0
    if not width or not height:
        boxes = [box for space in page if space.tag in _SPACES and (box := _box_of(space)) is not None]
        width, height = (max((getattr(box, side) for box in boxes), default=0.0) for side in ("x1", "bottom"))
    return ReadPage(max(0.0, width), max(0.0, height), per_inch, tuple(found.lines), tuple(found.figures))


def _take(
    parent: Element, found: _Found, styles: Mapping[str, Element], order: Mapping[str, int], role: LineRole
) -> None:
    """Takes the lines of the blocks in a part of a page."""
    blocks = [e for e in parent if e.tag in ("TextBlock", "ComposedBlock", *_FIGURES)]
    for block in sorted(blocks, key=lambda block: order.get(block.get("ID", ""), len(order))):
        if block.tag == "ComposedBlock":
            _take(block, found, styles, order, role)
        elif block.tag in _FIGURES:
            box = _box_of(block)
            if box is not None:
                found.figures.append((_FIGURES[block.tag], box))
        else:
            lines = sorted(children(block, "TextLine"), key=lambda line: order.get(line.get("ID", ""), 0))
            found.lines += [_line(line, styles, role) for line in lines]


def _line(element: Element, styles: Mapping[str, Element], role: LineRole) -> ReadLine:
    words: list[ReadWord] = []
    for part in element:
        if part.tag == "String":
            words.append(_word(part, element, styles))
        elif part.tag == "HYP":
            _hyphenate(words, part)
    return ReadLine(tuple(words), "", _box_of(element), role=role)


def _hyphenate(words: list[ReadWord], hyphen: Element) -> None:
    """Puts the hyphen at a line's end behind its last word, unless it stands there."""
    sign = hyphen.get("CONTENT") or "-"
    sign = "-" if sign == "\u00ad" else sign
    if words and not words[-1].text.endswith(("-", "\u00ad", sign)):
        words[-1] = replace(words[-1], text=words[-1].text + sign)


def _word(element: Element, line: Element, styles: Mapping[str, Element]) -> ReadWord:
    style = next(_styles_of((element, line), styles), None)
    stated = element.get("STYLE", "") or ("" if style is None else style.get("FONTSTYLE", ""))
    size = None if style is None else number_in(style.get("FONTSIZE"))
    return ReadWord(
        element.get("CONTENT", ""),
        _box_of(element),
        share(number_in(element.get("WC"))),
        "bold" in stated.split(),
        size if size and size > 0 else None,
    )


def _styles_of(elements: tuple[Element, ...], styles: Mapping[str, Element]) -> Iterator[Element]:
    """The styles of type that elements refer to."""
    for element in elements:
        for name in element.get("STYLEREFS", "").split():
            if name in styles:
                yield styles[name]


def _box_of(element: Element) -> BoundingBox | None:
    sides = [number_in(element.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")]
    left, top, width, height = sides
    if left is None or top is None or width is None or height is None:
        return None
    return BoundingBox(left, top, left + max(0.0, width), top + max(0.0, height))
