"""What stands in an engine's way is told for what it is."""

import errno
from pathlib import Path

import pytesseract
import pytest

from avskrift.errors import EngineFailedError
from avskrift.ingest.ocr.engine import engine_called


def raising(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(pytesseract, "image_to_data", fail)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.ENOMEM])
def test_a_full_disk_and_want_of_memory_are_no_failure_of_the_engine(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    raising(OSError(number, {errno.ENOMEM: "Cannot allocate memory"}.get(number, "full")), monkeypatch)
    with pytest.raises(OSError) as caught:
        engine_called("tesseract").recognise(Path("page.pgm"), 200, 9.0)
    assert caught.value.errno == number


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), r"could not be run \(Permission denied\)"),
        (RuntimeError("Tesseract process timeout"), "longer than 9 seconds"),
        (KeyError("conf"), "is no table"),
    ],
)
def test_what_the_engine_fails_on_is_told(error: Exception, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raising(error, monkeypatch)
    with pytest.raises(EngineFailedError, match=told):
        engine_called("tesseract").recognise(Path("page.pgm"), 200, 9.0)
