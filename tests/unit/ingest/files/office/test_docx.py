"""Documents of Word: what their lines say, how they are told apart, and what is no text of them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_documents import docx, heading_styles, numbered_list, paragraph, part, run, style, table

from avskrift.errors import BrokenInputError, EmptyInputError, InputError, LimitExceededError, UnsupportedFormatError
from avskrift.ingest import read
from avskrift.ingest.files.office.docx import read_docx
from avskrift.models.document import Document, Line, LineRole, PageSource


def lines_of(body: str, **parts: str) -> list[Line]:
    return [line for page in read_docx(docx(body, parts)).pages for line in page.lines]


def texts_of(body: str, **parts: str) -> list[str]:
    return [line.text for line in lines_of(body, **parts)]


def read_file(tmp_path: Path, data: bytes) -> Document:
    path = tmp_path / "avtal.docx"
    path.write_bytes(data)
    return read(path)


def test_paragraphs_are_lines_with_their_numbers(tmp_path: Path) -> None:
    body = paragraph("Överenskommelse") + paragraph() + paragraph("Granviks kommun", "<w:r><w:br/></w:r>", "Box 1")
    document = read_file(tmp_path, docx(body))
    (page,) = document.pages
    assert page.source is PageSource.TEXT_LAYER and page.number == 1 and page.confidence == 1.0
    assert [(line.number, line.text) for line in page.lines] == [
        (1, "Överenskommelse"),
        (2, "Granviks kommun"),
        (3, "Box 1"),
    ]
    assert page.lines[1].space_before >= 1 and page.lines[2].space_before == 0
    assert [word.raw for word in page.lines[1].words] == ["Granviks", "kommun"]
    assert document.engine is None and document.warnings == ()


def test_headings_have_the_level_of_their_style() -> None:
    styles = part("styles", heading_styles() + style("Avsnitt", "", based_on="heading1"))
    lines = lines_of(
        paragraph("Parter", style="heading1")
        + paragraph("Kommunen", style="heading2")
        + paragraph("Polisen", properties='<w:outlineLvl w:val="2"/>')
        + paragraph("Syfte", style="Avsnitt")
        + paragraph("Text"),
        styles=styles,
    )
    assert [line.heading_level for line in lines] == [1, 2, 3, 1, None]
    assert [line.bold for line in lines] == [True, True, False, True, False]
    assert lines[0].font_size == 14.0 and lines[4].font_size is None


def test_lists_print_their_numbers() -> None:
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    one, two = item.format(0), item.format(1)
    numbering = part("numbering", numbered_list(("decimal", "%1."), ("lowerLetter", "%1.%2)")))
    assert texts_of(
        "".join(
            paragraph(text, properties=level)
            for text, level in (("Parter", one), ("Kommun", two), ("Polis", two), ("Syfte", one), ("Barn", two))
        ),
        numbering=numbering,
    ) == ["1. Parter", "1.a) Kommun", "1.b) Polis", "2. Syfte", "2.a) Barn"]


def test_numbers_come_from_styles_and_begin_anew() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = part(
        "numbering",
        numbered_list(("upperRoman", "%1"), ("decimal", "§ %2"))
        + f'<w:num w:numId="2"><w:abstractNumId w:val="a1"/>{restart}</w:num>'
        + numbered_list(("bullet", "\uf0b7"), list_id="3"),
    )
    other, bullet = (f'<w:numPr><w:numId w:val="{n}"/></w:numPr>' for n in (2, 3))
    assert texts_of(
        paragraph("Parter", style="heading1")
        + paragraph("Tid", style="heading2")
        + paragraph("Syfte", style="heading1")
        + paragraph("Mål", properties=other)
        + paragraph("barn", properties=bullet)
        + paragraph("unnumbered", style="heading1", properties='<w:numPr><w:numId w:val="0"/></w:numPr>'),
        styles=part("styles", heading_styles("1")),
        numbering=numbering,
    ) == ["I Parter", "§ 1 Tid", "II Syfte", "V Mål", "• barn", "unnumbered"]


def test_tables_are_cells_and_merged_ones_keep_their_places() -> None:
    wide = f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("Styrgrupp")}'
    lines = lines_of(table(("Grupp", "Ansvar", "Möten"), (wide, "fyra gånger"), ("Beredning", "", "varje månad")))
    assert [(line.text, line.cell.row, line.cell.column) for line in lines if line.cell] == [
        ("Grupp", 0, 0),
        ("Ansvar", 0, 1),
        ("Möten", 0, 2),
        ("Styrgrupp", 1, 0),
        ("fyra gånger", 1, 2),
        ("Beredning", 2, 0),
        ("varje månad", 2, 2),
    ]
    assert [line.cell for line in lines_of(table(("Anna Ek", "Bo Ask")))] == [None, None]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    body = (
        paragraph(
            "Gäller till den ",
            f"<w:del><w:r><w:delText>1 mars 2021</w:delText></w:r></w:del><w:ins>{run('2 maj 2024')}</w:ins>",
            ".",
        )
        + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Parterna </w:t></w:r></w:p>"
        + paragraph("är eniga.")
        + f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('Struken rad')}</w:tc></w:tr>"
        + f"<w:tr><w:tc>{paragraph('Kvar')}</w:tc></w:tr></w:tbl>"
        + "<w:p><w:moveFrom><w:r><w:t>flyttad</w:t></w:r></w:moveFrom></w:p>"
        + f"<w:p><w:moveTo>{run('flyttad')}</w:moveTo></w:p>"
    )
    document = read_file(tmp_path, docx(body))
    (page,) = document.pages
    assert [line.text for line in page.lines] == [
        "Gäller till den 2 maj 2024.",
        "Parterna är eniga.",
        "Kvar",
        "flyttad",
    ]
    assert [(h.text, h.reason) for h in page.hidden_text] == [("1 mars 2021", "deleted"), ("Struken rad", "deleted")]
    (warning,) = document.warnings
    assert warning.startswith("4 tracked changes, read as accepted: ")
    assert 'struck "1 mars 2021"' in warning and 'inserted "2 maj 2024"' in warning


def test_hidden_words_comments_and_prompts_are_no_text(tmp_path: Path) -> None:
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Klicka här')}</w:sdtContent></w:sdt>"
    body = paragraph("Synlig", run(" dold", "<w:vanish/>"), run(" text", "<w:vanish/>"), run(" nog", "")) + paragraph(
        "Datum: ", prompt, '<w:r><w:commentReference w:id="1"/></w:r>'
    )
    comments = part("comments", f'<w:comment w:id="1">{paragraph("Stämmer detta?")}</w:comment>')
    document = read_file(tmp_path, docx(body, {"comments": comments}))
    (page,) = document.pages
    assert [line.text for line in page.lines] == ["Synlig nog", "Datum:"]
    assert [(h.text, h.reason) for h in page.hidden_text] == [("dold text", "hidden"), ("Klicka här", "placeholder")]
    assert document.warnings == (
        '1 comment, no part of the text: "Stämmer detta?"',
        '1 hidden passage, no part of the text: "dold text"',
        '1 field, not filled in: "Klicka här"',
    )


def test_struck_out_words_are_no_text(tmp_path: Path) -> None:
    styles = part(
        "styles",
        '<w:style w:type="character" w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="gone"><w:rPr><w:dstrike/></w:rPr></w:style>',
    )
    body = (
        paragraph("Gäller till ", run("1 mars", "<w:strike/>"), run(" ", "<w:strike/>"), run("2021", "<w:dstrike/>"))
        + paragraph("Ansvarig: ", run("Bo Ask", '<w:rStyle w:val="old"/>'), run(" Eva Ek"))
        + paragraph("Paragrafen utgår.", style="gone")
        + paragraph(run("Möten hålls ", '<w:strike w:val="0"/>'), style="")
        + "<w:p><w:pPr><w:pStyle w:val='gone'/></w:pPr>"
        + run("Åter i kraft.", '<w:dstrike w:val="false"/>')
        + "</w:p>"
    )
    document = read_file(tmp_path, docx(body, {"styles": styles}))
    (page,) = document.pages
    assert [line.text for line in page.lines] == ["Gäller till", "Ansvarig: Eva Ek", "Möten hålls", "Åter i kraft."]
    assert [(h.text, h.reason) for h in page.hidden_text] == [
        ("1 mars 2021", "struck out"),
        ("Bo Ask", "struck out"),
        ("Paragrafen utgår.", "struck out"),
    ]
    assert document.warnings == (
        '3 struck-out passages, no part of the text: "1 mars 2021", "Bo Ask", "Paragrafen utgår."',
    )


def test_items_that_are_struck_out_keep_their_numbers() -> None:
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    numbering = part("numbering", numbered_list(("decimal", "%1.")))
    struck = run("Torget", "<w:strike/>")
    body = "".join(paragraph(inside, properties=item) for inside in ("Hamnen", struck, "Skolan"))
    assert texts_of(body, numbering=numbering) == ["1. Hamnen", "3. Skolan"]


def test_fields_show_their_results() -> None:
    body = paragraph(
        "Sida ",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:t>not shown</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        run("4"),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        '<w:fldSimple w:instr="NUMPAGES"><w:r><w:t xml:space="preserve"> av 9</w:t></w:r></w:fldSimple>',
    ) + paragraph(*(_form(inside) for inside in (_BOX.format(1), _BOX.format(0), _CHOICE)))
    assert texts_of(body) == ["Sida 4 av 9", "☒☐kommunen"]


_BOX = '<w:checkBox><w:default w:val="0"/><w:checked w:val="{}"/></w:checkBox>'
_CHOICE = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="polisen"/><w:listEntry w:val="kommunen"/></w:ddList>'


def _form(inside: str) -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inside}</w:ffData></w:fldChar></w:r>'
    return f'{begin}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def test_a_field_that_never_ends_swallows_no_text() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert texts_of(paragraph("a", begun) + paragraph("b") + table(("c", "d"), ("e", "f"))) == list("abcdef")


def test_signs_of_word() -> None:
    box = "<w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>"
    body = paragraph(
        box,
        "<w:r><w:tab/></w:r>",
        '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>',
        "nej 08",
        "<w:r><w:noBreakHyphen/></w:r>",
        "12 kom",
        "<w:r><w:softHyphen/></w:r>",
        "mun\u00a0x",
    )
    assert texts_of(body) == ["☒   ☐nej 08-12 kommun x"]
    assert texts_of(paragraph("1.", "<w:r><w:tab/></w:r>", "Parter")) == ["1. Parter"]


def test_headers_footers_and_notes_have_their_roles(tmp_path: Path) -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:footerReference r:id="footer1"/></w:sectPr>'
    )
    reference = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    parts = {
        "header1": part("hdr", table(("Dnr KS 2021/4", "Sida 1"))),
        "footer1": part("ftr", paragraph("Granviks kommun")),
        "footnotes": part(
            "footnotes",
            f'<w:footnote w:id="0" w:type="separator">{paragraph("----")}</w:footnote>'
            f'<w:footnote w:id="7">{paragraph("<w:r><w:footnoteRef/></w:r>", " Beslut den 3 maj.")}</w:footnote>',
        ),
    }
    (page,) = read_file(tmp_path, docx(paragraph("Parterna", reference, " är eniga.") + section, parts)).pages
    assert [(line.text, line.role) for line in page.lines] == [
        ("Dnr KS 2021/4", LineRole.HEADER),
        ("Sida 1", LineRole.HEADER),
        ("Parterna är eniga.", LineRole.BODY),
        ("1 Beslut den 3 maj.", LineRole.FOOTNOTE),
        ("Granviks kommun", LineRole.FOOTER),
    ]
    (note,) = page.footnotes
    assert (note.mark, note.lines, note.marked_line) == ("1", (4,), 3)


def test_text_boxes_stand_once_below_their_paragraph() -> None:
    inside = f"<w:txbxContent>{paragraph('I rutan')}</w:txbxContent>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{inside}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><v:textbox>{inside}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts_of(paragraph("Före ", box, "efter")) == ["Före efter", "I rutan"]


def test_page_breaks_begin_pages() -> None:
    broken = "<w:r><w:br w:type='page'/></w:r>"
    rendered = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = (
        paragraph("Ett", broken)
        + paragraph(rendered, "Två")
        + paragraph("Tre", properties="<w:pageBreakBefore/>")
        + table(("a", "b"), (paragraph(rendered, "c"), "d"))
        + paragraph("sist", properties="<w:sectPr/>")
        + paragraph("nästa")
        + "<w:sectPr/>"
    )
    pages = read_docx(docx(body)).pages
    assert [[line.text for line in page.lines] for page in pages] == [
        ["Ett"],
        ["Två"],
        ["Tre", "a", "b"],
        ["c", "d", "sist"],
        ["nästa"],
    ]
    assert [page.number for page in pages] == [1, 2, 3, 4, 5]
    same = (
        paragraph("a", properties="<w:sectPr/>") + paragraph("b") + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    )
    assert len(read_docx(docx(same)).pages) == 1


def test_pictures_are_told(tmp_path: Path) -> None:
    picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    (warning,) = read_file(tmp_path, docx(paragraph("Text", picture))).warnings
    assert warning == "1 picture, not read; save the document as PDF if they show text"
    with pytest.raises(EmptyInputError, match="no text in it"):
        read_file(tmp_path, docx(paragraph(picture)))


def test_hostile_documents_end_in_one_error(tmp_path: Path) -> None:
    bomb = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 99}"><!ENTITY b "&a;&a;">]><w:document/>'.encode()
    far = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document>&a;</w:document>'
    deep = paragraph("<w:smartTag>" * 500 + "</w:smartTag>" * 500)
    for document, error in (
        (docx("", more={"word/document.xml": bomb}), UnsupportedFormatError),
        (docx("", more={"word/document.xml": far}), UnsupportedFormatError),
        (docx("", more={"word/document.xml": b"<w:doc"}), BrokenInputError),
        (docx("", more={"word/document.xml": b" " * (200 << 20)}), LimitExceededError),
        (docx(deep), LimitExceededError),
        (docx(paragraph("x"))[:-60], BrokenInputError),
    ):
        with pytest.raises(error, match=r"avtal\.docx: "):
            read_file(tmp_path, document)


def test_a_part_that_is_damaged_costs_itself(tmp_path: Path) -> None:
    document = read_file(tmp_path, docx(paragraph("Text"), {"styles": "<w:styles"}))
    assert [line.text for line in document.pages[0].lines] == ["Text"]
    (warning,) = document.warnings
    assert "word/styles.xml" in warning and "left out" in warning


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp", "Co", "Cn", "Mn")), max_size=9
)
_PARAGRAPHS = st.lists(st.lists(_WORDS, max_size=4), max_size=5)


@given(_PARAGRAPHS, st.lists(st.lists(_WORDS, min_size=2, max_size=2), max_size=3), _PARAGRAPHS)
def test_no_letter_is_lost_and_none_comes_twice(
    before: list[list[str]], cells: list[list[str]], after: list[list[str]]
) -> None:
    body = "".join(paragraph(*map(run, runs)) for runs in before)
    body += table(*(tuple(paragraph(run(text)) for text in row) for row in cells)) if cells else ""
    body += "".join(paragraph(*map(run, runs), run("\u00a0slut")) for runs in after)
    read_text = "".join(line.raw for line in lines_of(body))
    written = [*(t for runs in before for t in runs), *(t for row in cells for t in row)]
    written += [t for runs in after for t in (*runs, "slut")]
    assert "".join(read_text.split()) == _composed("".join(written))


def _composed(text: str) -> str:
    import unicodedata

    return "".join(unicodedata.normalize("NFC", text).split())


_WHOLE = docx(
    paragraph("Granviks kommun") + table(("a", "b"), ("c", "d")), {"styles": part("styles", heading_styles())}
)


@given(st.integers(0, len(_WHOLE)), st.binary(max_size=8), st.booleans())
def test_damaged_bytes_give_a_document_or_one_error(place: int, put: bytes, cut: bool) -> None:
    data = _WHOLE[:place] + put + (b"" if cut else _WHOLE[place + len(put) :])
    try:
        pages = read_docx(data).pages
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert all(line.text for page in pages for line in page.lines)
