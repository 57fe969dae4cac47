"""Which value belongs to which: read as a person would, from marks that are right."""

from collections.abc import Callable

import pytest

from avskrift.parsing.learned.records import LearnedRecords, records_of
from avskrift.parsing.learned.spans import LearnedReading
from avskrift.parsing.vocabulary import Vocabulary

Records = Callable[[str], LearnedRecords]


@pytest.fixture
def records(read_as_marked: Callable[[str], LearnedReading], vocabulary: Vocabulary) -> Records:
    return lambda text: records_of(read_as_marked(text).values, vocabulary)


def test_a_party_that_is_named_again_in_short_is_one_party(records: Records) -> None:
    found = records(
        "Mellan <PARTY>Vikbo kommun</PARTY> (nedan <TERM>kommunen</TERM>) och <PARTY>Polismyndigheten, "
        "lokalpolisområde Vikbo</PARTY> (<TERM>polisen</TERM>).\n\nFör <PARTY>polisen</PARTY>\n<SIGNER>Bo Al</SIGNER>"
    )
    assert [(p.name, p.defined_term) for p in found.parties] == [
        ("Vikbo kommun", "kommunen"),
        ("lokalpolisområde Vikbo", "polisen"),
    ]


def test_a_number_is_written_as_usual_and_its_check_digit_told(records: Records) -> None:
    found = records("<PARTY>Nattljuset</PARTY>, org.nr <ORGNR>202100 0076</ORGNR>")
    (party,) = found.parties
    assert (party.organisation_number, party.organisation_number_valid) == ("202100-0076", True)


@pytest.mark.parametrize(
    "text",
    [
        "<SIGNER>Anna Ek</SIGNER>          <SIGNER>Bo Al</SIGNER>\n"
        "<OFFICE>kommunchef</OFFICE>       <OFFICE>polischef</OFFICE>",
        "<OFFICE>kommunchef</OFFICE>       <OFFICE>polischef</OFFICE>\n"
        "<SIGNER>Anna Ek</SIGNER>          <SIGNER>Bo Al</SIGNER>",
        "<SIGNER>Anna Ek</SIGNER>, <OFFICE>kommunchef</OFFICE>\n<SIGNER>Bo Al</SIGNER>, <OFFICE>polischef</OFFICE>",
        "<SIGNER>Anna Ek</SIGNER>\n<OFFICE>kommunchef</OFFICE>\n\n<SIGNER>Bo Al</SIGNER>\n<OFFICE>polischef</OFFICE>",
        "<OFFICE>kommunchef</OFFICE> <SIGNER>Anna Ek</SIGNER> och <OFFICE>polischef</OFFICE> <SIGNER>Bo Al</SIGNER>",
        "<OFFICE>kommunchef</OFFICE>\n<SIGNER>Anna Ek</SIGNER>\n\n<OFFICE>polischef</OFFICE>\n<SIGNER>Bo Al</SIGNER>",
    ],
)
def test_offices_stand_beside_below_or_above_names(records: Records, text: str) -> None:
    found = records(text).signatories
    assert [(s.name, s.title) for s in found] == [("Anna Ek", "kommunchef"), ("Bo Al", "polischef")]


def test_members_and_meetings_belong_to_the_group_before_them(records: Records) -> None:
    found = records(
        "<GROUP>Styrgruppen</GROUP> består av <MEMBER>kommunchefen</MEMBER> och <MEMBER>polischefen</MEMBER>.\n"
        "Den träffas <FREQ>två gånger per år</FREQ>.\n<GROUP>Arbetsgruppen</GROUP>: <MEMBER>rektor</MEMBER>"
    ).groups
    assert [(g.name, g.members, g.meetings_per_year) for g in found] == [
        ("Styrgruppen", ["kommunchefen", "polischefen"], 2),
        ("Arbetsgruppen", ["rektor"], None),
    ]


def test_what_follows_a_list_of_areas_is_not_the_last_ones(records: Records) -> None:
    found = records("- <AREA>ungdomar</AREA>\n- <AREA>trafik</AREA>\n\n<GOAL>Tryggheten ska öka</GOAL>").focus_areas
    assert [(a.name, a.goal) for a in found] == [("Ungdomar", None), ("Trafik", None)]


