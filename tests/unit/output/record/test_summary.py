"""What was found, for people at a terminal."""

from io import StringIO

from rich.console import Console

from avskrift.models.agreement import Agreement, DigitalSignature, Evidence, Party, PartyKind
from avskrift.models.minutes import Attendee, Minutes, MinutesItem
from avskrift.output.record.summary import summary_of


def shown(record: Agreement) -> str:
    text = StringIO()
    Console(file=text, width=100).print(summary_of(record))
    return text.getvalue()


def test_tables_of_what_there_is(record: Agreement) -> None:
    text = shown(record)
    assert "Samverkansöverenskommelse" in text and "1 pages (1 of plain text)" in text
    assert "212000-4516" in text and "2 a year" in text and "not found" in text
    assert "Annexes" not in text and "Contacts" not in text


def test_numbers_that_are_wrong_and_readings_that_are_weak(record: Agreement) -> None:
    weak = Evidence(page=3, bbox=None, text="Vikbo komun", raw="Vikbo komun", confidence=0.31)
    party = Party(
        name="Vikbo komun",
        kind=PartyKind.MUNICIPALITY,
        organisation_number="212000-4517",
        organisation_number_valid=False,
        evidence_by_field={"name": weak},
    )
    text = shown(record.model_copy(update={"parties": [party]}))
    assert "(check digit wrong)" in text
    assert "Check these readings" in text and "party: name" in text and "page 3" in text and "31%" in text


def test_digital_signatures_in_one_line(record: Agreement) -> None:
    assert "Signed digitally" not in shown(record)
    signatures = [
        DigitalSignature(name="Anna Berg", time="2021-02-10T09:13:00+01:00", intact=True, covers_whole_file=True),
        DigitalSignature(intact=False),
        DigitalSignature(name="Nils Ek"),
    ]
    text = shown(
        record.model_copy(update={"source": record.source.model_copy(update={"digital_signatures": signatures})})
    )
    assert "Signed digitally: Anna Berg (2021-02-10, intact); somebody (does not hold); Nils Ek (not" in text


def test_what_minutes_tell(record: Agreement) -> None:
    person = Attendee(name="Anna Berg", role="ordförande", political_party="S")
    item = MinutesItem(paragraph="12", title="Torgen", decision="Avtalet godkänns.")
    minutes = Minutes(body="Kommunstyrelsen", date="2031-05-12", posted="2031-05-20", present=[person], items=[item])
    text = shown(record.model_copy(update={"minutes": minutes}))
    assert "Kommunstyrelsen, 2031-05-12" in text and "on the notice board" in text and "adjusted by" not in text
    assert "Anna Berg" in text and "Avtalet godkänns." in text


def test_signs_that_steer_a_terminal_are_replaced(record: Agreement) -> None:
    party = Party(name="Vikbo\x1b[2J [red]kommun[/red]", kind=PartyKind.MUNICIPALITY)
    text = shown(record.model_copy(update={"parties": [party]}))
    assert "\x1b" not in text and "[red]kommun[/red]" in text
