"""Two readings of one document are laid side by side, however their lines are broken."""

from hypothesis import given
from hypothesis import strategies as st

from avskrift.corrections.alignment import aligned, alike
from avskrift.corrections.tokens import tokenize

ONE = [
    "Overenskornmelsen reglerar samverkan mellan kommunen och",
    "polisen i Vikbo. G r u p p e n traffas varje manad.",
]
OTHER = ["Överenskommelsen reglerar sarnverkan", "mellan kommunen och polisen i Vikbo. Gruppen träffas", "varje månad."]


def beside(one: list[str], other: list[str]) -> list[tuple[str, str]]:
    spans = aligned([tokenize(row) for row in one], [tokenize(row) for row in other])
    return [(one[line][a:b], other[p.line][p.start : p.end]) for (line, a, b), p in sorted(spans.items())]


def test_words_find_their_counterparts_over_line_ends() -> None:
    pairs = beside(ONE, OTHER)
    assert ("Overenskornmelsen", "Överenskommelsen") in pairs
    assert ("samverkan", "sarnverkan") in pairs
    assert ("polisen", "polisen") in pairs
    assert ("traffas", "träffas") in pairs


def test_a_letter_spaced_word_is_one_word_in_the_other() -> None:
    assert ("G r u p p e n", "Gruppen") in beside(ONE, OTHER)


def test_a_missing_line_shifts_nothing() -> None:
    assert ("manad", "månad") in beside(ONE, OTHER[1:])


@given(st.lists(st.sampled_from(["ett", "hus", "vid", "den", "gamla", "bron", "polisen", "möter"]), max_size=30))
def test_a_text_beside_itself_is_itself(words: list[str]) -> None:
    line = " ".join(words)
    assert beside([line], [line]) == [(w, w) for w in words]


def test_texts_about_other_things_are_strangers() -> None:
    assert alike(ONE, OTHER)
    assert not alike(
        ONE, ["Receptet kräver smör, socker, mjöl och lite salt på toppen.", "Grädda kakorna gyllenbruna."]
    )
