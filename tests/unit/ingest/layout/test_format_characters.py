"""Signs without a width are no part of words; what was read stays in `raw`."""

import time
from pathlib import Path

import make_odd_files as make
import pytest

from avskrift.errors import LimitExceededError
from avskrift.ingest import failed_pages, page_scheduler, read
from avskrift.ingest.files import plain_text
from avskrift.ingest.layout.format_characters import RULE, without_format_characters
from avskrift.models.document import Document, Line, Page, PageSource
from avskrift.models.edits import Edit
from avskrift.models.options import ReadingOptions


def document_of(text: str, folder: Path) -> Document:
    path = folder / "avtal.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


def mended(line: Line) -> Line:
    (page,) = without_format_characters([Page(1, PageSource.OCR, (line,))]).pages
    return page.lines[0] if page.lines else Line(0, "", "")


@pytest.mark.parametrize("sign", ["\u200b", "\u200e", "\u202e", "\u2060", "\ufeff", "\u00ad", "\u2066", "\x07"])
def test_a_sign_inside_a_word_is_dropped_and_told(tmp_path: Path, sign: str) -> None:
    document = document_of(f"Rad ett\nSamver{sign}kan mellan kom{sign}mun och {sign}polis\n" + "x\n" * 4000, tmp_path)
    line = document.pages[0].lines[1]
    assert line.text == "Samverkan mellan kommun och polis"
    assert line.raw == f"Samver{sign}kan mellan kom{sign}mun och {sign}polis"
    for edit in line.edits:
        assert line.raw[edit.raw_start : edit.raw_end].replace(sign, "") == edit.replacement
        assert edit.rule == RULE
    assert document.warnings == (
        "3 signs without a width were taken out (such as zero-width spaces and marks of direction)",
    )


def test_a_soft_hyphen_where_the_line_breaks_is_a_hyphen(tmp_path: Path) -> None:
    document = document_of("Överens\u00ad\nkommelsen gäl\u00adler\n", tmp_path)
    assert [line.text for line in document.pages[0].lines] == ["Överens-", "kommelsen gäller"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("en \u200b två", "en två"),
        ("\u200b två", "två"),
        ("en \u200b", "en"),
        ("\u200b", ""),
        ("\u200b \u200b två", "två"),
    ],
)
def test_words_of_nothing_but_such_signs(text: str, left: str) -> None:
    assert mended(Line(1, text, text)).text.strip() == left


def test_edits_that_were_there_stay(tmp_path: Path) -> None:
    line = Line(1, "a1 b\u200bc d2", "aa b\u200bc dd", edits=(Edit(0, 2, "aa", "x", 0.9), Edit(7, 9, "dd", "y", 0.8)))
    new = mended(line)
    assert new.text == "aa bc dd"
    assert [(new.raw[e.raw_start : e.raw_end], e.replacement) for e in new.edits] == [
        ("a1", "aa"),
        ("b\u200bc", "bc"),
        ("d2", "dd"),
    ]
    assert new.raw_span(6, 8) == (7, 9)


def test_text_layers_too(tmp_path: Path) -> None:
    line = Line(1, "Gran\u200bvik", "Gran\u200bvik")
    assert mended(line).text == "Granvik"


def test_a_long_line_takes_no_longer_than_its_length(tmp_path: Path) -> None:
    began = time.process_time()
    for piece in ("=", "\u00ad", "Granvik ", "å\u200b"):
        (page,) = document_of(piece * (400_000 // len(piece)) + "a\n", tmp_path).pages
        assert len(page.lines) == 1
    assert time.process_time() - began < 60


def test_marks_heaped_on_a_letter(tmp_path: Path) -> None:
    document = document_of("a" + "\u0316\u0301" * 200_000 + "\nGranvik\n", tmp_path)
    assert [line.text for line in document.pages[0].lines][1] == "Granvik"


def test_a_document_of_too_much_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (failed_pages, page_scheduler, plain_text):
        monkeypatch.setattr(module, "MOST_SIGNS", 500)
    with pytest.raises(LimitExceededError, match="more than 500 signs"):
        document_of(make.TEXT * 3, tmp_path)
    path = tmp_path / "page.pdf"
    path.write_bytes(make.one_page(make.shown(make.LINES * 3)))
    with pytest.raises(LimitExceededError, match="more than 500 signs"):
        read(path, ReadingOptions(engine="none"))
