"""The period: from when to when an agreement holds, its extension and revision."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import DatedMention, DateRole, Period
from avskrift.parsing.fields.period import period_of, unread_clause, with_notice, with_signing
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.text_span import TextSpan

Structure = Callable[[str], DocumentStructure]
HEAD = "Samverkansöverenskommelse\n\n1 Syfte\n\nParterna vill ha lugna torg.\n\n2 Giltighet\n\n"


@pytest.mark.parametrize(
    ("clause", "first", "last"),
    [
        ("Den gäller från och med den 1 maj 2021 till och med den 30 april 2023.", "2021-05-01", "2023-04-30"),
        ("Överenskommelsen gäller 2021-05-01 – 2023-04-30.", "2021-05-01", "2023-04-30"),
        ("Överenskommelsen gäller till och med den 31 december 2024.", None, "2024-12-31"),
        ("Överenskommelsen gäller 2021-05-01--2023-04-30.", "2021-05-01", "2023-04-30"),
        ("Överenskommelsen gäller under åren 2019-2021.", "2019", "2021"),
        ("Överenskommelsen gäller tills vidare från den 1 mars 2020.", "2020-03-01", None),
        ("Överenskommelsen antogs av nämnden och gäller.", None, None),
        ("Giltighetstid: 20210501-20230430.", "2021-05-01", "2023-04-30"),
        ("Överenskommelsen gäller från den första maj 2021 till den sista april 2023.", "2021-05-01", "2023-04-30"),
        ("Överenskommelsen gäller 01-05-2021 till 30-04-2023.", "2021-05-01", "2023-04-30"),
        ("Överenskommelsen gäller 01.05.2021–30.04.2023.", "2021-05-01", "2023-04-30"),
        ("Överenskommelsen träder i kraft 210501 och upphör 230430.", "2021-05-01", "2023-04-30"),
        ("Överenskommelsen gäller i två år från 2021-05-01.", "2021-05-01", "2023-04-30"),
        ("Överenskommelsen gäller från den 1 maj 2021 under en period av 24 månader.", "2021-05-01", "2023-04-30"),
        ("Överenskommelsen träder i kraft den 1 maj 2021. Den gäller i två (2) år.", "2021-05-01", "2023-04-30"),
        ("Överenskommelsen gäller från 2024-02-29 och ett år framåt.", "2024-02-29", "2025-02-28"),
        ("Den gäller från 2021-05-01 med en uppsägningstid om tre månader.", "2021-05-01", None),
        ("Den gäller från 2021-05-01 och förlängs därefter med två år i taget.", "2021-05-01", None),
        ("Den gäller tills vidare från 2021-05-01, dock minst i två år.", "2021-05-01", None),
    ],
)  # fmt: skip
def test_the_section_on_validity_tells_the_period(
    structure: Structure, clause: str, first: str | None, last: str | None
) -> None:
    period = period_of(structure(HEAD + clause + "\n"), None)
    assert (period.valid_from, period.valid_to) == (first, last)


@pytest.mark.parametrize(
    ("clause", "unread"),
    [
        ("Överenskommelsen gäller från 2021-05-01 till utgången av mandatperioden.", True),
        ("Överenskommelsen gäller i tre terminer.", True),
        ("Överenskommelsen gäller 1/5 till 30/4.", True),
        ("Överenskommelsen gäller från 2021-05-01.", False),
        ("Överenskommelsen gäller från 2021-05-01. Den förlängs med ett år i taget.", False),
        ("Överenskommelsen gäller från 2021-05-01. Uppsägning sker skriftligen tre månader i förväg.", False),
        ("Överenskommelsen gäller åren 2021-2023.", False),
    ],
)
def test_days_and_times_that_are_not_understood_are_known(structure: Structure, clause: str, unread: bool) -> None:
    found = structure(HEAD + clause + "\n")
    sentence = unread_clause(found, period_of(found, None))
    assert (sentence is not None) is unread
    assert sentence is None or sentence.text in clause


def test_each_end_has_the_words_that_tell_it(structure: Structure) -> None:
    clause = "Överenskommelsen gäller från och med den 1 maj 2021 till och med den 30 april 2023."
    period = period_of(structure(HEAD + clause + "\n"), None)
    told = {name: (e.text, e.line) for name, e in period.evidence_by_field.items()}
    assert told == {"valid_from": ("1 maj 2021", 9), "valid_to": ("30 april 2023", 9)}
    assert period.evidence == period.evidence_by_field["valid_from"]


def test_extension_and_revision(structure: Structure) -> None:
    text = (
        "Överenskommelsen gäller tills vidare. Om den inte sägs upp förlängs den med ett år i sänder.\n"
        "Den revideras en gång om året.\n"
    )
    period = period_of(structure(HEAD + text), None)
    assert period.until_further_notice
    assert period.extension == "Om den inte sägs upp förlängs den med ett år i sänder"
    assert period.revision == "en gång om året"


def test_a_sentence_elsewhere_tells_what_no_section_does(structure: Structure) -> None:
    text = "Överenskommelse\n\n1 Syfte\n\nDenna överenskommelse gäller från 2020-01-01 till 2021-12-31.\n"
    period = period_of(structure(text), None)
    assert (period.valid_from, period.valid_to) == ("2020-01-01", "2021-12-31")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Medborgarlöften\nVikbo\n2031–2034\n\nParterna vill ha lugna torg.\n", ("2031", "2034")),
        ("Löften\n\nUnder 2031–34 lovar Vikbo kommun och polisen lugna torg.\n", ("2031", "2034")),
        ("Löften\n\nVi har träffats.\n\nLöftet löper under 2031 och kan förlängas.\n", ("2031", "2031")),
        ("Löften\n\nVikbo kommun och polisen har enats om löften för 2031.\n", ("2031", "2031")),
        ("Löften\n\nUnder 2027–2030 har Vikbo kommun byggt torg.\n", (None, None)),
        ("Löften\n\nLöftet gäller utöver den tidigare överenskommelsen för 2027.\n", (None, None)),
    ],
)
def test_whole_years(structure: Structure, text: str, years: tuple[str | None, str | None]) -> None:
    period = period_of(structure(text), None)
    assert (period.valid_from, period.valid_to) == years


def test_one_year_in_the_title_of_a_promise(structure: Structure, span: Callable[[str], TextSpan]) -> None:
    text = "1 Syfte\n\nParterna vill ha lugna torg.\n"
    assert period_of(structure(text), span("Medborgarlöfte i Vikbo 2031")).valid_to == "2031"
    assert period_of(structure(text), span("Samverkansöverenskommelse 2031")).valid_to is None


def test_the_years_of_the_title_are_the_last_resort(structure: Structure, span: Callable[[str], TextSpan]) -> None:
    text = "1 Syfte\n\nParterna vill ha lugna torg.\n"
    assert period_of(structure(text), span("Samverkan 2019-2021")).valid_to == "2021"
    assert period_of(structure(text), span("Samverkan 2021-2019")).valid_to is None


SIGNED = [
    DatedMention(date="2020-02-29", role=DateRole.SIGNED, text="29 februari 2020"),
    DatedMention(date="2020-02-03", role=DateRole.SIGNED, text="3 februari 2020"),
    DatedMention(date="2020-12-24", role=DateRole.OTHER, text="julafton"),
]


@pytest.mark.parametrize(
    ("clause", "last"),
    [
        ("Överenskommelsen gäller i två år från undertecknandet.", "2022-02-28"),
        ("Överenskommelsen gäller i 4 år från undertecknandet.", "2024-02-28"),
        ("Överenskommelsen gäller från undertecknandet.", None),
    ],
)
def test_a_period_counted_from_the_last_day_of_signing(structure: Structure, clause: str, last: str | None) -> None:
    outline = structure(HEAD + clause + "\n")
    period = with_signing(period_of(outline, None), outline, SIGNED)
    assert (period.valid_from, period.valid_to) == ("2020-02-29", last)
    assert period.evidence_by_field["valid_from"].text == clause


def test_what_the_agreement_tells_is_not_counted(structure: Structure) -> None:
    outline = structure(HEAD + "Överenskommelsen gäller från undertecknandet.\n")
    told = Period(valid_from="2019-01-01")
    assert with_signing(told, outline, SIGNED) is told
    assert with_signing(Period(), outline, []).valid_from is None


def test_how_an_agreement_is_ended_by_notice(structure: Structure) -> None:
    text = f"{HEAD}Den gäller tills vidare.\n\n3 Övrigt\n\n{{}}\n\n4 Mer\n\nSäg inte upp den.\n"
    clause = "Parterna möts ofta. Part kan säga upp den skriftligt. Uppsägningstiden är tre månader. Torget är stort."
    period = with_notice(Period(), structure(text.format(clause)))
    assert period.notice == "Part kan säga upp den skriftligt. Uppsägningstiden är tre månader."
    assert period.evidence_by_field["notice"].line == 13
    assert with_notice(Period(), structure(f"{HEAD}Den gäller tills vidare.\n")) == Period()
