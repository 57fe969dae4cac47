"""Where sentences end, and where a full stop ends none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.language.sentences import ends_sentence, has_sentence_end, sentence_spans, sentences_in

PIECES = st.sampled_from(
    [
        "Parterna ska träffas",
        "t.o.m.",
        "dnr.",
        "bl.a.",
        "Nu",
        " ",
        ". ",
        "! ",
        "?”) ",
        "\n",
        "7.2 ",
        "(se bilaga)",
        "”Så”",
    ]
)


@given(st.lists(PIECES).map("".join), st.booleans())
def test_joined_sentences_give_the_text_back(text: str, clauses: bool) -> None:
    spans = list(sentence_spans(text, clauses=clauses))
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)


@given(st.lists(PIECES).map("".join))
def test_words_stay(text: str) -> None:
    assert " ".join(sentences_in(text)).split() == text.split()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Avtalet gäller. Det kan sägas upp.", ["Avtalet gäller.", "Det kan sägas upp."]),
        ("Det gäller t.o.m. Valborg. Sedan inte.", ["Det gäller t.o.m. Valborg.", "Sedan inte."]),
        ("Se dnr. KS 2021/3, bl.a. Vik. Ja!", ["Se dnr. KS 2021/3, bl.a. Vik.", "Ja!"]),
        ("Han sa ”Nej.” Hon sa ja.", ["Han sa ”Nej.”", "Hon sa ja."]),
        ("Kostar 12.50 kr. per år", ["Kostar 12.50 kr. per år"]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert sentences_in(text) == sentences


def test_numbers_and_lines_of_clauses_begin_sentences() -> None:
    text = "Avtalet upphör då.\n7.1 Uppsägning sker skriftligen. 7.2 Part kan säga upp"
    assert sentences_in(text, clauses=True) == [
        "Avtalet upphör då.",
        "7.1 Uppsägning sker skriftligen.",
        "7.2 Part kan säga upp",
    ]
    assert len(sentences_in(text)) == 1


def test_ends() -> None:
    assert ends_sentence("Så är det.”)  ") and not ends_sentence("Parterna ska:")
    assert ends_sentence("Parterna ska:", also=":;") and not ends_sentence("punkt 3.2")
    assert has_sentence_end("år. Parterna") and not has_sentence_end("3.2 gäller")
