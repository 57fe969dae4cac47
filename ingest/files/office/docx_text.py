"""The paragraphs and tables of a .docx, as they read with every tracked change accepted."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from avskrift.ingest.files.office.changes import DELETED, HIDDEN, PLACEHOLDER, STRUCK_OUT, LeftOut
from avskrift.ingest.files.office.docx_numbering import Numbering
from avskrift.ingest.files.office.docx_styles import ParagraphFormat, RunFormat, Styles, is_on, number_of
from avskrift.ingest.files.office.flow import LINE_BREAK, PAGE_BREAK, TAB, WHITE_SPACE, Note, Paragraph
from avskrift.ingest.files.office.set_text import SetText
from avskrift.ingest.files.xml_tree import child
from avskrift.language.bullets import FROM_SYMBOL_FONTS
from avskrift.language.check_marks import WINGDINGS, WINGDINGS_2
from avskrift.models.document import HiddenText

Table = list[list[list[Paragraph]]]
"""Rows of cells of paragraphs."""
_INSERTED, _DELETED, _MOVED = "inserted", "struck", "moved"
_CHANGE = {"w:ins": _INSERTED, "w:moveTo": _MOVED, "w:del": _DELETED, "w:moveFrom": ""}
_SIGNS: Mapping[str, str] = {
    "w:tab": TAB,
    "w:ptab": TAB,
    "w:cr": LINE_BREAK,
    "w:noBreakHyphen": "-",
    "w:lastRenderedPageBreak": PAGE_BREAK,
}
_CHECKED, _UNCHECKED = "☒", "☐"
_SYMBOLS = (
    {chr(0xF000 + code): sign for code, sign in (WINGDINGS | WINGDINGS_2).items()}
    | dict.fromkeys("\uf0fc\uf050", "✓")
    | dict(FROM_SYMBOL_FONTS)
)
"""What signs of Wingdings and its like show."""
_SHOWN = str.maketrans(_SYMBOLS)
_PASSED = frozenset(("w:pPr", "w:rPr", "w:sdtPr", "w:instrText", "w:delInstrText", "w:delText", "w:rt", "mc:Fallback"))
"""What holds no text that is shown, or the same once more."""
_CONTAINERS = frozenset(("w:body", "w:tc", "w:txbxContent", "w:hdr", "w:ftr", "w:footnote", "w:endnote"))
"""What begins and ends with whole paragraphs."""
_PICTURES = frozenset(("a:blip", "v:imagedata", "c:chart", "dgm:relIds"))


class _Text(SetText):
    """The text of a paragraph so far, and the text boxes that are fixed to it."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[Element] = []

    def add_run(self, text: str, run: RunFormat) -> None:
        """Takes a run."""
        self.add(text, run.size, bold=run.bold)


