"""Signatories: names with the titles under, over or beside them, from where signing begins."""

from collections.abc import Callable

import pytest

from avskrift.models.document import CellReference, Line
from avskrift.parsing.fields.signatories.field import signatories_of
from avskrift.parsing.fields.signatories.layouts import signers_in
from avskrift.parsing.fields.signatories.place import SigningPlace, lists_of_others
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.text_span import LocatedLine
from avskrift.parsing.vocabulary import Vocabulary

Structure = Callable[[str], DocumentStructure]
BODY = "Överenskommelse\n\n1 Syfte\n\nKommundirektör Eva Lund vill ha lugna torg.\n\n2 Underskrifter\n\n"
TWO_LINES = "Ordförande i kommunstyrelsen"
UNKNOWN = [("Anna Berg", "Nämndens 2:e vice ordförande"), ("Nils Alm", "Överlots")]
SECRETARY = ("Nils Alm", "Sekreterare")
LOWER = ("Nils Alm", "sekreterare")
THEN = [("Anna Berg", "Kommundirektör"), ("Nils Alm", "vd")]
BOTH = [("Anna Berg", "Kommundirektör"), ("Nils Alm", "Lokalpolisområdeschef")]


@pytest.mark.parametrize(
    ("signed", "signatories"),
    [
        ("Anna Berg\nKommundirektör\n\nNils Alm\nLokalpolisområdeschef", BOTH),
        ("Anna Berg               Nils Alm\nKommundirektör          Lokalpolisområdeschef", BOTH),
        ("Kommundirektör\nAnna Berg", [("Anna Berg", "Kommundirektör")]),
        ("Anna Berg, Kommundirektör\n\nNils Alm, Lokalpolisområdeschef", BOTH),
        ("Anna Berg (Kommundirektör)", [("Anna Berg", "Kommundirektör")]),
        ("Anna Berg (S)\nKommunstyrelsens ordförande", [("Anna Berg", "Kommunstyrelsens ordförande")]),
        ("Anna Berg\nKommunchef, Vikbo kommun", [("Anna Berg", "Kommunchef")]),
        ("Vikbo kommun\nAlla som arbetar är välkomna.", []),
        ("Kommundirektör\n________\nAnna Berg\n\nLokalpolisområdeschef\n________\nNils Alm", BOTH),
        ("Kommundirektör      Anna Berg\nLokalpolisområdeschef      Nils Alm", BOTH),
        ("Kommundirektör Anna Berg\n\nLokalpolisområdeschef: Nils Alm", BOTH),
        ("Vikbo 2031-05-03 Anna Berg Kommundirektör\nViken 2031-05-04 Nils Alm Lokalpolisområdeschef", BOTH),
        ("Vikbo kommun gm Anna Berg, Kommundirektör\nPolisen genom Nils Alm, Lokalpolisområdeschef", BOTH),
        ("Anna Berg, Kommundirektör, 2031-05-03 kl. 14.02\nNils Alm, Lokalpolisområdeschef, 2031-05-04 9:15", BOTH),
        ("Anna Berg (S), Kommundirektör Nils Alm, Lokalpolisområdeschef", BOTH),
        ("Anna Berg\nKommundirektör\n\nNils Alm\nOrdförande i\nkommunstyrelsen", [BOTH[0], ("Nils Alm", TWO_LINES)]),
        ("Anna Berg\nNämndens 2:e vice ordförande\n\nNils Alm\nÖverlots", UNKNOWN),
        ("Justerare\nAnna Berg\n\nSekreterare §§ 4–9\nNils Alm (C)", [("Anna Berg", "Justerare"), SECRETARY]),
        ("Underskrift justerare\nAnna Berg\n\nUnderskrift sekreterare\nNils Alm", [("Anna Berg", "justerare"), LOWER]),
        ("NAMN: Anna Berg\nTITEL: Kommundirektör\nDATUM: 2031-05-03 14:02", BOTH[:1]),
        ("Anna Berg     Kommundirektör     2031-05-03 14:02\nNils Alm     Lokalpolisområdeschef     2031-05-04", BOTH),
        ("Anna Berg\nKyrkovärd, Vikens församling", [("Anna Berg", "Kyrkovärd")]),
        ("Anna Berg\nKommundirektör\n\nVi som ska nås:\nNils Alm, lokalpolisområdeschef", BOTH[:1]),
        ("Anna Berg\nKommundirektör\n\nFölj med oss:\nOla Ek, rektor\n\nVikbo den 3 maj 2031\nNils Alm, vd", THEN),
    ],
)
def test_readings_of_names_with_titles(
    structure: Structure, signed: str, signatories: list[tuple[str, str | None]]
) -> None:
    assert [(s.name, s.title) for s in signatories_of(structure(f"{BODY}{signed}\n"))] == signatories


