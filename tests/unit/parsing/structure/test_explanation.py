"""Every line of a document says what it was taken to be, and why."""

from dataclasses import replace

from avskrift.ingest.files import plain_text
from avskrift.models.document import Document, Line, LineRole
from avskrift.parsing import explain_lines

TEXT = """Samverkansöverenskommelse mellan Almvik kommun och Polismyndigheten

1 Organisation

Samverkan leds av en styrgrupp som möts varje kvartal och som beslutar om den
gemensamma handlingsplanen.
• kommunchefen
• lokalpolisområdeschefen

Grupp            Deltagare
Styrgrupp        Kommunchef, lokalpolisområdeschef
Arbetsgrupp      Trygghetssamordnare, kommunpolis

Sida 1 av 2

2 Giltighetstid

Överenskommelsen gäller från och med den 1 januari 2031.
"""


def document_of(text: str) -> Document:
    return Document("invented.txt", "0" * 64, plain_text.pages_of(text), None)


def test_each_line_has_a_kind_and_a_reason() -> None:
    found = {one.text.split("   ")[0]: (one.kind, one.reason) for one in explain_lines(document_of(TEXT))}
    assert found["1 Organisation"] == ("heading", "numbered '1'")
    assert (
        found["Samverkan leds av en styrgrupp som möts varje kvartal och som beslutar om den"][0] == "paragraph start"
    )
    assert found["gemensamma handlingsplanen."] == (
        "continuation",
        "a sentence is open, and the line begins in lower case",
    )
    assert found["• kommunchefen"] == ("list item", "begins with '•'")
    assert found["Styrgrupp"] == ("table row", "in a table whose columns are headed Grupp, Deltagare")
    assert found["Sida 1 av 2"] == ("page number", "a page's number within the text")
    assert found["2 Giltighetstid"] == ("heading", "numbered '2'")


def test_lines_stand_in_their_order_and_none_is_left_out() -> None:
    explained = explain_lines(document_of(TEXT))
    assert [one.line for one in explained] == [i for i, text in enumerate(TEXT.splitlines(), 1) if text.strip()]


def test_lines_around_the_text() -> None:
    document = document_of(TEXT)
    first = document.pages[0]
    header = Line(0, "Almviks kommun", "Almviks kommun", role=LineRole.HEADER)
    page = replace(first, lines=(header, *first.lines))
    explained = explain_lines(replace(document, pages=(page, *document.pages[1:])))
    assert (explained[0].kind, explained[0].text) == ("page header", "Almviks kommun")


def test_rows_of_an_action_plan() -> None:
    rows = (
        "Mål: Färre bränder\nSyfte: Att nå fler\nAktivitet: Vandringar\nPolisens kontakt: Kommunpolis\nLöptid: 2031\n"
    )
    rows += "Kommunens kontakt: Samordnare\n"
    explained = explain_lines(document_of("Handlingsplan\n\n" + rows))
    assert [one.kind for one in explained[1:]] == ["action plan row"] * 6
