"""Labels that tell of a group."""

from collections.abc import Callable

import pytest

from avskrift.parsing.fields.groups.labels import (
    label_key,
    labelled_members,
    lists_groups,
    members_by_line,
    names_a_box,
)
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.vocabulary import Vocabulary

Structure = Callable[[str], DocumentStructure]


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Grupp", "name"), ("Deltagare", "members"), ("Mötesforum", "name"), ("Mötesfrekvens", "frequency"),
        ("Hur ofta träffas vi", "frequency"), ("Sammankallande", "convener"), ("Ordförande", "chair"),
        ("Ansvarar för", "purpose"), ("Rapporterar till", "reports_to"), ("Kostnad", None),
    ],
)  # fmt: skip
def test_what_a_label_tells(vocabulary: Vocabulary, word: str, key: str | None) -> None:
    assert label_key(word, vocabulary) == key


BOX = "Styrgrupp\n\nUppdrag: Besluta om medel\n\nDeltagare: kommunpolis, rektor\n\nMötesfrekvens: varje vecka\n"


def test_groups_that_labels_name(structure: Structure, vocabulary: Vocabulary) -> None:
    assert lists_groups(structure("Grupp: Parkgrupp\n\nUppgift: Parken\n\nDeltagare: rektor\n").blocks, vocabulary)
    assert not lists_groups(structure("Uppgift: Parken\n\nDeltagare: rektor\n").blocks, vocabulary)
    assert labelled_members(structure(BOX).blocks, vocabulary)


def test_a_short_line_over_labels(structure: Structure, vocabulary: Vocabulary) -> None:
    name, following, *_ = structure(f"Vi arbetar så här.\n\n{BOX}").blocks[1:]
    assert names_a_box(name, following, vocabulary, known=True)
    assert not names_a_box(name, None, vocabulary, known=False)
    assert not names_a_box(following, name, vocabulary, known=False)


def test_members_one_on_a_line(structure: Structure, vocabulary: Vocabulary) -> None:
    (block,) = structure("Deltagare: Kommunpolis\nRektor\nFältassistent\n").blocks
    assert [m.text for m in members_by_line(block, len("Deltagare:"), vocabulary)] == [
        "Kommunpolis",
        "Rektor",
        "Fältassistent",
    ]
    (running,) = structure("Deltagare: kommunpolis, rektor\nfältassistent\n").blocks
    assert members_by_line(running, len("Deltagare:"), vocabulary) == []
