"""How deep each heading stands: by its number, by the size of its type, or by what stands above it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from avskrift.parsing.structure.blocks import Block
from avskrift.parsing.structure.heading_line import Heading
from avskrift.parsing.structure.list_markers import is_next

_JITTER = 0.12
"""How far apart, as a share, the sizes of one type may be measured in a picture."""
_DEEPEST_BY_SIZE = 3


@dataclass(slots=True)
class SectionLevels:
    """Settles the levels of headings, given one after the other. `sizes` are those of `sizes_of`; `outermost` is the
    level of the style that sections of the first level have."""

    sizes: Sequence[float]
    outermost: int = 1
    annex: str | None = None
    """The number of the annex that the last heading stands in, None in the agreement itself."""
    _level: int = 1
    _numbered: int = 0
    """The level of the last numbered heading; 0 where none has come since something else began."""
    _in_organisation: bool = False
    _in_areas: bool = False
    """Whether numbered headings are parts of an unnumbered one on prioritised areas."""
    _listed: bool = False
    """Whether unnumbered headings are parts of the one on prioritised areas."""
    _last: dict[int, str] = field(default_factory=dict)
    """The last number at each level."""

    def level_of(self, block: Block, *, below_heading: bool) -> int:
        """The level of the next heading, from 1; `below_heading` tells that no text stands between it and the last."""
        found = block.heading
        assert found is not None
        if "annex" in found.roles:
            self._begin_annex(found.number or "")
        elif found.styled_level is not None:
            self._styled_level(found, found.styled_level - self.outermost + 1)
        elif found.number is not None:
            self._numbered_level(found.number, found.level)
        else:
            self._plain_level(found, size_of(block), is_group=found.names_group)
            self._list_areas(found, first=below_heading and self._in_areas and not found.roles)
        if not found.names_group or self._begins_organisation(found):
            self._in_organisation = self._begins_organisation(found)
        return self._level

    def _begins_organisation(self, found: Heading) -> bool:
        """Whether groups stand below a heading that has no number to say so."""
        return found.number is None and "organisation" in found.roles

    def _begin_annex(self, number: str) -> None:
        self.annex, self._level, self._numbered, self._in_areas = number, 1, 0, False
        self._last.clear()

    def _styled_level(self, found: Heading, level: int) -> None:
        """The level of a style; a number says more."""
        self._level = max(1, level if found.number is None else found.level)
        self._numbered, self._in_areas = self._level if found.number is not None else 0, False

    def _numbered_level(self, number: str, level: int) -> None:
        if is_next(self._last.get(level, ""), number):
            self._in_areas = False  # "E" goes on with "D", whatever stood below that
        self._level = self._numbered = level + self._in_areas
        self._last[self._level] = number

    def _plain_level(self, found: Heading, size: float, *, is_group: bool) -> None:
        by_size = len(self.sizes) > 1 and size > 0
        if "focus_areas" in found.roles and not by_size:
            self._level, self._numbered = 1, 0
        elif self._numbered:
            self._level = self._numbered + 1
        elif by_size:
            self._level = min(_DEEPEST_BY_SIZE, max(1, sum(size <= largest for largest in self.sizes)))
        else:
            self._level = 2 if is_group and self._in_organisation else 1

    def _list_areas(self, found: Heading, *, first: bool) -> None:
        """ "Våra löften", and right below it the first of its headings: that one and the next are its parts."""
        self._listed = not found.roles and (first or self._listed) and not found.title.endswith("?")
        if self._listed and not self._numbered and len(self.sizes) < 2:
            self._level = 2
        else:
            self._in_areas = "focus_areas" in found.roles


def sizes_of(blocks: Sequence[Block]) -> list[float]:
    """The largest size of each type that unnumbered headings are set in, largest first, in points."""
    found: list[float] = []
    for size in sorted(
        (size_of(b) for b in blocks if b.heading is not None and b.heading.number is None), reverse=True
    ):
        if size and (not found or size < (1 - _JITTER) * found[-1]):
            found.append(size)
    return found


def size_of(block: Block) -> float:
    """The type size of a block's first line to half a point; 0 where it is unknown."""
    return round((block.lines[0].line.font_size or 0.0) * 2) / 2


def outermost_style(blocks: Sequence[Block]) -> int:
    """The level of the style that sections of the first level have: a document's own title may stand above them."""
    levels = [b.heading.styled_level for b in blocks if b.heading is not None and b.heading.styled_level is not None]
    if len(levels) > 1 and levels[0] < min(levels[1:]):
        levels = levels[1:]
    return min(levels, default=1)
