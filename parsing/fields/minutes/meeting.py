"""Which body met, on which day, and where."""

import re
from collections.abc import Iterator, Sequence

from avskrift.language.dates import FoundDate, dates_in
from avskrift.parsing.fields.minutes.labels import Labelled
from avskrift.parsing.fields.minutes.rows import Row, joined
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.values import Value
from avskrift.parsing.vocabulary import Vocabulary

_HEAD = 14
"""Rows at the head of minutes among which their body and day stand without a label."""
_LONGEST_BODY = 90
_LONGEST_PLACE = 120
_FULL_LINE = 75
"""Signs from which on a line is one of running text, unless it names the minutes."""
_NAMES = re.compile(r"protokoll|anteckningar|möte|sammanträde", re.IGNORECASE)
_ANOTHER_DAY = re.compile(r"\bjustera|\banslag|överklag", re.IGNORECASE)
"""Words in a line whose day is not that of the meeting."""
_DAY = len("2031-05-12")
_NOT_A_PLACE = re.compile(
    r"(?:protokoll|anteckningar|blad|sida|sid|dnr|nr|datum|kommun$|nämnden$|styrelsen$|utskottet$|fullmäktige$|rådet$"
    r"|justera|möte$|diarie|§|\d+\s?\(\d+\)$)",
    re.IGNORECASE,
)


def body_of(
    rows: Sequence[Row], begin: int, labelled: Sequence[Labelled], vocabulary: Vocabulary
) -> Value[str] | None:
    """The body that met: what a label names so, what the title tells, what heads the sheet by itself, or who decides.

    `rows` are all rows, of which the first item begins with the one at `begin`; `labelled` are the labels before it.
    """
    for one in labelled:
        if one.name == "body" and one.rows:
            return Value.of(one.rows[0][0].span, "minutes.body")
    heads = list(_before_labels(rows[: min(begin, _HEAD)], labelled))
    told = _in_titles("body in a title", heads, vocabulary)
    if told is not None:
        return Value.of(told, "minutes.body")
    for name in ("body", "council"):
        rule = vocabulary.pattern("minutes", name, "meeting")
        for row in heads:
            for cell in row.cells:
                bare = _without_day(cell.span, vocabulary)
                if bare and len(bare.text) <= _LONGEST_BODY and rule.match(bare.text):
                    return Value.of(bare, "minutes.body")
    told = _in_titles("body whose meeting it is", heads, vocabulary)
    if told is None:
        told = _in_titles("council in a title", heads, vocabulary)
    return _who_decides(rows, vocabulary) if told is None else Value.of(told, "minutes.body")


def _before_labels(heads: Sequence[Row], labelled: Sequence[Labelled]) -> Iterator[Row]:
    """The rows at the head that no label names."""
    values = {id(cell.span.pieces[0].line) for one in labelled for row in one.rows for cell in row}
    return (row for row in heads if id(row.line.line) not in values)


def _without_day(span: TextSpan, vocabulary: Vocabulary) -> TextSpan:
    """Words without a day, and what stands behind it."""
    days = dates_in(span.text, vocabulary.date_rules(), compact=True)
    return (span.cut(0, days[0].start) if days else span).stripped(",:– ")


def _in_titles(rule: str, heads: Sequence[Row], vocabulary: Vocabulary) -> TextSpan | None:
    """The body that a `rule` finds in a title: "Protokoll fört vid möte med Brå-rådet"."""
    pattern = vocabulary.pattern("minutes", rule, "meeting")
    for place, row in enumerate(heads):
        goes_on = heads[place + 1 : place + 2] if place + 1 < len(heads) and not heads[place + 1].apart else []
        whole = joined([row.span, *(other.span for other in goes_on)])
        found = pattern.search(whole.text)
        if found is not None and found.start() < len(row.span.text):
            return _without_day(whole.cut(*found.span("body")), vocabulary)
    return None


def _who_decides(rows: Sequence[Row], vocabulary: Vocabulary) -> Value[str] | None:
    """The body that decides, where all that is decided is decided by one: "Kommunstyrelsen beslutar"."""
    rule = vocabulary.pattern("minutes", "who decides", "meeting")
    found = [row.span.cut(*match.span("body")) for row in rows if (match := rule.match(row.text)) is not None]
    names = {span.text.lower() for span in found}
    return Value.of(found[0], "minutes.body") if len(names) == 1 else None


