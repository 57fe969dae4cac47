"""What repeats at the edges of pages: headers, footers and page numbers; and footnotes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from statistics import median

from rapidfuzz import fuzz

from avskrift.language.bullets import BULLET
from avskrift.language.page_numbers import ends_in_page_number, is_page_number
from avskrift.language.same_text import first_prints, word_counts
from avskrift.models.document import Footnote, Line, LineRole, Page, PageSource


@dataclass(frozen=True, slots=True)
class Settings:
    """Where headers and footers stand, and when two lines are readings of one."""

    depth: int = 5  # lines at either edge of a page that may be a header or footer
    furthest: int = 1  # lines that do not repeat between a header and the edge of its page, at most
    fewest_pages: int = 2  # pages that a header stands on,
    of_pages: int = 3  # and on one of so many pages
    recent: int = 6  # pages before in which a line is looked for: keeps the work in proportion to the pages
    alike: float = 78.0  # likeness (0 to 100) of two readings of a header at least,
    alike_letters: int = 8  # of so many letters: shorter ones must be the same
    short: int = 20  # letters of a header below which
    alike_short: float = 88.0  # likeness must be so great: two words of one ending are alike by chance
    as_long: float = 0.8  # share of the longer of two readings that the shorter one is long at least
    same_height: float = 54.0  # points that a header stands higher or lower on another page at most,
    alike_height: float = 24.0  # and two readings that are only alike
    same_size: float = 1.6  # times the type size of the smaller one that two readings that are alike seem set in
    letters: int = 3  # of a header at least
    longest: int = 120  # characters of a header at most
    note_size: float = 0.9  # share of the usual font size that footnotes are set in at most


SETTINGS = Settings()
Place = tuple[int, int]
"""The number of a page, and the place of a line on it."""
_CONTENTS = re.compile(r"(?:[.…_]\s?){4}\s*\d{1,3}$")
"""An entry of a table of contents, which reads like the heading that it names."""
_BULLET = re.compile(rf"\s*{BULLET}")
_FOOTNOTE = re.compile(r"(\d{1,2})\s+\S")
_MARK = re.compile(r"(?:[^\W\d]|(?<=[^\W\d])[.,)”\"])(\d{1,2})(?!\w|[.,:/-]\d)")
"""A footnote's mark right after a word: `arbetsgrupp1`, `samverkan.2`"""


