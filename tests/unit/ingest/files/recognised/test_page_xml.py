"""What Transkribus and its like wrote: lines, words, boxes in points, order, roles."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.errors import BrokenInputError, InputError, UnsupportedFormatError
from avskrift.ingest import read
from avskrift.ingest.files.recognised.page_xml import read_page_xml
from avskrift.models.document import LineRole, PageSource
from avskrift.models.geometry import BoundingBox

_NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15"


def page_xml(inside: str, page: str = 'imageWidth="2480" imageHeight="3508"', metadata: str = "") -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<PcGts xmlns="{_NAMESPACE}">{metadata}'
    return f'{head}<Page imageFilename="a.jpg" {page}>{inside}</Page></PcGts>'.encode()


def line(text: str, points: str = "100,100 1100,150", inside: str = "", more: str = "") -> str:
    equivalent = f'<TextEquiv conf="0.7"><Unicode>{text}</Unicode></TextEquiv>'
    return f'<TextLine id="l" {more}><Coords points="{points}"/>{inside}{equivalent}</TextLine>'


def word(text: str, points: str) -> str:
    return f'<Word><Coords points="{points}"/><TextEquiv><Unicode>{text}</Unicode></TextEquiv></Word>'


def region(inside: str, more: str = "", kind: str = "TextRegion") -> str:
    return f'<{kind} {more}><Coords points="90,90 1200,700"/>{inside}</{kind}>'


def test_lines_without_words_share_their_boxes(tmp_path: Path) -> None:
    path = tmp_path / "sida.xml"
    path.write_bytes(
        page_xml(region(line("Granviks kommun")), metadata="<Metadata><Creator>HTR 2</Creator></Metadata>")
    )
    document = read(path)
    (page,) = document.pages
    assert page.source is PageSource.OCR and document.engine == "HTR 2"
    assert (page.width, page.height) == (595.26, 842.0)
    (read_line,) = page.lines
    assert read_line.text == "Granviks kommun" and read_line.bbox == BoundingBox(24.0, 24.0, 264.03, 36.0)
    first, second = read_line.words
    assert first.bbox is not None and second.bbox is not None
    assert (first.raw, first.confidence, first.bbox.x0) == ("Granviks", 0.7, 24.0)
    assert first.bbox.x1 < second.bbox.x0 and second.bbox.x1 == 264.03


def test_words_are_taken_where_they_say_what_their_line_says() -> None:
    words = word("Granviks", "100,100 500,150") + word("kommun", "900,100 1100,150")
    stale = word("Granvlks", "100,100 500,150") + word("kommun", "900,100 1100,150")
    (page,) = read_page_xml(page_xml(region(line("Granviks kommun", inside=words)))).pages
    assert page.lines[0].raw == "Granviks   kommun"  # far apart, as columns are
    (page,) = read_page_xml(page_xml(region(line("Granviks kommun", inside=stale)))).pages
    assert page.lines[0].raw == "Granviks kommun"
    (page,) = read_page_xml(page_xml(region(f"<TextLine>{words}</TextLine>"))).pages
    assert [w.raw for w in page.lines[0].words] == ["Granviks", "kommun"]


def test_a_stated_resolution_gives_the_size() -> None:
    stated = 'imageWidth="1000" imageHeight="2000" imageXResolution="{}" imageResolutionUnit="{}"'
    for value, unit, width in ((100, "PPI", 720.0), (100, "PPCM", 283.46), (0, "PPI", 421.0), (1, "PPI", 421.0)):
        (page,) = read_page_xml(page_xml(region(line("a")), stated.format(value, unit))).pages
        assert page.width == width


def test_order_and_roles_are_those_of_the_file() -> None:
    order = (
        '<ReadingOrder><OrderedGroup><RegionRefIndexed index="0" regionRef="b"/>'
        '<RegionRefIndexed index="1" regionRef="a"/></OrderedGroup></ReadingOrder>'
    )
    swapped = line("andra", more='custom="readingOrder {index:1;}"') + line(
        "första", more='custom="readingOrder {index:0;}"'
    )
    regions = region(swapped, 'id="a"') + region(line("Dnr 4"), 'id="b" type="header"')
    regions += region(line("Sida 1"), 'id="c" custom="structure {type:page-number;}"')
    (page,) = read_page_xml(page_xml(order + regions + region("", kind="ImageRegion"))).pages
    assert [(read_line.text, read_line.role) for read_line in page.lines] == [
        ("Dnr 4", LineRole.HEADER),
        ("första", LineRole.BODY),
        ("andra", LineRole.BODY),
        ("Sida 1", LineRole.FOOTER),
    ]
    assert [figure.kind for figure in page.regions] == ["picture"]


def test_tables_are_cells() -> None:
    role = '<Roles><TableCellRole rowIndex="{}" columnIndex="{}"/></Roles>'
    modern = "".join(region(role.format(r, c) + line(f"{r}{c}")) for r in (0, 1) for c in (0, 1))
    transkribus = "".join(region(line(f"{r}{c}"), f'row="{r}" col="{c}"', "TableCell") for r in (0, 1) for c in (0, 1))
    for table in (modern, transkribus):
        (page,) = read_page_xml(page_xml(region(table, kind="TableRegion"))).pages
        assert [f"{x.cell.row}{x.cell.column}" for x in page.lines if x.cell] == [x.text for x in page.lines]
        assert len(page.lines) == 4


def test_a_region_without_lines_is_cut_into_rows() -> None:
    text = "<TextEquiv><Unicode>Granviks kommun\nPolisen</Unicode></TextEquiv>"
    (page,) = read_page_xml(page_xml(region(text))).pages
    first, second = page.lines
    assert (first.text, second.text) == ("Granviks kommun", "Polisen")
    assert first.bbox is not None and second.bbox is not None and first.bbox.bottom == second.bbox.top


def test_a_parted_word_ends_in_a_hyphen() -> None:
    (page,) = read_page_xml(page_xml(region(line("överens¬") + line("kommelse", "100,160 900,210")))).pages
    assert page.lines[0].text == "överens-" and page.lines[0].raw == "överens¬"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (page_xml(region(line("a")))[:-40], BrokenInputError),
        (page_xml("").replace(b"Page", b"Sida"), BrokenInputError),
        (b'<!DOCTYPE P [<!ENTITY a "b">]><PcGts><Page>&a;</Page></PcGts>', UnsupportedFormatError),
    ],
)
def test_what_is_no_page(tmp_path: Path, data: bytes, error: type[InputError]) -> None:
    path = tmp_path / "sida.xml"
    path.write_bytes(data)
    with pytest.raises(error, match=r"sida\.xml: "):
        read(path)


_TEXTS = st.lists(st.text("abc åäö \u00ad,.", max_size=12), max_size=5)
_NUMBERS = st.one_of(st.integers(-9, 9999), st.just("1e9"), st.just("nan"), st.just(""), st.floats())


@given(_TEXTS, st.lists(_NUMBERS, min_size=4, max_size=4))
def test_every_letter_is_kept_whatever_the_boxes_say(texts: list[str], numbers: list[object]) -> None:
    points = f"{numbers[0]},{numbers[1]} {numbers[2]},{numbers[3]}"
    size = f'imageWidth="{numbers[0]}" imageHeight="{numbers[1]}"'
    (page,) = read_page_xml(page_xml(region("".join(line(text, points) for text in texts)), size)).pages
    assert "".join("".join(x.raw.split()) for x in page.lines) == "".join("".join(texts).split())
    assert page.width is None or 0 < page.width <= 14_400


_WHOLE = page_xml(region(line("Granviks kommun") + line("Polisen")))


@given(st.integers(0, len(_WHOLE)), st.binary(max_size=6), st.booleans())
def test_damaged_bytes_give_pages_or_one_error(place: int, put: bytes, cut: bool) -> None:
    data = _WHOLE[:place] + put + (b"" if cut else _WHOLE[place + len(put) :])
    try:
        pages = read_page_xml(data).pages
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert all(x.raw for page in pages for x in page.lines)
