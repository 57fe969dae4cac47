"""An engine for tests of all that is not the engine: the same words of any picture, at once."""

import pytest

from avskrift.ingest.ocr.lstm.engine import LstmEngine
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


@pytest.fixture
def canned_words(monkeypatch: pytest.MonkeyPatch) -> list[OcrWord]:
    """What the usual engine now reads of any picture, without looking at it."""
    texts = ("Samverkansavtal", "mellan", "kommunen", "och", "polisen")
    words = [
        OcrWord(text, BoundingBox(100 + 220 * n, 100, 300 + 220 * n, 130), 0.95, 1) for n, text in enumerate(texts)
    ]
    monkeypatch.setattr(LstmEngine, "read_page", lambda *_: list(words))
    for name in ("read_symbols", "read_lines"):
        monkeypatch.setattr(LstmEngine, name, lambda engine, crops, *_: [[] for _ in crops])
    return words
