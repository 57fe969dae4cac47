"""What stands beside and below the labels of minutes: "Beslutande", "Plats och tid", "Utses att justera"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from avskrift.parsing.fields.minutes.rows import Cell, Row
from avskrift.parsing.structure.persons import person_names_in
from avskrift.parsing.structure.text_span import TextSpan, between
from avskrift.parsing.vocabulary import Vocabulary

_LONGEST = 45
"""Signs of a label at most."""
_SET_IN = 12.0
"""Points from a label to what stands right of it, or below it, at least."""
_SAME_COLUMN = 6.0
"""Points by which the lines of one label may begin apart."""
PRESENT = frozenset({"present", "members", "substitutes", "others", "roll", "present, in one word", "from a body"})
"""The labels of those who were there."""
_BEFORE_A_COLON = frozenset({"present, in one word", "from a body"})
"""The labels that are none without a colon."""
_TIMES = frozenset({"date", "place and time", "approval"})
"""The labels behind which a value may stand without a sign between."""


@dataclass(slots=True)
class Labelled:
    """The cells that a label names, row by row: `name` is that of its rule, `label` its words, `start` where it
    begins. `beside` tells that they stand in a column right of it, `closed` that a colon ends it."""

    name: str
    label: TextSpan
    start: float
    beside: bool = False
    closed: bool = False
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of its cells."""
        return " ".join(cell.text for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class _Found:
    """A label in a cell: `rest` is what stands behind it in the same cell, `below` that it goes on in the next row."""

    name: str
    label: TextSpan
    cell: int
    rest: Cell | None
    closed: bool
    below: bool = False


def labelled_in(rows: Sequence[Row], vocabulary: Vocabulary) -> list[Labelled]:
    """The labels of some rows with their values, in order."""
    found: list[Labelled] = []
    goes_on_below = False
    for place, row in enumerate(rows):
        cells = row.cells[1:] if goes_on_below else row.cells
        labels = [] if goes_on_below else list(_labels_in(rows, place, found, vocabulary))
        was_below, goes_on_below = goes_on_below, any(label.below for label in labels)
        if labels:
            found.extend(_opened(row, labels, place, vocabulary))
        elif found and cells and (was_below or _belongs(row, cells, found[-1])):
            found[-1].rows.append(tuple(cells))
            found[-1].numbers.append(place)
        elif found and cells:
            found.append(Labelled("", row.span, row.start))
    return [one for one in found if one.name]


def _opened(row: Row, labels: Sequence[_Found], place: int, vocabulary: Vocabulary) -> Iterator[Labelled]:
    """The labels of the `row` at a `place`, each of the `labels` with the cells up to the next; one beside the heads of
    columns (`vocabulary`) heads one itself."""
    stops = [*(label.cell for label in labels[1:]), len(row.cells)]
    for label, stop in zip(labels, stops, strict=True):
        values = ([label.rest] if label.rest is not None else []) + list(row.cells[label.cell + 1 : stop])
        one = Labelled(label.name, label.label, row.cells[label.cell].start, closed=label.closed)
        if values:
            heads = [] if label.closed else [_heads_column(cell.text, vocabulary) for cell in values]
            is_head = bool(heads) and all(heads)
            one.beside = label.rest is None and not is_head
            one.rows.append(tuple(row.cells[label.cell : stop]) if is_head else tuple(values))
            one.numbers.append(place)
        yield one


def _heads_column(text: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.pattern("minutes", "head of a column", "person").match(text) is not None


def _belongs(row: Row, cells: Sequence[Cell], label: Labelled) -> bool:
    """Whether a row without a label goes on with what stands under the one before."""
    if not label.name:
        return False
    if cells[0].start >= label.start + _SET_IN:
        return True
    if label.beside:
        return False
    return not (row.apart and label.rows)


def _labels_in(rows: Sequence[Row], place: int, before: Sequence[Labelled], vocabulary: Vocabulary) -> Iterator[_Found]:
    row = rows[place]
    if not row.cells:
        return
    two = _over_two_rows(rows, place, vocabulary)
    if two is not None:
        yield two
        return
    for number, cell in enumerate(row.cells):
        found = _label_in(cell, number, vocabulary)
        if found is None or (number and not found.closed):
            continue
        if _is_out_of_place(found, before):
            found = _Found("of the sheet", found.label, number, found.rest, found.closed)
        yield found


def _is_out_of_place(found: _Found, before: Sequence[Labelled]) -> bool:
    """Whether a label means something else where it stands: "Ersättare" under who adjusts is the substitute for them,
    "Från kommunerna" without a label on those present heads no list of them."""
    last = next((one.name for one in reversed(before) if one.name), "")
    if found.name == "from a body":
        return not found.label.text.lower().startswith("närv") and last not in PRESENT
    return found.name == "substitutes" and last in ("adjusters", "approval")


def _over_two_rows(rows: Sequence[Row], place: int, vocabulary: Vocabulary) -> _Found | None:
    """A label that goes on in the first cell of the next row: "Utses att" above "justera"."""
    if place + 1 >= len(rows):
        return None
    first, second = rows[place].cells, rows[place + 1].cells
    if not second or abs(first[0].start - second[0].start) > _SAME_COLUMN or rows[place + 1].apart:
        return None
    one, other = first[0].text, second[0].text
    if len(one) + len(other) > _LONGEST or one.endswith(":") or "," in one:
        return None
    if not (other[0].islower() or (one.isupper() and other.isupper())):
        return None
    text = f"{one} {other}".rstrip(": ")
    for rule in vocabulary.rules("minutes", "label"):
        if rule.pattern.fullmatch(text):
            return _Found(rule.name, between([first[0].span, second[0].span]), 0, None, closed=False, below=True)
    return None


def _label_in(cell: Cell, number: int, vocabulary: Vocabulary) -> _Found | None:
    """The label that a cell is, or begins with."""
    colon = cell.text.find(":", 0, _LONGEST)
    bare = cell.text[: colon if colon > 0 else _LONGEST + 1].strip()
    for rule in vocabulary.rules("minutes", "label"):
        if len(bare) <= _LONGEST and rule.pattern.fullmatch(bare) and (colon > 0 or bare == cell.text):
            if rule.name in _BEFORE_A_COLON and colon < 0:
                continue
            rest = None if colon < 0 else cell.after(colon + 1)
            return _Found(rule.name, cell.span.cut(0, len(bare)), number, rest, colon > 0)
        found = rule.pattern.match(cell.text)
        if found is not None and _runs_on(rule.name, cell.text[found.end() :], vocabulary):
            return _Found(rule.name, cell.span.cut(0, found.end()), number, cell.after(found.end()), closed=False)
    return None


def _runs_on(name: str, rest: str, vocabulary: Vocabulary) -> bool:
    """Whether what stands behind the words of a label, without a sign between, is its value: a day, or a person."""
    if not rest.startswith(" "):
        return False
    if name in _TIMES:
        return re.match(r"\s+(?:\w+dag(?:en)?\s)?(?:den\s)?\d{1,2}\s\w+\s\d{4}|\s+\d{4}-\d\d-\d\d", rest) is not None
    if name in PRESENT - _BEFORE_A_COLON or name == "adjusters":
        names = person_names_in(rest.strip(), vocabulary)
        return bool(names) and names[0][0] == 0
    return False
