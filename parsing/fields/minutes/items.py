"""The numbered items of minutes: where each begins, what it is called, which case it belongs to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from avskrift.language.dates import dates_in
from avskrift.language.sentences import ends_sentence
from avskrift.parsing.fields.minutes.rows import Row, joined
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.vocabulary import Vocabulary

_SAME_COLUMN = 9.0
"""Points by which the numbers of items may begin apart."""
_FULL = 40
"""Signs of a line of a heading from which it may go on in the next."""
_NEAR = 12
"""Rows of an item that are looked at for how long its lines are."""
_OF_FULL = 0.85
"""Share of the longest line from which a line is full."""
_MOST_LINES = 4
"""Lines of a heading at most."""
_FEWEST = 2
"""Items that bare numbers must make to be items of minutes at all."""
_LONGEST_TITLE = 300
_MOST_COUNTS = 50
"""Counts from 1 that are looked at, at most."""
_PARAGRAPHS = ("paragraph", "paragraph, its sign behind")
_GOES_ON = 0.5
"""How probable the learned reader must think it (0 to 1) that a line goes on with the heading above."""
_OPEN_END = re.compile(
    r"(?:[-–,]|\b(?:och|samt|för|med|om|av|i|mellan|till|på|från|mot|den|en|ett|vid|inom|under|eller))$", re.IGNORECASE
)
_ABBREVIATED = re.compile(r"\b(?:m\.\s?m|m\.\s?fl|etc|f\.\s?d|s\.\s?k|forts)\.$", re.IGNORECASE)
_SENTENCE_WITHIN = re.compile(r"(?<!\bm)(?<!\bnr)(?<!\bkl)\.\s+[A-ZÅÄÖ]")


@dataclass(frozen=True, slots=True)
class _Start:
    """A row that may begin an item: its number, the words of the number, where in the row the rest begins."""

    row: int
    number: str
    span: TextSpan
    rest: int
    goes_on: bool = False


@dataclass(slots=True)
class Item:
    """An item: the words of its `number`, its heading, its case, and the rows of its text."""

    number: str
    paragraph: TextSpan
    title: TextSpan | None = None
    case: TextSpan | None = None
    rows: list[Row] = field(default_factory=list)


def items_in(rows: Sequence[Row], vocabulary: Vocabulary) -> tuple[list[Item], int]:
    """The items of minutes, and the number of the row where the first begins (that behind the last row where there are
    none)."""
    starts = list(_paragraphs(rows, vocabulary)) or _counted(rows, vocabulary)
    if not starts:
        return [], len(rows)
    stops = [*(start.row for start in starts[1:]), _end(rows, starts[-1].row, vocabulary)]
    found: dict[str, Item] = {}
    for start, stop in zip(starts, stops, strict=True):
        item = _item(start, rows[start.row : stop], vocabulary)
        same = found.setdefault(item.number, item)
        if same is not item:
            _merge(same, item, goes_on=start.goes_on)
    return list(found.values()), starts[0].row


def _end(rows: Sequence[Row], last: int, vocabulary: Vocabulary) -> int:
    """The row behind the last item: where the minutes are closed."""
    closing = vocabulary.pattern("minutes", "closes the minutes", "part")
    return next((i for i in range(last + 1, len(rows)) if closing.match(rows[i].text)), len(rows))


def _merge(item: Item, other: Item, *, goes_on: bool) -> None:
    """Adds to an item what stands under its number a second time: its text behind a list of items, or on a new page."""
    if not goes_on and other.rows and not item.rows:
        item.paragraph = other.paragraph
    if not goes_on:
        item.title = other.title or item.title
    item.case = item.case or other.case
    item.rows.extend(other.rows)


# --- where items begin


def _paragraphs(rows: Sequence[Row], vocabulary: Vocabulary) -> Iterator[_Start]:
    """The rows that begin with the number of a paragraph: "Ks § 22"."""
    rules = [vocabulary.pattern("minutes", name, "item") for name in _PARAGRAPHS]
    forts = vocabulary.pattern("minutes", "goes on", "item")
    for place, row in enumerate(rows):
        found = next((match for rule in rules if (match := rule.match(row.span.text)) is not None), None)
        if found is None:
            continue
        rest = found.start("rest") if found["rest"] else len(row.span.text)
        number = row.span.cut(*found.span("number"))
        yield _Start(place, number.text, number, rest, forts.match(row.span.text[rest:]) is not None)


def _counted(rows: Sequence[Row], vocabulary: Vocabulary) -> list[_Start]:
    """The rows that count on from 1 in one column, the last count of the document; none where only one does."""
    rule = vocabulary.pattern("minutes", "number", "item")
    candidates = []
    for place, row in enumerate(rows):
        found = rule.match(row.span.text)
        if found is not None:
            number = row.span.cut(*found.span("number"))
            candidates.append(_Start(place, found["number"], number, found.start("rest")))
    firsts = [i for i in range(len(candidates)) if _may_be_first(i, candidates)][:_MOST_COUNTS]
    chains = [_chain(candidates[i:], rows) for i in firsts]
    best = max(chains, key=lambda chain: _weight(chain, rows), default=[])
    return best if len(best) >= _FEWEST else []


def _may_be_first(place: int, candidates: Sequence[_Start]) -> bool:
    """Whether a count may begin with a row: with 1, or with what a page that lacks the first ones begins with."""
    return int(candidates[place].number) == 1 or place == 0


def _weight(chain: Sequence[_Start], rows: Sequence[Row]) -> tuple[int, int]:
    """How much of the document a count spans, in rows, and how many items it has."""
    return (chain[-1].row - chain[0].row + 1, len(chain)) if chain else (0, 0)


def _chain(candidates: Sequence[_Start], rows: Sequence[Row]) -> list[_Start]:
    """The rows that count on from the first one in its column; where most stand apart from the text, those that do."""
    loose = _greedy(candidates, rows, apart=False)
    apart = _greedy(candidates, rows, apart=True)
    return apart if len(apart) >= _FEWEST and 2 * len(apart) > len(loose) else loose


def _greedy(candidates: Sequence[_Start], rows: Sequence[Row], *, apart: bool) -> list[_Start]:
    found = [candidates[0]]
    for one in candidates[1:]:
        follows = int(one.number) == int(found[-1].number) + 1
        aligned = abs(rows[one.row].start - rows[found[0].row].start) <= _SAME_COLUMN
        if follows and aligned and (rows[one.row].apart or not apart):
            found.append(one)
    return found


# --- what an item is called


def _item(start: _Start, rows: Sequence[Row], vocabulary: Vocabulary) -> Item:
    """The item of some rows, which begin with its number."""
    item = Item(start.number, start.span)
    if start.goes_on:
        item.rows = list(rows[1:])
        return item
    parts, of_case = _parted(rows[0], start.rest, vocabulary)
    item.case = of_case
    taken = 1
    while not parts and taken < len(rows) and taken <= _MOST_LINES:
        if _is_heading_of_part(rows[taken].text, vocabulary):
            break
        parts, case = _parted(rows[taken], 0, vocabulary)
        item.case = item.case or case
        taken += 1
    if parts:
        taken = _with_title(item, parts, rows, taken, vocabulary)
    taken = _with_case_below(item, rows, taken, vocabulary)
    item.rows = list(rows[taken:])
    if item.title is None and parts:
        above = rows[taken - 1]
        item.rows = [_RestOfRow(above.line, above.apart, parts[0]), *item.rows]
    return item


@dataclass(frozen=True)
class _RestOfRow(Row):
    """A row without the number that it begins with: only `words` count."""

    words: TextSpan = field(default_factory=lambda: TextSpan("", ()))

    @property
    def span(self) -> TextSpan:
        """The words that count."""
        return self.words

    @property
    def text(self) -> str:
        """The words that count."""
        return self.words.text


def _parted(row: Row, rest: int, vocabulary: Vocabulary) -> tuple[list[TextSpan], TextSpan | None]:
    """The words of a row from a place on that are no case, and the case that it names."""
    words: list[TextSpan] = []
    case: TextSpan | None = None
    for cell in row.cells:
        offset = cell.span.pieces[0].line_start - row.span.pieces[0].line_start
        span = cell.span.cut(max(0, rest - offset))
        if not span:
            continue
        plain, found = _case_in(span, vocabulary)
        case = case or found
        if plain and not vocabulary.pattern("minutes", "of another body", "item").match(plain.text):
            words.append(plain)
    return words, case


def _case_in(span: TextSpan, vocabulary: Vocabulary) -> tuple[TextSpan | None, TextSpan | None]:
    """A cell's words without the case, and the case."""
    for name in ("case", "case without a label"):
        found = vocabulary.pattern("minutes", name, "item").match(span.text)
        if found is not None and any(sign.isdigit() for sign in found["case"]):
            return None, span.cut(*found.span("case"))
    for name in ("case in brackets, and another", "case at the end"):
        found = vocabulary.pattern("minutes", name, "item").search(span.text)
        if found is not None and any(sign.isdigit() for sign in found["case"]):
            return span.cut(0, found.start()) or None, span.cut(*found.span("case"))
    return (span if any(sign.isalpha() for sign in span.text) else None), None


