"""Blanks of forms that are filled in by hand: nobody has read what stands there, and a registrar is told where."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from avskrift.models.agreement import Remark
from avskrift.models.document import WIDE_GAP, Document, Line, LineRole, Page, Region
from avskrift.models.geometry import BoundingBox
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan
from avskrift.parsing.structure.values import Value, record_of
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """Where handwriting fills a blank. Judged on invented forms; none was tuned."""

    above: float = 1.5
    """Heights of its line by which writing stands above a blank at most."""
    covered: float = 0.2
    """Share of the narrower of writing and blank by which they share their width at least."""
    beside: float = 120.0
    """Points that a blank of which no sign was read reaches from its label."""
    label_below: int = 2
    """Lines below a bare blank within which its label stands."""
    longest: int = 60
    """Signs of a label that a remark shows at most."""


SETTINGS = Settings()
_BY_HAND = frozenset({"handwriting", "signature"})
_BLANK = re.compile(r"[._…]{4,}|(?:[._…]\s){4,}[._…]?|…{1,}")


@dataclass(frozen=True, slots=True)
class _Blank:
    """A blank with what is printed before it, and where it stands: the line, and its box in points."""

    label: str
    line: Line
    box: BoundingBox


def remarks_on_blanks(document: Document, vocabulary: Vocabulary) -> list[Remark]:
    """The blanks in which an unread region of handwriting lies, each once; where a signature belongs is none."""
    found: list[Remark] = []
    for page in document.pages:
        written = [region for region in page.regions if region.kind in _BY_HAND]
        if written:
            found += _remarks_on(page, written, vocabulary)
    return found


def _remarks_on(page: Page, written: Sequence[Region], vocabulary: Vocabulary) -> Iterator[Remark]:
    lines = [line for line in page.lines if line.role is LineRole.BODY and line.bbox is not None]
    for at, line in enumerate(lines):
        for blank in _blanks_in(line):
            if not any(_fills(region.bbox, blank.box) for region in written):
                continue
            label = blank.label or _label_below(blank, lines[at + 1 : at + 1 + SETTINGS.label_below], vocabulary)
            if label and vocabulary.pattern("signing", "blank for a signature", "within").search(label) is None:
                shown = label if len(label) <= SETTINGS.longest else f"...{label[3 - SETTINGS.longest :]}"
                where = Value.of(TextSpan.join([LocatedLine(page.number, line, 0)]), "contents")
                text = f"page {page.number}: {shown!r} is filled in by hand, which was not read"
                yield record_of(Remark, {}, whole=where, kind="reading", text=text)


def _blanks_in(line: Line) -> Iterator[_Blank]:
    """The blanks of a line: rows of dots or strokes, and what stands right of a label with a colon at its end."""
    assert line.bbox is not None
    end = 0
    for found in _BLANK.finditer(line.text):
        label = line.text[end : found.start()].split(WIDE_GAP)[-1].strip(" :")
        boxes = [word.bbox for word in line.words_of(*found.span()) if word.bbox is not None]
        end = found.end()
        if boxes:
            yield _Blank(label, line, BoundingBox.enclosing(boxes))
    label = line.text[end:].split(WIDE_GAP)[-1].strip()
    if label.endswith(":"):
        x0, _, x1, _ = line.bbox
        yield _Blank(label.strip(" :"), line, line.bbox.grown(x0 - x1, 0, SETTINGS.beside, 0))


def _fills(writing: BoundingBox, blank: BoundingBox) -> bool:
    """Whether writing stands on a blank or right above it."""
    space = blank.grown(0, SETTINGS.above * max(blank.height, 8.0), 0, blank.height)
    least = SETTINGS.covered * min(writing.width, blank.width)
    return space.shared_width(writing) > least and space.shared_height(writing) > 0


def _label_below(blank: _Blank, lines: Sequence[Line], vocabulary: Vocabulary) -> str:
    """What is printed below a bare blank to say what belongs there, "" where nothing is."""
    for line in lines:
        offset = 0
        for column in line.text.split(WIDE_GAP):
            boxes = [w.bbox for w in line.words_of(offset, offset + len(column)) if w.bbox is not None]
            offset += len(column) + len(WIDE_GAP)
            near = boxes and BoundingBox.enclosing(boxes).shared_width(blank.box) > 0
            if near and vocabulary.pattern("signing", "label", "within").match(column.strip()):
                return column.strip(" :")
    return ""
