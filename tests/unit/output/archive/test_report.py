"""The morning report on a batch."""

from pathlib import Path

from avskrift.output.archive.report import ArchiveReport, Entry, Failure, bars, html_of, is_report

_ENTRY = Entry("<b>a</b>.pdf", "the file is <damaged>", "a.json", "", "../a.pdf")
_REPORT = ArchiveReport(
    folder="records",
    counts={"done": 3, "failed": 1},
    pages=12,
    ocr_pages=10,
    seconds=7200.0,
    skipped=[("no kind that is read", 2)],
    failures=[Failure("BrokenInputError", 2, [_ENTRY]), Failure("OddError", 1, [])],
    again=[],
    again_pages=0,
    unread=[],
    unread_pages=0,
    unsure=[_ENTRY],
    missing=[("period", 1)],
    grades={"good": 2, "poor": 1},
    confidences=[0] * 9 + [3],
)


def test_a_page_that_needs_nothing_but_itself(tmp_path: Path) -> None:
    page = html_of(_REPORT)
    assert "<b>a</b>" not in page and "&lt;b&gt;a&lt;/b&gt;.pdf" in page
    assert "damaged or cut off: 2 documents" in page and "and 1 more, in the manifest" in page
    assert "OddError: 1 document <small>" in page and "4 documents, 12 pages read, 10 of them by OCR; 2.0 hours" in page
    assert "http" not in page.replace("http://www.w3.org", "")
    path = tmp_path / "report.html"
    path.write_text(page, encoding="utf-8")
    assert is_report(path)
    path.write_text("<!DOCTYPE html><title>Thesis</title>", encoding="utf-8")
    assert not is_report(path)


def test_the_longest_bar() -> None:
    assert [(bar.label, bar.y, bar.width) for bar in bars({"a": 1, "b": 4})] == [("a", 0, 75.0), ("b", 24, 300.0)]
    assert bars({}) == [] and bars({"a": 0})[0].width == 0.0
