"""Words that a line runs through are no text; words above or beside a line are."""

from pathlib import Path

import make_odd_files as make
import pytest
from annotated_pdf import annotated, note
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from avskrift.ingest import read
from avskrift.ingest.text_layer.struck_out import StruckWord, without_struck
from avskrift.ingest.words import OcrWord
from avskrift.models.document import Page
from avskrift.models.geometry import BoundingBox
from avskrift.models.options import ReadingOptions
from avskrift.parsing.checks.source_info import source_of

LINE = "Avtalet gäller till den 31 augusti 2022 och förlängs"
X, Y, SIZE = 60.0, 300.0, 11


def across(words: str, line: str = LINE) -> tuple[float, float]:
    """Where some words of a line begin and end."""
    begin = X + stringWidth(line[: line.index(words)], "Helvetica", SIZE)
    return begin, begin + stringWidth(words, "Helvetica", SIZE)


def rule(x0: float, x1: float, above: float, how: str = "0.7 w") -> bytes:
    return f" {how} {x0:.2f} {Y + above:.2f} m {x1:.2f} {Y + above:.2f} l S ".encode()


def page_of(data: bytes, folder: Path) -> Page:
    path = folder / "avtal.pdf"
    path.write_bytes(data)
    (page,) = read(path, ReadingOptions(engine="none")).pages
    return page


def drawn(folder: Path, more: bytes, line: str = LINE) -> Page:
    return page_of(make.one_page(make.shown() + make.shown((line,), f"1 0 0 1 {X} {Y}") + more), folder)


def last(page: Page) -> str:
    return page.lines[-1].text


def struck(page: Page) -> list[str]:
    return [region.text for region in page.regions if region.kind == "struck_out"]


@pytest.mark.parametrize("above", [2.0, 3.5, 5.0])
def test_a_line_through_words(tmp_path: Path, above: float) -> None:
    page = drawn(tmp_path, rule(*across("31 augusti 2022"), above))
    assert last(page) == "Avtalet gäller till den och förlängs"
    assert struck(page) == ["31 augusti 2022"]
    assert page.warnings == ("page 1: struck-out words are left out: 31 augusti 2022",)
    (region,) = source_of(read(tmp_path / "avtal.pdf", ReadingOptions(engine="none"))).regions
    assert region.kind == "struck_out" and region.text == "31 augusti 2022"
    assert region.bbox[0] == pytest.approx(across("31")[0], abs=1)
    assert region.bbox[2] == pytest.approx(across("2022")[1], abs=1)


@pytest.mark.parametrize("above", [-3.0, -1.5, 0.0, 1.0, 9.0])
def test_a_line_under_or_over_words_leaves_them(tmp_path: Path, above: float) -> None:
    page = drawn(tmp_path, rule(*across("31 augusti 2022"), above) + rule(*across("31 augusti 2022"), above - 1.5))
    assert last(page) == LINE and struck(page) == [] and page.warnings == ()


def test_two_lines_and_a_thin_box_strike_out_once(tmp_path: Path) -> None:
    x0, x1 = across("31 augusti 2022")
    two = rule(x0, x1, 3) + rule(x0, x1, 4.5)
    assert struck(drawn(tmp_path, two)) == ["31 augusti 2022"]
    box = f" {x0:.2f} {Y + 3} {x1 - x0:.2f} 0.8 re f ".encode()
    assert struck(drawn(tmp_path, box)) == ["31 augusti 2022"]


def test_pieces_of_a_line_strike_out_together(tmp_path: Path) -> None:
    """As word processors draw it: a piece for each run of letters."""
    pieces = b"".join(rule(*across(part), 3.5) for part in ("31 ", "augusti ", "2022"))
    assert struck(drawn(tmp_path, pieces)) == ["31 augusti 2022"]


def test_part_of_a_word(tmp_path: Path) -> None:
    line = "Samverkansgruppen träffas varje månad"
    assert last(drawn(tmp_path, rule(*across("gruppen", line), 3.5), line)) == "Samverkans träffas varje månad"
    assert last(drawn(tmp_path, rule(*across("Samverkans", line), 3.5), line)) == "gruppen träffas varje månad"
    stroke = across("m", line)
    assert last(drawn(tmp_path, rule(*stroke, 3.5), line)) == line, "one letter alone is not struck out"


