"""What a document is, and its printed title."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import DocumentKind
from avskrift.parsing.fields.document_kind import kind_of, title_of
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]
BODY = "\n\n1 Syfte\n\nParterna vill ha lugna torg.\n"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Vikbo kommun\n\nSamverkansöverenskommelse", "Samverkansöverenskommelse"),
        ("Överenskommelse mellan\nVikbo kommun och Polisen", "Överenskommelse mellan Vikbo kommun och Polisen"),
        ("Överenskommelse om samverkan för ett tryggare\ntorg", "Överenskommelse om samverkan för ett tryggare torg"),
        ("Överenskommelse om trygghet\nDnr 2031/12", "Överenskommelse om trygghet"),
        ("Lokala överenskommelsen\nom lugna torg", "Lokala överenskommelsen om lugna torg"),
        ("AVTAL\nGemensam skötsel av torg\nVikbo kommun", "AVTAL Gemensam skötsel av torg"),
        ("AVTAL\nSyfte och mål med torget\nParterna vill att alla ska få vara i fred.", "AVTAL"),
        ("Nämnden\n\nSkötsel av torg\n\nFörslag till beslut\nNämnden godkänner.", "Skötsel av torg"),
        ("Denna överenskommelse ska följas av alla som bor i den lilla staden.", None),
    ],
)  # fmt: skip
def test_the_title_and_the_lines_that_go_on_with_it(structure: Structure, head: str, title: str | None) -> None:
    found = title_of(structure(head + BODY))
    assert (None if found is None else found.text) == title


def test_a_running_title_before_a_line_far_below(structure: Structure) -> None:
    pages = [f"Samverkansöverenskommelse 2031\n\n{n} Syfte\n\nParterna vill ha lugna torg.\n" for n in (1, 2, 3)]
    found = title_of(structure("\f".join(pages)))
    assert found is not None and found.text == "Samverkansöverenskommelse 2031"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Samverkansöverenskommelse", DocumentKind.AGREEMENT),
        ("Handlingsplan för ett tryggare torg", DocumentKind.ACTION_PLAN),
        ("Protokollsutdrag\n\n§ 22\n\nSamverkansöverenskommelse", DocumentKind.PROTOCOL_EXCERPT),
        ("Tjänsteutlåtande\n\nSamverkan med polisen", DocumentKind.MEMO),
        ("Kommunstyrelsen\n\nSamverkansavtal\n\nFörslag till beslut\nNämnden godkänner.", DocumentKind.MEMO),
        ("Överenskommelsen", DocumentKind.AGREEMENT),
        ("Faktura", DocumentKind.OTHER),
    ],
)
def test_kinds(structure: Structure, text: str, kind: DocumentKind) -> None:
    outline = structure(text + BODY)
    assert kind_of(outline, title_of(outline)) is kind
