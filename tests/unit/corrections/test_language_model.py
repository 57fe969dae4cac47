"""How likely a word is after another and before a sign."""

from avskrift.corrections.candidates import Candidate
from avskrift.corrections.language_model import SETTINGS, following
from avskrift.language.lexicon import lexicon

WORDS = lexicon()


def candidate(*words: str) -> Candidate:
    return Candidate(" ".join(words), words, 0.0, WORDS.cost(words[0]), 0.0, True, "")


def test_a_counted_pair_is_cheaper_than_its_words() -> None:
    assert following("enligt", candidate("avtalet"), (), None, WORDS) < WORDS.cost("avtalet")
    assert following("i", candidate("år"), (), None, WORDS) < following("i", candidate("ar"), (), None, WORDS)


def test_no_context_costs_the_word_and_a_little() -> None:
    assert following(None, candidate("avtalet"), (), None, WORDS) == WORDS.cost("avtalet") + SETTINGS.no_context


def test_the_sign_behind_counts() -> None:
    bare, stopped = (following("i", candidate("år"), (), sign, WORDS) for sign in (None, "."))
    assert bare < stopped < bare + SETTINGS.sign_cost + 1.5


def test_words_inside_a_reading_are_pairs() -> None:
    together = following(None, candidate("i", "år"), (), None, WORDS)
    assert together < following(None, candidate("i"), (), None, WORDS) + WORDS.cost("år")


def test_homographs_share_what_any_of_them_costs() -> None:
    forms = (("har", WORDS.cost("har")), ("här", WORDS.cost("här")))
    one, other = (following("de", candidate(word), forms, None, WORDS) for word in ("har", "här"))
    assert one == other <= min(following("de", candidate(word), (), None, WORDS) for word in ("har", "här"))
