"""Documents of LibreOffice: what their lines say, how they are told apart, and what is no text of them."""

import unicodedata
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_documents import odt, odt_table, p

from avskrift.errors import EncryptedInputError, InputError, UnsupportedFormatError
from avskrift.ingest import read
from avskrift.ingest.files.office.odt import read_odt
from avskrift.models.document import Document, Line, LineRole, PageSource


def lines_of(body: str, automatic: str = "", styles: str = "", masters: str = "") -> list[Line]:
    return [line for page in read_odt(odt(body, automatic, styles, masters)).pages for line in page.lines]


def texts_of(body: str, automatic: str = "", styles: str = "", masters: str = "") -> list[str]:
    return [line.text for line in lines_of(body, automatic, styles, masters)]


def read_file(tmp_path: Path, data: bytes) -> Document:
    path = tmp_path / "avtal.odt"
    path.write_bytes(data)
    return read(path)


def style(name: str, inside: str = "", attributes: str = "", family: str = "paragraph") -> str:
    return f'<style:style style:name="{name}" style:family="{family}" {attributes}>{inside}</style:style>'


def test_paragraphs_and_headings(tmp_path: Path) -> None:
    styles = style("Rubrik", '<style:text-properties fo:font-size="14pt" fo:font-weight="bold"/>')
    body = (
        '<text:h text:outline-level="2" text:style-name="Rubrik">Parter</text:h>'
        + p("")
        + p("Granviks<text:s text:c='3'/>kommun<text:line-break/>Box <text:span>1</text:span>")
        + p("Ort<text:tab/>Datum")
    )
    (page,) = read_file(tmp_path, odt(body, styles=styles)).pages
    assert page.source is PageSource.TEXT_LAYER
    assert [(line.number, line.text, line.heading_level) for line in page.lines] == [
        (1, "Parter", 2),
        (2, "Granviks kommun", None),
        (3, "Box 1", None),
        (4, "Ort   Datum", None),
    ]
    assert (page.lines[0].font_size, page.lines[0].bold, page.lines[1].bold) == (14.0, True, False)


_NUMBERS = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" text:display-levels="2" '
    'style:num-suffix=")"/></text:list-style>'
    '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="–"/>'
    "</text:list-style>"
)


def items(*inside: str, attributes: str = 'text:style-name="L"') -> str:
    return f"<text:list {attributes}>{''.join(f'<text:list-item>{x}</text:list-item>' for x in inside)}</text:list>"


def test_lists_print_their_numbers() -> None:
    nested = items(p("Kommun"), p("Polis"), attributes="")
    body = items(p("Parter") + nested, p("Syfte") + p("mera"))
    body += items(p("Tid"), attributes='text:style-name="L" text:continue-numbering="true"')
    body += items(p("Nytt")) + items(p("punkt"), attributes='text:style-name="B"')
    assert texts_of(body, _NUMBERS) == [
        *("1. Parter", "1.a) Kommun", "1.b) Polis", "2. Syfte", "mera", "3. Tid", "1. Nytt", "– punkt"),
    ]


def test_headings_print_the_numbers_of_their_outline() -> None:
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    heads = "".join(
        f'<text:h text:outline-level="{level}">{text}</text:h>'
        for level, text in ((1, "A"), (2, "B"), (1, "C"), (2, "D"))
    )
    assert texts_of(heads, styles=outline) == ["1 A", "1.1 B", "2 C", "2.1 D"]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    who = "<office:change-info/>"
    tracked = (
        f'<text:tracked-changes><text:changed-region text:id="a"><text:insertion>{who}</text:insertion>'
        f'</text:changed-region><text:changed-region text:id="b"><text:deletion>{who}{p("1 mars 2021")}</text:deletion>'
        "</text:changed-region></text:tracked-changes>"
    )
    body = tracked + p(
        'Till <text:change text:change-id="b"/><text:change-start text:change-id="a"/>2 maj 2024'
        '<text:change-end text:change-id="a"/>.'
    )
    document = read_file(tmp_path, odt(body))
    (page,) = document.pages
    assert [line.text for line in page.lines] == ["Till 2 maj 2024."]
    assert [(hidden.text, hidden.reason) for hidden in page.hidden_text] == [("1 mars 2021", "deleted")]
    assert document.warnings == ('2 tracked changes, read as accepted: struck "1 mars 2021", inserted "2 maj 2024"',)


def test_what_is_no_text(tmp_path: Path) -> None:
    hidden = style("H", '<style:text-properties text:display="none"/>', family="text")
    body = p(
        'Synlig<text:span text:style-name="H"> dold</text:span><office:annotation><text:p>Fel?</text:p>'
        "</office:annotation> nog <text:placeholder>&lt;datum&gt;</text:placeholder>"
    )
    document = read_file(tmp_path, odt(body, hidden))
    assert [line.text for line in document.pages[0].lines] == ["Synlig nog"]
    assert [h.reason for h in document.pages[0].hidden_text] == ["hidden", "placeholder"]
    assert len(document.warnings) == 3 and document.warnings[0] == '1 comment, no part of the text: "Fel?"'


