"""Annexes: the list of them, lines that name one, what running text names, or the annexes that follow."""

from collections.abc import Callable

import pytest

from avskrift.parsing.fields.annexes import annexes_of
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]


@pytest.mark.parametrize(
    ("listed", "annexes"),
    [
        ("Bilaga 1 Lägesbild\nBilaga 2 Åtgärdsplan", [("1", "Lägesbild"), ("2", "Åtgärdsplan")]),
        ("1. Lägesbild\n2. Åtgärdsplan", [("1", "Lägesbild"), ("2", "Åtgärdsplan")]),
        ("• Lägesbild för torget\n• Karta", [(None, "Lägesbild för torget"), (None, "Karta")]),
        ("Ritning av torget\nKarta över hamnen", [(None, "Ritning av torget"), (None, "Karta över hamnen")]),
        ("Inga handlingar hör till.", []),
    ],
)
def test_the_list_under_its_heading(
    structure: Structure, listed: str, annexes: list[tuple[str | None, str | None]]
) -> None:
    text = f"Överenskommelse\n\n1 Syfte\n\nParterna vill ha lugna torg.\n\n2 Bilagor\n\n{listed}\n"
    assert [(a.number, a.title) for a in annexes_of(structure(text))] == annexes


def test_a_number_that_was_not_read_is_told_by_its_place_and_less_sure(structure: Structure) -> None:
    text = "1 Syfte\n\nLugna torg.\n\n2 Bilagor\n\n• 1 Ritning av torget\n• Karta över hamnen\n• 3 Plan för torget\n"
    found = annexes_of(structure(text))
    assert [(a.number, a.title) for a in found] == [
        ("1", "Ritning av torget"),
        ("2", "Karta över hamnen"),
        ("3", "Plan för torget"),
    ]
    assert [a.evidence.confidence <= 0.6 for a in found if a.evidence] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "annexes"),
    [
        ("Parterna följer Bilaga 1, Karta över torget, och bilaga 2.", [("1", "Karta över torget")]),
        ("Parterna följer åtgärdsplanen (bilaga 3) när de arbetar.", [("3", "åtgärdsplanen")]),
    ],
)
def test_annexes_that_a_sentence_names(
    structure: Structure, text: str, annexes: list[tuple[str | None, str | None]]
) -> None:
    found = annexes_of(structure(f"Överenskommelse\n\n1 Syfte\n\n{text}\n"))
    assert [(a.number, a.title) for a in found] == annexes


def test_the_annexes_that_follow_are_the_last_resort(structure: Structure) -> None:
    text = "Överenskommelse\n\n1 Syfte\n\nLugna torg.\n\fBilaga 1\n\nÅtgärdsplan\n\nVi vandrar varje fredag.\n"
    (found,) = annexes_of(structure(text))
    assert found.number == "1" and found.evidence is not None and found.evidence.page == 2


@pytest.mark.parametrize(
    ("listed", "annexes"),
    [
        ("Bilagor:\n- Plan 2031\n- karta", [(None, "Plan 2031"), (None, "karta")]),
        ("Bilagor: Torg, hamn och park; Karta", [(None, "Torg, hamn och park"), (None, "Karta")]),
        ("Bilaga: Plan för torg och park", [(None, "Plan för torg och park")]),
        (
            "Till avtalet hör följande bilagor:\n• Karta (bilaga 1)\n• Budget, bilaga 2",
            [("1", "Karta"), ("2", "Budget")],
        ),
        ("Bilaga 1. Plan för\ntorget\nBilaga 2. Karta", [("1", "Plan för torget"), ("2", "Karta")]),
        ("Bilagor:\nBilaga A – Karta\nBilaga B – Plan för\nåret", [("A", "Karta"), ("B", "Plan för året")]),
        ("Enligt bilaga: Karta är torget stort.", []),
    ],
)
def test_lists_without_a_heading(
    structure: Structure, listed: str, annexes: list[tuple[str | None, str | None]]
) -> None:
    found = annexes_of(structure(f"Överenskommelse\n\nParterna vill ha lugna torg.\n\n{listed}\n"))
    assert [(a.number, a.title) for a in found] == annexes


def test_annexes_that_a_decision_names(structure: Structure) -> None:
    text = (
        "Tjänsteskrivelse\n\nNämnden föreslås besluta\natt godkänna utredningen om torgen, bilaga 1, samt\n"
        "att anta reglemente för rådet enligt bilaga 2.\n"
    )
    found = [(a.number, a.title) for a in annexes_of(structure(text))]
    assert found == [("1", "utredningen om torgen"), ("2", "reglemente för rådet")]
