"""Text files: findings with places, a glossary, doubts, paragraphs made whole."""

from avskrift.corrections.glossary import words_of
from avskrift.corrections.text import CorrectedText, corrected_text, reflowed
from avskrift.models.edits import Edit, apply
from avskrift.models.options import CorrectingOptions

READ = """Overenskommelsen reglerar samverkan mellan kommunen och polisen i Vikbo.
Styrgruppen foljer upp <less arbete och sarnverkan i ornradet varje ar.
Ansvarig ar Tora Gransjoby vid kommunens sakerhetsavdelning i Gransjoby.
"""


def edits(found: CorrectedText) -> list[Edit]:
    return [edit for line in found.lines for edit in line.edits]


def suggestions(found: CorrectedText) -> list[Edit]:
    return [edit for line in found.lines for edit in line.suggestions]


def test_edits_have_place_and_probability() -> None:
    found = corrected_text(READ)
    first = found.lines[0].edits[0]
    assert (first.raw_start, first.raw_end, first.replacement) == (0, len("Overenskommelsen"), "Överenskommelsen")
    assert all(0.0 < e.confidence <= 1.0 for e in (*edits(found), *suggestions(found)))
    assert {e.replacement for e in edits(found)} >= {"följer", "dess", "samverkan", "området", "säkerhetsavdelning"}
    assert "\n".join(line.raw for line in found.lines) + "\n" == READ
    assert "\n".join(apply(line.raw, line.edits) for line in found.lines) + "\n" == found.text


def test_min_confidence_leaves_and_lists() -> None:
    strict = corrected_text(READ, CorrectingOptions(min_confidence=1.0))
    assert strict.text == READ and suggestions(strict)
    assert {e.replacement for e in suggestions(strict)} >= {"Överenskommelsen"}
    middle = corrected_text(READ, CorrectingOptions(min_confidence=0.9))
    assert all(e.confidence >= 0.9 for e in edits(middle))
    assert all(e.confidence < 0.9 for e in suggestions(middle))


def test_what_is_likelier_wrong_than_right_is_left_and_listed() -> None:
    found = corrected_text(READ)
    assert {line.raw[e.raw_start : e.raw_end] for line in found.lines for e in line.suggestions} == {"Gransjoby"}
    assert all(e.confidence >= CorrectingOptions().min_confidence for e in edits(found))
    assert all(e.confidence < CorrectingOptions().min_confidence for e in suggestions(found))
    every = corrected_text(READ, CorrectingOptions(min_confidence=0.0))
    assert not suggestions(every) and len(edits(every)) == len(edits(found)) + len(suggestions(found))


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
