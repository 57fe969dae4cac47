"""Signs that look like others are folded to the common ones; hyphens stay where words are not broken."""

import io
import unicodedata
from pathlib import Path

import pytest
import reportlab
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from avskrift.ingest import read
from avskrift.ingest.layout.format_characters import LOOK_ALIKE, RULE
from avskrift.ingest.look_alikes import folded, holds_look_alikes, invisible_in

LINES = (
    "Granviks kommun, org.nr 212000\u22121355, \ufb01nansierar",
    "trygghets\u00adsamordnaren och kommunpolisen deltar",
    "under perioden 2021\u00ad2024 med EU\u00adstöd och e\u00adpost",
)
PLAIN = [
    "Granviks kommun, org.nr 212000-1355, finansierar",
    "trygghetssamordnaren och kommunpolisen deltar",
    "under perioden 2021-2024 med EU-stöd och e-post",
]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("212000\u20111355", "212000-1355"),
        ("2021\u20102024 \u2212 5\u201212", "2021-2024 - 5-12"),
        ("e\ufb00ekt, o\ufb03ciell, \ufb01n, \ufb02ytt, a\ufb04, \ufb06", "effekt, officiell, fin, flytt, affl, st"),
        ("\uff21\uff22\uff23\uff11\uff12", "ABC12"),
        ("poli\u00adsen", "polisen"),
        ("poli\u00ad\u00adsen", "polisen"),
        ("kom\u200bmun\ufeff", "kommun"),
        ("2021\u00ad2024", "2021-2024"),
        ("e\u00adpost", "e-post"),
        ("1950\u20132020", "1950\u20132020"),
        ("Vik \u2014 Dal", "Vik \u2014 Dal"),
    ],
)
def test_signs_that_look_like_others(text: str, plain: str) -> None:
    assert folded(text) == plain
    assert holds_look_alikes(text) is (text != plain)


def test_a_soft_hyphen_at_the_end_of_a_line() -> None:
    assert folded("samver\u00ad", ends_line=True) == "samver-"
    assert folded("samver\u00ad") == "samver"
    assert invisible_in("a\u00adb\u200bc\u2011d") == 2


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert not holds_look_alikes(folded(text))


def drawn(folder: Path) -> Path:
    path = folder / "avtal.pdf"
    fonts = Path(reportlab.__file__).parent / "fonts"
    pdfmetrics.registerFont(TTFont("Vera", str(fonts / "Vera.ttf")))
    page = canvas.Canvas(str(path), pagesize=(595, 842))
    page.setFont("Vera", 11)
    for row, text in enumerate(LINES):
        page.drawString(72, 760 - 18 * row, text)
    page.save()
    return path


def test_layers_and_texts_are_folded_alike(tmp_path: Path) -> None:
    text = tmp_path / "avtal.txt"
    text.write_text("\n".join(LINES), encoding="utf-8")
    for path in (text, drawn(tmp_path)):
        (page,) = read(path).pages
        assert [line.text for line in page.lines] == PLAIN
        for line in page.lines:
            assert {edit.rule for edit in line.edits} <= {RULE, LOOK_ALIKE} and line.edits
    assert "212000\u22121355" in page.lines[0].raw  # what was read stays


def test_no_break_spaces_part_words_of_a_layer(tmp_path: Path) -> None:
    path = tmp_path / "avtal.pdf"
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(595, 842))
    page.drawString(72, 760, "Giltighet från den 1\u00a0mars\u00a02021 och tills vidare för kommunen")
    page.save()
    path.write_bytes(out.getvalue())
    (line,) = read(path).pages[0].lines
    assert [word.raw for word in line.words][3:6] == ["1", "mars", "2021"]


def test_marks_are_composed_in_texts(tmp_path: Path) -> None:
    path = tmp_path / "avtal.txt"
    path.write_text(unicodedata.normalize("NFD", "Överenskommelse mellan Mörsjö och Ås"), encoding="utf-8")
    assert read(path).pages[0].lines[0].text == "Överenskommelse mellan Mörsjö och Ås"
