"""Invented text as parsing is given it: a span of it, or a document cut into its parts."""

import logging
from collections.abc import Callable

import pytest

from avskrift.ingest.files import plain_text
from avskrift.models.document import Document, Line
from avskrift.parsing.structure.document_structure import DocumentStructure, structure_of
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan
from avskrift.parsing.vocabulary import Vocabulary
from avskrift.runtime.failures import Failures


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary.shipped()


@pytest.fixture(scope="session")
def span() -> Callable[[str], TextSpan]:
    """Makes a span of some lines, on page 1 from line 1 on."""

    def made(text: str) -> TextSpan:
        lines = text.split("\n")
        return TextSpan.join(LocatedLine(1, Line(i, line, line), i) for i, line in enumerate(lines, 1))

    return made


@pytest.fixture(scope="session")
def structure(vocabulary: Vocabulary) -> Callable[[str], DocumentStructure]:
    """Makes the structure of a document of some text; fails where a step of it fails."""

    def made(text: str) -> DocumentStructure:
        failures = Failures(logging.getLogger("avskrift.parsing"))
        document = Document("invented.txt", "0" * 64, plain_text.pages_of(text), None)
        found = structure_of(document, vocabulary, failures)
        assert not failures.found
        return found

    return made
