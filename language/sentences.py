"""Where sentences end: full stops that end one, and those of abbreviations and numbers that do not."""

import re
from collections.abc import Iterator
from functools import lru_cache

from avskrift.language.data_files import load

CLOSING = "['\"”)]*"
"""What may close behind the sign that ends a sentence."""
_BEGINS = '[A-ZÅÄÖ"”(]'
_NUMBERED = r"\d+(?:\.\d+)*\.?\s+[A-ZÅÄÖ]"
"""The number of a clause and the capital behind it."""


def sentence_spans(text: str, *, clauses: bool = False) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of running text, in order; together they cover the text.

    A sentence ends before a capital, a quotation or a bracket. Abbreviations (t.o.m., dnr., bl.a.) do not end one. With
    `clauses` the text is one of clauses: a line's end ends a sentence, and the number of a clause begins one.
    """
    start = 0
    for match in _ends(clauses).finditer(text):
        if match.group() != "\n" and _abbreviation().search(text, start, match.start()):
            continue
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def sentences_in(text: str, *, clauses: bool = False) -> list[str]:
    """The sentences of `text` with single spaces between their words; `clauses` as in `sentence_spans`."""
    found = (" ".join(text[start:end].split()) for start, end in sentence_spans(text, clauses=clauses))
    return [sentence for sentence in found if sentence]


def ends_sentence(text: str, *, also: str = "") -> bool:
    """Whether `text` ends as a sentence does, white space aside; `also` are signs that count as full stops do."""
    return _at_end(also).search(text) is not None


def has_sentence_end(text: str) -> bool:
    """Whether a sentence ends anywhere in a few words of a text: what follows them need not be known."""
    return re.search(r"[.!?](?:\s|$)", text) is not None


@lru_cache(maxsize=2)
def _ends(clauses: bool) -> re.Pattern[str]:
    begins = f"(?:{_BEGINS}|{_NUMBERED})" if clauses else _BEGINS
    return re.compile(rf"[.!?]{CLOSING}(?=\s+{begins})" + (r"|\n" if clauses else ""))


@lru_cache(maxsize=4)
def _at_end(also: str) -> re.Pattern[str]:
    return re.compile(rf"[.!?{re.escape(also)}]{CLOSING}\s*$")


@lru_cache(maxsize=1)
def _abbreviation() -> re.Pattern[str]:
    """What stands before a full stop that ends no sentence: a letter alone, or an abbreviation."""
    short = "|".join(load("abbreviations")["inside_sentences"])
    return re.compile(rf"\b(?:[A-Za-zåäö]|{short})$", re.IGNORECASE)
