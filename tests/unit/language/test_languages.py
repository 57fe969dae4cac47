"""Paragraphs in other languages are known and left alone."""

import pytest

from avskrift.corrections.lines import corrected_lines
from avskrift.language.languages import foreign_lines, language_of

SWEDISH = "Overenskommelsen galler for de omraden som namns i bilagan och foljs upp av styrgruppen varje ar."


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("sv", SWEDISH),
        ("en", "The parties agree that the work shall be followed up by the steering group in each of the areas."),
        (
            "de",
            "Die Parteien sind sich einig, dass die Arbeit von der Gruppe und den Orten durchgeführt wird.",
        ),
        (
            "no",
            "Partene er enige om at arbeidet skal følges opp av gruppen og ikke bare av kommunen eller politiet.",
        ),
        (
            "fi",
            "Osapuolet ovat sopineet, että työtä seurataan ja se on voimassa kun kaikki ovat mukana sekä myös.",
        ),
        (None, "Styrgrupp Beredningsgrupp"),
    ],
)
def test_language(code: str | None, line: str) -> None:
    assert language_of([line]) == code


def test_a_foreign_paragraph_is_left_and_named() -> None:
    lines = [
        SWEDISH,
        SWEDISH,
        "",
        "The parties of the agreement shall meet for discussions on the areas that are",
        "named in it and for which the police has the lead.",
        "",
        SWEDISH,
    ]
    assert set(foreign_lines(lines)) == {3, 4}
    mending = corrected_lines(lines)
    assert [row.text for row in mending.lines[3:5]] == lines[3:5]
    assert mending.lines[0].text.startswith("Överenskommelsen gäller för")
    assert mending.warnings == ("2 lines from line 4 seem to be English; they were left as they are",)
