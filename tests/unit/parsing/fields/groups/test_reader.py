"""Groups as the text of one section tells of them."""

from collections.abc import Callable

import pytest

from avskrift.parsing.fields.groups.candidate import GroupCandidate
from avskrift.parsing.fields.groups.reader import groups_in
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.vocabulary import Vocabulary

Structure = Callable[[str], DocumentStructure]


@pytest.fixture
def read(structure: Structure, vocabulary: Vocabulary) -> Callable[[str], list[GroupCandidate]]:
    def groups(text: str) -> list[GroupCandidate]:
        return [g for part in structure(f"Överenskommelse\n\n{text}\n").sections for g in groups_in(part, vocabulary)]

    return groups


Read = Callable[[str], list[GroupCandidate]]


@pytest.mark.parametrize(
    ("text", "name", "members"),
    [
        ("Arbetet leds av en styrgrupp bestående av kommundirektören och polischefen.", "styrgrupp",
         ["kommundirektören", "polischefen"]),
        ("I styrgruppen ingår kommundirektören och polischefen.", "styrgruppen", ["kommundirektören", "polischefen"]),
        ("Det finns en beredningsgrupp där kommunpolisen och en rektor ingår.", "beredningsgrupp",
         ["kommunpolisen", "en rektor"]),
        ("Styrgruppen leder arbetet. Den består av kommundirektören och polischefen.", "Styrgruppen",
         ["kommundirektören", "polischefen"]),
        ("Styrgruppen består av: kommundirektören och polischefen", "Styrgruppen", ["kommundirektören", "polischefen"]),
        ("Styrgrupp: kommundirektör, polischef och rektor.", "Styrgrupp", ["kommundirektör", "polischef", "rektor"]),
    ],
)  # fmt: skip
def test_who_sits_in_a_group(read: Read, text: str, name: str, members: list[str]) -> None:
    (group,) = read(f"1 Organisation\n\n{text}")
    assert (group.name.text, [m.text for m in group.members]) == (name, members)


@pytest.mark.parametrize(
    ("text", "frequency", "per_year"),
    [
        ("Styrgruppen sammanträder fyra gånger per år.", "fyra gånger per år", 4),
        ("Styrgruppen träffas varje månad för att följa läget.", "varje månad", 12),
        ("Styrgruppen har möten enligt behov.", "enligt behov", None),
    ],
)
def test_how_often_a_group_meets(read: Read, text: str, frequency: str, per_year: float | None) -> None:
    (group,) = read(f"1 Organisation\n\n{text}")
    assert group.frequency is not None and (group.frequency.text, group.per_year) == (frequency, per_year)


def test_offices_and_purpose_under_a_heading(read: Read) -> None:
    (group,) = read(
        "1 Styrgrupp\n\nStyrgruppen ska besluta om medel. Den träffas varje vecka. Kommundirektören är ordförande. "
        "Kommunpolisen kallar till mötena.\nÖvriga ledamöter är:\n• Rektor\n• Fältassistent"
    )
    told = {key: getattr(group, key).text for key in ("purpose", "chair", "convener")}
    assert told == {
        "purpose": "Styrgruppen ska besluta om medel.",
        "chair": "Kommundirektören",
        "convener": "Kommunpolisen",
    }


def test_members_as_a_list(read: Read) -> None:
    (group,) = read("1 Styrgrupp\n\nI gruppen ingår:\n• Kommundirektör\n• Polischef")
    assert [m.text for m in group.members] == ["Kommundirektör", "Polischef"]


def test_labels_of_a_box(read: Read) -> None:
    (group,) = read(
        "1 Styrgrupp\n\nUppdrag: Besluta om medel\n\nDeltagare:\n• Rektor\n• Kommunpolis\n\nOrdförande: Rektor\n\n"
        "Rapporterar till: Nämnden\n\nMötesfrekvens: varje vecka"
    )
    assert [m.text for m in group.members] == ["Rektor", "Kommunpolis"]
    assert group.purpose is not None and group.purpose.text == "Besluta om medel"
    assert group.reports_to is not None and group.reports_to.text == "Nämnden"
    assert group.per_year == 52


def test_a_group_that_is_only_named_is_none(read: Read) -> None:
    assert read("1 Organisation\n\nParterna kan tillsätta en arbetsgrupp.") == []