@pytest.mark.parametrize(
    "rows",
    [
        (("Anna Berg", "Nils Alm"), ("Kommundirektör", "Lokalpolisområdeschef")),
        (("Anna Berg\nKommundirektör", "Nils Alm\nLokalpolisområdeschef"), ("Vikbo", "Viken")),
        (("Kommundirektör", "Anna Berg"), ("Lokalpolisområdeschef", "Nils Alm")),
        (("_____", "_____"), ("Anna Berg", "Nils Alm"), ("Kommundirektör", "Lokalpolisområdeschef")),
    ],
)
def test_names_and_titles_in_the_cells_of_a_table(vocabulary: Vocabulary, rows: tuple[tuple[str, str], ...]) -> None:
    located = [
        LocatedLine(1, Line(0, text, text, cell=CellReference(0, row, column)), 0)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        for text in cell.split("\n")
    ]
    signers = signers_in(SigningPlace(tuple(located), surely=True), vocabulary)
    assert [(s.name.text, s.title.text if s.title else None) for s in signers] == BOTH


def test_a_name_and_its_title_stand_in_their_own_lines(structure: Structure) -> None:
    (found,) = signatories_of(structure(f"{BODY}Anna Berg\nKommundirektör\n"))
    assert {name: e.line for name, e in found.evidence_by_field.items()} == {"name": 9, "title": 10}


def test_annexes_and_contacts_after_the_signatures_are_left_out(structure: Structure) -> None:
    after = "3 Kontaktpersoner\n\nEva Lund\nEnhetschef\n\nBilaga 1 Karta\n\nOla Ek\nRektor\n"
    found = signatories_of(structure(f"{BODY}Anna Berg\nKommundirektör\n\n{after}"))
    assert [s.name for s in found] == ["Anna Berg"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Den undertecknades den 3 maj 2031 av Anna Berg, rektor i Viken, och av kommunpolis Nils Alm.", "Anna, Nils"),
        ("T.v. kommunalråd Anna Berg och kommunpolis Nils Alm skriver under.", "Anna, Nils"),
        ("I går skrevs avtalet på av nämndens ordförande Anna Berg.", "Anna"),
        ("Den ska undertecknas av rektor Anna Berg.", ""),
        ("Det tidigare avtalet undertecknades av rektor Anna Berg.", ""),
        ("Texten har skrivits av rektor Anna Berg.", ""),
        ("Anna Berg, rektor\nNils Alm, kommunpolis", "Anna, Nils"),
        ("Texten har tagits fram av:\nAnna Berg, rektor\nNils Alm, kommunpolis", ""),
        ("Ansvarig handläggare\nAnna Berg\nutredare", ""),
        ("Projektgruppen\nAnna Berg, rektor\nNils Alm, kommunpolis", ""),
    ],
)
def test_where_nothing_begins_signing(structure: Structure, text: str, names: str) -> None:
    found = signatories_of(structure(f"Överenskommelse\n\nParterna vill ha lugna torg.\n\n{text}\n"))
    assert ", ".join(s.name.split()[0] for s in found) == names


def test_the_office_in_a_sentence_has_its_body(structure: Structure) -> None:
    (found,) = signatories_of(structure("Avtal\n\nDet skrevs under av nämndens ordförande Anna Berg på torget.\n"))
    assert (found.name, found.title) == ("Anna Berg", "nämndens ordförande")


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Kontaktpersoner:\nAnna Berg, samordnare\nNils Alm, polis", ["Anna Berg, samordnare", "Nils Alm, polis"]),
        ("Avtalet har tagits fram av:\nAnna Berg, samordnare", ["Anna Berg, samordnare"]),
        ("Avtalet har undertecknats av:\nAnna Berg, kommunchef", []),
        ("För Vikbo kommun:\nAnna Berg, kommunchef", []),
        ("För kommunen:\nAnna Berg\nFör polisen:\nNils Alm", []),
        ("Parternas företrädare:\nAnna Berg, kommunchef", []),
        ("Kontaktpersoner:\nAnna Berg, samordnare\n\nVikbo den 3 maj 2031\nNils Alm", ["Anna Berg, samordnare"]),
    ],
)
def test_lists_of_people_who_do_not_sign(structure: Structure, text: str, others: list[str]) -> None:
    found = lists_of_others(structure(f"Överenskommelse\n\nParterna vill ha lugna torg.\n\n{text}\n"))
    assert [span.text for span in found] == others
