"""What repeats at the edges of pages: headers, footers and page numbers; and footnotes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from rapidfuzz import fuzz

from avskrift.language.bullets import BULLET
from avskrift.language.page_numbers import ends_in_page_number, is_page_number
from avskrift.models.document import Footnote, Line, LineRole, Page

_DEPTH = 5
_RECENT = 6
_ALIKE, _LONG_ENOUGH = 78, 8
"""How alike (0 to 100) two readings of a header are at least, and how many letters likeness needs."""
_AS_LONG = 0.8
"""How long the shorter of two readings of a header is at least, as a share of the longer one."""
_CONTENTS = re.compile(r"(?:[.…_]\s?){4}\s*\d{1,3}$")
"""An entry of a table of contents, which reads like the heading that it names."""
_FURTHEST = 1
"""How many lines that do not repeat may stand between a header and the edge of its page."""
_FOOTNOTE = re.compile(r"(\d{1,2})\s+\S")
_MARK = re.compile(r"(?:[^\W\d]|(?<=[^\W\d])[.,)”\"])(\d{1,2})(?!\w|[.,:/-]\d)")
"""A footnote's mark right after a word: `arbetsgrupp1`, `samverkan.2`"""


def with_roles(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with the roles of their lines told."""
    running = [[line for line in page.lines if line.role is not LineRole.MARGIN] for page in pages]
    groups = _repeated(pages)
    reached = _reached(pages, running, {place for group in groups for place in group})
    groups = [group for group in groups if len(reached & group) >= _often(pages)]
    reached = _reached(pages, running, {place for group in groups for place in group})
    told = []
    for page, lines in zip(pages, running, strict=True):
        notes = [line for line in page.lines if line.role is LineRole.MARGIN]
        roles = {place: role for place, role in _edge(lines).items() if (page.number, place) in reached}
        for place in _footnotes(lines, roles):
            roles[place] = LineRole.FOOTNOTE
        lines = [replace(line, role=roles.get(i, line.role)) for i, line in enumerate(lines)]
        told.append(replace(page, lines=(*lines, *notes), footnotes=_tied(lines)))
    return tuple(told)


def _reached(
    pages: Sequence[Page], running: Sequence[Sequence[Line]], repeated: set[tuple[int, int]]
) -> set[tuple[int, int]]:
    """The places that page numbers and repeated lines fill from the edges inwards, as far as little else comes
    between."""
    found: set[tuple[int, int]] = set()
    for page, lines in zip(pages, running, strict=True):
        edge = _edge(lines)
        for role, places in ((LineRole.HEADER, range(len(lines))), (LineRole.FOOTER, range(len(lines) - 1, -1, -1))):
            others = 0
            for place in places:
                if edge.get(place) is not role or others > _FURTHEST:
                    break
                text = lines[place].text.strip()
                numbered = is_page_number(text) or (others == 0 and ends_in_page_number(text))
                if (page.number, place) in repeated or numbered:
                    found.add((page.number, place))
                else:
                    others += 1
    return found


def _often(pages: Sequence[Page]) -> float:
    """On how many pages a header stands at least."""
    return max(2, len(pages) / 3)


def _edge(lines: Sequence[Line]) -> dict[int, LineRole]:
    """The places of the first and last lines of a page, with what they would be."""
    depth = min(_DEPTH, len(lines) // 2)
    top = dict.fromkeys(range(depth), LineRole.HEADER)
    return top | dict.fromkeys(range(len(lines) - depth, len(lines)), LineRole.FOOTER)


def _key(text: str) -> str:
    """What makes two headers the same: their letters, without digits and signs."""
    return re.sub(r"[\W\d_]+", "", text.lower())


@dataclass(slots=True)
class _Repeated:
    """The places (page number, place of the line) of lines that read alike at one edge; `key` is of the last."""

    key: str
    role: LineRole
    capitals: bool
    places: list[tuple[int, int]]


def _repeated(pages: Sequence[Page]) -> list[set[tuple[int, int]]]:
    """The places of lines that stand at the same edge of two pages at least, and of a third of all.

    A bad scan reads the same header differently each time, so that likeness counts; but only to lines of the pages
    just before, which keeps the work in proportion to the pages.
    """
    groups: list[_Repeated] = []
    for page in pages:
        lines = [line for line in page.lines if line.role is not LineRole.MARGIN]
        recent = [g for g in groups if page.number - g.places[-1][0] <= _RECENT]
        for place, role in _edge(lines).items():
            text = lines[place].text
            key = _key(text)
            if len(key) < 3 or len(text) >= 120 or re.match(rf"\s*{BULLET}", text) or _CONTENTS.search(text):
                continue
            capitals = text.isupper()  # a title in capitals is not the header that repeats it
            near = [g for g in recent if g.role is role and g.capitals == capitals and g.places[-1][0] != page.number]
            home = next((g for g in near if g.key == key), None)
            if home is None and len(key) >= _LONG_ENOUGH:
                sized = [g for g in near if min(len(g.key), len(key)) >= _AS_LONG * max(len(g.key), len(key))]
                home = max(sized, key=lambda g: fuzz.ratio(g.key, key), default=None)
                if home is not None and fuzz.ratio(home.key, key) < _ALIKE:
                    home = None
            if home is None:
                groups.append(_Repeated(key, role, capitals, [(page.number, place)]))
            else:
                home.key = key
                home.places.append((page.number, place))
    return [set(g.places) for g in groups if len(g.places) >= _often(pages)]


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


def _tied(lines: Sequence[Line]) -> tuple[Footnote, ...]:
    """The footnotes of a page with the lines that bear their marks."""
    found: list[Footnote] = []
    for line in lines:
        if line.role is not LineRole.FOOTNOTE:
            continue
        begun = _FOOTNOTE.match(line.text)
        if begun is not None:
            marked = (
                other.number
                for other in lines
                if other.role is LineRole.BODY and any(m[1] == begun[1] for m in _MARK.finditer(other.text))
            )
            found.append(Footnote(begun[1], (line.number,), next(marked, None)))
        elif found:
            found[-1] = replace(found[-1], lines=(*found[-1].lines, line.number))
    return tuple(found)
