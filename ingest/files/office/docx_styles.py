"""How text of a .docx is set: the formats of its styles, and what paragraphs and runs say themselves."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from xml.etree.ElementTree import Element

from avskrift.ingest.files.xml_tree import child

_HEADING = re.compile(r"(?:heading|rubrik)\s?([1-9])", re.IGNORECASE)
_DEEPEST = 9
_OFF = ("0", "false", "off", "none")
_MOST_ANCESTORS = 30
"""Styles that a style is based on: a longer chain is a circle."""


@dataclass(frozen=True, slots=True)
class RunFormat:
    """How a run is set: its size in points (None: not stated), whether it is bold, and whether it is hidden or
    struck out, by a line or by two."""

    size: float | None = None
    bold: bool = False
    hidden: bool = False
    struck: bool = False
    struck_twice: bool = False

    @property
    def is_struck_out(self) -> bool:
        """Whether a line, or two, go through it."""
        return self.struck or self.struck_twice

    def with_own(self, properties: Element | None) -> "RunFormat":
        """The format with what `w:rPr` says."""
        if properties is None:
            return self
        size = number_of(child(properties, "w:sz"))
        bold, hidden = child(properties, "w:b"), child(properties, "w:vanish")
        struck, struck_twice = child(properties, "w:strike"), child(properties, "w:dstrike")
        return RunFormat(
            self.size if size is None else size / 2,
            self.bold if bold is None else is_on(bold),
            self.hidden if hidden is None else is_on(hidden),
            self.struck if struck is None else is_on(struck),
            self.struck_twice if struck_twice is None else is_on(struck_twice),
        )


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """How a paragraph is set, in points; `list_id` and `list_level` say of which list it is an item (None: of none)."""

    run: RunFormat = RunFormat()
    outline: int | None = None
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    tab_stops: tuple[float, ...] = ()
    list_id: str | None = None
    list_level: int | None = None
    page_before: bool = False

    def with_own(self, properties: Element | None) -> "ParagraphFormat":
        """The format with what `w:pPr` says; its `w:rPr` is that of the mark at the end, and not of the text."""
        if properties is None:
            return self
        changed = self
        for name, change in _CHANGES.items():
            element = child(properties, name)
            if element is not None:
                changed = change(changed, element)
        return changed


def is_on(element: Element) -> bool:
    """Whether a property that is there is switched on."""
    return element.get("w:val", "1").lower() not in _OFF


def number_of(element: Element | None, attribute: str = "w:val") -> float | None:
    """The number that an attribute holds; None where there is none."""
    stated = None if element is None else element.get(attribute)
    found = None if stated is None else re.fullmatch(r"\s*(-?\d{1,7}(?:\.\d{1,6})?)(?:pt)?\s*", stated)
    return None if found is None else float(found[1])


def _points(element: Element, *attributes: str) -> float | None:
    """A measure that is stated in twentieths of a point."""
    stated = (number_of(element, attribute) for attribute in attributes)
    found = next((value for value in stated if value is not None), None)
    return None if found is None else found / 20


def _spaced(style: ParagraphFormat, element: Element) -> ParagraphFormat:
    before, after = _points(element, "w:before"), _points(element, "w:after")
    return replace(
        style,
        before=style.before if before is None else before,
        after=style.after if after is None else after,
    )


def _indented(style: ParagraphFormat, element: Element) -> ParagraphFormat:
    left = _points(element, "w:left", "w:start")
    return style if left is None else replace(style, indent=max(0.0, left))


def _tabbed(style: ParagraphFormat, element: Element) -> ParagraphFormat:
    stops = [_points(stop, "w:pos") for stop in element.iter("w:tab") if stop.get("w:val") != "clear"]
    return replace(style, tab_stops=tuple(sorted(stop for stop in stops if stop is not None and stop > 0)))


def _listed(style: ParagraphFormat, element: Element) -> ParagraphFormat:
    number, level = child(element, "w:numId"), number_of(child(element, "w:ilvl"))
    listed = style.list_id if number is None else number.get("w:val")
    return replace(style, list_id=listed, list_level=style.list_level if level is None else int(level))


def _outlined(style: ParagraphFormat, element: Element) -> ParagraphFormat:
    level = number_of(element)
    return replace(style, outline=int(level) + 1 if level is not None and 0 <= level < _DEEPEST else None)


_CHANGES: dict[str, Callable[[ParagraphFormat, Element], ParagraphFormat]] = {
    "w:spacing": _spaced,
    "w:ind": _indented,
    "w:tabs": _tabbed,
    "w:numPr": _listed,
    "w:outlineLvl": _outlined,
    "w:pageBreakBefore": lambda style, element: replace(style, page_before=is_on(element)),
}


class Styles:
    """The styles of a document, by `styles.xml` (None where it has none)."""

    def __init__(self, root: Element | None) -> None:
        self._root = root
        self._paragraphs: dict[str, ParagraphFormat] = {}

    @cached_property
    def _by_id(self) -> dict[str, Element]:
        found = self._root.iter("w:style") if self._root is not None else ()
        return {style.get("w:styleId", ""): style for style in found}

    @cached_property
    def _usual(self) -> ParagraphFormat:
        """What holds where no style says otherwise."""
        if self._root is None:
            return ParagraphFormat()
        usual = ParagraphFormat().with_own(child(self._root, "w:docDefaults/w:pPrDefault/w:pPr"))
        return replace(usual, run=usual.run.with_own(child(self._root, "w:docDefaults/w:rPrDefault/w:rPr")))

    @cached_property
    def _default_id(self) -> str:
        """The style of paragraphs that name none."""
        standard = (
            key
            for key, style in self._by_id.items()
            if style.get("w:type") == "paragraph" and style.get("w:default") in ("1", "true", "on")
        )
        return next(standard, "")

    def of_paragraph(self, style_id: str | None) -> ParagraphFormat:
        """How paragraphs of a style are set."""
        key = self._default_id if style_id is None else style_id
        if key not in self._paragraphs:
            style = self._usual
            for ancestor in reversed(list(self._ancestors(key))):
                style = style.with_own(child(ancestor, "w:pPr"))
                style = replace(style, run=style.run.with_own(child(ancestor, "w:rPr")))
            self._paragraphs[key] = self._with_named_level(key, style)
        return self._paragraphs[key]

    def of_run(self, style_id: str | None, around: RunFormat) -> RunFormat:
        """How runs of a style are set in a paragraph whose own format is `around`."""
        for ancestor in reversed(list(self._ancestors(style_id))) if style_id is not None else ():
            around = around.with_own(child(ancestor, "w:rPr"))
        return around

    def list_style(self, style_id: str) -> str | None:
        """The list that a style for lists stands for."""
        style = self._by_id.get(style_id)
        number = None if style is None else child(style, "w:pPr/w:numPr/w:numId")
        return None if number is None else number.get("w:val")

    def _with_named_level(self, style_id: str, style: ParagraphFormat) -> ParagraphFormat:
        """A style that is called a heading is one, whatever it says of its outline."""
        for ancestor in self._ancestors(style_id):
            name = child(ancestor, "w:name")
            found = _HEADING.fullmatch("" if name is None else name.get("w:val", ""))
            if found is not None:
                return replace(style, outline=style.outline or int(found[1]))
        return style

    def _ancestors(self, style_id: str | None) -> Iterator[Element]:
        """A style and those that it is based on."""
        for _ in range(_MOST_ANCESTORS):
            style = self._by_id.get(style_id or "")
            if style is None:
                return
            yield style
            based_on = child(style, "w:basedOn")
            style_id = None if based_on is None else based_on.get("w:val")
