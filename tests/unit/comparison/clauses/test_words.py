"""The words of a clause and what each is compared by."""

from avskrift.comparison.clauses.words import printed, tokens_of


def words(text: str) -> list[str]:
    return [token.word for token in tokens_of(text)]


def test_words_of_a_clause() -> None:
    text = "1. Parterna ska träffas två (2) gånger.\n• Kommunpolis\nSida 3 (12)\nBilaga 2 4\n§ 4 Rektor"
    assert words(text) == ["Parterna", "ska", "träffas", "två", "2", "gånger", "Kommunpolis", "Rektor"]
    assert printed(tokens_of("två (2) gånger, minst")) == "två (2) gånger, minst"


def test_numbers_of_clauses_and_annexes_point() -> None:
    found = {t.word: t.refers for t in tokens_of("enligt punkten 8 och bilaga 3 och 4, 8 gånger, se § 5")}
    assert (found["3"], found["4"], found["5"]) == ("annex", "annex", "clause")
    assert [t.refers for t in tokens_of("punkten 8 eller 8 gånger") if t.word == "8"] == ["clause", None]
    # a line that begins with the number that the line before points to is no fourth item
    assert [t.word for t in tokens_of("se punkt\n4. I gruppen ingår")] == ["se", "punkt", "4", "I", "gruppen", "ingår"]


def test_words_set_letter_by_letter() -> None:
    (token,) = tokens_of("B i l a g o r")
    assert (token.word, token.key, token.text) == ("Bilagor", "bilagor", "B i l a g o r")
    assert words("a b c") == ["a", "b", "c"]


def test_lines_of_signatures_are_marked() -> None:
    tokens = tokens_of("Avtalet gäller.\nRut Ek", 3, 1)
    assert [(t.word, t.line, t.signs) for t in tokens] == [
        ("Avtalet", 3, False),
        ("gäller", 3, False),
        ("Rut", 4, True),
        ("Ek", 4, True),
    ]
