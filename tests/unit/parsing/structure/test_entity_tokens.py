"""Words are cut as spaCy's own tokenizer cuts them with the same rules."""

import re
from functools import cache

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokenizer import Tokenizer

from avskrift.parsing.structure import entity_tokens
from avskrift.parsing.structure.entity_tokens import tokens_of

WORDS = ("Vikbo", "a", "AB", "tf.", "t.f.", "Bitr.", "polisen/lokalpolisområde", "abc/polis/kommun", "/Region", "  ")
PIECES = st.sampled_from([*entity_tokens.BEFORE_A_WORD, *entity_tokens.AFTER_A_WORD, *" \n\t\xa0/", *WORDS])


@cache
def their_tokenizer() -> Tokenizer:
    return Tokenizer(
        spacy.blank("sv").vocab,
        prefix_search=re.compile(f"^[{re.escape(entity_tokens.BEFORE_A_WORD)}]").search,
        infix_finditer=entity_tokens.OFFICES_IN_ONE_WORD.finditer,
        suffix_search=re.compile(f"[{re.escape(entity_tokens.AFTER_A_WORD)}]$").search,
        token_match=entity_tokens.ABBREVIATION.match,
    )


@given(st.lists(PIECES, max_size=8).map("".join))
def test_as_spacy_cuts(text: str) -> None:
    theirs = [(token.idx, token.idx + len(token), bool(token.whitespace_)) for token in their_tokenizer()(text)]
    assert [(token.start, token.end, token.spaced) for token in tokens_of(text)] == theirs


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("(Vikbo kommun), bitr. chef", ["(", "Vikbo", "kommun", ")", ",", "bitr.", "chef"]),
        ("polisen/lokalpolisområde Viken", ["polisen", "/", "lokalpolisområde", "Viken"]),
        ("Barn- och ungdom", ["Barn-", "och", "ungdom"]),
        ("två  blanka", ["två", " ", "blanka"]),
        ("", []),
    ],
)
def test_what_is_one_word(text: str, words: list[str]) -> None:
    assert [text[token.start : token.end] for token in tokens_of(text)] == words
