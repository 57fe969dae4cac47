"""What a verified record asks of each word of its document."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from avskrift.models.agreement import (
    Agreement,
    Annex,
    Contact,
    DocumentHead,
    DocumentKind,
    Evidence,
    FocusArea,
    Group,
    GroupKind,
    Party,
    PartyKind,
    Period,
    Signatory,
    SourceFile,
)
from avskrift.parsing.learned.labels import MAY_BE, NOT_HELD, UNSAID, Labels, labels_of
from avskrift.parsing.learned.spans import LearnedReading
from avskrift.parsing.learned.tags import VALUE_TAGS
from avskrift.parsing.vocabulary import Vocabulary

Reads = Callable[[str], LearnedReading]


@pytest.fixture
def labelled(read_as_marked: Reads, vocabulary: Vocabulary) -> Callable[..., tuple[LearnedReading, Labels]]:
    """The labels of a text that the network read as it is marked, by a record that holds some lists."""

    def made(text: str, **held: Any) -> tuple[LearnedReading, Labels]:
        source = SourceFile(file="avtal.txt", sha256="0" * 64, pages=1, page_sources=["plain_text"])
        record = Agreement(document=DocumentHead(kind=DocumentKind.AGREEMENT), source=source, **held)
        reading = read_as_marked(text)
        return reading, labels_of(record, reading, vocabulary)

    return made


Labelled = Callable[..., tuple[LearnedReading, Labels]]


def at(text: str, line: int) -> Evidence:
    return Evidence(page=1, line=line, bbox=None, text=text, raw=text, confidence=0.9)


def named(name: str, line: int, text: str | None = None) -> Mapping[str, Any]:
    """The name of an object, with evidence."""
    return {"name": name, "evidence": at(text or name, line)}


def area(name: str, line: int, text: str | None = None) -> FocusArea:
    return FocusArea(**named(name, line, text))


def party(name: str, line: int, text: str | None = None, kind: PartyKind = PartyKind.MUNICIPALITY) -> Party:
    return Party(**named(name, line, text), kind=kind)


def shown(reading: LearnedReading, labels: Labels) -> list[str]:
    """The words that are a value, each with its tag (`B-AREA skolvägar`), and those of which nothing is said with a
    question mark."""
    found = []
    for word, number in zip(reading.document.words, labels.numbers, strict=True):
        if word and number != NOT_HELD:
            tag = "?" if number == UNSAID else f"{'IB'[number % 2]}-{VALUE_TAGS[(number - 1) // 2]}"
            found.append(f"{tag} {word}")
    return found


def test_a_value_that_the_reader_missed_is_taught_where_its_evidence_stands(labelled: Labelled) -> None:
    text = "Trygga skolvägar nämns först.\nVi tar oss an: Trygga skolvägar"
    reading, labels = labelled(text, focus_areas=[area("Trygga skolvägar", 2)])
    assert shown(reading, labels) == ["? trygga", "? skolvägar", "B-AREA trygga", "I-AREA skolvägar"]
    assert [v.field for v, _ in labels.found] == ["focus_areas.name"] and not labels.missed


def test_what_the_record_does_not_hold_is_no_value(labelled: Labelled) -> None:
    reading, labels = labelled(
        "Område: <AREA>Trafik</AREA>\nOmråde: <AREA>Blankett</AREA>", focus_areas=[area("Trafik", 1)]
    )
    assert shown(reading, labels) == ["B-AREA trafik"]


def test_what_no_record_holds_or_only_in_part_may_still_be_read() -> None:
    """Documents that are named, dates of meetings, problems that no area is told of."""
    may_be = {tag for i, tag in enumerate(VALUE_TAGS) if MAY_BE[1 + 2 * i] and MAY_BE[2 + 2 * i]}
    assert {"OTHERDOC", "DATE", "SITUATION", "ACTIVITY"} < may_be
    assert not {"PARTY", "AREA", "SIGNER"} & may_be and MAY_BE[0]


def test_a_party_is_taught_with_the_authority_before_its_area_and_its_other_names_are_left_alone(
    labelled: Labelled,
) -> None:
    text = (
        "Mellan <PARTY>Vikbo kommun</PARTY> och\n<PARTY>Polismyndigheten, lokalpolisområde Viken</PARTY>\n"
        "För <PARTY>Vikbo</PARTY>   För <PARTY>polisen</PARTY>   För <PARTY>skolan</PARTY>"
    )
    police = party("lokalpolisområde Viken", 2, "Polismyndigheten, lokalpolisområde Viken", PartyKind.POLICE)
    reading, labels = labelled(text, parties=[party("Vikbo kommun", 1), police])
    assert shown(reading, labels) == [
        *("B-PARTY vikbo", "I-PARTY kommun"),
        *("B-PARTY polismyndigheten", "I-PARTY ,", "I-PARTY lokalpolisområde", "I-PARTY viken"),
        *("? vikbo", "? polisen"),
    ]


def test_a_name_that_a_person_cut_shorter_is_found_among_the_words_it_was_read_from(labelled: Labelled) -> None:
    text = "Viken\n<AREA>Trygga skolvägar se bilaga 3</AREA>"
    reading, labels = labelled(text, focus_areas=[area("Trygga skolvägar", 2, "Trygga skolvägar se bilaga 3")])
    assert shown(reading, labels) == ["B-AREA trygga", "I-AREA skolvägar"]


def test_a_value_that_a_person_added_without_evidence_is_found_by_its_words(labelled: Labelled) -> None:
    text = "Kontakt\nanna.ek@vikbo.example\nAnna Ek, samordnare"
    contact = Contact(name="Anna Ek", role="samordnare", email="anna.ek@vikbo.example")
    reading, labels = labelled(text, contacts=[contact])
    assert len(labels.found) == 3
    assert shown(reading, labels)[-3:] == ["B-CONTACT anna", "I-CONTACT ek", "B-ROLE samordnare"]


def test_evidence_of_a_value_that_a_person_replaced_counts_for_nothing(labelled: Labelled) -> None:
    reading, labels = labelled("Ordförande: Bo Al\nSekreterare: Anna Ek", signatories=[
        Signatory(name="Anna Ek", evidence=at("Bo Al", 1), evidence_by_field={"name": at("Bo Al", 1)})
    ])  # fmt: skip
    assert shown(reading, labels) == ["B-SIGNER anna", "I-SIGNER ek"]


def test_days_are_found_however_they_are_written(labelled: Labelled) -> None:
    period = Period(
        valid_from="2031-03-01",
        valid_to="2033",
        until_further_notice=True,
        evidence_by_field={"valid_from": at("från den 1 mars 2031 till 2033", 1)},
    )
    reading, labels = labelled("Gäller från den 1 mars 2031 till 2033, sedan tills vidare", period=period)
    assert shown(reading, labels) == [
        *("B-FROM 1", "I-FROM mars", "I-FROM 2031"),
        *("B-TO 2033", "B-UNTIL tills", "I-UNTIL vidare"),
    ]


def test_a_word_that_is_parted_at_a_line_end_is_found_whole(labelled: Labelled) -> None:
    group = Group(**named("Styrgruppen", 1, "styrgruppen"), kind=GroupKind.STEERING)
    reading, labels = labelled("leds av styr-\ngruppen enligt ovan", groups=[group])
    assert shown(reading, labels) == ["B-GROUP styr", "I-GROUP -", "I-GROUP gruppen"]


def test_a_chair_who_is_a_member_is_taught_once(labelled: Labelled) -> None:
    group = Group(**named("Styrgruppen", 1), kind=GroupKind.STEERING, members=["Anna Ek", "Bo Al"], chair="Anna Ek")
    reading, labels = labelled("Styrgruppen: Anna Ek (ordförande), Bo Al", groups=[group])
    assert [w for w in shown(reading, labels) if "CHAIR" in w] == []
    assert len([w for w in shown(reading, labels) if w.startswith("B-MEMBER")]) == 2


def test_the_number_of_an_annex_stands_beside_its_title(labelled: Labelled) -> None:
    annex = Annex(number="2", title="Lägesbild", evidence=at("Lägesbild", 2))
    reading, labels = labelled("Avsnitt 2 av 9\nBilaga 2 Lägesbild", annexes=[annex])
    assert shown(reading, labels) == ["B-ANNEXNO 2", "B-ANNEX lägesbild"]


def test_what_is_nowhere_in_the_document_is_missed(labelled: Labelled) -> None:
    reading, labels = labelled("Vi tar oss an: Trafik", focus_areas=[area("Trafik", 1), area("Skolfrånvaro", 1)])
    assert [v.text for v in labels.missed] == ["Skolfrånvaro"]
    assert shown(reading, labels) == ["B-AREA trafik"]
