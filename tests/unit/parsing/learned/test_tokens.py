"""What the network is given of a document."""

from hypothesis import given
from hypothesis import strategies as st

from avskrift.ingest.files.plain_text import pages_of
from avskrift.language.lexicon import Lexicon
from avskrift.models.document import Document
from avskrift.parsing.learned.tokens import BUCKETS, FACTS, tokenized

LEXICON = Lexicon()


def document(text: str) -> Document:
    return Document("invented.txt", "0" * 64, pages_of(text))


def test_words_numbers_and_signs_are_tokens_and_so_are_line_ends() -> None:
    made = tokenized(document("Dnr 12/2019\nViken"), LEXICON)
    assert made.words == ("dnr", "12", "/", "2019", "", "viken", "")


def test_a_word_is_told_by_its_shape_and_ending_where_it_is_not_known() -> None:
    made = tokenized(document("Vikbohults\nKlackbohults"), LEXICON)
    first, second = made.hashed[0], made.hashed[2]
    assert first[0] != second[0]
    assert first[4] == second[4]  # shape
    assert first[3] == second[3]  # last five letters


def test_columns_are_told_by_where_they_begin() -> None:
    made = tokenized(
        document("För kommunen                    För polisen\nAnna Ek                         Bo Al"), LEXICON
    )
    places = {w: float(f[21]) for w, f in zip(made.words, made.facts, strict=True)}
    assert places["polisen"] == places["al"] > places["kommunen"]


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]) | st.just("\n"), min_size=1, max_size=120))
def test_every_sign_of_every_line_is_in_a_token_and_all_numbers_are_in_range(text: str) -> None:
    made = tokenized(document(text + "x"), LEXICON)
    for number, line in enumerate(made.lines):
        covered = "".join(line.text[t.start : t.end] for t in made.tokens if t.line == number)
        assert covered == "".join(c for c in line.text if not c.isspace())
    assert made.facts.shape == (len(made.tokens), FACTS)
    assert made.facts.min() >= -1 and made.facts.max() <= 1
    assert all(made.hashed[:, i].max() < size for i, size in enumerate(BUCKETS))
