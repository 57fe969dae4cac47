"""A user's own words: one a line, remarks after a #."""

from avskrift.corrections.glossary import words_of


def test_words_remarks_and_blank_lines() -> None:
    assert words_of("# Vikbo\n\nGranhamra  # en by\nUlvtorp\nGranhamra\n") == ("Granhamra", "Ulvtorp")
    assert words_of("") == ()
