"""Organisation charts: loose boxes, each a body's name over who sits in it and how often it meets.

Boxes beside each other are told apart by where their middles are.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from avskrift.language.frequency import frequency_in
from avskrift.parsing.fields.groups.candidate import Body, kind_of_head
from avskrift.parsing.fields.groups.members import is_member, members_in
from avskrift.parsing.structure.blocks import Block, BlockKind
from avskrift.parsing.structure.entities import functions_in
from avskrift.parsing.structure.tables import starts_of_columns
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, between, columns_of
from avskrift.parsing.vocabulary import frequency_rules
from avskrift.parsing.vocabulary.in_force import in_force

_LETTER = 5.0
"""The width of a letter in points, where the boxes of words are unknown."""
_LONGEST_NAME = 45
"""Letters of a line in a box at most."""
_LONGEST_GAP = 0.9
"""White space, in line heights, that no box holds."""


@dataclass(slots=True)
class _Box:
    """A box while its lines are gathered; `middle` is in points from the left."""

    middle: float
    name: TextSpan
    lines: list[TextSpan] = field(default_factory=list)


def bodies_of_charts(lines: Sequence[LocatedLine]) -> list[Body]:
    """The bodies of the boxes that stand beside each other anywhere among the lines of the running text."""
    found: list[Body] = []
    at = 0
    while at < len(lines):
        boxes, after = _boxes_from(lines, at)
        bodies = [body for box in boxes if (body := _body(box)).told]
        if len(bodies) >= 2:
            found.extend(bodies)
            at = after
        else:
            at += 1
    return found


def _cells(placed: LocatedLine) -> list[tuple[float, TextSpan]]:
    """The parts of a line with where their middles are."""
    cells = columns_of(TextSpan.join([placed]))
    starts = starts_of_columns(placed.line)
    if len(starts) != len(cells):
        return []
    found = []
    for start, cell in zip(starts, cells, strict=True):
        box = cell.evidence().bbox if cell else None
        middle = start + len(cell.text) * _LETTER / 2 if box is None else (box[0] + box[2]) / 2
        found.append((middle, cell))
    return found


def _names_body(cell: TextSpan) -> bool:
    text = cell.text.rstrip(": ")
    plain = bool(text) and len(text) <= _LONGEST_NAME and "," not in text and text[:1].isupper()
    person = any(f.end - f.start >= len(text) for f in functions_in(text, in_force()))  # "Säkerhetssamordnare"
    return plain and not person and kind_of_head(text) is not None and frequency_in(text, frequency_rules()) is None


def _boxes_from(lines: Sequence[LocatedLine], at: int) -> tuple[list[_Box], int]:
    """The boxes whose names stand side by side on a line, filled by the lines below it; and the line after them."""
    heads = _cells(lines[at])
    if len(heads) < 2 or lines[at].line.cell is not None or not all(_names_body(cell) for _, cell in heads):
        return [], at + 1
    boxes = [_Box(middle, cell.stripped(": ")) for middle, cell in heads]
    reach = min(b.middle - a.middle for a, b in itertools.pairwise(boxes)) / 2
    place, aligned = at + 1, True
    while place < len(lines):
        placed = lines[place]
        cells = _cells(placed)
        if placed.page != lines[at].page or placed.line.space_before > _LONGEST_GAP or placed.line.cell is not None:
            break
        homes = [min(boxes, key=lambda b: abs(b.middle - middle)) for middle, _ in cells]
        if len(cells) == len(boxes):
            aligned = aligned and homes == boxes
            homes = boxes
        near = all(abs(home.middle - middle) <= reach for home, (middle, _) in zip(homes, cells, strict=True))
        if (
            not cells
            or (len(cells) < len(boxes) and not (near and aligned))
            or len({id(h) for h in homes}) != len(homes)
            or any(_names_body(c) for _, c in cells)
        ):
            break
        if any(len(cell.text) * _LETTER > 2.2 * reach for _, cell in cells):
            break  # running text below the chart
        for home, (_, cell) in zip(homes, cells, strict=True):
            home.lines.append(cell)
        place += 1
    return boxes, place


def fill_box(body: Body, block: Block) -> bool:
    """Whether a block is the rest of a body's box, line by line; then the body knows its members and meetings."""
    lines = [TextSpan.join([p]) for p in block.lines]
    if block.kind is not BlockKind.PARAGRAPH or len(lines) < 2:
        return False
    if any(len(line.text) > _LONGEST_NAME or line.text.endswith(".") or ":" in line.text for line in lines):
        return False
    whole = _whole(lines)
    if not all(line.text[:1].isupper() or line.text[:1].isdigit() for line in whole):
        return False
    if not all(is_member(line.text) or frequency_in(line.text, frequency_rules()) is not None for line in whole):
        return False
    _fill(body, whole)
    return body.told


def _body(box: _Box) -> Body:
    body = Body(box.name, kind_of_head(box.name.text) or "other", headed=True)
    _fill(body, _whole(box.lines))
    return body


def _fill(body: Body, lines: Sequence[TextSpan]) -> None:
    members: list[TextSpan] = []
    for line in lines:
        often = frequency_in(line.text, frequency_rules())
        if often is not None and not is_member(line.text):
            if body.frequency is None:
                label = re.match(r"\w+:\s+", line.text)
                body.frequency = line.cut(label.end() if label is not None else 0).stripped(". ")
                body.per_year = often.per_year
        else:
            members.extend(members_in(line))
    offices = sum(is_member(m.text) for m in members)
    body.members = members if 2 * offices > len(members) else []


def _whole(lines: Sequence[TextSpan]) -> list[TextSpan]:
    """The lines of a box, those joined that one entry runs over."""
    whole: list[TextSpan] = []
    for line in lines:
        if whole and (line.text[:1].islower() or whole[-1].text.endswith((",", "-"))):
            whole[-1] = between([whole[-1], line])
        else:
            whole.append(line)
    return whole