def _with_case_below(item: Item, rows: Sequence[Row], taken: int, vocabulary: Vocabulary) -> int:
    """Takes in a case that stands alone in the row below a heading."""
    if item.case is None and taken < len(rows):
        words, case = _parted(rows[taken], 0, vocabulary)
        if case is not None and not words:
            item.case = case
            return taken + 1
    return taken


def _with_title(item: Item, parts: Sequence[TextSpan], rows: Sequence[Row], taken: int, vocabulary: Vocabulary) -> int:
    """Finds the heading that begins with some words and goes on in the rows below; tells how many rows are taken.

    `parts` are the words of the row before `taken`, the number of rows of the `item` that are taken already.
    """
    title = [parts[0]]
    while taken < len(rows) and len(title) < _MOST_LINES and _continues(title, rows, taken, vocabulary):
        plain, case = _parted(rows[taken], 0, vocabulary)
        if not plain:
            break
        item.case = item.case or case
        title.append(plain[0])
        taken += 1
    whole, below = joined(title), taken - len(title) + 1
    upcoming = vocabulary.pattern("minutes", "next meeting", "item").match(parts[0].text)
    if upcoming is not None:
        item.title = parts[0].cut(*upcoming.span("title"))
        return below
    if _is_title(whole.text) and not _runs_on(rows, taken):
        item.title = _without_day(whole, vocabulary).stripped(":–- ")
        return taken
    if len(title) > 1 and _is_title(title[0].text) and _is_surely_heading(rows[below - 1]):
        item.title = title[0].stripped(": ")
    return below


