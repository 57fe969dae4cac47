"""Letter-spaced headings: what spells words keeps its first glyph, and what a document shows is learned from it."""

import random
import time
import tomllib
from pathlib import Path

import pytest

from avskrift.corrections import correct_lines
from avskrift.corrections.display_type import numbers_of, quoted
from avskrift.language.fold import without_marks

DATA = tomllib.loads((Path(__file__).parent / "headings.toml").read_text(encoding="utf-8"))
CONTEXT: list[str] = DATA["context"]


def evenly(text: str, first: str | None = None) -> str:
    """A space after each letter, so that the gaps between words are lost."""
    shown = without_marks(text)
    return " ".join((first or shown[0]) + shown[1:].replace(" ", ""))


def unevenly(text: str, first: str | None = None) -> str:
    """Some letters in pairs, wide gaps between words."""
    rng = random.Random(text)
    shown = without_marks(text)
    made = (first or shown[0]) + " "
    for at, sign in enumerate(shown[1:], 1):
        apart = rng.random() < 0.85 or at < 3 or not made[-1:].strip() or made[-2:-1].strip()
        made = (made.rstrip() + "   ") if sign == " " else made + sign + (" " if apart else "")
    return made.strip()


def read(*spaced: str) -> list[str]:
    return [line.text for line in correct_lines([*spaced, *CONTEXT])[: len(spaced)]]


# What is not yet right, by heading.
LEFT_AS_READ = {"Linden", "Mål och medel", "Avtalets längd", "Nattvandring"}
LEFT_IN_PAIRS = {"Sjölunda"}


def as_read(kind: str, debts: set[str]) -> list[object]:
    return [
        pytest.param(head, marks=pytest.mark.xfail(strict=True, reason="only doubted") if head in debts else ())
        for head in DATA[kind]
    ]


@pytest.mark.parametrize("head", [*as_read("tuned", LEFT_AS_READ), *as_read("named", set())])
def test_what_spells_words_keeps_its_first_glyph(head: str) -> None:
    assert read(evenly(head)) == [head]


@pytest.mark.parametrize("head", as_read("kept", LEFT_IN_PAIRS))
def test_what_spells_words_keeps_its_first_glyph_in_pairs_and_wide_gaps(head: str) -> None:
    assert read(unevenly(head)) == [head]


@pytest.mark.parametrize("head", ["Bakgrund", "Lokal styrgrupp", "Uppföljning", "Medborgardialog", "Underskrifter"])
@pytest.mark.parametrize("first", "•0!)Iq")
def test_a_wrong_first_glyph_is_mended_where_one_word_fits(head: str, first: str) -> None:
    assert read(evenly(head, first), unevenly(head, first)) == [head, head]


@pytest.mark.parametrize("head", DATA["tuned"] + DATA["kept"])
def test_another_word_than_was_printed_is_at_most_a_doubt(head: str) -> None:
    """A first glyph that is no letter may stand for many; where words of like frequency fit, none is put there."""
    for raw in (evenly(head, "•"), unevenly(head, "8")):
        line = correct_lines([raw, *CONTEXT])[0]
        assert line.text in (head, raw) or not line.edits, line


def test_names_that_the_document_shows_take_their_first_glyph_from_it() -> None:
    assert read(evenly("Vrettby", "•"), evenly("Ulvtorp", "O")) == ["Vrettby", "Ulvtorp"]


def test_numbers_and_quotations_of_a_lost_display_font_are_learned() -> None:
    """Any font may be lost: what its signs stand for is seen from the headings that follow each other and from the
    signs that several quotations share."""
    spaced = [
        "q §n l e d n i n g",
        "qxq ¤ y f t e o c h b a k g r u n d",
        "qxw ¢ e t o d",
        "mellan Vikbo kommun K£ o m m u n e n K",
        "polismyndigheten i Klockvik K¢ y n d i g h e t e n K",
        "tillsammans K¥ a r t e r n a Kz",
        "har foljande overenskommelse traffats.",
    ]
    assert read(*spaced)[:6] == [
        "1 Inledning",
        "1.1 Syfte och bakgrund",
        "1.2 Metod",
        'mellan Vikbo kommun "Kommunen"',
        'polismyndigheten i Klockvik "Myndigheten"',
        'tillsammans "Parterna",',
    ]


def test_a_letter_around_one_stretch_alone_is_no_quotation_mark() -> None:
    assert "“" not in read("X£ o m m u n e n X")[0] and '"' not in read("X£ o m m u n e n X")[0]


def test_numbers_must_follow_each_other() -> None:
    assert numbers_of(["q", "qxq", "qxw"]) == {"q": "1", "x": ".", "w": "2"}
    assert numbers_of(["q", "qxq", "qxw", "wxw", "wxe"]) == {"q": "1", "x": ".", "w": "2", "e": "3"}
    assert numbers_of(["1", "1.1", "1.2", "2"]) == {}
    assert numbers_of(["q"]) == {}
    assert numbers_of(["q", "zz", "abc"]) == {}


def test_quotations() -> None:
    assert quoted('"K o m m u n e n "') == ('"', "K o m m u n e n", "")
    assert quoted("K¥ a r t e r n a Kz") == ("K", "¥ a r t e r n a", "z")
    assert quoted("K o m m u n e n") is None
    assert quoted("K¥ a r t e r n a K", frozenset('"')) is None


@pytest.mark.parametrize(
    "line",
    [
        '" ' + "a b cd " * 40,
        '" ' + "a " * 700 + '"',
        "K' " + "o m " * 300 + "Kz",
        "” " * 600,
        ("a " * 40 + "ord ") * 15,
    ],
)
def test_long_stretches_take_no_longer_than_their_length(line: str) -> None:
    before = time.process_time()
    correct_lines([line, *CONTEXT])
    assert time.process_time() - before < 20.0
