"""Organisation charts: loose boxes, each a group's name over who sits in it and how often it meets.

Boxes side by side are distinguished by where their middles are.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from avskrift.language.frequency import frequency_in
from avskrift.parsing.fields.groups.candidate import GroupCandidate
from avskrift.parsing.fields.groups.members import members_in
from avskrift.parsing.structure.blocks import Block, BlockKind
from avskrift.parsing.structure.entities import functions_in, is_member
from avskrift.parsing.structure.group_names import kind_of_head
from avskrift.parsing.structure.table_columns import starts_of_columns
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, between, columns_of
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """What lines make a box. Judged on invented charts; none was tuned."""

    letter: float = 5.0
    """The width of a letter in points, where the boxes of words are unknown."""
    longest_line: int = 45
    """Letters of a line in a box at most."""
    longest_gap: float = 0.9
    """White space, in line heights, that no box holds."""
    widest: float = 2.2
    """Width of a cell, in reaches of a box, at most: more is running text below the chart."""


SETTINGS = Settings()


@dataclass(slots=True)
class _Box:
    """A box while its lines are gathered; `middle` is in points from the left."""

    middle: float
    name: TextSpan
    lines: list[TextSpan] = field(default_factory=list)


def groups_of_charts(lines: Sequence[LocatedLine], vocabulary: Vocabulary) -> list[GroupCandidate]:
    """The groups of the boxes that stand side by side anywhere among the lines of the running text."""
    found: list[GroupCandidate] = []
    at = 0
    while at < len(lines):
        boxes, after = _boxes_from(lines, at, vocabulary)
        groups = [group for box in boxes if (group := _group(box, vocabulary)).is_known]
        if len(groups) >= 2:
            found.extend(groups)
            at = after
        else:
            at += 1
    return found


def _cells(line: LocatedLine) -> list[tuple[float, TextSpan]]:
    """The parts of a line with where their middles are."""
    cells = columns_of(TextSpan.join([line]))
    starts = starts_of_columns(line.line)
    if len(starts) != len(cells):
        return []
    found = []
    for start, cell in zip(starts, cells, strict=True):
        box = cell.evidence().bbox if cell else None
        middle = start + len(cell.text) * SETTINGS.letter / 2 if box is None else (box[0] + box[2]) / 2
        found.append((middle, cell))
    return found


def _names_group(cell: TextSpan, vocabulary: Vocabulary) -> bool:
    text = cell.text.rstrip(": ")
    plain = bool(text) and len(text) <= SETTINGS.longest_line and "," not in text and text[:1].isupper()
    if not plain or kind_of_head(text, vocabulary) is None:
        return False
    person = any(f.end - f.start >= len(text) for f in functions_in(text, vocabulary))  # "Säkerhetssamordnare"
    return not person and frequency_in(text, vocabulary.frequency_rules()) is None


def _boxes_from(lines: Sequence[LocatedLine], at: int, vocabulary: Vocabulary) -> tuple[list[_Box], int]:
    """The boxes whose names stand side by side on a line, filled by the lines below it; and the line after them."""
    heads = _cells(lines[at])
    if len(heads) < 2 or lines[at].line.cell is not None:
        return [], at + 1
    if not all(_names_group(cell, vocabulary) for _, cell in heads):
        return [], at + 1
    boxes = [_Box(middle, cell.stripped(": ")) for middle, cell in heads]
    chart = _Chart(boxes, lines[at].page, vocabulary)
    taken = itertools.takewhile(chart.take, lines[at + 1 :])
    return boxes, at + 1 + sum(1 for _ in taken)


class _Chart:
    """Boxes side by side, filled line by line; `_reach` is half the least distance of their middles, in points."""

    def __init__(self, boxes: Sequence[_Box], page: int, vocabulary: Vocabulary) -> None:
        self._boxes = boxes
        self._page = page
        self._vocabulary = vocabulary
        self._reach = min(b.middle - a.middle for a, b in itertools.pairwise(boxes)) / 2
        self._aligned = True  # whether each full line stood under the boxes in their order

    def take(self, line: LocatedLine) -> bool:
        """Whether a line goes on with the boxes; then its cells are added to them."""
        if line.page != self._page or line.line.space_before > SETTINGS.longest_gap or line.line.cell is not None:
            return False
        cells = _cells(line)
        homes = self._homes(cells)
        if not homes or any(_names_group(cell, self._vocabulary) for _, cell in cells):
            return False
        if any(len(cell.text) * SETTINGS.letter > SETTINGS.widest * self._reach for _, cell in cells):
            return False  # running text below the chart
        for home, (_, cell) in zip(homes, cells, strict=True):
            self._boxes[home].lines.append(cell)
        return True

    def _homes(self, cells: Sequence[tuple[float, TextSpan]]) -> list[int]:
        """The box that each cell stands in; none where two would share one, or a lone one stands under none."""
        middles = [box.middle for box in self._boxes]
        homes = [min(range(len(middles)), key=lambda i: abs(middles[i] - middle)) for middle, _ in cells]
        if len(cells) == len(middles):
            self._aligned = self._aligned and homes == list(range(len(middles)))
            return list(range(len(middles)))
        near = all(abs(middles[i] - middle) <= self._reach for i, (middle, _) in zip(homes, cells, strict=True))
        few = len(cells) < len(middles)
        return homes if len(set(homes)) == len(homes) and (not few or (near and self._aligned)) else []


def fill_box(group: GroupCandidate, block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a block is the rest of a group's box, line by line; then the group knows its members and meetings."""
    lines = [TextSpan.join([line]) for line in block.lines]
    if block.kind is not BlockKind.PARAGRAPH or len(lines) < 2:
        return False
    if any(len(line.text) > SETTINGS.longest_line or line.text.endswith(".") or ":" in line.text for line in lines):
        return False
    entries = _entries(lines)
    if not all(entry.text[:1].isupper() or entry.text[:1].isdigit() for entry in entries):
        return False
    frequencies = vocabulary.frequency_rules()
    if not all(is_member(e.text, vocabulary) or frequency_in(e.text, frequencies) is not None for e in entries):
        return False
    _fill(group, entries, vocabulary)
    return group.is_known


def _group(box: _Box, vocabulary: Vocabulary) -> GroupCandidate:
    group = GroupCandidate(box.name, kind_of_head(box.name.text, vocabulary) or "other", headed=True)
    _fill(group, _entries(box.lines), vocabulary)
    return group


def _fill(group: GroupCandidate, entries: Sequence[TextSpan], vocabulary: Vocabulary) -> None:
    """Takes the entries of a box for members and meetings; no members where few are offices."""
    members: list[TextSpan] = []
    for entry in entries:
        often = frequency_in(entry.text, vocabulary.frequency_rules())
        if often is None or is_member(entry.text, vocabulary):
            members.extend(members_in(entry, vocabulary))
        elif group.frequency is None:
            label = re.match(r"\w+:\s+", entry.text)
            group.frequency = entry.cut(0 if label is None else label.end()).stripped(". ")
            group.per_year = often.per_year
    offices = sum(is_member(m.text, vocabulary) for m in members)
    group.members = members if 2 * offices > len(members) else []


def _entries(lines: Sequence[TextSpan]) -> list[TextSpan]:
    """The lines of a box, those joined that one entry runs over."""
    entries: list[TextSpan] = []
    for line in lines:
        if entries and (line.text[:1].islower() or entries[-1].text.endswith((",", "-"))):
            entries[-1] = between([entries[-1], line])
        else:
            entries.append(line)
    return entries
