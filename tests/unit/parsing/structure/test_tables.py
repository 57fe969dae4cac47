"""Tables whose first row heads the columns: set in columns, or ruled."""

from dataclasses import replace

import pytest

from avskrift.models.document import CellReference, Line
from avskrift.models.geometry import BoundingBox
from avskrift.parsing.structure.tables import Table, joined_cell, tables_of
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan
from avskrift.parsing.vocabulary import Vocabulary

VOCABULARY = Vocabulary.shipped()


def in_columns(*rows: str, space: float = 0.0) -> list[LocatedLine]:
    """Lines of plain text whose parts stand where the spaces say."""
    found = []
    for i, row in enumerate(rows):
        parts = [part.strip() for part in row.split("  ") if part.strip()]
        starts = tuple(6.0 * row.index(part) for part in parts)
        text = "   ".join(parts)
        line = Line(i + 1, text, text, space_before=space if i else 0.0, indent=starts[0], cell_starts=starts)
        found.append(LocatedLine(1, line, i))
    return found


def ruled(*rows: tuple[str, ...]) -> list[LocatedLine]:
    cells = [(text, CellReference(0, r, c)) for r, row in enumerate(rows) for c, text in enumerate(row)]
    return [LocatedLine(1, Line(i + 1, text, text, cell=cell), i) for i, (text, cell) in enumerate(cells)]


def texts(table: Table) -> list[list[str | None]]:
    return [[None if cell is None else cell.text for cell in row] for row in table.rows]


def test_a_table_in_columns() -> None:
    lines = in_columns(
        "Grupp            Deltagare               Möten",
        "Styrgrupp        Kommunchef              Varje kvartal",
        "Arbetsgrupp      Trygghetssamordnare     Varje vecka",
    )
    (table,) = tables_of(lines, VOCABULARY)
    assert [cell.text for cell in table.head] == ["Grupp", "Deltagare", "Möten"]
    assert texts(table) == [
        ["Styrgrupp", "Kommunchef", "Varje kvartal"],
        ["Arbetsgrupp", "Trygghetssamordnare", "Varje vecka"],
    ]
    assert table.numbers == {0, 1, 2}


def test_a_line_with_one_cell_goes_on_with_the_row_above() -> None:
    lines = in_columns(
        "Grupp            Deltagare",
        "Styrgrupp        Kommunchef,",
        "                 lokalpolisområdeschef",
        "Arbetsgrupp      Kommunpolis",
    )
    (table,) = tables_of(lines, VOCABULARY)
    assert texts(table) == [["Styrgrupp", "Kommunchef, lokalpolisområdeschef"], ["Arbetsgrupp", "Kommunpolis"]]


def test_running_text_ends_a_table() -> None:
    lines = in_columns(
        "Grupp            Deltagare",
        "Styrgrupp        Kommunchef",
        "Parterna följer upp arbetet varje år.",
    )
    (table,) = tables_of(lines, VOCABULARY)
    assert table.numbers == {0, 1}


def test_a_row_of_other_words_is_no_head() -> None:
    assert tables_of(in_columns("Anna Ek          Nils Alm", "Kommunchef       Polischef"), VOCABULARY) == []


def test_a_ruled_table() -> None:
    lines = ruled(("Aktivitet", "Ansvarig"), ("Vandringar", "Polisen"), ("Möten", ""))
    lines = [p for p in lines if p.text]
    (table,) = tables_of(lines, VOCABULARY)
    assert texts(table) == [["Vandringar", "Polisen"], ["Möten", None]]


def test_a_ruled_table_without_a_head_is_none() -> None:
    assert tables_of(ruled(("Vandringar", "Polisen"), ("Möten", "Kommunen")), VOCABULARY) == []


def cell(*lines: str) -> str:
    return joined_cell([TextSpan.join([LocatedLine(1, Line(1, t, t), 0)]) for t in lines], VOCABULARY).text


