"""Each refinement of a page, each step of its preparation, and each page fails in turn: no page and no document is
lost by it."""

import io
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from avskrift import ingest
from avskrift.errors import EngineFailedError, EngineMissingError, InputError, LimitExceededError, OutputError
from avskrift.ingest import reader
from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr import clean_print, page_image
from avskrift.ingest.ocr import page as page_module
from avskrift.ingest.ocr.engine import NoEngine
from avskrift.ingest.ocr.engines import engine_called
from avskrift.ingest.ocr.page import read_page, upright
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine import steps
from avskrift.ingest.ocr.refine.refinement import PageText, Refinement
from avskrift.ingest.opened_pages import PageToOcr
from avskrift.ingest.words import OcrWord
from avskrift.models.document import LineRole, Page
from avskrift.models.options import ReadingOptions

SAMPLE = Path(__file__).parents[4] / "examples" / "klockviken-2023.pdf"
SECRET = "words of the document"


class Remembering:
    """A real engine, which reads each picture once."""

    name = fingerprint = "remembering"

    def __init__(self, name: str) -> None:
        self._engine = engine_called(name)
        self.gains_from_second_picture = self._engine.gains_from_second_picture
        self.read: dict[tuple[str, bytes], Any] = {}

    def check(self) -> None:
        self._engine.check()

    def _once(self, how: str, pictures: Sequence[Grey], recognise: Callable[[], Any]) -> Any:
        key = (how, b"".join(picture.tobytes() for picture in pictures))
        if key not in self.read:
            self.read[key] = recognise()
        return list(self.read[key])

    def read_page(self, image: PageImage, timeout_seconds: float) -> list[OcrWord]:
        found: list[OcrWord] = self._once(
            f"page, {image.condition}", [image.picture], lambda: self._engine.read_page(image, timeout_seconds)
        )
        return found

    def read_lines(self, crops: Sequence[Grey], dpi: int, timeout_seconds: float) -> list[list[OcrWord]]:
        found: list[list[OcrWord]] = self._once(
            "lines", crops, lambda: self._engine.read_lines(crops, dpi, timeout_seconds)
        )
        return found

    def read_symbols(self, crops: Sequence[Grey], dpi: int, timeout_seconds: float) -> list[list[OcrWord]]:
        found: list[list[OcrWord]] = self._once(
            "signs", crops, lambda: self._engine.read_symbols(crops, dpi, timeout_seconds)
        )
        return found


@pytest.fixture(scope="module")
def grey() -> Grey:
    """The head of a bad scan: grainy, so that every step and every refinement has something to do."""
    with pypdfium2.PdfDocument(SAMPLE) as pdf:
        drawn = np.asarray(pdf[0].render(scale=200 / 72, grayscale=True).to_numpy()).reshape(2339, -1)[:600]
    grain = np.random.default_rng(7).normal(0, 18, drawn.shape)
    return np.asarray(np.clip(drawn * 0.75 + 40 + grain, 0, 255), dtype=np.uint8)


@pytest.fixture(scope="module", params=["lstm", "tesseract"])
def engine(request: pytest.FixtureRequest) -> Remembering:
    return Remembering(request.param)


def pending_of(grey: Grey) -> PageToOcr:
    colour = np.ascontiguousarray(np.stack([grey] * 3, axis=2))
    height, width = (side * 72 / 200 for side in grey.shape)
    return PageToOcr(
        3, width, height, lambda dpi: grey, "a picture", scanned_at=200.0, render_colour=lambda dpi: colour
    )


@pytest.fixture(scope="module")
def whole(grey: Grey, engine: Remembering) -> Page:
    page = read_page(upright(pending_of(grey)), engine, 120.0)
    assert not page.incomplete
    return page


def fails(*_: object, **__: object) -> Any:
    raise ValueError(SECRET)


def assert_told(page: Page, what: str, caplog: pytest.LogCaptureFixture) -> None:
    told = [w for w in page.warnings if w.startswith(f"page 3: {what} failed and was left out (ValueError); ")]
    assert len(told) == 1, page.warnings
    assert page.incomplete and not page.given_up
    assert not any(SECRET in w for w in page.warnings)  # a message may hold the document's words
    logged = [r for r in caplog.records if r.name == "avskrift.ingest" and r.exc_info is not None]
    assert logged and all("ValueError" in (logging.Formatter().format(r)) for r in logged)
    assert all("Traceback" in logging.Formatter().format(r) for r in logged)


