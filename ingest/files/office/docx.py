"""Documents of Word (.docx): the parts of the package, its sections with their headers and footers, its warnings."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from xml.etree.ElementTree import Element

from avskrift.errors import BrokenInputError, InputError
from avskrift.ingest.files.office.changes import LeftOut
from avskrift.ingest.files.office.docx_numbering import Numbering
from avskrift.ingest.files.office.docx_styles import Styles, is_on
from avskrift.ingest.files.office.docx_text import DocxText, Table, flat
from avskrift.ingest.files.office.flow import Flow, Paragraph
from avskrift.ingest.files.whole_file import WholeReading
from avskrift.ingest.files.xml_tree import child, children, parsed_xml
from avskrift.ingest.files.zip_package import ZipPackage
from avskrift.models.document import LineRole

_FORMATS = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_PREFIXES: Mapping[str, str] = {
    f"{_FORMATS}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_FORMATS}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_FORMATS}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    f"{_FORMATS}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    f"{_FORMATS}drawingml/2006/chart": "c",
    f"{_FORMATS}drawingml/2006/diagram": "dgm",
    f"{_FORMATS}markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
}
_MOST_PART_BYTES = 128 << 20
_HEADERS = (("w:headerReference", LineRole.HEADER), ("w:footerReference", LineRole.FOOTER))


def read_docx(data: bytes) -> WholeReading:
    """The pages of a .docx. Raises `BrokenInputError`, `UnsupportedFormatError`, `LimitExceededError` or
    `EncryptedInputError`."""
    package = _Package(data)
    left_out = LeftOut()
    body = child(package.main, "w:body")
    if body is None:
        raise BrokenInputError("the document has no body")
    left_out.comments += [
        " ".join("".join(text.text or "" for text in comment.iter("w:t")).split())
        for comment in package.children("comments", "w:comment")
    ]
    text = package.text(left_out)
    flow = Flow()
    _fill(flow, body, text, package)
    return WholeReading(flow.pages(), (*left_out.warnings(), *package.warnings))


def _fill(flow: Flow, body: Element, text: DocxText, package: "_Package") -> None:
    """Sets the text of a document on pages: section by section, each with what stands around its pages."""
    sections = _sections_in(body)
    _set_around(flow, sections[0] if sections else None, text, package)
    place = 0
    for element in body:
        part = Element("w:part")
        part.append(element)
        _add(flow, text.blocks(part))
        ended = len(_sections_in(element)) if element.tag != "w:sectPr" else 0
        if ended and place + ended < len(sections):
            place += ended
            if _begins_page(sections[place]):
                flow.begin_page()
            _set_around(flow, sections[place], text, package)
    _add(flow, text.blocks(Element("w:body")))  # what a deleted mark at the end left open


def _add(flow: Flow, blocks: Iterator[Paragraph | Table]) -> None:
    for block in blocks:
        if isinstance(block, Paragraph):
            flow.add(block)
        else:
            flow.add_table(block)


def _sections_in(element: Element) -> list[Element]:
    """What an element says of sections, but for what they were before a tracked change."""
    before = {id(old) for change in element.iter("w:sectPrChange") for old in change.iter("w:sectPr")}
    return [section for section in element.iter("w:sectPr") if id(section) not in before]


def _begins_page(section: Element) -> bool:
    kind = child(section, "w:type")
    return kind is None or kind.get("w:val") not in ("continuous", "nextColumn")


def _set_around(flow: Flow, section: Element | None, text: DocxText, package: "_Package") -> None:
    """Sets the headers and footers that a section brings on the page that it begins on."""
    if section is None:
        return
    first = child(section, "w:titlePg")
    kinds = {"default": True, "first": first is not None and is_on(first), "even": package.has_even_pages}
    for tag, role in _HEADERS:
        for reference in children(section, tag):
            part = package.related(reference.get("r:id", ""))
            if part is not None and kinds.get(reference.get("w:type", "default"), False):
                flow.add_around(flat(text.blocks(part)), role)


class _Package:
    """The parts of a document. One that is damaged is left out and told; without the main one there is none."""

    def __init__(self, data: bytes) -> None:
        self._zip = ZipPackage(data)
        self.warnings: list[str] = []
        self._main_name = self._found_main()
        self.main = parsed_xml(self._zip.read(self._main_name, _MOST_PART_BYTES), _PREFIXES)

    def _found_main(self) -> str:
        """The name of the part that holds the text."""
        for kind, target in self._relations("").values():
            if kind == "officeDocument" and self._zip.holds(target):
                return target
        return "word/document.xml"

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside of the package: kind and name, by the reference's identifier."""
        folder, name = posixpath.split(part)
        place = posixpath.join(folder, "_rels", f"{name}.rels")
        root = self._part(place) if self._zip.holds(place) else None
        found: dict[str, tuple[str, str]] = {}
        for relation in root if root is not None else ():
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                found[relation.get("Id", "")] = relation.get("Type", "").rpartition("/")[2], target
        return found

    def _part(self, name: str) -> Element | None:
        try:
            return parsed_xml(self._zip.read(name, _MOST_PART_BYTES), _PREFIXES)
        except InputError as error:
            self.warnings.append(f"the part {name} of the document was left out: {error}")
            return None

    @cached_property
    def _of_main(self) -> dict[str, tuple[str, str]]:
        return self._relations(self._main_name)

    def related(self, reference: str) -> Element | None:
        """The part that the text refers to by an identifier."""
        _, name = self._of_main.get(reference, ("", ""))
        return self._part(name) if name and self._zip.holds(name) else None

    def _of_kind(self, kind: str) -> Element | None:
        names = [name for found, name in self._of_main.values() if found == kind]
        return self._part(names[0]) if names and self._zip.holds(names[0]) else None

    def children(self, kind: str, tag: str) -> list[Element]:
        """The elements of a tag in the part of a kind; none where there is no such part."""
        root = self._of_kind(kind)
        return [] if root is None else children(root, tag)

    @cached_property
    def has_even_pages(self) -> bool:
        """Whether pages with even numbers have headers of their own."""
        settings = self._of_kind("settings")
        found = None if settings is None else child(settings, "w:evenAndOddHeaders")
        return found is not None and is_on(found)

    def text(self, left_out: LeftOut) -> DocxText:
        """What reads the text of its parts."""
        styles = Styles(self._of_kind("styles"))
        return DocxText(styles, Numbering(self._of_kind("numbering"), styles), self._notes(), left_out)

    def _notes(self) -> Callable[[str, str], Element | None]:
        """The notes by their references; rules between text and notes are none."""
        found = {
            (f"{tag}Reference", note.get("w:id", "")): note
            for kind, tag in (("footnotes", "w:footnote"), ("endnotes", "w:endnote"))
            for note in self.children(kind, tag)
            if note.get("w:type", "normal") == "normal"
        }
        return lambda reference, identifier: found.get((reference, identifier))
