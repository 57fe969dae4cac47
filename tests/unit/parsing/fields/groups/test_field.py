"""Groups of a whole document: one entry for each, whatever places tell of it."""

from collections.abc import Callable

from avskrift.models.agreement import DocumentKind
from avskrift.parsing.fields.groups.field import groups_of
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]
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
