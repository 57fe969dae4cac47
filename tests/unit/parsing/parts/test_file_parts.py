"""Files that hold several documents: where each begins, which one the record is of, and where its values stand."""

import pytest
from agreement_texts import AGREEMENT

from avskrift.ingest.files import plain_text
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions
from avskrift.parsing import parse, parse_parts
from avskrift.parsing.parts.file_parts import parts_of
from avskrift.parsing.parts.own_pages import alone, pages_of
from avskrift.parsing.vocabulary import Vocabulary

EXCERPT = """PROTOKOLLSUTDRAG
Kommunstyrelsen 2031-05-12
§ 44
Överenskommelse om lugna torg
Beslut
Kommunstyrelsen godkänner överenskommelsen med polisen.
Justeras: Anna Ek
"""
PLAN = """Handlingsplan 2031

Mål: torgen ska vara lugna.
Åtgärd: fler vandrar om natten.
"""
MEMO = """Tjänsteskrivelse
2031-04-02
Förslag till beslut
Nämnden föreslås besluta att godkänna överenskommelsen.
"""


def document_of(*pages: str) -> Document:
    return Document("fil.txt", "0" * 64, plain_text.pages_of("\f".join(pages)))


def starts_of(*pages: str) -> list[int]:
    """The first page of each document; the first of all where the file is one."""
    return [part.pages[0] for part in parts_of(document_of(*pages), Vocabulary.shipped())] or [1]


@pytest.mark.parametrize(
    ("pages", "starts"),
    [
        ((AGREEMENT,), [1]),
        ((EXCERPT, AGREEMENT), [1, 2]),
        ((MEMO, AGREEMENT, EXCERPT), [1, 2, 3]),
        ((AGREEMENT, PLAN), [1]),  # a plan is a part of its agreement
        ((EXCERPT, "Styrelsen uppdrar åt kommunchefen att följa arbetet.\n"), [1]),
        ((AGREEMENT, "Samverkansöverenskommelse mellan Vikbo kommun och Polismyndigheten\n\n4 Tvist\nLöses.\n"), [1]),
        ((f"Sida 1 (2)\n{AGREEMENT}", f"Sida 2 (2)\n{EXCERPT}"), [1]),  # a page that says it is the second is no first
    ],
)
def test_a_document_begins_with_a_page_that_names_it(pages: tuple[str, ...], starts: list[int]) -> None:
    assert starts_of(*pages) == starts


def test_the_record_is_of_the_agreement_and_tells_of_the_other_parts() -> None:
    record = parse(document_of(EXCERPT, AGREEMENT), ParsingOptions(learned=False))
    assert [(p.pages, p.kind.value) for p in record.source.parts] == [([1], "protocol_excerpt"), ([2], "agreement")]
    assert record.source.pages == 2
    assert record.period.valid_from == "2031-06-01"
    assert record.period.evidence is not None and record.period.evidence.page == 2
    assert "the file holds several documents, 2 in all; this record is of page 2" in record.warnings


def test_a_record_for_each_part_stands_on_its_own_pages() -> None:
    records = parse_parts(document_of(EXCERPT, AGREEMENT), ParsingOptions(learned=False))
    assert [r.document.kind.value for r in records] == ["protocol_excerpt", "agreement"]
    for record, page in zip(records, (1, 2), strict=True):
        pages = {e.page for group in record.sections for e in (group.evidence,) if e is not None}
        assert pages == {page}


def test_minutes_tell_of_the_meeting_where_the_record_is_theirs() -> None:
    document, rules = document_of(EXCERPT, AGREEMENT), ParsingOptions(learned=False)
    assert parse(document, rules).minutes is None
    excerpt, agreement = parse_parts(document, rules)
    assert agreement.minutes is None
    assert excerpt.minutes is not None and excerpt.minutes.date == "2031-05-12"
    (item,) = excerpt.minutes.items
    assert item.decision == "Kommunstyrelsen godkänner överenskommelsen med polisen."