def test_a_row_of_contacts_keeps_its_own_numbers(records: Records) -> None:
    found = records(
        "<CONTACT>Anna Ek</CONTACT>   <ROLE>strateg</ROLE>   <PHONE>0123-456 78</PHONE>\n"
        "<CONTACT>Bo Al</CONTACT>   <ROLE>kommunpolis</ROLE>   <PHONE>0123-987 65</PHONE>"
    ).contacts
    assert [(c.name, c.role, c.phone) for c in found] == [
        ("Anna Ek", "strateg", "0123-456 78"),
        ("Bo Al", "kommunpolis", "0123-987 65"),
    ]


def test_days_are_told_in_iso_8601_and_a_year_as_a_year(records: Records) -> None:
    period = records("gäller från <FROM>den 1 mars 2019</FROM> till <TO>2021</TO>").period
    assert (period.valid_from, period.valid_to) == ("2019-03-01", "2021")


def test_every_value_says_where_it_stands(records: Records) -> None:
    (annex,) = records("Bilagor\nBilaga <ANNEXNO>2</ANNEXNO>   <ANNEX>Lägesbild för\nVikbo</ANNEX>").annexes
    assert annex.evidence is not None
    assert (annex.number, annex.title, annex.evidence.line) == ("2", "Lägesbild för Vikbo", 2)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("<TITLE>Medborgarlöften i Vikbo 2031–2034</TITLE>", ("2031", "2034")),
        ("<TITLE>Samverkansöverenskommelse 2031-34</TITLE>", ("2031", "2034")),
        ("<TITLE>Medborgarlöfte 2031</TITLE>", ("2031", "2031")),
        (
            "<TITLE>Samverkansöverenskommelse 2031</TITLE>",
            (None, None),
        ),  # the year of an agreement may be its signing's
        ("<TITLE>Medborgarlöfte 2031</TITLE> gäller <UNTIL>tills vidare</UNTIL>", (None, None)),
        ("<TITLE>Avtal 2031–2034</TITLE> gäller från <FROM>1 mars 2031</FROM>", ("2031-03-01", None)),
    ],
)
def test_years_of_a_title_are_the_period_where_nothing_else_tells_it(
    records: Records, text: str, period: tuple[str | None, str | None]
) -> None:
    found = records(text).period
    assert (found.valid_from, found.valid_to) == period


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<PARTY>Viken, Ån och Sundets kommuner</PARTY>", ["Viken kommun", "Ån kommun", "Sundets kommun"]),
        (
            "<PARTY>Viken, Ån</PARTY> och <PARTY>Sundets kommuner</PARTY>",
            ["Viken kommun", "Ån kommun", "Sundets kommun"],
        ),
        ("<PARTY>kommunerna Viken, Ån och Sundet</PARTY>", ["Viken kommun", "Ån kommun", "Sundet kommun"]),
        (
            "<PARTY>kommunerna</PARTY>\n<PARTY>Viken, Ån</PARTY> och <PARTY>Sundet</PARTY>, <PARTY>Polisen</PARTY>",
            ["Viken kommun", "Ån kommun", "Sundet kommun", "Polisen"],
        ),
        ("<PARTY>Vikens och Sundets kommuner</PARTY>", ["Vikens kommun", "Sundets kommun"]),
        ("<PARTY>Samverkande kommuner</PARTY>", ["Samverkande kommuner"]),
        ("<PARTY>Ekens bygg, vägar och torg</PARTY>", ["Ekens bygg, vägar och torg"]),
    ],
)
def test_each_municipality_of_a_plural_is_a_party(records: Records, text: str, names: list[str]) -> None:
    assert [party.name for party in records(text).parties] == names


def test_the_beginning_of_a_diary_number_is_none(records: Records) -> None:
    found = records("Dnr <DNR>540/2031</DNR>\n\nSida 3   dnr <DNR>540</DNR>\n\nDnr <DNR>KS 2031/12</DNR>")
    assert [number.number for number in found.diary_numbers] == ["540/2031", "KS 2031/12"]
