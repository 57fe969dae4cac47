"""`avskrift doctor`: whether this machine has what reading needs, and the one command that mends what is missing."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass

import typer

from avskrift.errors import AvskriftError
from avskrift.output.terminal import print_line
from avskrift.runtime.limits import LEAST_MEMORY
from avskrift.runtime.system import memory_bytes
from avskrift.runtime.worker import InternalError, Limits, Report, run_in_worker

_REINSTALL = "pip install --force-reinstall avskrift"
_DAMAGED = """Overenskommelsen galler for bada parter fran och med den forsta mars och loper tills vidare.
Parterna ar overens om att arbeta for okad trygghet och foljer upp lagesbilden varje ar."""
_CORRECTED = """Överenskommelsen gäller för båda parter från och med den första mars och löper tills vidare.
Parterna är överens om att arbeta för ökad trygghet och följer upp lägesbilden varje år."""
_DRAWN = "Avtal mellan kommunen och polisen"
_LETTER = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    f"<w:p><w:r><w:t>{_DRAWN}</w:t></w:r></w:p></w:body></w:document>"
)
_LEAST_FREE = 200_000_000


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One thing that was checked: what, whether it is in order, what was found, how to mend it."""

    what: str
    passed: bool
    found: str
    remedy: str = ""


def doctor() -> None:
    """Check that this machine has what reading needs."""
    results = [_checked(what, check, remedy) for what, check, remedy in _CHECKS]
    for result in results:
        state = "ok     " if result.passed else "MISSING"
        print_line(f"{state} {result.what}: {result.found}")
    remedies = list(dict.fromkeys(r.remedy for r in results if not r.passed))
    for remedy in remedies:
        print_line(f"To mend it: {remedy}")
    if remedies:
        raise typer.Exit(1)


def _checked(what: str, check: Callable[[], str], remedy: str) -> CheckResult:
    try:
        return CheckResult(what, True, check())
    except _UnfitError as error:
        return CheckResult(what, False, str(error), remedy)
    except Exception as error:  # whatever a broken installation raises
        return CheckResult(what, False, f"{type(error).__name__}: {error}", remedy)


class _UnfitError(Exception):
    """What was found is not enough."""


def _python() -> str:
    return ".".join(map(str, sys.version_info[:3]))  # an older one installs nothing of ours


def _engine() -> str:
    """Loads the networks of the usual engine and has them read a line that is drawn for it; in a worker."""

    def work(report: Report) -> str:
        import numpy as np
        from PIL import Image, ImageDraw, ImageFont

        from avskrift.ingest.ocr.lstm.engine import LstmEngine

        engine = LstmEngine()
        engine.check()
        drawn = Image.new("L", (900, 90), 255)
        ImageDraw.Draw(drawn).text((30, 20), _DRAWN, fill=0, font=ImageFont.load_default(36))
        (words,) = engine.read_lines([np.asarray(drawn)], 200, 300.0)
        read = " ".join(word.text for word in words)
        if read != _DRAWN:
            raise ValueError(f"a drawn line came out as {read!r}")
        return f"{engine.name}, a drawn line comes out right"

    return _in_worker(work, "the OCR engine")


def _tesseract() -> str:
    """Tesseract is one of two engines: whoever does not ask for it lacks nothing without it."""
    from avskrift.ingest.ocr.tesseract_engine import Tesseract

    try:
        engine = Tesseract()
        engine.check()
        return engine.name
    except AvskriftError as error:
        return f"not needed, only for --engine tesseract ({error})"


def _corrections() -> str:
    """Loads every file that corrections and parsing need, and corrects two lines; in a worker, which may crash."""

    def work(report: Report) -> str:
        from avskrift.comparison import compare
        from avskrift.corrections import correct
        from avskrift.corrections.homographs import homographs
        from avskrift.ingest.files.plain_text import pages_of
        from avskrift.language.lexicon import lexicon
        from avskrift.models.document import Document
        from avskrift.output.comparison.page import comparison_page
        from avskrift.parsing import parse

        homographs(lexicon())
        document = correct(Document("a sentence", "0" * 64, tuple(pages_of(_DAMAGED))))
        corrected = "\n".join(line.text for _, line in document.lines())
        if corrected != _CORRECTED:
            raise ValueError(f"two sentences came out as {corrected!r}")
        agreement = parse(document)
        comparison_page(compare(agreement, agreement), [], [])
        return "every file loads, two sentences come out right"

    return _in_worker(work, "the corrections")


def _office() -> str:
    """Reads an office document that is made for it; in a worker, as it would be read."""

    def work(report: Report) -> str:
        import io
        import zipfile

        from avskrift.ingest.files.office.docx import read_docx

        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("word/document.xml", _LETTER)
        read = [line.text for page in read_docx(made.getvalue()).pages for line in page.lines]
        if read != [_DRAWN]:
            raise ValueError(f"a line came out as {read!r}")
        return "no other program is needed, a line of a .docx comes out right"

    return _in_worker(work, "office documents")


def _in_worker(work: Callable[[Report], str], name: str) -> str:
    """What some work returns that may crash. Raises `_UnfitError` where it fails."""
    limits = Limits(seconds=300.0, page_seconds=300.0, memory=max(LEAST_MEMORY, memory_bytes()))
    try:
        return str(run_in_worker(work, name, limits))
    except (AvskriftError, InternalError) as error:
        raise _UnfitError(str(error)) from None


def _memory() -> str:
    found = memory_bytes()
    text = f"{found / (1 << 30):.1f} GiB may be used"
    if found < LEAST_MEMORY:
        raise _UnfitError(text)
    return text


def _temporary_folder() -> str:
    with tempfile.NamedTemporaryFile() as handle:
        handle.write(b"avskrift")
        handle.flush()
    free = shutil.disk_usage(tempfile.gettempdir()).free
    text = f"{tempfile.gettempdir()}, {free / 1e9:.1f} GB free"
    if free < _LEAST_FREE:
        raise _UnfitError(text)
    return text


_CHECKS: tuple[tuple[str, Callable[[], str], str], ...] = (
    ("Python 3.11 or later", _python, "sudo apt-get install python3.11"),
    ("OCR engine", _engine, _REINSTALL),
    ("Tesseract 5 with Swedish data", _tesseract, ""),
    ("Corrections and vocabulary", _corrections, _REINSTALL),
    ("Office documents", _office, _REINSTALL),
    ("Memory", _memory, f"give it {LEAST_MEMORY >> 20} MiB or more"),
    ("Temporary folder", _temporary_folder, "set TMPDIR to a folder that can be written and has space"),
)
