"""Action plans: tables of a label and its content, from ruled cells or from lines that begin with a label."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from avskrift.parsing.structure.action_plan_labels import fit_one_table, joined_label, keys_with, label_at
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, between
from avskrift.parsing.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """Found by trial on the invented agreements, as text and as office scans of 200 dots an inch."""

    fewest_labels: int = 4
    """Lines with labels, and different labels, that make a plan."""
    fewest_of_plans: int = 2
    """Different labels among them that sections do not have too."""
    farthest: int = 25
    """Lines from one label of a plan to the next."""
    longest_tail: int = 24
    """Lines of the last label's content."""
    new_space: float = 0.4
    """Line heights more than usual that end the last label's content."""
    usual_space: float = 1.0
    """The usual white space is taken to be at least this."""
    shortest_title: int = 4
    longest_title: int = 80
    longest_bracket: int = 8
    """Lines of a bracket that belongs to a label."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its key in the record, its label as printed, its content line by line with the white space above each
    line (`gaps`, in line heights)."""

    key: str
    label: str
    content: tuple[TextSpan, ...]
    gaps: tuple[float, ...] = ()

    @property
    def passage(self) -> TextSpan:
        """The content as one passage."""
        return between(self.content)


@dataclass(frozen=True, slots=True)
class Plan:
    """One table: the title printed over it, and its rows."""

    title: TextSpan | None
    rows: tuple[Row, ...]


def plan_lines(lines: Sequence[LocatedLine], vocabulary: Vocabulary) -> set[int]:
    """The numbers of the lines that belong to action plans.

    A plan is a run of labels: at least four lines that begin with one, all four of different rows, each within
    twenty-five lines of the next. The run ends with the last label's content.
    """
    covered: set[int] = set()
    for run in _runs(lines, vocabulary):
        if _make_plan([key for _, key in run], vocabulary):
            last = run[-1][0]
            covered.update(range(run[0][0], min(len(lines), last + 1 + _tail(lines, last))))
    return {lines[i].number for i in covered}


def _runs(lines: Sequence[LocatedLine], vocabulary: Vocabulary) -> list[list[tuple[int, str]]]:
    """Runs of lines with labels that may be those of one table: places in `lines`, and the labels' keys."""
    runs: list[list[tuple[int, str]]] = []
    for i, located in enumerate(lines):
        found = label_at(joined_label(lines, i), vocabulary)
        if found is None or re.match(r"\d", located.text.strip()):
            continue
        if runs and _in_one_table(lines, runs[-1][-1][0], i, vocabulary):
            runs[-1].append((i, found[0]))
        else:
            runs.append([(i, found[0])])
    return runs


