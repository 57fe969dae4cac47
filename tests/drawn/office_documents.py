"""Office documents made part by part, as tests need them: .docx and .odt packages around a body that a test writes."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{_WORD}" xmlns:r="{_KINDS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def run(text: str, properties: str = "") -> str:
    """A run of Word's text, with what stands in its `w:rPr`."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; what is no XML is the text of one."""
    made = "".join(part if part.startswith("<") else run(part) for part in runs)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{made}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of cells; what is no XML is the text of a cell's one paragraph."""
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in rows) + "</w:tbl>"


def _cell(text: str) -> str:
    return f"<w:tc>{text if text.startswith('<') else paragraph(text)}</w:tc>"


def style(name: str, inside: str, based_on: str = "") -> str:
    """A style of paragraphs, called by its name without spaces."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    identifier = name.replace(" ", "")
    return f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>{base}{inside}</w:style>'


def heading_styles(list_id: str = "") -> str:
    """Styles for headings of two levels, as Word has them; numbered by a list where one is given."""
    made = ""
    for level in (1, 2):
        listed = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{list_id}"/></w:numPr>' if list_id else ""
        outline = f'<w:outlineLvl w:val="{level - 1}"/>'
        made += style(f"heading {level}", f"<w:pPr>{listed}{outline}</w:pPr><w:rPr><w:b/><w:sz w:val='28'/></w:rPr>")
    return made


def numbered_list(*levels: tuple[str, str], list_id: str = "1", more: str = "") -> str:
    """A list: for each level the form of its numbers and the text of its marker."""
    made = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="a{list_id}">{made}</w:abstractNum>'
        f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="a{list_id}"/>{more}</w:num>'
    )


def docx(body: str, parts: Mapping[str, str] | None = None, more: Mapping[str, bytes] | None = None) -> bytes:
    """A .docx: its body, and further parts by kind (`styles`, `header`, `footnotes` ...), which the text may refer to
    by that name. `more` are members of any name."""
    related = "".join(
        f'<Relationship Id="{kind}" Type="{_KINDS}/{kind.rstrip("0123456789")}" Target="{kind}.xml"/>'
        for kind in parts or {}
    )
    members = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": _relations(
            f'<Relationship Id="main" Type="{_KINDS}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relations(related),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode(),
        **{f"word/{kind}.xml": inside.encode() for kind, inside in (parts or {}).items()},
        **(more or {}),
    }
    return zip_of(members)


def part(root: str, inside: str) -> str:
    """A part of a .docx: its root element with what stands in it."""
    return f"<w:{root} {NAMESPACES}>{inside}</w:{root}>"


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """A zip archive of files by their names."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2021, 3, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def _relations(inside: str) -> bytes:
    return f'<Relationships xmlns="{_PACKAGE}">{inside}</Relationships>'.encode()


_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:"
_ODT_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{_OPEN_DOCUMENT}{name}:1.0"'
    for prefix, name in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing")),
        *(("form", "form"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible")),
    )
)
_LOEXT = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'


def odt(
    body: str, automatic: str = "", styles: str = "", masters: str = "", more: Mapping[str, bytes] | None = None
) -> bytes:
    """An .odt: its text, its automatic styles, its named styles, and its kinds of pages."""
    head = f"{_ODT_NAMESPACES} {_LOEXT} xmlns:xlink='http://www.w3.org/1999/xlink'"
    content = (
        f"<office:document-content {head}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    named = (
        f"<office:document-styles {head}><office:styles>{styles}</office:styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        for name, inside in {"content.xml": content.encode(), "styles.xml": named.encode(), **(more or {})}.items():
            archive.writestr(name, inside)
    return data.getvalue()


def p(inside: str, style_name: str = "") -> str:
    """A paragraph of an .odt."""
    named = f' text:style-name="{style_name}"' if style_name else ""
    return f"<text:p{named}>{inside}</text:p>"


def odt_table(*rows: tuple[str, ...]) -> str:
    """A table of an .odt, a paragraph in each cell."""
    made = ""
    for row in rows:
        cells = "".join(f"<table:table-cell>{p(text)}</table:table-cell>" for text in row)
        made += f"<table:table-row>{cells}</table:table-row>"
    return f"<table:table>{made}</table:table>"
