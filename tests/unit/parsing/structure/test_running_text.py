"""Running text, and what stands around it."""

from dataclasses import replace

from avskrift.ingest.files import plain_text
from avskrift.models.document import Document, Line, LineRole
from avskrift.parsing.structure.page_measures import body_size, extent, measures_of
from avskrift.parsing.structure.running_text import body_lines, margin_lines
from avskrift.parsing.structure.text_span import LocatedLine
from avskrift.parsing.vocabulary import Vocabulary

VOCABULARY = Vocabulary.shipped()


def document_of(*lines: Line) -> Document:
    document = Document("invented.txt", "0" * 64, plain_text.pages_of("."), None)
    return replace(document, pages=(replace(document.pages[0], lines=lines),))


def line(text: str, role: LineRole = LineRole.BODY, space: float = 0.0) -> Line:
    return Line(1, text, text, role=role, space_before=space)


def test_what_stands_around_the_text_is_none_of_it() -> None:
    document = document_of(
        line("Almviks kommun", LineRole.HEADER), line("Parterna möts."), line("Dnr KS 1", LineRole.FOOTER)
    )
    assert [p.text for p in body_lines(document, VOCABULARY)] == ["Parterna möts."]
    assert [p.text for p in margin_lines(document)] == ["Almviks kommun", "Dnr KS 1"]


def test_a_header_that_names_an_annex_is_kept_where_it_first_stands() -> None:
    header = line("Bilaga 2", LineRole.HEADER)
    document = document_of(header, line("Karta över torget"), header, line("Parkens delar"))
    texts = [p.text for p in body_lines(document, VOCABULARY)]
    assert texts == ["Bilaga 2", "Karta över torget", "Parkens delar"]


def test_a_new_page_begins_after_a_page_number_within_the_text() -> None:
    body = body_lines(document_of(line("Parterna möts"), line("Sida 1 av 2"), line("varje vecka.")), VOCABULARY)
    assert [(p.text, p.line.space_before) for p in body] == [("Parterna möts", 0.0), ("varje vecka.", 1.0)]


def test_empty_lines_are_none() -> None:
    assert body_lines(document_of(line("  ")), VOCABULARY) == []


def located(*lines: Line) -> list[LocatedLine]:
    return [LocatedLine(1, one, i) for i, one in enumerate(lines)]


def test_the_usual_gap_is_the_commonest_where_few_lines_are_close() -> None:
    close = [line("a"), line("b"), line("c", space=1.0)]
    assert measures_of(located(*close)).gap == 0.0
    assert measures_of(located(line("a"), *[line("b", space=1.0)] * 20)).gap == 1.0


def test_measures_of_no_lines() -> None:
    assert measures_of([]).width == 0.0


def test_a_line_of_text_ends_after_its_indent_and_signs() -> None:
    assert extent(Line(1, "  torget", "  torget", indent=12.0)) == 8.0


def test_the_usual_size_is_that_of_most_signs() -> None:
    large, small = Line(1, "Rubrik", "Rubrik", font_size=16.0), Line(1, "x" * 40, "x" * 40, font_size=11.1)
    assert body_size(located(large, large, small)) == 11.0
    assert body_size(located(line("Parterna"))) is None
