"""The text that a page printed itself, where it lies on the page that an engine read beside it."""

from dataclasses import replace

from avskrift.ingest.layout.lines import lines_of
from avskrift.ingest.opened_pages import PageToOcr
from avskrift.ingest.words import OcrWord
from avskrift.models.document import Line, LineRole
from avskrift.models.geometry import BoundingBox
from avskrift.models.page_frame import PageFrame


def printed_words(pending: PageToOcr, frame: PageFrame) -> list[OcrWord]:
    """The words of the page's own text on the upright page of `frame`, of no line of the engine's; none where they
    stand otherwise than what was read."""
    if not _runs_along(pending, frame):
        return []
    return [replace(w, box=_upright(frame, w.box), line=0, printed=True) for w in pending.printed]


def printed_lines(pending: PageToOcr, frame: PageFrame) -> list[Line]:
    """The lines of the page's own text that stand otherwise than what was read, on the upright page of `frame`."""
    lines = [line.placed(lambda box: _upright(frame, box)) for line in pending.printed_lines]
    if _runs_along(pending, frame):
        return lines
    own = PageFrame(frame.width, frame.height, pending.printed_turn)
    words = [replace(word, box=own.upright_box(word.box), line=0, printed=True) for word in pending.printed]
    turned = (line.placed(lambda box: _upright(frame, own.box_in_file(box))) for line in lines_of(words))
    return [*(replace(line, role=LineRole.MARGIN) for line in turned), *lines]


def _runs_along(pending: PageToOcr, frame: PageFrame) -> bool:
    return pending.printed_turn % 360 == frame.rotation % 360


def _upright(frame: PageFrame, box: BoundingBox) -> BoundingBox:
    """A box on the upright page, to a hundredth of a point."""
    return frame.upright_box(box).rounded()
