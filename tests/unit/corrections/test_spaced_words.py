"""Letter-spaced stretches: where they stand, and how their letters are cut into words."""

import pytest

from avskrift.corrections.damage import TextDamage
from avskrift.corrections.display_type import DisplayType
from avskrift.corrections.spaced_runs import stretches, words_outside
from avskrift.corrections.spaced_words import ShownWords, SpacedWords
from avskrift.language.compounds import compounds
from avskrift.language.lexicon import lexicon

DAMAGED = TextDamage((0.95, 0.95, 0.95), 0.1)
UNKNOWN = DisplayType()


def words(shown: ShownWords | None = None, display: DisplayType = UNKNOWN) -> SpacedWords:
    return SpacedWords(lexicon(), compounds(), DAMAGED, shown or ShownWords(), display)


def text_of(stretch: str, reader: SpacedWords | None = None) -> str | None:
    read = (reader or words()).read(stretch)
    return read.text if read is not None and read.is_words else None


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("B a k g r u n d", ["B a k g r u n d"]),
        ("S t y r   g ru p p e n", ["S t y r   g ru p p e n"]),
        ("Enligt P a r t e r n a i avtalet", ["P a r t e r n a i"]),
        ("1 2 3 4 5 6", []),
        ("uppgift a och b", []),
        ("En vanlig rad utan glesa ord", []),
        ("", []),
    ],
)
def test_where_letter_spaced_words_stand(line: str, found: list[str]) -> None:
    assert [line[start:end] for start, end in stretches(line)] == found


def test_words_outside_stretches_and_whether_a_word_stands_before_them() -> None:
    lines = ["Polisen i Vrettby B a k g r u n d"]
    spans = [(0, list(stretches(lines[0])))]
    assert list(words_outside(lines, spans)) == [("Polisen", False), ("Vrettby", True)]


@pytest.mark.parametrize(
    ("stretch", "text"),
    [
        ("B a k g r u n d", "Bakgrund"),
        ("P a r t e r o c h a n s v a r", "Parter och ansvar"),
        ("P a r t e r   o c h   a n s v a r", "Parter och ansvar"),
        ("A t g a r d e r", "Åtgärder"),
        ("S y f t e 3", "Syfte 3"),  # a footnote's mark
        ("P i l e n", "Pilen"),
        ("• a k g r u n d", "Bakgrund"),  # an unknown sign
        ("x q z w k", None),
        ("a b", None),
    ],
)
def test_letters_are_cut_into_words(stretch: str, text: str | None) -> None:
    assert text_of(stretch) == text


def test_a_first_glyph_is_changed_only_where_nothing_spells_a_word() -> None:
    assert words().is_words_as_read("P i l e n")
    read = words().read("• i l e n")
    assert read is not None and read.changed and not words().is_words_as_read("• i l e n")


def test_a_name_that_the_text_shows_takes_its_first_glyph_from_it() -> None:
    shown = ShownWords({}, frozenset({"ulvtorp"}), frozenset({"ulvtorp"}))
    assert text_of("0 l v t o r p", words(shown)) == "Ulvtorp"
    assert text_of("0 l v t o r p") != "Ulvtorp"


def test_what_the_document_taught_is_cheaper() -> None:
    known, unknown = words(display=DisplayType(capitals={"•": "H"})), words()
    taught, guessed = known.read("• a l l e n"), unknown.read("• a l l e n")
    assert taught is not None and guessed is not None
    assert taught.text == "Hallen" and taught.cost < guessed.cost


def test_a_document_of_right_first_glyphs_makes_other_ones_dearer() -> None:
    rarely, often = (words(display=DisplayType(wrong_first=share)).read("• a k g r u n d") for share in (0.05, 0.9))
    assert rarely is not None and often is not None and rarely.cost > often.cost


@pytest.mark.parametrize(
    ("stretch", "number"), [("1 M e t o d", "1"), ("B a k g r u n d", None), ("kMk S y f t e", "kMk")]
)
def test_numbers_before_headings(stretch: str, number: str | None) -> None:
    assert words().number_before(stretch) == number
