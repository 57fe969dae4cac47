"""One page read by an engine: rendered, set upright, preprocessed, recognised, refined, laid out.

What fails on the way is left out and stands in the page's warnings; only a page that cannot be rendered, or that the
engine fails on, is lost.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import mean

from avskrift.errors import EngineFailedError
from avskrift.ingest.image.opencv_threads import one_opencv_thread
from avskrift.ingest.image.picture import Grey, ink_share
from avskrift.ingest.image.preprocessing import (
    CLEAN,
    ScanCondition,
    lies_on_its_side,
    quarter_turned,
    scan_condition_of,
)
from avskrift.ingest.image.watermarks import Watermark
from avskrift.ingest.layout.facing_pages import lines_on_sheet
from avskrift.ingest.layout.gaps import closed_up
from avskrift.ingest.layout.lines import Cell, lines_as_read
from avskrift.ingest.ocr.clean_print import clean_print, words_of_watermark
from avskrift.ingest.ocr.engine import Engine
from avskrift.ingest.ocr.ink_account import ink_read, unaccounted
from avskrift.ingest.ocr.page_image import page_image_of
from avskrift.ingest.ocr.printed_text import printed_lines, printed_words
from avskrift.ingest.ocr.refine.refinement import FigureText, OcrPage, PageText
from avskrift.ingest.ocr.refine.rubbish import drop_rubbish
from avskrift.ingest.ocr.refine.steps import refined
from avskrift.ingest.ocr.scan_quality import quality_of, warnings_for
from avskrift.ingest.ocr.true_size import as_in_file, of_true_size
from avskrift.ingest.ocr.turned_notes import TurnedNotes, note_lines, turned_notes
from avskrift.ingest.opened_pages import PageToOcr
from avskrift.ingest.struck_warning import warnings_of_struck
from avskrift.ingest.text_layer.turned_text import with_turned
from avskrift.ingest.words import OcrWord, estimated_font_size
from avskrift.models.document import Line, Page, PageSource, Region
from avskrift.models.geometry import BoundingBox
from avskrift.models.page_frame import PageFrame
from avskrift.runtime.failures import Failures


@dataclass(frozen=True, slots=True)
class Settings:
    """How a page is rendered and set upright."""

    blank: float = 0.0002  # share of dark points below which a page is blank
    dpi: int = 200  # dots an inch that a page is rendered at,
    bad_dpi: int = 300  # and a bad one, unless it was scanned at fewer,
    least_own_dpi: int = 100  # but not at fewer than these
    doubtful: float = 0.62  # mean confidence below which a page is tried upside down
    long: int = 3  # characters of a word that says how well a page was read
    long_words: float = 0.35  # share of such words below which a page may be upside down
    fewest_words: int = 3  # words that tell this


SETTINGS = Settings()
_LOG = logging.getLogger("avskrift.ingest")


@dataclass(frozen=True, slots=True)
class OrientedPage:
    """A page's picture with its lines level, perhaps upside down. `grey` is None for a page without ink.

    `turn` is by how many degrees clockwise the picture must be turned. `taken` is the coloured ink that lay over print
    and was taken out of the picture: its kind and box in pixels; so was the `watermark`. `failures` is what failed so
    far, and takes in what fails after. `pending` is of its true size, and claims to be so many `times` larger.
    """

    pending: PageToOcr
    grey: Grey | None
    turn: int
    dpi: int
    condition: ScanCondition
    failures: Failures
    taken: tuple[tuple[str, BoundingBox], ...] = ()
    watermark: Watermark | None = None
    times: float = 1.0


@dataclass(frozen=True, slots=True)
class _Reading:
    """What an engine read of a page that was turned by `angle` degrees clockwise, and its mean confidence."""

    page: OcrPage
    words: list[OcrWord]
    angle: int
    confidence: float


@one_opencv_thread()
def upright(pending: PageToOcr) -> OrientedPage:
    """The page rendered at the resolution that its condition asks for, with the turn that makes its lines level.

    Not safe in several threads at once: PDFium renders. Raises `BrokenInputError` for what cannot be rendered.
    """
    failures = Failures(_LOG, f"page {pending.number}: ", tolerated=(EngineFailedError,))
    claimed = pending
    pending, times = failures.attempt(
        "measuring the resolution", lambda: of_true_size(claimed), (claimed, 1.0), "it was read as its file claims"
    )
    printed, dpi = clean_print(pending, SETTINGS.dpi, failures), SETTINGS.dpi
    grey = printed.grey
    if ink_share(grey) < SETTINGS.blank:
        return OrientedPage(pending, None, 0, dpi, CLEAN, failures, times=times)
    condition = failures.attempt(
        "judging the state of the picture", lambda: scan_condition_of(grey, dpi), CLEAN, "it was read as a clean one"
    )
    if pending.turn is not None:
        condition = replace(condition, level=True)
    if condition.bad:
        own = round(pending.scanned_at)
        is_own = SETTINGS.least_own_dpi <= own <= SETTINGS.bad_dpi and not condition.two_toned
        dpi = own if is_own else SETTINGS.bad_dpi
        printed = printed if dpi == SETTINGS.dpi else clean_print(pending, dpi, failures)
    turn = _turn_of(printed.grey, failures) if pending.turn is None else pending.turn
    return OrientedPage(
        pending, printed.grey, turn, dpi, condition, failures, printed.taken, watermark=printed.watermark, times=times
    )


@one_opencv_thread()
def read_page(page: OrientedPage, engine: Engine, timeout_seconds: float) -> Page:
    """The page as the engine reads it, with `timeout_seconds` for each of its readings.

    Raises `EngineFailedError` when the first reading fails.
    """
    pending, failures = page.pending, page.failures
    if page.grey is None:
        blank = Page(pending.number, PageSource.OCR, (), pending.width, pending.height)
        return as_in_file(_with_failures(blank, failures), page.times)
    reading = _read_right_way_up(page, page.grey, engine, timeout_seconds)
    text = refined(reading.page, reading.words, failures)
    nothing: tuple[FigureText, ...] = ()
    struck = failures.attempt("reading struck-out words", lambda: _struck(reading.page), nothing, "they are not told")
    text = replace(text, figures=(*text.figures, *_taken_out(page, page.grey, reading), *struck))
    stands = "all that was read stands among the words"
    refined_text = text
    text = failures.attempt(
        "telling words from rubbish", lambda: drop_rubbish(reading.page, refined_text), text, stands
    )
    if not text.words and pending.layer_page is not None:
        read = as_in_file(_page(page, reading, text, ()), page.times)
        return _with_failures(_as_layer(pending.layer_page, read), failures)
    whole = text
    noted = failures.attempt(
        "looking for turned notes",
        lambda: turned_notes(reading.page, whole),
        TurnedNotes(whole),
        "they may stand among the lines as scattered letters",
    )
    notes = note_lines(noted.notes, 72 / reading.page.image.dpi)
    lines = with_turned(_lines(page, reading, noted.text), notes)
    return as_in_file(_with_failures(_page(page, reading, noted.with_all_words(), lines), failures), page.times)


def _turn_of(grey: Grey, failures: Failures) -> int:
    """By how many degrees clockwise a picture must be turned for its lines to be level, perhaps upside down."""
    on_its_side = failures.attempt(
        "looking whether the page lies on its side", lambda: lies_on_its_side(grey), False, "it was read as it came"
    )
    return 90 if on_its_side else 0


def _as_layer(layer_page: Page, read: Page) -> Page:
    """A page as its text layer has it, where nothing but figures was `read` beside."""
    if not read.regions:
        return layer_page
    return replace(layer_page, regions=(*layer_page.regions, *read.regions), ink_read=1.0)


def _with_failures(page: Page, failures: Failures) -> Page:
    return replace(page, warnings=(*page.warnings, *failures.messages), incomplete=bool(failures.found))


def _read_right_way_up(page: OrientedPage, grey: Grey, engine: Engine, timeout_seconds: float) -> _Reading:
    """The surer of the readings of the page as it stands and upside down; the second only where the first is unsure."""

    def reading(angle: int) -> _Reading:
        twice = engine.gains_from_second_picture
        image = page_image_of(quarter_turned(grey, angle), page.dpi, page.condition, page.failures, twice=twice)
        ocr_page = OcrPage(
            image,
            lambda image: engine.read_page(image, timeout_seconds),
            lambda crops: engine.read_lines(crops, image.dpi, timeout_seconds),
            lambda crops: engine.read_symbols(crops, image.dpi, timeout_seconds),
        )
        words = ocr_page.read_page(image)
        return _Reading(ocr_page, words, angle, _confidence(words))

    first = reading(page.turn)
    if page.pending.turn is not None or (first.confidence >= SETTINGS.doubtful and _looks_upright(first.words)):
        return first
    turned = page.failures.attempt(
        "reading the page upside down", lambda: reading(page.turn + 180), first, "it was read as it stands"
    )
    return turned if turned.confidence > first.confidence else first


def _confidence(words: Sequence[OcrWord]) -> float:
    long = [w.confidence for w in words if len(w.text) >= SETTINGS.long]
    return mean(long) if long else 0.0


def _looks_upright(words: Sequence[OcrWord]) -> bool:
    """Whether enough words were read at all: text upside down gives few and short ones."""
    long = sum(len(w.text) >= SETTINGS.long for w in words)
    return len(words) < SETTINGS.fewest_words or long >= SETTINGS.long_words * len(words)


def _taken_out(page: OrientedPage, grey: Grey, reading: _Reading) -> list[FigureText]:
    """The coloured ink and the watermark that were taken out, where they lie in the picture that was read."""
    image = reading.page.image
    tall, wide = grey.shape
    frame = PageFrame(wide, tall, reading.angle % 360, image.skew)
    scale = image.dpi / page.dpi
    found = [FigureText(kind, frame.upright_box(box).scaled(scale)) for kind, box in page.taken]
    if (watermark := page.watermark) is not None:
        no_words: tuple[OcrWord, ...] = ()
        words = page.failures.attempt(
            "reading the watermark",
            lambda: words_of_watermark(watermark, reading.angle, image.dpi, reading.page.read_lines),
            no_words,
            "it is told without its words",
        )
        found.append(FigureText("watermark", frame.upright_box(watermark.box).scaled(scale), words))
    return found


def _struck(page: OcrPage) -> tuple[FigureText, ...]:
    """The struck-out words of a page, as an engine reads them without the rules through them."""
    lines = page.image.struck
    read = page.read_lines([line.picture for line in lines]) if lines else []
    return tuple(FigureText("struck_out", line.box, tuple(words)) for line, words in zip(lines, read, strict=True))


def _lines(page: OrientedPage, reading: _Reading, text: PageText) -> tuple[Line, ...]:
    """The words of the running text as lines, in points, with those that the page printed itself."""
    image = reading.page.image
    scale = 72 / image.dpi
    words = [
        replace(w, box=_rounded(w.box, scale), stated_size=estimated_font_size(w.text, w.box.height * scale))
        for w in text.words
    ]
    frame = _frame(page.pending, reading)
    words = closed_up(words, [line.box.scaled(scale) for line in image.struck])
    words.extend(printed_words(page.pending, frame))
    cells = [Cell(cell.bbox.scaled(scale), cell.reference) for cell in image.cells]
    stands = "they stand in the order in which the engine saw them"
    size = frame.upright_size
    lines = page.failures.attempt(
        "setting the words in order", lambda: lines_on_sheet(words, cells, *size), None, stands
    )
    return with_turned(lines_as_read(words) if lines is None else lines, printed_lines(page.pending, frame))


def _frame(pending: PageToOcr, reading: _Reading) -> PageFrame:
    """How the page that was read lies in its file, in points."""
    return PageFrame(pending.width, pending.height, reading.angle % 360, round(reading.page.image.skew, 2))


def _page(page: OrientedPage, reading: _Reading, text: PageText, lines: tuple[Line, ...]) -> Page:
    pending, image = page.pending, reading.page.image
    width, height = _frame(pending, reading).upright_size
    quality = page.failures.attempt("grading the page", lambda: quality_of(lines), None, "the page has no grade")
    share = page.failures.attempt(
        "accounting for the page's ink",
        lambda: ink_read(image, [word.box for word in text.words], [figure.box for figure in text.figures]),
        None,
        "nothing is known of it",
    )
    regions = tuple(_region(figure, 72 / image.dpi) for figure in text.figures)
    return Page(
        pending.number,
        PageSource.OCR,
        lines,
        width,
        height,
        rotation=reading.angle % 360,
        skew=round(image.skew, 2),
        confidence=round(mean(w.confidence for w in text.words) if text.words else 0.0, 3),
        regions=regions,
        warnings=(
            *(() if quality is None else warnings_for(pending.number, quality)),
            *(unaccounted(pending.number, share) if lines else ()),
            *warnings_of_struck(pending.number, [region.text for region in regions if region.kind == "struck_out"]),
        ),
        witness=pending.distrusted_text,
        quality=quality,
        ink_read=share,
    )


def _region(figure: FigureText, scale: float) -> Region:
    return Region(figure.kind, _rounded(figure.box, scale), " ".join(w.text for w in figure.words))


def _rounded(box: BoundingBox, scale: float) -> BoundingBox:
    """A box in points, to a hundredth."""
    return box.scaled(scale).rounded()
