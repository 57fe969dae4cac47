"""An engine for tests of all that is not the engine: the same words of any picture, at once."""

import pytest

from avskrift.ingest.ocr.engine import Tesseract
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


@pytest.fixture
def canned_words(monkeypatch: pytest.MonkeyPatch) -> list[OcrWord]:
    """What Tesseract now reads of any picture, without being run."""
    texts = ("Samverkansavtal", "mellan", "kommunen", "och", "polisen")
    words = [
        OcrWord(text, BoundingBox(100 + 220 * n, 100, 300 + 220 * n, 130), 0.95, 1) for n, text in enumerate(texts)
    ]
    monkeypatch.setattr(Tesseract, "recognise", lambda *_: list(words))
    for name in ("recognise_symbols", "recognise_lines"):
        monkeypatch.setattr(Tesseract, name, lambda *_: [])
    return words
