"""The paragraphs, lists and tables of an .odt, as they read with every tracked change accepted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from avskrift.ingest.files.office.changes import DELETED, HIDDEN, PLACEHOLDER, STRUCK_OUT, LeftOut
from avskrift.ingest.files.office.flow import LINE_BREAK, PAGE_BREAK, TAB, WHITE_SPACE, Note, Paragraph
from avskrift.ingest.files.office.list_numbers import ListCounter, ListLevel
from avskrift.ingest.files.office.odt_styles import OdtFormat, OdtStyles, whole_number
from avskrift.ingest.files.office.set_text import SetText
from avskrift.ingest.files.xml_tree import child

Table = list[list[list[Paragraph]]]
"""Rows of cells of paragraphs."""
_MOST_REPEATED = 60
"""Times that a cell or a row is repeated, which is how empty ones are written."""
_SIGNS = {"text:tab": TAB, "text:line-break": LINE_BREAK, "text:soft-page-break": PAGE_BREAK}
_PASSED = frozenset(
    (
        *("text:note-citation", "text:ruby-text", "text:number", "text:tracked-changes", "text:sequence-decls"),
        *(
            "office:forms",
            "text:variable-decls",
            "text:user-field-decls",
            "svg:title",
            "svg:desc",
            "office:binary-data",
        ),
        *("office:event-listeners", "text:alphabetical-index-auto-mark-file", "office:scripts"),
    )
)
"""What holds no text of its place."""
_BLOCKS = frozenset(("text:p", "text:h", "text:list", "table:table"))
_PICTURES = frozenset(("draw:image", "draw:object", "draw:object-ole"))


@dataclass(slots=True)
class _List:
    """A list that is open: its style, its levels, how deep it is nested (from 0), and whether its item has its marker
    yet."""

    levels: list[ListLevel] | None
    counter: ListCounter
    depth: int
    marked: bool = True
    number: str | None = None


@dataclass(frozen=True, slots=True)
class MasterPage:
    """The name of the pages that begin here."""

    name: str


@dataclass(slots=True)
class _Open:
    """What is open where the text is read."""

    lists: list[_List] = field(default_factory=list)
    insertions: dict[str, list[str]] = field(default_factory=dict)
    hidden: int = 0


class OdtText:
    """The text of the parts of a document; `changes` are its tracked changes by their identifiers, `controls` the
    fields of forms by theirs. What is no text goes to `left_out`."""

    def __init__(
        self, styles: OdtStyles, changes: dict[str, Element], controls: dict[str, Element], left_out: LeftOut
    ) -> None:
        self._styles, self._changes, self._controls = styles, changes, controls
        self._left_out = left_out
        self._open = _Open()
        self._counters: dict[str, ListCounter] = {}
        self._outline = ListCounter()
        self._notes = {"footnote": 0, "endnote": 0}
        self._boxes: list[Element] = []
        self._dispatch: dict[str, Callable[[Element, SetText, OdtFormat], None]] = {
            "text:span": self._span,
            "text:s": lambda element, text, format_: text.add(
                " " * max(1, whole_number(element.get("text:c"), 1, 500)), format_.size, bold=format_.bold
            ),
            "text:note": lambda element, text, format_: self._note(element, text),
            "office:annotation": lambda element, text, format_: self._comment(element),
            "text:change-start": lambda element, text, format_: self._begin_insertion(element),
            "text:change-end": lambda element, text, format_: self._end_insertion(element),
            "text:change": self._deleted,
            "draw:control": self._control,
            "text:hidden-text": self._hidden_field,
            "text:hidden-paragraph": lambda element, text, format_: None,
            "text:placeholder": self._placeholder,
            "loext:content-control": self._content_control,
        }

    def blocks(self, parent: Element) -> Iterator[Paragraph | Table | MasterPage]:
        """The paragraphs and tables below an element, in order; a paragraph's text boxes follow it."""
        for element in parent:
            tag = element.tag
            if tag in ("text:p", "text:h"):
                yield from self._paragraph(element)
            elif tag == "text:list":
                yield from self._list(element)
            elif tag == "table:table":
                yield from self._table(element)
            elif tag == "text:soft-page-break":
                yield Paragraph(PAGE_BREAK)
            elif tag in ("text:change", "text:change-start", "text:change-end", "office:annotation"):
                text = SetText()
                self._dispatch[tag](element, text, OdtFormat())
                if text.hidden:
                    yield self._made(text, OdtFormat(), "")
            elif tag == "text:section" and element.get("text:display") == "none":
                self._open.hidden += 1
                yield from self.blocks(element)
                self._open.hidden -= 1
            elif tag not in _PASSED:
                self._left_out.pictures += tag in _PICTURES
                yield from self.blocks(element)

    def _list(self, element: Element) -> Iterator[Paragraph | Table | MasterPage]:
        lists = self._open.lists
        name = element.get("text:style-name", "")
        outer = lists[-1] if lists else None
        levels = self._styles.levels(name) or (outer.levels if outer is not None else None)
        counter = self._counter_of(element, name) if outer is None else outer.counter
        opened = _List(levels, counter, 0 if outer is None else outer.depth + 1)
        lists.append(opened)
        for item in element:
            if item.tag not in ("text:list-item", "text:list-header"):
                continue
            opened.marked = item.tag == "text:list-header"
            number = child(item, "text:number")
            opened.number = None if number is None else "".join(number.itertext()).strip()
            start = item.get("text:start-value")
            if start is not None:
                opened.counter.restart(min(opened.depth, 9), whole_number(start, 1))
            yield from self.blocks(item)
        lists.pop()

    def _counter_of(self, element: Element, name: str) -> ListCounter:
        """The counter of a list: that of the list that it goes on with, or a new one."""
        continued = f"list {element.get('text:continue-list')}"
        goes_on = element.get("text:continue-numbering") == "true"
        counter = self._counters.get(continued) or (self._counters.get(f"style {name}") if goes_on else None)
        counter = counter or ListCounter()
        self._counters[f"style {name}"] = counter
        self._counters[f"list {element.get('id', '')}"] = counter
        return counter

    def _marker(self, element: Element, set_as: OdtFormat) -> str:
        """The number or bullet before a paragraph; empty where there is none."""
        if self._open.lists:
            item = self._open.lists[-1]
            if item.marked:
                return ""
            item.marked = True
            levels = item.levels or self._styles.levels(set_as.list_style)
            counted = "" if levels is None else item.counter.marker(min(item.depth, 9), levels).strip()
            return item.number if item.number is not None else counted
        number = child(element, "text:number")
        level = _outline_of(element, set_as)
        counts = element.tag == "text:h" and level is not None and element.get("text:is-list-header") != "true"
        counted = self._outline.marker(level - 1, self._styles.outline_levels()).strip() if counts and level else ""
        return "".join(number.itertext()).strip() if number is not None else counted

    def _paragraph(self, element: Element) -> Iterator[Paragraph | MasterPage]:
        set_as = self._styles.of_paragraph(element.get("text:style-name", ""))
        if set_as.master_page:
            yield MasterPage(set_as.master_page)
        text, outer = SetText(), self._boxes
        self._boxes = []
        if set_as.breaks_before:
            text.add(PAGE_BREAK, None, bold=False)
        self._inline(element, text, set_as)
        boxes, self._boxes = self._boxes, outer
        shown = text.text.strip() != ""
        marker = self._marker(element, set_as) if shown or text.is_struck_out else ""
        made = self._made(text, set_as, marker if shown else "", _outline_of(element, set_as))
        yield made
        for box in boxes:
            yield from flat(self.blocks(box))
        if set_as.breaks_after:
            yield Paragraph(PAGE_BREAK)

    def _made(self, text: SetText, set_as: OdtFormat, marker: str, outline: int | None = None) -> Paragraph:
        self._left_out.hidden.extend(text.hidden)
        return text.paragraph(set_as, set_as.size, marker, outline)

    def _inline(self, parent: Element, text: SetText, set_as: OdtFormat) -> None:
        """Takes what stands in a paragraph, or in one of its parts."""
        self._add(parent.text, text, set_as)
        for element in parent:
            if element.tag in _SIGNS:
                text.add(_SIGNS[element.tag], set_as.size, bold=set_as.bold)
            elif element.tag in self._dispatch:
                self._dispatch[element.tag](element, text, set_as)
            elif element.tag in _PICTURES:
                self._left_out.pictures += not element.get("xlink:href", "").startswith("./ObjectReplacements")
            elif any(below.tag in _BLOCKS for below in element):
                self._boxes.append(element)  # a shape with text in it
            elif element.tag not in _PASSED:
                self._inline(element, text, set_as)
            self._add(element.tail, text, set_as)

    def _add(self, words: str | None, text: SetText, set_as: OdtFormat) -> None:
        if not words:
            return
        words = words.translate(WHITE_SPACE)
        if set_as.hidden or self._open.hidden:
            text.hide(words, HIDDEN)
            return
        if set_as.struck and words.strip():
            text.hide(words, STRUCK_OUT)
            return
        text.add(words, set_as.size, bold=set_as.bold)
        for inserted in self._open.insertions.values():
            inserted.append(words)

    def _span(self, element: Element, text: SetText, set_as: OdtFormat) -> None:
        self._inline(element, text, self._styles.of_span(element.get("text:style-name", ""), set_as))

    def _note(self, element: Element, text: SetText) -> None:
        citation, body = child(element, "text:note-citation"), child(element, "text:note-body")
        kind = element.get("text:note-class", "footnote")
        self._notes[kind] = self._notes.get(kind, 0) + 1
        mark = "".join(citation.itertext()).strip() if citation is not None else ""
        rows = [p.text.strip() for p in flat(self.blocks(body))] if body is not None else []
        words = LINE_BREAK.join(row for row in rows if row)
        if words:
            text.notes.append(Note(mark or str(self._notes[kind]), words))

    def _comment(self, element: Element) -> None:
        rows = ["".join(p.itertext()) for p in element.iter("text:p")]
        self._left_out.comments.append(" ".join(" ".join(rows).split()))

    def _begin_insertion(self, element: Element) -> None:
        name = element.get("text:change-id", "")
        region = self._changes.get(name)
        if region is not None and child(region, "text:insertion") is not None:
            self._open.insertions[name] = []

    def _end_insertion(self, element: Element) -> None:
        words = self._open.insertions.pop(element.get("text:change-id", ""), None)
        if words is not None:
            self._left_out.changes.append(("inserted", "".join(words)))

    def _deleted(self, element: Element, text: SetText, set_as: OdtFormat) -> None:
        region = self._changes.get(element.get("text:change-id", ""))
        deletion = None if region is None else child(region, "text:deletion")
        if deletion is None:
            return
        rows = [" ".join("".join(p.itertext()).split()) for p in deletion if not p.tag.startswith("office:")]
        words = " ".join(row for row in rows if row)
        self._left_out.changes.append(("struck", words))
        text.hide(words, DELETED)

    def _control(self, element: Element, text: SetText, set_as: OdtFormat) -> None:
        """Takes a field of a form: a box with its label, or what was written into it."""
        control = self._controls.get(element.get("draw:control", ""))
        if control is None:
            return
        if control.tag in ("form:checkbox", "form:radio"):
            state = control.get("form:current-state", control.get("form:state", ""))
            checked = state == "checked" or control.get("form:current-selected") == "true"
            self._add(f"{'☒' if checked else '☐'} {control.get('form:label', '')}", text, set_as)
        else:
            self._add(control.get("form:current-value", control.get("form:value", "")), text, set_as)

    def _hidden_field(self, element: Element, text: SetText, set_as: OdtFormat) -> None:
        words = element.get("text:string-value") or "".join(element.itertext())
        if element.get("text:is-hidden") == "false":
            self._add("".join(element.itertext()) or words, text, set_as)
        else:
            text.hide(words, HIDDEN)

    def _placeholder(self, element: Element, text: SetText, set_as: OdtFormat) -> None:
        text.hide("".join(element.itertext()), PLACEHOLDER)

    def _content_control(self, element: Element, text: SetText, set_as: OdtFormat) -> None:
        if element.get("loext:showing-place-holder") == "true":
            self._placeholder(element, text, set_as)
        else:
            self._inline(element, text, set_as)

    def _table(self, element: Element) -> Iterator[Paragraph | Table | MasterPage]:
        set_as = self._styles.of_table(element.get("table:style-name", ""))
        if set_as.master_page:
            yield MasterPage(set_as.master_page)
        if set_as.breaks_before:
            yield Paragraph(PAGE_BREAK)
        lists, self._open.lists = self._open.lists, []
        rows: Table = []
        broken = False
        for row in _rows_of(element):
            if row.tag == "text:soft-page-break":
                broken = True
                continue
            cells = list(self._cells(row))
            if broken:
                _break_before(cells)
            broken = False
            rows += [cells] * min(
                whole_number(row.get("table:number-rows-repeated"), 1) or 1, 1 if any(cells) else _MOST_REPEATED
            )
        self._open.lists = lists
        yield rows

    def _cells(self, row: Element) -> Iterator[list[Paragraph]]:
        for cell in row:
            if cell.tag not in ("table:table-cell", "table:covered-table-cell"):
                continue
            paragraphs = list(flat(self.blocks(cell)))
            times = min(whole_number(cell.get("table:number-columns-repeated"), 1) or 1, _MOST_REPEATED)
            yield paragraphs
            for _ in range(times - 1):
                yield []


def _outline_of(element: Element, set_as: OdtFormat) -> int | None:
    if element.tag == "text:h":
        return whole_number(element.get("text:outline-level"), set_as.outline or 1, 9) or 1
    return set_as.outline


def _rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table, and the breaks of pages between them."""
    for element in table:
        if element.tag in ("table:table-row", "text:soft-page-break"):
            yield element
        elif element.tag in ("table:table-header-rows", "table:table-rows", "table:table-row-group"):
            yield from _rows_of(element)


def _break_before(cells: list[list[Paragraph]]) -> None:
    """Has a row begin a page."""
    if cells:
        cells[0] = [Paragraph(PAGE_BREAK), *cells[0]]


def flat(blocks: Iterator[Paragraph | Table | MasterPage]) -> Iterator[Paragraph]:
    """Paragraphs alone: those of tables cell by cell."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, list):
            yield from (paragraph for row in block for cell in row for paragraph in cell)
