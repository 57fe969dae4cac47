"""Groups of a whole document: one entry for each, whatever places tell of it."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import DocumentKind
from avskrift.parsing.fields.groups.field import groups_of
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]
RECTOR_AND_POLICE = ["rektorn", "kommunpolisen"]
FROM_BOTH = ["en från skolan", "en från polisen"]
OF_PLACES = ["rektorn, Viken", "vaktaren, Norra Ås"]
TEXT = """Överenskommelse

1 Organisation

Styrgruppen består av kommundirektören och polischefen. I rådet sitter en rektor och en präst.

2 Möten

Styrgruppen möts fyra gånger per år.
"""


def test_what_several_places_tell_is_one_group(structure: Structure) -> None:
    group = groups_of(structure(TEXT), DocumentKind.AGREEMENT)[0]
    assert (group.name, group.kind.value) == ("Styrgruppen", "steering")
    assert (group.members, group.meetings_per_year) == (["kommundirektören", "polischefen"], 4)
    told = {name: (e.text, e.line) for name, e in group.evidence_by_field.items()}
    assert told == {
        "name": ("Styrgruppen", 5),
        "members.0": ("kommundirektören", 5),
        "members.1": ("polischefen", 5),
        "meeting_frequency": ("fyra gånger per år", 9),
    }


def test_a_table_of_groups(structure: Structure) -> None:
    rows = (
        "Grupp             Deltagare                     Möten\n"
        "Parkgrupp         kommunpolis, rektor           varje vecka\n"
        "Hamngrupp         fältassistent, kommunpolis    varje månad\n"
    )
    found = groups_of(structure(f"Överenskommelse\n\n1 Organisation\n\n{rows}"), DocumentKind.AGREEMENT)
    assert [(g.name, g.members, g.meetings_per_year) for g in found] == [
        ("Parkgrupp", ["kommunpolis", "rektor"], 52),
        ("Hamngrupp", ["fältassistent", "kommunpolis"], 12),
    ]


def test_other_documents_have_none_or_only_sure_ones(structure: Structure) -> None:
    outline = structure(TEXT)
    assert groups_of(outline, DocumentKind.OTHER) == []
    assert [g.name for g in groups_of(outline, DocumentKind.MEMO)][:1] == ["Styrgruppen"]


@pytest.mark.parametrize(
    ("text", "name", "members"),
    [
        ("Miljö- och trygghetsrådet består av rektorn och kommunpolisen.", "Miljö- och trygghetsrådet", None),
        ("Torg-, park- och hamngruppen består av rektorn och kommunpolisen.", "Torg-, park- och hamngruppen", None),
        ("Lokala BRÅ (rektorn, kommunpolisen) möts ofta.", "Lokala BRÅ", None),
        ("Ansvarigt är Torgrådet: rektorn, kommunpolisen.", "Torgrådet", None),
        ("En parkgrupp svarar för arbetet:\n- rektorn\n- kommunpolisen", "Parkgrupp", None),
        ("Torgrådet utgörs av två personer: en från skolan och en från polisen.", "Torgrådet", FROM_BOTH),
        ("Ledamöter i Torgrådet är rektorn, Viken, och vaktaren, Norra Ås.", "Torgrådet", OF_PLACES),
        (
            "Frågorna bereds i ett samverkansorgan, vars ledamöter är rektorn och kommunpolisen.",
            "Samverkansorgan",
            None,
        ),
    ],
)
def test_sentences_that_give_a_group_its_members(
    structure: Structure, text: str, name: str, members: list[str] | None
) -> None:
    (group,) = groups_of(
        structure(f"Överenskommelse\n\nParterna vill ha lugna torg.\n\n{text}\n"), DocumentKind.AGREEMENT
    )
    assert (group.name, group.members) == (name, members or RECTOR_AND_POLICE)