def test_the_lines_of_a_cell() -> None:
    assert cell("Trygghets-", "samordnare") == "Trygghetssamordnare"
    assert cell("Kommunchef", "Kommunpolis") == "Kommunchef, Kommunpolis"
    assert cell("Enhetschef för", "Socialtjänsten") == "Enhetschef för Socialtjänsten"
    assert cell("Kommunen och polisen vandrar i", "Almvik") == "Kommunen och polisen vandrar i Almvik"


def on_pages(*pages: list[LocatedLine]) -> list[LocatedLine]:
    """The lines of several pages as one document's."""
    lines = [(number, located.line) for number, page in enumerate(pages, 1) for located in page]
    return [LocatedLine(page, line, place) for place, (page, line) in enumerate(lines)]


def printed(rows: list[LocatedLine], starts: tuple[float, ...]) -> list[LocatedLine]:
    """A ruled table whose columns begin at some points."""
    found = []
    for located in rows:
        cell = located.line.cell
        assert cell is not None
        x0 = starts[cell.column]
        found.append(replace(located, line=replace(located.line, bbox=BoundingBox(x0, 0, x0 + 50, 10))))
    return found


HEAD, STEERING, WORKING = ("Grupp", "Deltagare"), ("Styrgrupp", "Kommunchef"), ("Arbetsgrupp", "Kommunpolis")


@pytest.mark.parametrize("repeated", [(), (HEAD,)])
def test_a_ruled_table_goes_on_over_a_page_with_or_without_its_head(repeated: tuple[tuple[str, str], ...]) -> None:
    first = printed(ruled(HEAD, STEERING), (72, 200))
    second = printed(ruled(*repeated, WORKING, ("Råd", "Rektor")), (75, 196))
    (table,) = tables_of(on_pages(first, second), VOCABULARY)
    assert texts(table) == [list(STEERING), list(WORKING), ["Råd", "Rektor"]]
    assert table.numbers == set(range(len(first) + len(second)))


def test_a_row_that_a_page_parts_is_one() -> None:
    first = printed(ruled(HEAD, STEERING), (72, 200))
    rest = printed(ruled(("", "och socialchef"), WORKING), (72, 200))
    (table,) = tables_of(on_pages(first, [one for one in rest if one.text]), VOCABULARY)
    assert texts(table) == [["Styrgrupp", "Kommunchef och socialchef"], list(WORKING)]


def test_other_columns_another_head_and_text_between_end_a_table() -> None:
    first = printed(ruled(HEAD, STEERING), (72, 200))
    elsewhere = printed(ruled(WORKING, ("Råd", "Rektor")), (72, 300))
    (table,) = tables_of(on_pages(first, elsewhere), VOCABULARY)
    assert texts(table) == [list(STEERING)]
    another = printed(ruled(("Grupp", "Möten"), ("Råd", "Varje vecka")), (72, 200))
    assert len(tables_of(on_pages(first, another), VOCABULARY)) == 2
    text = in_columns("Parterna följer upp arbetet.")
    (table,) = tables_of(on_pages(first, [*text, *printed(ruled(WORKING, WORKING), (72, 200))]), VOCABULARY)
    assert texts(table) == [list(STEERING)]


def test_a_table_in_columns_goes_on_over_a_page() -> None:
    first = in_columns("Grupp            Deltagare", "Styrgrupp        Kommunchef")
    second = in_columns("Grupp            Deltagare", "Arbetsgrupp      Kommunpolis", "Parterna följer upp arbetet.")
    (table,) = tables_of(on_pages(first, second), VOCABULARY)
    assert texts(table) == [list(STEERING), list(WORKING)]
    (table,) = tables_of(on_pages(first, second[1:]), VOCABULARY)
    assert texts(table) == [list(STEERING), list(WORKING)]
    names = in_columns("Anna Ek                       Nils Alm")
    (table,) = tables_of(on_pages(first, names), VOCABULARY)
    assert texts(table) == [list(STEERING)]


