"""When minutes were posted on the notice board, and taken down."""

from collections.abc import Iterator, Sequence

from avskrift.language.dates import dates_in
from avskrift.parsing.fields.minutes.rows import Row
from avskrift.parsing.structure.values import Value
from avskrift.parsing.vocabulary import Vocabulary

_REACH = 14
"""Rows below a word on the notice board among which its days stand."""


def posted_and_taken_down(rows: Sequence[Row], vocabulary: Vocabulary) -> tuple[Value[str] | None, Value[str] | None]:
    """The days on which the minutes were posted and taken down, in ISO 8601; None for one that is not told."""
    found: dict[str, Value[str]] = {}
    begins = vocabulary.pattern("minutes", "begins", "board")
    last = -_REACH
    for place, row in enumerate(rows):
        if begins.search(row.text):
            last = place
        if place - last < _REACH:
            for name, day in _days(rows, place, vocabulary):
                found.setdefault(name, day)
    return found.get("up"), found.get("down")


def _days(rows: Sequence[Row], place: int, vocabulary: Vocabulary) -> Iterator[tuple[str, Value[str]]]:
    """The days of a row, each with what its label says of it."""
    row = rows[place]
    days = [(one, row.span.cut(one.start, one.end)) for one in dates_in(row.span.text, vocabulary.date_rules())]
    begin = 0
    labels = _labels_below(rows, place)
    up_before = False
    for number, (one, span) in enumerate(days):
        label = row.span.text[begin : one.start]
        below = labels[number] if number < len(labels) else ""
        name = _name_of(f"{label} {below}", vocabulary)
        if not label.strip(" .,:") and not below and place:
            name = _name_of(rows[place - 1].text, vocabulary) if not _has_day(rows[place - 1], vocabulary) else ""
        if not name and up_before and _is_range(label):
            name = "down"
        if name:
            rule = "minutes.posted" if name == "up" else "minutes.taken_down"
            yield name, Value(one.iso, span, rule, "in ISO 8601")
        up_before = name == "up"
        begin = one.end


def _is_range(text: str) -> bool:
    return text.strip() in ("–", "-", "—", "--", "till", "till och med", "t.o.m.", "tom", "t o m")


def _has_day(row: Row, vocabulary: Vocabulary) -> bool:
    return bool(dates_in(row.text, vocabulary.date_rules()))


def _labels_below(rows: Sequence[Row], place: int) -> list[str]:
    """The words right below the labels of a row, where labels go on there: "sätts upp    tas ned"."""
    if place + 1 >= len(rows) or rows[place + 1].apart:
        return []
    texts = [cell.text for cell in rows[place + 1].cells]
    if any(text[:1].isdigit() or text[:1].isupper() for text in texts):
        return []
    return texts


def _name_of(label: str, vocabulary: Vocabulary) -> str:
    """`up` or `down` by the words before a day; empty where they tell of another."""
    found: list[tuple[int, str]] = []
    for name in ("up", "down", "another day"):
        places = [m.start() for m in vocabulary.pattern("minutes", name, "board").finditer(label)]
        if places:
            found.append((places[-1], name))
    if not found:
        return ""
    names = {name for _, name in found}
    if names == {"up", "down"}:
        return "down"
    name = max(found)[1]
    return "" if name == "another day" else name
