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
_SHORTEST_PLACE = 5
"""Signs before a full stop that can end a place, not an abbreviation, at least."""
_FULL_LINE = 75
"""Signs from which on a line is one of running text, unless it names the minutes."""
_NAMES = re.compile(r"protokoll|anteckningar|möte|sammanträde", re.IGNORECASE)
_MET = re.compile(r"\bfört\b|\bvid\s+(?:sammanträde|möte)", re.IGNORECASE)
"""What a line goes on with that tells who met, not where."""
_ANOTHER_DAY = re.compile(r"\bjustera|\banslag|överklag", re.IGNORECASE)
"""Words in a line whose day is not that of the meeting."""
_DAY = len("2031-05-12")
_WEEKDAY = re.compile(r"\s+(?:\w{3,4}dag(?:en)?\s*)?(?:den)?$", re.IGNORECASE)
"""What leads in a day."""
_NUMBER = re.compile(r",\s+(?:möte|sammanträde|protokoll|nr)\b.*$", re.IGNORECASE)
"""Which meeting of a body it was."""
_NOT_A_PLACE = re.compile(
    r"(?:protokoll|anteckningar|blad|sida|sid|dnr|nr|datum|kommun$|nämnden$|styrelsen$|utskottet$|fullmäktige$|rådet$"
    r"|justera|möte$|diarie|§|(?<!\d)\d{1,4}\s?\(\d{1,4}\)$)",
    re.IGNORECASE,
)


def body_of(rows: Sequence[Row], begin: int, labelled: Sequence[Labelled], vocabulary: Vocabulary) -> Value[str] | None:
    """The body that met: what a label names so, what the title tells, what heads the sheet by itself, or who decides.

    `rows` are all rows, of which the first item begins with the one at `begin`; `labelled` are the labels before it,
    as the `vocabulary` knows them.
    """
    heads = list(_before_labels(rows[: min(begin, _HEAD)], labelled))
    found = next((one.rows[0][0].span for one in labelled if one.name == "body" and one.rows), None)
    found = found or _in_titles("body in a title", heads, vocabulary) or _heading(heads, vocabulary)
    for name in ("body whose meeting it is", "council in a title"):
        found = found or _in_titles(name, heads, vocabulary)
    return Value.of_any(found or _who_decides(rows, vocabulary), "minutes.body")


def _heading(heads: Sequence[Row], vocabulary: Vocabulary) -> TextSpan | None:
    """The body that stands by itself in a cell at the head."""
    for name in ("body", "council"):
        rule = vocabulary.pattern("minutes", name, "meeting")
        for span in _cells_of(heads):
            bare = _without_day(span, vocabulary)
            if bare and len(bare.text) <= _LONGEST_BODY and rule.match(bare.text):
                return bare
    return None


def _cells_of(rows: Sequence[Row]) -> Iterator[TextSpan]:
    """The cells of some rows, each joined with the one right below that goes on with it in small letters."""
    for place, row in enumerate(rows):
        below = rows[place + 1].cells if place + 1 < len(rows) and not rows[place + 1].apart else ()
        for cell in row.cells:
            goes_on = [other.span for other in below if other.start == cell.start and other.text[:1].islower()]
            yield joined([cell.span, *goes_on])


def _before_labels(heads: Sequence[Row], labelled: Sequence[Labelled]) -> Iterator[Row]:
    """The rows at the head that no label names."""
    values = {id(cell.span.pieces[0].line) for one in labelled for row in one.rows for cell in row}
    return (row for row in heads if id(row.line.line) not in values)


def _without_day(span: TextSpan, vocabulary: Vocabulary) -> TextSpan:
    """Words without a day, and what stands behind it."""
    days = dates_in(span.text, vocabulary.date_rules(), compact=True)
    bare = (span.cut(0, days[0].start) if days else span).stripped(",:– ")
    weekday = _WEEKDAY.search(bare.text) or _NUMBER.search(bare.text)
    return bare if weekday is None else bare.cut(0, weekday.start())


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


def _who_decides(rows: Sequence[Row], vocabulary: Vocabulary) -> TextSpan | None:
    """The body that decides, where all that is decided is decided by one: "Kommunstyrelsen beslutar"."""
    rule = vocabulary.pattern("minutes", "who decides", "meeting")
    found = [row.span.cut(*match.span("body")) for row in rows if (match := rule.match(row.text)) is not None]
    names = {span.text.lower() for span in found}
    return found[0] if len(names) == 1 else None


def day_of(rows: Sequence[Row], labelled: Sequence[Labelled], vocabulary: Vocabulary) -> Value[str] | None:
    """The day of the meeting, in ISO 8601: behind a label, else the first at the head."""
    for span in _under(("date", "place and time"), labelled):
        day = _first_day(span, vocabulary)
        if day is not None:
            return day
    for row in rows[:_HEAD]:
        if _ANOTHER_DAY.search(row.text) or _is_running_text(row):
            continue
        day = _first_day(row.span, vocabulary)
        if day is not None:
            return day
    return None


def _under(names: Sequence[str], labelled: Sequence[Labelled]) -> Iterator[TextSpan]:
    """The cells under labels of some names, those of the first name first."""
    for name in names:
        for one in labelled:
            if one.name == name:
                yield from (cell.span for row in one.rows for cell in row)


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

    `rows` are those before the first item, `labelled` their labels as the `vocabulary` knows them, `day` is that of the
    meeting.
    """
    for span in _under(("place", "place and time"), labelled):
        place = _without_time(span, vocabulary)
        if place is not None:
            return Value.of(place, "minutes.place")
    named = {id(row.label.pieces[0].line) for row in labelled}
    free = [row for row in rows[:_HEAD] if id(row.line.line) not in named and not _is_running_text(row)]
    return _beside_day(free, day, vocabulary)


def _beside_day(rows: Sequence[Row], day: str | None, vocabulary: Vocabulary) -> Value[str] | None:
    """What stands in the line with the day of the meeting, with the time left out."""
    for place, row in enumerate(rows):
        if place and not row.apart and _MET.search(rows[place - 1].text):
            continue
        if len(row.cells) > 1 or day not in [one.iso for one in dates_in(row.text, vocabulary.date_rules())]:
            continue
        found = _without_time(row.span, vocabulary)
        if found is None or _NOT_A_PLACE.search(found.text) or ". " in found.text:
            continue
        if found.text[0].isupper() or "digital" in found.text:
            return Value.of(found, "minutes.place, beside the day")
    return None


def _without_time(span: TextSpan, vocabulary: Vocabulary) -> TextSpan | None:
    """What is left of words on a place and a time without the time; None where nothing is."""
    cuts = [(one.start, one.end) for one in dates_in(span.text, vocabulary.date_rules(), compact=True)]
    cuts += [
        found.span()
        for found in vocabulary.pattern("minutes", "time", "meeting").finditer(span.text)
        if found.group().strip()
    ]
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
    """Words without signs around them, up to the end of their sentence; a bracket that belongs to them stays."""
    sentence = re.search(r"\.\s+[A-ZÅÄÖ]", span.text)
    span = span if sentence is None or sentence.start() < _SHORTEST_PLACE else span.cut(0, sentence.start())
    bare = span.stripped(",;.:–- ")
    before = re.match(r"(?:i|på|vid)\s+(?=[A-ZÅÄÖ])", bare.text)
    bare = bare if before is None else bare.cut(before.end())
    return bare if "(" in bare.text and ")" in bare.text else bare.stripped("(),;. ")