def test_struck_out_words_are_no_text(tmp_path: Path) -> None:
    lined = '<style:text-properties style:text-line-through-style="{}"/>'
    automatic = (
        style("S", lined.format("solid"), family="text")
        + style("N", lined.format("none"), family="text")
        + style("Gone", lined.format("solid"))
    )
    body = p('Gäller till <text:span text:style-name="S">1 mars 2021</text:span> 2 maj 2024') + (
        '<text:p text:style-name="Gone">Utgår. <text:span text:style-name="N">I kraft.</text:span></text:p>'
    )
    struck = p('<text:span text:style-name="S">Torget</text:span>')
    document = read_file(tmp_path, odt(body + items(p("Hamnen"), struck, p("Skolan")), automatic + _NUMBERS))
    (page,) = document.pages
    assert [line.text for line in page.lines] == ["Gäller till 2 maj 2024", "I kraft.", "1. Hamnen", "3. Skolan"]
    assert [(h.text, h.reason) for h in page.hidden_text] == [
        (text, "struck out") for text in ("1 mars 2021", "Utgår.", "Torget")
    ]
    assert document.warnings == ('3 struck-out passages, no part of the text: "1 mars 2021", "Utgår.", "Torget"',)


def test_tables_notes_boxes_and_controls(tmp_path: Path) -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p('Beslut.')}</text:note-body></text:note>"
    )
    forms = (
        '<office:forms><form:form><form:checkbox form:id="c" form:label="ja" form:current-state="checked"/></form:form>'
        "</office:forms>"
    )
    box = f"<draw:frame><draw:text-box>{p('I rutan')}</draw:text-box></draw:frame>"
    table = odt_table(("Grupp", "Möten"), ("Styrgrupp", "fyra"))
    body = forms + p(f"Text{note}") + p(f'Svar {box}<draw:control draw:control="c"/>') + table
    (page,) = read_file(tmp_path, odt(body)).pages
    assert [(line.text, line.role) for line in page.lines if line.cell is None] == [
        ("Text", LineRole.BODY),
        ("Svar ☒ ja", LineRole.BODY),
        ("I rutan", LineRole.BODY),
        ("1 Beslut.", LineRole.FOOTNOTE),
    ]
    assert [(x.text, x.cell.row, x.cell.column) for x in page.lines if x.cell] == [
        ("Grupp", 0, 0),
        ("Möten", 0, 1),
        ("Styrgrupp", 1, 0),
        ("fyra", 1, 1),
    ]
    (tied,) = page.footnotes
    assert (tied.mark, tied.marked_line) == ("1", 1)


def test_pages_and_what_stands_around_them() -> None:
    breaks = style("N", '<style:paragraph-properties fo:break-before="page"/>')
    other = style("M", attributes='style:master-page-name="Andra"')
    masters = (
        f'<style:master-page style:name="Standard"><style:header>{p("Dnr 4")}</style:header></style:master-page>'
        f'<style:master-page style:name="Andra"><style:footer>{p("Bilaga")}</style:footer></style:master-page>'
    )
    body = p("Ett") + p("Två", "N") + p("Tre<text:soft-page-break/>Fyra") + p("Fem", "M")
    pages = read_odt(odt(body, breaks + other, masters=masters)).pages
    assert [[line.text for line in page.lines] for page in pages] == [
        ["Dnr 4", "Ett"],
        ["Två", "Tre"],
        ["Fyra"],
        ["Fem", "Bilaga"],
    ]
    assert pages[0].lines[0].role is LineRole.HEADER and pages[3].lines[1].role is LineRole.FOOTER


def test_hostile_documents_end_in_one_error(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><office/>'
    with pytest.raises(UnsupportedFormatError, match=r"avtal\.odt: the XML declares entities"):
        read_file(tmp_path, odt("", more={"content.xml": bomb}))
    manifest = {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}
    with pytest.raises(EncryptedInputError, match="encrypted"):
        read_file(tmp_path, odt("", more=manifest))


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp", "Co", "Cn", "Mn")), max_size=9
)


@given(st.lists(_WORDS, max_size=5), st.lists(st.tuples(_WORDS, _WORDS), max_size=3), st.lists(_WORDS, max_size=3))
def test_no_letter_is_lost_and_none_comes_twice(
    before: list[str], cells: list[tuple[str, str]], listed: list[str]
) -> None:
    body = "".join(p(f"<text:span>{escape(text)}</text:span>") for text in before)
    body += odt_table(*(tuple(map(escape, row)) for row in cells)) + items(
        *(p(escape(x)) for x in listed), attributes=""
    )
    written = "".join([*before, *(text for row in cells for text in row), *listed])
    found = "".join("".join(line.raw.split()) for line in lines_of(body))
    assert found == "".join(unicodedata.normalize("NFC", written).split())


_WHOLE = odt(p("Granviks kommun") + odt_table(("a", "b"), ("c", "d")) + items(p("e")), _NUMBERS)


@given(st.integers(0, len(_WHOLE)), st.binary(max_size=8), st.booleans())
def test_damaged_bytes_give_a_document_or_one_error(place: int, put: bytes, cut: bool) -> None:
    data = _WHOLE[:place] + put + (b"" if cut else _WHOLE[place + len(put) :])
    try:
        pages = read_odt(data).pages
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert all(line.text for page in pages for line in page.lines)
