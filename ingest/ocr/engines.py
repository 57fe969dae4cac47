"""The engines by the names that users choose them by."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from avskrift.errors import UsageError
from avskrift.ingest.ocr.engine import Engine, NoEngine
from avskrift.ingest.ocr.lstm.engine import LstmEngine
from avskrift.ingest.ocr.tesseract_engine import Tesseract

ENGINES: Mapping[str, Callable[[], Engine]] = MappingProxyType(
    {"lstm": LstmEngine, "lstm+second": partial(LstmEngine, second=True), "tesseract": Tesseract, "none": NoEngine}
)


def engine_called(name: str) -> Engine:
    """A new engine. Raises `UsageError` for a name that no engine has."""
    if name not in ENGINES:
        raise UsageError(f"no OCR engine is called {name!r}; there are {', '.join(sorted(ENGINES))}")
    return ENGINES[name]()
