"""Labels that tell of a group."""

from collections.abc import Callable

import pytest

from avskrift.parsing.fields.groups.labels import (
    label_key,
    labelled_members,
    lists_bodies,
    members_by_line,
    names_a_box,
)
from avskrift.parsing.structure.outline import DocumentStructure

Structure = Callable[[str], DocumentStructure]


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Grupp", "name"), ("Deltagare", "members"), ("Mötesforum", "name"), ("Mötesfrekvens", "frequency"),
        ("Hur ofta träffas vi", "frequency"), ("Sammankallande", "convener"), ("Ordförande", "chair"),
        ("Ansvarar för", "purpose"), ("Rapporterar till", "reports_to"), ("Kostnad", None),
    ],
)  # fmt: skip
def test_what_a_label_tells(word: str, key: str | None) -> None:
    assert label_key(word) == key


BOX = "Styrgrupp\n\nUppdrag: Besluta om medel\n\nDeltagare: kommunpolis, rektor\n\nMötesfrekvens: varje vecka\n"


def test_groups_that_labels_name(structure: Structure) -> None:
    assert lists_bodies(structure("Grupp: Parkgrupp\n\nUppgift: Parken\n\nDeltagare: rektor\n").blocks)
    assert not lists_bodies(structure("Uppgift: Parken\n\nDeltagare: rektor\n").blocks)
    assert labelled_members(structure(BOX).blocks)


def test_a_short_line_over_labels(structure: Structure) -> None:
    name, following, *_ = structure(f"Vi arbetar så här.\n\n{BOX}").blocks[1:]
    assert names_a_box(name, following, known=True)
    assert not names_a_box(name, None, known=False)
    assert not names_a_box(following, name, known=False)


def test_members_one_on_a_line(structure: Structure) -> None:
    (block,) = structure("Deltagare: Kommunpolis\nRektor\nFältassistent\n").blocks
    assert [m.text for m in members_by_line(block, len("Deltagare:"))] == ["Kommunpolis", "Rektor", "Fältassistent"]
    (running,) = structure("Deltagare: kommunpolis, rektor\nfältassistent\n").blocks
    assert members_by_line(running, len("Deltagare:")) == []