def with_roles(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with the roles of their lines, and with their footnotes; footnotes that a file tells of itself stay.
    Two pages on a sheet count as two."""
    parted = [_parted(page) for page in pages]
    numbered = [replace(half, number=n) for n, half in enumerate((half for halves in parted for half in halves), 1)]
    roled = iter(_roled(numbered))
    return tuple(_joined(page, [next(roled) for _ in halves]) for page, halves in zip(pages, parted, strict=True))


def _parted(page: Page) -> list[Page]:
    """The pages that a sheet shows side by side."""
    halves: dict[float, list[Line]] = {}
    for line in page.lines:
        halves.setdefault(line.page_left, []).append(line)
    return [replace(page, lines=tuple(lines)) for lines in halves.values()] if len(halves) > 1 else [page]


def _joined(page: Page, halves: Sequence[Page]) -> Page:
    lines = tuple(line for half in halves for line in half.lines)
    return replace(page, lines=lines, footnotes=tuple(note for half in halves for note in half.footnotes))


def _roled(pages: Sequence[Page]) -> tuple[Page, ...]:
    running = [[line for line in page.lines if line.role is not LineRole.MARGIN] for page in pages]
    prints = _prints(pages, running)
    often = max(SETTINGS.fewest_pages, len(set(prints.values())) / SETTINGS.of_pages)

    def is_often(group: set[Place]) -> bool:
        return len({prints[page] for page, _ in group}) >= often

    groups = [group for group in _repeated(pages, running) if is_often(group)]
    reached = _reached(pages, running, set().union(*groups))
    groups = [group for group in groups if is_often(reached & group)]
    reached = _reached(pages, running, set().union(*groups))
    return tuple(_with_roles(page, lines, reached) for page, lines in zip(pages, running, strict=True))


def _prints(pages: Sequence[Page], running: Sequence[Sequence[Line]]) -> dict[int, int]:
    """By the number of each page which text it bears: pages that bear the same one are counted once.

    What repeats on a sheet that was scanned twice, or on two fillings of one form, is no header for that: there all
    repeats.
    """
    firsts = first_prints([word_counts(line.text for line in lines) for lines in running])
    return {page.number: first for page, first in zip(pages, firsts, strict=True)}


def _with_roles(page: Page, lines: Sequence[Line], reached: set[Place]) -> Page:
    notes = [line for line in page.lines if line.role is LineRole.MARGIN]
    roles = {place: role for place, role in _edge(lines).items() if (page.number, place) in reached}
    roles |= dict.fromkeys(_footnotes(lines, roles), LineRole.FOOTNOTE)
    lines = [replace(line, role=roles.get(place, line.role)) for place, line in enumerate(lines)]
    return replace(page, lines=(*lines, *notes), footnotes=page.footnotes or _tied(lines))


def _edge(lines: Sequence[Line]) -> dict[int, LineRole]:
    """The places of the first and last lines of a page, with what they would be."""
    depth = min(SETTINGS.depth, len(lines) // 2)
    top = dict.fromkeys(range(depth), LineRole.HEADER)
    return top | dict.fromkeys(range(len(lines) - depth, len(lines)), LineRole.FOOTER)


def _reached(pages: Sequence[Page], running: Sequence[Sequence[Line]], repeated: set[Place]) -> set[Place]:
    """The places that page numbers and repeated lines fill from the edges inwards, as far as little else comes
    between."""
    found: set[Place] = set()
    for page, lines in zip(pages, running, strict=True):
        edge = _edge(lines)
        for role, order in ((LineRole.HEADER, list(edge)), (LineRole.FOOTER, list(reversed(edge)))):
            others = 0
            for place in (place for place in order if edge[place] is role):
                if others > SETTINGS.furthest:
                    break
                if (page.number, place) in repeated or _has_page_number(lines[place].text, alone=others > 0):
                    found.add((page.number, place))
                else:
                    others += 1
    return found


def _has_page_number(text: str, *, alone: bool) -> bool:
    """Whether a line is a page number or, where it need not stand `alone`, ends in one."""
    text = text.strip()
    return is_page_number(text) or (not alone and ends_in_page_number(text))


@dataclass(slots=True)
class _Group:
    """Lines that read alike at one edge of pages: their places, and the key of the last, that line itself and where
    it stands on its page."""

    key: str
    role: LineRole
    capitals: bool
    places: list[Place]
    last: "_EdgeLine"


@dataclass(frozen=True, slots=True)
class _EdgeLine:
    """A line at an edge of its page: how far it is from there, in points, and its type size (None: not known). `exact`
    tells that its words are those of a text layer, in which nothing is misread."""

    distance: float | None
    size: float | None
    exact: bool

    @classmethod
    def of(cls, page: Page, line: Line, role: LineRole) -> "_EdgeLine":
        distance = None
        if line.bbox is not None:
            distance = line.bbox.top if role is LineRole.HEADER else (page.height or 0.0) - line.bbox.bottom
        return cls(distance, line.font_size, page.source is PageSource.TEXT_LAYER)

    def is_near(self, other: "_EdgeLine", points: float) -> bool:
        """Whether both stand at one height, or nobody knows."""
        return self.distance is None or other.distance is None or abs(self.distance - other.distance) <= points

    def may_be_reading_of(self, other: "_EdgeLine") -> bool:
        """Whether both may be readings of one line that differ: an engine read one, and both stand and look alike."""
        sizes = sorted((self.size or 0.0, other.size or 0.0))
        sized = sizes[0] == 0.0 or sizes[1] <= SETTINGS.same_size * sizes[0]
        return not (self.exact and other.exact) and sized and self.is_near(other, SETTINGS.alike_height)


def _repeated(pages: Sequence[Page], running: Sequence[Sequence[Line]]) -> list[set[Place]]:
    """The places of lines at the edges of pages, in groups of those that read alike at the same edge.

    A bad scan reads the same header differently each time, so that likeness counts; but only to lines of the pages
    just before.
    """
    groups: list[_Group] = []
    for page, lines in zip(pages, running, strict=True):
        recent = [g for g in groups if page.number - g.places[-1][0] <= SETTINGS.recent]
        for place, role in _edge(lines).items():
            text = lines[place].text
            key = re.sub(r"[\W\d_]+", "", text.lower())
            if not _may_repeat(text, key):
                continue
            capitals = text.isupper()  # a title in capitals is not the header that repeats it
            near = [g for g in recent if (g.role, g.capitals) == (role, capitals) and g.places[-1][0] != page.number]
            here = _EdgeLine.of(page, lines[place], role)
            home = _alike(key, here, near)
            if home is None:
                groups.append(_Group(key, role, capitals, [(page.number, place)], here))
            else:
                home.key, home.last = key, here
                home.places.append((page.number, place))
    return [set(group.places) for group in groups]


def _may_repeat(text: str, key: str) -> bool:
    """Whether a line may be a header or footer: no item of a list, no entry of a table of contents, not too long."""
    fits = len(key) >= SETTINGS.letters and len(text) < SETTINGS.longest
    return fits and not _BULLET.match(text) and not _CONTENTS.search(text)


def _alike(key: str, line: _EdgeLine, groups: Sequence[_Group]) -> _Group | None:
    """The group whose last line has the same letters at the same height, or else the most alike that stands and looks
    as a `line` does."""
    same = next((g for g in groups if g.key == key and g.last.is_near(line, SETTINGS.same_height)), None)
    if same is not None or len(key) < SETTINGS.alike_letters:
        return same
    sized = [
        g
        for g in groups
        if min(len(g.key), len(key)) >= SETTINGS.as_long * max(len(g.key), len(key)) and g.last.may_be_reading_of(line)
    ]
    least = SETTINGS.alike if len(key) >= SETTINGS.short else SETTINGS.alike_short
    home = max(sized, key=lambda g: fuzz.ratio(g.key, key), default=None)
    return home if home is not None and fuzz.ratio(home.key, key) >= least else None


def _footnotes(lines: Sequence[Line], roles: dict[int, LineRole]) -> list[int]:
    """The places of footnotes: at the foot, in smaller type, begun by their number."""
    sizes = [line.font_size for line in lines if line.font_size]
    if not sizes:
        return []
    largest = SETTINGS.note_size * median(sizes)
    upwards = [place for place in range(len(lines) - 1, -1, -1) if place not in roles]
    found = list(takewhile(lambda place: _may_be_note(lines[place], largest), upwards))
    while found and not _FOOTNOTE.match(lines[found[-1]].text):
        found.pop()
    return found


def _may_be_note(line: Line, largest: float) -> bool:
    return 0 < (line.font_size or 0.0) <= largest and line.cell is None


def _tied(lines: Sequence[Line]) -> tuple[Footnote, ...]:
    """The footnotes of a page with the lines that bear their marks."""
    found: list[Footnote] = []
    for line in lines:
        if line.role is not LineRole.FOOTNOTE:
            continue
        begun = _FOOTNOTE.match(line.text)
        if begun is not None:
            found.append(Footnote(begun[1], (line.number,), _line_with_mark(begun[1], lines)))
        elif found:
            found[-1] = replace(found[-1], lines=(*found[-1].lines, line.number))
    return tuple(found)


def _line_with_mark(mark: str, lines: Sequence[Line]) -> int | None:
    """The number of the first line of the text that bears a footnote's mark."""
    body = (line for line in lines if line.role is LineRole.BODY)
    return next((line.number for line in body if mark in _MARK.findall(line.text)), None)
