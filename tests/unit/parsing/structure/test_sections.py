"""Sections nest by numbers, by type size, or by what stands above them; records keep roles and annexes."""

from avskrift.ingest.files import plain_text
from avskrift.models.agreement import Agreement, Section
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions
from avskrift.parsing import parse
from avskrift.parsing.structure.older_records import completed

TEXT = """Samverkansöverenskommelse mellan Almvik kommun och Polismyndigheten

1 Parter

Almvik kommun och Polismyndigheten ingår denna överenskommelse om lokal samverkan.

2 Organisation

Samverkan leds av en styrgrupp som möts varje kvartal under hela perioden.

2.1 Styrgrupp

Styrgruppen består av kommunchefen och lokalpolisområdeschefen i Almvik.

3 Giltighetstid

Överenskommelsen gäller från och med den 1 januari 2031 till och med den 31 december 2033.

Almvik den 2 februari 2031

______________________          ______________________
Anna Ek                         Nils Alm
Kommunchef                      Lokalpolisområdeschef

Bilaga 2 Handlingsplan

Bakgrund

Otryggheten kring stationen i Almvik har ökat under de senaste åren, visar mätningar.
"""


def record_of(text: str) -> Agreement:
    return parse(Document("invented.txt", "0" * 64, plain_text.pages_of(text), None), ParsingOptions(learned=False))


def section(record: Agreement, title: str) -> Section:
    return next(s for s in record.sections if s.title == title)


def test_numbers_say_how_deep_a_section_stands() -> None:
    record = record_of(TEXT)
    assert [(s.number, s.level) for s in record.sections if s.number] == [("1", 1), ("2", 1), ("2.1", 2), ("3", 1)]


def test_a_record_keeps_what_its_titles_mean() -> None:
    record = record_of(TEXT)
    assert section(record, "Parter").roles == ["parties"]
    assert section(record, "Styrgrupp").roles == ["group:steering"]
    assert section(record, "Giltighetstid").roles[0] == "period"


def test_a_record_keeps_which_annex_a_section_stands_in() -> None:
    record = record_of(TEXT)
    assert section(record, "Bakgrund").annex == "2"
    assert section(record, "Giltighetstid").annex is None


def test_an_earlier_record_is_given_roles_and_annexes() -> None:
    record = record_of(TEXT)
    bare = [s.model_copy(update={"roles": [], "annex": None}) for s in record.sections]
    filled = completed(record.model_copy(update={"sections": bare}))
    assert [s.roles for s in filled.sections] == [s.roles for s in record.sections]
    assert section(filled, "Bakgrund").annex == ""
    assert section(filled, "Giltighetstid").annex is None


def test_a_record_that_tells_its_roles_stays() -> None:
    record = record_of(TEXT)
    assert completed(record) is record


def test_an_earlier_excerpt_is_given_what_its_sections_tell_of_the_meeting() -> None:
    record = record_of("PROTOKOLLSUTDRAG\nKommunstyrelsen 2031-05-12\n\n§ 44 Avtal om torgen\n\nAvtalet godkänns.\n")
    assert record.minutes is not None
    earlier = record.model_copy(update={"minutes": None})
    minutes = completed(earlier).minutes
    assert minutes is not None and (minutes.date, minutes.present) == ("2031-05-12", [])
    assert [(i.paragraph, i.title, i.decision) for i in minutes.items] == [("44", "Avtal om torgen", None)]
    assert completed(earlier.model_copy(update={"absent": {"minutes": "its rules failed"}})).minutes is None


def test_an_earlier_record_can_be_read() -> None:
    section = Section.model_validate({"level": 1, "page": 1, "text": "", "title": "Parter"})
    assert (section.roles, section.annex) == ([], None)


def test_headings_below_one_on_areas_are_its_parts() -> None:
    record = record_of(
        "Våra löften\n\nTrygga torg\n\nVi lovar att polisen och kommunen går rond på torget varje vecka\n"
        "under hela året.\n\n"
        "Lugna kvällar\n\nVi lovar att ungdomsgården har öppet varje fredag och att polisen\n"
        "besöker den en gång i månaden.\n\n"
        "Uppföljning\n\nLöftena följs upp av kommunen och polisen varje år i november\noch redovisas.\n"
    )
    assert [(s.title, s.level) for s in record.sections] == [
        ("Våra löften", 1),
        ("Trygga torg", 2),
        ("Lugna kvällar", 2),
        ("Uppföljning", 1),
    ]
