"""What repeats at the edges of pages: headers, footers and page numbers; and footnotes."""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from avskrift.models.document import Line, LineRole, Page

_DEPTH = 5
_PAGE_NUMBER = re.compile(
    r"(?:sida\s+|sid\.?\s+)?\d{1,3}\s*(?:\(\s*\d{1,3}\s*\)|av\s+\d{1,3}|/\s*\d{1,3})|(?:sida|sid\.?)\s+\d{1,3}|[-–]?\s?\d{1,3}\s?[-–]?",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\d{1,2}\s+\S")


def with_roles(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with the roles of their lines told."""
    repeated = _repeated(pages)
    told = []
    for page in pages:
        notes = [line for line in page.lines if line.role is LineRole.MARGIN]
        lines = [line for line in page.lines if line.role is not LineRole.MARGIN]
        edge = _edge(lines)
        roles: dict[int, LineRole] = {}
        for place, role in edge.items():
            text = lines[place].text
            if (_key(text), role) in repeated or _PAGE_NUMBER.fullmatch(text.strip()) is not None:
                roles[place] = role
        for place in _footnotes(lines, roles):
            roles[place] = LineRole.FOOTNOTE
        told.append(
            replace(
                page,
                lines=(*(replace(line, role=roles.get(i, line.role)) for i, line in enumerate(lines)), *notes),
            )
        )
    return tuple(told)


def _edge(lines: Sequence[Line]) -> dict[int, LineRole]:
    """The places of the first and last lines of a page, with what they would be."""
    depth = min(_DEPTH, len(lines) // 2)
    top = dict.fromkeys(range(depth), LineRole.HEADER)
    return top | dict.fromkeys(range(len(lines) - depth, len(lines)), LineRole.FOOTER)


def _key(text: str) -> str:
    """What makes two headers the same: their letters, without digits and signs."""
    return re.sub(r"[\W\d_]+", "", text.lower())


def _repeated(pages: Sequence[Page]) -> set[tuple[str, LineRole]]:
    """The keys of lines that stand at the same edge of two pages at least, and of a third of all."""
    seen: dict[tuple[str, LineRole], set[int]] = {}
    for page in pages:
        lines = [line for line in page.lines if line.role is not LineRole.MARGIN]
        for place, role in _edge(lines).items():
            text = lines[place].text
            key = _key(text)
            if len(key) >= 3 and len(text) < 120 and not re.match(r"\s*[•▪]", text):
                seen.setdefault((key, role), set()).add(page.number)
    return {key for key, where in seen.items() if len(where) >= max(2, len(pages) / 3)}


def _footnotes(lines: Sequence[Line], roles: dict[int, LineRole]) -> list[int]:
    """The places of footnotes: at the foot, in smaller type, begun by their number."""
    sizes = [line.font_size for line in lines if line.font_size]
    if not sizes:
        return []
    usual = median(sizes)
    found: list[int] = []
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if place in roles:
            continue
        if not line.font_size or line.font_size > 0.9 * usual or line.cell is not None:
            break
        found.append(place)
    while found and not _FOOTNOTE.match(lines[found[-1]].text):
        found.pop()
    return found
