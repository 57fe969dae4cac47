"""The document as parts under headings, and the records made of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from avskrift.models.agreement import Section
from avskrift.parsing.structure.blocks import Block, BlockKind
from avskrift.parsing.structure.list_markers import is_next
from avskrift.parsing.structure.text_span import TextSpan


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the blocks below it up to the next heading. The first part may have no heading.

    `roles` is what the heading says the part is about; `annex` the number of the annex it stands in ("" for an
    annex without one), None in the agreement itself.
    """

    heading: Block | None
    blocks: tuple[Block, ...]
    level: int
    annex: str | None
    roles: tuple[str, ...] = field(default=())

    @property
    def title(self) -> str:
        return "" if self.heading is None or self.heading.heading is None else self.heading.heading.title

    @property
    def title_passage(self) -> TextSpan | None:
        """The heading without its number."""
        if self.heading is None or self.heading.heading is None:
            return None
        text, title = self.heading.passage.text, self.heading.heading.title
        start = text.rfind(title)
        return self.heading.passage.cut(start, start + len(title)) if start >= 0 else self.heading.passage

    @property
    def number(self) -> str | None:
        return None if self.heading is None or self.heading.heading is None else self.heading.heading.number

    def has(self, role: str) -> bool:
        return role in self.roles

    @property
    def group_kind(self) -> str | None:
        """The kind of body that the heading names, None when it names none."""
        kinds = [r.removeprefix("group:") for r in self.roles if r.startswith("group:")]
        return kinds[0] if kinds else None


def parts_of(blocks: Sequence[Block]) -> list[Part]:
    """The parts in reading order, their levels settled."""
    sizes = _sizes(blocks)
    parts: list[Part] = []
    heading: Block | None = None
    body: list[Block] = []
    annex: str | None = None
    level, numbered_level, inside_organisation = 1, 0, False
    listing = False
    inside_areas = 0  # numbered headings below an unnumbered one on prioritised areas are its parts
    last: dict[int, str] = {}  # the last number at each level

    def close() -> None:
        if heading is not None or body:
            roles = heading.heading.roles if heading is not None and heading.heading is not None else ()
            parts.append(Part(heading, tuple(body), level, annex, roles))

    for block in blocks:
        if block.kind is not BlockKind.HEADING or block.heading is None:
            body.append(block)
            continue
        close()
        bare = not body and heading is not None and heading.heading is not None
        heading, body = block, []
        found = block.heading
        is_group = any(r.startswith("group:") for r in found.roles)
        if "annex" in found.roles:
            annex, level, numbered_level, inside_areas = found.number or "", 1, 0, 0
            last.clear()
        elif found.number is not None:
            if is_next(last.get(found.level, ""), found.number):
                inside_areas = 0  # "E" goes on with "D", whatever stood below that
            level = numbered_level = found.level + inside_areas
            last[level] = found.number
        elif len(sizes) > 1 and _size(block):
            level = min(3, _rank(sizes, _size(block))) if not numbered_level else numbered_level + 1
        elif "focus_areas" in found.roles:
            level, numbered_level = 1, 0
        else:
            level = numbered_level + 1 if numbered_level else (2 if is_group and inside_organisation else 1)
        if found.number is None:
            # "Våra löften", and right below it the first of its headings: they are its parts
            first = bare and inside_areas == 1 and not found.roles
            listing = not found.roles and (first or listing) and not found.title.endswith("?")
            if listing and not numbered_level and len(sizes) < 2:
                level = 2
            else:
                inside_areas = int("focus_areas" in found.roles)
        if found.number is None and "organisation" in found.roles:
            inside_organisation = True
        elif not is_group:
            inside_organisation = False
    close()
    return parts


_JITTER = 0.12
"""How far apart, as a share, the sizes of one type may be measured in a picture."""


def _sizes(blocks: Sequence[Block]) -> list[float]:
    """The largest size of each type that unnumbered headings are set in, largest first."""
    found: list[float] = []
    for size in sorted((_size(b) for b in blocks if b.heading is not None and b.heading.number is None), reverse=True):
        if size and (not found or size < (1 - _JITTER) * found[-1]):
            found.append(size)
    return found


def _rank(sizes: Sequence[float], size: float) -> int:
    """The place of a size among those of the headings, from 1."""
    return max(1, sum(size <= largest for largest in sizes))


def _size(block: Block) -> float:
    return round((block.lines[0].line.font_size or 0.0) * 2) / 2


def subparts(parts: Sequence[Part], index: int) -> list[Part]:
    """The parts below parts[index]: those that follow it at a deeper level."""
    found = []
    for part in parts[index + 1 :]:
        if part.level <= parts[index].level or part.annex != parts[index].annex:
            break
        found.append(part)
    return found


def section_records(parts: Sequence[Part], document_title: TextSpan | None = None) -> list[Section]:
    """The JSON's sections; neither the document's own title nor an annex's number is one."""
    records = []
    for part in parts:
        if part.heading is None or part.has("annex"):
            continue
        if document_title is not None and part.heading.lines[0].line is document_title.pieces[0].line:
            continue
        passage = part.title_passage or part.heading.passage
        title = part.title.rstrip(":")
        records.append(
            Section(
                number=part.number,
                title=title,
                level=part.level,
                page=part.heading.page,
                text="\n".join(f"{b.marker} {b.text}".strip() for b in part.blocks),
                evidence=part.heading.passage.evidence("sections"),
                evidence_by_field={"title": passage.evidence("sections")},
            )
        )
    return records
