"""The panel of a comparison's page: pages of both documents, and where on them something was read."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from avskrift.models.agreement import Evidence
from avskrift.models.comparison import Comparison
from avskrift.models.geometry import BoundingBox
from avskrift.models.page_view import PageView
from avskrift.output.comparison.page_text import Which
from avskrift.output.evidence_boxes import upright_box


@dataclass(frozen=True, slots=True)
class PageReading:
    """Where something was read, as the page's panel tells it."""

    id: str
    evidence: Evidence
    line_id: str
    bbox: BoundingBox | None = None
    """On the upright page, in PDF points."""


@dataclass(slots=True)
class PanelPage:
    """A page in the panel: what is known of its looks, and what was read on it."""

    number: int
    view: PageView | None
    picture: str
    readings: list[PageReading] = field(default_factory=list)


@dataclass(slots=True)
class PanelSide:
    """All pages of a side, and the id of each reading."""

    pages: list[PanelPage]
    ids: dict[Evidence, str]


def panel_side(which: Which, compared: Comparison, views: Sequence[PageView]) -> PanelSide:
    """The pages that are known of, and those that something was read on."""
    pages = {view.number: PanelPage(view.number, view, _data_uri(view.picture)) for view in views}
    ids: dict[Evidence, str] = {}
    for evidence in _evidences(which, compared):
        if evidence in ids:
            continue
        page = pages.setdefault(evidence.page, PanelPage(evidence.page, None, ""))
        lines = page.view.lines if page.view is not None else ()
        known = evidence.line is not None and evidence.line <= len(lines)
        ids[evidence] = f"{which}-r{len(ids)}"
        line_id = f"{which}-p{evidence.page}-l{evidence.line}" if known else ""
        frame = None if page.view is None else page.view.frame
        page.readings.append(PageReading(ids[evidence], evidence, line_id, upright_box(evidence, frame)))
    return PanelSide([pages[number] for number in sorted(pages)], ids)


def _evidences(which: Which, compared: Comparison) -> Iterator[Evidence]:
    """Where what stands on one side was read, in the order of the page; some of it several times."""
    for change in compared.objects:
        yield from (e for side in getattr(change, which) if (e := side.evidence) is not None)
        yield from (e for value in change.values if (e := getattr(value, f"{which}_evidence")) is not None)
    for clause in compared.clauses:
        yield from (e for side in getattr(clause, which) if (e := side.evidence) is not None)


def _data_uri(picture: bytes | None) -> str:
    return f"data:image/jpeg;base64,{b64encode(picture).decode('ascii')}" if picture else ""
