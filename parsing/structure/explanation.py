"""Why each line of a document is what it was taken to be: for whoever mends a rule."""

from collections.abc import Iterator
from dataclasses import dataclass

from avskrift.models.document import Line, LineRole
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.running_text import is_page_number

_AROUND_THE_TEXT = {
    LineRole.HEADER: ("page header", "stands above the text of its page, as on other pages"),
    LineRole.FOOTER: ("page footer", "stands below the text of its page, as on other pages"),
    LineRole.FOOTNOTE: ("footnote", "a note at the foot of its page"),
    LineRole.MARGIN: ("margin", "stands beside the text of its page"),
}
_OF_PLAN = ("action plan row", "in a run of lines that begin with the labels of an action plan")


@dataclass(frozen=True, slots=True)
class LineExplanation:
    """What line `line` (from 1) of a page was taken to be, and why; `text` is the line's, or a piece of a long one."""

    page: int
    line: int
    kind: str
    reason: str
    text: str


def explanations_of(structure: DocumentStructure) -> list[LineExplanation]:
    """Each line of a document that is not empty, in reading order, with its kind and the reason."""
    running: dict[tuple[int, int], list[LineExplanation]] = {}
    for one in sorted(_of_running_text(structure), key=lambda pair: pair[0]):
        running.setdefault((one[1].page, one[1].line), []).append(one[1])
    explained: list[LineExplanation] = []
    for page, line in structure.document.lines():
        pieces = running.pop((page.number, line.number), None)
        if pieces is None and line.text.strip():
            kind, reason = _outside_running_text(line, structure)
            pieces = [LineExplanation(page.number, line.number, kind, reason, line.text)]
        explained += pieces or []
    return explained


def _of_running_text(structure: DocumentStructure) -> Iterator[tuple[int, LineExplanation]]:
    """The lines of the running text with their places in it."""
    known = {p.number: (one.found.kind.value, one.found.reason) for one in structure.classified for p in one.lines}
    for table in structure.tables:
        head = ", ".join(cell.text for cell in table.head)
        known |= dict.fromkeys(table.numbers, ("table row", f"in a table whose columns are headed {head}"))
    for located in structure.lines:
        kind, reason = known.get(located.number, _OF_PLAN)
        yield located.number, LineExplanation(located.page, located.line.number, kind, reason, located.text)


def _outside_running_text(line: Line, structure: DocumentStructure) -> tuple[str, str]:
    if line.role in _AROUND_THE_TEXT:
        return _AROUND_THE_TEXT[line.role]
    if is_page_number(line, structure.vocabulary):
        return "page number", "a page's number within the text"
    return "left out", "the rules failed"
