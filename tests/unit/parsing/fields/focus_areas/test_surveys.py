"""Answers to surveys, which are no areas."""

from collections.abc import Callable

import pytest

from avskrift.parsing.fields.focus_areas.surveys import answers_of_surveys
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("I enkäten svarade 911 boende att detta är viktigast:\n\n• Ljus\n• Torgen\n", ["Ljus", "Torgen"]),
        ("Det medborgarna i Vikbo tycker är viktigast är:\n\n1. Ljus\n2. Torgen\n", ["Ljus", "Torgen"]),
        ("En enkät gjordes i maj. Parterna prioriterar:\n\n• Ljus\n• Torgen\n", []),
        ("Utifrån enkäten har parterna enats om att prioritera:\n\n• Ljus\n• Torgen\n", []),
        ("Frågan är stor.\n\n• Ljus\n• Torgen\n", []),
    ],
)
def test_items_that_a_sentence_on_a_survey_introduces(structure: Structure, text: str, answers: list[str]) -> None:
    found = answers_of_surveys(structure(f"Medborgarlöfte\n\n{text}"))
    assert [span.text.strip() for span in found] == answers
