"""Marked text as the learned reader would have read it, were it always right."""

from collections.abc import Callable

import numpy as np
import pytest
from check import unmarked
from marked import MarkedText, document_of, labels_of

from avskrift.language.lexicon import Lexicon
from avskrift.parsing.learned.spans import LearnedReading, reading_of
from avskrift.parsing.learned.tags import LINE_TAGS, VALUE_TAGS
from avskrift.parsing.learned.tokens import tokenized


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon()


@pytest.fixture(scope="session")
def read_as_marked(lexicon: Lexicon) -> Callable[[str], LearnedReading]:
    """Makes the reading of a text whose values are marked: `<PARTY>Viken</PARTY>`."""

    def made(text: str) -> LearnedReading:
        plain, marks, faults = unmarked(text)
        assert not faults
        marked = MarkedText("invented", "invented", "agreement", plain, tuple(marks))
        tokens = tokenized(document_of(marked), lexicon)
        values, lines = labels_of(marked, tokens)
        logits = [np.full((len(values), 1 + 2 * len(tags)), -20.0, np.float32) for tags in (VALUE_TAGS, LINE_TAGS)]
        for of_tokens, labels in zip(logits, (values, lines), strict=True):
            of_tokens[np.arange(len(labels)), np.maximum(labels, 0)] = 20.0
        return reading_of(tokens, *logits)

    return made
