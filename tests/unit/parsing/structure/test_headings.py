"""Which lines are headings: what speaks for one and what against, one rule after the other."""

import pytest

from avskrift.models.document import WIDE_GAP, CellReference, Line
from avskrift.parsing.structure.heading_line import Heading, LineContext, fits_title
from avskrift.parsing.structure.headings import heading_of
from avskrift.parsing.structure.text_span import LocatedLine
from avskrift.parsing.vocabulary import Vocabulary

VOCABULARY = Vocabulary.shipped()
PROSE = "Parterna ska tillsammans verka för att tryggheten i Almvik ökar under perioden."


def context(
    *, space: bool = True, open_text: str = "", listing: bool = False, last: str = "", annexes: bool = False
) -> LineContext:
    return LineContext(space, open_text, 90.0, 11.0, 0.0, listing, last, annexes)


def heading(
    *texts: str, at: int = 0, around: LineContext | None = None, size: float = 11.0, bold: bool = False
) -> Heading | None:
    """The heading at the first line of some, white space above it and below."""
    lines = [
        LocatedLine(1, Line(i, text, text, font_size=size, bold=bold, space_before=0.0 if i > 1 else 1.0), i)
        for i, text in enumerate(texts, 1)
    ]
    return heading_of(lines, at, around or context(), VOCABULARY)


@pytest.mark.parametrize(
    ("text", "number", "title", "level"),
    [
        ("§ 3 Parter", "3", "Parter", 1),
        ("2.1 Lokal styrgrupp", "2.1", "Lokal styrgrupp", 2),
        ("Artikel 4: Giltighet", "4", "Giltighet", 1),
        ("B. Organisation", "B", "Organisation", 1),
        (f"7{WIDE_GAP}Uppsägning", "7", "Uppsägning", 1),
    ],
)
def test_numbered_headings(text: str, number: str, title: str, level: int) -> None:
    found = heading(text, PROSE)
    assert found is not None
    assert (found.number, found.title, found.level, found.line_count) == (number, title, level, 1)
    assert found.reason.startswith("numbered")


@pytest.mark.parametrize(
    "texts",
    [
        ("1 Trygga torg", "2 Lugna kvällar"),
        ("3 Kommunen ansvarar för att de boende i alla delar av Almvik får veta hur arbetet går", PROSE),
        ("4 Anna Ek", "lokalpolisområdeschef."),
        ("2 exemplar", PROSE),
    ],
)
def test_numbered_lines_that_are_items_or_sentences(texts: tuple[str, ...]) -> None:
    assert heading(*texts) is None


def test_the_number_after_the_last_heading_is_a_heading_even_below_a_colon() -> None:
    around = context(open_text="Parterna är överens om följande:", last="3")
    assert heading("4 Trygga mötesplatser", PROSE, around=around) is not None
    assert heading("7 Trygga mötesplatser", PROSE, around=around) is None


def test_a_title_may_go_on_in_a_second_line() -> None:
    found = heading("3.2 Samverkan mellan kommunen och polisen i", "frågor om skadegörelse", PROSE)
    assert found is not None
    assert (found.title, found.line_count) == ("Samverkan mellan kommunen och polisen i frågor om skadegörelse", 2)


def test_annexes() -> None:
    found = heading("Bilaga 2 Handlingsplan", PROSE)
    assert found is not None
    assert (found.number, found.title, found.roles) == ("2", "Handlingsplan", ("annex",))
    assert heading("Bilaga 2 Handlingsplan", "Bilaga 3 Budget") is None  # one of a list
    assert heading("Bilaga 2 finns hos kommunen.", PROSE) is None


@pytest.mark.parametrize(
    ("text", "size", "bold", "reason"),
    [
        ("Organisation", 11.0, False, "its words are those of a heading (organisation)"),
        ("Tillsammans i Almvik", 14.0, False, "in larger type"),
        ("Tillsammans i Almvik", 11.0, True, "in bold type"),
        ("TILLSAMMANS I ALMVIK", 11.0, False, "in capitals"),
        ("Fokusområde 1: Trygga torg", 11.0, False, "a numbered area"),
        ("Det här vill vi", 11.0, False, "short, white space above, and text close below"),
    ],
)
def test_what_speaks_for_a_plain_heading(text: str, size: float, bold: bool, reason: str) -> None:
    found = heading(text, PROSE, size=size, bold=bold)
    assert found is not None and found.reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "Organisationen ska möta behoven.",  # a sentence
        "Anna-Lisa Ek",  # a person
        "Almviks kommun",  # a party
        "Förvaltningschef",  # an office, as below a signature
        "Deltagare: kommunchef",  # a label
        "Ring 0500-12 34 56",
        "ja",
    ],
)
def test_what_speaks_against_a_plain_heading(text: str) -> None:
    assert heading(text, PROSE) is None


def test_no_heading_stands_in_a_list_or_within_a_sentence() -> None:
    assert heading("Organisation", PROSE, around=context(listing=True)) is None
    assert heading("Organisation", PROSE, around=context(space=False, open_text="Parterna har en")) is None


def test_below_a_heading_on_annexes_stand_annexes() -> None:
    assert heading("Det här vill vi", PROSE, around=context(annexes=True)) is None


def test_no_heading_stands_in_a_table_nor_in_a_table_of_contents() -> None:
    cell = LocatedLine(1, Line(1, "Organisation", "Organisation", cell=CellReference(0, 0, 0)), 0)
    assert heading_of([cell], 0, context(), VOCABULARY) is None
    assert heading(f"3.1 Avtalstid{WIDE_GAP}2", f"3.2 Uppsägning{WIDE_GAP}3") is None


@pytest.mark.parametrize(
    ("title", "fits"),
    [("Vilka vi är", True), ("Parterna är", False), ("trygghet", False), ("A-1/B 2.3", False), ("Mål,", False)],
)
def test_what_can_be_a_title(title: str, fits: bool) -> None:
    assert fits_title(title, VOCABULARY) is fits