@pytest.mark.parametrize("place", range(len(steps.REFINEMENTS)), ids=[r.name for r in steps.REFINEMENTS])
def test_a_refinement_that_fails_leaves_the_words_as_they_were(
    place: int,
    grey: Grey,
    engine: Remembering,
    whole: Page,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    chain = list(steps.REFINEMENTS)
    name = chain[place].name
    chain[place] = replace(chain[place], apply=fails)
    monkeypatch.setattr(steps, "REFINEMENTS", tuple(chain))
    page = read_page(upright(pending_of(grey)), engine, 120.0)
    assert_told(page, name, caplog)
    assert len(page.lines) == pytest.approx(len(whole.lines), abs=2)
    assert "Klockvikens kommun" in " ".join(line.text for line in page.lines)


STEPS: list[tuple[Any, str, str]] = [
    (clean_print, "without_ink_over_print", "looking for coloured ink over print"),
    (clean_print, "positive_of", "telling a negative"),
    (clean_print, "without_watermark", "looking for a watermark"),
    (page_module, "of_true_size", "measuring the resolution"),
    (page_module, "turned_notes", "looking for turned notes"),
    (page_module, "scan_condition_of", "judging the state of the picture"),
    (page_module, "lies_on_its_side", "looking whether the page lies on its side"),
    (page_image, "preprocess", "making the picture ready"),
    (page_image, "faint_ruling_of", "looking for rules"),
    (page_image, "cells_in_picture", "looking for the cells of tables"),
    (page_image, "find_figures", "looking for drawings"),
    (page_image, "single_rules", "looking for single rules"),
    (page_module, "drop_rubbish", "telling words from rubbish"),
    (page_module, "lines_on_sheet", "setting the words in order"),
    (page_module, "quality_of", "grading the page"),
]


@pytest.mark.parametrize(("module", "name", "what"), STEPS, ids=[name for _, name, _ in STEPS])
def test_a_step_that_fails_is_left_out(
    module: Any,
    name: str,
    what: str,
    grey: Grey,
    engine: Remembering,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(module, name, fails)
    page = read_page(upright(pending_of(grey)), engine, 120.0)
    assert_told(page, what, caplog)
    assert "Klockvikens kommun" in " ".join(line.text for line in page.lines)


def test_an_engine_that_fails_on_a_closer_look_is_told(grey: Grey, engine: Remembering) -> None:
    class Tired(Remembering):
        calls = 0

        def _once(self, how: str, pictures: Sequence[Grey], recognise: Callable[[], Any]) -> Any:
            self.calls += 1
            if self.calls > 1:
                raise EngineFailedError("Tesseract failed on a page: it took too long")
            return super()._once(how, pictures, recognise)

    tired = Tired("tesseract")
    tired.gains_from_second_picture = engine.gains_from_second_picture
    tired.read = engine.read
    page = read_page(upright(pending_of(grey)), tired, 120.0)
    told = [w for w in page.warnings if "(Tesseract failed on a page: it took too long)" in w]
    assert told and page.lines and page.incomplete


def test_want_of_memory_and_a_missing_engine_are_no_refinements_failure(
    grey: Grey, engine: Remembering, monkeypatch: pytest.MonkeyPatch
) -> None:
    for error in (MemoryError(), EngineMissingError("Tesseract is not installed"), KeyboardInterrupt()):

        def refuse(*_: object, raised: BaseException = error) -> PageText:
            raise raised

        monkeypatch.setattr(steps, "REFINEMENTS", (Refinement("refusing", refuse),))
        with pytest.raises(type(error)):
            read_page(upright(pending_of(grey)), engine, 120.0)


# Pages and documents: no engine is needed.


@pytest.fixture
def three_pages(tmp_path: Path) -> Path:
    path = tmp_path / "three.tiff"
    page = Image.new("L", (400, 500), 255)
    page.paste(0, (50, 50, 350, 60))
    page.save(path, save_all=True, append_images=[page, page], dpi=(100, 100))
    return path


NONE = ReadingOptions(engine="none")


def failing_on(numbers: set[int], error: BaseException) -> Callable[..., Page]:
    def read_or_fail(page: page_module.OrientedPage, *rest: Any) -> Page:
        if page.pending.number in numbers:
            raise error
        return read_page(page, NoEngine(), 1.0)

    return read_or_fail


def test_a_page_that_fails_is_told_and_the_others_are_read(
    three_pages: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(page_module, "read_page", failing_on({2}, ValueError(SECRET)))
    pages = ingest.read(three_pages, NONE).pages
    assert [page.given_up for page in pages] == [False, True, False]
    assert pages[1].warnings == ("page 2 could not be read: an error of the program (ValueError)",)
    assert any("Traceback" in logging.Formatter().format(r) for r in caplog.records)


def test_a_page_that_cannot_be_set_upright_is_told(three_pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def upright_or_fail(pending: PageToOcr) -> page_module.OrientedPage:
        if pending.number == 1:
            raise IndexError(SECRET)
        return upright(pending)

    monkeypatch.setattr(page_module, "upright", upright_or_fail)
    pages = ingest.read(three_pages, NONE).pages
    assert [page.given_up for page in pages] == [True, False, False]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ValueError(SECRET), InputError),
        (EngineFailedError("Tesseract failed on a page: it crashed"), EngineFailedError),
        (LimitExceededError("it has too many pixels"), LimitExceededError),
    ],
)
def test_a_document_fails_when_every_page_did(
    three_pages: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, kind: type[Exception]
) -> None:
    monkeypatch.setattr(page_module, "read_page", failing_on({1, 2, 3}, error))
    with pytest.raises(kind, match=r"three\.tiff: page 1 could not be read: ") as caught:
        ingest.read(three_pages, NONE)
    assert type(caught.value) is kind
    assert SECRET not in str(caught.value)


def test_a_page_too_large_for_the_memory_is_told_and_a_second_one_ends_it(
    three_pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "read_page", failing_on({2}, MemoryError()))
    pages = ingest.read(three_pages, NONE).pages
    assert pages[1].warnings == ("page 2 could not be read: reading it needs more memory than there is",)
    assert not pages[0].given_up and not pages[2].given_up
    monkeypatch.setattr(page_module, "read_page", failing_on({2, 3}, MemoryError()))
    with pytest.raises(MemoryError):
        ingest.read(three_pages, NONE)


def test_a_document_of_one_page_too_large_for_the_memory_passes_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.png"
    Image.new("L", (300, 400), 90).save(path)
    monkeypatch.setattr(page_module, "read_page", failing_on({1}, MemoryError()))
    with pytest.raises(LimitExceededError, match="more memory than there is"):
        ingest.read(path, NONE)


def test_what_the_system_says_is_told(three_pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "read_page", failing_on({3}, PermissionError(13, "Permission denied", SECRET)))
    (warning,) = ingest.read(three_pages, NONE).pages[2].warnings
    assert warning == "page 3 could not be read: an error of the program (PermissionError: Permission denied)"


def test_a_full_disk_is_no_pages_failure(three_pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "read_page", failing_on({3}, OSError(28, "No space left on device", SECRET)))
    with pytest.raises(OutputError, match="cannot be written: OSError: No space left on device"):
        ingest.read(three_pages, NONE)


def test_an_interruption_is_never_a_pages_failure(three_pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "read_page", failing_on({2}, KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        ingest.read(three_pages, NONE)


def test_roles_that_cannot_be_told_leave_all_lines_in_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "with_roles", fails)
    path = tmp_path / "text.txt"
    path.write_text("Överenskommelse\n\nom samverkan\n", encoding="utf-8")
    document = ingest.read(path)
    assert [line.role for _, line in document.lines()] == [LineRole.BODY, LineRole.BODY]
    assert any("telling headers, footers and footnotes from the text failed" in w for w in document.warnings)


def test_an_incomplete_page_is_read_again(three_pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = NONE.model_copy(update={"cache_folder": tmp_path / "kept"})
    with monkeypatch.context() as broken:
        broken.setattr(steps, "REFINEMENTS", (Refinement("failing", fails),))
        assert all(page.incomplete for page in ingest.read(three_pages, kept).pages)
    assert not any(page.incomplete for page in ingest.read(three_pages, kept).pages)


def test_nothing_is_printed_without_a_handler(three_pages: Path) -> None:
    import subprocess
    import sys

    program = f"""
import pathlib
from avskrift.ingest import read
from avskrift.ingest.ocr import page as page_module
from avskrift.ingest.ocr import page_image
from avskrift.models.options import ReadingOptions
def fails(*_):
    raise ValueError
first = page_module.read_page
page_module.read_page = lambda page, *rest: fails() if page.pending.number == 2 else first(page, *rest)
print(len(read(pathlib.Path({str(three_pages)!r}), ReadingOptions(engine="none")).pages))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "3"
    assert done.stderr == ""


def test_a_file_that_breaks_off_keeps_its_first_pages(monkeypatch: pytest.MonkeyPatch, three_pages: Path) -> None:
    from avskrift.ingest.files.images import ImageFile

    whole = ImageFile.pages

    def breaking_off(*args: Any) -> Any:
        pages = whole(*args)
        yield next(pages)
        yield next(pages)
        raise OSError("cut off")

    monkeypatch.setattr(ImageFile, "pages", breaking_off)
    pages = ingest.read(three_pages, NONE).pages
    assert [page.given_up for page in pages] == [False, False, True]


def test_a_damaged_page_of_a_pdf_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from avskrift.ingest.files import pdf, pdf_pages

    picture = io.BytesIO()
    Image.new("L", (400, 500), 200).save(picture, "png")
    path = tmp_path / "two.pdf"
    sheet_ = Image.new("L", (400, 500), 200)
    sheet_.save(path, save_all=True, append_images=[sheet_], resolution=100)
    first = pdf_pages.open_page

    def fails_first(number: int, *rest: Any) -> Any:
        if number == 1:
            raise TypeError(SECRET)
        return first(number, *rest)

    monkeypatch.setattr(pdf, "open_page", fails_first)
    pages = ingest.read(path, NONE).pages
    assert [page.given_up for page in pages] == [True, False]