def _make_plan(labels: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether rows with these keys are those of a plan: groups have conveners and meetings too."""
    keys = set(labels)
    return (
        len(keys) >= SETTINGS.fewest_labels
        and len(keys - keys_with("elsewhere", vocabulary)) >= SETTINGS.fewest_of_plans
        and not keys.isdisjoint(keys_with("only_here", vocabulary))
    )


def _in_one_table(lines: Sequence[LocatedLine], first: int, second: int, vocabulary: Vocabulary) -> bool:
    """Whether two labels can stand in one table: near, set in the same manner, no annex or section between."""
    if second - first > SETTINGS.farthest or not fit_one_table(lines[first], lines[second], vocabulary):
        return False
    between_them = [p.text.strip() for p in lines[first + 1 : second]]
    return not any(_ANNEX_BEGINS.match(text) or _SECTION_BEGINS.match(text) for text in between_them)


_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,8}\.?\s+(?=[A-ZÅÄÖ])")
_ANNEX_BEGINS = re.compile(r"bilaga\s+(?:\d{1,2}|[A-H])\b", re.IGNORECASE)
_SECTION_BEGINS = re.compile(
    r"(?:§+\s?\d{1,2}|Artikel\s+\w+|Kapitel\s+\d|\d{1,2}(?:\.\d{1,2})+\.?)\s+(?:[–-]\s*)?[A-ZÅÄÖ][^.]{2,60}$"
)


def _tail(lines: Sequence[LocatedLine], last: int) -> int:
    """How many lines after the last label still belong to its content."""
    usual = max(lines[last].line.space_before, SETTINGS.usual_space)
    count = 0
    for located in lines[last + 1 : last + 1 + SETTINGS.longest_tail]:
        if _is_below_plan(located, lines[last], usual):
            break
        count += 1
    return count


def _is_below_plan(located: LocatedLine, last: LocatedLine, usual: float) -> bool:
    """Whether a line that follows the `last` label is none of its content; `usual` is the white space between lines."""
    line = located.line
    outside = line.cell is None and (last.line.cell is not None or line.space_before > usual + SETTINGS.new_space)
    return outside or located.page != last.page or _SECTION_BEGINS.match(located.text.strip()) is not None


def plans_of(lines: Sequence[LocatedLine], members: set[int], vocabulary: Vocabulary) -> list[Plan]:
    """The plans among `lines`; `members` is what `plan_lines` found."""
    plans: list[Plan] = []
    for first, last in _stretches(lines, members):
        title, rows = _title_before(lines, first, vocabulary), list[Row]()
        for found in _PlanReader(lines, last, vocabulary).read(first):
            if isinstance(found, Row):
                rows.append(found)
                continue
            if rows:
                plans.append(Plan(_name_of(title), tuple(rows)))
            title, rows = found, []
        if rows:
            plans.append(Plan(_name_of(title), tuple(rows)))
    return plans


def _stretches(lines: Sequence[LocatedLine], members: set[int]) -> list[tuple[int, int]]:
    """Where lines of plans follow each other: the place of the first, and the one after the last."""
    found: list[tuple[int, int]] = []
    for i, located in enumerate(lines):
        if located.number not in members:
            continue
        if found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    return found


def _title_before(lines: Sequence[LocatedLine], first: int, vocabulary: Vocabulary) -> list[LocatedLine]:
    """The line above a plan, if it is its title."""
    above = lines[first - 1] if first else None
    if above is None or above.page != lines[first].page or not _is_title(above, vocabulary):
        return []
    return [above]


def _name_of(title: Sequence[LocatedLine]) -> TextSpan | None:
    """A plan's title without the number of its heading."""
    if not title:
        return None
    passage = TextSpan.join(title)
    number = _NUMBER.match(passage.text)
    return passage if number is None else passage.cut(number.end())


def _is_title(located: LocatedLine, vocabulary: Vocabulary) -> bool:
    text = _NUMBER.sub("", located.text.strip())
    return (
        SETTINGS.shortest_title <= len(text) <= SETTINGS.longest_title
        and text[0].isupper()
        and not text.endswith((".", ",", ";", ":"))
        and located.line.cell is None
        and not re.match(r"bilaga\b", text, re.IGNORECASE)
        and label_at(text, vocabulary) is None
    )


@dataclass(slots=True)
class _PlanReader:
    """Reads the rows of plans, and the titles between them, from the lines before the one at `last`."""

    lines: Sequence[LocatedLine]
    last: int
    vocabulary: Vocabulary
    found: list[Row | list[LocatedLine]] = field(default_factory=list)
    key: str = ""
    label: str = ""
    content: list[tuple[TextSpan, float]] = field(default_factory=list)

    def read(self, first: int) -> list[Row | list[LocatedLine]]:
        """Rows, and the lines of titles, in order."""
        place = first
        while place < self.last:
            place = self._read_line(place)
        self._close()
        return self.found

    def _close(self) -> None:
        """Ends the row that is being read."""
        if self.key:
            kept = [(span, gap) for span, gap in self.content if span]
            self.found.append(Row(self.key, self.label, tuple(s for s, _ in kept), tuple(g for _, g in kept)))
        self.key, self.content = "", []

    def _read_line(self, place: int) -> int:
        """Reads what begins at a line; gives the place of what comes next."""
        located = self.lines[place]
        if located.line.cell is not None:
            self._close()
            return self._read_ruled_row(place)
        label = label_at(joined_label(self.lines, place), self.vocabulary)
        if label is not None:
            return self._begin_row(place, *label)
        if self.key and self._starts_plan(place):
            self._close()
            self.found.append([located])
        else:
            self.content.append((TextSpan.join([located]), located.line.space_before))
        return place + 1

    def _begin_row(self, place: int, key: str, end: int) -> int:
        """Begins the row of a label that ends at `end` of its line, or of this and the next line joined."""
        text, joined = self.lines[place].text.strip(), joined_label(self.lines, place)
        broken = joined != text
        self._close()
        self.key, self.label = key, joined[:end].rstrip(":")
        start = max(0, end - len(text) - 1) if broken else end
        following = place + broken
        rest = TextSpan.join([self.lines[following]]).cut(start).stripped(":")
        self.content = [(rest, 0.0)] if rest else []
        if self.label and rest.text.startswith("(") and ")" not in rest.text:
            return self._skip_bracket(following + 1)
        return following + 1

    def _skip_bracket(self, place: int) -> int:
        """Leaves out the rest of a label's bracket that runs over several lines."""
        self.content = []
        for i in range(place, min(self.last, place + SETTINGS.longest_bracket)):
            end = self.lines[i].text.find(")")
            if end >= 0:
                rest = TextSpan.join([self.lines[i]]).cut(end + 1)
                self.content = [(rest, 0.0)] if rest else []
                return i + 1
        return place

    def _starts_plan(self, place: int) -> bool:
        """Whether a line is a title: alone, and the next line begins with a label that opens a plan."""
        if place + 1 >= self.last or not _is_title(self.lines[place], self.vocabulary):
            return False
        above, own = self.lines[place - 1], self.lines[place]
        label = label_at(joined_label(self.lines, place + 1), self.vocabulary)
        fresh = own.line.space_before > above.line.space_before or own.page != above.page
        return fresh and label is not None and label[0] in keys_with("opens", self.vocabulary)

    def _read_ruled_row(self, first: int) -> int:
        """Reads a row of a ruled table: the first column is the label, the rest the content."""
        columns = list(self._cells_of_row(first))
        label = [p for p, column in columns if column == 0]
        content = [(TextSpan.join([p]), p.line.space_before) for p, column in columns if column]
        row = self._labelled_row(TextSpan.join(label), content)
        last = self.found[-1] if self.found else None
        if row is not None:
            self.found.append(row)
        elif not label and isinstance(last, Row):
            self.found[-1] = _row(last.key, last.label, [*zip(last.content, last.gaps, strict=True), *content])
        elif label and not content:
            self.found.append(label)
        return first + len(columns)

    def _labelled_row(self, name: TextSpan, content: Sequence[tuple[TextSpan, float]]) -> Row | None:
        """The row whose first column is `name`; None where that is no label."""
        found = label_at(name.text, self.vocabulary) if name else None
        if found is None:
            return None
        below = name.cut(found[1]).stripped(":")
        first_line = [(below, 0.0)] if below and not below.text.startswith("(") else []
        return _row(found[0], name.text[: found[1]], [*first_line, *content])

    def _cells_of_row(self, first: int) -> Iterator[tuple[LocatedLine, int]]:
        """The lines of the row that begins with a line, each with its column."""
        start = self.lines[first]
        assert start.line.cell is not None
        for located in self.lines[first : self.last]:
            own = located.line.cell
            if own is None or (own.table, own.row) != (start.line.cell.table, start.line.cell.row):
                return
            if located.page != start.page:
                return
            yield located, own.column


def _row(key: str, label: str, content: Sequence[tuple[TextSpan, float]]) -> Row:
    return Row(key, label, tuple(span for span, _ in content), tuple(gap for _, gap in content))