class DocxText:
    """The text of the parts of a document. `notes` gives the text of a note by the name of its reference and its
    identifier; what is no text goes to `left_out`."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        notes: Callable[[str, str], Element | None],
        left_out: LeftOut,
    ) -> None:
        self._styles, self._numbering = styles, numbering
        self._notes, self._left_out = notes, left_out
        self._fields: list[bool] = []  # of each field that is open, whether its result has begun
        self._placeholders = self._in_note = 0
        self._carried: _Text | None = None  # of paragraphs whose mark is deleted: the next goes on with them
        self._marks: Counter[str] = Counter()

    def blocks(self, parent: Element) -> Iterator[Paragraph | Table]:
        """The paragraphs and tables below an element, in order; a paragraph's text boxes follow it."""
        for element in parent:
            if element.tag == "w:p":
                yield from self._paragraph(element)
            elif element.tag == "w:tbl":
                yield self._table(element)
            elif element.tag == "w:sdt":
                with_prompt = _shows_prompt(element)
                self._placeholders += with_prompt
                yield from self.blocks(element)
                self._placeholders -= with_prompt
            elif element.tag == "w:altChunk":
                self._left_out.embedded += 1
            elif element.tag not in _PASSED and len(element):
                yield from self.blocks(_chosen(element))
        if parent.tag in _CONTAINERS and self._carried is not None:
            rest, self._carried = self._carried, None
            yield self._made(rest, ParagraphFormat(), "")

    def _table(self, table: Element) -> Table:
        rows: Table = []
        for row in _rows_of(table):
            properties = child(row, "w:trPr")
            if properties is not None and child(properties, "w:del") is not None:
                self._strike_row(row, rows)
                continue
            cells: list[list[Paragraph]] = [[]] * int(_span(properties, "w:gridBefore", 0))
            for cell in _cells_of(row):
                cells.append(list(flat(self.blocks(cell))))
                cells += [[]] * (_span(child(cell, "w:tcPr"), "w:gridSpan", 1) - 1)
            rows.append(cells)
        return rows

    def _strike_row(self, row: Element, rows: Table) -> None:
        """Keeps a row that is deleted as words that are no text."""
        words = " ".join(text.text or "" for text in row.iter() if text.tag in ("w:t", "w:delText"))
        self._left_out.changes.append((_DELETED, words))
        hidden = HiddenText(" ".join(words.split()), DELETED)
        rows.append([[Paragraph("", hidden=(hidden,) if words.strip() else ())]])

    def _paragraph(self, element: Element) -> Iterator[Paragraph]:
        properties = child(element, "w:pPr")
        style = None if properties is None else child(properties, "w:pStyle")
        style_id = None if style is None else style.get("w:val")
        set_as = self._styles.of_paragraph(style_id).with_own(properties)
        text, self._carried = self._carried or _Text(), None
        if set_as.page_before:
            text.pieces.append(PAGE_BREAK)
        self._children(element, text, set_as.run)
        self._fields = [begun for begun in self._fields if begun]  # an instruction ends with its paragraph
        mark = None if properties is None else child(properties, "w:rPr/w:del")
        if mark is not None:
            self._carried = text
            return
        level = self._list_level(set_as, style_id)
        shown = text.text.strip() != ""
        marker = self._numbering.marker(set_as.list_id, level) if shown or text.is_struck_out else ""
        yield self._made(text, set_as, marker if shown else "")
        for box in text.boxes:
            yield from flat(self.blocks(box))

    def _list_level(self, set_as: ParagraphFormat, style_id: str | None) -> int:
        if set_as.list_level is not None:
            return set_as.list_level
        return self._numbering.level_of_style(set_as.list_id, style_id) or 0

    def _made(self, text: _Text, set_as: ParagraphFormat, marker: str) -> Paragraph:
        self._left_out.hidden.extend(text.hidden)
        return text.paragraph(set_as, set_as.run.size, marker, set_as.outline)

    def _children(self, parent: Element, text: _Text, run: RunFormat) -> None:
        """Takes what stands in a paragraph, or in one of its parts."""
        last = ""
        for element in parent:
            done = _CHANGE.get(element.tag)
            if done is not None:
                self._changed(element, text, run, done, goes_on=last == element.tag)
            elif element.tag == "w:r":
                self._run(element, text, run)
            elif element.tag == "w:sdt":
                with_prompt = _shows_prompt(element)
                self._placeholders += with_prompt
                self._children(element, text, run)
                self._placeholders -= with_prompt
            elif element.tag == "m:t":
                text.add_run(_words_of(element), run)
            elif element.tag not in _PASSED:
                self._children(_chosen(element), text, run)
            last = element.tag

    def _changed(self, element: Element, text: _Text, run: RunFormat, done: str, *, goes_on: bool) -> None:
        """Takes a tracked change as if it were accepted; one that `goes_on` with the change before is the same."""
        if element.tag in ("w:ins", "w:moveTo"):
            before = len(text.pieces)
            self._children(element, text, run)
            words = "".join(text.pieces[before:])
        else:
            words = "".join(_shown_words(element))
        changes = self._left_out.changes
        if done and goes_on and changes and changes[-1][0] == done:
            changes[-1] = (done, changes[-1][1] + words)
        elif done:
            changes.append((done, words))
        if element.tag == "w:del" and words.strip():
            text.hidden.append(HiddenText(" ".join(words.split()), DELETED))

    def _run(self, element: Element, text: _Text, around: RunFormat) -> None:
        properties = child(element, "w:rPr")
        style = None if properties is None else child(properties, "w:rStyle")
        run = self._styles.of_run(None if style is None else style.get("w:val"), around).with_own(properties)
        own = _Text()
        self._run_parts(element, own, run)
        text.notes += own.notes
        text.boxes += own.boxes
        shown = own.text
        reason = self._hidden_by(run, shown)
        if not reason:
            text.add_run(shown, run)
        else:
            text.hide(shown, reason)
            if reason == STRUCK_OUT and PAGE_BREAK in shown:
                text.add_run(PAGE_BREAK * shown.count(PAGE_BREAK), run)

    def _hidden_by(self, run: RunFormat, shown: str) -> str:
        """Why the words of a run are no text; empty where they are. A line through white space strikes nothing."""
        if run.hidden:
            return HIDDEN
        return PLACEHOLDER if self._placeholders else STRUCK_OUT if run.is_struck_out and shown.strip() else ""

    def _run_parts(self, parent: Element, text: _Text, run: RunFormat) -> None:
        for element in parent:
            tag = element.tag
            if tag == "w:fldChar":
                self._field(element, text, run)
            elif not all(self._fields):  # what stands in a field before its result is an instruction
                continue
            elif tag in ("w:t", "m:t"):
                text.add_run(_words_of(element).translate(_SHOWN), run)
            elif tag in _SIGNS:
                text.add_run(_SIGNS[tag], run)
            elif tag == "w:br":
                text.add_run(PAGE_BREAK if element.get("w:type") == "page" else LINE_BREAK, run)
            elif tag == "w:sym":
                text.add_run(_symbol(element), run)
            elif tag in ("w:footnoteReference", "w:endnoteReference"):
                self._note(element, text)
            elif tag == "w:txbxContent":
                text.boxes.append(element)
            elif tag not in _PASSED and tag not in ("w:footnoteRef", "w:endnoteRef"):
                self._left_out.pictures += tag in _PICTURES
                self._run_parts(_chosen(element), text, run)

    def _field(self, element: Element, text: _Text, run: RunFormat) -> None:
        kind = element.get("w:fldCharType")
        if kind == "begin":
            if all(self._fields):
                text.add_run(_form_field(element), run)
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, reference: Element, text: _Text) -> None:
        """Takes the note that a mark refers to; marks are counted as they come. A note has none itself."""
        note = self._notes(reference.tag, reference.get("w:id", ""))
        if note is None or self._in_note:
            return
        self._in_note += 1
        rows = [paragraph.text.strip() for paragraph in flat(self.blocks(note))]
        self._in_note -= 1
        own = reference.get("w:customMarkFollows", "0") not in ("0", "false", "off")
        self._marks[reference.tag] += not own
        words = LINE_BREAK.join(row for row in rows if row)
        if words:
            text.notes.append(Note("*" if own else str(self._marks[reference.tag]), words))


