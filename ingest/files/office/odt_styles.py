"""How text of an .odt is set: its styles, by family and name, each with the ones that it builds on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from avskrift.ingest.files.office.list_numbers import ListLevel
from avskrift.ingest.files.xml_tree import child

_POINTS = {"pt": 1.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pc": 12.0, "px": 0.75}
_MEASURE = re.compile(r"\s*(-?\d{1,6}(?:\.\d{1,6})?)\s*(pt|cm|mm|in|pc|px|%)\s*")
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LEVELS = 10
_MOST_ANCESTORS = 30
_PLAIN_BULLET = "•"


@dataclass(frozen=True, slots=True)
class OdtFormat:
    """How text is set: sizes and distances in points. `outline` is the level of a heading, `master_page` the name of
    the pages that begin with it, `list_style` that of the list whose numbers it bears."""

    size: float | None = None
    bold: bool = False
    hidden: bool = False
    struck: bool = False
    outline: int | None = None
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    tab_stops: tuple[float, ...] = ()
    breaks_before: bool = False
    breaks_after: bool = False
    master_page: str = ""
    list_style: str = ""


def points_in(stated: str | None, of: float | None = None) -> float | None:
    """A measure in points; a share in per cent is one `of` another. None where it is none."""
    found = _MEASURE.fullmatch(stated or "")
    if found is None:
        return None
    if found[2] == "%":
        return None if of is None else float(found[1]) / 100 * of
    return float(found[1]) * _POINTS[found[2]]


def whole_number(stated: str | None, usual: int, most: int = 9_999) -> int:
    """A whole number from 0 to `most` that an attribute states; the `usual` one where it states none."""
    return min(int(stated), most) if stated is not None and stated.isdecimal() and len(stated) < 10 else usual


class OdtStyles:
    """The styles of a document, out of the roots of its parts."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._defaults: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        self._outline: Element | None = None
        self._made: dict[tuple[str, str], OdtFormat] = {}
        for root in roots:
            for element in root.iter() if root is not None else ():
                self._keep(element)

    def _keep(self, element: Element) -> None:
        name = element.get("style:name", "")
        if element.tag == "style:style":
            self._styles[element.get("style:family", ""), name] = element
        elif element.tag == "style:default-style":
            self._defaults[element.get("style:family", "")] = element
        elif element.tag == "text:list-style":
            self._lists[name] = element
        elif element.tag == "text:outline-style":
            self._outline = element

    def of_paragraph(self, name: str) -> OdtFormat:
        """How paragraphs of a style are set."""
        return self._format("paragraph", name)

    def of_span(self, name: str, around: OdtFormat) -> OdtFormat:
        """How a span of a style is set in text that is set as `around`."""
        for style in reversed(list(self._ancestors("text", name))):
            around = _with_text(around, style)
        return around

    def of_table(self, name: str) -> OdtFormat:
        """How tables of a style are set, as far as they break pages."""
        return self._format("table", name)

    def levels(self, name: str) -> list[ListLevel] | None:
        """The levels of a list style; None where there is no such style."""
        style = self._lists.get(name)
        return None if style is None else _levels_of(style)

    def outline_levels(self) -> list[ListLevel]:
        """The numbers of headings by their levels."""
        return [ListLevel(form="none")] * _LEVELS if self._outline is None else _levels_of(self._outline)

    def _format(self, family: str, name: str) -> OdtFormat:
        if (family, name) not in self._made:
            made = OdtFormat()
            if family in self._defaults:
                made = _with_paragraph(_with_text(made, self._defaults[family]), self._defaults[family])
            for style in reversed(list(self._ancestors(family, name))):
                made = _with_paragraph(_with_text(made, style), style)
            own = self._styles.get((family, name))  # pages begin with the paragraph that says so itself
            made = replace(made, master_page="" if own is None else own.get("style:master-page-name", ""))
            self._made[family, name] = made
        return self._made[family, name]

    def _ancestors(self, family: str, name: str) -> Iterator[Element]:
        for _ in range(_MOST_ANCESTORS):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get("style:parent-style-name", "")


def _with_text(made: OdtFormat, style: Element) -> OdtFormat:
    properties = child(style, "style:text-properties")
    if properties is None:
        return made
    size, weight = points_in(properties.get("fo:font-size"), made.size), properties.get("fo:font-weight")
    shown = properties.get("text:display")
    line = properties.get("style:text-line-through-style", properties.get("style:text-line-through-type"))
    return replace(
        made,
        size=made.size if size is None else size,
        bold=made.bold if weight is None else weight == "bold" or (weight.isdecimal() and int(weight[:4]) >= 600),
        hidden=made.hidden if shown is None else shown == "none",
        struck=made.struck if line is None else line != "none",
    )


def _with_paragraph(made: OdtFormat, style: Element) -> OdtFormat:
    outline = style.get("style:default-outline-level")
    listed = style.get("style:list-style-name")
    made = replace(
        made,
        outline=made.outline if outline is None else whole_number(outline, 0, 9) or None,
        list_style=made.list_style if listed is None else listed,
    )
    properties = child(style, "style:paragraph-properties")
    if properties is None:
        properties = child(style, "style:table-properties")
    return made if properties is None else _spaced(made, properties)


def _spaced(made: OdtFormat, properties: Element) -> OdtFormat:
    """The format with the distances and breaks that properties state."""
    margins = [points_in(properties.get(f"fo:margin-{side}")) for side in ("top", "bottom", "left")]
    stops = [points_in(stop.get("style:position")) for stop in properties.iter("style:tab-stop")]
    return replace(
        made,
        before=made.before if margins[0] is None else margins[0],
        after=made.after if margins[1] is None else margins[1],
        indent=made.indent if margins[2] is None else max(0.0, margins[2]),
        tab_stops=tuple(sorted(stop for stop in stops if stop is not None and stop > 0)) or made.tab_stops,
        breaks_before=properties.get("fo:break-before", "page" if made.breaks_before else "") == "page",
        breaks_after=properties.get("fo:break-after", "page" if made.breaks_after else "") == "page",
    )


def _levels_of(style: Element) -> list[ListLevel]:
    levels = [ListLevel(form="none")] * _LEVELS
    for element in style:
        place = whole_number(element.get("text:level"), 1) - 1
        if 0 <= place < _LEVELS:
            levels[place] = _level_of(element, place)
    return levels


def _level_of(element: Element, place: int) -> ListLevel:
    if element.tag == "text:list-level-style-bullet":
        sign = element.get("text:bullet-char", "")
        return ListLevel(bullet=_PLAIN_BULLET if len(sign) != 1 or "\ue000" <= sign <= "\uf8ff" else sign)
    form = _FORMS.get(element.get("style:num-format", ""))
    if form is None:
        return ListLevel(form="none")
    shown = min(max(whole_number(element.get("text:display-levels"), 1), 1), place + 1)
    numbers = ".".join(f"%{level}" for level in range(place - shown + 2, place + 2))
    text = f"{element.get('style:num-prefix', '')}{numbers}{element.get('style:num-suffix', '')}"
    return ListLevel(text, form, whole_number(element.get("text:start-value"), 1))
