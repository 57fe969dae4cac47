"""Documents of LibreOffice (.odt): the parts of the package, the pages that its text fills, its warnings."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from avskrift.errors import BrokenInputError, EncryptedInputError, InputError
from avskrift.ingest.files.office.changes import LeftOut
from avskrift.ingest.files.office.flow import Flow, Paragraph
from avskrift.ingest.files.office.odt_styles import OdtStyles
from avskrift.ingest.files.office.odt_text import MasterPage, OdtText, flat
from avskrift.ingest.files.whole_file import WholeReading
from avskrift.ingest.files.xml_tree import child, parsed_xml
from avskrift.ingest.files.zip_package import ZipPackage
from avskrift.models.document import LineRole

_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES: Mapping[str, str] = {
    f"{_OPEN_DOCUMENT}office:1.0": "office",
    f"{_OPEN_DOCUMENT}text:1.0": "text",
    f"{_OPEN_DOCUMENT}table:1.0": "table",
    f"{_OPEN_DOCUMENT}style:1.0": "style",
    f"{_OPEN_DOCUMENT}drawing:1.0": "draw",
    f"{_OPEN_DOCUMENT}form:1.0": "form",
    f"{_OPEN_DOCUMENT}xsl-fo-compatible:1.0": "fo",
    f"{_OPEN_DOCUMENT}svg-compatible:1.0": "svg",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    "http://www.w3.org/1999/xlink": "xlink",
}
_MOST_PART_BYTES = 128 << 20
_MANIFEST, _CONTENT, _STYLES = "META-INF/manifest.xml", "content.xml", "styles.xml"
_HEADERS = (
    ("style:header-first", LineRole.HEADER),
    ("style:header", LineRole.HEADER),
    ("style:header-left", LineRole.HEADER),
    ("style:footer-first", LineRole.FOOTER),
    ("style:footer", LineRole.FOOTER),
    ("style:footer-left", LineRole.FOOTER),
)


def read_odt(data: bytes) -> WholeReading:
    """The pages of an .odt. Raises `BrokenInputError`, `UnsupportedFormatError`, `LimitExceededError` or
    `EncryptedInputError`."""
    package = ZipPackage(data)
    if package.holds(_MANIFEST) and b"encryption-data" in package.read(_MANIFEST, _MOST_PART_BYTES):
        raise EncryptedInputError("the document is encrypted; save it without its password first")
    content = parsed_xml(package.read(_CONTENT, _MOST_PART_BYTES), _PREFIXES)
    body = child(content, "office:body/office:text")
    if body is None:
        raise BrokenInputError("the document has no text")
    styles, warnings = _styles_in(package)
    left_out = LeftOut()
    changes = {region.get("text:id", region.get("id", "")): region for region in content.iter("text:changed-region")}
    controls = {element.get("id", element.get("form:id", "")): element for element in _controls_in(content)}
    text = OdtText(OdtStyles(styles, content), changes, controls, left_out)
    flow = Flow()
    _fill(flow, body, text, _master_pages(styles))
    return WholeReading(flow.pages(), (*left_out.warnings(), *warnings))


def _styles_in(package: ZipPackage) -> tuple[Element | None, tuple[str, ...]]:
    """The part that holds the styles; one that is damaged is left out and told."""
    if not package.holds(_STYLES):
        return None, ()
    try:
        return parsed_xml(package.read(_STYLES, _MOST_PART_BYTES), _PREFIXES), ()
    except InputError as error:
        return None, (f"the part {_STYLES} of the document was left out: {error}",)


def _controls_in(content: Element) -> list[Element]:
    return [element for forms in content.iter("office:forms") for element in forms.iter() if element is not forms]


def _master_pages(styles: Element | None) -> dict[str, Element]:
    found = styles.iter("style:master-page") if styles is not None else ()
    return {page.get("style:name", ""): page for page in found}


def _fill(flow: Flow, body: Element, text: OdtText, masters: Mapping[str, Element]) -> None:
    """Sets the text of a document on pages, each kind of page with what stands around it on the first of them."""
    shown: set[str] = set()
    begun = False
    for block in text.blocks(body):
        if isinstance(block, MasterPage):
            flow.begin_page()
            _set_around(flow, masters.get(block.name), text, shown)
            begun = True
            continue
        if not begun:
            _set_around(flow, masters.get("Standard", next(iter(masters.values()), None)), text, shown)
            begun = True
        if isinstance(block, Paragraph):
            flow.add(block)
        else:
            flow.add_table(block)


def _set_around(flow: Flow, master: Element | None, text: OdtText, shown: set[str]) -> None:
    """Sets what stands around pages of a kind, unless it was set before."""
    if master is None or master.get("style:name", "") in shown:
        return
    shown.add(master.get("style:name", ""))
    for tag, role in _HEADERS:
        part = child(master, tag)
        if part is not None and part.get("style:display") != "false":
            flow.add_around(flat(text.blocks(part)), role)
