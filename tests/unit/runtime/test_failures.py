"""What may fail, what may not, and what is told."""

import errno
import logging
import os

import cv2
import numpy as np
import pytest

from avskrift.errors import BrokenInputError, EngineFailedError
from avskrift.runtime.failures import Failures, is_disk_full, is_out_of_memory, reason_of

LOG = logging.getLogger("avskrift.tests")


def raising(error: BaseException) -> int:
    raise error


def test_what_stood_before_stands_and_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    failures = Failures(LOG, "page 2: ")
    for _ in range(2):
        assert failures.attempt("counting", lambda: raising(ValueError("a name")), 7, "nothing is counted") == 7
    assert failures.attempt("adding", lambda: 1 + 1, 0, "nothing is added") == 2
    assert failures.messages == ("page 2: counting failed and was left out (ValueError); nothing is counted",)
    assert len(caplog.records) == 2
    assert all(r.exc_info is not None and r.getMessage() == "page 2: counting failed" for r in caplog.records)


@pytest.mark.parametrize(
    "error",
    [
        BrokenInputError("it is damaged"),
        MemoryError(),
        KeyboardInterrupt(),
        SystemExit(1),
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
        RuntimeError("can't start new thread"),
    ],
)
def test_what_is_meant_and_what_everything_after_would_meet_is_raised(error: BaseException) -> None:
    failures = Failures(LOG)
    with pytest.raises(type(error)):
        failures.attempt("counting", lambda: raising(error), 7, "nothing is counted")
    assert failures.found == []


def test_tolerated_errors_are_told_in_their_own_words() -> None:
    failures = Failures(LOG, tolerated=(EngineFailedError,))
    failures.attempt("looking", lambda: raising(EngineFailedError("it took too long")), 7, "nothing is seen")
    assert failures.messages == ("looking failed and was left out (it took too long); nothing is seen",)


def test_opencv_tells_want_of_memory_in_its_own_way() -> None:
    with pytest.raises(cv2.error) as caught:
        cv2.resize(np.zeros((10, 10), np.uint8), (2_000_000_000, 2_000))
    assert is_out_of_memory(caught.value)
    assert not is_out_of_memory(ValueError("min() arg is an empty sequence"))


def test_reasons_hold_no_words_of_the_document() -> None:
    assert reason_of(ValueError("a name")) == "ValueError"
    assert reason_of(PermissionError(errno.EACCES, "Permission denied", "a name.pdf")) == (
        "PermissionError: Permission denied"
    )
    assert not is_disk_full(PermissionError(errno.EACCES, "Permission denied"))
