"""What Tesseract and its like write as web pages."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.errors import InputError, UnsupportedFormatError
from avskrift.ingest import read
from avskrift.ingest.files.recognised.hocr import read_hocr
from avskrift.models.geometry import BoundingBox


def hocr(inside: str, title: str = 'image "a.png"; bbox 0 0 1000 2000; ppageno 0; scan_res 100 100') -> bytes:
    head = "<html><head><title>Avtal</title><meta name='ocr-system' content='tesseract 5.3'/></head>"
    return f"<!DOCTYPE html>\n{head}<body><div class='ocr_page' title='{title}'>{inside}</div></body></html>".encode()


def line(*words: str, box: str = "100 100 900 140") -> str:
    return f"<span class='ocr_line' title='bbox {box}; baseline 0 -5'>{' '.join(words)}</span>"


def word(text: str, box: str = "100 100 300 140", sure: int = 91) -> str:
    return f"<span class='ocrx_word' title='bbox {box}; x_wconf {sure}'>{text}</span>"


def test_words_have_boxes_in_points(tmp_path: Path) -> None:
    path = tmp_path / "sida.html"
    inside = line(word("Granviks"), word("<strong>kommun</strong>", "310 100 500 140", 40)) + "<p class='ocr_par'></p>"
    path.write_bytes(hocr(inside + line(word("&Ouml;ver&shy;"))))
    document = read(path)
    (page,) = document.pages
    assert document.engine == "tesseract 5.3" and (page.width, page.height) == (720.0, 1440.0)
    assert [read_line.text for read_line in page.lines] == ["Granviks kommun", "Över-"]
    first, second = page.lines[0].words
    assert first.bbox == BoundingBox(72.0, 72.0, 216.0, 100.8)
    assert (first.confidence, second.confidence) == (0.91, 0.4)


def test_text_outside_of_words_and_lines_is_kept() -> None:
    inside = "<p class='ocr_par' title='bbox 1 1 9 9'>utan rad</p>" + line("bara text") + line(word("ord"), "löst")
    (page,) = read_hocr(hocr(inside)).pages
    assert [read_line.text for read_line in page.lines] == ["utan rad", "bara text", "ord löst"]


def test_pages_and_figures() -> None:
    figure = "<div class='ocr_photo' title='bbox 1 1 500 500'></div>"
    data = hocr(line(word("a")) + figure).replace(
        b"</body>", b"<div class='ocr_page'><span class='ocr_line'>b</div></body>"
    )
    first, second = read_hocr(data).pages
    assert [region.kind for region in first.regions] == ["picture"]
    assert (second.number, second.width, second.lines[0].text) == (2, None, "b")


def test_a_web_page_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sida.html"
    path.write_bytes(b"<!DOCTYPE html><html><body>Avtal</body></html>")
    with pytest.raises(UnsupportedFormatError, match="a web page"):
        read(path)


@pytest.mark.parametrize("sign", ["<", "<!--", "<a ", "<?", "<!x", "&", "</p>", "<span class='ocr_line'>x"])
def test_what_never_closes_is_gone_through_once(sign: str) -> None:
    """A reader that looks for the end from each beginning would take hours."""
    (page,) = read_hocr(hocr(line("Granvik") + sign * 50_000)).pages
    assert page.lines[0].text == "Granvik"


def test_code_and_comments_are_no_text() -> None:
    (page,) = read_hocr(
        hocr("<script>var a = 1;</script><!-- nej -->" + line("<b>Granvik</b> &amp; Åsen<br/>Norr"))
    ).pages
    assert [found.text for found in page.lines] == ["Granvik & Åsen Norr"]


@given(st.lists(st.lists(st.text("abc åäö", max_size=8), max_size=4), max_size=5))
def test_every_letter_is_kept(rows: list[list[str]]) -> None:
    (page,) = read_hocr(hocr("".join(line(*map(word, row)) for row in rows))).pages
    assert "".join("".join(x.raw.split()) for x in page.lines) == "".join("".join(t.split()) for r in rows for t in r)


_WHOLE = hocr(line(word("Granviks"), word("kommun")) + line("Polisen"))


@given(st.integers(0, len(_WHOLE)), st.binary(max_size=6), st.booleans())
def test_damaged_bytes_give_pages_or_one_error(place: int, put: bytes, cut: bool) -> None:
    data = _WHOLE[:place] + put + (b"" if cut else _WHOLE[place + len(put) :])
    try:
        pages = read_hocr(data).pages
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert all(x.raw for page in pages for x in page.lines)
