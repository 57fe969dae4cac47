"""Where a record comes from: the file, and the corrections its text went through."""

from collections.abc import Callable, Iterator, Sequence
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

_ROTATIONS: tuple[Literal[0, 90, 180, 270], ...] = (0, 90, 180, 270)


def source_of(document: Document) -> SourceFile:
    """The file, its pages and how each was read."""
    return SourceFile(
        file=document.file,
        sha256=document.sha256,
        pages=len(document.pages),
        page_sources=[page.source.value for page in document.pages],
        page_rotations=[_ROTATIONS[page.rotation % 360 // 90] for page in document.pages],
        page_skews=[page.skew for page in document.pages],
        page_confidences=[round(page.confidence, 3) for page in document.pages],
        page_qualities=[None if page.quality is None else page.quality.value for page in document.pages],
        regions=[
            PageRegion(page=page.number, kind=region.kind, bbox=region.bbox, text=region.text or None)
            for page in document.pages
            for region in page.regions
        ],
        footnotes=[_footnote(page, note) for page in document.pages for note in page.footnotes],
        hidden_text=[
            HiddenWords.model_validate({"page": page.number, "text": hidden.text, "reason": hidden.reason})
            for page in document.pages
            for hidden in page.hidden_text
        ],
        digital_signatures=[
            DigitalSignature(
                name=signature.name,
                time=signature.time,
                intact=signature.intact,
                covers_whole_file=signature.covers_whole_file,
            )
            for signature in document.digital_signatures
        ],
        engine=document.engine,
    )


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
