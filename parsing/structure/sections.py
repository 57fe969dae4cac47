"""The document as sections under headings, and the records made of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from avskrift.models.agreement import Section
from avskrift.parsing.structure.blocks import Block
from avskrift.parsing.structure.section_levels import SectionLevels, outermost_style, sizes_of
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.values import Value, record_of


@dataclass(frozen=True, slots=True)
class DocumentSection:
    """A heading and the blocks below it up to the next heading. The first section may have no heading.

    `roles` is what the heading says the section is about; `annex` the number of the annex it stands in ("" for an
    annex without one), None in the agreement itself.
    """

    heading: Block | None
    blocks: tuple[Block, ...]
    level: int
    annex: str | None
    roles: tuple[str, ...] = field(default=())

    @property
    def title(self) -> str:
        """The heading without its number, "" where there is none."""
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
        """The heading's number as printed, without full stop."""
        return None if self.heading is None or self.heading.heading is None else self.heading.heading.number

    def has(self, role: str) -> bool:
        """Whether the heading says that the section is about something."""
        return role in self.roles

    @property
    def group_kind(self) -> str | None:
        """The kind of body that the heading names, None when it names none."""
        kinds = [r.removeprefix("group:") for r in self.roles if r.startswith("group:")]
        return kinds[0] if kinds else None


def sections_of(blocks: Sequence[Block]) -> list[DocumentSection]:
    """The sections in reading order, with their levels and the annexes they stand in."""
    levels = SectionLevels(sizes_of(blocks), outermost_style(blocks))
    sections: list[DocumentSection] = []
    for heading, body in _under_headings(blocks):
        below_heading = bool(sections) and sections[-1].heading is not None and not sections[-1].blocks
        level = 1 if heading is None else levels.level_of(heading, below_heading=below_heading)
        roles = () if heading is None or heading.heading is None else heading.heading.roles
        sections.append(DocumentSection(heading, tuple(body), level, levels.annex, roles))
    return sections


def _under_headings(blocks: Sequence[Block]) -> list[tuple[Block | None, list[Block]]]:
    """Each heading with the blocks up to the next one; first those above all headings, if there are any."""
    found: list[tuple[Block | None, list[Block]]] = []
    for block in blocks:
        if block.heading is not None:
            found.append((block, []))
        elif found:
            found[-1][1].append(block)
        else:
            found.append((None, [block]))
    return found


def subsections(parts: Sequence[DocumentSection], index: int) -> list[DocumentSection]:
    """The parts below parts[index]: those that follow it at a deeper level."""
    found = []
    for part in parts[index + 1 :]:
        if part.level <= parts[index].level or part.annex != parts[index].annex:
            break
        found.append(part)
    return found


def section_records(
    parts: Sequence[DocumentSection],
    document_title: TextSpan | None = None,
    written: Sequence[DocumentSection] = (),
) -> list[Section]:
    """The JSON's sections; neither the document's own title nor an annex's number is one.

    `written` are the same sections with words that are no part of what holds: they stand in the sections' texts.
    """
    bodies = {_place(part.heading): part for part in written if part.heading is not None}
    return [
        _record_of(part, part.heading, bodies.get(_place(part.heading), part))
        for part in parts
        if part.heading is not None and not part.has("annex") and not _is_headed_by(part.heading, document_title)
    ]


def _place(heading: Block) -> tuple[int, int]:
    """The page of a heading and the number of its first line there."""
    return heading.page, heading.lines[0].line.number


def _is_headed_by(heading: Block, title: TextSpan | None) -> bool:
    """Whether a heading is the document's title."""
    return title is not None and heading.lines[0].line is title.pieces[0].line


def _record_of(part: DocumentSection, heading: Block, body: DocumentSection) -> Section:
    title = Value(part.title.rstrip(":"), part.title_passage or heading.passage, "sections", "without its colon")
    return record_of(
        Section,
        {"title": title},
        whole=Value.of(heading.passage, "sections"),
        number=part.number,
        level=part.level,
        page=heading.page,
        roles=list(part.roles),
        annex=part.annex,
        text="\n".join(f"{b.marker} {b.text}".strip() for b in body.blocks),
    )
