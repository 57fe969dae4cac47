"""Text files: findings with places, a glossary, doubts, paragraphs made whole."""

from avskrift.corrections.glossary import words_of
from avskrift.corrections.text import corrected_text, reflowed
from avskrift.models.options import CorrectingOptions

READ = """Overenskommelsen reglerar samverkan mellan kommunen och polisen i Vikbo.
Styrgruppen foljer upp <less arbete och sarnverkan i ornradet varje ar.
Ansvarig ar Tora Gransjoby vid kommunens sakerhetsavdelning i Gransjoby.
"""


def test_findings_tell_place_and_probability() -> None:
    found = corrected_text(READ).findings
    first = found[0]
    assert (first.line, first.column, first.raw, first.text) == (1, 1, "Overenskommelsen", "Överenskommelsen")
    assert all(0.0 < f.confidence <= 1.0 for f in found)
    assert {f.text for f in found if f.made} >= {"följer", "dess", "samverkan", "området", "säkerhetsavdelning"}
    lines = READ.split("\n")
    assert all(lines[f.line - 1][f.column - 1 :].startswith(f.raw) for f in found)


def test_min_confidence_leaves_and_lists() -> None:
    strict = corrected_text(READ, CorrectingOptions(min_confidence=1.0))
    assert strict.text == READ and strict.doubtful
    assert {f.text for f in strict.doubtful} >= {"Överenskommelsen"}
    middle = corrected_text(READ, CorrectingOptions(min_confidence=0.9))
    assert all(f.confidence >= 0.9 for f in middle.findings if f.made)
    assert all(f.confidence < 0.9 for f in middle.doubtful)


def test_what_is_likelier_wrong_than_right_is_left_and_listed() -> None:
    found = corrected_text(READ)
    assert {f.raw for f in found.doubtful} == {"Gransjoby"}
    assert all(f.made is (f.confidence >= CorrectingOptions().min_confidence) for f in found.findings)
    every = corrected_text(READ, CorrectingOptions(min_confidence=0.0))
    assert not every.doubtful and len(every.findings) == len(found.findings)


def test_glossary_words_are_words() -> None:
    glossary = words_of("# Vikbo district\nGränsjöby\nTora Gränsjöby  # head of unit\n")
    assert glossary == ("Gränsjöby", "Tora Gränsjöby")
    mended = corrected_text(READ, CorrectingOptions(glossary=glossary)).text
    assert mended.count("Gränsjöby") == 2


def test_old_spellings_stay() -> None:
    old = "Ehuru parterna äro ense hava de jämväl att iakttaga vad landsfiskalen därom föreskrivit.\n"
    assert corrected_text(old + "Overenskommelsen galler for omradet och foljs upp varje ar.\n").text.startswith(old)


def test_paragraphs_are_joined_over_lines_and_pages() -> None:
    rows = [
        "Den lokala samverkans-",
        "överenskommelsen gäller kommun-",
        "och regionnivå samt hela Mälar-",
        "\fdalen. Nytt.",
        "• Ett",
        "• Två",
    ]
    words = {"samverkansöverenskommelsen", "mälardalen"}
    joined = reflowed(rows, lambda w: w.lower() in words)
    assert joined == [
        "Den lokala samverkansöverenskommelsen gäller kommun- och regionnivå samt hela Mälardalen.",
        "\fNytt.",
        "• Ett",
        "• Två",
    ]


def test_lines_are_kept_without_reflow() -> None:
    assert corrected_text("\n\f\n Rad ett\n\n").text == "\n\f\n Rad ett\n\n"