def test_values_of_minutes_stand_on_the_pages_of_the_file() -> None:
    _, excerpt = parse_parts(document_of(AGREEMENT, EXCERPT), ParsingOptions(learned=False))
    assert excerpt.minutes is not None
    (item,) = excerpt.minutes.items
    assert {e.page for e in item.evidence_by_field.values()} == {2}


def test_a_file_of_one_document_tells_of_no_parts() -> None:
    (record,) = parse_parts(document_of(AGREEMENT, PLAN), ParsingOptions(learned=False))
    assert record.source.parts == []
    (record,) = parse_parts(document_of(AGREEMENT), ParsingOptions(learned=False))
    assert record.source.parts == [] and not [r for r in record.remarks if r.kind == "parts"]


def test_a_record_of_one_document_in_a_file_is_taken_with_its_pages_alone() -> None:
    whole = document_of(EXCERPT, AGREEMENT)
    for record, page in zip(parse_parts(whole, ParsingOptions(learned=False)), (1, 2), strict=True):
        document, moved = alone(whole, record)
        assert pages_of(record) == [page] and [p.number for p in document.pages] == [1]
        assert document.pages[0].lines == whole.pages[page - 1].lines
        assert {section.page for section in moved.sections} == {1} and moved.source.parts == []


def test_a_record_of_a_whole_file_is_taken_as_it_is() -> None:
    whole = document_of(AGREEMENT, PLAN)
    record = parse(whole, ParsingOptions(learned=False))
    assert pages_of(record) == [] and alone(whole, record) == (whole, record)


def test_a_number_of_the_matter_is_taken_from_the_excerpt_beside_an_agreement_without_one() -> None:
    numbered = EXCERPT.replace("§ 44\n", "§ 44\nDnr KS 2031/0417\n")
    record = parse(document_of(numbered, AGREEMENT))
    (number,) = record.document.diary_numbers
    assert number.number == "KS 2031/0417" and number.evidence is not None and number.evidence.page == 1
    several = numbered.replace("Dnr KS", "Dnr BUN 2029/12\nDnr KS")
    assert parse(document_of(several, AGREEMENT)).document.diary_numbers == []
    own = parse(document_of(numbered, "Dnr KS 2031/0099\n" + AGREEMENT)).document.diary_numbers
    assert [n.number for n in own] == ["KS 2031/0099"]


def test_a_letter_before_an_agreement_is_none_and_tells_its_number() -> None:
    letter = """Följebrev

Vikbo den 3 februari 2031
Till Polismyndigheten
Dnr KS 2031/0417

Härmed översänds Samverkansöverenskommelse 2031-2034 för undertecknande. Den ersätter överenskommelsen för 2027-2030.

Med vänlig hälsning
Elin Ek
Registrator
"""
    record = parse(document_of(letter, AGREEMENT))
    assert [(p.pages, p.kind, p.recorded) for p in record.source.parts] == [
        ([1], "memo", False),
        ([2], "agreement", True),
    ]
    assert [n.number for n in record.document.diary_numbers] == ["KS 2031/0417"]
    assert record.signatories == [] and record.period.valid_to == "2033-05-31"


def test_a_plan_behind_its_agreement_is_remarked_on_and_does_not_sign_it() -> None:
    signed = AGREEMENT + "\n4 Undertecknande\nVikbo den 2 maj 2031\n\nAnna Berg\nKommunchef\n"
    plan = PLAN + "\nUnderskrift\nVikbo den 3 juni 2031\n\nNils Alm\nTrygghetssamordnare\n"
    record = parse(document_of(signed, plan))
    assert [s.name for s in record.signatories] == ["Anna Berg"]
    (remark,) = [r.text for r in record.remarks if r.kind == "parts"]
    assert remark.startswith("page 2 begins another document (Handlingsplan 2031)")
