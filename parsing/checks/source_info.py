"""Where a record comes from: the file, and the corrections its text went through."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, Literal

from avskrift.models.agreement import (
    Correction,
    DigitalSignature,
    DoubtfulReading,
    HiddenWords,
    PageFootnote,
    PageRegion,
    SourceFile,
)
from avskrift.models.document import Document, Footnote, Line, Page
from avskrift.models.edits import Edit
from avskrift.models.geometry import BoundingBox

_ROTATIONS: tuple[Literal[0, 90, 180, 270], ...] = (0, 90, 180, 270)


def source_of(document: Document) -> SourceFile:
    """The file, its pages and how each was read."""
    pages = document.pages
    return SourceFile(
        file=document.file,
        sha256=document.sha256,
        pages=len(pages),
        **_readings_of(pages),
        regions=[region for page in pages for region in _regions_of(page)],
        footnotes=[_footnote(page, note) for page in pages for note in page.footnotes],
        hidden_text=[hidden for page in pages for hidden in _hidden_of(page)],
        digital_signatures=[DigitalSignature.model_validate(asdict(s)) for s in document.digital_signatures],
        engine=document.engine,
    )


def _readings_of(pages: Sequence[Page]) -> dict[str, Any]:
    """What is told of each page, under the names that the record has for it."""
    return {
        "page_sources": [page.source.value for page in pages],
        "page_rotations": [_ROTATIONS[page.rotation % 360 // 90] for page in pages],
        "page_skews": [page.skew for page in pages],
        "page_sizes": [_size_of(page) for page in pages],
        "page_words": [_words_of(page) for page in pages],
        "page_ink_read": [None if page.ink_read is None else round(page.ink_read, 3) for page in pages],
        "page_confidences": [round(page.confidence, 3) for page in pages],
        "page_qualities": [None if page.quality is None else page.quality.value for page in pages],
    }


def _regions_of(page: Page) -> Iterator[PageRegion]:
    for region in page.regions:
        box = _in_file(page, region.bbox)
        yield PageRegion(page=page.number, kind=region.kind, bbox=box, text=region.text or None)


def _hidden_of(page: Page) -> Iterator[HiddenWords]:
    for hidden in page.hidden_text:
        fields = {"page": page.number, "text": hidden.text, "reason": hidden.reason, "bbox": hidden.bbox}
        yield HiddenWords.model_validate(fields)


def _size_of(page: Page) -> tuple[float, float] | None:
    frame = page.frame
    return None if frame is None else (round(frame.width, 2), round(frame.height, 2))


def _words_of(page: Page) -> dict[str, int]:
    """How many words of a page come from where."""
    count = sum(len(line.words) for line in page.lines)
    printed = sum(word.printed for line in page.lines for word in line.words)
    return {page.source.value: count - printed} | ({"text_layer": printed} if printed else {})


def _in_file(page: Page, box: BoundingBox) -> BoundingBox:
    return (box if page.frame is None else page.frame.box_in_file(box)).rounded()


def _footnote(page: Page, note: Footnote) -> PageFootnote:
    texts = {line.number: line.text for line in page.lines}
    words = " ".join(texts[number] for number in note.lines)
    marked = None if note.marked_line is None else texts[note.marked_line]
    return PageFootnote(
        page=page.number, mark=note.mark, text=words.removeprefix(note.mark).strip(), marked_text=marked
    )


def corrections_of(document: Document) -> list[Correction]:
    """Every edit of every line, as the JSON lists them."""
    return [Correction(corrected=new, **where) for new, where in _located(document, lambda line: line.edits)]


def doubtful_readings_of(document: Document) -> list[DoubtfulReading]:
    """Every change that was not made, as the JSON lists them."""
    return [DoubtfulReading(proposed=new, **where) for new, where in _located(document, lambda line: line.suggestions)]


def _located(document: Document, edits_of: Callable[[Line], Sequence[Edit]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each edit puts, and where it does, instead of what, by which rule and how surely."""
    for page, line in document.lines():
        for edit in edits_of(line):
            raw = line.raw[edit.raw_start : edit.raw_end]
            where = {"page": page.number, "line": line.number, "raw": raw}
            yield edit.replacement, where | {"rule": edit.rule, "confidence": edit.confidence}
