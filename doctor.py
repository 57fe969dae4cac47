"""Whether this machine has what reading needs, and the one command that mends what is missing."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

from avskrift.errors import AvskriftError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what, whether it is in order, what was found, how to mend it."""

    what: str
    in_order: bool
    found: str
    remedy: str = ""


def examine() -> list[Finding]:
    """All findings, in the order in which they are best mended."""
    return [check() for check in _CHECKS]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python 3.11 or later", sys.version_info >= (3, 11), version, "sudo apt-get install python3.11")


def _tesseract() -> Finding:
    from avskrift.ingest.engine import Tesseract
    from avskrift.ingest.tesseract import INSTALL

    try:
        engine = Tesseract()
        engine.check()
        return Finding("Tesseract 5 with Swedish data", True, engine.name)
    except AvskriftError as error:
        return Finding("Tesseract 5 with Swedish data", False, str(error).split(":")[0], INSTALL)


def _lexicon() -> Finding:
    folder = files("avskrift.corrections").joinpath("weights")
    missing = [n for n in ("forms.marisa", "marks.marisa", "pairs.marisa") if not folder.joinpath(n).is_file()]
    found = f"missing {', '.join(missing)}" if missing else "complete"
    return Finding("Swedish lexicon", not missing, found, "pip install --force-reinstall avskrift")


def _temporary_folder() -> Finding:
    try:
        with tempfile.NamedTemporaryFile() as handle:
            handle.write(b"avskrift")
        free = shutil.disk_usage(tempfile.gettempdir()).free
        enough = free > 200_000_000
        return Finding(
            "Temporary folder", enough, f"{tempfile.gettempdir()}, {free / 1e9:.1f} GB free", "free some disk space"
        )
    except OSError as error:
        return Finding("Temporary folder", False, str(error), "set TMPDIR to a folder that can be written")


_CHECKS: tuple[Callable[[], Finding], ...] = (_python, _tesseract, _lexicon, _temporary_folder)
