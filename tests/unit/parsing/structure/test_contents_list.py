"""Tables of contents, whose lines are no headings."""

from collections.abc import Callable

import pytest

from avskrift.language.fold import fold
from avskrift.parsing.structure import contents_list
from avskrift.parsing.structure.contents_list import contents_of
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]
TEXT = (
    "\n\n1 Syfte\nParterna vill ha lugna torg.\n\n2 Former\nParterna möts varje år.\n\n3 Tid\nAvtalet gäller ett år.\n"
)


@pytest.mark.parametrize(
    "listed",
    [
        "Innehåll: Sid\n1. Syfte 2\n2. Former 2\n3. Tid 4",
        "INNEHÅLLSFÖRTECKNING\nInledning 1\n1 Syfte 2\n2 Former, och det som inte\nryms i dem 2\n3 Tid 4",
        "Innehåll\n1 Syfte\n2 Former\n3 Tid",
        "Innehåll\n\nSyfte\nFormer\nTid",
        "1. Syfte 2\n2. Former 2\n3. Tid 4",
        "1 Syfte ........ 2\n2 Former ....... 2\n3 Tid .......... 4",
    ],
)
def test_entries_are_no_headings(structure: Structure, listed: str) -> None:
    parts = structure(f"Avtal\n\n{listed}{TEXT}").sections
    assert [p.title for p in parts if p.number is not None] == ["Syfte", "Former", "Tid"]
    assert not any("nnehåll" in p.title or "NNEHÅLL" in p.title for p in parts)


def test_entries_tell_their_titles_and_pages(structure: Structure) -> None:
    found = contents_of(structure(f"Avtal\n\nInnehåll\n1 Syfte 2\n2 Former och\nannat 3{TEXT}").lines)
    assert [(e.title, e.page) for e in found] == [("Syfte", 2), ("Former och annat", 3)]


def test_headings_over_text_are_no_contents(structure: Structure) -> None:
    parts = structure(f"Avtal{TEXT}").sections
    assert [p.number for p in parts if p.number] == ["1", "2", "3"]


def test_a_long_column_of_figures_is_looked_through_once(structure: Structure, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f"{row % 40 + 1}. Torget {row} möten {row % 7 + 1}\nLägre {row}" for row in range(150)]
    lines = structure("Avtal\n\n" + "\n".join(rows) + "\n\n1. Ett 1\n2. Två 2\n3. Tre 3\n4. Fyra 4\n").lines
    folded: list[str] = []

    def counted(text: str) -> str:
        folded.append(text)
        return fold(text)

    monkeypatch.setattr(contents_list, "fold", counted)
    contents_of(lines)
    assert 0 < len(folded) <= 2 * len(lines)