def _is_surely_heading(row: Row) -> bool:
    """Whether the learned reader thinks that a row is a heading."""
    return row.line.odds is not None and row.line.odds.heading >= _GOES_ON


def _runs_on(rows: Sequence[Row], taken: int) -> bool:
    """Whether the row before one is a line of running text, which goes on there."""
    if taken >= len(rows) or rows[taken].apart or _is_surely_heading(rows[taken - 1]):
        return False
    return _is_full_line(rows[taken - 1], rows)


def _is_full_line(row: Row, rows: Sequence[Row]) -> bool:
    """Whether a row is as long as lines of running text are: what goes on below it is no heading."""
    longest = max(len(other.text) for other in rows[:_NEAR])
    return len(row.cells) == 1 and len(row.text) >= _FULL and len(row.text) >= _OF_FULL * longest


def _without_day(title: TextSpan, vocabulary: Vocabulary) -> TextSpan:
    """A heading without a day in brackets behind it."""
    bracket = re.search(r"\s*\(([^()]{6,30})\)$", title.text)
    if bracket is None:
        return title
    days = dates_in(bracket[1], vocabulary.date_rules())
    return title.cut(0, bracket.start()) if days and days[0].end - days[0].start == len(bracket[1]) else title


def _continues(title: Sequence[TextSpan], rows: Sequence[Row], at: int, vocabulary: Vocabulary) -> bool:
    """Whether a row goes on with the heading above it."""
    row, above = rows[at], title[-1].text
    if row.apart or _is_heading_of_part(row.text, vocabulary):
        return False
    if vocabulary.pattern("minutes", "listed", "decision").match(row.text):
        return False
    odds = row.line.odds
    if row.text[:1].islower() or _OPEN_END.search(above):
        return True
    if odds is not None and odds.goes_on >= _GOES_ON:
        return True
    ends = next((i for i in range(at, min(at + 3, len(rows))) if rows[i].apart), min(at + 3, len(rows)))
    block = rows[at:ends]
    return len(above) >= _FULL and len(block) == 1 and ends < len(rows) and not row.text.endswith((".", ":"))


def _is_title(text: str) -> bool:
    """Whether words can be a heading: no sentence, nor the beginning of one."""
    if len(text) > _LONGEST_TITLE or _SENTENCE_WITHIN.search(text):
        return False
    return not ends_sentence(text) or _ABBREVIATED.search(text) is not None or text.endswith(("?", "!", "?)"))


def _is_heading_of_part(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a row heads a part of an item, so that the item has no heading of its own."""
    if len(text) > 60 or text.endswith("."):
        return False
    return any(
        vocabulary.pattern("minutes", "heading", table).match(text) is not None for table in ("part", "decision")
    )
