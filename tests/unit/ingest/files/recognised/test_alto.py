"""What libraries keep: ALTO of its versions, in its units."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.errors import BrokenInputError, InputError
from avskrift.ingest import read
from avskrift.ingest.files.recognised.alto import read_alto
from avskrift.models.document import LineRole
from avskrift.models.geometry import BoundingBox

_SOFTWARE = (
    "<OCRProcessing ID='O'><ocrProcessingStep><processingSoftware><softwareName>Läsaren</softwareName>"
    "<softwareVersion>3.2</softwareVersion></processingSoftware></ocrProcessingStep></OCRProcessing>"
)


def alto(space: str, version: int = 3, unit: str = "mm10", page: str = 'WIDTH="2100" HEIGHT="2970"') -> bytes:
    namespace = f"http://www.loc.gov/standards/alto/ns-v{version}#"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><alto xmlns="{namespace}">'
        f"<Description><MeasurementUnit>{unit}</MeasurementUnit>{_SOFTWARE}</Description>"
        '<Styles><TextStyle ID="B" FONTSIZE="14" FONTSTYLE="bold"/></Styles>'
        f'<Layout><Page PHYSICAL_IMG_NR="1" {page}>{space}</Page></Layout></alto>'
    ).encode()


def block(*lines: str, more: str = "") -> str:
    made = "".join(f'<TextLine HPOS="200" VPOS="{300 + 50 * n}">{x}</TextLine>' for n, x in enumerate(lines))
    return f"<TextBlock {more}>{made}</TextBlock>"


def word(text: str, left: int = 200, more: str = 'WC="0.5"') -> str:
    return f'<String CONTENT="{text}" HPOS="{left}" VPOS="300" WIDTH="180" HEIGHT="40" {more}/><SP/>'


@pytest.mark.parametrize("version", [2, 3, 4])
def test_words_have_boxes_in_points(tmp_path: Path, version: int) -> None:
    path = tmp_path / "sida.xml"
    rows = word("Granviks") + word("kommun", 390), word("Över") + '<HYP CONTENT="-"/>'
    path.write_bytes(alto(f"<PrintSpace>{block(*rows)}</PrintSpace>", version))
    document = read(path)
    (page,) = document.pages
    assert document.engine == "Läsaren 3.2" and (page.width, page.height) == (595.28, 841.89)
    assert [line.text for line in page.lines] == ["Granviks kommun", "Över-"]
    first = page.lines[0].words[0]
    assert first.bbox == BoundingBox(56.69, 85.04, 107.72, 96.38) and first.confidence == 0.5


@pytest.mark.parametrize(("unit", "width"), [("inch1200", 126.0), ("pixel", 595.35), ("mm10", 595.28)])
def test_units(unit: str, width: float) -> None:
    (page,) = read_alto(alto(f"<PrintSpace>{block(word('a'))}</PrintSpace>", unit=unit)).pages
    assert page.width == width


def test_styles_roles_and_order() -> None:
    spaces = (
        f"<BottomMargin>{block(word('Sida'))}</BottomMargin><TopMargin>{block(word('Dnr'))}</TopMargin>"
        f"<PrintSpace><ComposedBlock>{block(word('Parter', more='STYLEREFS=&quot;B&quot;'.replace('&quot;', chr(34))))}"
        f'</ComposedBlock><Illustration HPOS="1" VPOS="1" WIDTH="9" HEIGHT="9"/></PrintSpace>'
    )
    (page,) = read_alto(alto(spaces)).pages
    assert [(line.text, line.role, line.bold, line.font_size) for line in page.lines if line.role is LineRole.BODY] == [
        ("Parter", LineRole.BODY, True, 14.0)
    ]
    assert [line.role for line in page.lines] == [LineRole.HEADER, LineRole.BODY, LineRole.FOOTER]
    assert [region.kind for region in page.regions] == ["picture"]


def test_stated_order_of_blocks() -> None:
    order = '<ReadingOrder><OrderedGroup><ElementRef REF="y"/><ElementRef REF="x"/></OrderedGroup></ReadingOrder>'
    blocks = block(word("andra"), more='ID="x"') + block(word("första"), more='ID="y"')
    data = alto(f"<PrintSpace>{blocks}</PrintSpace>", 4).replace(b"<Layout>", order.encode() + b"<Layout>")
    assert [line.text for line in read_alto(data).pages[0].lines] == ["första", "andra"]


def test_what_is_no_alto(tmp_path: Path) -> None:
    path = tmp_path / "sida.xml"
    path.write_bytes(alto("").replace(b"Page", b"Sida"))
    with pytest.raises(BrokenInputError, match="has no page"):
        read(path)
    path.write_bytes(alto("<PrintSpace/>"))
    assert read(path).pages[0].lines == ()


_WHOLE = alto(f"<PrintSpace>{block(word('Granviks') + word('kommun', 390))}</PrintSpace>")


@given(st.integers(0, len(_WHOLE)), st.binary(max_size=6), st.booleans())
def test_damaged_bytes_give_pages_or_one_error(place: int, put: bytes, cut: bool) -> None:
    data = _WHOLE[:place] + put + (b"" if cut else _WHOLE[place + len(put) :])
    try:
        pages = read_alto(data).pages
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert all(line.raw for page in pages for line in page.lines)


@given(st.lists(st.lists(st.text("abc åäö", max_size=8), max_size=4), max_size=5))
def test_every_letter_is_kept(rows: list[list[str]]) -> None:
    (page,) = read_alto(alto(f"<PrintSpace>{block(*(''.join(map(word, row)) for row in rows))}</PrintSpace>")).pages
    assert "".join("".join(line.raw.split()) for line in page.lines) == "".join(
        "".join(text.split()) for row in rows for text in row
    )
