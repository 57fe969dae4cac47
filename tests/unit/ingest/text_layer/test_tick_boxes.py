"""Drawn squares beside lines as signs; what only looks like one."""

from pathlib import Path

import make_odd_files as make
import pytest

from avskrift.ingest import read
from avskrift.ingest.text_layer.word_text import box_sign
from avskrift.models.options import ReadingOptions

EMPTY_ONE = b" 62 499 9 9 re S BT /F1 11 Tf 80 500 Td (Den tomma rutan) Tj ET "


def lines(contents: bytes, folder: Path) -> list[str]:
    path = folder / "avtal.pdf"
    path.write_bytes(make.one_page(make.shown() + contents))
    (page,) = read(path, ReadingOptions(engine="none")).pages
    texts = [line.text for line in page.lines]
    assert texts[: len(make.LINES)] == list(make.LINES)
    return texts[len(make.LINES) :]


MARKS = {
    b"62 449 m 71 458 l S 62 458 m 71 449 l S": "☒",
    b"62 449 m 71 458 l 62 458 m 71 449 l S": "☒",
    b"63 453 m 66 450 l 73 461 l S": "☒",
    b"64 451 5 5 re f": "☒",
    b"62 449 9 9 re f": "☒",
    b"BT /F1 10 Tf 63 450 Td (X) Tj ET": "☒",
    b"BT /F1 10 Tf 63 450 Td (x) Tj ET": "☒",
    b"": "☐",
    b"1 1 1 rg 62 449 9 9 re f 0 g 62 449 9 9 re S": "☐",
    b"63 450 7 7 re S": "☐",
    b"66 453 1 1 re f": "☐",
}


@pytest.mark.parametrize("mark", MARKS)
def test_what_lies_in_a_square(tmp_path: Path, mark: bytes) -> None:
    other = b" 62 449 9 9 re S " + mark + b" BT /F1 11 Tf 80 450 Td (Den andra rutan) Tj ET "
    assert lines(EMPTY_ONE + other, tmp_path) == ["☐ Den tomma rutan", f"{MARKS[mark]} Den andra rutan"]


def test_squares_of_one_path(tmp_path: Path) -> None:
    boxes = b" 62 499 9 9 re 62 449 9 9 re S BT /F1 11 Tf 80 500 Td (Ja) Tj 0 -50 Td (Nej) Tj ET"
    assert lines(boxes, tmp_path) == ["☐ Ja", "☐ Nej"]


def test_squares_behind_words(tmp_path: Path) -> None:
    boxes = b" 98 499 9 9 re S 148 499 9 9 re S BT /F1 11 Tf 80 500 Td (Ja) Tj 45 0 Td (Nej) Tj ET"
    assert lines(boxes, tmp_path) == ["Ja ☐ Nej ☐"]


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        (b"62 499 9 9 re f BT /F1 11 Tf 80 500 Td (En punkt) Tj ET", "En punkt"),  # filled, with no empty one
        (b"62 499 3 3 re S BT /F1 11 Tf 80 500 Td (En prick) Tj ET", "En prick"),  # too small
        (b"62 490 30 30 re S BT /F1 11 Tf 100 500 Td (En ruta) Tj ET", "En ruta"),  # too large
        (b"62 499 16 8 re S BT /F1 11 Tf 100 500 Td (En rektangel) Tj ET", "En rektangel"),
        (b"62 499 9 9 re S BT /F1 11 Tf 200 500 Td (Langt bort) Tj ET", "Langt bort"),
        (b"62 499 12 12 re 74 499 12 12 re S BT /F1 11 Tf 90 500 Td (Siffror) Tj ET", "Siffror"),  # boxes for figures
        (b"62 499 12 12 re S BT /F1 11 Tf 65 501 Td (4) Tj 20 0 Td (Kapitel) Tj ET", "4 Kapitel"),  # a boxed number
    ],
)
def test_what_is_no_tick_box(tmp_path: Path, drawn: bytes, text: str) -> None:
    assert lines(b" " + drawn, tmp_path) == [text]


LEGENDS = {
    "dark": (b"0.1 0.3 0.5 rg", b"0.9 0.4 0.1 rg", b"1 1 1 rg"),
    "light": (b"0.1 0.3 0.5 rg", b"0.7 0.85 1 rg", b"1 1 1 rg"),
}


@pytest.mark.parametrize("fills", LEGENDS)
@pytest.mark.parametrize("across", [False, True])
def test_a_legend_is_no_form(tmp_path: Path, fills: str, across: bool) -> None:
    drawn = b""
    for n, fill in enumerate(LEGENDS[fills]):
        x, y = (62 + 90 * n, 500) if across else (62, 500 - 20 * n)
        drawn += b" %b %d %d 8 8 re B 0 g BT /F1 11 Tf %d %d Td (Ar %d) Tj ET" % (fill, x, y, x + 14, y, 2031 + n)
    assert not any(sign in line for line in lines(drawn, tmp_path) for sign in "☐☒")


def test_filled_bullets_beside_a_form_are_not_ticked(tmp_path: Path) -> None:
    bullets = b" 90 469 9 9 re f 90 449 9 9 re f BT /F1 11 Tf 110 470 Td (Torget) Tj 0 -20 Td (Hamnen) Tj ET"
    assert lines(EMPTY_ONE + bullets, tmp_path) == ["☐ Den tomma rutan", "Torget", "Hamnen"]


def test_boxes_of_one_light_colour_are_a_form(tmp_path: Path) -> None:
    boxes = b" 0.8 0.9 1 rg 62 499 9 9 re B 62 479 9 9 re B 0 0 0.4 rg 62 459 9 9 re B 0 g"
    boxes += b" BT /F1 11 Tf 80 500 Td (Torget) Tj 0 -20 Td (Hamnen) Tj 0 -20 Td (Skolan) Tj ET"
    assert lines(boxes, tmp_path) == ["☐ Torget", "☐ Hamnen", "☒ Skolan"]


@pytest.mark.parametrize(
    ("text", "font", "sign"),
    [
        ("\xa8", "ABCDEF+Wingdings-Regular", "☐"),
        ("\xfe", "Wingdings", "☑"),
        ("\uf0fd", "Wingdings", "☒"),
        ("\uf0a8", "CIDFont+F3", "☐"),
        ("R", "Wingdings2", "☑"),
        ("o", "ZapfDingbats", "☐"),
        ("❏", "ZapfDingbats", "☐"),
        ("🗷", "Segoe UI Symbol", "☒"),
        ("\uf0a8", "Symbol", "\uf0a8"),
        ("o", "Helvetica", "o"),
        ("ord", "Wingdings", "ord"),
        ("□", "Helvetica", "□"),
    ],
)
def test_boxes_in_fonts_of_signs(text: str, font: str, sign: str) -> None:
    assert box_sign(text, font) == sign