def _rows_of(table: Element) -> Iterator[Element]:
    for element in table:
        if element.tag == "w:tr":
            yield element
        elif element.tag in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"):
            yield from _rows_of(element)


def _cells_of(row: Element) -> Iterator[Element]:
    for element in row:
        if element.tag == "w:tc":
            yield element
        elif element.tag in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins"):
            yield from _cells_of(element)


def _span(properties: Element | None, name: str, usual: int) -> int:
    """How many columns something takes; never more than a page has room for."""
    stated = None if properties is None else number_of(child(properties, name))
    return usual if stated is None else min(max(int(stated), 0), 60)


def flat(blocks: Iterator[Paragraph | Table]) -> Iterator[Paragraph]:
    """Paragraphs alone: those of tables cell by cell."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from (paragraph for row in block for cell in row for paragraph in cell)


def _shows_prompt(control: Element) -> bool:
    """Whether a content control shows what asks to fill it in."""
    prompt = child(control, "w:sdtPr/w:showingPlcHdr")
    return prompt is not None and is_on(prompt)


def _words_of(element: Element) -> str:
    """The words of an element: white space in XML parts words and nothing else."""
    return (element.text or "").translate(WHITE_SPACE)


def _chosen(element: Element) -> Element:
    """The first of several forms of one thing."""
    choice = child(element, "mc:Choice") if element.tag == "mc:AlternateContent" else None
    fallback = child(element, "mc:Fallback") if element.tag == "mc:AlternateContent" and choice is None else None
    return choice if choice is not None else fallback if fallback is not None else element


def _shown_words(element: Element) -> Iterator[str]:
    for part in element.iter():
        if part.tag in ("w:t", "w:delText"):
            yield part.text or ""
        elif part.tag in ("w:tab", "w:br"):
            yield " "


def _symbol(element: Element) -> str:
    """The sign of a font of symbols."""
    try:
        sign = chr(int(element.get("w:char", ""), 16))
    except (ValueError, OverflowError):
        return ""
    if sign < "\ue000" and "\u0020" <= sign < "\u0100":
        sign = chr(0xF000 + ord(sign))
    return "" if "\ud800" <= sign <= "\udfff" else _SYMBOLS.get(sign, sign)


def _form_field(element: Element) -> str:
    """What an old form field shows that has no result: a box, or the entry that was chosen."""
    box = child(element, "w:ffData/w:checkBox")
    if box is not None:
        states: Sequence[Element | None] = (child(box, "w:checked"), child(box, "w:default"))
        state = next((found for found in states if found is not None), None)
        return _CHECKED if state is not None and is_on(state) else _UNCHECKED
    entries = [e.get("w:val", "") for e in element.iter("w:listEntry")]
    chosen = int(number_of(child(element, "w:ffData/w:ddList/w:result")) or 0)
    return entries[chosen] if 0 <= chosen < len(entries) else ""
