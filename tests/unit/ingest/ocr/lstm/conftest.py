"""The recogniser that all tests of this room look through."""

import pytest

from avskrift.ingest.ocr.lstm.recogniser import LineRecogniser, recogniser


@pytest.fixture(scope="session")
def latin() -> LineRecogniser:
    return recogniser("Latin")