def test_a_head_at_the_foot_of_a_page_heads_the_table_on_the_next() -> None:
    head = in_columns("Grupp            Deltagare")
    (table,) = tables_of(on_pages(head, printed(ruled(STEERING, WORKING), (0, 102))), VOCABULARY)
    assert texts(table) == [list(STEERING), list(WORKING)]


def spaced(rows: list[tuple[str, float]]) -> list[LocatedLine]:
    """Lines in columns with the white space above each, in line heights."""
    lines = in_columns(*(row for row, _ in rows))
    return [
        replace(one, line=replace(one.line, space_before=space)) for one, (_, space) in zip(lines, rows, strict=True)
    ]


FIRST_PAGE = [
    ("Grupp            Deltagare               Möten", 0.0),
    ("Styrgrupp        Kommunchef,             Varje kvartal", 0.4),
    ("                 polischef", 0.0),
    ("Beredning        Kommunpolis,            Varje månad", 0.4),
]


@pytest.mark.parametrize("space", [0.1, 0.28, 0.4])
def test_a_row_begins_where_the_first_column_holds_words_again(space: float) -> None:
    second = [
        ("Trafikgrupp      Gatuchef,               Varje kvartal", 0.0),
        ("                 trafikpolis", 0.0),
        ("Ungdomsgrupp     Rektor,                 Varje månad", space),
        ("                 fältassistent", 0.0),
        ("Nattgrupp        Krogägare               Varje vecka", space),
    ]
    (table,) = tables_of(on_pages(spaced(FIRST_PAGE), spaced(second)), VOCABULARY)
    assert [row[0] for row in texts(table)] == ["Styrgrupp", "Beredning", "Trafikgrupp", "Ungdomsgrupp", "Nattgrupp"]
    assert texts(table)[3] == ["Ungdomsgrupp", "Rektor, fältassistent", "Varje månad"]


def test_a_cell_of_the_first_column_may_run_over_lines() -> None:
    rows = [
        *FIRST_PAGE,
        ("Arbetsgrupp      Rektor,                 Varje vecka", 0.4),
        ("trafik           gatuchef", 0.0),
    ]
    (table,) = tables_of(spaced(rows), VOCABULARY)
    assert texts(table)[-1] == ["Arbetsgrupp trafik", "Rektor, gatuchef", "Varje vecka"]


def test_a_page_may_part_a_row_within_a_cell() -> None:
    second = [
        ("                 områdespolis", 0.0),
        ("Trafikgrupp      Gatuchef                Varje kvartal", 0.2),
    ]
    first, rest = spaced(FIRST_PAGE), spaced([FIRST_PAGE[0], *second])[1:]
    (table,) = tables_of(on_pages(first, rest), VOCABULARY)
    assert texts(table)[1:] == [
        ["Beredning", "Kommunpolis, områdespolis", "Varje månad"],
        ["Trafikgrupp", "Gatuchef", "Varje kvartal"],
    ]


@pytest.mark.parametrize(
    ("heading", "space"),
    [("§ 6 Uppföljning", 0.4), ("6. Mål", 0.4), ("Uppföljning", 1.6)],
    ids=["§", "number", "space"],
)
def test_a_heading_ends_a_table(heading: str, space: float) -> None:
    for page in (FIRST_PAGE, [FIRST_PAGE[0], FIRST_PAGE[1]]):
        (table,) = tables_of(spaced([*page, (heading, space), ("Arbetet följs upp.", 0.2)]), VOCABULARY)
        assert len(table.numbers) == len(page)


def test_rows_that_are_numbered_are_no_headings() -> None:
    rows = ("1. Styrgrupp     Kommunchef", "2. Rådgrupp", "3. Arbetslag     Kommunpolis")
    (table,) = tables_of(in_columns("Grupp            Deltagare", *rows, space=0.4), VOCABULARY)
    assert [row[0] for row in texts(table)] == ["1. Styrgrupp", "2. Rådgrupp", "3. Arbetslag"]
