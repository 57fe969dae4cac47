"""Text that another OCR left: pages and lines."""

from avskrift.ingest.files.plain_text import pages_of
from avskrift.models.document import WIDE_GAP


def test_pages_at_form_feeds() -> None:
    assert [p.lines[0].text for p in pages_of("ett\n\ftvå\n\ftre")] == ["ett", "två", "tre"]


def test_pages_at_single_spaces() -> None:
    pages = pages_of(" Bakgrund\nText som löper.\n• punkt\n Bilagor\nMer text.\n")
    assert [p.lines[0].text for p in pages] == ["Bakgrund", "Bilagor"]


def test_a_space_before_bullets_is_layout() -> None:
    assert len(pages_of("Löften\n\n • Trygghet\n • Trafik\n • Skola\n")) == 1


def test_columns_and_blank_lines() -> None:
    first, second = pages_of("Anna Berg          Bo Ek\n\n\nKommunchef    Polischef\n")[0].lines
    assert first.text == f"Anna Berg{WIDE_GAP}Bo Ek"
    assert second.space_before == 2 and second.number == 4
