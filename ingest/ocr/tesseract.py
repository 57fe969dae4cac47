"""Tesseract as a process: how it is started so that it ends with us, and what it says of itself."""

import os
import re
import shutil
import signal
import subprocess
from functools import cache
from importlib.resources import files
from pathlib import Path

from avskrift.errors import EngineFailedError, EngineMissingError

INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-swe"
_TIMEOUT_SECONDS = 60.0


@cache
def command() -> str:
    """The program to start in place of `tesseract`: it ends with the thread that starts it, and uses one thread.

    Plain `tesseract` where the package lies where nothing can be run from. Raises `EngineMissingError`.
    """
    if shutil.which("tesseract") is None:
        raise EngineMissingError(f"Tesseract is not installed: {INSTALL}")
    launcher = Path(str(files("avskrift.ingest.ocr").joinpath("tesseract-bound.sh")))
    return str(launcher) if os.access(launcher, os.X_OK) else "tesseract"


@cache
def output_of(argument: str) -> str:
    """What Tesseract writes to standard output when it is asked for `argument`.

    Raises `EngineMissingError`, or `EngineFailedError` when it crashes, hangs, or writes no UTF-8.
    """
    try:
        done = subprocess.run(
            [command(), argument],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            raise EngineFailedError(exit_reason(done.returncode, done.stderr.decode("utf-8", "replace")))
        return done.stdout.decode("utf-8")
    except subprocess.TimeoutExpired:
        raise EngineFailedError(f"it took longer than {_TIMEOUT_SECONDS:.0f} seconds") from None
    except UnicodeDecodeError:
        raise EngineFailedError("what it wrote is no text") from None
    except OSError as error:
        raise EngineFailedError(f"it could not be started ({error.strerror or error})") from None


def exit_reason(status: int, error_output: str) -> str:
    """Why Tesseract ended with a status that is not 0, in words; a negative status is that of a signal."""
    if status < 0:
        try:
            return f"it was ended by {signal.Signals(-status).name}"
        except ValueError:
            return f"it was ended by signal {-status}"
    text = re.sub(r"\s+", " ", error_output).strip()
    return f"{text[:200] or 'it gave no reason'} (status {status})"