@pytest.mark.parametrize(
    "more",
    [
        rule(X, 540, 3.5),  # goes on far beyond the words
        rule(30, X + 20, 3.5),  # a line that ends in the first word
        rule(*across("31 augusti 2022"), 3.5, "1 1 1 RG 0.7 w"),  # white
        rule(*across("31 augusti 2022"), 3.5, "8 w"),  # a bar of a marker
    ],
)
def test_lines_that_strike_nothing_out(tmp_path: Path, more: bytes) -> None:
    assert last(drawn(tmp_path, more)) == LINE


def test_borders_of_a_table_strike_nothing_out(tmp_path: Path) -> None:
    table = b"".join(b" %d %d 150 20 re S" % (60 + 150 * c, 500 + 20 * r) for c in range(3) for r in range(3))
    cells = b" BT /F1 11 Tf 1 0 0 1 62 518 Tm (Granvik) Tj 150 0 Td (Vikbo) Tj 150 0 Td (Klockviken) Tj ET "
    page = page_of(make.one_page(make.shown() + table + cells), tmp_path)
    assert struck(page) == [] and {"Granvik", "Vikbo", "Klockviken"} <= {line.text for line in page.lines}


def test_a_strike_out_annotation(tmp_path: Path) -> None:
    contents = make.shown() + make.shown((LINE,), f"1 0 0 1 {X} {Y}")
    x0, x1 = across("31 augusti 2022")
    low, high = Y - 2.3, Y + 9
    quad = f"/QuadPoints[{x0} {high} {x1} {high} {x0} {low} {x1} {low}]"
    for kind, text in (("StrikeOut", "Avtalet gäller till den och förlängs"), ("Underline", LINE), ("Highlight", LINE)):
        page = page_of(annotated(note(kind, f"{x0} {low} {x1} {high}", more=quad), contents=contents), tmp_path)
        assert last(page) == text


@pytest.mark.parametrize(("above", "gone"), [(3.5, True), (-1.5, False)])
def test_a_line_that_was_set_on_the_page_as_an_annotation(tmp_path: Path, above: float, *, gone: bool) -> None:
    contents = make.shown() + make.shown((LINE,), f"1 0 0 1 {X} {Y}")
    x0, x1 = across("31 augusti 2022")
    y = Y + above
    line = note("Line", f"{x0} {y - 2} {x1} {y + 2}", more=f"/L[{x0} {y} {x1} {y}]/C[1 0 0]")
    page = page_of(annotated(line, contents=contents), tmp_path)
    assert struck(page) == (["31 augusti 2022"] if gone else [])


@pytest.mark.parametrize(
    ("matrix", "rest", "turn"),
    [("0 1 -1 0 100 60", "0 1 -1 0 200 60", 90), ("-1 0 0 -1 540 500", "-1 0 0 -1 540 300", 180)],
)
def test_words_that_stand_otherwise(tmp_path: Path, matrix: str, rest: str, turn: int) -> None:
    """Their words are pdfplumber's, the strike-out is found in PDFium's."""
    x0, x1 = (x - X for x in across("31 augusti 2022"))
    line = f" q {matrix} cm 0.7 w {x0:.2f} 3.5 m {x1:.2f} 3.5 l S Q ".encode()
    page = page_of(make.one_page(make.shown((LINE,), matrix) + make.shown(matrix=rest) + line), tmp_path)
    assert page.rotation == turn and struck(page) == ["31 augusti 2022"]
    assert "Avtalet gäller till den och förlängs" in [line.text for line in page.lines]


def word(text: str, x0: float, x1: float) -> OcrWord:
    return OcrWord(text, BoundingBox(x0, 100, x1, 112), 1.0)


@given(st.text("abcdefgh", min_size=1, max_size=12), st.data())
def test_what_is_left_of_a_word_is_the_rest_of_it(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    box = (10.0 + 6 * begin, 842 - 112, 10.0 + 6 * end, 842 - 100)
    one = StruckWord(box, text[begin:end], 0)
    left = without_struck([word(text, 10, 10 + 6 * len(text))], [one], (0, 0, 595, 842), 0)
    kept = "".join(w.text for w in left)
    assert kept == "" or len(kept) == len(text) - (end - begin)
    assert all(10 <= w.box.x0 <= w.box.x1 <= 10 + 6 * len(text) for w in left)
