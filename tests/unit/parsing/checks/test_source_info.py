"""Where a record comes from: pages, what was left out of the text, and what was corrected."""

from avskrift.models.document import Document, Footnote, HiddenText, Line, Page, PageSource, Quality, Region
from avskrift.models.edits import Edit
from avskrift.models.geometry import BoundingBox
from avskrift.parsing.checks.source_info import corrections_of, doubtful_readings_of, source_of

CORRECTED = Line(
    4, "ett mal och bam", "ett mål och bam", edits=(Edit(4, 7, "mål", "diacritics", 0.8),),
    suggestions=(Edit(12, 15, "barn", "confusion", 0.4),),
)  # fmt: skip
PAGE = Page(
    2,
    PageSource.OCR,
    (CORRECTED, Line(5, "1 Se planen.", "1 Se planen."), Line(6, "Den finns.", "Den finns.")),
    rotation=450,
    skew=0.4,
    confidence=0.87654,
    regions=(
        Region("logo", BoundingBox(1.0, 2.0, 3.0, 4.0)),
        Region("chart", BoundingBox(5.0, 6.0, 7.0, 8.0), "Antal"),
    ),
    quality=Quality.FAIR,
    footnotes=(Footnote("1", (5, 6), 4),),
    hidden_text=(HiddenText("hemligt", "white"),),
)
DOCUMENT = Document("a.pdf", "0" * 64, (Page(1, PageSource.TEXT_LAYER, ()), PAGE), "engine 5")


def test_pages_and_how_each_was_read() -> None:
    source = source_of(DOCUMENT)
    assert (source.file, source.pages, source.engine) == ("a.pdf", 2, "engine 5")
    assert source.page_sources == ["text_layer", "ocr"]
    assert source.page_rotations == [0, 90] and source.page_skews == [0.0, 0.4]
    assert source.page_confidences == [1.0, 0.877] and source.page_qualities == [None, "fair"]


def test_what_is_no_running_text() -> None:
    source = source_of(DOCUMENT)
    assert [(r.page, r.kind, r.text) for r in source.regions] == [(2, "logo", None), (2, "chart", "Antal")]
    (note,) = source.footnotes
    assert (note.page, note.mark, note.text) == (2, "1", "Se planen. Den finns.")
    assert note.marked_text == "ett mål och bam"
    assert [(h.page, h.text, h.reason) for h in source.hidden_text] == [(2, "hemligt", "white")]


def test_corrections_and_doubts_tell_the_reading_they_change() -> None:
    (made,) = corrections_of(DOCUMENT)
    assert (made.page, made.line, made.raw, made.corrected, made.confidence) == (2, 4, "mal", "mål", 0.8)
    (left,) = doubtful_readings_of(DOCUMENT)
    assert (left.raw, left.proposed, left.rule) == ("bam", "barn", "confusion")
