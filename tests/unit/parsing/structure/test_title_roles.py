"""What titles are about, and the groups that they name; [[role]] and [[group]] have their own examples in the TOML."""

import pytest

from avskrift.parsing.structure.title_roles import group_kind, label_of, roles_of
from avskrift.parsing.vocabulary import Vocabulary

VOCABULARY = Vocabulary.shipped()


@pytest.mark.parametrize(
    ("title", "roles"),
    [
        ("Parter", ("parties",)),
        ("Torget i Almvik", ()),
        ("Fokusområden för 2031", ("focus_areas",)),
        ("Fokusområde 1: Trygga torg", ()),  # one area, not the section on all of them
        ("Lokal styrgrupp", ("group:steering",)),
        ("Det vi brinner för", ()),
    ],
)
def test_roles(title: str, roles: tuple[str, ...]) -> None:
    assert roles_of(title, VOCABULARY) == roles


def test_a_misread_title_means_the_same() -> None:
    assert roles_of("Bakgrvnd och syfte", VOCABULARY)[0] == "background"


def test_the_best_role_comes_first() -> None:
    assert roles_of("Uppföljning och utvärdering", VOCABULARY)[0] == "revision"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Styrgrupp", "steering"),
        ("Styrgrupp för trygghet i Almvik", "steering"),
        ("SSPF-team", "working"),
        ("Byarådet", "forum"),
        ("Målgrupp", None),
        ("Prioriterat område", None),
        ("Kommunalråd", None),
        ("", None),
        ("En grupp som möts varje vecka i kommunhuset", None),
    ],
)
def test_kinds_of_groups(title: str, kind: str | None) -> None:
    assert group_kind(title, VOCABULARY) == kind


def test_labels_have_content_behind_them() -> None:
    found = label_of("Deltagare: kommunchef", VOCABULARY)
    assert found is not None and found.group().strip() == "Deltagare:"
    assert label_of("Kommunen deltar", VOCABULARY) is None