def day_of(rows: Sequence[Row], labelled: Sequence[Labelled], vocabulary: Vocabulary) -> Value[str] | None:
    """The day of the meeting, in ISO 8601: behind a label, else the first at the head."""
    for name in ("date", "place and time"):
        for one in (x for x in labelled if x.name == name):
            for cell in (cell for row in one.rows for cell in row):
                day = _first_day(cell.span, vocabulary)
                if day is not None:
                    return day
    for row in rows[:_HEAD]:
        if _ANOTHER_DAY.search(row.text) or _is_running_text(row):
            continue
        day = _first_day(row.span, vocabulary)
        if day is not None:
            return day
    return None


def _is_running_text(row: Row) -> bool:
    """Whether a row is a line of a paragraph, not of the head."""
    return len(row.cells) == 1 and len(row.text) > _FULL_LINE and _NAMES.search(row.text) is None


def _first_day(span: TextSpan, vocabulary: Vocabulary) -> Value[str] | None:
    found = next((one for one in dates_in(span.text, vocabulary.date_rules(), compact=True) if _is_day(one)), None)
    return None if found is None else Value(found.iso, span.cut(found.start, found.end), "minutes.date", "in ISO 8601")


def _is_day(one: FoundDate) -> bool:
    return len(one.iso) == _DAY


def place_of(
    rows: Sequence[Row], labelled: Sequence[Labelled], day: str | None, vocabulary: Vocabulary
) -> Value[str] | None:
    """Where the meeting was: behind a label, else beside its day at the head.

    `rows` are those before the first item, `labelled` their labels, `day` is that of the meeting.
    """
    for name in ("place", "place and time"):
        for one in (x for x in labelled if x.name == name):
            for cell in (cell for row in one.rows for cell in row):
                place = _without_time(cell.span, vocabulary)
                if place is not None:
                    return Value.of(place, "minutes.place")
    named = {id(row.label.pieces[0].line) for row in labelled}
    free = [row for row in rows[:_HEAD] if id(row.line.line) not in named and not _is_running_text(row)]
    return _beside_day(free, day, vocabulary)


def _beside_day(rows: Sequence[Row], day: str | None, vocabulary: Vocabulary) -> Value[str] | None:
    """What stands in the line with the day of the meeting, with the time left out."""
    for row in rows:
        if len(row.cells) > 1 or day not in [one.iso for one in dates_in(row.text, vocabulary.date_rules())]:
            continue
        place = _without_time(row.span, vocabulary)
        if place is None or _NOT_A_PLACE.search(place.text) or ". " in place.text:
            continue
        if place.text[0].isupper() or "digital" in place.text:
            return Value.of(place, "minutes.place, beside the day")
    return None


def _without_time(span: TextSpan, vocabulary: Vocabulary) -> TextSpan | None:
    """What is left of words on a place and a time without the time; None where nothing is."""
    cuts = [(one.start, one.end) for one in dates_in(span.text, vocabulary.date_rules(), compact=True)]
    cuts += [found.span() for found in vocabulary.pattern("minutes", "time", "meeting").finditer(span.text) if found.group().strip()]
    parts: list[TextSpan] = []
    begin = 0
    for start, end in sorted(cuts):
        if start > begin:
            parts.append(_bare(span.cut(begin, start)))
        begin = max(begin, end)
    parts.append(_bare(span.cut(begin)))
    kept = [part for part in parts if part and any(sign.isalpha() for sign in part.text) and len(part.text) > 2]
    return kept[0] if kept and len(kept[0].text) <= _LONGEST_PLACE else None


def _bare(span: TextSpan) -> TextSpan:
    """Words without signs around them; a bracket that belongs to them stays."""
    bare = span.stripped(",;.:–- ")
    before = re.match(r"(?:i|på|vid)\s+(?=[A-ZÅÄÖ])", bare.text)
    bare = bare if before is None else bare.cut(before.end())
    return bare if "(" in bare.text and ")" in bare.text else bare.stripped("(),;. ")
