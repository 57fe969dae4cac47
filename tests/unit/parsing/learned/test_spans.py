"""From the network's numbers to values, and from values back to tokens."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import MarkedText, document_of

from avskrift.language.lexicon import Lexicon
from avskrift.models.agreement import Evidence
from avskrift.parsing.learned.spans import LearnedReading, likeliest, reading_of
from avskrift.parsing.learned.tags import LINE_TAGS, VALUE_TAGS
from avskrift.parsing.learned.tokens import tokenized

Reads = Callable[[str], LearnedReading]


def evidence(text: str, line: int) -> Evidence:
    return Evidence(page=1, line=line, bbox=None, text=text, raw=text, confidence=1.0)


def test_a_value_over_a_line_break_is_one(read_as_marked: Reads) -> None:
    reading = read_as_marked("mellan <PARTY>Vikbo\nkommun</PARTY> och <PARTY>polisen</PARTY>")
    assert [(s.tag, s.text) for s in reading.values] == [("PARTY", "Vikbo kommun"), ("PARTY", "polisen")]


def test_a_word_that_is_parted_at_a_line_end_is_one_word(read_as_marked: Reads) -> None:
    reading = read_as_marked("leds av <GROUP>styr-\ngruppen</GROUP> enligt ovan")
    assert [s.text for s in reading.values] == ["styrgruppen"]


def test_evidence_is_found_among_the_tokens(read_as_marked: Reads) -> None:
    reading = read_as_marked("Avtal\nmellan <PARTY>Vikbo\nkommun</PARTY> och staden")
    start, end = reading.locate(evidence("Vikbo kommun", 2))
    assert [w for w in reading.document.words[start:end] if w] == ["vikbo", "kommun"]
    mean, least, begins, ends, rival = reading.strengths(start, end, ("PARTY",))
    assert min(mean, least, begins, ends) > 0.99 and rival < 0.01


@pytest.mark.parametrize(
    ("text", "line", "value", "tokens"),
    [
        ("Bilagor:\n- <ANNEX>Karta 1</ANNEX>", 2, "Karta 1", ["karta", "1"]),  # the bullet is no part of it
        ("leds av <GROUP>styr-\ngruppen</GROUP> enligt ovan", 1, "styrgruppen", ["styr", "-", "gruppen"]),
        ("leds av <GROUP>styr-\ngruppen norr</GROUP> nu", 1, "styrgruppen norr", ["styr", "-", "gruppen", "norr"]),
        ("mellan <PARTY>Vik-Norr</PARTY> och", 1, "Vik-Norr", ["vik", "-", "norr"]),
    ],
)
def test_evidence_is_found_where_its_words_stand(
    text: str, line: int, value: str, tokens: list[str], read_as_marked: Reads
) -> None:
    reading = read_as_marked(text)
    start, end = reading.locate(evidence(value, line))
    assert [w for w in reading.document.words[start:end] if w] == tokens
    assert reading.strengths(start, end, [reading.values[0].tag])[1] > 0.99


LIST = """Lärvik leds av en styrgrupp. Gruppen består av <MEMBER>kommundirektören</MEMBER>, <MEMBER>polis-
mästaren</MEMBER>, <MEMBER>skolchefen</MEMBER>, en av chefen utsedd <MEMBER>hamnchef</MEMBER> och
<MEMBER>väktaren</MEMBER>."""


def test_members_named_behind_a_word_that_ends_like_them_each_stand_where_they_are_written(
    read_as_marked: Reads,
) -> None:
    reading = read_as_marked(LIST)  # "en" is no end of "kommundirektören"
    places = [reading.locate(value.span.evidence()) for value in reading.values]
    assert len(set(places)) == 5 and places == sorted(places)
    for start, end in places:
        assert min(reading.strengths(start, end, ("MEMBER",))[:4]) > 0.99


def test_words_that_do_not_follow_one_another_stand_nowhere(read_as_marked: Reads) -> None:
    reading = read_as_marked("Hamnrådet    planera lager   hamnchef\nvarje vår    och kajer      lotsen")
    assert len(range(*reading.locate(evidence("planera lager och kajer", 1)))) == 0
    assert len(range(*reading.locate(evidence("planera", 7)))) == 0  # no such line


@given(st.lists(st.sampled_from(["en", "chefen", "skolchefen", "gruppen", "styrgruppen", "och", ","]), min_size=1))
def test_what_is_found_of_some_evidence_is_written_as_it_is(lexicon: Lexicon, words: list[str]) -> None:
    line = " ".join(words)
    tokens = tokenized(document_of(MarkedText("invented", "invented", "agreement", line, ())), lexicon)
    logits = [np.zeros((len(tokens.tokens), 1 + 2 * len(tags)), np.float32) for tags in (VALUE_TAGS, LINE_TAGS)]
    reading = reading_of(tokens, *logits)
    for word in words:
        start, end = reading.locate(evidence(word, 1))
        assert reading.document.words[start:end] == (word,)


def test_words_that_are_no_value_have_little_support(read_as_marked: Reads) -> None:
    reading = read_as_marked("mellan <PARTY>Vikbo kommun</PARTY> och staden")
    assert reading.strengths(*reading.locate(evidence("staden", 1)), ("PARTY",))[0] < 0.01


@given(st.lists(st.lists(st.floats(-5, 5), min_size=7, max_size=7), min_size=1, max_size=12))
def test_nothing_is_inside_a_value_that_did_not_begin(logits: list[list[float]]) -> None:
    before = 0
    for output in likeliest(np.array(logits, np.float32)):
        if output and output % 2 == 0:
            assert before in (output, output - 1)
        before = output


def test_a_number_ends_with_its_word(read_as_marked: Reads) -> None:
    reading = read_as_marked("Avtal nr <DNR>HSF 2031</DNR>:66, <DNR>KS 2031</DNR>.")
    assert [s.text for s in reading.values] == ["HSF 2031:66", "KS 2031"]


def test_what_stands_side_by_side_is_not_one_value(read_as_marked: Reads) -> None:
    reading = read_as_marked("<ADDRESS>Torget 3   Hamngatan 8\n218 31 Viken   218 44 Ån</ADDRESS>")
    assert [s.text for s in reading.values] == ["Torget 3", "Hamngatan 8", "218 31 Viken", "218 44 Ån"]
    reading = read_as_marked("<ADDRESS>Torget 3\n218 31 Viken</ADDRESS>")
    assert [s.text for s in reading.values] == ["Torget 3 218 31 Viken"]
