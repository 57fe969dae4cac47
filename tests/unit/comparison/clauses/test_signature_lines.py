"""Lines of signatures below a clause."""

import pytest

from avskrift.comparison.clauses.signature_lines import first_signature_line

_KEYS = ("karinbjorkman", "kommundirektor")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Avtalet gäller i två år.\nKarin Björkman\nKommundirektör", 1),
        ("Avtalet gäller i två år.\nOrt och datum:\nKarin Björkman", 1),
        ("Avtalet gäller i två år.\nKarin Björkman\nxk~ jw\nKommundirektör", 1),
        ("Karin Björkman leder styrgruppen och kallar till dess möten.", 1),
        ("Avtalet gäller i två år.", 1),
    ],
    ids=["names and titles", "a place for them", "handwriting between", "a name in a sentence", "none"],
)
def test_where_signatures_begin(text: str, line: int) -> None:
    assert first_signature_line(text, _KEYS) == line


def test_sentences_end_the_search() -> None:
    text = "Karin Björkman\nParterna ska träffas varje kvartal för att följa upp detta.\nHär slutar avtalet helt."
    assert first_signature_line(text, _KEYS) == 3
