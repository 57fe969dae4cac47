"""Tables: columns made of the record types, rows that hold each value with where it was read."""

import pytest

from avskrift.models.agreement import (
    Activity,
    Agreement,
    Annex,
    Correction,
    DocumentHead,
    DocumentKind,
    Evidence,
    FocusArea,
    Group,
    GroupKind,
    Period,
    Section,
    SourceFile,
)
from avskrift.models.finished import FinishedDocument
from avskrift.models.minutes import Attendee, Minutes, MinutesItem
from avskrift.output.archive.tables import TABLES, key_of, rows_of


def evidence(text: str, page: int = 2) -> Evidence:
    return Evidence(page=page, line=7, bbox=None, text=text, raw=text.lower(), confidence=0.9)


RECORD = Agreement(
    document=DocumentHead(kind=DocumentKind.AGREEMENT, title="Överenskommelse"),
    source=SourceFile(
        file="a.pdf",
        sha256="0" * 64,
        pages=3,
        page_sources=["ocr", "ocr", "text_layer"],
        page_qualities=["good", "poor", None],
    ),
    period=Period(valid_from="2021-01-01", until_further_notice=True),
    groups=[
        Group(
            name="Styrgrupp",
            kind=GroupKind.STEERING,
            members=["kommundirektör", "polischef"],
            evidence=evidence("Styrgrupp"),
            evidence_by_field={"members.1": evidence("polischef", page=3)},
        )
    ],
    focus_areas=[FocusArea(name="Torg"), FocusArea(name="Hamn", activities=[Activity(name="Ronder")])],
    annexes=[Annex(number="1", title="Karta")],
    sections=[Section(number="4", title="Arbete", level=1, page=2, text="Vi arbetar.")],
    minutes=Minutes(
        body="Kommunstyrelsen",
        date="2031-05-12",
        present=[Attendee(name="Anna Berg", political_party="S", evidence=evidence("Anna Berg (S)"))],
        adjusters=["Nils Alm"],
        items=[MinutesItem(paragraph="12", title="Torgen"), MinutesItem(paragraph="13", decision="Bifall.")],
        evidence_by_field={"adjusters.0": evidence("Nils Alm", page=1)},
    ),
    corrections=[Correction(page=1, line=4, raw="mal", corrected="mål", rule="diacritics", confidence=0.8)],
)
ROWS = list(rows_of(FinishedDocument("vik/a.pdf", "done", None, RECORD, "")))


def rows(table: str) -> list[dict[str, object]]:
    return [dict(row) for name, row in ROWS if name == table]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("documents", "document status same_as kind title valid_from valid_to until_further_notice extension revision "
                      "pages ocr_pages poor_pages warnings sha256"),
        ("parties", "document number name kind defined_term organisation_number organisation_number_valid address "
                    "page line raw confidence"),
        ("members", "document group_number number member page line raw confidence"),
        ("annexes", "document number annex title page line raw confidence"),
        ("sections", "document number printed_number title level text page line raw confidence"),
        ("minutes", "document body date place posted taken_down page line raw confidence"),
        ("attendees", "document number name role political_party page line raw confidence"),
        ("adjusters", "document number name page line raw confidence"),
        ("minutes_items", "document number paragraph title diary_number decision page line raw confidence"),
        ("corrections", "document number page line raw corrected rule confidence"),
    ],
)  # fmt: skip
def test_columns_stay_as_programs_know_them(table: str, columns: str) -> None:
    assert list(TABLES[table]) == columns.split()


def test_a_column_has_the_type_of_its_field() -> None:
    assert TABLES["groups"]["meetings_per_year"] == "real"
    assert TABLES["parties"]["organisation_number_valid"] == "boolean"
    assert TABLES["sections"]["level"] == "integer"
    assert TABLES["dates"]["role"] == "text"


def test_keys_join_the_tables() -> None:
    assert key_of("documents") == ("document",)
    assert key_of("members") == ("document", "group_number", "number")
    assert key_of("activities") == ("document", "area_number", "number")


def test_a_document_is_one_row() -> None:
    (row,) = rows("documents")
    assert (row["document"], row["kind"], row["valid_from"]) == ("vik/a.pdf", "agreement", "2021-01-01")
    assert (row["pages"], row["ocr_pages"], row["poor_pages"]) == (3, 2, 1)


def test_members_tell_where_they_were_read() -> None:
    first, second = rows("members")
    assert (first["group_number"], first["number"], first["member"], first["page"]) == (1, 1, "kommundirektör", None)
    assert (second["number"], second["raw"], second["page"]) == (2, "polischef", 3)


def test_activities_join_their_area() -> None:
    (row,) = rows("activities")
    assert (row["area_number"], row["number"], row["name"]) == (2, 1, "Ronder")


def test_printed_numbers_are_no_keys() -> None:
    assert [(r["number"], r["annex"]) for r in rows("annexes")] == [(1, "1")]
    assert [(r["number"], r["printed_number"]) for r in rows("sections")] == [(1, "4")]


def test_minutes_are_one_row_with_their_persons_and_items_beside() -> None:
    assert key_of("minutes") == ("document",)
    (meeting,) = rows("minutes")
    assert (meeting["body"], meeting["date"], meeting["place"]) == ("Kommunstyrelsen", "2031-05-12", None)
    (person,) = rows("attendees")
    assert (person["name"], person["political_party"], person["page"]) == ("Anna Berg", "S", 2)
    (adjuster,) = rows("adjusters")
    assert (adjuster["number"], adjuster["name"], adjuster["page"]) == (1, "Nils Alm", 1)
    assert [(r["number"], r["paragraph"], r["decision"]) for r in rows("minutes_items")] == [
        (1, "12", None),
        (2, "13", "Bifall."),
    ]


def test_a_correction_tells_its_place() -> None:
    (row,) = rows("corrections")
    assert (row["number"], row["page"], row["line"], row["raw"], row["corrected"]) == (1, 1, 4, "mal", "mål")
